"""``dealog diff``: what a change does to the pipeline."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from site_builder.cli.exits import Refused
from site_builder.cli.options import format_option, today_option
from site_builder.cli.printing import has_ascii_alone, out


@click.command()
@click.argument("base", metavar="BASE", required=False)
@click.argument("head", required=False)
@format_option("text", "markdown", "json", help="How to print it.")
@today_option
@click.pass_obj
def diff(
    folder: Path, base: str | None, head: str | None, shape: str, today: dt.date | None
) -> None:
    """Print what changed from BASE to HEAD, or to the files now.

    That is deals and their moves, the forecast, problems, and what to look at twice.

    `dealog diff main...HEAD` begins where this branch left main, as a pull request does. Both
    journals are seen as of one day, so that time alone changes nothing. docs/diff.md tells all of
    it. Exits with 0, whatever changed.
    """
    if base is None:
        raise Refused("Say what to compare with, for example the branch main: `dealog diff main`.")
    from site_builder.cli.revisions import about, compared, ends_of
    from site_builder.review.told import told

    found = compared(folder, ends_of(base, head), today)
    if shape == "json":
        from site_builder.exchange.comparisons import as_json

        out(as_json(found.made, found.base, found.head, in_ascii=has_ascii_alone()) + "\n")
        return
    words = told(found.made, about(found))
    if shape == "markdown":
        from site_builder.review.markdown import markdown

        out(markdown(words))
        return
    from site_builder.cli.tables import print_told

    print_told(words)
