"""``dealog merge``: two contacts that are one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from site_builder.cli import completing
from site_builder.cli.edits import dated_edits

if TYPE_CHECKING:
    from site_builder.edit.job import Job


@click.command()
@click.argument("contact", shell_complete=completing.contact_ids)
@click.argument(
    "words",
    nargs=-1,
    required=True,
    metavar="[into] CONTACT",
    shell_complete=completing.others_to_merge,
)
@click.option(
    "--prefer",
    metavar="CONTACT",
    shell_complete=completing.either_to_merge,
    help="Whose fields stay where the two differ: one of them.",
)
@click.option(
    "--take",
    multiple=True,
    metavar="FIELD[=VALUE]",
    help="What a field is to be; without a value, as in the first contact.",
)
@dated_edits
def merge(
    job: Job, contact: str, words: Sequence[str], prefer: str | None, take: Sequence[str]
) -> None:
    """Put a contact into another that is the same person.

    `dealog merge j-roe into jane-roe`: fields, notes and all mentions of j-roe become jane-roe's,
    and its file goes. Where both say two things, they are shown, and --prefer or --take says what
    stays; the rest is kept in a note.
    """
    from site_builder.edit import merge as merging

    merging.merge(job, contact, words, prefer or "", take)
