"""Pages of facts in a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as Drawn
from rich.text import Text

from site_builder.cli.printing import columns_of
from site_builder.pages.sheet import Cell, Section, Sheet, Table
from site_builder.problems import terminal

Narrow = bool
_ANY_WIDTH = 10_000


def print_sheet(sheet: Sheet) -> None:
    """Print a page of facts, as wide and coloured as the terminal is."""
    drawn = console()
    for part in _parts(sheet):
        drawn.print(part)


def console() -> Console:
    """Where tables are drawn: standard output, as wide and coloured as it is."""
    stream = sys.stdout
    is_coloured = terminal.is_coloured(os.environ, stream.isatty())
    return Console(
        file=stream,
        width=terminal.columns(os.environ, columns_of(stream)),
        force_terminal=is_coloured,
        no_color=not is_coloured,
        highlight=False,
    )


def fits(drawn: Drawn) -> bool:
    """Whether a table is no wider than where it is drawn."""
    screen = console()
    needed = screen.measure(drawn, options=screen.options.update(width=_ANY_WIDTH)).maximum
    return needed <= screen.width


def print_fitting(drawn: Callable[[Narrow], Drawn]) -> None:
    """Print a table, made narrower where it does not fit."""
    wide = drawn(False)
    console().print(wide if fits(wide) else drawn(True))


def _parts(sheet: Sheet) -> Iterator[RenderableType]:
    yield _text(sheet.answer or sheet.empty, "bold")
    if sheet.rule and sheet.sections:
        yield _text(sheet.rule, "dim")
    for section in sheet.sections:
        if parts := list(_of_section(section)):
            yield from (Text(""), _text(section.title, "bold underline"), *parts)
    if sheet.foot:
        yield from (Text(""), _text(sheet.foot, "dim"))


def _of_section(section: Section) -> Iterator[RenderableType]:
    """What stands below its title; nothing of one that only says what others are made of."""
    yield from (_text(text) for text in (section.answer, section.empty) if text)
    yield from map(_drawn, section.tables)
    for story in (*section.stories, *section.more_stories):
        yield _text(
            f"{story.head.text} ({story.aside})" if story.aside else story.head.text, "bold"
        )
        yield _text("".join(part.lead + part.text for part in story.parts).rstrip())
    if section.rule:
        yield _text(section.rule, "dim")
    for group in () if section.has_many_groups else section.made_of:
        names = " · ".join(link.text for link in group.links)
        more = f" {group.more}" if group.more else ""
        yield _text(f"{group.label} ({group.number}): {names}{more}")


def _drawn(table: Table) -> RenderableType:
    drawn = Drawn(box=box.SIMPLE_HEAD, pad_edge=False)
    for at, column in enumerate(table.columns):
        is_right = column.is_number and at > 0
        drawn.add_column(
            _text(column.name), justify="right" if is_right else "left", overflow="fold"
        )
    for row in table.rows:
        style = "bold" if row.is_sum else None
        head = _text("  " * row.depth).append_text(_cell(row.head))
        drawn.add_row(head, *map(_cell, row.cells), style=style)
    return Padding(drawn, (0, 0, 0, 2), expand=False)


def _cell(cell: Cell) -> Text:
    both = cell.text and cell.aside
    return _text(f"{cell.text} ({cell.aside})" if both else cell.text or cell.aside)


def _text(text: str, style: str = "") -> Text:
    return Text(terminal.printable(text), style)
