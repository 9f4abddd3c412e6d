"""How what changed was recorded in git: who recorded what, and how long after it happened."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.insights.recording import Late, Recorder, Recording
from site_builder.journal.deal import Deal
from site_builder.journal.recordings import RECORDED
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.deal_recorded import FIELD_NAMES
from site_builder.pages.links import subject_link
from site_builder.pages.sheet import (
    NOTHING,
    Cell,
    Column,
    Row,
    Section,
    Table,
    groups,
    linked,
    number,
    texts,
    too_few,
)
from site_builder.problems import counting

FEWEST = 5
"""Of fewer notes it is not told how fast they are recorded."""
_RULE = (
    "A commit records the notes that it adds, and changes of fields. The lag is the days from a "
    "note's day to the day on which the commit's author made it. Of the first commit, and of those "
    "that bring more than twenty new files, nothing is counted here."
)
_PEOPLE = (
    Column("Who"), Column("Commits"), Column("Notes"), *map(Column, FIELD_NAMES.values()),
    Column("Median lag"), Column("Slowest"),
)  # fmt: skip
_LATE = texts("Slowest to be recorded", "Noted for", "Recorded", "By", "Commit")


def section(found: Recording, context: Context) -> Section:
    """What git has recorded since the longest of the spans."""
    begins = f" {_begins(found)}" if found.begins and found.begins > found.since else ""
    if not found.people:
        return Section("recorded", _title(found), empty=f"git has recorded nothing since.{begins}")
    tables = [_people(found, context)]
    if found.slowest and found.slowest[0].lag:
        tables.append(_slowest(found, context))
    return Section(
        "recorded",
        _title(found),
        _answer(found),
        tables=tuple(tables),
        rule=_RULE + begins,
        made_of=groups(list(_groups(found))),
        is_closed=True,
    )


def _title(found: Recording) -> str:
    return f"Recorded since {formats.short_day(found.since)}"


def _begins(found: Recording) -> str:
    assert found.begins is not None
    day = formats.short_day(found.begins)
    return f"The clone is shallow: git knows nothing here from before {day}."


def _answer(found: Recording) -> str:
    left = f"; {counting.count(found.many, 'note')} came at once" if found.many else ""
    if found.median is None:
        return f"No notes{left}"
    of, lag = counting.count(found.notes, "note"), found.slowest[0].lag
    slowest, is_one = formats.days(lag), found.notes == 1
    if not lag:
        return f"{of}, {'' if is_one else 'each '}recorded on its day{left}"
    if is_one:
        return f"{of}, recorded after {slowest}{left}"
    if found.notes < FEWEST:
        few = too_few(found.notes, FEWEST, "how fast they are recorded")
        return f"{of}, the slowest after {slowest}: {few}{left}"
    return f"Half of {of} within {_days(found.median)}, the slowest after {slowest}{left}"


def _days(lag: float) -> str:
    whole = int(lag)
    return formats.days(whole) if lag == whole else f"{lag:.1f} days"


def _people(found: Recording, context: Context) -> Table:
    rows = [_person(at, one, context) for at, one in enumerate(found.people)]
    return Table("Who recorded what", _PEOPLE, tuple(rows))


def _person(at: int, one: Recorder, context: Context) -> Row:
    fields = [number(len(one.deals[name]), f"changes.html#by-{at}.{name}") for name in RECORDED]
    lag = NOTHING if one.median is None else Cell(_days(one.median))
    if one.median is not None and one.notes < FEWEST:
        lag = Cell("", aside=too_few(one.notes, FEWEST))
    slow = one.slowest
    slowest = (
        NOTHING if slow is None else Cell(formats.days(slow.lag), subject_link(slow.subject).path)
    )
    aside = "" if one.person or not context.journal.schema.team else "not of the team"
    head = Cell(formats.isolated(one.name), aside=aside)
    return Row(head, (number(one.commits), number(one.notes), *fields, lag, slowest))


def _slowest(found: Recording, context: Context) -> Table:
    rows = [_late(one, context) for one in found.slowest if one.lag]
    return Table("The notes that took the longest", _LATE, tuple(rows))


def _late(one: Late, context: Context) -> Row:
    commit, schema = one.commit, context.journal.schema
    return Row(
        linked(subject_link(one.subject)),
        (
            Cell(formats.near_day(one.date, context.today)),
            Cell(
                formats.near_day(commit.day, context.today), aside=f"{formats.days(one.lag)} later"
            ),
            Cell(schema.name_at(commit.address, commit.author)),
            Cell(commit.short, schema.repository.commit_of(commit.id)),
        ),
    )


def _groups(found: Recording) -> Iterator[tuple[str, str, tuple[Deal, ...]]]:
    for at, one in enumerate(found.people):
        for name in RECORDED:
            label = f"{FIELD_NAMES[name]}, recorded by {formats.isolated(one.name)}"
            yield f"by-{at}.{name}", label, one.deals[name]
