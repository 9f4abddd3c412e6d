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
    setting = [n.date for n in deal.notes if name in n.field_spans] if name in NOTE_STATE else []
    if setting and day is not None:
        return min(setting) <= day
    return name in deal.spans or bool(setting)


def _problem(deal: Deal, gate: Stage, visit: Visit, lacking: list[str]) -> Problem:
    steps = [item for item in lacking if item not in gate.requires]
    fields = [item for item in lacking if item in gate.requires]
    what = [f"`{name}`" for name in fields] + [f"the step `{id}`" for id in steps]
    help = []
    if fields:
        help.append(f"Add `{fields[0]}: …` to the front matter")
    if steps:
        help.append(
            f"tick `- [x] {steps[0]}` in a note" if help else f"Tick `- [x] {steps[0]}` in a note"
        )
    override = ", or put `override:: REASON` below this heading" if visit.note else ""
    return Problem(
        "gate-unmet",
        f"`{deal.id}` stands in `{visit.stage.id}` without what `{gate.id}` requires: "
        f"{', '.join(what)}.",
        " and ".join(help) + override + ".",
        _place(deal, visit),
    )


def _place(deal: Deal, visit: Visit) -> Span:
    if visit.note is not None and visit.note.stage_span is not None:
        return visit.note.stage_span
    return deal.spans["stage"]
