"""Notes of a deal or contact with very many: which page each stands on, and who leads there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.pages import note_paths
from site_builder.pages.contact import contact_page
from site_builder.pages.deal import deal_page
from site_builder.pages.note_paths import FurtherPage, from_own_page, further_pages, note_path
from site_builder.pages.older_notes import older_notes
from site_builder.pages.overview import overview
from site_builder.parse.note_order import numbered
from tests.by_hand import LEAD, SCHEMA, TALKS, TODAY, context, deal, lines, note, rendered


@pytest.fixture(autouse=True)
def _two_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(note_paths, "PER_PAGE", 2)


def noted(count: int) -> Deal:
    entered = note("2026-10-01", "stage", stage=LEAD)
    calls = [note(f"2026-10-{n:02}", "call", "jane") for n in range(2, count + 1)]
    return deal("d", stage=LEAD, title="Rollout", notes=(entered, *calls))


@pytest.mark.parametrize(
    ("count", "shown", "older"),
    [(2, 2, ""), (3, 2, "1 older note"), (4, 2, "2 older notes")],
)
def test_the_page_of_a_deal_has_the_newest(count: int, shown: int, older: str) -> None:
    one = noted(count)
    view = deal_page(context(Journal(SCHEMA, (one,), ()), TODAY), one)
    assert (len(lines(view.notes)), view.older.text) == (shown, older)
    assert view.older.path == ("../deals/d.2.html" if older else "")
    assert view.notes_count == f"{count} notes"
    assert ("older note" in rendered("deal.html", view)) is bool(older)


def test_further_pages_have_the_others_and_lead_to_each_other() -> None:
    one = noted(5)
    made = context(Journal(SCHEMA, (one,), ()), TODAY)
    assert list(further_pages([one, noted(2)])) == [FurtherPage("d", 2), FurtherPage("d", 3)]
    last = older_notes(made, one, 3)
    assert [line.body.day for line in lines(last.notes)] == ["2026-10-01"]
    assert (last.home.text, last.home.path) == ("Rollout", "../deals/d.html")
    assert [link[:2] for link in last.pages] == [
        ("1 to 2", "../deals/d.html"),
        ("3 to 4", "../deals/d.2.html"),
        ("5 to 5", "../deals/d.3.html"),
    ]
    html = rendered("deal_notes.html", last)
    assert "<h1>Notes 5 to 5</h1>" in html and "5 notes, newest first." in html
    assert '<a href="../deals/d.3.html" aria-current="page">5 to 5</a>' in html


def test_further_pages_fold_nothing_for_what_they_have_is_old() -> None:
    old = [note(f"{year}-03-01", "call", "jane") for year in (2019, 2020, 2021, 2022)]
    one = deal("d", stage=LEAD, notes=tuple(old))
    last = older_notes(context(Journal(SCHEMA, (one,), ()), TODAY), one, 2)
    assert [(year.name, year.folded) for year in last.notes] == [("2020", False), ("2019", False)]
    html = rendered("deal_notes.html", last)
    assert "<details" not in html and html.index(">2020</h3>") < html.index(">2019</h3>")


def test_whoever_leads_to_a_note_knows_its_page() -> None:
    one = noted(5)
    newest, oldest = one.notes[-1], one.notes[0]
    assert note_path(one, newest) == "deals/d.html#note-2026-10-05"
    assert note_path(one, oldest, "../") == "../deals/d.3.html#note-2026-10-01"
    assert from_own_page(one, newest) == "#note-2026-10-05"
    assert from_own_page(one, oldest) == "d.3.html#note-2026-10-01"
    made = context(Journal(SCHEMA, (one,), ()), TODAY)
    assert deal_page(made, one).stops[0].stays[0].href == "d.3.html#note-2026-10-01"
    assert [recent.home.path for recent in overview(made).recent][-1] == (
        "deals/d.3.html#note-2026-10-01"
    )


def test_a_contact_has_its_newest_notes_and_those_of_deals() -> None:
    own = numbered(tuple(note(f"2026-09-0{n}", "news") for n in range(1, 6)))
    jane = replace(Contact("jane", "contacts/jane.md", "Jane"), notes=own)
    one = noted(3)
    made = context(Journal(SCHEMA, (one,), (jane,)), TODAY)
    view = contact_page(made, jane)
    days = [line.body.day for line in lines(view.notes)]
    assert days == ["2026-10-03", "2026-10-02", "2026-09-05", "2026-09-04"]
    assert (view.older, view.older_own.text) == ("", "3 older notes")
    html = rendered("contact.html", view)
    assert (
        '<a href="../contacts/jane.2.html">3 older notes of <bdi>Jane</bdi>\'s own file</a>' in html
    )
    older = older_notes(made, jane, 2)
    assert [line.body.day for line in lines(older.notes)] == ["2026-09-03", "2026-09-02"]


def test_lines_of_a_contact_lead_to_the_page_of_their_note() -> None:
    jane = Contact("jane", "contacts/jane.md", "Jane")
    one = replace(noted(5), stage=TALKS)
    view = contact_page(context(Journal(SCHEMA, (one,), (jane,)), TODAY), jane)
    assert [line.path for line in lines(view.notes)] == [
        "../deals/d.html#note-2026-10-05",
        "../deals/d.html#note-2026-10-04",
        "../deals/d.2.html#note-2026-10-03",
        "../deals/d.2.html#note-2026-10-02",
    ]
