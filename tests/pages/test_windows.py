"""Of how many deals pages are, and over how many days."""

from __future__ import annotations

from site_builder.files.tree import MemoryTree
from site_builder.load.loader import load
from site_builder.pages import windows
from site_builder.pages.registry import (
    context_of,
    pages_of_facts,
    pages_of_facts_by_key,
    site_context,
    whole_page,
)
from site_builder.pages.sheet import Sheet
from site_builder.problems.counting import NARROW
from site_builder.site.render import Renderer
from tests.by_hand import LEAD, LOST, WON, context, deal, journal
from tests.insights.test_structure import moved
from tests.stories import TODAY, RawFile, raw, story

BEGUN = "Of 4 deals, begun over 59 days, from 1 Jan 2026 to 28 Feb 2026; nobody knows when 2 of them began."
ENDED = "3 deals have ended over 10 days, from 1 Mar 2026 to 10 Mar 2026."


def test_deals_count_from_when_they_began_and_to_when_they_ended() -> None:
    here = context(
        journal(
            moved("a", ("2026-01-01", LEAD), ("2026-03-10", WON)),
            moved("b", ("2026-02-28", LEAD), ("2026-03-01", LOST)),
            deal("nobody-knows-when", LOST),
            deal("bare"),
        )
    )
    assert (windows.deals(here), windows.ended(here)) == (BEGUN, ENDED)


def test_of_no_known_day_there_is_the_count_alone() -> None:
    here = context(journal(deal("a")))
    assert windows.deals(here) == "Of 1 deal, begun nobody knows when."
    assert windows.ended(here) == ""
    assert windows.deals(context(journal())) == ""
    assert windows.ended(context(journal(deal("a", WON)))) == "1 deal has ended."


def test_each_page_of_facts_says_at_its_foot_of_how_many_deals_it_is_and_over_how_many_days() -> (
    None
):
    """Recomputed from the raw files; the other pages of a kind say it of their deals."""
    files = story(3, deals=9, people=4)
    loaded = load(MemoryTree(files), lambda: TODAY)
    here, deals = context_of(loaded), list(raw(files, "deals"))
    assert here is not None
    every, sales = said(deals), said([one for one in deals if one.front["pipeline"] == "sales"])
    feet = {"board": sales}
    renderer = Renderer(site_context(loaded))

    def shown(path: str) -> str:
        page = whole_page(here, path)
        assert page is not None
        return renderer.render(page).decode()

    for name, kind in pages_of_facts().items():
        made = (kind.sheet or kind.view)(here, "")
        assert isinstance(made, Sheet)
        foot = feet.get(name, every)
        assert (name, made.foot) == (name, foot)
        assert foot in shown(kind.path("")), name
    for kind in pages_of_facts_by_key().values():
        for key in filter(None, kind.keys(here)):
            of = [one for one in deals if key in (one.front["pipeline"], one.front["owner"])]
            made = (kind.sheet or kind.view)(here, key)
            assert isinstance(made, Sheet)
            assert (key, made.foot) == (key, said(of))
            assert said(of) in shown(kind.path(key))


def said(deals: list[RawFile]) -> str:
    """By the first note of each."""
    days = sorted(one.notes[0].date for one in deals if one.notes)
    rest = len(deals) - len(days)
    if not days:
        return f"Of {some(rest, 'deal')}, begun nobody knows when." if rest else ""
    first, last = (f"{day:%-d %b %Y}" for day in (days[0], days[-1]))
    undated = f"; nobody knows when {rest} of them began" if rest else ""
    length = some((days[-1] - days[0]).days + 1, "day")
    when = f"over {length}, from {first} to {last}" if first != last else f"on {last}"
    return f"Of {some(len(deals), 'deal')}, begun {when}{undated}."


def some(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count > 1)}".replace(",", NARROW)
