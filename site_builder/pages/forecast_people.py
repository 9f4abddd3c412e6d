"""What the forecast shows of people and of categories, beside each other."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.forecast.expecting import Expecting
from site_builder.forecast.frame import Frame, of_category, persons
from site_builder.forecast.outlook import Bucket
from site_builder.journal.team import Person
from site_builder.pages import coverage
from site_builder.pages.forecast_lists import (
    ALL,
    CATEGORIES,
    Lists,
    category_list,
    person_list,
)
from site_builder.pages.forecast_rows import (
    NO_FIGURE,
    Figure,
    PeriodRow,
    Place,
    row,
    total,
)
from site_builder.pages.forecast_words import name, text
from site_builder.pages.scopes import scope
from site_builder.problems import counting


@dataclass(frozen=True, slots=True)
class PersonRow:
    """What somebody has won and expects of their target in the current quarter, and in all;
    ``path`` leads to their deals and all their figures."""

    name: str
    of: str
    path: str
    quarter: PeriodRow
    whole: PeriodRow


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """What is open in a period, by category."""

    label: str
    of: str
    path: str
    cells: tuple[Figure, ...]


def people(frame: Frame, lists: Lists, expects: Expecting) -> tuple[PersonRow, ...]:
    """Everyone who has deals in the outlook or a target, by name, and last the team."""
    mine = tuple(_person(person, frame, lists, expects) for person in persons(frame))
    return (*mine, _team(frame, lists, expects)) if mine else ()


def _person(person: Person, frame: Frame, lists: Lists, expects: Expecting) -> PersonRow:
    own, quarter = lists[person_list(person)], frame.owned(frame.current, person)
    return PersonRow(
        person.name,
        scope(owner=person.id),
        own.path(),
        row(quarter, "quarter", Place(own, quarter.label), frame, expects, person),
        total(own.bucket, Place(own), frame, expects, person),
    )


def _team(frame: Frame, lists: Lists, expects: Expecting) -> PersonRow:
    quarter, everything = lists.get(frame.current.label), lists.get(ALL)
    return PersonRow(
        "All",
        "",
        everything.path() if everything else "",
        row(frame.current, "quarter", Place(quarter), frame, expects),
        total(frame.everything, Place(everything), frame, expects),
    )


def by_category(frame: Frame, lists: Lists) -> tuple[CategoryRow, ...]:
    """What is open by category, for each quarter, what is in none, and in all; empty where no
    deal has a category."""
    if not any(category_list(category) in lists for category, _ in CATEGORIES):
        return ()
    dated = [bucket for bucket in (*frame.quarters, *frame.loose) if bucket.parts]
    rows = [_of_bucket(bucket, bucket.label, frame, lists) for bucket in dated]
    return (*rows, _of_bucket(frame.everything, ALL, frame, lists))


def _of_bucket(bucket: Bucket, id: str, frame: Frame, lists: Lists) -> CategoryRow:
    label = "Total" if id == ALL else name(bucket)[0]
    cells = [_cell(bucket, category, frame, lists) for category, _ in CATEGORIES]
    of = scope(within="" if id == ALL else bucket.label)
    return CategoryRow(label, of, lists[id].place("open"), tuple(cells))


def _cell(around: Bucket, category: str | None, frame: Frame, lists: Lists) -> Figure:
    """What is open of a category, and of how many deals that is."""
    found, bucket = lists.get(category_list(category)), of_category(around, category)
    if found is None or not bucket.parts:
        return NO_FIGURE
    sums = frame.sums(bucket).open
    group = "" if around is frame.everything else around.label
    count = coverage.share(sums) or counting.grouped(len(bucket.parts))
    return Figure(text(sums, frame, coverage.NO_VALUE), found.place("open", group), count)
