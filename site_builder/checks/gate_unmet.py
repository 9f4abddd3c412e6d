"""``gate-unmet``: a deal went on without what an earlier stage requires."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from site_builder.journal.deal import Deal
from site_builder.journal.history import NOTE_STATE, Visit
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Pipeline, Stage, StageType
from site_builder.problems import counting
from site_builder.problems.problem import Problem, Span
from site_builder.source.note_drafts import field_place, field_sign

_ONWARD = (StageType.OPEN, StageType.WON)


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """Before a deal stands in a later open or won stage, every field that an earlier stage
    `requires` must be filled, and its required steps done (on that day at the latest).

    A stage note with `override:: REASON` passes the gates it meets, once and for all.
    Each gate is reported where it was first passed unmet.

    Bad: `## 2026-10-12 stage negotiation` in a deal that never did the required step
    `decision-map` of qualification.
    """
    gates = {pipeline.id: _gates(pipeline) for pipeline in journal.schema.pipelines}
    for deal in journal.deals:
        is_sure = not deal.lacks_notes and "override" not in deal.nearly_said
        if gates[deal.pipeline.id] and is_sure and "stage" not in deal.gaps:
            yield from _unmet(deal, gates[deal.pipeline.id])


class _Gate(NamedTuple):
    """A stage that requires something, and the steps of it that are required."""

    stage: Stage
    steps: tuple[str, ...]


def _gates(pipeline: Pipeline) -> tuple[_Gate, ...]:
    gates = [
        _Gate(stage, tuple(step.id for step in stage.steps if step.required))
        for stage in pipeline.stages
    ]
    return tuple(gate for gate in gates if gate.steps or gate.stage.requires)


class _Told(NamedTuple):
    """A deal, and the days on which its notes first ticked each step and set each field."""

    deal: Deal
    ticked: Mapping[str, dt.date]
    first_set: Mapping[str, dt.date]


def _told(deal: Deal) -> _Told:
    ticked: dict[str, dt.date] = {}
    first_set: dict[str, dt.date] = {}
    for note in deal.notes:
        if note.steps:
            for mark in note.steps:
                ticked.setdefault(mark.step.id, note.date)
        if note.field_spans:
            for name in note.field_spans:
                if name in NOTE_STATE:
                    first_set.setdefault(name, note.date)
    return _Told(deal, ticked, first_set)


class Passed(NamedTuple):
    """A gate that a deal passed unmet: whose it is, the stage that was entered and its note, if
    any, and what it lacked: names of fields and ids of steps."""

    gate: Stage
    stage: Stage
    note: Note | None
    lacking: list[str]

    @property
    def is_overridden(self) -> bool:
        """Whether the note says why."""
        return self.note is not None and "override" in self.note.field_spans


def passed_unmet(deal: Deal) -> list[Passed]:
    """The gates that a deal passed unmet, those that its notes say why among them."""
    gates = _gates(deal.pipeline)
    return [passed for _, passed in _passed(deal, gates)] if gates else []


def _unmet(deal: Deal, gates: tuple[_Gate, ...]) -> Iterator[Problem]:
    for told, passed in _passed(deal, gates):
        if not passed.is_overridden:
            visit = Visit(passed.stage, None, None, passed.note)
            yield _problem(told, passed.gate, visit, passed.lacking)


def _passed(deal: Deal, gates: tuple[_Gate, ...]) -> Iterator[tuple[_Told, Passed]]:
    told: _Told | None = None
    passed = 0
    for stage, note in _entered(deal):
        if stage.type not in _ONWARD:
            continue
        # What a gate lacks when it is passed is told once, and later it can't lack more.
        while passed < len(gates) and gates[passed].stage.number < stage.number:
            gate = gates[passed]
            passed += 1
            told = told or _told(deal)
            lacking = _lacking(told, gate, note)
            if lacking:
                yield told, Passed(gate.stage, stage, note, lacking)


def _entered(deal: Deal) -> list[tuple[Stage, Note | None]]:
    """The stages that the deal entered, and the notes of it, also those that restate: they pass
    nothing."""
    entered: list[tuple[Stage, Note | None]] = [
        (note.stage, note) for note in deal.notes if note.stage is not None
    ]
    return entered or [(deal.stage, None)]


def _lacking(told: _Told, gate: _Gate, note: Note | None) -> list[str]:
    day = note.date if note is not None else None
    spans, first_set, ticked = told.deal.spans, told.first_set, told.ticked
    lacking = []
    for name in gate.stage.requires:
        # A field that notes set is filled from the first of them on; any other has always been
        # as it is.
        since = first_set.get(name)
        if name not in spans if since is None else day is not None and since > day:
            lacking.append(name)
    for id in gate.steps:
        done = ticked.get(id)
        if done is None or (day is not None and done > day):
            lacking.append(id)
    nearly = told.deal.nearly_said
    return [item for item in lacking if item not in nearly] if nearly else lacking


def _problem(told: _Told, gate: Stage, visit: Visit, lacking: list[str]) -> Problem:
    deal = told.deal
    steps = [item for item in lacking if item not in gate.requires]
    fields = [item for item in lacking if item in gate.requires]
    what = [f"`{name}`" for name in fields] + [f"the step `{id}`" for id in steps]
    ways = [*_fill(told, fields, visit), *_tick(steps, visit), _override(deal, visit)]
    help = f"{'; '.join(ways[:-1])}; or {ways[-1]}."
    return Problem(
        "gate-unmet",
        f"`{deal.id}` stands in `{visit.stage.id}` without what `{gate.id}` requires: "
        f"{', '.join(what)}.",
        help[0].upper() + help[1:],
        _place(deal, visit),
    )


def _fill(told: _Told, fields: list[str], visit: Visit) -> Iterator[str]:
    """What to do about fields that are missing: a note may set one, but too late."""
    since = {name: told.first_set[name] for name in fields if name in told.first_set}
    plain = [f"`{name}: …`" for name in fields if name not in since]
    if plain:
        yield f"add {counting.together(plain)} to the front matter"
    sign = field_sign(told.deal.path)
    for name, day in since.items():
        yield (
            f"`{name}` is only set by the note of {day}: "
            f"put `{name}{sign} …` into a note{_by(visit)}"
        )


def _tick(steps: list[str], visit: Visit) -> Iterator[str]:
    if steps:
        yield f"tick {counting.together([f'`- [x] {id}`' for id in steps])} in a note{_by(visit)}"


def _override(deal: Deal, visit: Visit) -> str:
    is_yaml = not deal.path.endswith(".md")
    line = f"`override{field_sign(deal.path)} REASON`"
    if visit.note is None:
        from site_builder.parse.near_notes.mending import stage_note

        note = stage_note(deal.path, visit.stage.id)
        return f"add a note `{note}` with {line} {'in' if is_yaml else 'below'} it"
    return f"put {line} {field_place(deal.path)}"


def _by(visit: Visit) -> str:
    return f" of {visit.note.date} or earlier" if visit.note else ""


def _place(deal: Deal, visit: Visit) -> Span:
    noted = visit.note.places.stage if visit.note is not None else None
    return noted or deal.spans["stage"]
