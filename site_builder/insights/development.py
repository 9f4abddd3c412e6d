"""Existing customers: the levels of companies, their moves from level to level, and when they
decide again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from site_builder.insights.insights import Insights
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note
from site_builder.journal.periods import year_of
from site_builder.journal.pipeline import StageType

NO_LEVEL = "none"
"""Stands for no level yet."""


class AtLevel(NamedTuple):
    """The companies of a level."""

    level: str
    companies: tuple[Contact, ...]


class Climb(NamedTuple):
    """A company's move from a level to another, ``up`` or down, and the note that says so."""

    id: Contact
    from_: str
    to: str
    date: dt.date
    up: bool
    note: Note


class Renewal(NamedTuple):
    """The day on which the customer of a won deal decides again; ``missed`` where it has passed
    and the deal says no other."""

    id: Deal
    date: dt.date
    state: Literal["coming", "missed"]


@dataclass(frozen=True, slots=True)
class Development:
    """The companies by level, the highest first, those of none last where they have a won deal;
    all moves between levels, the newest first, and their counts by year, up and down; and the
    renewals by day."""

    levels: tuple[AtLevel, ...]
    moves: tuple[Climb, ...]
    by_year: Mapping[str, tuple[int, int]]
    renewals: tuple[Renewal, ...]


def development(insights: Insights) -> Development:
    """How existing customers develop."""
    journal = insights.journal
    companies = [contact for contact in journal.contacts if contact.is_company]
    heights = {level: at for at, level in enumerate(journal.schema.levels)}
    moves = sorted(
        (climb for company in companies for climb in _climbs(company, heights)),
        key=lambda climb: (climb.date, climb.id.id),
        reverse=True,
    )
    by_year: dict[str, tuple[int, int]] = {}
    for climb in reversed(moves):
        year = year_of(climb.date, journal.schema.fiscal_year_starts).label
        up, down = by_year.get(year, (0, 0))
        by_year[year] = (up + climb.up, down + (not climb.up))
    return Development(
        tuple(_levels(companies, insights)), tuple(moves), by_year, tuple(_renewals(insights))
    )


def _levels(companies: list[Contact], insights: Insights) -> Iterator[AtLevel]:
    for level in reversed(insights.journal.schema.levels):
        yield AtLevel(level, tuple(c for c in companies if c.level == level))
    customers = [c for c in companies if not c.level and _is_customer(c, insights)]
    yield AtLevel(NO_LEVEL, tuple(customers))


def _is_customer(company: Contact, insights: Insights) -> bool:
    deals = insights.journal.deals_of.get(company.id, ())
    return any(insights.standings[deal.id].state == "won" for deal in deals)


def _climbs(company: Contact, heights: Mapping[str, int]) -> Iterator[Climb]:
    before = ""
    for note in company.notes:
        level = note.fields.level
        if level and level != before:
            up = heights.get(level, -1) > heights.get(before, -1)
            yield Climb(company, before or NO_LEVEL, level, note.date, up, note)
            before = level


def _renewals(insights: Insights) -> list[Renewal]:
    found = [
        Renewal(deal, deal.renews, "missed" if deal.renews < insights.today else "coming")
        for deal in insights.journal.deals
        if deal.renews is not None and deal.stage.type is StageType.WON
    ]
    return sorted(found, key=lambda one: (one.date, one.id.id))
