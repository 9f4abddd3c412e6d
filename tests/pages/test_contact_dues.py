"""What is due by now stands on the page of a contact: by hand, and recomputed from raw files."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.journal import Journal
from site_builder.journal.schema import FollowUp
from site_builder.load.loader import load
from site_builder.pages import contact_dues
from site_builder.pages.contact import contact_page
from site_builder.pages.contact_dues import DueNow, due_now
from site_builder.pages.context import Context
from site_builder.pages.links import NO_LINK
from tests.by_hand import SCHEMA, TODAY, context, deal, note, planned, rendered
from tests.insights.test_follow_ups import JANE, Raw, said
from tests.stories import TODAY as STORY_DAY
from tests.stories import story

DAY = dt.timedelta(1)
RULES = FollowUp(DAY, (2 * DAY, 4 * DAY), DAY, 30 * DAY)
WITH_JANE = (Participant("jane-roe"),)


def of(one: Contact, *deals: Deal) -> Context:
    return context(Journal(replace(SCHEMA, follow_up=RULES), deals, (one,)), TODAY)


def shown(one: Contact, *deals: Deal) -> DueNow:
    return due_now(one, of(one, *deals))


def test_what_is_overdue_or_for_today_is_told_with_its_deal_and_its_note() -> None:
    jane = replace(JANE, milestones=(planned("2026-11-20"), planned("2026-11-21")))
    mine = deal(contacts=WITH_JANE, notes=(said("2026-11-12", "email", "from"),))
    answer, milestone = shown(jane, mine).shown
    assert answer.what == (
        "Answer Jane Roe's email of 12 Nov",
        "../deals/d.html#note-2026-11-12",
        "",
    )
    assert (answer.state, answer.when, answer.deal.path) == (
        "overdue",
        "7 days overdue",
        "../deals/d.html",
    )
    assert answer.aside == "answer within 24 hours"
    assert (milestone.state, milestone.when, milestone.what.path) == ("today", "today", "")
    page = rendered("contact.html", contact_page(of(jane, mine), jane))
    assert page.count("next-step next-overdue") == page.count("next-step next-today") == 1
    assert '<a href="../deals/d.html#note-2026-11-12"><bdi>Answer Jane Roe&#39;s email' in page


def test_what_is_said_beside_it_is_not_said_again() -> None:
    often = replace(JANE, touch_every=DAY, notes=(note("2026-11-01", "call", "jane-roe"),))
    mine = deal(contacts=WITH_JANE, next=planned("2026-11-01"))
    assert shown(often, mine) == shown(JANE) == DueNow((), NO_LINK)


def test_of_many_the_longest_overdue_stand_there_and_the_others_are_counted() -> None:
    deals = [
        deal(f"d{n}", contacts=WITH_JANE, notes=(said(f"2026-11-0{n}", "email", "from"),))
        for n in range(1, 6)
    ]
    found = shown(JANE, *deals)
    assert [one.when for one in found.shown] == [
        "18 days overdue",
        "17 days overdue",
        "16 days overdue",
    ]
    assert found.more == ("and 2 more follow-ups due", "../follow-ups.html", "")


@pytest.mark.parametrize("seed", range(3))
def test_all_that_is_due_of_a_contact_follows_from_the_raw_files(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contact_dues, "SHOWN", 1000)
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: STORY_DAY)
    assert loaded.seen is not None
    made = Context(Insights(loaded.seen, STORY_DAY))
    due = [one for one in Raw(files).due() if one[1] not in ("next", "wake")]
    counts = []
    for contact in loaded.seen.contacts:
        deals = {f"deals/{one.id}" for one in loaded.seen.deals if contact.id in one.people}
        own = [one for one in due if one[0] == f"contacts/{contact.id}"]
        again = sorted((date, kind) for _, kind, date in own if kind in ("loop", "touch"))
        own = [one for one in own if one[1] not in ("loop", "touch")]
        own += [("", "loop", date) for date, kind in again[:1] if kind == "loop"]
        every = [("", date) for _, _, date in own]
        every += [(f"../{name}.html", date) for name, _, date in due if name in deals]
        found = due_now(contact, made).shown
        late = [0 if one.when == "today" else int(one.when.split()[0]) for one in found]
        assert sorted(
            (one.deal.path, days) for one, days in zip(found, late, strict=True)
        ) == sorted((path, (STORY_DAY - date).days) for path, date in every if date <= STORY_DAY)
        counts.append(len(found))
    assert any(counts) and not all(counts)
