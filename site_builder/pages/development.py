"""The page of existing customers: how close they have come, and when they decide again."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.insights import development as facts
from site_builder.insights.development import NO_LEVEL, Development, Renewal
from site_builder.insights.topics import Topic
from site_builder.journal.periods import year_of
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.links import Link, deal_path, subject_link
from site_builder.pages.note_paths import note_path
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.sentence import Sentence, Words, joined
from site_builder.pages.sheet import (
    SHOWN,
    Cell,
    Group,
    Row,
    Section,
    Sheet,
    Table,
    cut,
    group_of_notes,
    groups,
    linked,
    number,
    numbers,
    texts,
)
from site_builder.problems import counting

PATH = "development.html"


def development(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.facts(facts.development)
    return Sheet(
        "Development",
        _answer(found, context),
        (*_renewals(found, context), *_levels(found, context), *_moves(found, context)),
        "A company's level is what its file says; a note with `level::` dates the move. A renewal "
        "is missed where its day has passed and the deal names no other: set `renews` anew once "
        "they have decided.",
        "No company has a level yet, and no won deal a day on which it renews: write `level` into "
        "a company's file, or `renews: DATE` into a won deal's.",
    )


def _answer(found: Development, context: Context) -> str:
    missed = [one for one in found.renewals if one.state == "missed"]
    coming = [one for one in found.renewals if one.state == "coming"]
    parts = list[Words]()
    if missed:
        parts.append(Link(f"{counting.count(len(missed), 'renewal')} missed", "#missed"))
    if coming:
        day = Link(formats.near_day(coming[0].date, context.today), deal_path(coming[0].id))
        parts.append(Sentence("the next on " if missed else "Next renewal on ", day))
    named = [one for one in found.levels if one.level != NO_LEVEL and one.companies]
    if named and not parts:
        level, count = named[0].level, len(named[0].companies)
        link = Link(counting.count(count, "company", "companies"), f"#level-{level}")
        parts.append(Sentence(link, f" at the highest level, {_words(level)}"))
    return joined(", ", parts)


def _words(id: str) -> str:
    return id.replace("-", " ")


def _renewals(found: Development, context: Context) -> Iterator[Section]:
    if found.renewals:
        columns = texts("Deal", "Renews", "In")
        rows = tuple(_renewal(one, context) for one in found.renewals[:SHOWN])
        missed = [one.id for one in found.renewals if one.state == "missed"]
        yield Section(
            "renewals",
            "Renewals",
            counting.count(len(found.renewals), "won deal") + cut(len(found.renewals)),
            tables=(Table("Renewals", columns, rows),),
            made_of=groups([("missed", "Missed", missed)]),
            is_closed=True,
        )


def _renewal(one: Renewal, context: Context) -> Row:
    said = formats.in_days(one.date, context.today)
    state = Cell(f"missed, {said}", status="overdue") if one.state == "missed" else Cell(said)
    day = Cell(formats.near_day(one.date, context.today))
    return Row(linked(subject_link(one.id)), (day, state))


def _levels(found: Development, context: Context) -> Iterator[Section]:
    shown = [one for one in found.levels if one.companies]
    if any(one.level != NO_LEVEL for one in shown):
        rows = tuple(
            Row(
                Cell(_name(one.level)),
                (number(len(one.companies), f"{PATH}#level-{one.level}"),),
            )
            for one in found.levels
        )
        every = sum(len(one.companies) for one in shown)
        others = sum(one.is_company for one in context.journal.contacts) - every
        rest = f"; {counting.grouped(others)} with neither a level nor a win" if others else ""
        yield Section(
            "levels",
            "Companies by level",
            f"{counting.count(every, 'company', 'companies')}{rest}",
            tables=(Table("Companies by level", numbers("Level", "Companies"), rows),),
            made_of=groups(
                (f"level-{one.level}", _name(one.level), one.companies) for one in shown
            ),
        )


def _name(level: str) -> str:
    return "Won, without a level" if level == NO_LEVEL else _words(level).capitalize()


def _moves(found: Development, context: Context) -> Iterator[Section]:
    if not found.moves:
        return
    rows = tuple(
        Row(
            Cell(formats.near_day(one.date, context.today), note_path(one.id, one.note)),
            (
                linked(subject_link(one.id)),
                Cell(f"{_from(one.from_)} {'↑' if one.up else '↓'} {_words(one.to)}"),
            ),
        )
        for one in found.moves[:SHOWN]
    )
    years = tuple(
        Row(Cell(y), (number(up, f"{PATH}#up:{y}"), number(down, f"{PATH}#down:{y}")))
        for y, (up, down) in found.by_year.items()
    )
    yield Section(
        "moves",
        "Moves from level to level",
        f"{counting.count(len(found.moves), 'move')} of "
        f"{counting.count(len({one.id.id for one in found.moves}), 'company', 'companies')}"
        f"{cut(len(found.moves), 'last')}",
        tables=(
            Table(
                "Moves between levels",
                texts("Day", "Company", "Move"),
                rows,
            ),
            Table("Moves by year", numbers("Year", "Up", "Down"), years),
        ),
        made_of=tuple(_by_year(found, context)),
        is_closed=True,
    )


def _by_year(found: Development, context: Context) -> Iterator[Group]:
    """The notes of the moves of each year, up and down."""
    starts = context.journal.schema.fiscal_year_starts
    for year in found.by_year:
        moves = [one for one in found.moves if year_of(one.date, starts).label == year]
        for way, up in (("up", True), ("down", False)):
            notes = [(one.id, one.note) for one in moves if one.up is up]
            if notes:
                yield group_of_notes(f"{way}:{year}", f"{way.capitalize()} in {year}", notes)


def _from(level: str) -> str:
    return "none" if level == NO_LEVEL else _words(level)


PAGE = page_of_facts(
    "development",
    development,
    facts.development,
    NavGroup.PEOPLE,
    "Development",
    lambda _, topics: Topic.LEVEL in topics,
)
