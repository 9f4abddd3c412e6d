"""The queue of each role: by hand, and recomputed from raw files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.follow_ups import follow_ups
from site_builder.insights.insights import Insights
from site_builder.insights.queues import Queues, Roles, Task, lacking, queues, role_ids, roles_of
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import Kind, KindRole, Tangibility
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.schema import Schema
from site_builder.load.loader import load
from tests.by_hand import (
    LEAD,
    LOST,
    MARIA,
    OFFER,
    PIPELINE,
    SCHEMA,
    TALKS,
    TODAY,
    WON,
    day,
    deal,
    note,
    planned,
)
from tests.insights.test_follow_ups import EXCHANGES, JANE, RULES, Raw, people_of, said
from tests.stories import RawFile, raw, story

STAGES = (
    replace(LEAD, role="miner"),
    replace(OFFER, role="opener"),
    replace(TALKS, role="closer"),
    WON,
    replace(LOST, role="keeper"),
)
SALES = Pipeline("sales", "Sales", STAGES)
WITH_ROLES = replace(SCHEMA, pipelines=(SALES,), follow_up=RULES)
FIRST, SECOND, THIRD = STAGES[:3]
ROE = replace(
    JANE, is_company=True, email="roe@roe.example", social=("https://social.example/roe",)
)
"""Whom notes name, and for whom there is nothing to do."""
ACME = Contact("acme", "contacts/acme.md", "Acme", is_company=True)
MAX = Contact("max", "contacts/max.md", "Max", email="m@max.example", company="acme")


def found(
    *deals: Deal, contacts: tuple[Contact, ...] = (ROE,), schema: Schema = WITH_ROLES
) -> Queues:
    made = [replace(one, pipeline=schema.pipelines[0]) for one in deals]
    return queues(Insights(Journal(schema, tuple(made), contacts), TODAY))


def told(role: str, *deals: Deal, **rest: object) -> list[tuple[str, str, str]]:
    tasks = found(*deals, **rest).roles[role]  # type: ignore[arg-type] # as `found` has them
    return [(one.subject.id, one.task, str(one.since)) for one in tasks]


def test_a_deal_is_for_the_role_of_its_stage() -> None:
    new = deal("new", FIRST, notes=(note("2026-11-01", "note"),), created=day("2026-10-30"))
    warm = deal(
        "warm", FIRST, notes=(said("2026-11-01", "call", "with"), note("2026-11-05", "note"))
    )
    other = deal("other", THIRD, notes=(said("2026-11-02", "call", "with"),))
    ended = deal("ended", WON, notes=(said("2026-11-02", "call", "with"),))
    assert told("miner", new, warm, other, ended) == [
        ("new", "outreach", "2026-10-30"), ("warm", "dialogue", "2026-11-01"),
    ]  # fmt: skip
    assert told("closer", new, warm, other, ended) == [("other", "dialogue", "2026-11-02")]


def test_proposals_are_to_be_written_where_most_first_ones_were() -> None:
    def offered(id: str, stage: object) -> Deal:
        moved = note("2026-10-01", "stage", stage=stage)  # type: ignore[arg-type] # a stage
        return deal(id, WON, notes=(moved, said("2026-10-02", "proposal", "to")))

    past = [offered("a", SECOND), offered("b", SECOND), offered("c", THIRD)]
    spoken = (said("2026-11-01", "call", "with"), note("2026-11-02", "stage", stage=THIRD))
    late, early = deal("late", THIRD, notes=spoken), deal("early", FIRST, notes=spoken[:1])
    assert told("closer", late, early, *past) == [("late", "proposal", "2026-11-02")]
    assert told("miner", late, early, *past) == [("early", "dialogue", "2026-11-01")]
    has = replace(late, notes=(*spoken, said("2026-11-03", "proposal", "to")))
    assert told("closer", has, *past) == [("late", "dialogue", "2026-11-03")]
    assert told("closer", late) == [("late", "dialogue", "2026-11-01")]


def test_without_any_proposal_the_stage_of_that_name_asks_for_one() -> None:
    stages = (FIRST, replace(SECOND, id="proposal"), THIRD)
    schema = replace(WITH_ROLES, pipelines=(Pipeline("sales", "Sales", stages),))
    spoken = (said("2026-11-01", "call", "with"),)
    late = deal("late", stages[1], notes=spoken)
    assert [task for _, task, _ in told("opener", late, schema=schema)] == ["proposal"]


def test_people_are_completed_and_then_written_to() -> None:
    schema = replace(WITH_ROLES, contact_requires=("email", "news", "type"))
    news = replace(
        said("2026-10-01", "news", ""), kind=Kind("news", Tangibility.NEITHER, KindRole.MARK)
    )
    acme = Contact("acme", "contacts/acme.md", "Acme", is_company=True, notes=(news,))
    bare = replace(JANE, owner=MARIA)
    tasks = found(contacts=(acme, bare, MAX), schema=schema).roles
    assert tasks["miner"] == (Task(bare, "complete", None, MARIA, ("email", "news")),)
    assert tasks["opener"] == (Task(MAX, "outreach", None, None),)
    spoken = replace(MAX, notes=(note("2026-11-01", "call"),))
    assert found(contacts=(acme, spoken), schema=schema).roles["opener"] == ()
    on_it = deal("d", FIRST, contacts=(Participant("max"),), created=day("2026-11-01"))
    assert found(on_it, contacts=(acme, MAX), schema=schema).roles["opener"] == ()
    assert told("miner", on_it, contacts=(replace(MAX, email=""),), schema=schema)[0] == (
        "max",
        "complete",
        "2026-11-01",
    )
    assert list(lacking(acme, Insights(Journal(schema), TODAY))) == ["email"]


COMPLETE = ("email", "phone", "social", "company", "role", "level", "news", "website")


@pytest.mark.parametrize(
    ("contact", "people", "lacks"),
    [
        (MAX, (), "phone social role news website"),
        (replace(MAX, email="", company=""), (), "email phone social company role news website"),
        (ACME, (), "email phone social level news website"),
        (ACME, (MAX,), "phone social level news website"),
        (ACME, (replace(MAX, email="", phone="+49 1"),), "email social level news website"),
        (ACME, (replace(MAX, company="other"),), "email phone social level news website"),
        (replace(ACME, is_company=False), (MAX,), "email phone social company role news website"),
        (
            replace(ACME, email="a@acme.example", level="client", website="https://acme.example"),
            (replace(MAX, social=("https://social.example/max",)),),
            "phone social news",
        ),
    ],
)
def test_a_contact_lacks_what_it_can_have(
    contact: Contact, people: tuple[Contact, ...], lacks: str
) -> None:
    schema = replace(WITH_ROLES, contact_requires=COMPLETE)
    insights = Insights(Journal(schema, (), (contact, *people)), TODAY)
    assert list(lacking(contact, insights)) == lacks.split()


def test_a_company_is_completed_and_never_written_to_itself() -> None:
    schema = replace(WITH_ROLES, contact_requires=("email",))
    of_acme = deal("d", FIRST, company="acme", created=day("2026-11-01"))
    tasks = found(of_acme, contacts=(ACME,), schema=schema).roles
    (task,) = [one for one in tasks["miner"] if one.subject is ACME]
    assert task == Task(ACME, "complete", day("2026-11-01"), MARIA, ("email",))
    every = [
        (one.subject.id, one.task)
        for role in found(of_acme, contacts=(ACME, MAX), schema=schema).roles.values()
        for one in role
    ]
    assert [task for id, task in every if id == "acme"] == []


def test_one_role_looks_after_all() -> None:
    silent = deal("silent", FIRST, notes=(said("2026-10-01", "call", "with"),))
    asked = deal(
        "asked",
        FIRST,
        notes=(said("2026-11-17", "email", "from"), said("2026-11-18", "email", "from")),
    )
    step = deal(
        "step", FIRST, next=planned("2026-11-19"), notes=(said("2026-11-10", "email", "to"),)
    )
    bare = deal(
        "bare",
        FIRST,
        notes=(note("2026-11-01", "stage", stage=FIRST),),
        contacts=(Participant("max"),),
    )
    assert told("keeper", silent, asked, step, bare, contacts=(ROE, MAX)) == [
        ("asked", "unanswered", "2026-11-17"),
        ("silent", "forgotten", "2026-10-01"),
        ("step", "follow-up", "2026-11-12"),
        ("max", "note", "2026-11-01"),
        ("bare", "note", "2026-11-01"),
    ]  # fmt: skip
    (missed,) = [t for t in found(step).roles["keeper"] if t.task == "follow-up"]
    assert (missed.lacks, missed.person) == (("no-reply", "next"), MARIA)


def test_roles_go_by_their_usual_names_or_by_the_stages() -> None:
    assert roles_of(WITH_ROLES) == Roles("miner", "opener", "keeper")
    assert roles_of(SCHEMA) == Roles("", "", "")
    one = Pipeline("sales", "Sales", (FIRST, WON))
    assert roles_of(replace(SCHEMA, pipelines=(one,))) == Roles("miner", "miner", "")
    usual = {"data-miner": "", "lead-generator": "", "pipeline-supervisor": ""}
    assert roles_of(replace(WITH_ROLES, roles=usual)) == Roles(*usual)
    team = {"maria": replace(MARIA, roles=("boss",))}
    assert role_ids(replace(WITH_ROLES, team=team, roles={"miner": ""})) == (
        "miner", "opener", "closer", "keeper", "boss",
    )  # fmt: skip


def test_what_is_no_roles_is_there_too_and_roles_without_tasks_are() -> None:
    assert found(deal(stage=FIRST)).roles["closer"] == ()
    plain = replace(SCHEMA, pipelines=(PIPELINE,))
    assert [one.task for one in found(deal(stage=LEAD), schema=plain).roles[""]] == [
        "outreach",
        "note",
    ]
    assert found(schema=plain).roles == {}


@pytest.mark.parametrize("seed", range(6))
def test_the_queues_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    insights = Insights(loaded.seen, TODAY)
    roles = queues(insights).roles
    assert queues(insights, follow_ups(insights).due).roles == roles
    got = {(role, t.subject.path, t.task, t.since) for role, tasks in roles.items() for t in tasks}
    wanted = set(_of_files(files))
    assert {one for one in got if one[2] != "proposal"} >= {
        one for one in wanted if one[2] != "dialogue"
    }
    assert len(got) == len(wanted)


ROLE = {
    "lead": "miner",
    "talks": "seller",
    "offer": "seller",
    "signing": "seller",
    "review": "seller",
}


def _of_files(files: dict[str, str]) -> Iterator[tuple[str, str, str, dt.date | None]]:
    """The tasks by what the lines of files say; proposals to write are dialogues."""
    deals, read = list(raw(files, "deals")), Raw(files)
    for one in deals:
        if one.type == "open":
            yield from _of_open_deal(one)
    for one in raw(files, "contacts"):
        is_company = one.front.get("type") == "company"
        yield from (_of_company if is_company else _of_person)(one, deals, read)
    yield from _overdue(read)


def _overdue(read: Raw) -> Iterator[tuple[str, str, str, dt.date | None]]:
    missed: dict[str, list[dt.date]] = {}
    for name, kind, date in read.due():
        if date < TODAY and kind == "reply":
            yield "supervisor", f"{name}.md", "unanswered", read.asked(name)
        elif date < TODAY:
            missed.setdefault(name, []).append(date)
    for name, dates in missed.items():
        yield "supervisor", f"{name}.md", "follow-up", min(dates)


def _of_open_deal(one: RawFile) -> Iterator[tuple[str, str, str, dt.date | None]]:
    role, path = ROLE[one.front["stage"]], f"deals/{one.id}.md"
    real = [n.date for n in one.notes if n.kind in EXCHANGES]
    began = one.notes[0].date if one.notes else None
    yield (role, path, "dialogue", real[-1]) if real else (role, path, "outreach", began)
    if all(n.stage for n in one.notes):
        yield "supervisor", path, "note", began


def _of_company(
    one: RawFile, deals: list[RawFile], read: Raw
) -> Iterator[tuple[str, str, str, dt.date | None]]:
    people = [p for p in read.contacts if p.front.get("company") == one.id]
    is_reached = any("email" in p.front for p in [one, *people])
    has_news = any(n.kind == "news" for n in one.notes)
    if not (is_reached and has_news and "social" in one.front):
        opened = [d for d in deals if d.type == "open" and d.front.get("company") == one.id]
        days = [d.notes[0].date for d in opened if d.notes]
        about = sorted(read.mentions(one))
        yield "miner", f"contacts/{one.id}.md", "complete", min([*about[:1], *days], default=None)


def _of_person(
    one: RawFile, deals: list[RawFile], read: Raw
) -> Iterator[tuple[str, str, str, dt.date | None]]:
    path, about = f"contacts/{one.id}.md", sorted(read.mentions(one))
    opened = [d for d in deals if d.type == "open" and one.id in people_of(d)]
    began = [d.notes[0].date for d in opened if d.notes]
    days = [*about[:1], *began]
    company = read.by_id.get(one.front.get("company", ""))
    has_news = any(n.kind == "news" for f in (one, company) if f for n in f.notes)
    if not has_news or not all(one.front.get(name) for name in ("email", "social", "company")):
        yield "miner", path, "complete", min(days, default=None)
    elif not opened and not list(read.contacts_with(one)):
        yield "seller", path, "outreach", min(about, default=None)
    if opened and not about:
        yield "supervisor", path, "note", min(began, default=None)
