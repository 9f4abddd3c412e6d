"""Notes as lines: what a line says, under which year it stands, and what is folded."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import replace

import pytest

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import Kind, Tangibility
from site_builder.journal.note import Note
from site_builder.pages.contact import contact_page
from site_builder.pages.deal import DealPage, deal_page
from site_builder.pages.notes import YearOfNotes
from tests.by_hand import MARIA, OTTO, SCHEMA, TODAY, context, deal, note, rendered
from tests.sites import words

JANE = Contact("jane-roe", "contacts/jane-roe.md", "Jane Roe")
TOLD = r"<h4.*?</h4>"


def shown(*dates: str) -> DealPage:
    return page_of(deal(notes=tuple(note(date, "call") for date in sorted(dates))))


def page_of(one: Deal) -> DealPage:
    return deal_page(context(Journal(SCHEMA, (one,), (JANE,)), TODAY), one)


def groups(years: tuple[YearOfNotes, ...]) -> list[tuple[str, int, bool, bool]]:
    return [(year.name, len(year.notes), year.folded, year.goes_on) for year in years]


def line(one: Note) -> str:
    """A note's line, as it is read aloud."""
    html = rendered("deal.html", page_of(deal(notes=(one,))))
    return words(re.findall(TOLD, html, re.DOTALL)[0])


def test_the_latest_three_come_first_and_the_others_under_their_years() -> None:
    view = shown("2026-11-03", "2026-11-02", "2026-11-01", "2026-10-01", "2026-01-01", "2025-12-31")
    assert groups(view.notes.latest) == [("2026", 3, False, False)]
    assert groups(view.notes.earlier) == [("2026", 2, False, True), ("2025", 1, False, False)]
    assert view.notes.earlier_count == "3 earlier notes"
    assert (view.notes.earlier[0].notes_count, view.notes.earlier[1].notes_count) == (
        "2 notes",
        "1 note",
    )


@pytest.mark.parametrize(("date", "folded"), [("2025-11-20", False), ("2025-11-19", True)])
def test_what_is_older_than_twelve_months_is_folded(date: str, folded: bool) -> None:
    view = shown("2026-11-03", "2026-11-02", "2026-11-01", date)
    assert groups(view.notes.earlier) == [("2025", 1, folded, False)]
    html = rendered("deal.html", view)
    assert ('<details class="year-fold">' in html) is folded
    assert html.count("<details open") == 0


def test_a_year_that_is_folded_in_part_says_so() -> None:
    dates = ("2026-11-03", "2026-11-02", "2026-11-01", "2025-12-01", "2025-03-01", "2024-01-01")
    view = shown(*dates)
    assert groups(view.notes.earlier) == [
        ("2025", 1, False, False),
        ("Earlier in 2025", 1, True, True),
        ("2024", 1, True, False),
    ]


def test_the_latest_are_never_folded() -> None:
    view = shown("2022-01-01", "2021-01-01", "2020-02-01", "2020-01-01")
    assert [year[0] for year in groups(view.notes.latest)] == ["2022", "2021", "2020"]
    assert groups(view.notes.earlier) == [("Earlier in 2020", 1, True, True)]


@pytest.mark.parametrize(
    ("direction", "said"), [("to", "→ to"), ("from", "← from"), ("with", "↔ with")]
)
def test_an_arrow_says_who_spoke_to_whom_and_words_say_it_too(direction: str, said: str) -> None:
    one = replace(
        note("2026-11-19", "email", "jane-roe"),
        direction=direction,  # type: ignore[arg-type] # one of the directions above
        headline="Cake ordered",
    )
    assert line(one) == f"intangible, 19 Nov Email {said} Jane Roe Cake ordered"


@pytest.mark.parametrize("tangibility", list(Tangibility))
def test_a_shape_leads_the_line_with_a_word(tangibility: Tangibility) -> None:
    one = replace(note("2026-11-19", "call"), kind=Kind("call", tangibility))
    lead = "" if tangibility is Tangibility.NEITHER else f"{tangibility}, "
    assert line(one) == f"{lead}19 Nov Call"


def test_the_shapes_that_there_are_are_explained() -> None:
    def marks(*tangibilities: Tangibility) -> tuple[str, ...]:
        kinds = [Kind("call", tangibility) for tangibility in tangibilities]
        notes = tuple(replace(note("2026-11-19", "call"), kind=kind) for kind in kinds)
        view = page_of(deal(notes=notes))
        assert rendered("deal.html", view).count('class="legend"') == bool(view.notes.marks)
        return view.notes.marks

    some, none, other = Tangibility.TANGIBLE, Tangibility.INTANGIBLE, Tangibility.NEITHER
    assert marks(none, other, some, none, some) == ("tangible", "intangible")
    assert (marks(none), marks(other)) == (("intangible",), ())


def test_who_wrote_it_is_told_where_it_is_not_the_owner() -> None:
    by_owner, by_other = (
        replace(note("2026-11-19", "call", "jane-roe"), by=by) for by in (MARIA, OTTO)
    )
    assert "Maria" not in line(by_owner)
    assert line(by_other).endswith("by Otto Brandt")


def test_on_a_contacts_page_the_owner_of_the_deal_is_named() -> None:
    one = deal(
        notes=(
            replace(note("2026-11-18", "call", "jane-roe"), by=OTTO),
            replace(note("2026-11-19", "call", "jane-roe"), by=MARIA),
        )
    )
    view = contact_page(context(Journal(SCHEMA, (one,), (JANE,)), TODAY), JANE)
    html = words(rendered("contact.html", view))
    assert "in D · by Maria Lopez" in html
    assert html.count("by Otto Brandt") == 1 and html.count("by Maria Lopez") == 1


def test_the_time_of_day_stands_before_the_kind() -> None:
    one = replace(note("2026-11-19", "call"), time=dt.time(9, 30))
    assert line(one) == "intangible, 19 Nov 09:30 Call"


def test_headings_in_a_note_stand_below_its_own() -> None:
    one = replace(note("2026-11-19", "call"), text="# They want\n\nit")
    html = rendered("deal.html", page_of(deal(notes=(one,))))
    assert "<h5>They want</h5>" in html
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_day_of_a_note_is_whole_for_machines() -> None:
    html = rendered("deal.html", shown("2026-11-19"))
    assert '<time datetime="2026-11-19">19 Nov</time>' in html
