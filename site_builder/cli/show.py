"""``dealog show``: what a page of facts says, in the terminal and for other programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from site_builder.cli.asking import Asking, Words, asked, looked_at
from site_builder.cli.exits import Refused, exit_for
from site_builder.cli.options import format_option, rev_option, today_option
from site_builder.cli.printing import has_ascii_alone, out, say
from site_builder.cli.sheets import print_sheet
from site_builder.exchange import facts
from site_builder.insights.insights import Insights
from site_builder.load.loaded import Loaded
from site_builder.pages.context import Context
from site_builder.pages.page import PageKind
from site_builder.pages.registry import pages_of_facts, pages_of_facts_by_key
from site_builder.pages.sheet import Cell, Row, Section, Sheet, Table, texts
from site_builder.problems import report
from site_builder.problems.suggest import did_you_mean, listed
from site_builder.query.records import meant_alone

_BY_KEY = [f"{name}-{kind.each.upper()}" for name, kind in pages_of_facts_by_key().items()]
_KEYS = 12
"""How many keys of pages are listed."""
_NOTHING = "nothing recorded yet"


@click.command(cls=Asking, epilog=f"Pages: {', '.join([*pages_of_facts(), *_BY_KEY])}.")
@click.argument("page", required=False)
@click.argument("words", nargs=-1, metavar="[QUERY]…", type=Words())
@format_option("table", "json", help="How to print it.")
@rev_option
@today_option
@click.pass_obj
def show(
    folder: Path,
    page: str | None,
    words: Sequence[str],
    shape: str,
    rev: str | None,
    today: dt.date | None,
) -> None:
    """Print what a page of the site is made of.

    With a query, what it would be of these deals: `dealog show structure owner:maria`.

    Without PAGE it says which there are, and of each the line that it begins with. Exits with 1
    if the journal has errors, which may keep files out of it.
    """
    print_page(folder, page, shape, today, words, rev)


class _Asked(NamedTuple):
    """A page of facts: its name, its kind, and the key of it where the kind has several."""

    name: str
    kind: PageKind[Any]
    key: str

    def facts(self, insights: Insights) -> object:
        """What it is made of."""
        if self.key and self.kind.facts_of is not None:
            return self.kind.facts_of(insights, self.key)
        assert self.kind.facts is not None
        return self.kind.facts(insights)

    def sheet(self, context: Context) -> Sheet:
        """What a terminal shows of it."""
        made = (self.kind.sheet or self.kind.view)(context, self.key)
        assert isinstance(made, Sheet)
        return made


def print_page(
    folder: Path,
    page: str | None,
    shape: str,
    today: dt.date | None,
    words: Sequence[str] = (),
    rev: str | None = None,
) -> None:
    """Print a page of facts, or which there are, and exit as ``show`` does. Of a query the journal
    has the deals that it means, and all contacts."""
    kind = pages_of_facts().get(page or "")
    loaded, insights = looked_at(
        folder, today, rev, is_recorded=kind is not None and kind.is_recorded
    )
    if words:
        insights = meant_alone(insights, asked(words, insights, loaded.left_out))
    context = Context(insights)
    one = None if page is None else _asked(page, context)
    if shape == "json":
        _print_json(_names(insights) if one is None else _facts(one, insights))
    else:
        print_sheet(_contents(context) if one is None else one.sheet(context))
    insights.memory.keep()
    _say_state(loaded)
    exit_for(loaded.findings, strict=False)


def _asked(page: str, context: Context) -> _Asked:
    """The page of a name. Raises Refused, with the nearest one, where there is none."""
    pages = pages_of_facts()
    if page in pages:
        return _Asked(page, pages[page], "")
    known = list(pages)
    for name, kind in pages_of_facts_by_key().items():
        keys = _keys(kind, context)
        known += [f"{name}-{key}" for key in keys]
        if page.startswith(f"{name}-"):
            return _with_key(page, kind, keys)
    if page in {view.id for view in context.journal.schema.views}:
        raise Refused(f"`{page}` is a saved view: `dealog list view:{page}` lists its deals.")
    near = did_you_mean(page, known) or f"There are {listed([*pages, *_BY_KEY])}."
    raise Refused(f"There is no page of facts `{page}`. {near}")


def _with_key(page: str, kind: PageKind[Any], keys: Sequence[str]) -> _Asked:
    key = page.removeprefix(f"{kind.name}-")
    if key in keys:
        return _Asked(page, kind, key)
    near = did_you_mean(key, keys) or f"There are {listed(keys)}."
    raise Refused(f"There is no {kind.each} `{key}`. {near}")


def _keys(kind: PageKind[Any], context: Context) -> list[str]:
    return [key for key in kind.keys(context) if key]


def _names(insights: Insights) -> Mapping[str, facts.Json]:
    """Which pages there are, as JSON."""
    names: list[facts.Json] = [*pages_of_facts(), *_BY_KEY]
    return {"version": facts.VERSION, "today": insights.today.isoformat(), "pages": names}


def _contents(context: Context) -> Sheet:
    """Which pages there are, and what each begins with."""
    pages = [_Asked(name, kind, "") for name, kind in pages_of_facts().items()]
    rows = [Row(Cell(one.name), (Cell(one.sheet(context).answer or _NOTHING),)) for one in pages]
    for name, kind in pages_of_facts_by_key().items():
        rows.append(Row(Cell(f"{name}-{kind.each.upper()}"), (Cell(_of_keys(kind, context)),)))
    table = Table("Pages", texts("Page", "What it says"), tuple(rows))
    answer = f"{len(pages)} pages of facts: `dealog show PAGE` prints one"
    return Sheet("Pages of facts", answer, (Section("pages", "Pages", tables=(table,)),))


def _of_keys(kind: PageKind[Any], context: Context) -> str:
    keys = _keys(kind, context)
    more = f" and {len(keys) - _KEYS} more" if len(keys) > _KEYS else ""
    return f"one for each {kind.each}: {', '.join(keys[:_KEYS])}{more}"


def _facts(asked: _Asked, insights: Insights) -> Mapping[str, facts.Json]:
    return facts.facts_of(asked.name, insights.today, asked.facts(insights))


def _print_json(found: Mapping[str, facts.Json]) -> None:
    out(facts.as_json(found, in_ascii=has_ascii_alone()) + "\n")


def _say_state(loaded: Loaded) -> None:
    wrong = f"; {report.summary(loaded.problems).lower()}" if loaded.problems else ""
    say(f"As of {loaded.today}{wrong}.")
