"""What a change does, in a terminal."""

from __future__ import annotations

from rich import box
from rich.padding import Padding
from rich.table import Table as Drawn
from rich.text import Text

from site_builder.cli.sheets import console
from site_builder.problems import counting, terminal
from site_builder.review.told import Table, Told

_STYLES = {"Look twice": "yellow", "Problems introduced": "red"}


def print_told(told: Told) -> None:
    """Print it, as wide and coloured as the terminal is."""
    screen = console()
    screen.print(_text(told.headline, "bold"))
    for line in told.about:
        screen.print(_text(line, "dim"))
    for table in told.tables:
        screen.print(Text(""))
        title = f"{table.title} ({counting.grouped(len(table.rows))})"
        screen.print(_text(title, f"bold {_STYLES.get(table.title, '')}".strip()))
        screen.print(Padding(_drawn(table), (0, 0, 0, 2), expand=False))


def _drawn(table: Table) -> Drawn:
    drawn = Drawn(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in table.columns:
        drawn.add_column(_text(name), overflow="fold")
    for row in table.rows:
        drawn.add_row(*map(_text, row))
    return drawn


def _text(text: str, style: str = "") -> Text:
    return Text(terminal.printable(text), style)
