"""``dealog forecast``: what the open deals are expected to bring, and how sure that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import click

from site_builder.cli.answers import Question, answer
from site_builder.cli.asking import Asking, Words, asked
from site_builder.cli.exits import exit_beside
from site_builder.cli.forecast_tables import PERIODS, Row, Tables, print_tables, tables_of
from site_builder.cli.options import (
    format_option,
    horizon_option,
    no_cache_option,
    rev_option,
    today_option,
)
from site_builder.cli.printing import has_ascii_alone, out, say
from site_builder.exchange import facts
from site_builder.files.plain import Form
from site_builder.forecast.arrivals import NotYet
from site_builder.forecast.estimators import HORIZON
from site_builder.forecast.figures import Forecast
from site_builder.forecast.figures import forecast as figures
from site_builder.forecast.figures_deals import Probability
from site_builder.forecast.figures_periods import Apart, Period, Weighted
from site_builder.forecast.landing import Moved
from site_builder.forecast.lessons import Lessons
from site_builder.forecast.used import has_ended
from site_builder.forecast.wins import Wins
from site_builder.insights.insights import Insights
from site_builder.pages.forecast_belief_words import UNPROVEN, drift_words
from site_builder.problems.counting import count
from site_builder.query.records import meant_alone


@click.command(cls=Asking)
@click.argument("words", nargs=-1, metavar="[QUERY]…", type=Words())
@click.option(
    "--by",
    type=click.Choice(list(PERIODS)),
    default="quarter",
    show_default=True,
    help="Which periods.",
)
@horizon_option(HORIZON)
@format_option("table", "json", help="How to print it.")
@rev_option
@no_cache_option
@today_option
@click.pass_obj
def forecast(
    folder: Path,
    words: Sequence[str],
    by: str,
    horizon: int,
    shape: str,
    rev: str | None,
    no_cache: bool,
    today: dt.date | None,
) -> None:
    """Print what each period has won and will bring.

    Of each open deal also how probable it is that it is won within the horizon: `dealog forecast
    owner:maria`.

    Probabilities are those of the estimator that was right most in the past, by pipeline: see
    `dealog backtest`, and `probability-from` in pipeline.yml. docs/forecast.md says how. Exits with
    1 if the journal has errors, which may keep deals out of it.
    """
    in_ascii = has_ascii_alone()
    about = (tuple(words), by, horizon, shape, in_ascii)

    def made(insights: Insights) -> _Said:
        if words:
            insights = meant_alone(insights, asked(words, insights))
        found = figures(insights, horizon)
        text = "" if shape == "table" else facts.as_json(_told(found, insights, by), in_ascii)
        proof = _proof(insights) if shape == "table" else ""
        tables = tables_of(found, by, proof) if shape == "table" else None
        return _Said(len(found.deals), text, tables)

    journal, said = answer(Question(folder, today, rev, no_cache, "forecast", about), made, _FORM)
    if said.tables is None:
        out(f"{said.text}\n")
    else:
        print_tables(said.tables)
    say(f"{count(said.open_deals, 'open deal')}, as of {journal.today}.")
    exit_beside(journal)


class _Said(NamedTuple):
    """How many deals are open, and what is said of them as a text for other programs, or else as
    tables."""

    open_deals: int
    text: str
    tables: Tables | None


_FORM = Form((_Said, Tables, Row, Period, Weighted, Apart, NotYet, Moved, Wins, Probability))


def _told(found: Forecast, insights: Insights, by: str) -> Mapping[str, facts.Json]:
    """The figures for other programs: ``periods`` are those that were asked for."""
    said = facts.as_of(insights.today, found)
    return {**said, "periods": said[PERIODS[by]]}


def _proof(insights: Insights) -> str:
    """How right such forecasts would have been."""
    if not has_ended(insights):
        return UNPROVEN
    lessons = Lessons(insights)
    verdict, drifted = lessons.backtest(HORIZON).verdict, drift_words(lessons.drifts)
    return " ".join(filter(None, (verdict.brief, drifted)))
