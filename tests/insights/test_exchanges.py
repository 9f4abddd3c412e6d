"""Tangible and intangible, knowledge and interventions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.exchanges import Exchanges, exchanges
from site_builder.insights.insights import Insights
from site_builder.journal.kinds import Kind, Tangibility
from site_builder.journal.note import Note, NoteFields
from site_builder.journal.pipeline import Stage
from site_builder.load.loader import load
from tests.by_hand import LEAD, LOST, OFFER, SCHEMA, TALKS, TODAY, WON, deal, journal, note
from tests.insights.test_structure import ended
from tests.stories import INTANGIBLE, STAGES, TANGIBLE, RawFile, RawNote, raw, story


def paper(date: str, kind: str = "proposal") -> Note:
    return replace(note(date, kind), kind=Kind(kind, Tangibility.TANGIBLE))


def move(date: str, stage: Stage) -> Note:
    made = note(date, "stage", stage=stage)
    return replace(made, kind=replace(made.kind, tangibility=Tangibility.NEITHER))


def found(*deals: object, **schema: object) -> Exchanges:
    made = journal(*deals, schema=replace(SCHEMA, **schema))  # type: ignore[arg-type] # any field
    return exchanges(Insights(made, TODAY))


@pytest.mark.parametrize(
    ("papers", "calls", "is_all_paper"), [(3, 0, True), (2, 0, False), (3, 1, False)]
)
def test_a_deal_is_all_paper_from_three(papers: int, calls: int, is_all_paper: bool) -> None:
    notes = (*[paper("2026-01-02")] * papers, *[note("2026-01-03", "call")] * calls)
    (one,) = found(deal("a", notes=notes)).deals
    assert (one.tangible, one.intangible, one.is_all_paper) == (papers, calls, is_all_paper)


@pytest.mark.parametrize(
    ("before", "after", "is_all_paper"),
    [("ppp", "c", True), ("pp", "p", False), ("pppc", "", False), ("ppp", "", True)],
)
def test_a_deal_that_has_ended_is_all_paper_by_what_came_until_then(
    before: str, after: str, is_all_paper: bool
) -> None:
    """Papers and calls before the day of the outcome, and after it; all of them are counted."""

    def noted(day: str, signs: str) -> list[Note]:
        return [paper(day) if sign == "p" else note(day, "call") for sign in signs]

    for stage in (WON, LOST):
        notes = (
            *noted("2026-01-01", before),
            move("2026-01-02", stage),
            *noted("2026-01-03", after),
        )
        (one,) = found(deal("a", stage, notes)).deals
        every = before + after
        assert (one.tangible, one.intangible) == (every.count("p"), every.count("c"))
        assert one.is_all_paper is is_all_paper


def test_of_what_has_ended_counts_what_came_before() -> None:
    notes = (
        note("2026-01-01", "call"),
        move("2026-01-02", WON),
        paper("2026-01-03"),
    )
    made = found(deal("a", WON, notes), deal("b", LOST, (paper("2026-01-01"),)))
    by_outcome = {one.outcome: one[1:] for one in made.outcomes}
    assert by_outcome == {
        "won": (1, 0, 1),
        "lost": (1, 1, 0),
        "open": (0, 0, 0),
        "parked": (0, 0, 0),
    }
    assert made.deals[0].tangible == 1


def test_exchanges_belong_to_the_stage_in_which_the_deal_stood() -> None:
    notes = (
        note("2026-01-01", "call"),
        move("2026-01-02", TALKS),
        paper("2026-01-02"),
    )
    made = found(deal("a", TALKS, notes), deal("b", OFFER, (note("2026-01-01", "call"),)))
    assert {one.stage.id: one[2:] for one in made.stages if one[2] or one[3]} == {
        "lead": (0, 1), "talks": (1, 0), "offer": (0, 1)}  # fmt: skip


def test_knowledge_counts_in_the_stage_where_it_was_learned() -> None:
    pipeline = replace(
        SCHEMA.pipelines[0], stages=(replace(LEAD, knowledge="Who we are"), TALKS, LOST)
    )
    learned = replace(note("2026-01-03", "call"), fields=NoteFields(learned="How"))
    a = deal("a", TALKS, (note("2026-01-01", "knowledge"), move("2026-01-02", TALKS)))
    b = deal("b", TALKS, (move("2026-01-02", TALKS), learned))
    d = deal("d", TALKS, (note("2026-01-01", "call"), move("2026-01-02", TALKS)))
    made = found(
        *[replace(one, pipeline=pipeline) for one in (a, b, deal("c"), d)], pipelines=(pipeline,)
    )
    assert [(one.stage.id, one.planned, one.delivered, [d.id for d in one.taught]) for one in made.knowledge] == [
        ("lead", "Who we are", (1, 3), ["a"]), ("talks", "", (1, 3), ["b"])]  # fmt: skip


def test_interventions_are_counted_by_trigger_and_quarter() -> None:
    said = replace(note("2026-02-01", "intervention"), fields=NoteFields(trigger="silence"))
    made = found(
        deal("a", notes=(said, note("2026-05-01", "intervention"))), deal("b", notes=(said,))
    )
    assert made.interventions == {"silence": 2, "unsaid": 1}
    assert made.by_quarter == {"2026-Q1": 2, "2026-Q2": 1}


@pytest.mark.parametrize("seed", range(6))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    seen = load(MemoryTree(files), lambda: TODAY).seen
    assert seen is not None
    made = exchanges(Insights(seen, TODAY))
    deals = list(raw(files, "deals"))
    assert [(one.id.id, one.tangible, one.intangible) for one in made.deals] == [
        (
            one.id,
            sum(n.kind in TANGIBLE for n in one.notes),
            sum(n.kind in INTANGIBLE for n in one.notes),
        )
        for one in deals
    ]
    notes = [n for one in [*deals, *raw(files, "contacts")] for n in one.notes]
    triggers = Counter(n.said.get("trigger", "unsaid") for n in notes if n.kind == "intervention")
    assert made.interventions == triggers
    states = {one.id: ended(one)[0] or one.type for one in deals}
    assert {one.id.id: one.state for one in made.deals} == states
    paper = {one.id for one in deals if is_paper([n for n in one.notes if n.date <= (ended(one)[1] or TODAY)])}  # fmt: skip
    assert {one.id.id for one in made.deals if one.is_all_paper} == paper
    for outcome in made.outcomes:
        same = [one for one in deals if states[one.id] == outcome.outcome]
        until = [n for one in same for n in one.notes if n.date <= (ended(one)[1] or TODAY)]
        assert outcome[1:] == (len(same), *balance(until))
    by_stage: dict[tuple[str, str], list[RawNote]] = {}
    for one in deals:
        for stage, each in stood(one):
            by_stage.setdefault((one.front["pipeline"], stage), []).append(each)
    assert {(s.pipeline, s.stage.id): (s.tangible, s.intangible) for s in made.stages} == {
        (p, s): balance(by_stage.get((p, s), [])) for p, stages in STAGES.items() for s in stages
    }
    assert [(k.pipeline, k.stage.id, k.planned, [d.id for d in k.taught], [d.id for d in k.untaught])
            for k in made.knowledge] == list(raw_knowledge(deals))  # fmt: skip
    assert all(k.delivered == (len(k.taught), len(k.taught + k.untaught)) for k in made.knowledge)
    assert_noted(made, [*deals, *raw(files, "contacts")])


def balance(notes: list[RawNote]) -> tuple[int, int]:
    return sum(n.kind in TANGIBLE for n in notes), sum(n.kind in INTANGIBLE for n in notes)


def is_paper(notes: list[RawNote]) -> bool:
    tangible, intangible = balance(notes)
    return tangible > 2 and not intangible


def stood(one: RawFile) -> Iterator[tuple[str, RawNote]]:
    """Each note with the stage in which the deal stood when it was written."""
    stage = next(iter(STAGES[one.front["pipeline"]])) if one.moves else one.front["stage"]
    for each in one.notes:
        stage = each.stage or stage
        yield stage, each


def raw_knowledge(deals: list[RawFile]) -> Iterator[tuple[str, str, str, list[str], list[str]]]:
    """Of each stage what it plans, which deals learned something in it, and which stood in it
    only: talks alone plan some."""
    for pipeline, stages in STAGES.items():
        same = [one for one in deals if one.front["pipeline"] == pipeline]
        for stage in stages:
            planned = "What it takes" if stage == "talks" else ""
            here = {one.id: [n for at, n in stood(one) if at == stage] for one in same}
            taught = [id for id, notes in here.items() if any(map(is_learned, notes))]
            rest = [
                one.id
                for one in same
                if one.id not in taught and (here[one.id] or one.front["stage"] == stage)
            ]
            if planned or taught:
                yield pipeline, stage, planned, taught, rest


def is_learned(note: RawNote) -> bool:
    """Only notes of that kind can say what was learned."""
    return note.kind == "knowledge"


def assert_noted(made: Exchanges, files: list[RawFile]) -> None:
    noted = [(n.date, one.id, n) for one in files for n in one.notes if n.kind == "intervention"]
    assert sorted((one.note.date, one.subject.id, one.trigger) for one in made.noted) == sorted(
        (day, id, n.said.get("trigger", "unsaid")) for day, id, n in noted
    )
    assert [one.note.date for one in made.noted] == sorted(day for day, *_ in noted)
    quarters = Counter(f"{day.year}-Q{(day.month + 2) // 3}" for day, *_ in noted)
    assert made.by_quarter == quarters
