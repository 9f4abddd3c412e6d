"""``dealog undo``: the last command's change, taken back."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.cli.edits import commit_option, edits, kept_for_undo, write
from site_builder.cli.exits import Refused
from site_builder.cli.loading import refuse_missing
from site_builder.edit import changes


@click.command()
@commit_option
@click.pass_obj
@edits
def undo(folder: Path, is_committed: bool) -> None:
    """Take back what the last command changed here, where the files are still as it left them.

    A second `undo` brings it again.
    """
    refuse_missing(folder)
    kept = kept_for_undo(folder)
    try:
        made = changes.not_made(folder, [change.undone for change in kept])
        if not made:
            raise Refused("Nothing is known here that could be taken back.")
        message = f"Undo the last change of {', '.join(changes.paths_of(made))}"
        write(folder, made, message if is_committed else "")
    except changes.Changed as changed:
        raise Refused(
            f"{changed.path} is no longer as the last command left it; nothing was taken back."
        ) from None
