"""``dealog show``: what a page of facts says, in the terminal and for other programs."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import click

from site_builder.cli.exits import Refused, exit_for
from site_builder.cli.loading import loaded_by, look_at, refuse_missing
from site_builder.cli.options import today_option
from site_builder.cli.printing import out, say
from site_builder.cli.sheets import print_sheet
from site_builder.exchange import facts
from site_builder.insights.insights import Insights
from site_builder.load.loader import Loaded
from site_builder.pages.context import Context
from site_builder.pages.page import PageKind
from site_builder.pages.registry import pages_of_facts
from site_builder.pages.sheet import Sheet
from site_builder.problems import report
from site_builder.problems.suggest import did_you_mean, listed


@click.command(epilog=f"Pages: {', '.join(pages_of_facts())}.")
@click.argument("page")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to print it.",
)
@today_option
@click.pass_obj
def show(folder: Path, page: str, shape: str, today: dt.date | None) -> None:
    """Print what a page of the site is made of.

    Exits with 1 if the journal has errors, which may keep files out of it.
    """
    kind = _kind_of(page)
    refuse_missing(folder)
    loaded = loaded_by(look_at(folder, today, None).load, folder)
    if loaded.seen is None:
        raise Refused("pipeline.yml has errors: `dealog check` tells them.")
    insights = Insights(loaded.seen, loaded.today)
    if shape == "json":
        _print_json(kind, insights)
    else:
        sheet = kind.view(Context(insights), "")
        assert isinstance(sheet, Sheet)
        print_sheet(sheet)
    _say_state(loaded)
    exit_for(loaded.findings, strict=False)


def _kind_of(page: str) -> PageKind[Any]:
    pages = pages_of_facts()
    if page not in pages:
        near = did_you_mean(page, list(pages)) or f"There are {listed(pages)}."
        raise Refused(f"There is no page of facts `{page}`. {near}")
    return pages[page]


def _print_json(kind: PageKind[Any], insights: Insights) -> None:
    assert kind.facts is not None
    found = facts.facts_of(kind.name, insights.today, kind.facts(insights))
    encoding = (sys.stdout.encoding or "").lower()
    out(facts.as_json(found, in_ascii=not encoding.startswith("utf")) + "\n")


def _say_state(loaded: Loaded) -> None:
    wrong = f"; {report.summary(loaded.problems).lower()}" if loaded.problems else ""
    say(f"As of {loaded.today}{wrong}.")
