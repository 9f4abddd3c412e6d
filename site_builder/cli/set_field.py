"""``dealog set``, ``next`` and ``done``: what else of a deal or contact changes in a day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from site_builder.cli import completing
from site_builder.cli.edits import dated_edits, edits
from site_builder.cli.printing import say_also
from site_builder.cli.signed import Signed

if TYPE_CHECKING:
    from site_builder.edit.job import Job


@click.command(name="set", cls=Signed)
@click.argument("subject", metavar="DEAL|CONTACT", shell_complete=completing.ids)
@click.argument("field", shell_complete=completing.fields)
@click.argument("words", nargs=-1, metavar="VALUE…", shell_complete=completing.values)
@click.option("--none", "is_taken", is_flag=True, help="Take the field away.")
@dated_edits
def set_field(
    job: Job,
    subject: str,
    field: str,
    words: Sequence[str],
    is_taken: bool,
) -> None:
    """Set a field of a file: `dealog set acme value 48000`.

    What has a history (value, close, probability, category, owner; a company's level) is set by
    a note of today, and the front matter follows. Lists take several values.
    """
    from site_builder.edit import setting

    setting.set_field(job, subject, field, words, is_taken)


@click.command(name="next", cls=Signed)
@click.argument("deal", shell_complete=completing.deal_ids)
@click.argument("day", metavar="DAY|none", shell_complete=completing.days)
@click.argument("words", nargs=-1, metavar="TEXT")
@edits
def next_step(
    job: Job,
    deal: str,
    day: str,
    words: Sequence[str],
) -> None:
    """Plan the next step: `dealog next acme fri Send the quote`.

    `dealog next acme none` takes it away.
    """
    from site_builder.edit.steps import plan_next

    say_also(plan_next(job, deal, day, " ".join(words)))


@click.command(name="done")
@click.argument("deal", shell_complete=completing.deal_ids)
@click.argument("steps", nargs=-1, metavar="STEP…", shell_complete=completing.steps)
@dated_edits
def steps_done(
    job: Job,
    deal: str,
    steps: Sequence[str],
) -> None:
    """Tick steps of a deal, in a note of today."""
    from site_builder.edit.steps import tick

    tick(job, deal, steps)
