"""``dealog undo``: the last command's change, taken back."""

from __future__ import annotations

import click

from site_builder.cli.edits import edits
from site_builder.edit import changes
from site_builder.edit.job import Job
from site_builder.edit.kept import undone


@click.command()
@edits
def undo(job: Job) -> None:
    """Take back what the last command changed here, where the files are still as it left them.

    A second `undo` brings it again.
    """
    made = undone(job.folder)
    job.write(made, f"Undo the last change of {', '.join(changes.paths_of(made))}")
