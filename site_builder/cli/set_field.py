"""``dealog set``, ``next`` and ``done``: what else of a deal or contact changes in a day."""

from __future__ import annotations

from collections.abc import Sequence

import click

from site_builder.cli.edits import dated_edits, edits
from site_builder.cli.exits import Refused
from site_builder.cli.signed import Signed
from site_builder.edit.desk import Desk, Opened
from site_builder.edit.entries import changed, type_of
from site_builder.edit.job import BOTH, Job
from site_builder.edit.said_values import said_items, said_value
from site_builder.edit.steps import plan_next, tick
from site_builder.edit.writing import FrontValue


@click.command(name="set", cls=Signed)
@click.argument("subject", metavar="DEAL|CONTACT")
@click.argument("field")
@click.argument("words", nargs=-1, metavar="VALUE…")
@click.option("--none", "is_taken", is_flag=True, help="Take the field away.")
@dated_edits
def set_field(
    job: Job,
    subject: str,
    field: str,
    words: Sequence[str],
    is_taken: bool,
) -> None:
    """Set a field of a deal or contact: `dealog set acme value 48000`.

    What has a history (value, close, probability, category, owner; a company's level) is set by
    a note of today, and the front matter follows. Lists take several values.
    """
    opened = job.open(subject, BOTH)
    if is_taken == bool(words):
        raise Refused(f"Give `{field}` a value, or take it away with --none.")
    value = _value(job.desk, opened, field, words)
    splices, notes = changed(opened, field, value, job.day, job.person)
    what = f"set {field} to {' '.join(words)}" if words else f"take {field} away"
    job.change(opened, splices, what, notes=notes)


def _value(desk: Desk, opened: Opened, field: str, words: Sequence[str]) -> FrontValue:
    type, is_list = type_of(field, opened.subject)
    if not words:
        return () if is_list else ""
    if is_list:
        return said_items(desk, type, words)
    before = opened.file.text_of(field)
    return said_value(desk, type, " ".join(words), before, is_past=field == "created")


@click.command(name="next", cls=Signed)
@click.argument("deal")
@click.argument("day", metavar="DAY|none")
@click.argument("words", nargs=-1, metavar="TEXT")
@edits
def next_step(
    job: Job,
    deal: str,
    day: str,
    words: Sequence[str],
) -> None:
    """Plan the next step of a deal: `dealog next acme fri Send the quote`.

    `dealog next acme none` takes it away.
    """
    plan_next(job, deal, day, " ".join(words))


@click.command(name="done")
@click.argument("deal")
@click.argument("steps", nargs=-1, required=True, metavar="STEP…")
@dated_edits
def steps_done(
    job: Job,
    deal: str,
    steps: Sequence[str],
) -> None:
    """Tick steps of a deal, in a note of today."""
    tick(job, deal, steps)
