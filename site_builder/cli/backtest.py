"""``dealog backtest``: how right forecasts would have been."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click
from rich import box
from rich.table import Table

from site_builder.cli.answers import Question, answer
from site_builder.cli.exits import exit_for
from site_builder.cli.options import (
    format_option,
    horizon_option,
    no_cache_option,
    rev_option,
    today_option,
)
from site_builder.cli.printing import has_ascii_alone, out, say
from site_builder.cli.sheets import console
from site_builder.exchange import facts
from site_builder.forecast.backtest import HORIZON, Backtest
from site_builder.forecast.lessons import FORM
from site_builder.forecast.lessons import backtest as tested
from site_builder.forecast.scores import NAMES
from site_builder.problems.counting import count, grouped


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
    question = Question(folder, today, rev, no_cache, "backtest", (horizon,))
    journal, found = answer(question, lambda insights: tested(insights, horizon), FORM)
    if shape == "json":
        out(facts.as_json(facts.as_of(journal.today, found), in_ascii=has_ascii_alone()) + "\n")
    else:
        _print(found)
    say(f"{count(len(found.snapshots), 'month end')}, as of {journal.today}.")
    exit_for(journal, strict=False)


def _print(found: Backtest) -> None:
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    drawn.add_column("forecast by")
    for name in ("brier", "log loss", "expected", "won", "forecasts"):
        drawn.add_column(name, justify="right")
    for name, score in found.predictors.items():
        if score.brier is not None and score.log_loss is not None:
            drawn.add_row(
                NAMES[name],
                f"{score.brier:.3f}",
                f"{score.log_loss:.3f}",
                grouped(round(score.expected)),
                grouped(score.actual),
                grouped(score.n),
            )
    console().print(found.verdict, style="bold")
    if found.n:
        console().print(drawn)
        _print_bins(found)


def _print_bins(found: Backtest) -> None:
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, title=f"By tenths: {NAMES['learned']}")
    for name in ("said", "on average", "came true", "forecasts"):
        drawn.add_column(name, justify="right")
    for one in found.reliability:
        if one.predictor == "learned":
            said = f"{one.low:.0%} to {one.high:.0%}"
            drawn.add_row(said, f"{one.expected:.0%}", f"{one.actual:.0%}", grouped(one.n))
    if drawn.rows:
        console().print(drawn)
