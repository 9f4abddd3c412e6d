"""What all commands that change a journal's files have in common.

They import what edits only when they do: completion asks for their options alone.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from site_builder.cli import completing
from site_builder.cli.options import Command, today_option

contact_option = functools.partial(
    click.option, metavar="CONTACT", shell_complete=completing.contact_ids
)
"""An option that names a contact."""
person_option = functools.partial(click.option, metavar="PERSON", shell_complete=completing.people)
"""An option that names one of the team."""

_EVERY = (
    click.option(
        "--commit",
        "is_committed",
        is_flag=True,
        help="Commit what changed, and nothing else, in git.",
    ),
    today_option,
)
_OF_A_DAY = (
    click.option(
        "--date",
        "said_day",
        metavar="DAY",
        default="today",
        shell_complete=completing.days,
        help="When: 2026-11-20, yesterday, fri (the last one), -3d.  [default: today]",
    ),
    person_option("--by", help="Who of the team did it.  [default: whose email git has]"),
)


def edits(command: Command) -> Command:
    """A command that edits a journal: it is given a Job, and has the options of all of them."""
    return _editing(command, _EVERY)


def dated_edits(command: Command) -> Command:
    """The same for what somebody did on a day."""
    return _editing(command, (*_OF_A_DAY, *_EVERY))


def _editing(command: Command, options: Sequence[Callable[[Command], Command]]) -> Command:
    @functools.wraps(command)
    def run(
        folder: Path,
        today: dt.date | None,
        is_committed: bool,
        said_day: str = "today",
        by: str | None = None,
        **given: object,
    ) -> None:
        from site_builder.cli.editing import done  # which asks for an option need not know

        edit = functools.partial(command, **given)
        done(edit, folder, today, is_committed, said_day, by)

    made: Command = click.pass_obj(run)
    for option in reversed(options):
        made = option(made)
    return made
