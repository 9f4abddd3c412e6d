"""Every count of the pages of facts leads to exactly what it counts, or stands beside what does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import pytest

from site_builder.files.tree import FolderTree, MemoryTree
from site_builder.load.loader import load
from site_builder.pages.registry import all_pages
from site_builder.pages.sentence import parts_of
from site_builder.pages.sheet import Cell, Column, Group, Row, Section, Sheet, Table
from tests.places import ROOT
from tests.stories import TODAY, story

COUNT = re.compile(r"[0-9]{1,3}(?:\u202f[0-9]{3})*")
OF = re.compile(rf"({COUNT.pattern}) of ({COUNT.pattern})\b")
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
def sheets(which: str) -> dict[str, Sheet]:
    """The pages of facts of the demo, or of a random journal."""
    tree = FolderTree(ROOT) if which == "demo" else MemoryTree(story(int(which)))
    views = {
        page.path: page.view() for page in all_pages(load(tree, lambda: TODAY)) if page.is_whole
    }
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
def told(which: str) -> dict[str, set[int]]:
    """What sections count that list something themselves: in their answers, in the heads of their
    tables, and in all of these."""
    found = dict[str, set[int]]()
    for path, one in sections(which):
        heads = [int(n[-1]) for t in one.tables if (n := re.findall("[0-9]+", t.columns[0].name))]
        counts = {plain(n) for n in COUNT.findall(one.answer)} | set(heads) | {sum(heads)}
        found[f"{path}#{one.anchor}"] = counts
    return found


def listed(group: Group) -> int:
    """How many entries a group has: those that are listed, and those that it says there are more."""
    more = re.fullmatch(rf"and ({COUNT.pattern}) more", group.more)
    return len(group.links) + (int(more[1].replace("\u202f", "")) if more else 0)


def plain(text: str) -> int:
    return int(text.replace("\u202f", ""))


JOURNALS = pytest.mark.parametrize("which", ["demo", "1", "2"])


@JOURNALS
def test_a_count_is_that_of_the_entries_that_it_leads_to(which: str) -> None:
    targets, seen = groups(which), 0
    assert [anchor for anchor, one in targets.items() if listed(one) != plain(one.number)] == []
    for figure in figures(which):
        target = targets.get(figure.cell.path)
        if COUNT.fullmatch(figure.cell.text) and not target and "#" in figure.cell.path:
            assert plain(figure.cell.text) in told(which)[figure.cell.path], figure.place
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
    every, seen = groups(which), 0
    anchors = {f"{path}#{one.anchor}" for path, one in sections(which)} | every.keys()
    for path, sheet in sheets(which).items():
        for part in () if path in OF_FORECASTS else parts_of(sheet.answer):
            figures = COUNT.findall(NO_FIGURE.sub("", part.text))
            if not part.path:
                assert figures == [], (path, sheet.answer, part.text)
                continue
            target = every.get(f"{path}{part.path}")
            assert not part.path.startswith("#") or f"{path}{part.path}" in anchors | rows(which), (
                part
            )
            if target and (said := SHARE.match(part.text)):
                some, of = plain(target.number), plain(said[2])
                assert said[1] in {f"{n / of * 100:.0f}" for n in (some, of - some)}, (path, part)
            elif target and figures:
                assert figures[0] == target.number, (path, part)
            elif figures and f"{path}{part.path}" in told(which):
                there = told(which)[f"{path}{part.path}"] | sums(which)[f"{path}{part.path}"]
                assert plain(figures[0]) in there, (path, part)
            seen += 1
    assert seen > 20


@cache
def sums(which: str) -> dict[str, set[int]]:
    """What the tables of a section come to, and how many rows they have."""
    found = dict[str, set[int]]()
    for path, one in sections(which):
        counts = {plain(n) for n in COUNT.findall(one.closed)}
        for table in one.tables:
            rows = [row for row in table.rows if not row.is_sum]
            counts |= {
                len(rows),
                sum(row.depth > 0 for row in rows),
                sum(row.is_group for row in rows),
            }
            for column in zip(*[row.cells for row in rows], strict=True):
                counts.add(sum(plain(c.text) for c in column if COUNT.fullmatch(c.text)))
        found[f"{path}#{one.anchor}"] = counts
    return found


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
