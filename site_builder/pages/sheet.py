"""What pages of facts are made of: sections with a rule, drawings, tables, and below them the
deals and contacts that the figures count. All of them have one template, ``sheet.html``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest
from typing import NamedTuple

from markupsafe import Markup

from site_builder.insights.share import Share
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note
from site_builder.markup import formats
from site_builder.pages.links import Link, subject_link
from site_builder.pages.note_paths import note_path
from site_builder.pages.sentence import Part, parts_of
from site_builder.problems import counting

_FIT = 4
_OPEN, _OPEN_LINKS = 9, 30
"""How many groups of what figures are made of stand open, and how many links in them; more are
folded."""
_STEP = "\N{EN SPACE}\N{EN SPACE}"
SHOWN = 25
"""How many deals or contacts a group lists; more are counted."""


class Cell(NamedTuple):
    """What stands in a column of a row. ``path`` leads to what it is made of; ``aside`` is said
    more quietly behind it: what it covers, or how sure it is. ``status`` draws it as one. ``heat``
    shades it, from 1 to 4, and mutes a 0. ``drawing`` stands before it. ``figure`` is what scripts
    work it out by, where they do."""

    text: str
    path: str = ""
    aside: str = ""
    status: str = ""
    heat: int | None = None
    drawing: str | Markup = ""
    figure: str = ""

    @property
    def is_long(self) -> bool:
        """Whether it has a word that may have to be broken."""
        return formats.has_long_word(self.text, self.aside)


NOTHING = Cell("")


class Column(NamedTuple):
    """A column of a table; numbers stand to the right."""

    name: str
    is_number: bool = True

    @property
    def is_long(self) -> bool:
        """Whether it has a word that may have to be broken."""
        return formats.has_long_word(self.name)


class Row(NamedTuple):
    """A row of a table: what it is about, and a cell for each column behind the first. ``id`` is
    its anchor; ``is_sum`` says that it sums the others, ``is_group`` that it sums those that follow
    up to the next. ``depth`` is how far it is below the rows before it, in a tree. Where scripts
    filter the page, ``of`` says what its figures are of, and ``subject`` which deal or contact,
    ``deals/acme``, it is about."""

    head: Cell
    cells: tuple[Cell, ...]
    id: str = ""
    is_sum: bool = False
    depth: int = 0
    is_group: bool = False
    of: str = ""
    subject: str = ""

    @property
    def kind(self) -> str:
        """Its class."""
        return "sum" if self.is_sum else "group-row" if self.is_group else ""

    @property
    def deal(self) -> str:
        """The id of the deal that it is about, if any."""
        return deal_of(self.subject)

    @property
    def indent(self) -> str:
        """What stands before its head."""
        return _STEP * self.depth + "└ " if self.depth else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``label`` says what it is to those who don't see where it stands. One of ``heat``
    has the same counts in all its columns; what is drawn already ``is_below``, a click away. One of
    ``lines`` has on a phone what its last column says beside the first, and the rest below; one of
    ``print_lines`` has on paper a line for each row, and cuts off what is longer.
    One that ``has_sums`` has some of several currencies; the cells of one that ``is_roomy`` say
    much. What is not the first to be done is ``closed``: this stands for it until it is opened."""

    label: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    is_heat: bool = False
    is_below: bool = False
    is_lines: bool = False
    is_print_lines: bool = False
    has_sums: bool = False
    is_roomy: bool = False
    closed: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether it has too many columns, or too much in them, to stand as a table on a phone."""
        much = len(self.columns) > _FIT or self.has_sums or self.is_roomy
        return much and not self.is_lines


class Entry(NamedTuple):
    """A link of a group, and the id of the deal that it is about, if any."""

    link: Link
    deal: str


def deal_of(subject: str) -> str:
    """The id of a deal, ``deals/acme``; nothing of a contact."""
    return subject.removeprefix("deals/") if subject.startswith("deals/") else ""


class Group(NamedTuple):
    """The deals or contacts that a figure counts, under its anchor; ``more`` says how many there
    are beside those listed. Where scripts filter the page, ``of`` says what it is of, and
    ``subjects`` which deal or contact, ``deals/acme``, each link is about."""

    anchor: str
    label: str
    number: str
    links: tuple[Link, ...]
    more: str
    of: str = ""
    subjects: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The links, by the deal that each is about."""
        subjects = self.subjects or ("",) * len(self.links)
        pairs = zip(self.links, subjects, strict=True)
        return tuple(Entry(link, deal_of(subject)) for link, subject in pairs)


class Story(NamedTuple):
    """A deal or contact and a paragraph about it, in pieces of which some lead somewhere."""

    head: Link
    aside: str
    parts: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: a headline and its answer, a drawing, tables, stories, the rule by which
    anything in them is flagged, and what the figures are made of. ``empty`` is said where there is
    nothing else. ``more_stories`` stand folded below the others. One that ``is_closed`` folds what
    its figures are made of, however little that is. Where scripts filter the page, ``of`` says what
    it is of and ``figure`` what its answer is worked out by; what is only told of all deals
    ``is_whole``. Of a ``closed`` one that stands below its headline until it is opened."""

    anchor: str
    title: str
    answer: str = ""
    drawing: str | Markup = ""
    tables: tuple[Table, ...] = ()
    rule: str = ""
    made_of: tuple[Group, ...] = ()
    empty: str = ""
    stories: tuple[Story, ...] = ()
    more_stories: tuple[Story, ...] = ()
    of: str = ""
    figure: str = ""
    is_whole: bool = False
    is_closed: bool = False
    closed: str = ""

    @property
    def is_folded(self) -> bool:
        """Whether what the figures are made of is folded: there is much of it, or it is not what
        the page is opened for."""
        many = sum(len(group.links) for group in self.made_of) > _OPEN_LINKS
        closed = (self.is_closed or many) and bool(self.made_of)
        return closed or self.has_many_groups or bool(self.tables_below)

    @property
    def stories_fold(self) -> str:
        """What stands for the folded stories."""
        return counting.count(len(self.more_stories), "more story", "more stories")

    @property
    def has_many_groups(self) -> bool:
        """Whether what the figures are made of are too many groups to be told one by one."""
        return len(self.made_of) > _OPEN

    @property
    def open_tables(self) -> tuple[Table, ...]:
        return tuple(table for table in self.tables if not table.is_below)

    @property
    def tables_below(self) -> tuple[Table, ...]:
        return tuple(table for table in self.tables if table.is_below)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of facts. ``answer`` is what it comes to: a text, or a ``sentence.Sentence`` of which
    the figures lead to what they are made of. ``rule`` holds for all sections, and is said where
    there are any; ``empty`` says what would fill the page, where there are none. ``picks`` lead to
    pages of the same kind, of which this one is at ``path``. One that ``is_filtered`` has the box
    by which scripts filter it. ``foot`` says of how many deals it is, and over how
    many days."""

    title: str
    answer: str
    sections: tuple[Section, ...]
    rule: str = ""
    empty: str = ""
    picks: tuple[Link, ...] = ()
    path: str = ""
    is_filtered: bool = False
    foot: str = ""

    @property
    def answer_parts(self) -> tuple[Part, ...]:
        """The answer as a page shows it."""
        return parts_of(self.answer)


def with_groups(sections: Sequence[Section], groups: Iterable[Group]) -> tuple[Section, ...]:
    """Sections, the first of which has some groups too: what the first line of their page counts
    over all of them."""
    if not sections:
        return ()
    first, *rest = sections
    return (replace(first, made_of=(*groups, *first.made_of)), *rest)


def group(anchor: str, label: str, subjects: Iterable[Deal | Contact], shown: int = SHOWN) -> Group:
    """A group of deals or contacts, of which so many are listed."""
    every = list(subjects)
    return group_of_links(anchor, label, len(every), [subject_link(one) for one in every[:shown]])


def group_of_notes(anchor: str, label: str, notes: Sequence[tuple[Deal | Contact, Note]]) -> Group:
    """A group of notes, each by the deal or contact in whose file it is, and by its day; the newest
    first."""
    newest = nlargest(SHOWN, notes, key=lambda one: one[1].date)
    links = [
        Link(f"{subject_link(of).text}, {formats.short_day(note.date)}", note_path(of, note))
        for of, note in newest
    ]
    return group_of_links(anchor, label, len(notes), links)


def group_of_links(anchor: str, label: str, count: int, links: Sequence[Link]) -> Group:
    """A group of so many, of which those that the links lead to are listed."""
    more = count - len(links)
    more_text = f"and {counting.grouped(more)} more" if more > 0 else ""
    return Group(anchor, label, counting.grouped(count), tuple(links), more_text)


def groups(
    found: Iterable[tuple[str, str, Sequence[Deal | Contact]]], shown: int = SHOWN
) -> tuple[Group, ...]:
    """Groups of those that have anything in them: an anchor, a label, and what is in it, of which
    so many are listed."""
    return tuple(
        group(anchor, label, subjects, shown) for anchor, label, subjects in found if subjects
    )


def over(days: Iterable[dt.date]) -> str:
    """Over how long something happened: ``over 120 days, from 3 Jan 2026 to 3 May 2026``,
    or the one day that it happened on."""
    every = list(days)
    if not every:
        return ""
    first, last = min(every), max(every)
    if first == last:
        return f"on {formats.short_day(first)}"
    span = f"from {formats.short_day(first)} to {formats.short_day(last)}"
    return f"over {formats.days((last - first).days + 1)}, {span}"


def texts(*names: str) -> tuple[Column, ...]:
    """Columns of texts."""
    return tuple([Column(name, is_number=False) for name in names])


def numbers(*names: str) -> tuple[Column, ...]:
    """Columns of numbers; the first of a table names its rows."""
    return tuple(map(Column, names))


def linked(link: Link, aside: str = "") -> Cell:
    """A link as a cell."""
    return Cell(link.text, link.path, aside)


def cut(count: int, which: str = "first", listed: int = SHOWN) -> str:
    """What stands behind a count of which not all are listed."""
    return f"; the {which} {listed} are listed" if count > listed else ""


def number(count: int, path: str = "") -> Cell:
    """A count; one of nothing leads nowhere."""
    return Cell(counting.grouped(count), path if count else "")


def share_text(share: Share) -> str:
    """``37%``; a dash of nothing."""
    return "–" if share.part is None else f"{share.part * 100:.0f}%"


def sure(share: Share) -> str:
    """How sure a share is: ``26 to 49%``; nothing of nothing."""
    if share.interval is None:
        return ""
    low, high = share.interval
    return f"{low * 100:.0f} to {high * 100:.0f}%"


def share_cell(share: Share, path: str = "") -> Cell:
    """A share with what it is of and how sure it is."""
    if not share.of:
        return Cell("–")
    return Cell(share_text(share), path, f"{out_of(*share)}; {sure(share)}")


def share_or_few(share: Share, fewest: int, path: str = "") -> Cell:
    """A share as a cell; of fewer than so many its counts alone: ``1 of 1``."""
    if 0 < share.of < fewest:
        return Cell(out_of(*share), path)
    return share_cell(share, path)


def out_of(count: int, of: int) -> str:
    """``3 of 4``."""
    return f"{counting.grouped(count)} of {counting.grouped(of)}"


def percent_from(fewest: int, what: str) -> str:
    """From how many of something on a row gives a share in percent."""
    return f"A percent is given from {fewest} {what} on."


def too_few(count: int, fewest: int, what: str = "") -> str:
    """That so many are too few to say something of them, and how many would do."""
    said = f" {what}" if what else ""
    return f"too few to say{said}, {counting.grouped(fewest - count)} more would do"
