"""What changed since a day, by hand, and balanced over random lives of deals."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from dataclasses import replace

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights import totals
from site_builder.insights.changes import STEPS, WHATS, Changes, Since, Waterfall, changes
from site_builder.insights.insights import Insights
from site_builder.insights.totals import Totals
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.history import as_of
from site_builder.journal.note import NO_FIELDS, Note
from site_builder.journal.note_spans import NOWHERE
from site_builder.journal.pipeline import Stage
from site_builder.load.loader import load
from tests.by_hand import (
    LEAD,
    LOST,
    OFFER,
    PARKED,
    PIPELINE,
    SCHEMA,
    TALKS,
    TODAY,
    WON,
    day,
    deal,
    eur,
    journal,
    note,
    planned,
)
from tests.stories import TODAY as STORY_DAY
from tests.stories import raw, story

LONG_AGO = note("2026-01-02", "call", "jane-roe")
TALKED = note("2026-11-19", "call", "jane-roe")


def entered(when: str, stage: Stage) -> Note:
    return note(when, "stage", stage=stage)


def said(when: str, **fields: object) -> Note:
    made = note(when, "change")
    spans = dict.fromkeys(fields, NOWHERE)
    return replace(made, fields=replace(NO_FIELDS, **fields), field_spans=spans)  # type: ignore[arg-type] # fields of any type


def found(*deals: Deal, today: dt.date = TODAY) -> Changes:
    return changes(Insights(journal(*deals), today))


def week(*deals: Deal) -> Since:
    return found(*deals).spans[0]


def told(*deals: Deal) -> dict[str, list[str]]:
    """What happened this week, by deal."""
    happened = week(*deals).happened
    return {what: [one.deal.id for one in some] for what, some in happened.items() if some}


def steps(fall: Waterfall) -> dict[str, str]:
    """The steps that are taken, with what they add."""
    return {
        one.what: " ".join(f"{line.amount}{line.currency}" for line in one.value.lines)
        for one in fall.steps
        if one.deals
    }


def test_the_days_are_a_week_a_month_and_a_quarter_ago() -> None:
    assert [(one.span, one.since.isoformat()) for one in found().spans] == [
        ("week", "2026-11-13"), ("month", "2026-10-20"), ("quarter", "2026-08-20"),
    ]  # fmt: skip
    spans = found(today=day("2026-05-31")).spans
    assert [one.since.isoformat() for one in spans] == ["2026-05-24", "2026-04-30", "2026-02-28"]
    first = found(today=dt.date.min).spans
    assert {one.since for one in first} == {dt.date.min}


def test_everything_is_there_though_nothing_happened() -> None:
    one = week(deal("a", notes=(LONG_AGO,), value=eur(5)))
    assert tuple(one.happened) == WHATS and one.is_quiet
    assert tuple(step.what for step in one.open.steps) == STEPS
    assert one.open.then == one.open.now == Totals((eur(5),), 1, 1)


def test_what_happened_on_the_day_itself_is_not_since() -> None:
    assert told(deal("a", created=day("2026-11-13"), notes=(TALKED,))) == {}
    assert told(deal("a", created=day("2026-11-14"), notes=(TALKED,))) == {"new": ["a"]}


def test_what_nobody_knows_the_beginning_of_was_always_there() -> None:
    assert told(deal("a", value=eur(5))) == {}


def test_moves_go_on_or_back_among_open_stages() -> None:
    on = deal("on", TALKS, (entered("2026-11-01", LEAD), entered("2026-11-18", TALKS), TALKED))
    back = deal("back", LEAD, (entered("2026-11-01", OFFER), entered("2026-11-18", LEAD), TALKED))
    fro = deal(
        "fro",
        LEAD,
        (
            entered("2026-11-01", LEAD),
            entered("2026-11-15", TALKS),
            entered("2026-11-18", LEAD),
            TALKED,
        ),
    )
    one = week(on, back, fro)
    assert [(c.deal.id, c.before, c.after) for c in one.happened["moved-on"]] == [
        ("on", LEAD, TALKS)
    ]
    assert [(c.deal.id, c.before, c.after) for c in one.happened["moved-back"]] == [
        ("back", OFFER, LEAD)
    ]


@pytest.mark.parametrize(
    ("stages", "what"),
    [
        ((LEAD, WON), {"won"}),
        ((LEAD, LOST), {"lost"}),
        ((LEAD, PARKED), {"parked"}),
        ((PARKED, TALKS), {"woken"}),
        ((LOST, TALKS), {"reopened"}),
        ((WON, TALKS), {"reopened"}),
        ((PARKED, WON), {"woken", "won"}),
        ((PARKED, LOST), {"woken", "lost"}),
        ((LOST, WON), {"reopened", "won"}),
        ((WON, LOST), {"reopened", "lost"}),
        ((LOST, PARKED), {"reopened", "parked"}),
        ((WON, PARKED), set()),
        ((WON, WON), set()),
        ((PARKED, PARKED), set()),
    ],
)
def test_what_came_and_ended(stages: tuple[Stage, Stage], what: set[str]) -> None:
    one = deal(
        "a",
        stages[1],
        (entered("2026-11-01", stages[0]), entered("2026-11-18", stages[1]), TALKED),
        value=eur(7),
    )
    fall = week(one).open
    assert set(told(one)) == what
    assert sum(line.amount for step in fall.steps for line in step.value.lines) == (
        fall.now.in_currency("EUR") - fall.then.in_currency("EUR")
    )


def test_what_was_won_anew_in_between_counts_once_more() -> None:
    notes = (entered("2026-11-01", WON), entered("2026-11-15", TALKS), entered("2026-11-18", WON))
    assert told(deal("a", WON, notes, value=eur(7))) == {"reopened": ["a"], "won": ["a"]}


def test_what_is_new_and_over_did_both() -> None:
    one = deal("a", WON, (entered("2026-11-15", LEAD), entered("2026-11-18", WON)), value=eur(7))
    assert told(one) == {"new": ["a"], "won": ["a"]}
    assert steps(week(one).open) == {"new": "7EUR", "won": "-7EUR"}


def test_values_grow_and_shrink_and_are_told_for_the_first_time() -> None:
    grown = deal(
        "grown",
        value=eur(9),
        notes=(said("2026-11-01", value=eur(5)), said("2026-11-18", value=eur(9)), TALKED),
    )
    first = deal("first", value=eur(4), notes=(LONG_AGO, said("2026-11-18", value=eur(4)), TALKED))
    less = deal(
        "less",
        value=eur(2),
        notes=(said("2026-11-01", value=eur(5)), said("2026-11-18", value=eur(2)), TALKED),
    )
    one = week(grown, first, less)
    assert [(c.deal.id, c.before, c.after) for c in one.happened["grown"]] == [
        ("first", None, eur(4)), ("grown", eur(5), eur(9)),
    ]  # fmt: skip
    assert steps(one.open) == {"grown": "8EUR", "shrunk": "-3EUR"}
    assert (one.open.then, one.open.now) == (Totals((eur(10),), 2, 3), Totals((eur(15),), 3, 3))


def test_a_value_in_another_currency_left_in_the_one_and_came_in_the_other() -> None:
    notes = (said("2026-11-01", value=eur(5, "CHF")), said("2026-11-18", value=eur(7)), TALKED)
    one = week(deal("a", value=eur(7), notes=notes))
    assert told(one.happened["grown"][0].deal) == {"grown": ["a"], "shrunk": ["a"]}
    assert steps(one.open) == {"grown": "7EUR", "shrunk": "-5CHF"}


def test_all_is_at_the_rate_of_today() -> None:
    notes = (
        said("2026-11-01", value=eur(10, "USD")),
        said("2026-11-18", value=eur(20, "USD")),
        TALKED,
    )
    assert steps(week(deal("a", value=eur(20, "USD"), notes=notes)).open) == {"grown": "9.0EUR"}


def test_what_is_won_counts_with_the_value_it_was_won_with() -> None:
    notes = (
        said("2026-11-01", value=eur(5)),
        said("2026-11-18", value=eur(8)),
        entered("2026-11-18", WON),
        said("2026-11-19", value=eur(99)),
    )
    fall = week(deal("a", WON, notes, value=eur(99))).open
    assert steps(fall) == {"grown": "3EUR", "won": "-8EUR"}


def closing(
    id: str, before: str | None, after: str | None, stage: Stage = LEAD, *more: Note
) -> Deal:
    notes = [LONG_AGO, entered("2026-01-03", LEAD)]
    if before:
        notes.append(said("2026-11-01", close=day(before)))
    if after != before:
        notes.append(said("2026-11-18", close=after and day(after)))
    if stage is not LEAD:
        notes.append(entered("2026-11-19", stage))
    return deal(id, stage, (*notes, TALKED), value=eur(5), close=after and day(after))


def test_closes_slip_and_move_up() -> None:
    one = week(
        closing("late", "2026-12-01", "2026-12-09"), closing("early", "2026-12-09", "2026-12-01")
    )
    assert [(c.deal.id, c.before, c.after) for c in one.happened["slipped"]] == [
        ("late", day("2026-12-01"), day("2026-12-09"))
    ]
    assert [c.deal.id for c in one.happened["sooner"]] == ["early"]
    assert steps(one.closing) == steps(one.open) == {}


@pytest.mark.parametrize(
    ("before", "after", "stage", "made"),
    [
        ("2026-12-31", "2027-01-01", LEAD, {"pushed-out": "-5EUR"}),
        ("2027-01-01", "2026-12-31", LEAD, {"pulled-in": "5EUR"}),
        (None, "2026-12-31", LEAD, {"pulled-in": "5EUR"}),
        ("2026-03-01", "2026-12-31", LEAD, {}),
        ("2027-01-01", "2027-02-01", LEAD, {}),
        ("2027-01-01", "2027-01-01", WON, {"pulled-in": "5EUR", "won": "-5EUR"}),
        (None, None, WON, {"pulled-in": "5EUR", "won": "-5EUR"}),
        ("2026-12-01", "2026-12-01", WON, {"won": "-5EUR"}),
        ("2026-12-01", "2027-12-01", LOST, {"lost": "-5EUR"}),
        ("2027-01-01", "2026-12-01", LOST, {}),
        ("2027-01-01", "2027-01-01", LOST, {}),
        ("2026-12-01", "2026-12-01", PARKED, {"parked": "-5EUR"}),
    ],
)
def test_what_closes_by_the_end_of_the_quarter(
    before: str | None, after: str | None, stage: Stage, made: dict[str, str]
) -> None:
    one = week(closing("a", before, after, stage))
    assert one.closing.until == day("2026-12-31")
    assert steps(one.closing) == made


def test_the_quarter_is_of_the_fiscal_year() -> None:
    made = journal(schema=replace(SCHEMA, fiscal_year_starts=2))
    assert changes(Insights(made, TODAY)).quarter.last == day("2027-01-31")


def test_silence_is_told_where_it_began_and_where_it_ended() -> None:
    silent = deal("silent", notes=(note("2026-10-25", "call", "jane-roe"),))
    heard = deal("heard", notes=(LONG_AGO, TALKED))
    still = deal("still", notes=(LONG_AGO,))
    over = deal("over", LOST, (LONG_AGO, entered("2026-11-18", LOST)))
    assert told(silent, heard, still, over) == {
        "gone-silent": ["silent"],
        "heard-again": ["heard"],
        "lost": ["over"],
    }


def _life(draw: random.Random, id: str) -> Deal:
    """A deal to which things happen at random, in two currencies, one of which has no rate."""
    begin = TODAY - dt.timedelta(draw.randint(1, 150))
    days = sorted(
        begin + dt.timedelta(draw.randint(0, (TODAY - begin).days))
        for _ in range(draw.randint(0, 7))
    )
    held: dict[str, object] = {}
    stage, notes = LEAD, [note(begin.isoformat(), "call"), entered(begin.isoformat(), LEAD)]
    for one in days:
        what = draw.choice(["stage", "stage", "value", "close"])
        if what == "stage":
            stage = draw.choice(PIPELINE.stages)
            notes.append(entered(one.isoformat(), stage))
        else:
            value = eur(draw.randint(-3, 90), draw.choice(["EUR", "EUR", "CHF", "USD"]))
            held[what] = value if what == "value" else TODAY + dt.timedelta(draw.randint(-40, 120))
            notes.append(said(one.isoformat(), **{what: held[what]}))
    return deal(id, stage, tuple(notes), **held, next=planned("2026-12-01"))


def _worth(insights: Insights, on: dt.date, until: dt.date | None) -> Counter[str]:
    """What open deals were worth on a day, at today's rates: worked out by itself."""
    worth: Counter[str] = Counter()
    for one in as_of(insights.journal, on).deals:
        is_in = until is None or (one.close is not None and one.close <= until)
        if one.stage.is_open and one.value and is_in:
            money = totals.convert(one.value, insights.journal.schema, insights.today)
            worth[money.currency] += money.amount  # type: ignore[assignment] # decimals count too
    return Counter({code: amount for code, amount in worth.items() if amount})


def _balanced(insights: Insights) -> None:
    for since in changes(insights).spans:
        for fall in (since.open, since.closing):
            level = _worth(insights, since.since, fall.until)
            end = _worth(insights, insights.today, fall.until)
            for sums, expected in ((fall.then, level), (fall.now, end)):
                assert {m.currency: m.amount for m in sums.lines if m.amount} == dict(expected)
            for step in fall.steps:
                for line in step.value.lines:
                    level[line.currency] += line.amount  # type: ignore[assignment]
            assert {code: amount for code, amount in level.items() if amount} == dict(end)


@pytest.mark.parametrize("seed", range(12))
def test_it_always_balances(seed: int) -> None:
    draw = random.Random(seed)
    made = journal(*[_life(draw, f"d{n}") for n in range(60)])
    _balanced(Insights(made, TODAY))
    insights = Insights(made, TODAY)
    one = changes(insights).spans[2]
    won = {
        d.id
        for d in made.deals
        if (end := history.outcome(d)) and end.is_won and end.day and end.day > one.since
    }
    assert {c.deal.id for c in one.happened["won"]} == won


@pytest.mark.parametrize("seed", range(3))
def test_recomputed_from_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(dict(files)), lambda: STORY_DAY)
    assert loaded.journal is not None
    insights = Insights(loaded.journal, STORY_DAY)
    _balanced(insights)
    for since in changes(insights).spans:
        new, moved = set(), set()
        for one in raw(files, "deals"):
            days = [n.date for n in one.notes]
            began = min(
                [dt.date.fromisoformat(one.front["created"])] if "created" in one.front else days,
                default=None,
            )
            began = min([began, *days]) if began else None
            if began and began > since.since:
                new.add(one.id)
            stages = [n.stage for n in one.notes if n.stage and n.date <= since.since]
            now = [n.stage for n in one.notes if n.stage]
            if began and began <= since.since and now and stages and stages[-1] != now[-1]:
                moved.add(one.id)
        assert {c.deal.id for c in since.happened["new"]} == new
        whats = [
            w
            for w in WHATS
            if w in {"moved-on", "moved-back", "woken", "reopened", "parked", "won", "lost"}
        ]
        assert moved <= {c.deal.id for what in whats for c in since.happened[what]} | _kept(
            loaded.journal.deals
        )


def _kept(deals: tuple[Deal, ...]) -> set[str]:
    """Deals that were won, and are parked since: to sums they are what they were."""
    return {d.id for d in deals if d.stage.type.value == "parked" and history.outcome(d)}
