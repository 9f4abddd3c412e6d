"""A deal in another stage: moved, won or lost."""

from __future__ import annotations

import datetime as dt

from site_builder.edit.called import called
from site_builder.edit.desk import Desk, Opened
from site_builder.edit.entries import Fields, moved, stage_named, stage_of_type, with_currency
from site_builder.edit.job import Job
from site_builder.edit.refusals import NotDone
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import ENDED, Stage, StageType
from site_builder.problems.suggest import did_you_mean, listed

GATES = (
    "Nothing was written. Do first what the gates require, with `dealog set` and `dealog done`, or "
    "pass them with --override REASON."
)


def move(
    job: Job, deal: str, stage: str, headline: str = "", override: str = "", asked_by: str = ""
) -> str:
    """Move a deal to a stage; to a lost one only where losses have no reasons. Returns what
    there is to say of a move that a later one follows, or of a next step that stays after an
    outcome. Raises NotDone."""
    opened = job.open(deal)
    to = stage_named(opened.deal, stage)
    if to.type is StageType.LOST and job.desk.schema.lost_reasons:
        several = sum(each.type is StageType.LOST for each in opened.deal.pipeline.present) > 1
        where = f" --stage {to.id}" if several else ""
        raise NotDone(f"A loss has a reason: `dealog lost {opened.file.id} --reason …{where}`.")
    fields = _fields({"asked-by": asked_by, "override": override})
    return _move(job, opened, to, fields, headline)


def won(
    job: Job,
    deal: str,
    headline: str = "",
    value: str = "",
    stage: str = "",
    override: str = "",
    asked_by: str = "",
) -> str:
    """Move a deal to the stage in which it is won: the one that is said, or the only one. Returns
    what ``move`` does. Raises NotDone."""
    opened = job.open(deal)
    to = _ending(opened, StageType.WON, stage)
    fields = _fields({"value": value, "asked-by": asked_by, "override": override})
    return _move(job, opened, to, fields, headline)


def lost(
    job: Job, deal: str, reason: str, headline: str = "", stage: str = "", asked_by: str = ""
) -> str:
    """Move a deal to the stage in which it is lost, with the reason by its id or name. Returns what
    ``move`` does. Raises NotDone."""
    opened = job.open(deal)
    to = _ending(opened, StageType.LOST, stage)
    fields = _fields({"lost-reason": _reason(job.desk, reason), "asked-by": asked_by})
    return _move(job, opened, to, fields, headline)


def _reason(desk: Desk, said: str) -> str:
    reasons = desk.schema.reasons_of_loss
    if not said:
        ways = f": {listed(reasons)}" if reasons else ""
        raise NotDone(f"Why was it lost? Give --reason{ways}.")
    named = called(said, reasons)
    if reasons and not named:
        help = did_you_mean(said, list(reasons), "The reasons")
        raise NotDone(f"There is no lost reason `{said}`. {help}".rstrip())
    return named or said


def _fields(given: dict[str, str]) -> Fields:
    return tuple((name, value) for name, value in given.items() if value)


def _ending(opened: Opened, type: StageType, said: str) -> Stage:
    """The stage in which a deal is won, or lost: the one that was said, or the only one."""
    to = stage_named(opened.deal, said) if said else stage_of_type(opened.deal, type)
    if to.type is not type:
        raise NotDone(f"`{to.id}` is no {type} stage: use `dealog move`.")
    return to


def _move(job: Job, opened: Opened, to: Stage, fields: Fields, headline: str) -> str:
    fields = with_currency(opened.file, fields)
    splices, notes = moved(opened, to, job.day, job.person, headline.strip(), fields)
    job.change(opened, splices, f"move to {to.id}", notes=notes, gates=GATES)
    return _still_there(opened.deal, job.day) or _still_next(opened.deal, to)


def _still_next(deal: Deal, to: Stage) -> str:
    """What there is to say of a next step that stays where a deal is won or lost."""
    if deal.next is None or to.type not in ENDED:
        return ""
    plan = f"{deal.next.date} {deal.next.text}".rstrip()
    return f"The next step stays ({plan}); `dealog next {deal.id} none` takes it out."


def _still_there(deal: Deal, day: dt.date) -> str:
    """What there is to say where a deal was moved on a day before it entered its stage."""
    entries = [note.date for note in deal.notes if note.is_stage and note.date > day]
    if not entries:
        return ""
    where, when = f"`{deal.id}` still stands in `{deal.stage.id}`", max(entries)
    return f"{where}, for it went on after this move, on {when}."
