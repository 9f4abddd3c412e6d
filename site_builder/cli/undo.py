"""``dealog undo``: the last command's change, taken back."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from site_builder.cli.edits import edits
from site_builder.cli.printing import say

if TYPE_CHECKING:
    from site_builder.edit.job import Job


@click.command()
@edits
def undo(job: Job) -> None:
    """Take back what the last command changed here.

    Only where the files are still as it left them. A second `undo` brings it again.
    """
    from site_builder.edit import kept

    last = kept.undo(job)
    when = time.strftime("%Y-%m-%d at %H:%M", time.localtime(last.when))
    if last.is_back:
        say(f"Brought `{last.deed}` again, which was taken back on {when}.")
    else:
        say(f"Took back `{last.deed}`, done on {when}.")
