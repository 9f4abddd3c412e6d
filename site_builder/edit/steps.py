"""The next step of a deal, and steps that are done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from site_builder.edit.entries import done, planned, steps_left, steps_named
from site_builder.edit.front import take_field
from site_builder.edit.job import Job
from site_builder.edit.refusals import NotDone


def plan_next(job: Job, deal: str, day: str, text: str) -> str:
    """Plan the next step of a deal; without a text, the day `none` takes it away. Both may
    stand in ``day``, as in front matter. What there is to say of the day, if it is over. Raises
    NotDone."""
    opened = job.open(deal)
    if not text.strip():
        day, _, text = day.strip().partition(" ")
    text = text.strip()
    if day == "none" and not text:
        splice = take_field(opened.file, "next")
        if splice is None:
            raise NotDone(f"`{opened.file.id}` has no next step.")
        splices, what, past = [splice], "no next step", ""
    else:
        date = job.coming_day(day)
        if not text:
            raise NotDone(f"What is the step? `dealog next {opened.file.id} {day} TEXT`.")
        splices, what = planned(opened.file, date, text), f"next {date} {text}"
        past = past_of(job, opened.file.id, date)
    job.change(opened, splices, what)
    return past


def past_of(job: Job, id: str, date: dt.date) -> str:
    """What there is to say of the day of a deal's next step; nothing of one that is not over."""
    if date >= job.desk.today:
        return ""
    return (
        f"{date} is over, for {job.desk.today} is today, so this step is overdue from now on. "
        f"`dealog next {id} DAY TEXT` plans it for another day; `dealog log {id} TEXT` says what "
        "was done."
    )


def tick(job: Job, deal: str, steps: Sequence[str]) -> None:
    """Tick steps of a deal, in a note. Raises NotDone."""
    opened = job.open(deal)
    if not steps:
        which = f"Which step is done? `dealog done {opened.file.id} STEP`."
        raise NotDone(f"{which} {steps_left(opened.deal)}".rstrip())
    named = steps_named(opened.deal, steps)
    splices = done(opened, named, job.day, job.person)
    job.change(opened, splices, f"done {', '.join(step.id for step in named)}", notes=1)
