"""``dealog list``: the deals that a query means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich import box
from rich.console import Console, JustifyMethod, RenderableType
from rich.padding import Padding
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from site_builder.cli.asking import Asking, Words, asked, looked_at
from site_builder.cli.exits import exit_beside
from site_builder.cli.options import format_option, rev_option, today_option
from site_builder.cli.printing import has_ascii_alone, out, say
from site_builder.cli.sheets import console, fits
from site_builder.exchange.facts import as_json
from site_builder.exchange.listed import as_csv, as_facts, listed
from site_builder.insights.standing import Standing
from site_builder.markup import formats
from site_builder.problems import counting, terminal
from site_builder.problems.suggest import listed as in_backticks
from site_builder.query.language import taken_for_words


@click.command(name="list", cls=Asking)
@click.argument("words", nargs=-1, metavar="[QUERY]…", type=Words())
@format_option("table", "json", "csv", help="How to print them.")
@rev_option
@today_option
@click.pass_obj
def list_deals(
    folder: Path, words: Sequence[str], shape: str, rev: str | None, today: dt.date | None
) -> None:
    """Print the deals that a query means, or all.

    As in `dealog list stage:proposal owner:maria`: all terms have to hold; a comma is or, - is
    not: `dealog list -tag:pilot 'value>=10k' close:this-quarter 'next<today' stale:yes`.
    `view:NAME` is a query that pipeline.yml has. docs/query.md has the whole language.

    Exits with 1 if the journal has errors, which may keep deals out of it.
    """
    loaded, insights = looked_at(folder, today, rev)
    meant = asked(words, insights, loaded.left_out)
    found = listed(insights, meant)
    if shape == "json":
        said = as_facts(insights.today, meant.text, found)
        out(as_json(said, in_ascii=has_ascii_alone()) + "\n")
    elif shape == "csv":
        out(as_csv(found))
    else:
        _print_table(found)
    every = len(insights.journal.deals)
    shown = f"{counting.grouped(len(found))} of {counting.count(every, 'deal')}"
    say(f"{shown}, as of {insights.today}.")
    if not found and (searched := taken_for_words(meant.text)):
        say(_as_words(searched))
    exit_beside(loaded.findings)


def _as_words(searched: Sequence[str]) -> str:
    """What to write where a query of another language found nothing."""
    return (
        f"Searched for as a word: {in_backticks(searched)}. All terms have to hold; write a comma"
        " for or, as in `tag:pilot,partner`, `-` for not, as in `-tag:pilot`, and no brackets."
    )


_COLUMNS = ("deal", "stage", "owner", "value", "close", "next", "stale")
_SHORT = _COLUMNS.index("next")
"""The columns of a few words come before this one."""
_HEAD = 3
"""How many lines a table has above its rows."""
_INDENT = 5


def _print_table(found: Sequence[Standing]) -> None:
    """Print a row a deal or, where the terminal has no room for that, the next step and why it is
    stale on lines below its row."""
    rows = [tuple(map(terminal.printable, _cells(one))) for one in found]
    if not rows:
        return
    screen, wide = console(), _table(rows, len(_COLUMNS))
    for part in [wide] if fits(wide) else _folded(screen, rows):
        screen.print(part)


def _table(rows: Sequence[tuple[str, ...]], columns: int) -> Table:
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in _COLUMNS[:columns]:
        justify: JustifyMethod = "right" if name == "value" else "left"
        drawn.add_column(name, justify=justify, overflow="fold", no_wrap=True)
    for cells in rows:
        drawn.add_row(*map(Text, cells[:columns]))
    return drawn


def _folded(screen: Console, rows: Sequence[tuple[str, ...]]) -> Iterator[RenderableType]:
    """A table of the short columns, line by line, each row with the others below it."""
    lines = screen.render_lines(_table(rows, _SHORT), pad=False)
    below = (*[()] * _HEAD, *(cells[_SHORT:] for cells in rows))
    for line, others in zip(lines, below, strict=False):
        yield Segments([*line, Segment.line()])
        for name, text in zip(_COLUMNS[_SHORT:], others, strict=False):
            if text:
                yield Padding(Text(f"{name}: {text}"), (0, 0, 0, _INDENT))


def _cells(one: Standing) -> tuple[str, ...]:
    deal = one.deal
    return (
        deal.id,
        deal.stage.id,
        one.owner.id,
        formats.money(one.value) if one.value else "",
        str(deal.close or ""),
        f"{deal.next.date} {deal.next.text}" if deal.next else "",
        ", ".join(reason.code for reason in one.reasons),
    )
