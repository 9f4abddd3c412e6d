"""The start page: what is open and expected, what needs attention, where to go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from heapq import nlargest
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from site_builder import formats, totals
from site_builder.forecast.outlook import outlook
from site_builder.forecast.periods import Period, quarter_of, year_of
from site_builder.ledger import Ledger, Standing, ended_on
from site_builder.model import Contact, Deal, Pipeline, Target
from site_builder.states import Outcome, moments
from site_builder.totals import Totals
from site_builder.views import coverage, expectation
from site_builder.views.attention import Group, attention
from site_builder.views.board import expected, unexpected
from site_builder.views.forecast_rows import share_of
from site_builder.views.notes import kind_text
from site_builder.views.parts import (
    Link,
    board_page,
    note_path,
    stage_page,
    subject_link,
)

SHOWN = 8
"""How many of the deals won are listed."""
RECENT = 12
"""How many notes of the journal are listed."""


class StageRow(NamedTuple):
    """An open stage: what is in it; ``share`` is the bar's length, 0 to 100."""

    name: str
    path: str
    deals: str
    value: str
    expected: str
    share: str


@dataclass(frozen=True, slots=True)
class PipelineRows:
    """The open stages of one pipeline, and their sums. ``unexpected`` says what is in no
    expected sum."""

    name: str
    path: str
    stages: tuple[StageRow, ...]
    count: str
    value: str
    expected: str
    unexpected: str


class Won(NamedTuple):
    """What was won in a period beside its target; ``share`` as in StageRow. ``path`` leads to
    its deals, if there are any."""

    period: str
    path: str
    deals: str
    won: str
    target: str
    share: str
    percent: str


class Recent(NamedTuple):
    """A note, anywhere in the journal."""

    day: str
    day_text: str
    kind: str
    home: Link
    headline: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What the start page shows."""

    answer: tuple[Link, ...]
    attention: tuple[Group, ...]
    pipelines: tuple[PipelineRows, ...]
    won: tuple[Won, ...]
    won_deals: tuple[Standing, ...]
    won_more: Link
    recent: tuple[Recent, ...]
    empty: bool


def overview(ledger: Ledger) -> Overview:
    """The start page of the ledger's journal."""
    every = _every_won(ledger)
    won = _won_deals(every, ledger)
    return Overview(
        _answer(ledger),
        tuple(attention(ledger)),
        tuple(_pipeline(p, ledger) for p in ledger.journal.schema.pipelines),
        tuple(_won(period, every, ledger) for period in _periods(ledger)),
        won[:SHOWN],
        _won_more(won, ledger),
        _recent(ledger),
        not ledger.journal.deals,
    )


def _every_won(ledger: Ledger) -> list[Standing]:
    """All that is won, with the value of that day, where it is parked by now too."""
    return [
        _when_won(one, one.outcome, ledger) if one.was_won else one
        for one in ledger.standings.values()
        if one.outcome and one.outcome.is_won
    ]


def _when_won(one: Standing, won: Outcome, ledger: Ledger) -> Standing:
    value = formats.money(won.value) if won.value else ""
    worth = totals.worth(one.deal, won, ledger.journal.schema, ledger.today)
    return one._replace(value=value, worth=worth)


def _open(ledger: Ledger) -> list[Standing]:
    return [one for one in ledger.standings.values() if one.deal.stage.is_open]


def _answer(ledger: Ledger) -> tuple[Link, ...]:
    """What is open, and what is expected by the end of the quarter, as the forecast says."""
    deals = _open(ledger)
    if not ledger.journal.deals:
        return ()
    schema = ledger.journal.schema
    worth = ledger.total([one.worth for one in deals])
    if not worth.lines:
        return (Link(f"{formats.count(len(deals), 'deal')} open", "deals.html"),)
    value = coverage.amounts(worth, schema, formats.compact)
    lack = f" ({coverage.lacking(worth)})" if worth.missing else ""
    opened = Link(f"{value} open in {coverage.deals(worth)}{lack}", "deals.html")
    return (opened, *_coming(ledger))


def _coming(ledger: Ledger) -> Iterator[Link]:
    """What is expected by the end of the quarter, and what has no day to come."""
    schema = ledger.journal.schema
    quarter = quarter_of(ledger.today, schema.fiscal_year_starts)
    look = outlook(ledger.journal, ledger.today)
    end = formats.month(quarter.last).split()[0]
    for text, label in expectation.expected(look, quarter, end, schema, ledger.total):
        anchor = "" if label == quarter.label else f"#in-{label}"
        yield Link(text, f"forecast.html{anchor}", ", ")


def _pipeline(pipeline: Pipeline, ledger: Ledger) -> PipelineRows:
    stages = [stage for stage in ledger.stages_of(pipeline) if stage.is_open]
    deals = {s.id: ledger.by_stage.get((pipeline.id, s.id), ()) for s in stages}
    worth = {id: _worth(found, ledger) for id, found in deals.items()}
    home = ledger.journal.schema.currency
    sizes = {id: sums.in_currency(home) for id, sums in worth.items()}
    largest = max(sizes.values(), default=Decimal(0))
    every = tuple(chain.from_iterable(deals.values()))
    return PipelineRows(
        pipeline.name,
        board_page(pipeline.id),
        tuple(
            StageRow(
                stage.name,
                stage_page(pipeline.id, stage.id),
                formats.grouped(len(deals[stage.id])),
                _text(worth[stage.id], ledger),
                _expected(deals[stage.id], ledger),
                _share(sizes[stage.id], largest),
            )
            for stage in stages
        ),
        formats.grouped(len(every)),
        _text(_worth(every, ledger), ledger),
        _expected(every, ledger),
        unexpected(every),
    )


def _worth(deals: Iterable[Standing], ledger: Ledger) -> Totals:
    return ledger.total([one.worth for one in deals])


def _expected(deals: Iterable[Standing], ledger: Ledger) -> str:
    return _text(ledger.total(map(expected, deals)), ledger)


def _text(sums: Totals, ledger: Ledger) -> str:
    """A sum and how many deals it covers, or nothing where none has a value."""
    text = coverage.amounts(sums, ledger.journal.schema) + coverage.beside(sums)
    return text if sums.lines else ""


def _share(amount: Decimal, whole: Decimal) -> str:
    """A part of a whole as 0 to 100, for the length of a bar."""
    if whole <= 0 or amount <= 0:
        return "0"
    return f"{min(Decimal(100), amount * 100 / whole):.1f}"


def _periods(ledger: Ledger) -> tuple[Period, Period]:
    starts = ledger.journal.schema.fiscal_year_starts
    return quarter_of(ledger.today, starts), year_of(ledger.today, starts)


def _won(period: Period, every: Sequence[Standing], ledger: Ledger) -> Won:
    schema = ledger.journal.schema
    deals = _won_in(period, every)
    won = ledger.total([one.worth for one in deals])
    target = next((t for t in schema.targets if _is_team_target(t, period)), None)
    share = share_of(target.money, won, schema, period.counted_on(ledger.today)) if target else None
    return Won(
        period.label,
        f"forecast.html#in-{period.label}" if deals else "",
        "; ".join(filter(None, (coverage.deals(won), coverage.lacking(won), _undated(every)))),
        coverage.amounts(won, schema) if won.lines or not deals else "no value",
        formats.rounded(target.money) if target else "",
        _share(share or Decimal(0), Decimal(1)),
        "" if share is None else formats.percent(share),
    )


def _undated(won: Sequence[Standing]) -> str:
    """Won deals that count in no period, for nothing says when they were won."""
    count = sum([ended_on(one) is None for one in won])
    return f"{formats.grouped(count)} more won nobody knows when" if count else ""


def _won_in(period: Period, every: Sequence[Standing]) -> list[Standing]:
    return [one for one in every if (day := ended_on(one)) is not None and day in period]


def _is_team_target(target: Target, period: Period) -> bool:
    return target.person is None and target.period == period.label


def _won_deals(every: Sequence[Standing], ledger: Ledger) -> tuple[Standing, ...]:
    """The deals won this quarter, the last first."""
    found = _won_in(_periods(ledger)[0], every)
    found.sort(key=lambda one: (ended_on(one) or dt.date.min, one.deal.id), reverse=True)
    return tuple(found)


def _won_more(won: Sequence[Standing], ledger: Ledger) -> Link:
    quarter = _periods(ledger)[0]
    rest = len(won) - SHOWN
    return (
        Link(f"{formats.grouped(rest)} more", f"forecast.html#in-{quarter.label}")
        if rest > 0
        else Link("")
    )


def _recent(ledger: Ledger) -> tuple[Recent, ...]:
    """The newest notes of the whole journal."""
    written = [subject for subject in ledger.journal.subjects if subject.notes]
    last = nlargest(RECENT, [subject.notes[-1].date for subject in written])
    since = last[-1] if len(last) == RECENT else dt.date.min  # there are enough since then
    found = [
        (moment, subject.path, place, subject)
        for subject in written
        if subject.notes[-1].date >= since
        for place, moment in list(enumerate(moments(subject.notes)))[-RECENT:]
    ]
    newest = nlargest(RECENT, found, key=itemgetter(0, 1, 2))
    return tuple(_recent_note(subject, place, ledger) for _, _, place, subject in newest)


def _recent_note(subject: Deal | Contact, place: int, ledger: Ledger) -> Recent:
    note = subject.notes[place]
    return Recent(
        note.date.isoformat(),
        formats.short_day(note.date),
        kind_text(note, subject, ledger),
        Link(subject_link(subject).text, note_path(subject, note)),
        ledger.named(note.headline),
    )
