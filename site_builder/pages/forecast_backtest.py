"""How much to believe the forecast: whose probabilities count, why, and how right they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from site_builder.forecast.backtest import Backtest
from site_builder.forecast.belief import Belief
from site_builder.forecast.drift import Drift
from site_builder.forecast.estimators import NAMES, Choice
from site_builder.forecast.scores import Bin, Value
from site_builder.insights.share import Share
from site_builder.journal.money import Money
from site_builder.markup import formats
from site_builder.markup.reliability import reliability
from site_builder.pages import forecast_bins
from site_builder.pages.context import Context
from site_builder.pages.forecast_belief_words import scored, why
from site_builder.pages.forecast_landing import beliefs, drifted
from site_builder.pages.forecast_people_said import people_sections
from site_builder.pages.forecast_replay import replay_sections
from site_builder.pages.forecast_signals import signals_sections
from site_builder.pages.forecast_slips import timing_sections
from site_builder.pages.forecast_sure import BELIEF
from site_builder.pages.sheet import (
    NOTHING,
    Cell,
    Column,
    Row,
    Section,
    Table,
    number,
    numbers,
    share_cell,
)
from site_builder.problems import counting

_SCORES = (
    "At each past month end every open deal gets its probability, with only what was dated by "
    "then; so many days later it is known what came. The Brier score is the mean squared "
    "difference: 0 is perfect, 0.25 is what a coin scores. `dealog backtest` prints this."
)
_AHEAD = (
    "By what your history has taught. About as many is less than a fifth more or fewer, or neither "
    "reaches 10."
)
_LOOK = " Where many more were expected than came, look whether what used to be true still is."
_BINS = (
    "Deals of which the forecast said the same, by tenths: where it is right, as many came true as "
    "it said, and the dots lie on the line. Larger dots are more forecasts. The range behind a "
    "share takes every forecast for a deal of its own; a deal counts at each month end at which it "
    "was open, so that shares are less sure than that."
)
_CHOICE = (
    "The estimator with the best Brier score 90 days ahead counts, for all periods, where 3 month "
    "ends are known, and at least 30 deals of which 10 were won, or 100 deals; `probability-from` "
    "in pipeline.yml settles it."
)


def answer(context: Context) -> str:
    """Whether history helps, and how many wins came of those that were expected."""
    return context.once(beliefs).backtest.verdict.brief


def rule(context: Context) -> str:
    """What says so; what counts in each pipeline stands in the first section."""
    return context.once(beliefs).backtest.verdict.proof


def sections(context: Context) -> Iterator[Section]:
    """All that is known of it."""
    found = context.once(beliefs)
    yield _choices(found)
    if found.backtest.n:
        yield _scores(found.backtest, context.journal.schema.currency)
        yield _drift(context.once(drifted))
        yield _reliability(found.backtest)
        yield from signals_sections(found.backtest, context.journal.schema)
    yield from timing_sections(found)
    yield from replay_sections(found.replays)
    yield from people_sections(found.people)


def _choices(found: Belief) -> Section:
    rows = tuple(map(_choice, found.choices))
    columns = (Column("Pipeline", is_number=False), Column("Counts", is_number=False),
               *numbers("Past forecasts"))  # fmt: skip
    table = Table("Whose probabilities count", columns, rows)
    return Section("counts", "Whose probabilities count", tables=(table,), rule=_CHOICE)


def _choice(choice: Choice) -> Row:
    scores = scored(choice)
    aside = f"Brier scores: {scores}" if scores else ""
    words = why(choice)
    told = Cell(words[0].upper() + words[1:], aside=aside)
    return Row(Cell(choice.pipeline.name), (told, number(choice.n)))


def _drift(found: Sequence[Drift]) -> Section:
    rows = tuple(
        Row(
            Cell(f"{one.days} days"),
            (
                Cell(counting.decimal(one.expected)),
                number(one.came),
                Cell(f"{one.far} than came" if one.far else "about as many"),
                number(one.n),
            ),
        )
        for one in found
    )
    was_true = any(one.came for one in found)
    rule = _AHEAD + _LOOK * (was_true and any(one.far.endswith("more") for one in found))
    columns = numbers("Ahead", "Expected wins", "Won", "Compared", "Forecasts")
    table = Table("Expected and won, by how far ahead", columns, rows)
    return Section("ahead", "Expected and won, by how far ahead", tables=(table,), rule=rule)


def _scores(found: Backtest, currency: str) -> Section:
    has_values = any(one.value.n for one in found.predictors.values())
    rows = tuple(
        Row(
            Cell(NAMES[name][0].upper() + NAMES[name][1:]),
            (
                Cell(f"{one.brier:.3f}"),
                Cell(f"{one.log_loss:.3f}"),
                Cell(counting.decimal(one.expected)),
                number(one.actual),
                number(one.n),
                *_of_value(one.value, currency) * has_values,
            ),
        )
        for name, one in found.predictors.items()
        if one.brier is not None and one.log_loss is not None
    )
    columns = numbers("Forecast by", "Brier score", "Log loss", "Expected wins", "Won", "Forecasts",
                      *("Value expected", "Value won", "With a value") * has_values)  # fmt: skip
    answer = f"{counting.count(found.horizon_days, 'day')} ahead"
    table = Table("How right each would have been", columns, rows)
    return Section(
        "scores", "How right each would have been", answer, tables=(table,), rule=_SCORES
    )


def _of_value(found: Value, currency: str) -> tuple[Cell, ...]:
    """What was expected and came in money, and of how many forecasts that had a value then."""
    if found.expected is None or found.actual is None:
        return NOTHING, NOTHING, number(0)
    expected, came = (
        formats.compact(Money(Decimal(one), currency)) for one in (found.expected, found.actual)
    )
    return Cell(expected), Cell(came), number(found.n)


def _reliability(found: Backtest) -> Section:
    bins = [one for one in found.reliability if one.predictor == "learned"]
    rows = tuple(map(_bin, bins))
    table = Table("By tenths", numbers("Said", "On average", "Came true"), rows)
    dots = [forecast_bins.dot(one, f"{BELIEF}#{_anchor(one)}") for one in bins]
    title = f"Whether {NAMES['learned']} came true as often as it said"
    return Section("reliability", title, drawing=reliability(dots), tables=(table,), rule=_BINS)


def _bin(one: Bin) -> Row:
    cells = (Cell(f"{one.expected:.0%}"), share_cell(Share(one.won, one.n)))
    return Row(Cell(forecast_bins.said(one)), cells, id=_anchor(one))


def _anchor(one: Bin) -> str:
    return f"from-{one.low * 100:.0f}"
