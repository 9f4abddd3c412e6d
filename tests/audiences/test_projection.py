from __future__ import annotations

import datetime as dt

from site_builder.audiences.projection import projection
from site_builder.files.tree import MemoryTree
from site_builder.journal.audience import Audience
from site_builder.journal.deal import Deal
from site_builder.load.loader import load
from tests.catalogue import BASE, deal

TODAY = dt.date(2026, 11, 20)
FILES = {
    **BASE,
    "contacts/hidden-guy.md": "---\nname: Hidden Guyson\n---\n",
    "contacts/shown-one.md": "---\nname: Ann Sorel\n---\n",
    "deals/secret-deal.md": deal(),
}


def shown(text: str, *, deals: tuple[str, ...], title: str = "Bad") -> Deal:
    """What is shown of a deal in which the one contact takes part, and the other does not."""
    mine = deal(f"tags: [them]\ncontacts: [shown-one]\n{text}").replace("Bad", title)
    found = load(MemoryTree({**FILES, "deals/mine-48k.md": mine}), lambda: TODAY).seen
    assert found is not None
    audience = Audience("them", deals, ("name",), where="tag:them")
    (made,) = projection(found, audience, TODAY, ()).deals
    return made


def test_a_referral_by_somebody_who_is_not_shown_is_no_source() -> None:
    made = shown("source: referral hidden-guy", deals=("source",))
    assert (made.source, made.referral) == ("", "")


def test_a_referral_is_told_by_the_id_that_is_shown() -> None:
    made = shown("source: referral shown-one", deals=("source",))
    assert (made.source, made.referral) == ("referral ann-sorel", "ann-sorel")


def test_an_address_says_nothing_of_where_a_title_links_to() -> None:
    made = shown(
        "", deals=("title",), title="Sites with [[secret-deal|Zq words]] and [[hidden-guy]]"
    )
    assert (made.id, made.title) == ("sites-with-and", "Sites with … and …")


def test_an_id_that_is_not_shown_is_no_word_of_a_text() -> None:
    made = shown("their-win: Beat hidden-guy, HIDDEN GUYSON; mine-48k", deals=("their-win",))
    assert made.their_win == "Beat …, …; …"
