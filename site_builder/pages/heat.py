"""Tables of counts by two things, the more the darker."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping

from site_builder.insights.share import Share
from site_builder.journal.periods import quarter_of, year_of
from site_builder.pages.sheet import Cell, Row, Table, number, numbers, out_of, sure
from site_builder.problems import counting

NO_HEAT = Cell("0", heat=0)
"""A count of nothing: a zero is not left out."""
_SHADES = 4
_QUARTERS, _QUARTER = 8, 91
"""Over so many quarters, each of so many days, counts are told by quarter, over more by year."""


def periods(days: Iterable[dt.date], starts: int) -> Callable[[dt.date], str]:
    """What the quarter of a day is called, or over more than so many quarters its year; ``starts``
    is the month in which fiscal years begin."""
    every = list(days)
    is_long = bool(every) and (max(every) - min(every)).days > _QUARTERS * _QUARTER
    of = year_of if is_long else quarter_of
    return lambda day: of(day, starts).label


def heat_table(
    label: str,
    corner: str,
    names: Mapping[str, str],
    columns: Mapping[str, str],
    counts: Mapping[tuple[str, str], int],
    path: Callable[[str | None, str | None], str] = lambda _row, _column: "",
) -> Table:
    """A table of ``counts``, by the keys of rows and columns, under what these are called, with
    sums of both. ``path`` leads from a count to what it counts; None stands for all rows, and for
    all columns."""
    most = max(counts.values(), default=0)
    rows = tuple(
        Row(
            Cell(name),
            (
                *[_cell(counts.get((row, id), 0), most, path(row, id)) for id in columns],
                number(sum(n for (key, _), n in counts.items() if key == row), path(row, None)),
            ),
        )
        for row, name in names.items()
    )
    sums = [
        number(sum(n for (_, key), n in counts.items() if key == id), path(None, id))
        for id in columns
    ]
    every = number(sum(counts.values()), path(None, None))
    total = Row(Cell("In all"), (*sums, every), is_sum=True)
    heads = (corner, *columns.values(), "In all")
    return Table(label, numbers(*heads), (*rows, total), is_heat=True)


def _cell(count: int, most: int, path: str) -> Cell:
    """A count, shaded by its share of the largest, though few are never dark; one of nothing leads
    nowhere."""
    if not count:
        return NO_HEAT
    return Cell(counting.grouped(count), path, heat=1 + (count * _SHADES - 1) // max(most, _SHADES))


def of_hundred(count: int, of: int) -> str:
    """How many of 100 so many of all are; what is some but rounds to none is ``<1``."""
    rounded = f"{100 * count / of:.0f}"
    return "<1" if count and rounded == "0" else rounded


def of_hundred_cell(count: int, of: int, fewest: int) -> Cell:
    """How many of 100 so many of all are, and how sure that is: ``19 to 61``. Where all are fewer
    than so many, the counts alone: ``1 of 3``."""
    if of < fewest:
        return Cell(out_of(count, of))
    return Cell(of_hundred(count, of), aside=between(count, of))


def between(count: int, of: int) -> str:
    """Between how many of 100 the true count lies, 19 times of 20."""
    return sure(Share(count, of)).removesuffix("%")


def share_heat(count: int, of: int, path: str) -> Cell:
    """How many of 100 a count is, shaded by it; one of nothing leads nowhere. A quarter of all
    is dark."""
    if not count:
        return NO_HEAT
    return Cell(of_hundred(count, of), path, heat=min(_SHADES, 1 + 16 * count // of))
