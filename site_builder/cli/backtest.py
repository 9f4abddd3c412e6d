"""``dealog backtest``: how right forecasts would have been."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import NamedTuple

import click
from rich import box
from rich.table import Table
from rich.text import Text

from site_builder.cli.answers import Question, answer
from site_builder.cli.exits import exit_beside
from site_builder.cli.options import (
    format_option,
    horizon_option,
    no_cache_option,
    rev_option,
    today_option,
)
from site_builder.cli.printing import has_ascii_alone, out, say
from site_builder.cli.sheets import Narrow, console, print_fitting
from site_builder.exchange import facts
from site_builder.files.plain import Form
from site_builder.forecast.backtest import Backtest, Snapshot, Verdict
from site_builder.forecast.counted import Counted
from site_builder.forecast.drift import Drift
from site_builder.forecast.estimators import HORIZON, NAMES
from site_builder.forecast.lessons import Lessons
from site_builder.forecast.scores import Bin, Score, Value
from site_builder.insights.insights import Insights
from site_builder.insights.share import Share
from site_builder.journal.money import NO_CURRENCY, Money
from site_builder.markup.formats import compact
from site_builder.pages import forecast_bins
from site_builder.pages.forecast_belief_words import chosen_words, drift_words
from site_builder.pages.forecast_signals import counted_words
from site_builder.pages.sheet import sure
from site_builder.problems.counting import count, grouped
from site_builder.problems.terminal import printable

_VALUES = "value\nexpected", "\ncame", "of"
"""In the journal's currency, and of how many forecasts, where that is not of all."""


class _Said(NamedTuple):
    """The past forecasts, their drift at all horizons, whose probabilities count where that is told
    by pipeline, and the names of the pipelines by id."""

    backtest: Backtest
    drift: tuple[Drift, ...] = ()
    chosen: str = ""
    names: Mapping[str, str] = {}


_FORM = Form((_Said, Drift, Backtest, Verdict, Counted, Snapshot, Score, Value, Bin))


@click.command()
@horizon_option(HORIZON)
@format_option("table", "json", help="How to print it.")
@rev_option
@no_cache_option
@today_option
@click.pass_obj
def backtest(
    folder: Path,
    horizon: int,
    shape: str,
    rev: str | None,
    no_cache: bool,
    today: dt.date | None,
) -> None:
    """Score the forecasts that the journal's past would have given.

    At each past month end, with only what was dated before, every open deal gets a probability to
    be won within the horizon: by the base rate, by even odds, by its stage's percentage, by its
    owner's estimate, and by what the journal's history had taught by then. docs/forecast.md says
    how. Exits with 1 if the journal has errors, which may keep deals out of it.
    """
    question = Question(folder, today, rev, no_cache, "backtest", (horizon, shape))
    is_table = shape == "table"

    def made(insights: Insights) -> _Said:
        lessons = Lessons(insights)
        found = lessons.backtest(horizon)
        if not is_table:
            return _Said(found)
        names = {one.id: one.name for one in insights.journal.schema.pipelines}
        return _Said(found, lessons.drifts, chosen_words(lessons.choices.values()), names)

    journal, said = answer(question, made, _FORM)
    found = said.backtest
    if shape == "json":
        told = {**facts.as_of(journal.today, found), "verdict": str(found.verdict)}
        out(facts.as_json(told, in_ascii=has_ascii_alone()) + "\n")
    else:
        _print(said)
    say(f"{count(len(found.snapshots), 'month end')}, as of {journal.today}.")
    exit_beside(journal)


def _print(said: _Said) -> None:
    found = said.backtest
    console().print(str(found.verdict), style="bold")
    if not found.n:
        return
    if said.chosen:
        console().print(Text(printable(said.chosen)))
    _print_counted(found, said.names)
    print_fitting(partial(_scores, found))
    if words := drift_words(said.drift, found.horizon_days):
        console().print(Text(words))
    _print_bins(found)


def _scores(found: Backtest, narrow: Narrow) -> Table:
    scores = found.predictors.values()
    values = 2 * any(one.value.n for one in scores)
    values += any(one.value.n not in (0, one.n) for one in scores)
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 0 if narrow else 1))
    drawn.add_column("forecast by")
    names = ("brier", "log\nloss", "wins\nexpected", "\ncame", "n")
    for name in (*names, *_VALUES[:values]):
        drawn.add_column(name, justify="right")
    for name, score in found.predictors.items():
        if score.brier is not None and score.log_loss is not None:
            drawn.add_row(NAMES[name], *_cells(score), *_of_value(score.value)[:values])
    return drawn


def _cells(score: Score) -> Iterable[str]:
    return (
        f"{score.brier:.3f}",
        f"{score.log_loss:.3f}",
        grouped(round(score.expected)),
        grouped(score.actual),
        grouped(score.n),
    )


def _of_value(found: Value) -> tuple[str, ...]:
    """What was expected and came in money, and of how many forecasts that had a value then."""
    if found.expected is None or found.actual is None:
        return "", "", "0"
    amounts = (compact(Money(Decimal(one), NO_CURRENCY)) for one in (found.expected, found.actual))
    return *amounts, grouped(found.n)


def _print_counted(found: Backtest, names: Mapping[str, str]) -> None:
    """What notes tell beside stage and time, of each pipeline."""
    for one in found.signals:
        of = f"{names[one.pipeline]}: " if len(found.signals) > 1 else ""
        console().print(Text(printable(f"{of}{counted_words(one)}")))


def _print_bins(found: Backtest) -> None:
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=f"By tenths: {NAMES['learned']}")
    for name in ("said", "on average", "came true", "how sure", "forecasts"):
        drawn.add_column(name, justify="right")
    for one in found.reliability:
        if one.predictor == "learned":
            came = f"{one.actual:.0%}", sure(Share(one.won, one.n))
            drawn.add_row(forecast_bins.said(one), f"{one.expected:.0%}", *came, grouped(one.n))
    if drawn.rows:
        console().print(drawn)
