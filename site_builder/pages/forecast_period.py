"""The deals that a figure of the forecast is made of, on as many pages as they need: those of
a period, a person or a category, and those that the sums leave out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.forecast.expecting import Coming, Expecting
from site_builder.forecast.frame import Frame, frame
from site_builder.forecast.outlook import Bucket
from site_builder.insights import totals
from site_builder.insights.totals import Totals
from site_builder.markup import formats
from site_builder.pages import coverage
from site_builder.pages.context import Context
from site_builder.pages.forecast_deals import DealSide, sides
from site_builder.pages.forecast_each import first_page
from site_builder.pages.forecast_landing import expecting
from site_builder.pages.forecast_lists import DealList, lists
from site_builder.pages.forecast_rows import PeriodTable, reached, table_of
from site_builder.pages.forecast_sure import landing_words
from site_builder.pages.forecast_taught import InLists
from site_builder.pages.forecast_words import short
from site_builder.pages.links import Link, handover_path
from site_builder.pages.page import PageKind
from site_builder.problems import counting


@dataclass(frozen=True, slots=True)
class ForecastPeriod:
    """One page of a list. ``of`` are its deals, and ``figure`` is what the answer is worked out by,
    for scripts; ``lands`` says where a coming quarter will land. ``pages`` leads to all of them, if
    several; ``range`` then says which of the deals are here. A person's list begins with a table
    of their ``figures``. There are two ``sides`` where it has open and won deals. ``handover``
    leads to all else that is the person's, ``each`` to what is learned of deals at other times."""

    title: str
    of: str
    hint: str
    figure: str
    why: str
    answer: str
    lands: tuple[str, ...]
    path: str
    pages: tuple[Link, ...]
    range: str
    figures: PeriodTable | None
    sides: tuple[DealSide, ...]
    each: str
    handover: str


def forecast_period(context: Context, found: DealList, number: int = 1) -> ForecastPeriod:
    """Page ``number``, from 1, of a list of the forecast's deals."""
    made, every, paging = context.facts(frame), context.once(lists), found.paging
    expects = context.once(expecting)
    figures = table_of(found.person, made, every, expects) if found.person else None
    return ForecastPeriod(
        found.name,
        found.of,
        found.hint,
        "aside" if found.why else "coming-words" if found.bucket.period else "counted",
        found.why,
        _answer(found, made, expects),
        () if found.person else landing_words(context, found.bucket),
        found.path(number),
        paging.links(found.path),
        paging.range(number),
        figures if number == 1 else None,
        tuple(sides(found, number, made, every, InLists(context, made, found.bucket))),
        first_page(context),
        handover_path(found.person.id) if found.person else "",
    )


def _answer(found: DealList, frame: Frame, expects: Expecting) -> str:
    """What the list adds up to."""
    if found.why:
        return f"{_worth_of(found.bucket, frame)}: {found.why}."
    words = (
        in_words(found.bucket, frame, expects)
        if found.bucket.period
        else _counted(found.bucket, frame)
    )
    return f"{words}."


def in_words(bucket: Bucket, frame: Frame, expects: Expecting) -> str:
    """What a period has won and expects, by whose estimates, beside its target."""
    found, sums = expects.coming(bucket), frame.sums(bucket)
    won, expected = _worth(sums.won, len(bucket.won), frame), _expected(bucket, found, frame)
    if bucket.won and expected:
        is_sum = sums.won.lines and found.expected.lines
        make = f" make {short(found.whole, frame)}" if is_sum else ""
        words = f"{won} won and {expected}{make}"
    elif bucket.won:
        is_all = frame.is_current(bucket) and sums.won.lines
        words = f"{won} won{' and nothing expected' if is_all else ''}"
    else:
        words = expected or "nothing expected"
        words = f"nothing won yet, {words}" if frame.is_current(bucket) else words
    what = coverage.WEIGHT if found.is_valued else coverage.VALUE
    return f"{words}{_aim(bucket, frame, expects)}{coverage.explained(found.whole, what)}"


def _expected(bucket: Bucket, found: Coming, frame: Frame) -> str:
    """What is expected of open deals, and by whom; in wins where none of them has a value, and
    nothing where there are none."""
    if not found.deals:
        return ""
    more = "more " if bucket.won else ""
    if found.expected.lines:
        worth = short(found.expected, frame)
    else:
        wins = counting.decimal(found.wins)
        worth = f"{'no' if wins == '0.0' else wins} {more}wins"
    return f"{worth} expected {coverage.by_whom(found.by)}".rstrip()


def _worth(sums: Totals, deals: int, frame: Frame) -> str:
    """What so many deals are worth; how many they are, where none of them has a value."""
    return counting.count(deals, "deal") if deals and not sums.lines else short(sums, frame)


def _aim(bucket: Bucket, frame: Frame, expects: Expecting) -> str:
    target = frame.target(bucket.label)
    if target is None:
        return ""
    share = reached(bucket, target, frame, expects).share
    return f"{share and f', {share}'} of the {formats.compact(target)} targeted"


def _worth_of(bucket: Bucket, frame: Frame) -> str:
    """How many deals there are, and their value."""
    sums = frame.sums(bucket)
    both = totals.add([sums.open, sums.won], frame.schema)
    value = coverage.told(both, frame.schema)
    return ", ".join(filter(None, (counting.count(both.of, "deal"), value)))


def _counted(bucket: Bucket, frame: Frame) -> str:
    """How many deals are open and won, and what they are worth."""
    sums = frame.sums(bucket)
    opened = [f"{counting.count(sums.deals, 'deal')} open", _told(sums.open, frame)]
    by = coverage.by_owners([part.deal for part in bucket.parts])
    opened += [f"{_told(sums.by_own, frame)} {by}" if sums.by_own.lines else ""]
    won = [f"{counting.count(sums.won_deals, 'deal')} won", _told(sums.won, frame)]
    told = [opened] * bool(bucket.parts) + [won] * bool(bucket.won)
    return "; ".join(", ".join(filter(None, part)) for part in told) or "No deals"


def _told(sums: Totals, frame: Frame) -> str:
    return coverage.told(sums, frame.schema)


class _Key(NamedTuple):
    """Page ``number`` of a list."""

    found: DealList
    number: int


def _keys(context: Context) -> Iterator[_Key]:
    for found in context.once(lists).values():
        yield from (_Key(found, number) for number in found.paging.numbers)


PAGE = PageKind(
    "forecast_period",
    view=lambda context, key: forecast_period(context, *key),
    keys=_keys,
    path=lambda key: key.found.path(key.number),
    within="forecast",
    begins=("forecast-",),
)
