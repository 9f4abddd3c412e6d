"""``dealog undo``: the last command's change, taken back."""

from __future__ import annotations

import click

from site_builder.cli.changing import kept_for_undo
from site_builder.cli.edits import Job, edits
from site_builder.cli.exits import Refused
from site_builder.edit import changes


@click.command()
@edits
def undo(job: Job) -> None:
    """Take back what the last command changed here, where the files are still as it left them.

    A second `undo` brings it again.
    """
    kept = kept_for_undo(job.folder)
    try:
        made = changes.not_made(job.folder, [change.undone for change in kept])
        if not made:
            raise Refused("Nothing is known here that could be taken back.")
        job.write(made, f"Undo the last change of {', '.join(changes.paths_of(made))}")
    except changes.Changed as changed:
        raise Refused(
            f"{changed.path} is no longer as the last command left it; nothing was taken back."
        ) from None
