"""``dealog rename``: a deal or contact under another id."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from site_builder.cli import completing
from site_builder.cli.edits import edits

if TYPE_CHECKING:
    from site_builder.edit.job import Job


@click.command()
@click.argument("subject", metavar="DEAL|CONTACT", shell_complete=completing.ids)
@click.argument("new", metavar="NEW-ID")
@edits
def rename(job: Job, subject: str, new: str) -> None:
    """Give a deal or contact another id, in every mention and link.

    Nothing is renamed while a file can't be read whole, for it may name the old id too.
    """
    from site_builder.edit import renaming

    renaming.rename(job, subject, new)
