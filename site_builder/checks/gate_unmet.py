"""``gate-unmet``: a deal went on without what an earlier stage requires."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.diagnostics import Problem, Span
from site_builder.model import Deal, Journal, Stage, StageType
from site_builder.states import NOTE_STATE, Visit, stage_path, steps_done


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """Before a deal stands in a later open or won stage, every field that an earlier stage
    `requires` must be filled, and its required steps done (on that day at the latest).

    A stage note with `override:: REASON` passes the gates it meets, once and for all.
    Each gate is reported where it was first passed unmet.

    Bad: `## 2026-10-12 stage negotiation` in a deal that never did the required step
    `decision-map` of qualification.
    """
    for deal in journal.deals:
        if deal.is_placed and any(_has_gate(stage) for stage in deal.pipeline.stages):
            yield from _gates(deal)


def _has_gate(stage: Stage) -> bool:
    return bool(stage.requires) or any(step.required for step in stage.steps)


def _gates(deal: Deal) -> Iterator[Problem]:
    passed: set[tuple[str, str]] = set()
    for visit in stage_path(deal):
        if visit.stage.type not in (StageType.OPEN, StageType.WON):
            continue
        for gate in deal.pipeline.stages[: visit.stage.number - 1]:
            lacking = [
                item for item in _lacking(deal, gate, visit) if (gate.id, item) not in passed
            ]
            passed.update((gate.id, item) for item in lacking)
            if lacking and not _overridden(visit):
                yield _problem(deal, gate, visit, lacking)


def _overridden(visit: Visit) -> bool:
    return visit.note is not None and "override" in visit.note.field_spans


def _lacking(deal: Deal, gate: Stage, visit: Visit) -> Iterator[str]:
    for name in gate.requires:
        if not _filled(deal, name, visit.note.date if visit.note else None):
            yield name
    done = steps_done(deal)
    for step in gate.steps:
        if step.required:
            note = done.get(step.id)
            if note is None or (visit.note is not None and note.date > visit.note.date):
                yield step.id


def _filled(deal: Deal, name: str, day: dt.date | None) -> bool:
    """Whether a field was filled on a day. A field that notes set is so from the first of
    them on; any other has always been as it is."""
    since = _set_since(deal, name)
    if since is not None and day is not None:
        return since <= day
    return name in deal.spans or since is not None


def _set_since(deal: Deal, name: str) -> dt.date | None:
    """The day of the first note that sets a field, if any does."""
    if name not in NOTE_STATE:
        return None
    return min((n.date for n in deal.notes if name in n.field_spans), default=None)


def _problem(deal: Deal, gate: Stage, visit: Visit, lacking: list[str]) -> Problem:
    steps = [item for item in lacking if item not in gate.requires]
    fields = [item for item in lacking if item in gate.requires]
    what = [f"`{name}`" for name in fields] + [f"the step `{id}`" for id in steps]
    ways = [*_fill(deal, fields, visit), *_tick(steps, visit), _override(visit)]
    help = f"{'; '.join(ways[:-1])}; or {ways[-1]}."
    return Problem(
        "gate-unmet",
        f"`{deal.id}` stands in `{visit.stage.id}` without what `{gate.id}` requires: "
        f"{', '.join(what)}.",
        help[0].upper() + help[1:],
        _place(deal, visit),
    )


def _fill(deal: Deal, fields: list[str], visit: Visit) -> Iterator[str]:
    """What to do about fields that are missing: a note may set one, but too late."""
    since = {name: day for name in fields if (day := _set_since(deal, name)) is not None}
    plain = [f"`{name}: …`" for name in fields if name not in since]
    if plain:
        yield f"add {_and(plain)} to the front matter"
    for name, day in since.items():
        yield (
            f"`{name}` is only set by the note of {day}: put `{name}:: …` into a note{_by(visit)}"
        )


def _tick(steps: list[str], visit: Visit) -> Iterator[str]:
    if steps:
        yield f"tick {_and([f'`- [x] {id}`' for id in steps])} in a note{_by(visit)}"


def _override(visit: Visit) -> str:
    if visit.note is not None:
        return "put `override:: REASON` below this heading"
    return f"add a note `## DATE stage {visit.stage.id}` with `override:: REASON` below it"


def _by(visit: Visit) -> str:
    return f" of {visit.note.date} or earlier" if visit.note else ""


def _and(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _place(deal: Deal, visit: Visit) -> Span:
    if visit.note is not None and visit.note.stage_span is not None:
        return visit.note.stage_span
    return deal.spans["stage"]
