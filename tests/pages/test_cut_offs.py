"""Lists that are cut, on both sides of each cut: what is just not too many is shown whole, one
more is cut, and the rest is counted and led to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Stage
from site_builder.journal.team import Person
from site_builder.pages import contacts as contact_list
from site_builder.pages import deals as deal_list
from site_builder.pages import stage as stage_list
from site_builder.pages.board import board
from site_builder.pages.contact import contact_page
from site_builder.pages.context import Context
from site_builder.pages.forecast_lists import lists
from site_builder.pages.forecast_period import forecast_period
from site_builder.pages.overview import overview
from site_builder.pages.stale import stale
from site_builder.pages.stale_deals import stale_lists
from site_builder.pages.stale_list import stale_list
from site_builder.problems.counting import grouped
from tests.by_hand import (
    LEAD,
    PARKED,
    PIPELINE,
    SCHEMA,
    TODAY,
    WON,
    context,
    day,
    deal,
    eur,
    lines,
    note,
    planned,
)


def shared(*deals: Deal, contacts: tuple[Contact, ...] = ()) -> Context:
    return context(Journal(SCHEMA, tuple(sorted(deals, key=lambda d: d.id)), contacts), TODAY)


def several(count: int, stage: Stage = LEAD, **fields: Any) -> list[Deal]:
    return [deal(f"d{n:04}", stage, value=eur(n), **fields) for n in range(1, count + 1)]


def won(count: int) -> list[Deal]:
    return several(count, stage=WON, notes=(note("2026-11-01", "stage", stage=WON),))


@pytest.mark.parametrize(
    ("count", "shown", "more"), [(25, 25, ""), (26, 25, "1 more deal in Lead")]
)
def test_deals_of_a_stage_in_the_list_of_all(count: int, shown: int, more: str) -> None:
    stage = deal_list.deals(shared(*several(count))).pipelines[0].stages[0]
    assert (len(stage.deals), stage.more) == (shown, more)


@pytest.mark.parametrize(("count", "pages"), [(500, 1), (501, 2), (1000, 2), (1001, 3)])
def test_pages_of_a_stage_and_of_contacts(count: int, pages: int) -> None:
    found = shared(*several(count))
    assert stage_list.paging(found, PIPELINE, LEAD).pages == pages
    last = stage_list.stage_list(found, PIPELINE, LEAD, pages)
    assert len(last.deals.first + last.deals.folded) == count - 500 * (pages - 1)
    firsts = range(1, count + 1, 500)
    ranges = [f"{grouped(first)} to {grouped(min(first + 499, count))}" for first in firsts]
    assert [link.text for link in last.pages] == (ranges if pages > 1 else [])
    assert last.range == (ranges[-1] if pages > 1 else "")
    people = [Contact(f"c{n:04}", f"contacts/c{n:04}.md", f"C {n:04}") for n in range(count)]
    listed = shared(contacts=tuple(people))
    keys = [*contact_list.PAGE.keys(listed)]
    assert len(keys) == pages
    on_last = contact_list.contacts(listed, keys[-1])
    assert len(on_last.rows + on_last.more) == count - 500 * (pages - 1)


@pytest.mark.parametrize(("count", "more"), [(25, ""), (26, "and 1 more deal")])
def test_stale_deals_of_an_owner(count: int, more: str) -> None:
    (owner,) = stale(shared(*several(count))).owners
    assert (len(owner.deals), owner.more.text, owner.count) == (25, more, str(count))


@pytest.mark.parametrize(("count", "pages"), [(500, 1), (501, 2), (1000, 2), (1001, 3)])
@pytest.mark.parametrize("id", ["no-next-step", "of-maria"])
def test_pages_of_a_list_of_stale_deals(id: str, count: int, pages: int) -> None:
    found = shared(*several(count))
    listed = stale_lists(found)[id]
    assert listed.paging.pages == pages
    page = stale_list(found, listed, pages)
    here = [row for owner in (*page.owners, *page.folded) for row in owner.deals]
    assert len(here) == count - 500 * (pages - 1)


@pytest.mark.parametrize(("count", "pages"), [(200, 1), (201, 2), (400, 2), (401, 3)])
@pytest.mark.parametrize("id", ["2026-Q4", "of-maria"])
def test_pages_of_a_list_of_the_forecast(id: str, count: int, pages: int) -> None:
    found = shared(*several(count, close=TODAY))
    listed = lists(found)[id]
    assert listed.paging.pages == pages
    last = forecast_period(found, listed, pages)
    (group,) = last.sides[0].groups
    assert len(group.open) == count - 200 * (pages - 1)
    assert group.open[-1].value == "€1"
    assert last.sides[0].sums.deals == f"{grouped(count)} deals"


@pytest.mark.parametrize(("count", "listed"), [(200, 200), (201, 0)])
@pytest.mark.parametrize("id", ["2026", "all"])
def test_a_long_list_of_lists_leads_to_them(id: str, count: int, listed: int) -> None:
    found = shared(*won(count))
    (side,) = forecast_period(found, lists(found)[id]).sides
    (group,) = side.groups
    assert (len(group.won), group.path) == (listed, "forecast-2026-Q4.html#won")
    assert (side.is_contents, side.sums.value) == (not listed, group.sums.value)


@pytest.mark.parametrize(
    ("count", "open_more", "won_more"),
    [
        (20, "", ""),
        (21, "", "and 1 more deal"),
        (100, "", "and 80 more deals"),
        (101, "and 1 more deal", "and 81 more deals"),
    ],
)
def test_cards_of_a_board(count: int, open_more: str, won_more: str) -> None:
    parked = [replace(d, id=f"p{d.id}", stage=PARKED) for d in several(count)]
    sold = [replace(d, id=f"w{d.id}") for d in won(count)]
    view = board(shared(*several(count), *parked, *sold), PIPELINE)
    column, (sleeping, lane, _) = view.columns[0], view.lanes
    assert (column.more, len(column.cards)) == (open_more, min(count, 100))
    assert (sleeping.more, len(sleeping.cards)) == (open_more, min(count, 100))
    assert (lane.more, len(lane.cards)) == (won_more, min(count, 20))


@pytest.mark.parametrize(("count", "shown", "more"), [(8, 8, ""), (9, 8, "1 more")])
def test_tasks_and_won_deals_of_the_overview(count: int, shown: int, more: str) -> None:
    view = overview(shared(*several(count, next=planned("2026-11-01"))))
    (desk,) = view.attention.desks
    assert (len(desk.tasks), desk.more.text) == (shown, more)
    view = overview(shared(*won(count)))
    assert (len(view.won_deals), view.won_more.text) == (shown, more)


def test_desks_of_the_overview_are_folded_behind_24_deals() -> None:
    people = [Person(f"p{n}", f"P{n}") for n in range(1, 5)]
    late = [
        deal(f"{one.id}-{n}", owner=one, next=planned("2026-11-01"))
        for one in people
        for n in range(1 if one is people[-1] else 8)
    ]
    desks = overview(shared(*late)).attention.desks
    assert [desk.is_folded for desk in desks] == [False, False, False, True]


def noted(count: int) -> tuple[Note, ...]:
    return (note("2026-01-01", "call", "jane"),) + (note("2026-02-01", "call", "jane"),) * (
        count - 1
    )


@pytest.mark.parametrize(
    ("count", "oldest"), [(11, "2026-01-01"), (12, "2026-01-01"), (13, "2026-02-01")]
)
def test_the_newest_notes_of_the_overview(count: int, oldest: str) -> None:
    recent = overview(shared(deal(notes=noted(count)))).recent
    assert len(recent) == min(count, 12)
    assert recent[-1].day == oldest


@pytest.mark.parametrize(
    ("count", "shown", "older"),
    [(200, 200, ""), (201, 200, "1 older note on the pages of the deals")],
)
def test_notes_of_a_contact(count: int, shown: int, older: str) -> None:
    jane = Contact("jane", "contacts/jane.md", "Jane")
    view = contact_page(shared(deal(notes=noted(count)), contacts=(jane,)), jane)
    assert (len(lines(view.notes)), view.older) == (shown, older)
    assert view.notes_count == f"{count} notes"


@pytest.mark.parametrize(("close", "found"), [("2026-12-04", 1), ("2026-12-05", 0)])
def test_closing_soon_ends_after_two_weeks(close: str, found: int) -> None:
    one = deal(next=planned("2026-12-24"), close=day(close))
    counts = [link.text for link in overview(shared(one)).attention.counts]
    assert counts.count("Closing within 14 days: 1") == found
