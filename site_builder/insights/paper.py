"""The paper of deals: what was proposed, invoiced, paid, begun and delivered, and when.

Work begins with the first ``order`` (the work order) or ``delivery``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from site_builder.insights.totals import convert
from site_builder.journal.deal import Deal
from site_builder.journal.kinds import PAPER
from site_builder.journal.money import Money
from site_builder.journal.note import Note
from site_builder.journal.schema import Schema

PARTS = ("services", "terms", "deadline", "budget")
"""What a proposal states."""
CENT, _NOTHING = Decimal("0.01"), Decimal(0)


class Paper(NamedTuple):
    """The notes of a deal that are paper, the oldest first. A proposal from the customer is none
    of ours."""

    proposals: tuple[Note, ...]
    invoices: tuple[Note, ...]
    payments: tuple[Note, ...]
    orders: tuple[Note, ...]
    deliveries: tuple[Note, ...]

    @property
    def work(self) -> Note | None:
        """The note with which work began."""
        first = [*self.orders[:1], *self.deliveries[:1]]
        return min(first, key=lambda note: note.date, default=None)

    @property
    def deadline(self) -> dt.date | None:
        """The day that was proposed last."""
        days = [note.fields.deadline for note in self.proposals]
        return next((day for day in reversed(days) if isinstance(day, dt.date)), None)


class Late(NamedTuple):
    """Something that came so many ``days`` later than it was due, with which note, or has not
    come."""

    due: dt.date
    days: int
    note: Note | None


def paper_of(deal: Deal) -> Paper:
    """The paper of a deal."""
    found: dict[str, list[Note]] = {kind: [] for kind in PAPER}
    for note in deal.notes:
        if note.kind.id in found:
            found[note.kind.id].append(note)
    found["proposal"] = [note for note in found["proposal"] if note.direction != "from"]
    return Paper(*map(tuple, found.values()))


def lacking(proposal: Note) -> list[str]:
    """What a proposal does not state."""
    return [part for part in PARTS if not getattr(proposal.fields, part)]


def is_unpaid_start(paper: Paper, schema: Schema) -> bool:
    """Whether work began before the money was there: see ``is_paid_on``."""
    began = paper.work
    return began is not None and not is_paid_on(paper, began.date, schema)


def is_paid_on(paper: Paper, day: dt.date, schema: Schema) -> bool:
    """Whether, by the end of a day, half of what had been invoiced was paid.

    A payment before any invoice is enough, and so is one of which nothing says how much it was, or
    in what nobody can compare: no deal is blamed for what is not known.
    """
    balance = Balance(paper, schema)
    balance.count([note for note in paper.invoices if note.date <= day], balance.asked)
    balance.count([note for note in paper.payments if note.date <= day], balance.paid)
    return balance.is_half_paid


def paid_since(paper: Paper, schema: Schema) -> dt.date | None:
    """The first day of which ``is_paid_on`` holds."""
    balance, invoices = Balance(paper, schema), list(reversed(paper.invoices))
    for day, payments in groupby(paper.payments, _day):
        while invoices and invoices[-1].date <= day:
            balance.count([invoices.pop()], balance.asked)
        balance.count(payments, balance.paid)
        if balance.is_half_paid:
            return day
    return None


def _day(note: Note) -> dt.date:
    return note.date


class Balance:
    """What was invoiced and paid of a deal, by currency. Amounts are added as they are where all
    are in one currency, and otherwise at the rates of their days."""

    def __init__(self, paper: Paper, schema: Schema) -> None:
        every = [n.fields.amount for n in (*paper.invoices, *paper.payments) if n.fields.amount]
        self._is_mixed = len({money.currency for money in every}) > 1
        self._schema = schema
        self._payments = self._unsaid = 0
        self.asked: dict[str, Decimal] = {}
        self.paid: dict[str, Decimal] = {}

    def count(self, notes: Iterable[Note], sums: dict[str, Decimal]) -> None:
        """Add the amounts of some notes to a sum."""
        for note in notes:
            money = note.fields.amount
            self._payments += note.kind.id == "payment"
            self._unsaid += note.kind.id == "payment" and money is None
            if money is not None:
                same = self.same(note, money)
                sums[same.currency] = sums.get(same.currency, _NOTHING) + same.amount

    def same(self, note: Note, money: Money) -> Money:
        """An amount of a note, in the currency in which it is added."""
        return convert(money, self._schema, note.date) if self._is_mixed else money

    @property
    def is_half_paid(self) -> bool:
        if not self._payments or self._unsaid or not self.asked:
            return bool(self._payments)
        if self.asked.keys().isdisjoint(self.paid):
            return True
        paid = {code: self.paid.get(code, _NOTHING) + CENT for code in self.asked}
        return all(paid[code] * 2 >= amount for code, amount in self.asked.items())

    @property
    def owed(self) -> tuple[Money, ...]:
        """What is still to be paid, by currency; less than nothing where more was."""
        codes = sorted({*self.asked, *self.paid})
        rest = [
            Money(self.asked.get(code, _NOTHING) - self.paid.get(code, _NOTHING), code)
            for code in codes
        ]
        return tuple([money for money in rest if money.amount])


def late(paper: Paper, is_won: bool, today: dt.date) -> list[Late]:
    """The deliveries that came after they were due, and one that has not come.

    A delivery is due when it says so, otherwise on the day that was proposed last. Of a won deal
    something is due on that day.
    """
    found = []
    for note in paper.deliveries:
        due = note.fields.due or paper.deadline
        if due and note.date > due:
            found.append(Late(due, (note.date - due).days, note))
    due = paper.deadline
    if is_won and due and due < today and not paper.deliveries:
        found.append(Late(due, (today - due).days, None))
    return found


def due_on(paper: Paper, is_won: bool, today: dt.date) -> dt.date | None:
    """The day to come on which a delivery is due: of a won deal that has none, that was proposed
    last."""
    due = paper.deadline
    return due if is_won and due and due >= today and not paper.deliveries else None
