"""Who with whom, on a company's page."""

from __future__ import annotations

import pytest

from site_builder.insights.insights import Insights
from site_builder.pages.contact_threads import contact_threads
from site_builder.pages.context import Context
from tests.by_hand import TODAY
from tests.catalogue import deal
from tests.insights.test_threads import CONTACTS, PEOPLE
from tests.journals import loaded, site


def files(notes: str) -> dict[str, str]:
    return {**CONTACTS, "deals/b.md": deal(front=PEOPLE, notes=notes)}


NOTES = "## 2026-10-01 call with ann\n## 2026-10-02 proposal to ann\n## 2026-10-03 call\n"


def test_what_is_drawn_is_told_in_words() -> None:
    seen = loaded(files(NOTES)).seen
    assert seen is not None
    shown = contact_threads(seen.contacts_by_id["corp"], Context(Insights(seen, TODAY)))
    assert shown is not None
    ((ours, theirs, count, tangible, last),) = shown.pairs
    assert (ours, theirs.text, count, tangible, last) == (
        "Maria Lopez", "Ann", "2", "1", ("2 Oct", "../deals/b.html#note-2026-10-02", ""))  # fmt: skip
    assert [seat.text for seat in shown.empty] == ["Bob, buyer"]
    assert shown.beside == "1 exchange more that does not say who with whom"
    assert "Maria Lopez – Ann, 2 Oct 2026: Proposal" in shown.drawing


def test_it_stands_on_the_page_of_a_company_with_exchanges() -> None:
    pages = site(files(NOTES))
    assert "Who with whom" in pages["contacts/corp.html"]
    assert "Who with whom" not in pages["contacts/ann.html"]
    assert "Who with whom" not in site(files(""))["contacts/corp.html"]


@pytest.mark.parametrize(("calls", "is_cut"), [(9, False), (10, True)])
def test_that_not_all_exchanges_between_two_are_drawn_is_told(calls: int, is_cut: bool) -> None:
    notes = "".join(f"## 2026-10-{n + 1:02} call with ann\n" for n in range(calls))
    seen = loaded(files(notes)).seen
    assert seen is not None
    shown = contact_threads(seen.contacts_by_id["corp"], Context(Insights(seen, TODAY)))
    assert shown is not None and shown.drawing.count("<line") == 9
    told = "Of more than 9 exchanges between two the last are drawn"
    assert (told in shown.beside) == is_cut


@pytest.mark.parametrize("people", [25, 26])
def test_the_first_25_people_are_drawn_and_listed(people: int) -> None:
    ids = [f"p{n:02}" for n in range(people)]
    made = {f"contacts/{id}.md": f"---\nname: Person {id}\ncompany: corp\n---\n" for id in ids}
    notes = f"## 2026-10-01 call with {', '.join(ids)}\n"
    front = f"company: corp\ncontacts: [{', '.join(ids)}]\nvalue: 5"
    texts = {**CONTACTS, **made, "deals/b.md": deal(front=front, notes=notes)}
    seen = loaded(texts).seen
    assert seen is not None
    shown = contact_threads(seen.contacts_by_id["corp"], Context(Insights(seen, TODAY)))
    assert shown is not None
    assert len(shown.pairs) == 25
    assert [f"Person p{n}" in shown.drawing for n in (24, 25)] == [True, False]
