"""The chain of modules, by hand and recomputed from raw files."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.modules import Module, Modules, modules
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.load.loader import load
from tests.by_hand import LEAD, LOST, OFFER, PARKED, SCHEMA, TALKS, TODAY, WON, deal, journal, note
from tests.insights.test_outreach import to_or_from
from tests.insights.test_paper import paper
from tests.insights.test_structure import ended, moved
from tests.stories import STAGES, TANGIBLE, RawFile, RawNote, raw, story


def found(*deals: Deal) -> Modules:
    return modules(Insights(journal(*deals), TODAY))


def flows(made: Modules) -> dict[str, tuple[int, int]]:
    return {one.stage.id: (one.entered, one.went_on) for one in made.stages if one.entered}


def module(made: Modules, name: str) -> Module:
    return next(one for one in made.modules if one.module == name)


def test_a_deal_goes_on_to_a_later_open_or_won_stage_once() -> None:
    made = found(
        moved("a", ("2026-01-01", LEAD), ("2026-01-02", TALKS), ("2026-01-03", LEAD)),
        moved("b", ("2026-01-01", TALKS), ("2026-01-02", LEAD)),
        moved("c", ("2026-01-01", OFFER), ("2026-01-02", LOST)),
        moved("d", ("2026-01-01", OFFER), ("2026-01-02", PARKED), ("2026-01-03", WON)),
        deal("e"),
    )
    assert flows(made) == {
        "lead": (3, 1), "offer": (2, 1), "talks": (2, 0), "parked": (1, 1), "won": (1, 0),
        "lost": (1, 0),
    }  # fmt: skip
    assert [one.id for one in made.stages[0].stayed] == ["b", "e"]


def test_a_stage_is_told_where_nobody_entered_it_and_a_retired_one_is_not() -> None:
    old = Stage("old", "Old", 0, retired=True)
    pipeline = Pipeline("sales", "Sales", (LEAD, old, WON))
    made = modules(Insights(journal(schema=replace(SCHEMA, pipelines=(pipeline,))), TODAY))
    assert [one.stage.id for one in made.stages] == ["lead", "won"]


def test_proposals_are_counted_by_deal_and_accepted_where_it_is_won() -> None:
    two = (paper("2026-01-01", "proposal"), paper("2026-02-01", "proposal"))
    won = (*two, note("2026-03-01", "stage", stage=WON))
    made = found(deal("a", WON, won), deal("b", notes=two[:1]), deal("c"))
    assert made.proposals == (2, 1)
    assert [(one.deal.id, one.lacks) for one in made.incomplete] == [
        (id, ("services", "terms", "deadline", "budget")) for id in ("a", "a", "b")
    ]
    assert made.parts["terms"] == (0, 3)


def test_jobs_begun_unpaid_and_late_ones_are_named() -> None:
    made = found(
        deal("a", WON, (paper("2026-01-01", "order"),)),
        deal("b", WON, (paper("2026-01-01", "delivery", due=dt.date(2025, 12, 1)),)),
        deal("c", WON, (note("2026-01-01", "call"),)),
    )
    assert [one.id for one in made.unpaid_starts] == ["a", "b"]
    assert [one.id for one in made.deliveries_late] == ["b"]
    assert [one.id for one in made.unpapered] == ["c"]
    assert module(made, "processing").share == (1, 2)
    assert module(made, "delivery").share == (0, 1)


def test_the_chain_begins_with_people() -> None:
    made = found(
        deal("a", notes=(to_or_from("2026-01-01", "email", "to"),)),
        deal(
            "b",
            WON,
            (to_or_from("2026-11-01", "call", "with"),),
            contacts=(Participant("jane-roe"),),
        ),
    )
    assert [(one.module, one.share) for one in made.modules] == [
        ("contacts", (1, 1)), ("outreach", (1, 1)), ("dialogue", (0, 1)), ("proposal", (0, 0)),
        ("invoice", (0, 0)), ("processing", (0, 0)), ("delivery", (0, 0)), ("loop", (1, 1)),
    ]  # fmt: skip
    assert made.outreach == (1, 1, 0, None)


def test_in_touch_is_whoever_the_deal_names() -> None:
    jane, bob = (Contact(id, f"contacts/{id}.md", id, company="acme") for id in ("jane", "bob"))
    acme = Contact("acme", "contacts/acme.md", "Acme", is_company=True)
    wrote = replace(note("2026-11-10", "email", "bob"), direction="to")
    named = deal("a", WON, company="acme", contacts=(Participant("jane"),))
    bare, other = deal("b", WON, company="acme"), deal("c", notes=(wrote,))
    made = replace(journal(named, bare, other), contacts=(jane, bob, acme))
    loop = module(modules(Insights(made, TODAY)), "loop")
    assert (ids(loop.went_on), ids(loop.not_yet)) == (["b"], ["a"])


def test_the_loop_begins_with_the_calendar() -> None:
    heard = note("0001-01-01", "call", "jane-roe")
    won = deal("a", WON, (heard,), contacts=(Participant("jane-roe"),))
    made = modules(Insights(journal(won), dt.date.min))
    assert module(made, "loop").share == (1, 1)


def raw_flows(deals: list[RawFile]) -> Counter[tuple[str, str, str]]:
    counts: Counter[tuple[str, str, str]] = Counter()
    for one in deals:
        pipeline = one.front["pipeline"]
        order, types = list(STAGES[pipeline]), STAGES[pipeline]
        way = [move.stage for move in one.moves] or [one.front["stage"]]
        for stage in set(way):
            later = way[way.index(stage) + 1 :]
            counts[pipeline, stage, "entered"] += 1
            counts[pipeline, stage, "went_on"] += any(
                types[other] in ("open", "won") and order.index(other) > order.index(stage)
                for other in later
            )
    return counts


def amount(note: RawNote) -> int | None:
    return int(note.said["amount"]) if "amount" in note.said else None


def raw_unpaid(one: RawFile) -> bool:
    """By what the lines say; all amounts are euros."""
    work = [note.date for note in one.notes if note.kind in ("order", "delivery")]
    if not work:
        return False
    return not raw_is_paid(one, min(work))


def raw_is_paid(one: RawFile, day: dt.date) -> bool:
    """Whether half of what was invoiced by the end of a day was paid, as far as anybody knows."""
    before = [note for note in one.notes if note.date <= day]
    asked = [n for note in before if note.kind == "invoice" and (n := amount(note))]
    paid = [amount(note) for note in before if note.kind == "payment"]
    if not paid or not asked or None in paid:
        return bool(paid)
    return sum(n or 0 for n in paid) * 2 >= sum(asked)


def raw_late(one: RawFile) -> bool:
    deadlines = [
        note.said["deadline"]
        for note in one.notes
        if note.kind == "proposal" and note.way != "from" and "deadline" in note.said
    ]
    last = deadlines[-1] if deadlines else ""
    delivered = [note for note in one.notes if note.kind == "delivery"]
    dues = [(str(note.date), note.said.get("due") or last) for note in delivered]
    if not delivered and ended(one)[0] == "won" and last:
        dues = [(str(TODAY), last)]
    return any(due and came > due for came, due in dues)


def raw_known(files: dict[str, str]) -> dict[str, list[RawNote]]:
    """The exchanges with each person, the oldest first."""
    known: dict[str, list[tuple[dt.date, str, int, RawNote]]] = {}
    for folder in ("contacts", "deals"):
        for one in raw(files, folder):
            main = people_of(one)[0]
            for at, said in enumerate(one.notes):
                who = said.who or main
                if who and is_exchange(said):
                    row = (said.date, f"{folder}/{one.id}", at, said)
                    known.setdefault(who, []).append(row)
    return {who: [row[-1] for row in sorted(rows, key=by_place)] for who, rows in known.items()}


def by_place(row: tuple[dt.date, str, int, RawNote]) -> tuple[dt.date, str, int]:
    return row[:3]


def people_of(one: RawFile) -> list[str]:
    return one.front.get("contacts", "").strip("[]").split(", ")


def raw_first(known: dict[str, list[RawNote]]) -> dict[str, tuple[bool, bool]]:
    """The people who were first written to, whether they answered in 14 days, and who has time."""
    found: dict[str, tuple[bool, bool]] = {}
    for who, notes in sorted(known.items()):
        if who.startswith("p") and notes[0].way == "to":
            first = notes[0].date
            reply = next((note.date for note in notes if note.way != "to"), None)
            is_answered = reply is not None and (reply - first).days <= 14
            found[who] = is_answered, reply is None and (TODAY - first).days < 14
    return found


def is_exchange(note: RawNote) -> bool:
    marks = ("note", "news", "milestone", "referral", "stage", "change")
    return note.kind not in (*marks, "know", "like", "trust", "respect")


@pytest.mark.parametrize("seed", range(8))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    assert not [p for p in loaded.problems if p.severity == "error"]
    made = modules(Insights(loaded.seen, TODAY))
    deals = list(raw(files, "deals"))
    counts = raw_flows(deals)
    for flow in made.stages:
        assert flow.entered == counts[flow.pipeline, flow.stage.id, "entered"]
        assert flow.went_on == counts[flow.pipeline, flow.stage.id, "went_on"]
        assert (len(flow.deals), len(flow.stayed)) == (flow.entered, flow.entered - flow.went_on)
    with_one = [
        one
        for one in deals
        if any(note.kind == "proposal" and note.way != "from" for note in one.notes)
    ]
    assert made.proposals == (len(with_one), sum(ended(one)[0] == "won" for one in with_one))
    assert [d.id for d in made.unpaid_starts] == [one.id for one in deals if raw_unpaid(one)]
    assert [d.id for d in made.deliveries_late] == [one.id for one in deals if raw_late(one)]
    first = raw_first(raw_known(files))
    answered, waiting = (sum(one[at] for one in first.values()) for at in (0, 1))
    assert made.outreach == (len(first), answered, waiting, dt.timedelta(14))
    assert {one.module: (ids(one.went_on), ids(one.not_yet)) for one in made.modules} == {
        name: (sorted(id for id, on in found.items() if on), sorted(id for id, on in found.items() if not on))
        for name, found in raw_modules(files, deals).items()
    }  # fmt: skip
    assert_parts(made, [(one.id, note) for one in with_one for note in one.notes if is_ours(note)])
    won = [one for one in deals if ended(one)[0] == "won"]
    bare = [one.id for one in won if not any(note.kind in TANGIBLE for note in one.notes)]
    assert [deal.id for deal in made.unpapered] == bare


def ids(found: tuple[Deal | Contact, ...]) -> list[str]:
    return sorted(one.id for one in found)


def is_ours(note: RawNote) -> bool:
    return note.kind == "proposal" and note.way != "from"


def assert_parts(made: Modules, proposals: list[tuple[str, RawNote]]) -> None:
    parts = ("services", "terms", "deadline", "budget")
    assert made.parts == {
        part: (sum(part in note.said for _, note in proposals), len(proposals)) for part in parts
    }
    lacks = [(id, tuple(part for part in parts if part not in n.said)) for id, n in proposals]
    assert [(one.deal.id, one.lacks) for one in made.incomplete] == [one for one in lacks if one[1]]


def raw_modules(files: dict[str, str], deals: list[RawFile]) -> dict[str, dict[str, bool]]:
    """Of each module who reached it, and whether they went on."""
    known = raw_known(files)
    first = raw_first(known)
    contacts = [one for one in raw(files, "contacts") if one.id.startswith("p")]
    staff = {one.id: one.front.get("company", "") for one in contacts}
    has = {one.id: {note.kind for note in one.notes if note.kind != "proposal"} for one in deals}
    proposed = {one.id: any(map(is_ours, one.notes)) for one in deals}
    won = {one.id: ended(one)[0] == "won" for one in deals}
    talked = [d.id for d in deals if any(is_exchange(n) and n.way != "to" for n in d.notes)]
    begun = [id for id, kinds in has.items() if kinds & {"order", "delivery"}]
    return {
        "contacts": {id: id in known for id in staff},
        "outreach": {id: was for id, (was, is_waiting) in first.items() if not is_waiting},
        "dialogue": {id: proposed[id] for id in talked},
        "proposal": {id: won[id] for id, was in proposed.items() if was},
        "invoice": {one.id: raw_paid(one) for one in deals if "invoice" in has[one.id]},
        "processing": {id: "delivery" in has[id] for id in begun},
        "delivery": {one.id: not raw_late(one) for one in deals if "delivery" in has[one.id]},
        "loop": {one.id: raw_heard(one, known, staff, deals) for one in deals if won[one.id]},
    }


def raw_paid(one: RawFile) -> bool:
    """Whether half of what had been invoiced was paid by the end of any day."""
    return any(raw_is_paid(one, note.date) for note in one.notes)


def raw_heard(
    one: RawFile, known: dict[str, list[RawNote]], staff: dict[str, str], deals: list[RawFile]
) -> bool:
    """Whether there was an exchange in the last 30 days with anybody of the deal; of one that names
    nobody, with anybody of its company by name, or with none by name in a deal of that company."""
    company, same = one.front.get("company", "-"), list[RawFile]()
    people = [id for id in people_of(one) if id]
    if not people:
        people = [id for id, its in staff.items() if its == company]
        same = [other for other in deals if other.front.get("company") == company]
    notes = [note for who in people for note in known.get(who, ())]
    notes += [n for d in same for n in d.notes if is_exchange(n) and not n.who]
    return any((TODAY - note.date).days <= 30 for note in notes)
