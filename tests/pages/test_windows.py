"""Of how many deals pages are, and over how many days."""

from __future__ import annotations

from site_builder.pages import windows
from tests.by_hand import LEAD, LOST, WON, context, deal, journal
from tests.insights.test_structure import moved

BEGUN = "4 deals over 59 days, from 1 Jan 2026 to 28 Feb 2026."
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
    assert (windows.deals(here), windows.ended(here)) == ("1 deal.", "")
    assert windows.ended(context(journal(deal("a", WON)))) == "1 deal has ended."
