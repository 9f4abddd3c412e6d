"""``dealog set``, ``next`` and ``done``: what else of a deal or contact changes in a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from site_builder.cli.edits import (
    by_option,
    carry_out,
    commit_option,
    date_option,
    desk_of,
    edits,
    past_day,
    person_of,
)
from site_builder.cli.exits import Refused
from site_builder.cli.options import today_option
from site_builder.edit.desk import Desk, Opened
from site_builder.edit.entries import changed, done, in_same_currency, planned, type_of
from site_builder.edit.front import take_field
from site_builder.edit.when import day_of, is_day
from site_builder.edit.writing import FrontValue

FOLDERS = ("deals", "contacts")


@click.command(name="set")
@click.argument("subject", metavar="DEAL|CONTACT")
@click.argument("field")
@click.argument("words", nargs=-1, metavar="VALUE…")
@click.option("--none", "is_taken", is_flag=True, help="Take the field away.")
@date_option
@by_option
@commit_option
@today_option
@click.pass_obj
@edits
def set_field(
    folder: Path,
    subject: str,
    field: str,
    words: Sequence[str],
    is_taken: bool,
    said_day: str,
    by: str | None,
    is_committed: bool,
    today: dt.date | None,
) -> None:
    """Set a field of a deal or contact: `dealog set acme value 48000`.

    What has a history (value, close, probability, category, owner; a company's level) is set by
    a note of today, and the front matter follows. Lists take several values.
    """
    desk = desk_of(folder, today)
    opened = desk.open(desk.find(subject, FOLDERS))
    if is_taken == bool(words):
        raise Refused(f"Give `{field}` a value, or take it away with --none.")
    value = _value(desk, opened, field, words)
    day, who = past_day(desk, said_day), person_of(desk, folder, by)
    splices, notes = changed(opened, field, value, day, who)
    what = f"set {field} to {' '.join(words)}" if words else f"take {field} away"
    message = f"{opened.file.id}: {what}" if is_committed else ""
    carry_out(folder, desk, opened, splices, notes=notes, commit=message)


def _value(desk: Desk, opened: Opened, field: str, words: Sequence[str]) -> FrontValue:
    type, is_list = type_of(field, opened.subject)
    if is_list:
        return tuple(each.strip() for word in words for each in word.split(",") if each.strip())
    value = " ".join(words).strip()
    if type == "date" and is_day(value):
        return day_of(value, desk.today, is_past=field == "created").isoformat()
    if type == "money":
        return in_same_currency(value, opened.file.text_of(field))
    if type in ("contact", "deal") and value:
        return desk.find(value, (f"{type}s",)).id
    return value


@click.command(name="next")
@click.argument("deal")
@click.argument("day", metavar="DAY|none")
@click.argument("words", nargs=-1, metavar="TEXT")
@commit_option
@today_option
@click.pass_obj
@edits
def next_step(
    folder: Path,
    deal: str,
    day: str,
    words: Sequence[str],
    is_committed: bool,
    today: dt.date | None,
) -> None:
    """Plan the next step of a deal: `dealog next acme fri Send the quote`.

    `dealog next acme none` takes it away.
    """
    desk = desk_of(folder, today)
    opened = desk.open(desk.find(deal))
    text = " ".join(words).strip()
    if day == "none" and not text:
        splice = take_field(opened.file, "next")
        if splice is None:
            raise Refused(f"`{opened.file.id}` has no next step.")
        splices, what = [splice], "no next step"
    else:
        date = day_of(day, desk.today, is_past=False)
        if not text:
            raise Refused(f"What is the step? `dealog next {opened.file.id} {day} TEXT`.")
        splices, what = planned(opened.file, date, text), f"next {date} {text}"
    message = f"{opened.file.id}: {what}" if is_committed else ""
    carry_out(folder, desk, opened, splices, commit=message)


@click.command(name="done")
@click.argument("deal")
@click.argument("steps", nargs=-1, required=True, metavar="STEP…")
@date_option
@by_option
@commit_option
@today_option
@click.pass_obj
@edits
def steps_done(
    folder: Path,
    deal: str,
    steps: Sequence[str],
    said_day: str,
    by: str | None,
    is_committed: bool,
    today: dt.date | None,
) -> None:
    """Tick steps of a deal, in a note of today."""
    desk = desk_of(folder, today)
    opened = desk.open(desk.find(deal))
    splices = done(opened, steps, past_day(desk, said_day), person_of(desk, folder, by))
    message = f"{opened.file.id}: done {', '.join(steps)}" if is_committed else ""
    carry_out(folder, desk, opened, splices, notes=1, commit=message)
