"""``dealog form``: what somebody without git filled in, done."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from site_builder.cli.edits import edits
from site_builder.cli.exits import Refused
from site_builder.cli.printing import say_also

if TYPE_CHECKING:
    from site_builder.edit.job import Job


@click.command()
@click.argument("file", metavar="FILE|-")
@edits
def form(job: Job, file: str) -> None:
    """Do what a filled form says, as GitHub writes it into an issue.

    That is a new lead, a note, a move or a next step.

    The form is read from a file, or with - from standard input. What stands in it is taken as the
    values of one command, and never as options or paths. docs/ci.md tells all of it.
    """
    from site_builder.edit.refusals import NotDone
    from site_builder.hosts.filled import NotFilled, filled
    from site_builder.serve.filing import file_form
    from site_builder.serve.forms import NoForm

    try:
        also = file_form(job, filled(_read(file)))
    except (NotFilled, NoForm) as refused:
        raise NotDone(str(refused)) from None
    say_also(also)


def _read(file: str) -> bytes:
    from site_builder.hosts.filled import MOST

    if file == "-":
        return sys.stdin.buffer.read(MOST + 1)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(MOST + 1)
    except OSError as error:
        raise Refused(f"The form can't be read: {error.strerror}: {file}") from None
