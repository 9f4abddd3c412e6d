"""What is due: by hand, and recomputed from raw files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights import insights as insights_module
from site_builder.insights.follow_ups import Due, follow_ups, keeper
from site_builder.insights.insights import Insights
from site_builder.insights.named import name_of
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.journal import Journal
from site_builder.journal.note import Direction, Note
from site_builder.journal.schema import FollowUp, Touch
from site_builder.load.loader import load
from tests.by_hand import (
    LOST,
    MARIA,
    OTTO,
    PARKED,
    SCHEMA,
    TODAY,
    WON,
    day,
    deal,
    note,
    planned,
)
from tests.stories import STAGES, RawFile, RawNote, raw, story

DAY = dt.timedelta(1)
RULES = FollowUp(DAY, (2 * DAY, 4 * DAY, 7 * DAY), DAY, 30 * DAY)
JANE = Contact("jane-roe", "contacts/jane-roe.md", "Jane Roe")


def said(date: str, kind: str, way: Direction, *parties: str, **fields: object) -> Note:
    made = replace(note(date, kind, *(parties or ("jane-roe",))), direction=way)
    return replace(made, **fields)  # type: ignore[arg-type] # fields of any type


def found(
    *deals: Deal, contacts: tuple[Contact, ...] = (JANE,), rules: FollowUp = RULES
) -> tuple[Due, ...]:
    made = Journal(replace(SCHEMA, follow_up=rules), deals, contacts)
    return follow_ups(Insights(made, TODAY)).due


def told(*deals: Deal, **rest: object) -> list[tuple[str, str, str]]:
    due = found(*deals, **rest)  # type: ignore[arg-type] # as `found` has them
    return [(name_of(one.subject), one.kind, str(one.date)) for one in due]


TO, FROM = said("2026-11-10", "email", "to"), said("2026-11-12", "message", "from")
MET = said("2026-11-10", "meeting", "with")


def test_a_meeting_is_followed_up_until_there_is_real_contact() -> None:
    assert told(deal(notes=(MET,))) == [("deals/d", "after-meeting", "2026-11-11")]
    among_us = (MET, note("2026-11-11", "note"), said("2026-11-11", "call", "with", "maria"))
    assert [kind for _, kind, _ in told(deal(notes=among_us))] == ["after-meeting"]
    assert told(deal(notes=(MET, said("2026-11-11", "call", "with")))) == []


@pytest.mark.parametrize(
    ("messages", "due"), [(1, "2026-11-03"), (2, "2026-11-06"), (3, "2026-11-10"), (4, None)]
)
def test_silence_lasts_longer_with_each_message_in_a_row_and_ends(
    messages: int, due: str | None
) -> None:
    notes = tuple(said(f"2026-11-0{n}", "email", "to") for n in range(1, messages + 1))
    assert told(deal(notes=notes)) == ([("deals/d", "no-reply", due)] if due else [])


@pytest.mark.parametrize(
    "between",
    [
        FROM,
        said("2026-11-12", "call", "with"),
        said("2026-11-12", "email", ""),
        said("2026-11-12", "proposal", "to"),
    ],
)
def test_any_other_real_contact_ends_a_row(between: Note) -> None:
    again = said("2026-11-14", "message", "to")
    (due,) = found(deal(notes=(TO, between, again)))
    assert (due.kind, due.date, due.messages) == ("no-reply", day("2026-11-16"), 1)


@pytest.mark.parametrize(
    "between",
    [note("2026-11-12", "stage", stage=PARKED), said("2026-11-12", "email", "to", "otto")],
)
def test_nothing_else_ends_it(between: Note) -> None:
    (due,) = found(deal(notes=(TO, between)))
    assert (due.kind, due.since, due.note) == ("no-reply", day("2026-11-10"), TO)


def test_a_message_of_theirs_is_to_be_answered() -> None:
    assert told(deal(notes=(TO, FROM))) == [("deals/d", "reply", "2026-11-13")]
    more = said("2026-11-14", "email", "from")
    (due,) = found(deal(notes=(TO, FROM, more)))
    assert (due.date, due.first, due.messages) == (day("2026-11-15"), day("2026-11-12"), 2)


def test_hours_count_where_a_note_has_its_time() -> None:
    half = FollowUp(reply_within=dt.timedelta(hours=12))
    late = replace(FROM, time=dt.time(20, 0))
    assert told(deal(notes=(late,)), rules=half) == [("deals/d", "reply", "2026-11-13")]
    assert told(deal(notes=(FROM,)), rules=half) == [("deals/d", "reply", "2026-11-12")]
    endless = FollowUp(reply_within=dt.timedelta.max)
    assert found(deal(notes=(FROM,)), rules=endless)[0].date == dt.date.max


def test_without_a_rule_no_clock_runs() -> None:
    assert (
        told(deal(notes=(MET,)), deal("e", notes=(TO,)), deal("f", notes=(FROM,)), rules=FollowUp())
        == []
    )


def test_a_next_step_is_due_on_its_day_of_open_and_won_deals() -> None:
    deals = [deal(id, stage, next=planned("2026-12-01", "Ring")) for id, stage in
             (("a", WON), ("b", PARKED), ("c", LOST))]  # fmt: skip
    due = found(deal("o", next=planned("2026-12-01", "Ring")), *deals)
    assert [(name_of(one.subject), one.why) for one in due if one.kind == "next"] == [
        ("deals/c", "lost-reason"), ("deals/a", "Ring"), ("deals/o", "Ring"),
    ]  # fmt: skip


@pytest.mark.parametrize(("of", "dues"), [("2026-11-09", 0), ("2026-11-10", 1)])
def test_a_next_step_from_before_the_win_is_done_with_it(of: str, dues: int) -> None:
    won = note("2026-11-09", "stage", stage=WON)
    assert len(told(deal(stage=WON, notes=(won,), next=planned(of)))) == dues


def test_parked_deals_owe_only_to_be_woken() -> None:
    asleep = deal(
        stage=PARKED, notes=(MET, FROM), next=planned("2026-12-01"), renews=day("2026-12-01")
    )
    assert told(asleep) == []
    assert told(replace(asleep, wake=day("2027-01-01"))) == [("deals/d", "wake", "2027-01-01")]


def test_lost_deals_owe_replies_and_asking_why() -> None:
    closed = note("2026-11-09", "stage", stage=LOST)
    assert told(deal(stage=LOST, notes=(closed, TO))) == [("deals/d", "next", "2026-11-09")]
    known = deal(stage=LOST, notes=(closed, MET), lost_reason="price")
    assert told(known) == []
    assert told(replace(known, notes=(closed, FROM))) == [("deals/d", "reply", "2026-11-13")]
    assert told(deal(stage=LOST)) == [("deals/d", "next", "2026-11-20")]


def test_won_deals_renew() -> None:
    assert told(deal(stage=WON, renews=day("2027-01-01"))) == [("deals/d", "renewal", "2027-01-01")]
    assert told(deal(renews=day("2027-01-01"))) == []


def test_the_loop_is_for_the_contacts_of_won_deals() -> None:
    won = note("2026-10-01", "stage", stage=WON)
    ours = deal(stage=WON, notes=(won,), company="acme", contacts=())
    acme = Contact("acme", "contacts/acme.md", "Acme", is_company=True)
    assert told(ours, contacts=(JANE, acme)) == [("contacts/acme", "loop", "2026-10-31")]
    named = replace(ours, contacts=(Participant("jane-roe"), Participant("gone")))
    assert told(named, contacts=(JANE, acme)) == [("contacts/jane-roe", "loop", "2026-10-31")]
    spoken = replace(named, notes=(won, said("2026-11-05", "call", "with")))
    assert told(spoken, contacts=(JANE, acme)) == [("contacts/jane-roe", "loop", "2026-12-05")]
    asleep = replace(spoken, stage=PARKED)
    assert told(asleep, contacts=(JANE, acme)) == []


def test_a_rhythm_runs_from_the_last_real_contact_anywhere() -> None:
    often = replace(JANE, touch_every=14 * DAY)
    assert told(contacts=(often,)) == [("contacts/jane-roe", "touch", "2026-11-20")]
    spoken = deal(notes=(said("2026-11-05", "call", "with"),))
    assert told(spoken, contacts=(often,)) == [("contacts/jane-roe", "touch", "2026-11-19")]
    rules = FollowUp(touch=(Touch("tag", "press", 90 * DAY),))
    (due,) = found(spoken, contacts=(replace(JANE, tags=("press",)),), rules=rules)
    assert (due.date, due.why) == (day("2027-02-03"), "touch: tag press: 3m")


def test_milestones_wait_for_contact_and_pass() -> None:
    jane = replace(
        JANE,
        milestones=(
            planned("2026-11-08"),
            planned("2026-12-01"),
            planned("2026-08-22"),
            planned("2026-08-21"),
        ),
    )
    assert told(contacts=(jane,)) == [
        ("contacts/jane-roe", "milestone", date)
        for date in ("2026-08-22", "2026-11-08", "2026-12-01")
    ]
    spoken = deal(notes=(said("2026-11-08", "call", "with"),))
    assert told(spoken, contacts=(jane,)) == [("contacts/jane-roe", "milestone", "2026-12-01")]


def test_the_clock_of_a_contacts_file_stops_with_contact_anywhere() -> None:
    jane = replace(
        JANE, notes=(said("2026-11-09", "email", "to"), said("2026-11-10", "email", "to"))
    )
    assert told(contacts=(jane,)) == [("contacts/jane-roe", "no-reply", "2026-11-14")]
    assert told(deal(notes=(FROM,)), contacts=(jane,)) == [("deals/d", "reply", "2026-11-13")]
    earlier = deal(notes=(said("2026-11-09", "email", "from"),))
    assert told(earlier, contacts=(replace(jane, notes=jane.notes[1:]),)) == [
        ("deals/d", "reply", "2026-11-10"), ("contacts/jane-roe", "no-reply", "2026-11-12"),
    ]  # fmt: skip


def test_who_keeps_in_touch_with_a_contact() -> None:
    acme = Contact("acme", "contacts/acme.md", "Acme", is_company=True, owner=OTTO)
    jane = replace(JANE, company="acme")
    lone = Contact("max", "contacts/max.md", "Max")
    deals = (deal("a", LOST, owner=OTTO, company="acme"), deal("b", owner=MARIA, contacts=()))
    insights = Insights(Journal(SCHEMA, deals, (acme, jane, lone)), TODAY)
    assert [keeper(one, insights) for one in (acme, jane, lone)] == [OTTO, OTTO, None]
    with_jane = replace(deals[1], contacts=(Participant("jane-roe"),))
    insights = Insights(Journal(SCHEMA, (deals[0], with_jane), (acme, jane)), TODAY)
    assert keeper(jane, insights) is MARIA
    assert keeper(replace(jane, owner=OTTO), insights) is OTTO


@pytest.mark.parametrize("seed", range(8))
def test_all_that_is_due_follows_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    due = follow_ups(Insights(loaded.seen, TODAY)).due
    assert sorted((name_of(one.subject), one.kind, one.date) for one in due) == sorted(
        Raw(files).due()
    )
    read = Raw(files)
    assert [one.date for one in due] == sorted(one.date for one in due)
    for one in due:
        told = read.told(name_of(one.subject), one.kind)
        assert (one.person.id if one.person else "", one.why) == told[:2], (
            one.kind,
            one.subject.id,
        )
        assert (one.since, one.first, one.messages) == told[2:], (one.kind, one.subject.id)


EXCHANGES = set(
    "call meeting email message event gift intervention knowledge proposal invoice payment contract "
    "order delivery document".split()
)


class Raw:
    """The files of a journal, and what is due by what the lines of files say."""

    def __init__(self, files: dict[str, str]) -> None:
        self.deals, self.contacts = list(raw(files, "deals")), list(raw(files, "contacts"))
        self.by_id = {one.id: one for one in self.contacts}

    def due(self) -> Iterator[tuple[str, str, dt.date]]:
        for one in self.deals:
            yield from self._of_deal(one)
        for contact in self.contacts:
            yield from self._of_contact(contact)

    def _of_deal(self, deal: RawFile) -> Iterator[tuple[str, str, dt.date]]:
        name, type = f"deals/{deal.id}", deal.type
        dates = {
            key: dt.date.fromisoformat(deal.front[key][:10])
            for key in ("next", "wake", "renews")
            if key in deal.front
        }
        if type == "parked":
            yield from [(name, "wake", dates["wake"])] if "wake" in dates else []
            return
        wins = [move.date for move in won_moves(deal)[:1]]
        was_before = type == "won" and bool(wins) and "next" in dates and dates["next"] <= wins[0]
        if type in ("open", "won") and "next" in dates and not was_before:
            yield name, "next", dates["next"]
        if type == "won" and "renews" in dates:
            yield name, "renewal", dates["renews"]
        row = [note for note in deal.notes if note.kind in EXCHANGES]
        for kind, date in clock(row):
            if type != "lost" or kind == "reply":
                yield name, kind, date

    def _of_contact(self, one: RawFile) -> Iterator[tuple[str, str, dt.date]]:
        name, about = f"contacts/{one.id}", self.contacts_with(one)
        row: list[RawNote] = []
        for _, path, _, said in about:
            row = [*row, said] if path == f"contacts/{one.id}.md" else []
        for kind, date in clock(row):
            yield name, kind, date
        last = about[-1][0] if about else None
        won = [deal for deal in self.deals if deal.type == "won" and self._is_of(deal, one.id)]
        if won:
            since = last or min(
                [move.date for deal in won for move in won_moves(deal)], default=TODAY - 30 * DAY
            )
            yield name, "loop", since + 30 * DAY
        every = self._every(one)
        if every:
            yield name, "touch", last + every * DAY if last else TODAY
        for date in [
            dt.date.fromisoformat(text[1:11]) for text in [one.front.get("milestones", "")] if text
        ]:
            if not (last and last >= date) and TODAY - date <= 90 * DAY:
                yield name, "milestone", date

    def told(self, name: str, kind: str) -> tuple[str, str, dt.date | None, dt.date | None, int]:
        """Who is to do something and why, since when the clock of it runs, and the day of the first
        message in a row and how many these are."""
        folder, _, id = name.partition("/")
        one = next(f for f in (self.deals if folder == "deals" else self.contacts) if f.id == id)
        person = one.front["owner"] if folder == "deals" else self.keeper(one)
        if kind in ("next", "wake", "renewal", "milestone"):
            texts = {"next": "Call", "wake": "wake", "renewal": "renews", "milestone": "Birthday"}
            return person, texts[kind], None, None, 0
        if kind in ("loop", "touch"):
            days = [row[0] for row in self.contacts_with(one)]
            won = [deal for deal in self.deals if deal.type == "won" and self._is_of(deal, id)]
            wins = [m.date for deal in won for m in won_moves(deal)] if kind == "loop" else []
            since = days[-1] if days else min(wins, default=None)
            return person, "loop: 1m" if kind == "loop" else self._rule(one), since, None, 0
        rows = [n for n in one.notes if n.kind in EXCHANGES] if folder == "deals" else [
            row[3] if row[1] == f"{name}.md" else None for row in self.contacts_with(one)
        ]  # fmt: skip
        last = rows[-1]
        assert last is not None
        row: list[RawNote] = []
        for one_note in reversed(rows):
            if (
                not one_note
                or one_note.kind not in ("email", "message")
                or one_note.way != last.way
            ):
                break
            row.append(one_note)
        if kind == "after-meeting":
            return person, "after-meeting: 1d", last.date, None, 0
        why = f"no-reply: {('2d', '4d', '1w')[len(row) - 1]}" if kind == "no-reply" else "reply-within: 1d"  # fmt: skip
        return person, why, last.date, row[-1].date, len(row)

    def keeper(self, one: RawFile) -> str:
        """Who keeps in touch with a contact, or nothing."""
        company = self.by_id.get(one.front.get("company", ""))
        for asked in [one, *([company] if company else [])]:
            deals = [d for d in self.deals if asked.id in [*people_of(d), d.front.get("company")]]
            nearest = max(deals, default=None, key=lambda d: (
                d.type == "open", max((n.date for n in d.notes), default=dt.date.min), d.id))  # fmt: skip
            if owner := asked.front.get("owner") or (nearest and nearest.front["owner"]):
                return owner
        return ""

    def _rule(self, one: RawFile) -> str:
        if "touch-every" in one.front:
            return f"touch-every: {'2w' if one.front['touch-every'] == '14d' else '2m'}"
        return "touch: level client: 2m" if self._every(one) == 60 else "touch: tag press: 3m"

    def contacts_with(self, one: RawFile) -> list[tuple[dt.date, str, int, RawNote]]:
        """The real contacts with a contact, the oldest first."""
        real = [mention for mention in self._about(one) if mention[3].kind in EXCHANGES]
        return sorted(real, key=lambda mention: mention[:3])

    def mentions(self, one: RawFile) -> list[dt.date]:
        """The days of the notes about a contact."""
        return [mention[0] for mention in self._about(one)]

    def asked(self, name: str) -> dt.date:
        """The day of the first of their last messages in a row."""
        folder, _, id = name.partition("/")
        one = next(f for f in (self.deals if folder == "deals" else self.contacts) if f.id == id)
        row = [note for note in one.notes if note.kind in EXCHANGES]
        if folder == "contacts":
            row = []
            for _, path, _, said in self.contacts_with(one):
                row = [*row, said] if path == f"{name}.md" else []
        asked = row[-1].date
        for said in reversed(row):
            if said.kind not in ("email", "message") or said.way != "from":
                break
            asked = said.date
        return asked

    def _about(self, one: RawFile) -> Iterator[tuple[dt.date, str, int, RawNote]]:
        ids = {one.id, *(c.id for c in self.contacts if c.front.get("company") == one.id)}
        for contact in self.contacts:
            if contact.id in ids:
                for at, note in enumerate(contact.notes):
                    yield note.date, f"contacts/{contact.id}.md", at, note
        for other in self.deals:
            people = people_of(other)
            named = {*people[:1], other.front.get("company", "")}
            for at, note in enumerate(other.notes):
                if ({note.who} if note.who else named if note.kind in EXCHANGES else set()) & ids:
                    yield note.date, f"deals/{other.id}.md", at, note

    def _is_of(self, deal: RawFile, id: str) -> bool:
        return id in (people_of(deal) or [deal.front.get("company", "")])

    def every(self, id: str) -> int:
        """How many days may pass until the next contact with somebody, 0 where nothing says it."""
        return self._every(self.by_id[id])

    def is_won_with(self, id: str) -> bool:
        """Whether somebody is kept in the loop after a win."""
        return any(deal.type == "won" and self._is_of(deal, id) for deal in self.deals)

    def _every(self, one: RawFile) -> int:
        if "touch-every" in one.front:
            return int(one.front["touch-every"][:-1])
        company = (
            one
            if one.front.get("type") == "company"
            else self.by_id.get(one.front.get("company", ""))
        )
        is_client = company is not None and company.front.get("level") == "client"
        return 60 if is_client else 90 if "press" in one.front.get("tags", "") else 0


def people_of(deal: RawFile) -> list[str]:
    return [id for id in deal.front.get("contacts", "").strip("[]").split(", ") if id]


def won_moves(deal: RawFile) -> list[RawNote]:
    """The move since which a deal is won."""
    found: list[RawNote] = []
    for move in deal.moves:
        type = STAGES[deal.front["pipeline"]][move.stage]
        found = found or [move] if type == "won" else found if type == "parked" else []
    return found


def clock(row: list[RawNote]) -> Iterator[tuple[str, dt.date]]:
    """What the last of these real contacts asks for."""
    if not row:
        return
    ways = [note.way if note.kind in ("email", "message") else "" for note in row]
    last = row[-1].date
    if ways[-1] == "from":
        yield "reply", last + DAY
    elif ways[-1] == "to":
        count = 0
        while count < len(ways) and ways[-1 - count] == "to":
            count += 1
        yield from [("no-reply", last + (2, 4, 7)[count - 1] * DAY)] if count <= 3 else []
    elif row[-1].kind == "meeting":
        yield "after-meeting", last + DAY


def test_the_deals_of_a_company_are_looked_at_once_for_all_of_its_people(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[str] = []
    usual = insights_module._nearness

    def noted(one: Deal) -> object:
        looked.append(one.id)
        return usual(one)

    monkeypatch.setattr(insights_module, "_nearness", noted)
    acme = Contact("acme", "contacts/acme.md", "Acme")
    people = [replace(JANE, id=f"p-{n}", company="acme") for n in range(9)]
    deals = [deal(f"d-{n}", company="acme") for n in range(5)]
    insights = Insights(Journal(SCHEMA, tuple(deals), (acme, *people)), TODAY)
    assert {keeper(one, insights) for one in people} == {deals[-1].owner}
    assert sorted(looked) == [f"d-{n}" for n in range(5)]
