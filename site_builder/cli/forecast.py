"""``dealog forecast``: what the open deals are expected to bring, and how sure that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click
from rich import box
from rich.table import Table
from rich.text import Text

from site_builder.cli.asking import Asking, Words, asked, looked_at
from site_builder.cli.exits import exit_for
from site_builder.cli.options import format_option, horizon_option, rev_option, today_option
from site_builder.cli.printing import has_ascii_alone, out, say
from site_builder.cli.sheets import console
from site_builder.exchange import facts
from site_builder.forecast.backtest import HORIZON, NAMES
from site_builder.forecast.choice import Choice
from site_builder.forecast.figures import Forecast, OpenDeal, Period
from site_builder.forecast.figures import forecast as figures
from site_builder.insights.insights import Insights
from site_builder.problems.counting import count, grouped
from site_builder.problems.terminal import printable
from site_builder.query.records import meant_alone

_PERIODS = {"quarter": "periods", "month": "months", "year": "years"}


@click.command(cls=Asking)
@click.argument("words", nargs=-1, metavar="[QUERY]…", type=Words())
@click.option(
    "--by",
    type=click.Choice(list(_PERIODS)),
    default="quarter",
    show_default=True,
    help="Which periods.",
)
@horizon_option(HORIZON)
@format_option("table", "json", help="How to print it.")
@rev_option
@today_option
@click.pass_obj
def forecast(
    folder: Path,
    words: Sequence[str],
    by: str,
    horizon: int,
    shape: str,
    rev: str | None,
    today: dt.date | None,
) -> None:
    """Print what each period has won and will bring.

    Of each open deal also how probable it is that it is won within the horizon: `dealog forecast
    owner:maria`.

    Probabilities are those of the estimator that was right most in the past, by pipeline: see
    `dealog backtest`, and `probability-from` in pipeline.yml. docs/forecast.md says how. Exits with
    1 if the journal has errors, which may keep deals out of it.
    """
    loaded, insights = looked_at(folder, today, rev)
    if words:
        insights = meant_alone(insights, asked(words, insights))
    found = figures(insights, horizon)
    if shape == "json":
        out(facts.as_json(_told(found, insights, by), in_ascii=has_ascii_alone()) + "\n")
    else:
        _print(found, getattr(found, _PERIODS[by]))
    say(f"{count(len(found.deals), 'open deal')}, as of {insights.today}.")
    exit_for(loaded.findings, strict=False)


def _told(found: Forecast, insights: Insights, by: str) -> Mapping[str, facts.Json]:
    """The figures for other programs: ``periods`` are those that were asked for."""
    said = facts.as_of(insights.today, found)
    return {**said, "periods": said[_PERIODS[by]]}


def _print(found: Forecast, periods: Iterable[Period]) -> None:
    for choice in found.choices:
        console().print(Text(printable(_why(choice))))
    drawn = _table(
        "", "open", "by stage", "own", "learned", "won", "P10", "P50", "P90", "target", "chance"
    )
    for one in periods:
        drawn.add_row(one.period, *_cells(one))
    for name, one in (
        ("overdue", found.overdue),
        ("undated", found.undated),
        ("later", found.later),
    ):
        if one.deals:
            drawn.add_row(name, *_cells(one))
    console().print(drawn)
    if found.deals:
        console().print(_deals(found.deals, found.horizon_days))


def _table(*names: str) -> Table:
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    drawn.add_column(names[0], no_wrap=True)
    for name in names[1:]:
        drawn.add_column(name, justify="right")
    return drawn


def _cells(one: Period) -> tuple[str, ...]:
    amounts = (one.open, *one.weighted, one.won, one.p10, one.p50, one.p90, one.target)
    return (*map(_amount, amounts), _percent(one.chance))


def _deals(deals: Iterable[OpenDeal], horizon: int) -> Table:
    drawn = _table(
        "deal", "value", "close", "stage", "own", f"{horizon} days", "eventually", "n", "counts"
    )
    for one in deals:
        drawn.add_row(
            Text(printable(one.id.id)),
            _amount(one.value),
            str(one.close or ""),
            *(_percent(None if said is None else float(said)) for said in one.probability),
            _percent(one.within["eventually"]),
            grouped(one.n),
            one.used or "",
        )
    return drawn


def _amount(amount: str | None) -> str:
    return "" if amount is None else grouped(round(float(amount)))


def _percent(chance: float | None) -> str:
    return "" if chance is None else f"{chance:.0%}"


def _why(choice: Choice) -> str:
    """Whose probabilities count, and why."""
    name, first = choice.pipeline.name, NAMES[choice.order[0]]
    if choice.why == "said":
        return f"{name}: {first}, as pipeline.yml says."
    if choice.why == "too-little":
        usual = f"{first}, or else {NAMES[choice.order[1]]}"
        return f"{name}: {usual}, for {count(choice.n, 'past forecast')} are too few to choose by."
    scores = ", ".join(f"{NAMES[one]} {brier:.3f}" for one, brier in choice.briers.items())
    best = f"{first} did best in {count(choice.n, 'past forecast')}"
    return f"{name}: {best} (Brier scores, 0 is best: {scores})."
