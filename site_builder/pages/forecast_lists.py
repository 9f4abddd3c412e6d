"""The lists of deals that the forecast's figures are made of, and where each of them stands.

Every period, every person, every category and whatever the sums leave out has a list of its
own, on as many pages as it needs: first what is open, then what is won, the deals of each part
of it together. A figure leads to the page, or to the anchor on it, where exactly its deals are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from site_builder.forecast.frame import Frame, frame, is_filled, of_category, persons, within
from site_builder.forecast.outlook import Bucket
from site_builder.journal.team import Person
from site_builder.pages.context import Context
from site_builder.pages.forecast_apart import asides
from site_builder.pages.forecast_words import name
from site_builder.pages.links import numbered
from site_builder.pages.paging import Paging
from site_builder.pages.scopes import scope

PER_PAGE = 200
ALL = "all"
CATEGORIES: tuple[tuple[str | None, str], ...] = (
    ("commit", "Commit"),
    ("best-case", "Best case"),
    ("pipeline", "Pipeline"),
    (None, "No category"),
)
"""The categories that sums count, as they are written and as they are called."""

Side = Literal["open", "won"]
SIDES: tuple[Side, ...] = ("open", "won")


class Stretch(NamedTuple):
    """Deals that stand together in a list, open or won ones, of one group of it; ``at`` is the
    place of the first, counted from 0."""

    side: Side
    group: Bucket
    at: int

    @property
    def length(self) -> int:
        return len(self.group.parts if self.side == "open" else self.group.won)


@dataclass(frozen=True)
class DealList:
    """The deals of one figure. ``groups`` are the parts that it has, in their order, which make
    up all of it; where they have lists of their own by their labels, it is ``parted``. ``why``
    says why sums leave them out, if they do. ``person`` is whose they are, ``of`` which they are
    for scripts."""

    id: str
    name: str
    hint: str
    bucket: Bucket
    groups: tuple[Bucket, ...]
    parted: bool = False
    why: str = ""
    person: Person | None = None
    of: str = ""

    @property
    def is_contents(self) -> bool:
        """Whether it is so long that it only leads to the lists of its groups."""
        return self.parted and len(self.bucket.parts) + len(self.bucket.won) > PER_PAGE

    @property
    def paging(self) -> Paging:
        count = 0 if self.is_contents else len(self.bucket.parts) + len(self.bucket.won)
        return Paging(count, PER_PAGE)

    def path(self, number: int = 1) -> str:
        """The address of a page of the list."""
        return numbered(f"forecast-{self.id}", number)

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """What stands together, in the order of the list."""
        return tuple(self._stretches())

    def _stretches(self) -> Iterator[Stretch]:
        at = 0
        for side in SIDES:
            for group in self.groups:
                stretch = Stretch(side, group, at)
                if stretch.length:
                    yield stretch
                    at += 0 if self.is_contents else stretch.length

    def on(self, number: int) -> Iterator[tuple[Stretch, slice]]:
        """What stands on a page: stretches, and which of their deals."""
        for stretch in self.stretches:
            begin = (number - 1) * PER_PAGE - stretch.at
            if self.is_contents:
                yield stretch, slice(0)
            elif -PER_PAGE < begin < stretch.length:
                yield stretch, slice(max(0, begin), begin + PER_PAGE)

    def place(self, side: Side | None = None, group: str = "") -> str:
        """Where its deals are listed, or those that are open or won of all or of one group;
        nothing where there are none."""
        if side is None:
            return self.path() if self.stretches else ""
        for stretch in self.stretches:
            if stretch.side == side and group in ("", stretch.group.label):
                page = self.path(self.paging.page_of(stretch.at))
                return f"{page}#{anchor(side, group)}"
        return ""


Lists = Mapping[str, DealList]
"""The lists of a journal by their ids."""


def anchor(side: Side, group: str = "") -> str:
    """Where the open or the won deals of a list begin, or those of a group of it."""
    return f"{side}-{group.replace(' ', '-')}" if group else side


def lists(context: Context) -> Lists:
    """All lists of the forecast that have deals or belong to someone."""
    made = context.facts(frame)
    periods = context.once(lists_of_periods)
    found = (*_apart(made), *_of_persons(made), *_of_categories(made))
    return {**periods, **{one.id: one for one in found if one.stretches or one.person}}


def place(context: Context, period: str, side: Side) -> str:
    """Where the deals of a period are that are open, or those that are won; nothing where there are
    none."""
    found = context.once(lists_of_periods).get(period)
    return found.place(side) if found else ""


def lists_of_periods(context: Context) -> Lists:
    """The lists of periods that have deals, of what has none, and of all."""
    found = _of_periods(context.facts(frame))
    return {one.id: one for one in found if one.stretches}


def _of_periods(made: Frame) -> Iterator[DealList]:
    for quarter in made.quarters:
        groups = tuple(within(quarter, made.months))
        yield DealList(quarter.label, *name(quarter), quarter, groups, of=_of(quarter))
    for year in made.years:
        groups = tuple(within(year, made.quarters))
        yield DealList(year.label, *name(year), year, groups, parted=True, of=_of(year))
    for bucket in made.loose:
        yield DealList(bucket.label, *name(bucket), bucket, (bucket,), of=_of(bucket))
    groups = (*made.quarters, *made.loose)
    yield DealList(ALL, "All deals of the forecast", "", made.everything, groups, parted=True)


def _of(bucket: Bucket) -> str:
    return scope(within=bucket.label)


def _apart(made: Frame) -> Iterator[DealList]:
    for aside in asides(made):
        bucket = aside.bucket
        of = scope(apart=aside.id)
        yield DealList(aside.id, bucket.label, "", bucket, (bucket,), why=aside.why, of=of)


def _of_persons(made: Frame) -> Iterator[DealList]:
    for person in persons(made):
        groups = tuple(made.owned(bucket, person) for bucket in (*made.quarters, *made.loose))
        every = made.owned(made.everything, person)
        id, of = person_list(person), scope(owner=person.id)
        yield DealList(id, person.name, "", every, groups, person=person, of=of)


def _of_categories(made: Frame) -> Iterator[DealList]:
    """One for each category, where there are any."""
    if not any(part.deal.category for part in made.everything.parts):
        return
    for category, named in CATEGORIES:
        groups = (of_category(bucket, category) for bucket in (*made.quarters, *made.loose))
        every = of_category(made.everything, category)
        filled = tuple(group for group in groups if is_filled(group))
        id, of = category_list(category), scope(category=category or "none")
        yield DealList(id, named, "category", every, filled, of=of)


def person_list(person: Person) -> str:
    """The id of the list of a person's deals."""
    return f"of-{person.id}"


def category_list(category: str | None) -> str:
    """The id of the list of the deals of a category, or of none."""
    return f"in-{category}" if category else "in-no-category"
