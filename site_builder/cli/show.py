"""``dealog show``: what a page of facts says, in the terminal and for other programs."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any, NamedTuple

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
from site_builder.pages.registry import pages_of_facts, pages_of_facts_by_key
from site_builder.pages.sheet import Sheet
from site_builder.problems import report
from site_builder.problems.suggest import did_you_mean, listed

_BY_KEY = [f"{name}-PERSON" for name in pages_of_facts_by_key()]


@click.command(epilog=f"Pages: {', '.join([*pages_of_facts(), *_BY_KEY])}.")
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
    print_page(folder, page, shape, today)


class _Asked(NamedTuple):
    """A page of facts: its name, its kind, and the key of it where the kind has several."""

    name: str
    kind: PageKind[Any]
    key: str

    def facts(self, insights: Insights) -> object:
        """What it is made of."""
        if self.kind.facts_of is not None:
            return self.kind.facts_of(insights, self.key)
        assert self.kind.facts is not None
        return self.kind.facts(insights)


def print_page(folder: Path, page: str, shape: str, today: dt.date | None) -> None:
    """Print a page of facts, and exit as ``show`` does."""
    asked = _asked(page)
    refuse_missing(folder)
    loaded = loaded_by(look_at(folder, today, None).load, folder)
    if loaded.seen is None:
        raise Refused("pipeline.yml has errors: `dealog check` tells them.")
    context = Context(Insights(loaded.seen, loaded.today))
    _refuse_unknown(asked, context)
    if shape == "json":
        _print_json(asked, context.insights)
    else:
        sheet = asked.kind.view(context, asked.key)
        assert isinstance(sheet, Sheet)
        print_sheet(sheet)
    _say_state(loaded)
    exit_for(loaded.findings, strict=False)


def _asked(page: str) -> _Asked:
    pages = pages_of_facts()
    if page in pages:
        return _Asked(page, pages[page], "")
    for name, kind in pages_of_facts_by_key().items():
        if page.startswith(f"{name}-"):
            return _Asked(page, kind, page.removeprefix(f"{name}-"))
    near = did_you_mean(page, list(pages)) or f"There are {listed([*pages, *_BY_KEY])}."
    raise Refused(f"There is no page of facts `{page}`. {near}")


def _refuse_unknown(asked: _Asked, context: Context) -> None:
    keys = list(asked.kind.keys(context))
    if asked.key not in keys:
        near = did_you_mean(asked.key, keys) or f"There are {listed(keys)}."
        raise Refused(f"There is nobody `{asked.key}` in the team. {near}")


def _print_json(asked: _Asked, insights: Insights) -> None:
    found = facts.facts_of(asked.name, insights.today, asked.facts(insights))
    encoding = (sys.stdout.encoding or "").lower()
    out(facts.as_json(found, in_ascii=not encoding.startswith("utf")) + "\n")


def _say_state(loaded: Loaded) -> None:
    wrong = f"; {report.summary(loaded.problems).lower()}" if loaded.problems else ""
    say(f"As of {loaded.today}{wrong}.")
