"""The lists of stale deals: of a reason by owner, and of an owner with many."""

from __future__ import annotations

import pytest

from site_builder.journal.deal import Deal
from site_builder.pages import stale_deals
from site_builder.pages.context import Context
from site_builder.pages.stale_deals import SHOWN, stale_lists
from site_builder.pages.stale_list import PAGE, StaleListPage, stale_list
from tests.by_hand import OTTO, PARKED, TALKS, TODAY, context, day, deal, eur, journal, rendered


def shared(*deals: Deal) -> Context:
    return context(journal(*deals), TODAY)


def page(found: Context, id: str, number: int = 1) -> StaleListPage:
    return stale_list(found, stale_lists(found)[id], number)


def listed(view: StaleListPage) -> list[tuple[str, str, list[str]]]:
    return [(owner.name, owner.number, [row.id for row in owner.deals]) for owner in view.owners]


def paths(found: Context) -> list[str]:
    return [PAGE.path(key) for key in PAGE.keys(found)]


def test_each_reason_has_a_list_of_its_deals_by_owner_the_largest_value_first() -> None:
    found = shared(
        deal("a", TALKS, close=day("2026-11-10")),
        deal("b", TALKS, owner=OTTO, value=eur(1250)),
        deal("c", PARKED, owner=OTTO, wake=TODAY),
    )
    assert paths(found) == [
        "stale-no-next-step.html", "stale-close-in-past.html", "stale-overslept.html"
    ]  # fmt: skip
    view = page(found, "no-next-step")
    assert (view.title, view.answer) == (
        "No next step", "2 deals, €1\u202f250 (1 of 2; one has no value)"
    )  # fmt: skip
    assert listed(view) == [("Otto Brandt", "1 deal", ["b"]), ("Maria Lopez", "1 deal", ["a"])]
    html = rendered("stale_list.html", view)
    assert '<tbody id="owner-otto" ' in html and 'href="stale.html"' in html
    assert "<title>No next step, stale ·" in html


def test_nothing_stale_has_no_lists() -> None:
    assert paths(shared(deal("p", PARKED, wake=day("2026-12-24")))) == []


@pytest.mark.parametrize(("count", "has_list"), [(SHOWN, False), (SHOWN + 1, True)])
def test_an_owner_with_many_has_a_list_of_all(count: int, has_list: bool) -> None:
    found = shared(*(deal(f"m{n:02}", TALKS) for n in range(count)))
    assert ("stale-of-maria.html" in paths(found)) == has_list
    if has_list:
        view = page(found, "of-maria")
        assert (view.title, view.answer) == ("Stale deals of Maria Lopez", "26 deals")
        assert [(number, len(ids)) for _, number, ids in listed(view)] == [("", 26)]


def test_a_long_list_goes_on_on_further_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stale_deals, "PER_PAGE", 2)
    found = shared(*(deal(f"m{n}", TALKS) for n in range(3)), deal("o", TALKS, owner=OTTO))
    made = stale_lists(found)["no-next-step"]
    assert paths(found) == ["stale-no-next-step.html", "stale-no-next-step.2.html"]
    first, last = page(found, "no-next-step"), page(found, "no-next-step", 2)
    assert listed(first) == [("Maria Lopez", "3 deals", ["m0", "m1"])]
    assert listed(last) == [("Maria Lopez", "3 deals", ["m2"]), ("Otto Brandt", "1 deal", ["o"])]
    assert made.place("maria") == "stale-no-next-step.html#owner-maria"
    assert made.place("otto") == "stale-no-next-step.2.html#owner-otto"
    assert (first.range, last.range) == ("1 to 2", "3 to 4")
    assert [link[:2] for link in last.pages] == [
        ("1 to 2", "stale-no-next-step.html"),
        ("3 to 4", "stale-no-next-step.2.html"),
    ]
    html = rendered("stale_list.html", last)
    assert "<title>No next step, stale, 3 to 4 ·" in html


def test_of_very_many_the_last_are_folded_each_under_its_owner() -> None:
    mine = [deal(f"m{n:02}", TALKS) for n in range(45)]
    otto = [deal(f"o{n:02}", TALKS, owner=OTTO) for n in range(20)]
    view = page(shared(*mine, *otto), "no-next-step")
    counts = [(o.name[:4], o.goes_on, len(o.deals)) for o in (*view.owners, *view.folded)]
    assert counts == [("Mari", False, 45), ("Otto", False, 5), ("Otto", True, 15)]
    html = rendered("stale_list.html", view)
    first, fold = html.split('<details class="fold part-fold" data-more>')
    assert "<summary>15 more deals</summary>" in fold and first.count('id="owner-otto"') == 1
    head = '<tbody data-continued>\n<tr class="group-row"><th scope="rowgroup" colspan="6">'
    assert head in fold and "data-figure" not in fold and "data-of" not in fold
