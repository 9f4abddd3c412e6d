"""What people said of their own deals, and what came of it, kindly."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from site_builder.forecast.people import LEAST, Commits, Estimates, People
from site_builder.markup.reliability import reliability
from site_builder.pages.forecast_bins import dot
from site_builder.pages.forecast_lists import person_list
from site_builder.pages.sheet import (
    Cell,
    Column,
    Row,
    Section,
    Table,
    number,
    numbers,
    percent_from,
    share_or_few,
)
from site_builder.problems.counting import decimal

_COMMITS = (
    "A commit is a deal that a note put into the category `commit` before the day on which it was "
    "won or lost; it came where the deal was won. A win was committed where the deal was in that "
    f"category the day before. Categories that no note dates are not counted. "
    f"{percent_from(LEAST, 'deals')}"
)
_ESTIMATES = (
    "The last estimate (`probability::` of a note) before the day on which a deal was won or lost, "
    "beside what came. An error that chance explains (within two standard deviations) is none. "
    f"Nothing is said of anybody with fewer than {LEAST} such deals."
)
_USUALLY = {
    "too-high": "usually a little hopeful",
    "too-low": "usually a little careful",
    "neither": "about right",
}


def people_sections(found: People) -> Iterator[Section]:
    """The sections, as far as anything is recorded."""
    if found.commits:
        yield _commits(found)
    if found.estimates or found.few:
        yield _estimates(found)


def _commits(found: People) -> Section:
    columns = (*numbers("Person", "Commits that came", "Open", "Wins that were committed"),)
    table = Table("Commits by person", columns, tuple(map(_commit, found.commits)))
    return Section("commits", "Commits", tables=(table,), rule=_COMMITS)


def _commit(one: Commits) -> Row:
    cells = (share_or_few(one.came, LEAST), number(one.pending), share_or_few(one.committed, LEAST))
    return Row(_head(one), cells)


def _head(one: Commits | Estimates) -> Cell:
    return Cell(one.person.name, f"forecast-{person_list(one.person)}.html")


def _estimates(found: People) -> Section:
    names = ", ".join(person.name for person in found.few)
    few = f"Too few to say: {names}." if names else ""
    columns = (
        *numbers("Person", "Deals", "Wins said", "Won", "Brier score"),
        Column("Usually", is_number=False),
    )
    rows = tuple(map(_estimate, found.estimates))
    tables = (Table("Own estimates by person", columns, rows),) if rows else ()
    return Section(
        "estimates",
        "Own estimates",
        tables=tables,
        rule=_ESTIMATES if rows else "",
        empty="" if rows else few,
        answer=few if rows else "",
    )


def _estimate(one: Estimates) -> Row:
    cells = (
        number(one.n),
        Cell(decimal(one.expected)),
        number(one.actual),
        Cell(f"{one.brier:.3f}"),
        Cell(_USUALLY[one.usually], drawing=_picture(one)),
    )
    return Row(_head(one), cells, id=f"estimates-{one.person.id}")


def _picture(one: Estimates) -> Markup:
    return reliability([dot(found, f"#estimates-{one.person.id}") for found in one.bins])
