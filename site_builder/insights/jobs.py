"""The jobs that deals became: from the proposal to the delivery, and where the money was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.paper import (
    CENT,
    Balance,
    Late,
    Paper,
    due_on,
    is_unpaid_start,
    late,
    paid_since,
)
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.journal.note import Note

What = Literal["proposed", "invoiced", "paid", "work", "unpaid"]
"""What is so from one day to another: it is proposed, invoiced, or paid and not begun; or at work,
paid or ``unpaid``."""


class Phase(NamedTuple):
    """A stretch of days."""

    what: What
    since: dt.date
    days: int


class Job(NamedTuple):
    """A deal with paper: the days of its first proposal and invoice, since when half of what was
    invoiced was paid, when work began, and the last delivery. ``owed`` is what is not paid of the
    invoices, and ``overdue_since`` the day that the first of those was due. ``due`` is the day to
    come on which the delivery of a won deal is due that has none."""

    id: Deal
    proposed: dt.date | None
    invoiced: dt.date | None
    paid: dt.date | None
    began: dt.date | None
    delivered: dt.date | None
    unpaid_start: bool
    late: tuple[Late, ...]
    asked: tuple[Money, ...]
    got: tuple[Money, ...]
    owed: tuple[Money, ...]
    overdue_since: dt.date | None
    phases: tuple[Phase, ...]
    due: dt.date | None


def job(deal: Deal, paper: Paper, insights: Insights) -> Job:
    """The job of a deal with this paper."""
    schema = insights.journal.schema
    ended = insights.standings[deal.id].outcome
    balance = Balance(paper, schema)
    balance.count(paper.invoices, balance.asked)
    balance.count(paper.payments, balance.paid)
    days = _Days(
        _first(paper.proposals),
        _first(paper.invoices),
        paid_since(paper, schema),
        paper.work.date if paper.work else None,
        paper.deliveries[-1].date if paper.deliveries else None,
    )
    is_won = ended is not None and ended.is_won
    until = insights.today if ended is None or is_won else ended.day
    return Job(
        deal,
        *days,
        is_unpaid_start(paper, schema),
        tuple(late(paper, is_won, insights.today)),
        _monies(balance.asked),
        _monies(balance.paid),
        balance.owed,
        _overdue(paper, balance, insights.today),
        tuple(_phases(days, until or insights.today)),
        due_on(paper, is_won, insights.today),
    )


class _Days(NamedTuple):
    proposed: dt.date | None
    invoiced: dt.date | None
    paid: dt.date | None
    began: dt.date | None
    delivered: dt.date | None


def _first(notes: tuple[Note, ...]) -> dt.date | None:
    return notes[0].date if notes else None


def _monies(sums: dict[str, Decimal]) -> tuple[Money, ...]:
    return tuple([Money(sums[code], code) for code in sorted(sums)])


def _overdue(paper: Paper, balance: Balance, today: dt.date) -> dt.date | None:
    """When the first invoice that is not paid was due, if that day is over; payments are for the
    oldest invoices. None where amounts in several currencies leave that open."""
    if len(balance.asked) != 1 or balance.paid.keys() - balance.asked.keys():
        return None
    ((code, asked),) = balance.asked.items()
    paid = balance.paid.get(code, Decimal(0))
    if paid >= asked:  # also where no payment settled it, but a credit note
        return None
    left = paid + CENT
    for note in paper.invoices:
        if note.fields.amount is not None:
            left -= balance.same(note, note.fields.amount).amount
            if left < 0 and note.fields.due and note.fields.due < today:
                return note.fields.due
    return None


def _phases(days: _Days, until: dt.date) -> Iterator[Phase]:
    """What was so from the first day to the last: that of the last delivery, if the money is there
    by then, or else until when it came or has not come."""
    is_done = bool(days.delivered and days.paid)
    last = max(filter(None, (days.delivered, days.paid))) if is_done else until
    known = sorted({day for day in (*days, last) if day and day <= last})
    for what, stretch in groupby(pairwise(known), lambda pair: _what(days, pair[0])):
        pairs = list(stretch)
        if what:
            since, to = pairs[0][0], pairs[-1][1]
            yield Phase(what, since, (to - since).days)


def _what(days: _Days, on: dt.date) -> What | None:
    """What is so on a day and after it."""
    proposed, invoiced, paid, began, delivered = [bool(day and day <= on) for day in days]
    if began:
        return "unpaid" if not paid else None if delivered else "work"
    if paid:
        return "paid"
    return "invoiced" if invoiced else "proposed" if proposed else None
