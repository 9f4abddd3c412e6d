"""``dealog log``: a note in the file of a deal or contact."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from site_builder.cli import completing
from site_builder.cli.edits import contact_option, dated_edits
from site_builder.cli.exits import Refused
from site_builder.cli.signed import Signed

if TYPE_CHECKING:
    from site_builder.edit.job import Job


@click.command(cls=Signed)
@click.argument("subject", metavar="DEAL|CONTACT", shell_complete=completing.ids)
@click.argument("words", nargs=-1, metavar="[TEXT|-]")
@click.option(
    "--kind",
    "-k",
    metavar="KIND",
    shell_complete=completing.kinds,
    help="call, meeting, email, proposal …",
)
@contact_option("--with", "with_", multiple=True, help="With whom.")
@contact_option("--to", multiple=True, help="To whom it went.")
@contact_option("--from", "from_", multiple=True, help="From whom it came.")
@click.option("--time", "clock", metavar="HH:MM", help="At what time.")
@click.option(
    "--set",
    "fields",
    multiple=True,
    metavar="FIELD=VALUE",
    help="A field of the note: value=48000, due=2026-12-01, who=jane-roe …",
)
@dated_edits
def log(
    job: Job,
    subject: str,
    words: Sequence[str],
    kind: str | None,
    with_: Sequence[str],
    to: Sequence[str],
    from_: Sequence[str],
    clock: str | None,
    fields: Sequence[str],
) -> None:
    """Add a note: `dealog log acme "Called Jane, wants two sites"`.

    The first line is its headline. Text that begins with Called, Met or Emailed is a call, a
    meeting or an email, with whom of the deal's contacts it names next. With - the text comes
    from standard input; without text an editor asks for it.
    """
    from site_builder.edit.noting import log_note

    log_note(
        job,
        subject,
        partial(_text, words),
        kind,
        {"with": with_, "to": to, "from": from_},
        clock or "",
        fields,
    )


def _text(words: Sequence[str]) -> str:
    if list(words) == ["-"]:
        return _some(sys.stdin.read())
    text = " ".join(words).strip()
    if text:
        return text
    if not sys.stdin.isatty():
        raise Refused("What is to be noted? Give a text, or - to read it from standard input.")
    return _some(click.edit("") or "")


def _some(written: str) -> str:
    if not written.strip():
        raise Refused("Nothing was written, so nothing is noted.")
    return written.strip()
