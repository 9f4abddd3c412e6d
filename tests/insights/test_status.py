"""Contacts by status."""

from __future__ import annotations

import datetime as dt

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.status import contact_statuses
from site_builder.load.loader import load
from tests.by_hand import TODAY
from tests.insights.test_follow_ups import Raw, people_of
from tests.insights.test_structure import ended
from tests.journals import loaded
from tests.stories import RawFile, story

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


@pytest.mark.parametrize("seed", range(12))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    seen = load(MemoryTree(files), lambda: TODAY).seen
    assert seen is not None
    made = contact_statuses(Insights(seen, TODAY)).statuses
    told = {contact.id: one.status for one in made for contact in one.contacts}
    read = Raw(files)
    assert told == {one.id: status(one, read) for one in read.contacts}
    for one in made:
        days = [last(read.by_id[contact.id], read) or dt.date.min for contact in one.contacts]
        assert days == sorted(days, reverse=True)


def status(one: RawFile, read: Raw) -> str:
    """The status of a contact by what the lines of files say; none of them says it itself."""
    deals = [d for d in read.deals if one.id in (*people_of(d), d.front.get("company", ""))]
    types = [deal.type for deal in deals]
    if any(ended(deal)[0] == "won" and deal.type in ("won", "parked") for deal in deals):
        return "won"
    if types and set(types) == {"lost"}:
        return "lost"
    spoken = last(one, read)
    if spoken is None:
        return "cold"
    return "hot" if "open" in types and (TODAY - spoken).days <= 30 else "warm"


def last(one: RawFile, read: Raw) -> dt.date | None:
    return max((date for date, *_ in read.contacts_with(one)), default=None)
