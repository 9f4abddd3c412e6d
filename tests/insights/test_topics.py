"""What a journal records."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.insights.topics import (
    BARE,
    FEW,
    LISTED,
    Topic,
    all_topics,
    has_more,
    on_board,
    size_of,
    topics_of,
)
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from tests import by_hand
from tests.catalogue import BASE, deal
from tests.journals import loaded

PERSON = "---\nname: Ann\n{}\n---\n"
OPEN = (Topic.OPEN, Topic.LIVE)
COMPANY = "---\nname: Corp\ntype: company\n{}\n---\n"


def topics(path: str, text: str) -> set[Topic]:
    journal = loaded({path: text}).journal
    assert journal is not None
    return {Topic(one) for one in topics_of(journal.subjects) if one in frozenset(Topic)}


RECORDED = (
    ("deals/b.md", deal(stage="stage: lost", front="lost-reason: price"), Topic.LOST),
    ("deals/b.md", deal(notes="## 2026-09-30 stage lead\n## 2026-10-01 stage lost\n## 2026-10-02 stage lead\n"), Topic.LOST),
    ("deals/b.md", deal(stage="stage: qualification", notes="## 2026-10-01 stage qualification\n"), Topic.ENTRANCE),
    ("deals/b.md", deal(notes="## 2026-10-01 stage lead\n"), Topic.MOVED),
    ("deals/b.md", deal(front="value: 5", notes="## 2026-10-01 change\nvalue:: 5\n"), Topic.MOVED),
    ("deals/b.md", deal(front="close: 2026-12-01", notes="## 2026-10-01 change\nclose:: 2026-12-01\n"), Topic.MOVED),
    ("deals/b.md", deal(notes="## 2026-10-01 stage lead\nasked-by:: us\n"), Topic.ASKED),
    ("deals/b.md", deal(notes="## 2026-10-01 know from jane-roe\n"), Topic.RUNG),
    ("deals/b.md", deal(front="need: yes\nwant: no"), Topic.SLEEP),
    ("deals/b.md", deal(front="their-win: Calm"), Topic.WIN),
    ("deals/b.md", deal(front="our-win: A name"), Topic.WIN),
    ("deals/b.md", deal(front="channel: fair"), Topic.CHANNEL),
    ("deals/b.md", deal(front="source: referral jane-roe"), Topic.BROUGHT),
    ("contacts/b.md", PERSON.format("") + "## 2026-10-01 referral from jane-roe\nwho:: b\n", Topic.BROUGHT),
    ("deals/b.md", deal(stage="stage: won", front="renews: 2027-01-01"), Topic.LEVEL),
    ("deals/b.md", deal(notes="## 2026-10-01 call\n- [x] needs-analysis\n"), Topic.STEP),
    *(("deals/b.md", deal(notes=f"## 2026-10-01 {kind}\n"), Topic.PAPER)
      for kind in ("proposal", "invoice", "payment", "order", "delivery")),
    *(("deals/b.md", deal(notes=f"## 2026-10-01 {kind}\n"), Topic.PROMPTED)
      for kind in ("intervention", "knowledge")),
    ("contacts/b.md", PERSON.format("introduced-by: jane-roe"), Topic.BROUGHT),
    ("contacts/b.md", COMPANY.format("level: client"), Topic.LEVEL),
    ("contacts/b.md", COMPANY.format("") + "## 2026-10-01 change\nlevel:: client\n", Topic.LEVEL),
    ("contacts/b.md", PERSON.format("touch-every: 30d"), Topic.RHYTHM),
    ("contacts/b.md", PERSON.format("milestones: [2026-12-01 Birthday]"), Topic.RHYTHM),
)  # fmt: skip
"""Files, each of which records one thing."""


@pytest.mark.parametrize(("path", "text", "found"), RECORDED)
def test_each_is_told_from_the_file_that_records_it(path: str, text: str, found: Topic) -> None:
    if path.startswith("contacts") and "2026-10-01 change" in text:
        text = text.replace("type: company\n", "type: company\nlevel: client\n")
    moved = {Topic.MOVED} if " stage " in text else set()
    assert topics(path, text) - BARE == {found} | moved


@pytest.mark.parametrize(
    ("one", "found"),
    [
        (by_hand.deal(), {*OPEN}),
        (by_hand.deal(next=by_hand.planned("2026-12-01")), {*OPEN, Topic.DUE}),
        (by_hand.deal(stage=by_hand.PARKED), {Topic.SLEEP, Topic.LIVE}),
        (by_hand.deal(stage=by_hand.PARKED, wake=by_hand.TODAY), {Topic.SLEEP, Topic.LIVE, Topic.DUE}),
        (by_hand.deal(need=True), {*OPEN}),
        (by_hand.deal(need=True, want=True), {*OPEN}),
        (by_hand.deal(need=False, want=False), {*OPEN}),
        (by_hand.deal(need=True, want=False), {*OPEN, Topic.SLEEP}),
        (by_hand.deal(stage=by_hand.WON, need=True, want=False), {Topic.WON, Topic.ENDED}),
        (
            by_hand.deal(notes=(by_hand.note("2026-10-01", "stage", stage=by_hand.PARKED),)),
            {*OPEN, Topic.SLEEP, Topic.MOVED, Topic.ENTRANCE},
        ),
        (by_hand.deal(stage=by_hand.LOST), {Topic.LOST, Topic.DUE, Topic.ENDED}),
        (by_hand.deal(stage=by_hand.LOST, lost_reason="price"), {Topic.LOST, Topic.ENDED}),
        (
            by_hand.deal(notes=(by_hand.note("2026-10-01", "stage", stage=by_hand.WON),)),
            {*OPEN, Topic.ENDED, Topic.MOVED, Topic.ENTRANCE},
        ),
        *((by_hand.deal(notes=(by_hand.note("2026-10-01", kind),)), {*OPEN, Topic.DUE})
          for kind in ("meeting", "email", "message")),
        (by_hand.deal(notes=(by_hand.note("2026-10-01", "call"),)), {*OPEN}),
        (Contact("ann", "contacts/ann.md", "Ann"), {Topic.CONTACT}),
    ],
)  # fmt: skip
def test_what_there_is_to_do_is_told_of_bare_ones_too(
    one: Deal | Contact, found: set[Topic]
) -> None:
    board = {on_board("sales")} if isinstance(one, Deal) else set[str]()
    assert topics_of([one]) == found | board


def test_on_which_boards_deals_stand_is_no_more_than_bare_ones_record() -> None:
    kept = by_hand.deal(pipeline=replace(by_hand.PIPELINE, id="kept"))
    found = topics_of([kept, by_hand.deal()])
    assert found == {*OPEN, on_board("sales"), on_board("kept")}
    assert not has_more(found) and has_more(found | {Topic.WIN})
    assert all_topics([by_hand.PIPELINE]) == {*Topic, on_board("sales")}


def test_many_deals_are_more_than_the_overview_tells_of() -> None:
    assert size_of(0) == set()
    assert size_of(1) == size_of(FEW) == {Topic.SOME}
    assert size_of(FEW + 1) == size_of(LISTED) == {Topic.SOME, Topic.MANY}
    assert size_of(LISTED + 1) == {Topic.SOME, Topic.MANY, Topic.HEAPS}


def test_a_journal_of_bare_deals_records_none() -> None:
    text = deal(front="value: 100", notes="## 2026-10-01 call with jane-roe\n")
    assert topics("deals/b.md", text) - BARE == set()
    assert BASE
