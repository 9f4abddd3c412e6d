"""Every count of the pages of facts leads to exactly what it counts, or stands beside what does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from site_builder.files.tree import FolderTree, MemoryTree
from site_builder.load.loaded import Loaded
from site_builder.load.loader import load
from site_builder.pages.deals import OPEN_DEALS
from site_builder.pages.registry import all_pages
from site_builder.pages.sentence import Part, parts_of
from site_builder.pages.sheet import Cell, Column, Group, Row, Section, Sheet, Table
from tests.listing import COUNT, STATES, counted_at, due, listed, plain, tasks
from tests.places import ROOT
from tests.stories import TODAY, story

OF = re.compile(rf"({COUNT.pattern}) of ({COUNT.pattern})\b")
MONEY = re.compile(rf"[€£$]{COUNT.pattern}(?:\.[0-9])?[km]?|{COUNT.pattern}[km]?\u202f[A-Z]{{3}}")
MARK = re.compile(r'<a href="#([^"]+)"[^>]*><[^>]+><title>[^<]*: ([0-9]+) (?!days)[^<]*</title>')
EFFORT = re.compile("(?:Notes|Days) sunk")
"""What deals have cost, which leads to these deals."""
NO_COUNT = re.compile("(?:Notes|Days) each|(?:Notes|Days) sunk per win|Target|Actual|Half within")
"""Numbers that count nothing: by median, what is aimed at."""
OF_HUNDRED = "Of 100 begun"
BETWEEN = re.compile("[0-9]+ to [0-9]+(?:; .*)?")
"""How sure it is how many of 100 something is."""
NO_FIGURE = re.compile(
    # How sure it is, what would do, and over how long.
    r"\((?:[^()]*, )?[0-9−]+ to [0-9−]+%?\)"
    rf"|{COUNT.pattern} (?:more )?would do|next 14 days|[Ss]ince (?:[A-Z][a-z]+ )?[0-9]+ [A-Z][a-z]+(?: [0-9]+)?"
    # Of counts that stand before it, of what each name before it leads to, or of nothing.
    rf"|[0-9]+%|{COUNT.pattern} each|{COUNT.pattern} of each|\b0\b"
)
"""Numbers of a first line that are worked out of others, or are no counts."""
SHARE = re.compile(rf"([0-9]+)% of ({COUNT.pattern})\b")
WITH_PIPELINES = ("lost.html", "push-pull.html", "relationships.html", "steps.html")
"""Pages with a part a pipeline."""
OF_FORECASTS = ("forecast-belief.html",)
"""What the forecast would have said of days that have passed, which have no entries."""


class Figure(NamedTuple):
    """A cell of a page, and where it stands."""

    page: str
    table: Table
    row: Row
    column: Column
    cell: Cell

    @property
    def place(self) -> str:
        return f"{self.page}: {self.table.label}: {self.row.head.text}: {self.column.name}"


@cache
def loaded(which: str) -> Loaded:
    """The demo, or a random journal."""
    tree = FolderTree(ROOT) if which == "demo" else MemoryTree(story(int(which)))
    return load(tree, lambda: TODAY)


@cache
def sheets(which: str) -> dict[str, Sheet]:
    """Its pages of facts."""
    views = {page.path: page.view() for page in all_pages(loaded(which)) if page.is_whole}
    return {path: view for path, view in views.items() if isinstance(view, Sheet)}


def sections(which: str) -> Iterator[tuple[str, Section]]:
    for path, sheet in sheets(which).items():
        for section in sheet.sections:
            yield path, section


def figures(which: str) -> Iterator[Figure]:
    for path, section in sections(which):
        for table in section.tables:
            for row in table.rows:
                for column, cell in zip(table.columns[1:], row.cells, strict=True):
                    yield Figure(path, table, row, column, cell)


def groups(which: str) -> dict[str, Group]:
    every = [
        (f"{path}#{group.anchor}", group) for path, one in sections(which) for group in one.made_of
    ]
    found = dict(every)
    assert len(found) == len(every)
    return found


@cache
def parts(which: str) -> dict[str, Section]:
    return {f"{path}#{one.anchor}": one for path, one in sections(which)}


def opened(which: str) -> int:
    """How many deals are open, which are listed on a page of their own."""
    journal = loaded(which).journal
    assert journal
    return sum(deal.stage.is_open for deal in journal.deals)


def behind(which: str, figure: Figure) -> int:
    """How many a cell leads to in a part of a page that has no group of just these."""
    if figure.cell.path == OPEN_DEALS:
        return opened(which)
    section = parts(which)[figure.cell.path]
    if figure.page == "queues.html":
        return tasks(section, figure.column.name)
    return due(section, STATES[figure.column.name])


JOURNALS = pytest.mark.parametrize("which", ["demo", "1"])


@JOURNALS
def test_a_count_is_that_of_the_entries_that_it_leads_to(which: str) -> None:
    targets, seen = groups(which), 0
    assert [anchor for anchor, one in targets.items() if listed(one) != plain(one.number)] == []
    for figure in figures(which):
        target = targets.get(figure.cell.path)
        if COUNT.fullmatch(figure.cell.text) and not target and "#" in figure.cell.path:
            assert plain(figure.cell.text) == behind(which, figure), figure.place
        if target is None or EFFORT.fullmatch(figure.column.name):
            continue
        said = OF.match(figure.cell.aside)
        if COUNT.fullmatch(figure.cell.text) and not figure.table.label.endswith(
            "by year and stage"
        ):
            assert figure.cell.text == target.number, figure.place
        elif said:  # a share leads to these, or to the others
            some, every = map(plain, said.groups())
            assert plain(target.number) in (some, every - some), figure.place
        seen += 1
    assert seen > 100


@JOURNALS
def test_a_mark_is_that_of_the_entries_that_it_leads_to(which: str) -> None:
    targets, seen = groups(which), 0
    for path, section in sections(which):
        for anchor, count in MARK.findall(str(section.drawing)):
            if target := targets.get(f"{path}#{anchor}"):
                seen += 1
                assert plain(target.number) == int(count), (path, anchor)
    assert seen > 10


@JOURNALS
def test_no_count_is_without_what_it_is_made_of(which: str) -> None:
    """It is a link itself; a share may stand beside one."""
    assert [figure.place for figure in figures(which) if counts_nothing_listed(figure)] == []


def counts_nothing_listed(figure: Figure) -> bool:
    """A count that leads nowhere; of what is told of 100, one that doesn't say how sure it is."""
    page, table, row, column, cell = figure
    is_count = COUNT.fullmatch(cell.text) and column.is_number and cell.text != "0"
    if page in OF_FORECASTS or NO_COUNT.fullmatch(column.name) or is_past(figure):
        return False
    if column.name == OF_HUNDRED or table.label.endswith("by year and stage"):
        return bool(COUNT.fullmatch(cell.text)) and not BETWEEN.fullmatch(cell.aside)
    said = OF.match(cell.aside) or OF.fullmatch(cell.text)
    is_share = said is not None and cell.text.endswith("%")
    stands_beside = row.is_sum or any(other.path for other in row.cells)
    return not cell.path and bool(is_count or (is_share and not stands_beside))


@JOURNALS
def test_each_figure_of_a_first_line_leads_to_what_it_is_of(which: str) -> None:
    """To as many as it says, where these are listed; to a part of the page that is there, or to a
    page."""
    seen = 0
    for path, sheet in sheets(which).items():
        for part in () if path in OF_FORECASTS else parts_of(sheet.answer):
            if part.path:
                followed(which, path, part)
                seen += 1
            else:
                assert COUNT.findall(NO_FIGURE.sub("", part.text)) == [], (path, part)
    assert seen > 20


def followed(which: str, path: str, part: Part) -> None:
    """Follow a figure of a page's first line, and count what it leads to."""
    place = f"{path}{part.path}"
    target, section, count = groups(which).get(place), parts(which).get(place), number_in(part.text)
    is_there = target or section or place in rows(which)
    assert is_there or not part.path.startswith("#"), part
    if target and (said := SHARE.match(part.text)):
        some, of = plain(target.number), plain(said[2])
        assert said[1] in {f"{n / of * 100:.0f}" for n in (some, of - some)}, (path, part)
    elif count is not None and target:
        assert count == plain(target.number), (path, part)
    elif count is not None and section:
        assert count == counted_at(path, section, part.text), (path, part)
    elif count is not None and part.path == OPEN_DEALS:
        assert count == opened(which), (path, part)


def number_in(text: str) -> int | None:
    """How many some words are about: of a sum of money those that it is of, where it says so."""
    plain_text = MONEY.sub("", NO_FIGURE.sub("", text))
    if said := OF.search(plain_text) if MONEY.search(text) else None:
        return plain(said[2])
    counts = COUNT.findall(plain_text)
    return plain(counts[0]) if counts else None


@cache
def rows(which: str) -> set[str]:
    """The anchors of rows."""
    return {f"{f.page}#{f.row.id}" for f in figures(which) if f.row.id}


def is_past(figure: Figure) -> bool:
    """Whether it counts what was open on a day that has passed, which has no list."""
    return figure.page == "changes.html" and figure.row.is_sum


@pytest.mark.parametrize("ids", [("all", "people"), ("fares", "outcomes"), ("ask", "talked")])
def test_no_pipeline_takes_the_anchor_of_a_part(ids: tuple[str, str]) -> None:
    files = story(1, deals=12, people=3)
    for old, new in zip(("sales", "renewals"), ids, strict=True):
        files = {
            path: re.sub(rf"(?m)^(  |pipeline: ){old}\b", rf"\1{new}", text)
            for path, text in files.items()
        }
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.journal is not None and len(loaded.journal.deals) == 12
    views = {page.path: page.view() for page in all_pages(loaded) if page.path in WITH_PIPELINES}
    for path, sheet in views.items():
        assert isinstance(sheet, Sheet)
        anchors = [one.anchor for one in sheet.sections]
        anchors += [group.anchor for one in sheet.sections for group in one.made_of]
        assert len(anchors) == len({*anchors}), path
