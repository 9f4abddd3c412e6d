"""Sums of money in several currencies, never mixed.

Amounts in a currency with a rate in pipeline.yml are converted to the journal's currency at
the rate of a day: that of today for what is open, that of its own for what is won or lost.
Amounts without a rate are summed apart. Nothing is rounded before it is shown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from site_builder.journal.deal import Deal
from site_builder.journal.history import Outcome
from site_builder.journal.money import Money
from site_builder.journal.schema import Schema


@dataclass(frozen=True, slots=True)
class Totals:
    """A sum: the journal's currency first, then each currency without a rate, by code.

    A currency is there if any amount of it was summed, so an empty sum has no lines.
    ``counted`` is how many amounts it is made of, and ``of`` how many there should be.
    """

    lines: tuple[Money, ...] = ()
    counted: int = 0
    of: int = 0

    @property
    def missing(self) -> int:
        """How many amounts the sum is lacking."""
        return self.of - self.counted

    def in_currency(self, currency: str) -> Decimal:
        """The amount in one currency, 0 where there is none."""
        return next((m.amount for m in self.lines if m.currency == currency), Decimal(0))


_NOTHING = Decimal(0)
EMPTY = Totals()
"""The sum of nothing."""


def convert(money: Money, schema: Schema, day: dt.date) -> Money:
    """The same money in the journal's currency at the rate of a day, or unchanged where there
    is no rate."""
    rate = None if money.currency == schema.currency else schema.rates.get(money.currency)
    return money if rate is None else Money(money.amount * rate.on(day), schema.currency)


def total(monies: Iterable[Money | None], schema: Schema, day: dt.date) -> Totals:
    """Sum the amounts at the rates of a day; None is one that is missing."""
    home = schema.currency
    own: Decimal | None = None  # by itself, for most amounts are in this currency
    apart: dict[str, Decimal] = {}
    every = list(monies)
    there = [money for money in every if money is not None]
    for money in there:
        same = money if money.currency == home else convert(money, schema, day)
        if same.currency == home:
            own = (_NOTHING if own is None else own) + same.amount
        else:
            apart[same.currency] = apart.get(same.currency, _NOTHING) + same.amount
    lines = [] if own is None else [Money(own, home)]
    lines += [Money(apart[code], code) for code in sorted(apart)]
    return Totals(tuple(lines), len(there), len(every)) if every else EMPTY


def add(parts: Sequence[Totals], schema: Schema) -> Totals:
    """The sum of sums, in which what has a rate is converted already."""
    lines = total([money for part in parts for money in part.lines], schema, dt.date.min).lines
    return Totals(lines, sum([p.counted for p in parts]), sum([p.of for p in parts]))


def worth(deal: Deal, ended: Outcome | None, schema: Schema, today: dt.date) -> Money | None:
    """What a deal counts with in sums: its value at today's rate or, if it has ended, the value
    and the rate of that day."""
    value = ended.value if ended else deal.value
    if value is None or value.currency == schema.currency:
        return value
    return convert(value, schema, (ended and ended.day) or today)


def weighted(money: Money | None, probability: Decimal | None) -> Money | None:
    """The money times the probability (0 to 1): what it is expected to bring. None where one
    of them is missing."""
    if money is None or probability is None:
        return None
    return Money(money.amount * probability, money.currency)


def expected(deal: Deal) -> Money | None:
    """A deal's value times its owner's estimate or, where there is none, its stage's
    probability. None without a value, or without a probability."""
    own = deal.probability
    return weighted(deal.value, deal.stage.probability if own is None else own)


def is_expected(deal: Deal) -> bool:
    """Whether it has both, as is known without multiplying."""
    known = deal.stage.probability if deal.probability is None else deal.probability
    return deal.value is not None and known is not None
