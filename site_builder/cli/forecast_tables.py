"""The tables that ``dealog forecast`` prints: the periods, and each open deal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from rich import box
from rich.table import Column, Table
from rich.text import Text

from site_builder.cli.sheets import Narrow, console, print_fitting
from site_builder.forecast.estimators import Choice
from site_builder.forecast.figures import Forecast
from site_builder.forecast.figures_deals import OpenDeal, Probability
from site_builder.forecast.figures_periods import Period
from site_builder.forecast.wins import Wins
from site_builder.journal.money import Money
from site_builder.markup.formats import compact, rounded
from site_builder.pages.forecast_apart import unrated
from site_builder.pages.forecast_belief_words import (
    coming_words,
    lacking_words,
    learned_percent,
    percent,
    scored,
    unplaced_words,
    until_words,
    why,
)
from site_builder.problems.counting import count, decimal, grouped
from site_builder.problems.terminal import printable

PERIODS = {"quarter": "periods", "month": "months", "year": "years"}
"""What a forecast calls the periods of a kind."""
_TENTHS = "P10", "P50", "P90"


class Row(NamedTuple):
    """An open deal, by its id."""

    deal: str
    value: str | None
    currency: str | None
    close: dt.date | None
    probability: Probability
    eventually: float | None
    n: int
    counts: str


class Tables(NamedTuple):
    """What is printed: whose probabilities count and why, how much that is proven, the periods,
    which deals are in none of them and of which nothing is learned, what is in none of their sums,
    what deals that are not in the journal yet have brought to such, and the open deals."""

    whys: tuple[str, ...]
    currency: str
    horizon: int
    periods: tuple[tuple[str, Period], ...]
    unplaced: str
    unlearned: str
    left_out: tuple[str, ...]
    not_yet: str
    deals: tuple[Row, ...]


def tables_of(found: Forecast, by: str, proof: str) -> Tables:
    """What is printed of a forecast, by quarter, month or year; ``proof`` says how right such ones
    would have been."""
    beside = (
        ("overdue", found.overdue),
        ("undated", found.undated),
        ("later", found.later),
    )
    periods: Sequence[Period] = getattr(found, PERIODS[by])
    rows = [(one.period or "", one) for one in periods]
    return Tables(
        (*map(_why, found.choices), proof),
        found.currency,
        found.horizon_days,
        (*rows, *[(name, one) for name, one in beside if one.deals]),
        _unplaced(periods, found.total.deals),
        _unlearned(found),
        (*_left_out(found), *unrated(found.total.apart)),
        coming_words(found.currency, periods),
        tuple(map(_row, found.deals, _whose(found))),
    )


def _unplaced(periods: Iterable[Period], of: int) -> str:
    """How many open deals no period to come has a part of, in a sentence; nothing where none."""
    out = max([one.unplaced for one in periods], default=0)
    return unplaced_words(out, of, "Periods to come lack") if out else ""


def _unlearned(found: Forecast) -> str:
    """Of how many open deals nothing is learned, and why; nothing where that is so of all, for
    none has ended: that is said already."""
    opened = {one.id.id for one in found.deals}
    lacks = [one.why for one in found.unlearned if one.id.id in opened]
    is_said = len(lacks) == len(opened) and {*lacks} == {"unended"}
    return "" if is_said else lacking_words(lacks, len(opened))


def _left_out(found: Forecast) -> Iterable[str]:
    """How many open deals are in no sum, and why."""
    total, omitted = found.total, len(found.omitted)
    if 0 < total.valued < total.deals:
        lacking = f"{grouped(total.deals - total.valued)} of {count(total.deals, 'open deal')}"
        yield f"{lacking} without a value: in no sum."
    if omitted:
        yield f"{count(omitted, 'more open deal')} of the category omitted: in no sum."


def _whose(found: Forecast) -> Iterable[str]:
    """Whose probability of each open deal counts; of what is omitted none does."""
    omitted = {deal.id for deal in found.omitted}
    return ["omitted" if one.id.id in omitted else one.used or "" for one in found.deals]


def _row(one: OpenDeal, counts: str) -> Row:
    amounts = one.value, one.currency, one.close
    return Row(one.id.id, *amounts, one.probability, one.within["eventually"], one.n, counts)


def print_tables(found: Tables) -> None:
    """Print them, as far as the terminal has room."""
    for line in found.whys:
        console().print(Text(printable(line)))
    print_fitting(partial(_periods, found))
    loose = [
        name
        for name, one in found.periods
        if not one.period and one.valued and one.weighted.learned
    ]
    if loose:
        console().print(Text(until_words(loose, found.horizon)))
    for line in filter(None, (found.unplaced, found.unlearned, *found.left_out)):
        console().print(Text(printable(line)))
    if found.not_yet:
        console().print(Text(printable(found.not_yet)))
    if found.deals:
        print_fitting(partial(_deals, found))


def _periods(found: Tables, narrow: Narrow) -> Table:
    rows = found.periods
    lacks = any(_lacks(one) for _, one in rows)
    if lacks and not any(_has_values(one) or one.target for _, one in rows):
        return _in_deals(rows, narrow)
    drawn = _table(
        narrow,
        *("", "open", "by\nstage", "own", "learned", "won", *_TENTHS),
        *(*["wins"] * lacks, "target", "chance"),
    )
    _break_percents(drawn.columns[-1:], len("chance"))
    for name, one in rows:
        cells = (_amount(amount, found.currency, narrow) for amount in _amounts(one))
        chance = "" if _lacks_all(one) else percent(one.chance)
        goal = _amount(one.target, found.currency, narrow)
        drawn.add_row(name, *cells, *[_wins(one.wins)] * lacks, goal, chance)
    return drawn


def _amounts(one: Period) -> Iterable[str | None]:
    """The sums of a period; none where no deal in them has a value."""
    opened = (None,) * 4 if one.deals and not one.valued else (one.open, *one.weighted)
    won = None if one.won_deals and not one.won_valued else one.won
    brings = (None,) * 3 if _lacks_all(one) else (one.p10, one.p50, one.p90)
    return *opened, won, *brings


def _has_values(one: Period) -> bool:
    """Whether a period has or will bring any amount."""
    is_moved = one.moved is not None and Decimal(one.moved.into) != 0
    return bool(one.valued or one.won_valued or is_moved)


def _lacks(one: Period) -> bool:
    """Whether any deal of a period has no value."""
    return one.valued < one.deals or one.won_valued < one.won_deals


def _lacks_all(one: Period) -> bool:
    """Whether nothing that a period has and will bring has a value, though deals are there."""
    return _lacks(one) and not _has_values(one)


def _in_deals(rows: Iterable[tuple[str, Period]], narrow: Narrow) -> Table:
    """The wins of periods, where no deal has a value."""
    drawn = _table(narrow, "deals, for none has a value", "open", "won", "expected", *_TENTHS)
    for name, one in rows:
        counts = grouped(one.deals), grouped(one.won_deals)
        wins = one.wins and (decimal(one.wins.expected), *map(grouped, one.wins[1:]))
        drawn.add_row(name, *counts, *(wins or ()))
    return drawn


def _wins(wins: Wins | None) -> str:
    """How many deals are won in eight of ten cases."""
    if wins is None:
        return ""
    return grouped(wins.p10) if wins.p10 == wins.p90 else f"{grouped(wins.p10)}–{grouped(wins.p90)}"


def _table(narrow: Narrow, *names: str) -> Table:
    """A table of which the first column alone is folded where there is no room."""
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 0 if narrow else 1))
    drawn.add_column(names[0], overflow="fold", min_width=len("2026-Q4"))
    for name in names[1:]:
        drawn.add_column(name, justify="right", no_wrap=True)
    return drawn


def _break_percents(columns: Iterable[Column], least: int) -> None:
    """Let `over 99%` stand in two lines where there is no room."""
    for column in columns:
        column.no_wrap, column.min_width = False, least


def _deals(found: Tables, narrow: Narrow) -> Table:
    drawn = _table(
        narrow,
        *("deal", "value", "close", "stage", "own", f"{found.horizon}\ndays", "eventually"),
        *("n", "counts"),
    )
    _break_percents(drawn.columns[3:6], len("under"))
    for one in found.deals:
        drawn.add_row(
            Text(printable(one.deal)),
            _value(one, found.currency, narrow),
            str(one.close or ""),
            *[percent(None if said is None else float(said)) for said in one.probability[:2]],
            learned_percent(one.probability.learned),
            learned_percent(one.eventually),
            grouped(one.n),
            one.counts,
        )
    return drawn


def _value(one: Row, currency: str, narrow: Narrow) -> str:
    """What a deal is worth, with its currency where that is not the journal's."""
    if one.value is None or narrow or one.currency == currency:
        return _amount(one.value, one.currency or "", narrow)
    return rounded(Money(Decimal(one.value), one.currency or ""))


def _amount(amount: str | None, currency: str, narrow: Narrow) -> str:
    if amount is None:
        return ""
    return compact(Money(Decimal(amount), currency)) if narrow else grouped(round(float(amount)))


def _why(choice: Choice) -> str:
    """Whose probabilities count, and why."""
    scores = f" (Brier scores, 0 is best: {scored(choice)})" if choice.briers else ""
    return f"{choice.pipeline.name}: {why(choice)}{scores}."
