"""``dealog undo``: the last command's change, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from site_builder.cli.edits import edits

if TYPE_CHECKING:
    from site_builder.edit.job import Job


@click.command()
@edits
def undo(job: Job) -> None:
    """Take back what the last command changed here, where the files are still as it left them.

    A second `undo` brings it again.
    """
    from site_builder.edit import changes
    from site_builder.edit.kept import undone

    made = undone(job.folder)
    job.write(made, f"Undo the last change of {', '.join(changes.paths_of(made))}")
