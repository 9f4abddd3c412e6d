"""How fast messages were answered: by hand, and recomputed from raw files."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from statistics import median

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.reply_times import ReplyTimes, reply_times
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.schema import FollowUp
from site_builder.load.loader import load
from tests.by_hand import OTTO, PARKED, SCHEMA, TODAY, deal
from tests.insights.test_follow_ups import EXCHANGES, JANE, Raw, said
from tests.stories import RawNote, raw, story

ASKED = said("2026-11-02", "email", "from")


def found(
    *deals: Deal, contacts: tuple[Contact, ...] = (JANE,), **rules: dt.timedelta
) -> ReplyTimes:
    schema = replace(SCHEMA, follow_up=FollowUp(**rules))  # type: ignore[arg-type] # durations alone
    return reply_times(Insights(Journal(schema, deals, contacts), TODAY))


def counts(times: ReplyTimes) -> list[int]:
    return [waits.n for waits in times.by_wait]


@pytest.mark.parametrize(
    ("answered", "place"),
    [("2026-11-02", 0), ("2026-11-03", 1), ("2026-11-04", 2), ("2026-11-05", 3), ("2026-11-06", 4),
     ("2026-11-09", 4), ("2026-11-16", 5), ("2026-11-17", 6)],
)  # fmt: skip
def test_an_answer_is_counted_by_the_days_it_took(answered: str, place: int) -> None:
    times = found(deal(notes=(ASKED, said(answered, "email", "to"))))
    assert counts(times).index(1) == place
    assert times.in_time == (place < 2, 1)
    assert times.waiting == 0


@pytest.mark.parametrize(
    ("asked", "answered", "place", "in_time"),
    [("08:00", "2026-11-02 22:00", 0, True), ("20:00", "2026-11-03 08:00", 1, True),
     ("08:00", "2026-11-03 08:00", 1, True), ("08:00", "2026-11-03 09:00", 2, False)],
)  # fmt: skip
def test_times_count_where_both_are_known(
    asked: str, answered: str, place: int, in_time: bool
) -> None:
    day, time = answered.split()
    notes = (
        replace(ASKED, time=dt.time.fromisoformat(asked)),
        said(day, "email", "to", time=dt.time.fromisoformat(time)),
    )
    times = found(deal(notes=notes))
    assert (counts(times).index(1), times.in_time) == (place, (in_time, 1))


def test_the_first_of_several_in_a_row_waits_for_any_real_contact_of_ours() -> None:
    again = said("2026-11-05", "message", "from")
    times = found(deal(notes=(ASKED, again, said("2026-11-06", "call", "with", by=OTTO))))
    assert (times.days, times.people[0].person) == (4, OTTO)
    waits = found(deal(notes=(ASKED, again)))
    assert (waits.waiting, waits.unanswered[0].message) == (1, ASKED)
    assert found(deal(stage=PARKED, notes=(ASKED,))).waiting == 0


def test_what_is_in_time_is_for_the_journal_to_say() -> None:
    late = deal(notes=(ASKED, said("2026-11-04", "email", "to")))
    assert found(late).in_time == (0, 1)
    assert found(late, reply_within=dt.timedelta(2)).in_time == (1, 1)


def test_a_message_in_a_contacts_file_is_answered_anywhere() -> None:
    jane = replace(JANE, notes=(ASKED,))
    times = found(deal(notes=(said("2026-11-03", "call", "with"),)), contacts=(jane,))
    assert (counts(times)[1], times.waiting) == (1, 0)
    assert found(contacts=(jane,)).waiting == 1


@pytest.mark.parametrize("seed", range(4))
def test_its_figures_follow_from_the_raw_files_of_deals(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    made = Journal(loaded.seen.schema, loaded.seen.deals, tuple(
        replace(one, notes=()) for one in loaded.seen.contacts))  # fmt: skip
    times = reply_times(Insights(made, TODAY))
    days, waiting = [], 0
    for one in raw(files, "deals"):
        waits, asked = answered([note for note in one.notes if note.kind in EXCHANGES])
        days += waits
        waiting += asked and one.type != "parked"
    assert (times.in_time, times.waiting) == ((sum(n <= 1 for n in days), len(days)), waiting)
    assert times.days == (median(days) if days else None)


@pytest.mark.parametrize("seed", range(4))
def test_all_answers_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    times = reply_times(Insights(loaded.seen, TODAY))
    read = Raw(files)
    told, waiting = [], 0
    for one in [*read.deals, *read.contacts]:
        is_deal = "stage" in one.front
        about = [(row[1] == f"contacts/{one.id}.md", row[3]) for row in read.contacts_with(one)]
        rows = [(True, n) for n in one.notes if n.kind in EXCHANGES] if is_deal else about
        asked: RawNote | None = None
        for is_here, note in rows:
            if note.kind in ("email", "message") and note.way == "from":
                asked = asked or (note if is_here else None)
            elif asked:
                person = note.by or one.front.get("owner", "")
                told.append((one.id, asked.date, person, (note.date - asked.date).days))
                asked = None
        waiting += asked is not None and not (is_deal and one.type == "parked")
    days = [row[-1] for row in told]
    assert days
    assert (times.within, times.waiting) == (dt.timedelta(1), waiting)
    assert (times.in_time, times.days) == ((sum(n <= 1 for n in days), len(days)), median(days))
    ends = [0, 1, 2, 3, 7, 14, None]
    assert [waits.up_to for waits in times.by_wait] == ends
    for waits in times.by_wait:
        assert sorted((r.subject.id, r.message.date, r.person.id if r.person else "", r.wait.days)
                      for r in waits.replies) == sorted(
            row for row in told if next((end for end in ends[:-1] if end is not None and row[-1] <= end), None)
            == waits.up_to)  # fmt: skip
    people = {person: [row[-1] for row in told if row[2] == person] for _, _, person, _ in told}
    assert [(p.person.id if p.person else "", p.in_time, p.days) for p in times.people] == [
        (id, (sum(n <= 1 for n in people[id]), len(people[id])), median(people[id]))
        for id in sorted(people, key=lambda id: (not id, id))
    ]


def answered(notes: list[RawNote]) -> tuple[list[int], bool]:
    waits: list[int] = []
    since = None
    for note in notes:
        if note.way == "from" and note.kind in ("email", "message"):
            since = since or note.date
        elif since:
            waits.append((note.date - since).days)
            since = None
    return waits, since is not None
