"""Which stage a deal stands in, and which its notes say that it entered."""

from __future__ import annotations

from site_builder.journal.pipeline import Pipeline, Stage, ids_of
from site_builder.parse.ids import slug
from site_builder.parse.reading import Reading
from site_builder.problems.suggest import listed, nearest
from site_builder.source.links import linked_id
from site_builder.source.note_drafts import NoteDraft, Slip
from site_builder.source.yaml_nodes import Scalar

_CALLED_NOW = ", as that stage is called now?"


def present_stage(reading: Reading, scalar: Scalar) -> Stage | None:
    """The stage that the deal stands in: not one that is retired, or by an old id."""
    if reading.pipeline is None:
        return None
    stage, now = reading.pipeline.stage(scalar.text), reading.pipeline.renamed(scalar.text)
    if stage is None and now is not None and now.retired:
        stage = now
    if stage is None:
        _unknown_stage(reading, scalar, reading.pipeline, reading.pipeline.present)
    elif stage.retired:
        from site_builder.parse.near_notes.mending import stage_note

        ids = listed([s.id for s in reading.pipeline.present])
        before = f"`{scalar.text}` is now called `{stage.id}`, which" if stage is now else ""
        reading.problem(
            "retired-stage",
            f"{before or f'`{stage.id}`'} is retired, so no deal stands in it now.",
            f"Add a note `{stage_note(reading.document.path, 'ID')}` of where it went, and write "
            f"`stage: ID`, with one of {ids}.",
            scalar.span,
        )
    return stage


def stage_of_note(reading: Reading, draft: NoteDraft) -> Stage | None:
    """The stage that a note says was entered, or the one that it probably means; None where
    there is none."""
    if not reading.kind.has_stages:
        help = "Move this note to the deal's file."
        reading.problem("invalid-note", "Only deals have stages.", help, draft.places.kind)
        return None
    if reading.pipeline is None:
        return None
    stage = reading.pipeline.stage(draft.stage) or reading.pipeline.renamed(draft.stage)
    unknown = draft.places.stage if stage is None else None
    if not unknown:
        return stage
    said = Scalar(draft.stage, unknown)
    _unknown_stage(reading, said, reading.pipeline, reading.pipeline.stages, _if_past(draft.stage))
    # The stage that was probably meant, so that nothing follows from the slip.
    stages = reading.pipeline.stages
    ids = ids_of(stages)
    named = _stage_named(draft.stage, stages) or nearest(draft.stage, ids)
    return reading.pipeline.stage(ids[named]) if named else None


def stage_as_party(reading: Reading, draft: NoteDraft) -> Slip | None:
    """What is wrong with a stage note that names a stage where somebody would stand, as in
    `stage offer to won`."""
    ids = reading.known.contacts, reading.schema.team
    for party in draft.parties:
        is_stage = reading.pipeline is not None and reading.pipeline.stage(party.text) is not None
        if is_stage and not any(party.text in some for some in ids):
            message = f"`{party.text}` is a stage, and stands where people are named."
            return Slip(message, "Write", party.span)
    return None


def _unknown_stage(
    reading: Reading, said: Scalar, pipeline: Pipeline, stages: tuple[Stage, ...], past: str = ""
) -> None:
    """Report a stage that there is not. ``past`` is added to the help where it is like none."""
    text, ids = said.text, ids_of(stages)
    if (now := pipeline.renamed(text)) is not None:
        help = f"Write `{now.id}`, as that stage is called now."
    elif named := _stage_named(text, stages):
        help = f"Did you mean `{named}`?"
    elif near := reading.reader.near(text, ids):
        help = f"Did you mean `{ids[near]}`" + ("?" if near in ids.values() else _CALLED_NOW)
    else:
        help = f"Its stages: {listed([stage.id for stage in stages])}.{past}"
    reading.problem(
        "unknown-stage",
        f"`{text}` is not a stage of the pipeline `{pipeline.id}`.",
        help,
        said.span,
    )


def _stage_named(text: str, stages: tuple[Stage, ...]) -> str:
    """The stage that has this name, also in link brackets, or of whose type there is only this
    one."""
    name = slug(link.id if (link := linked_id(text)) else text)
    found = [s.id for s in stages if name in (s.id, slug(s.name))]
    words = name.split("-")
    ending = [s.id for s in stages if not s.is_open and s.type.value in words]
    return next((ids[0] for ids in (found, ending) if len(ids) == 1), "")


def _if_past(text: str) -> str:
    """What to type in pipeline.yml for the id of a stage that there was."""
    if slug(text) != text:
        return ""
    return (
        f" In pipeline.yml, write `was: [{text}]` at the stage that it is called now, or"
        f" `{text}: {{retired: yes}}` if there is none."
    )
