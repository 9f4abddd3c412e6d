"""Contacts by status."""

from __future__ import annotations

from site_builder.insights.insights import Insights
from site_builder.insights.status import contact_statuses
from tests.by_hand import TODAY
from tests.journals import loaded

PERSON = "---\nname: Ann\n{}---\n{}"


def test_every_contact_has_one_and_the_newest_contact_comes_first() -> None:
    seen = loaded({
        "contacts/a.md": PERSON.format("", "## 2026-10-01 call with a\n"),
        "contacts/b.md": PERSON.format("", "## 2026-11-01 call with b\n"),
        "contacts/c.md": PERSON.format("status: warm\n", ""),
    }).seen  # fmt: skip
    assert seen is not None
    made = contact_statuses(Insights(seen, TODAY))
    told = {one.status: ([c.id for c in one.contacts], one.said) for one in made.statuses}
    assert told == {
        "hot": ([], 0), "warm": (["b", "a", "c"], 1), "cold": (["jane-roe"], 0), "won": ([], 0), "lost": ([], 0)}  # fmt: skip
