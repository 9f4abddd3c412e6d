"""What is learned is kept as long as what it is made of is the same, and no longer."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from random import Random

import pytest

from site_builder.exchange import facts
from site_builder.files.cache import cache_of
from site_builder.files.memory import Memory
from site_builder.files.tree import MemoryTree
from site_builder.forecast import lessons
from site_builder.forecast.figures import forecast
from site_builder.forecast.frame import frame
from site_builder.forecast.lessons import Lessons
from site_builder.forecast.past import key_of, past_of
from site_builder.forecast.replay import replays
from site_builder.forecast.snapshots import snapshots_by
from site_builder.forecast.taught import taught
from site_builder.forecast.timing import timing
from site_builder.forecast.used import Used
from site_builder.insights.insights import Insights
from site_builder.insights.named import name_of
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import Kind, KindRole, Tangibility
from site_builder.journal.money import Rate
from site_builder.journal.note import Note, NoteFields, StepMark
from site_builder.journal.pipeline import Step
from site_builder.journal.schema import Schema
from site_builder.load.loader import load
from site_builder.parse.note_order import numbered
from tests import by_hand, worlds
from tests.bench import history
from tests.bench.history import UNTIL, history_files
from tests.effort import milliseconds
from tests.worlds import dated, dated_journal

YEARS = 2
TODAY = dt.date.fromordinal(worlds.end_of(YEARS))
STEPS = 5


def valued(deal: Deal) -> Deal:
    """The deal with a value, an estimate and a category that its first note sets."""
    number = int(deal.id[1:])
    fields = NoteFields(
        by_hand.eur(100 + number, "USD" if number % 5 == 0 else "EUR"),
        probability=Decimal(number % 10) / 10,
        category="commit" if number % 3 == 0 else None,
    )
    notes = (replace(deal.notes[0], fields=fields), *deal.notes[1:])
    return replace(deal, notes=notes, value=fields.value, probability=fields.probability)


JOURNAL = dated_journal(dated(90, YEARS, slips=5, knows=0.5), valued)


def told(insights: Insights, horizon: int = 90) -> tuple[str, object]:
    """All that is said of a journal's forecast and its past."""
    past = Lessons(insights)
    found = {
        "forecast": facts.as_of(insights.today, forecast(insights, horizon)),
        "backtest": facts.as_of(insights.today, past.backtest(horizon)),
    }
    return json.dumps(found), (past.choices, past.timings, past.replays, past.taught)


def noted(deal: Deal, day: dt.date, **changes: object) -> Deal:
    """The deal with a note more."""
    note = replace(by_hand.note(day.isoformat(), "call"), **changes)  # type: ignore[arg-type] # fields of any type
    notes = sorted([*deal.notes, note], key=lambda one: one.date)
    return replace(deal, notes=numbered(tuple(notes)))


def past_day(draw: Random) -> dt.date:
    return TODAY - dt.timedelta(draw.randrange(YEARS * 365))


def moved(deal: Deal, draw: Random) -> Deal:
    stage = draw.choice(list(worlds.STAGES.values()))
    return replace(noted(deal, past_day(draw), stage=stage), stage=stage)


def called(deal: Deal, draw: Random) -> Deal:
    return noted(deal, past_day(draw), headline=str(draw.random()))


def estimated(deal: Deal, draw: Random) -> Deal:
    return noted(
        deal, past_day(draw), fields=NoteFields(probability=Decimal(draw.randrange(9)) / 9)
    )


def priced(deal: Deal, draw: Random) -> Deal:
    value = by_hand.eur(draw.randrange(999), draw.choice(("EUR", "USD", "CHF")))
    return noted(deal, past_day(draw), fields=NoteFields(value))


def closing(deal: Deal, draw: Random) -> Deal:
    close = TODAY + dt.timedelta(draw.randrange(-300, 300))
    return replace(noted(deal, past_day(draw), fields=NoteFields(close=close)), close=close)


def cut(deal: Deal, draw: Random) -> Deal:
    return replace(deal, notes=deal.notes[: draw.randrange(len(deal.notes) + 1)])


def fronted(deal: Deal, draw: Random) -> Deal:
    return replace(deal, value=by_hand.eur(draw.randrange(999)), title=str(draw.random()))


def created(deal: Deal, draw: Random) -> Deal:
    return replace(deal, created=past_day(draw))


EDITS: tuple[Callable[[Deal, Random], Deal], ...] = (
    moved, moved, called, estimated, priced, closing, cut, fronted, created,
)  # fmt: skip


def edited(journal: Journal, draw: Random) -> Journal:
    """The journal with a deal changed, gone or come, or another pipeline.yml."""
    deals, schema = list(journal.deals), journal.schema
    at, what = draw.randrange(len(deals)), draw.random()
    if what < 0.05:
        del deals[at]
    elif what < 0.1:
        deals.append(replace(deals[at], id=f"z{draw.random()}"))
    elif what < 0.2:
        schema = other_schema(schema, draw)
    else:
        deals[at] = draw.choice(EDITS)(deals[at], draw)
    return replace(journal, schema=schema, deals=tuple(sorted(deals, key=lambda one: one.id)))


def other_schema(schema: Schema, draw: Random) -> Schema:
    return draw.choice(
        (
            replace(schema, rates={"USD": Rate.always(Decimal(draw.randrange(1, 9)))}),
            replace(schema, fiscal_year_starts=draw.randrange(1, 13)),
            replace(schema, probability_from=draw.choice(("best", "own", "stage"))),
            replace(schema, name=str(draw.random())),
        )
    )


def asked_of(root: Path, monkeypatch: pytest.MonkeyPatch) -> Memory:
    monkeypatch.setenv("XDG_CACHE_HOME", str(root / "cache"))
    (root / "journal").mkdir(exist_ok=True)
    return Memory(partial(cache_of, root / "journal"))


@pytest.mark.parametrize("seed", range(1))
def test_after_each_of_random_edits_it_is_what_is_learned_from_nothing(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw, journal, memory = Random(seed), JOURNAL, Memory()
    before = Insights(journal, TODAY)
    for _ in range(STEPS):
        journal = edited(journal, draw)
        today = TODAY + dt.timedelta(draw.choice((0, 0, 0, 1, -40)))
        between_runs = Insights(journal, today, memory=asked_of(tmp_path, monkeypatch))
        served = Insights(journal, today, memory=memory)
        served.after(before, map(name_of, (*before.journal.subjects, *journal.subjects)))
        fresh = told(Insights(journal, today))
        assert told(served) == fresh
        assert told(between_runs) == fresh
        between_runs.memory.keep()
        before = served


def test_nothing_is_learned_from_what_is_left_out_of_the_past() -> None:
    draw = Random(7)
    deals = JOURNAL.deals
    for edit in (called, estimated, priced, closing, fronted, called):
        deals = tuple([edit(deal, draw) if draw.random() < 0.7 else deal for deal in deals])
    journal = replace(JOURNAL, deals=deals)
    past = past_of(journal)
    whole, left = taught(journal, TODAY), taught(past, TODAY)
    assert left == whole
    said, same = (
        snapshots_by(told.values(), of, TODAY, (30, 90))
        for told, of in ((whole, journal), (left, past))
    )
    assert said == same
    told_by_whole = timing(whole["sales"], journal.deals_by_id, TODAY)
    assert timing(left["sales"], past.deals_by_id, TODAY) == told_by_whole
    insights = Insights(journal, TODAY)
    assert replays(insights, Lessons(insights)) == Lessons(insights).replays != ()


DEAL = replace(JOURNAL.deals[0], created=TODAY - dt.timedelta(700))
DAY = TODAY - dt.timedelta(5)
NOTE = by_hand.note("2026-01-01", "note").kind
KNOW = Kind("know", Tangibility.NEITHER, KindRole.RUNG)
MARK = StepMark(Step("soft-yes", "A yes"), "", by_hand.span())


def key(*deals: Deal, schema: Schema = by_hand.SCHEMA, today: dt.date = TODAY) -> bytes:
    return key_of(Insights(by_hand.journal(*deals, schema=schema), today))


@pytest.mark.parametrize(
    "other",
    [
        noted(DEAL, DAY, kind=NOTE, headline="About it", text="It is so."),
        noted(DEAL, DAY, kind=NOTE, fields=NoteFields(category="commit", owner=by_hand.OTTO)),
        noted(DEAL, DAY, direction="with", parties=("maria",)),
        replace(DEAL, value=by_hand.eur(7), close=DAY, probability=Decimal("0.7")),
        replace(DEAL, title="Another", owner=by_hand.OTTO, company="acme"),
    ],
    ids=["note", "category", "colleague", "front matter", "title"],
)
def test_what_nobody_learns_from_changes_nothing(other: Deal) -> None:
    assert key(other) == key(DEAL)


def other_note(**changes: object) -> Deal:
    notes = (replace(DEAL.notes[0], **changes), *DEAL.notes[1:])  # type: ignore[arg-type] # fields of any type
    return replace(DEAL, notes=notes)


FIRST: Note = DEAL.notes[0]


@pytest.mark.parametrize(
    "other",
    [
        key(),
        key(DEAL, replace(DEAL, id="e")),
        key(replace(DEAL, id="e")),
        key(replace(DEAL, stage=by_hand.PARKED)),
        key(replace(DEAL, created=DAY - dt.timedelta(900))),
        key(replace(DEAL, gaps=("stage",))),
        key(other_note(stage=by_hand.TALKS)),
        key(other_note(date=FIRST.date - dt.timedelta(1))),
        key(other_note(fields=replace(FIRST.fields, value=by_hand.eur(1)))),
        key(other_note(fields=replace(FIRST.fields, value=by_hand.eur(100, "CHF")))),
        key(other_note(fields=replace(FIRST.fields, close=DAY))),
        key(other_note(fields=replace(FIRST.fields, probability=Decimal("0.93")))),
        key(noted(DEAL, DAY)),
        key(noted(DEAL, DAY, direction="to")),
        key(noted(DEAL, DAY, kind=KNOW)),
        key(noted(DEAL, DAY, kind=NOTE, steps=(MARK,))),
        key(DEAL, schema=replace(by_hand.SCHEMA, rungs=("know",))),
        key(DEAL, today=TODAY + dt.timedelta(1)),
        key(DEAL, schema=replace(by_hand.SCHEMA, currency="USD")),
        key(DEAL, schema=replace(by_hand.SCHEMA, rates={})),
        key(DEAL, schema=replace(by_hand.SCHEMA, fiscal_year_starts=4)),
        key(DEAL, schema=replace(by_hand.SCHEMA, probability_from="own")),
        key(DEAL, schema=replace(by_hand.SCHEMA, pipelines=(replace(by_hand.PIPELINE, name="N"),))),
    ],
)
def test_all_that_is_learned_from_changes_it(other: bytes) -> None:
    assert other != key(DEAL)


def test_it_is_learned_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = told(Insights(JOURNAL, TODAY, memory=asked_of(tmp_path, monkeypatch)))

    def never(*_: object) -> None:
        raise AssertionError("learned again")

    for name in ("taught", "snapshots_by", "scored", "timing", "replays", "choices"):
        monkeypatch.setattr(lessons, name, never)
    memory = asked_of(tmp_path, monkeypatch)
    assert told(Insights(JOURNAL, TODAY, memory=memory)) == first
    deals = (noted(JOURNAL.deals[0], DAY, kind=NOTE), *JOURNAL.deals[1:])
    told(Insights(replace(JOURNAL, deals=deals), TODAY, memory=memory))
    with pytest.raises(AssertionError, match="learned again"):
        told(Insights(JOURNAL, TODAY + dt.timedelta(1), memory=memory))


def test_what_is_said_of_open_deals_goes_by_more_than_the_past() -> None:
    """Close dates of front matter, the horizon and a query change no key of what is learned."""
    memory, whole = Memory(), Insights(JOURNAL, TODAY)
    used = Used.of(frame(whole), whole)
    assert {one.kind for one in used.lessons.timings.values()} == {"slips"}
    deal = JOURNAL.deals_by_id[min(used.shares)]
    later = replace(deal, close=TODAY + dt.timedelta(200))
    moved_on = tuple([later if one is deal else one for one in JOURNAL.deals])
    alone = replace(JOURNAL, deals=(deal,))
    said = set()
    for journal, past, horizon in (
        (alone, JOURNAL, 90),
        (JOURNAL, None, 90),
        (JOURNAL, None, 33),
        (replace(JOURNAL, deals=moved_on), None, 90),
    ):
        assert key_of(Insights(journal, TODAY, past)) == key_of(whole)
        known = told(Insights(journal, TODAY, past, memory=memory), horizon)
        assert known == told(Insights(journal, TODAY, past), horizon)
        said.add(known[0])
    assert len(said) == 4


def test_what_is_learned_of_a_tenth_of_a_long_history_takes_a_tenth_of_its_time() -> None:
    files = dict(history_files(history.DEALS // 10, years=2))
    past = load(MemoryTree(files), lambda: UNTIL).journal
    assert past is not None
    tenth = 1_000 * history.LIMIT / 10
    assert milliseconds(lambda: lessons.backtest(Insights(past, UNTIL)), tenth) < tenth
