"""``dealog handover``: all that one of the team would hand over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from site_builder.cli.options import format_option, rev_option, today_option
from site_builder.cli.show import print_page


@click.command()
@click.argument("person")
@format_option("table", "json", help="How to print it.")
@rev_option
@today_option
@click.pass_obj
def handover(folder: Path, person: str, shape: str, rev: str | None, today: dt.date | None) -> None:
    """Print all that is somebody's, and what is promised and due.

    It is the page handover-PERSON. Exits with 1 if the journal has errors, which may keep files
    out of it.
    """
    print_page(folder, f"handover-{person}", shape, today, rev=rev)
