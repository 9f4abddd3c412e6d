"""What people do with a deal or contact every day, each as splices into its file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from site_builder.edit.called import called
from site_builder.edit.desk import Opened
from site_builder.edit.existing import Existing
from site_builder.edit.front import set_field, take_field
from site_builder.edit.notes import sets, with_note
from site_builder.edit.refusals import NotDone
from site_builder.edit.splices import Splice
from site_builder.edit.writing import FrontValue, NewNote, shown
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, STATE_FIELDS
from site_builder.journal.kinds import KindRole
from site_builder.journal.note import NO_FIELDS
from site_builder.journal.pipeline import Pipeline, Stage, StageType, Step
from site_builder.parse.ids import slug
from site_builder.problems.suggest import did_you_mean, listed

Fields = tuple[tuple[str, str], ...]
_CODE = re.compile(r"\b[A-Z]{3}\b")
_OF_ENTRY = ("asked-by", "override")
_OWN = re.compile(r"x-[a-z0-9-]+")
_BARE = re.compile(r"[-+0-9 _.]+")
_BY_MOVING = "`stage` changes by a note: use `dealog move {id} {value}`."


def moved(
    opened: Opened, stage: Stage, day: dt.date, by: str, headline: str, fields: Fields
) -> tuple[list[Splice], int]:
    """A deal in another stage from a day on, and how many notes that takes. Raises NotDone where it
    stands there already, and nothing else would be set."""
    if opened.deal.stage is stage:
        _refuse_restating(opened, day, fields)
    note = NewNote(
        day, "stage", KindRole.STAGE, stage=stage.id, by=by, headline=headline, fields=fields
    )
    return _noted(opened.file, note, _so_far(opened, day, fields))


def _noted(file: Existing, note: NewNote, earlier: NewNote | None) -> tuple[list[Splice], int]:
    """A file with a note, and with an earlier one if there is one; how many that are."""
    return with_note(file, note, earlier), 1 if earlier is None else 2


def _so_far(opened: Opened, day: dt.date, fields: Fields) -> NewNote | None:
    """The note of the day of a deal's first one that says what front matter alone said so far of
    ``fields``, where gates of its pipeline require these: once a note sets them, they are known
    from its day on, and gates that the deal has passed would be unmet."""
    file, deal = opened.file, opened.subject
    if not isinstance(deal, Deal) or not deal.notes:
        return None
    required = {name for stage in deal.pipeline.stages for name in stage.requires}
    told = tuple(
        (name, before)
        for name, value in fields
        if name in required
        and (before := file.text_of(name))
        and _close(before) != _close(value)
        and not _is_set_by_notes(file, name)
    )
    first = min(note.date for note in deal.notes)
    if not told or first >= day:
        return None
    return NewNote(first, "change", KindRole.CHANGE, fields=told)


def _refuse_restating(opened: Opened, day: dt.date, fields: Fields) -> None:
    """Refuse a note that would only say again in which stage a deal stands: who pulled, and why
    gates were passed, is told of an entry."""
    deal = opened.deal
    stands = f"`{deal.id}` stands in `{deal.stage.id}` already"
    if not fields:
        raise NotDone(f"{stands}.")
    entry = next((note for note in reversed(deal.notes) if note.is_stage), None)
    if entry is None or day < entry.date:
        return
    told = [pair for pair in fields if pair[0] not in _OF_ENTRY]
    is_new = any(_close(opened.file.text_of(name)) != _close(said) for name, said in told)
    if not is_new or (entry.date == day and entry.fields is NO_FIELDS):
        lines = ", ".join(f"`{name}:: {said}`" for name, said in fields)
        below = f"{opened.file.path}:{entry.places.line}"
        raise NotDone(f"{stands}: {lines} would go below the note that says so, {below}.")


def _close(value: str) -> str:
    """A value without what only parts its figures."""
    return value.replace(" ", "").replace("_", "")


def stage_named(deal: Deal, said: str) -> Stage:
    """The stage of a deal's pipeline that is meant by an id, a name or the beginning of one.
    Raises NotDone."""
    return stage_in(deal.pipeline, said)


def stage_in(pipeline: Pipeline, said: str) -> Stage:
    """The stage of a pipeline that is meant by an id, a name or the beginning of one. Raises
    NotDone."""
    stages = {stage.id: stage for stage in pipeline.present}
    was = {old: stage.id for stage in stages.values() for old in stage.was}
    id = called(said, {id: stage.name for id, stage in stages.items()}, was)
    if id:
        return stages[id]
    help = did_you_mean(said, list(stages), "The stages")
    raise NotDone(f"`{pipeline.id}` has no stage `{said}`. {help}".rstrip())


def stage_of_type(deal: Deal, type: StageType) -> Stage:
    """The one stage of a deal's pipeline in which it is won, or lost. Raises NotDone."""
    found = [s for s in deal.pipeline.present if s.type is type]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotDone(f"`{deal.pipeline.id}` has no {type} stage.")
    ways = listed(s.id for s in found)
    raise NotDone(f"`{deal.pipeline.id}` has several {type} stages. Give --stage: {ways}.")


def changed(
    opened: Opened, name: str, value: FrontValue, day: dt.date, by: str
) -> tuple[list[Splice], int]:
    """A field with another value, and how many notes that takes: what notes can set is set by
    one of its own, so that what was before stays known. Nothing takes the field away.

    Raises NotDone for a field that there is not, or that has that value.
    """
    _refuse(opened, name, value)
    if not value and opened.file.value(name) == value:
        raise NotDone(f"`{opened.file.id}` has no `{name}`.")
    if opened.file.value(name) == value:
        raise NotDone(f"`{name}` of `{opened.file.id}` is `{shown(value)}` already.")
    state = STATE_FIELDS if isinstance(opened.subject, Deal) else {"level": None}
    if name not in state or not value:
        _refuse_unset(opened.file, name, value)
        return _front(opened.file, name, value), 0
    assert isinstance(value, str)
    earlier = _so_far(opened, day, ((name, value),))
    is_told = earlier is not None or _is_set_by_notes(opened.file, name)
    before = "" if is_told else opened.file.text_of(name)
    headline = f"{name} was {before}" if before else ""
    note = NewNote(
        day, "change", KindRole.CHANGE, by=by, headline=headline, fields=((name, value),)
    )
    return _noted(opened.file, note, earlier)


def _front(file: Existing, name: str, value: FrontValue) -> list[Splice]:
    splice = set_field(file, name, value) if value else take_field(file, name)
    return [splice] if splice else []


def _is_set_by_notes(file: Existing, name: str) -> bool:
    return any(name in sets(draft) for draft in file.document.notes)


def _refuse_unset(file: Existing, name: str, value: FrontValue) -> None:
    if not value and _is_set_by_notes(file, name):
        raise NotDone(
            f"`{name}` of `{file.id}` is set by a note ({_places(file, name)}); notes can't take "
            f"it away again. For another one, type `dealog set {file.id} {name} VALUE`."
        )


def _places(file: Existing, name: str) -> str:
    """Where the notes of a file set a field."""
    names = [field.name for draft in file.document.notes for field in draft.fields]
    return ", ".join(f"{file.path}:{one.span.line}" for one in names if one.text == name)


def _refuse(opened: Opened, name: str, value: FrontValue) -> None:
    known = known_fields(opened.subject)
    if name == "stage":
        raise NotDone(_BY_MOVING.format(id=opened.file.id, value=value or "STAGE"))
    if name == "level" and isinstance(opened.subject, Contact) and not opened.subject.is_company:
        raise NotDone("Only companies have a level: a person's is their company's.")
    if name not in known and not _OWN.fullmatch(name):
        what = "A deal of this pipeline" if isinstance(opened.subject, Deal) else "A contact"
        help = did_you_mean(name, known) or f"One of your own begins with `x-`: `x-{slug(name)}`."
        raise NotDone(f"{what} has no field `{name}`. {help}")


def known_fields(subject: Deal | Contact) -> list[str]:
    """The fields that a deal or contact can have."""
    if isinstance(subject, Contact):
        return list(CONTACT_FIELDS)
    return [*DEAL_FIELDS, *(field.name for field in subject.pipeline.fields)]


def type_of(name: str, subject: Deal | Contact) -> tuple[str, bool]:
    """The type of a field, those of its pipeline too, and whether it takes several values."""
    known = (DEAL_FIELDS if isinstance(subject, Deal) else CONTACT_FIELDS).get(name)
    if known is not None:
        return known.type, known.is_list
    fields = subject.pipeline.fields if isinstance(subject, Deal) else ()
    return next((field.type for field in fields if field.name == name), ""), False


def with_currency(file: Existing, fields: Fields) -> Fields:
    """The fields of a note, an amount with the currency of the one that it replaces."""
    return tuple(
        (name, in_same_currency(value, file.text_of(name)) if name == "value" else value)
        for name, value in fields
    )


def in_same_currency(value: str, before: str) -> str:
    """An amount with the currency of the one it replaces, where it names none itself."""
    code = _CODE.search(before)
    if code is None or not _BARE.fullmatch(value):
        return value
    return f"{code[0]} {value}" if before.startswith(code[0]) else f"{value} {code[0]}"


def planned(file: Existing, day: dt.date, text: str) -> list[Splice]:
    """A deal with another next step."""
    return [set_field(file, "next", f"{day} {text}")]


def steps_left(deal: Deal) -> str:
    """A help sentence: which steps of its stage a deal has not done, if there are any."""
    ticked = {mark.step.id for note in deal.notes for mark in note.steps}
    left = listed(step.id for step in deal.stage.steps if step.id not in ticked)
    return f"Of `{deal.stage.id}` are left: {left}." if left else ""


def steps_named(deal: Deal, said: Sequence[str]) -> tuple[Step, ...]:
    """The steps of a deal that are meant by ids, names or beginnings of them, each once. Raises
    NotDone for one that its pipeline lacks, and one that is done."""
    steps = {step.id: step for stage in deal.pipeline.stages for step in stage.steps}
    ticked = {mark.step.id for note in deal.notes for mark in note.steps}
    found: dict[str, Step] = {}
    for word in said:
        id = called(word, {step.id: step.name for step in steps.values()})
        if not id:
            help = did_you_mean(word, list(steps), "The steps") or steps_left(deal)
            raise NotDone(f"`{deal.pipeline.id}` has no step `{word}`. {help}".rstrip())
        if id in ticked:
            raise NotDone(f"`{id}` of `{deal.id}` is done already.")
        found[id] = steps[id]
    return tuple(found.values())


def done(opened: Opened, steps: Sequence[Step], day: dt.date, by: str) -> list[Splice]:
    """A deal with steps done on a day."""
    text = "\n".join(f"- [x] {step.id}" for step in steps)
    headline = steps[0].name if len(steps) == 1 else ""
    return with_note(opened.file, NewNote(day, "note", by=by, headline=headline, text=text))
