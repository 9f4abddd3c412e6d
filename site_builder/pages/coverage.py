"""A sum of money in words, and what it covers where something is missing from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from decimal import Decimal

from site_builder.forecast.estimators import NAMES, PLAIN, Estimator
from site_builder.insights.totals import Totals, is_expected
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.journal.schema import Schema
from site_builder.markup import formats
from site_builder.problems import counting

VALUE = "value"
NO_VALUE = f"no {VALUE}"
"""What stands for the sum of deals of which none has a value."""
WEIGHT = "value or probability"
_SHORT = {**NAMES, "learned": "your history"}
"""The estimators as they are named beside a sum."""


def amounts(sums: Totals, schema: Schema, write: Callable[[Money], str] = formats.rounded) -> str:
    """The sum to be read: ``€412 000 + 30 000 CHF``; an empty one as a zero."""
    lines = sums.lines or (Money(Decimal(0), schema.currency),)
    return " + ".join(write(line) for line in lines)


def by_whom(found: Collection[Estimator]) -> str:
    """By whose probabilities something is expected; nothing where by nobody's."""
    names = [_SHORT[one] for one in PLAIN if one in found]
    return f"by {counting.together(names)}" if names else ""


def by_owners(deals: Iterable[Deal]) -> str:
    """By whom these deals are expected to bring something where nothing is learned: by their
    owners' estimates, or else by their stages. Those without a value or probability bring none."""
    return by_whom(
        {"stage" if deal.probability is None else "own" for deal in deals if is_expected(deal)}
    )


def share(sums: Totals) -> str:
    """``11 of 12`` where a sum lacks one; nothing where it has all, or where it is none."""
    if not sums.missing or not sums.counted:
        return ""
    return f"{counting.grouped(sums.counted)} of {counting.grouped(sums.of)}"


def beside(sums: Totals) -> str:
    """The share as it stands behind a sum: `` (11 of 12)``."""
    of = share(sums)
    return f" ({of})" if of else ""


def explained(sums: Totals, what: str = VALUE) -> str:
    """The share with its reason, behind a sum: `` (11 of 12; one has no value)``; the reason alone
    where it is of none."""
    if not sums.missing:
        return ""
    counts = f"{counting.grouped(sums.counted)} of {counting.grouped(sums.of)}; "
    return f" ({counts if sums.counted else ''}{lacking(sums, what)})"


def told(
    sums: Totals,
    schema: Schema,
    *,
    write: Callable[[Money], str] = formats.rounded,
    cover: Callable[[Totals], str] = beside,
) -> str:
    """A sum with what it covers behind it; nothing where it has no amount."""
    return amounts(sums, schema, write) + cover(sums) if sums.lines else ""


def opened(sums: Totals, schema: Schema) -> str:
    """What open deals are worth, for headlines: ``€412k open in 12 deals``; how many they are
    where none has a value."""
    if not sums.lines:
        return f"{counting.count(sums.of, 'deal')} open"
    lack = f" ({lacking(sums)})" if sums.missing else ""
    return f"{amounts(sums, schema, formats.compact)} open in {deals(sums)}{lack}"


def number(sums: Totals) -> str:
    """How many deals a sum is of, which stands in its place where none has a value; nothing where
    it is of none."""
    return counting.count(sums.of, "deal") if sums.of else ""


def deals(sums: Totals) -> str:
    """How many deals a sum covers: ``12 deals``, ``11 of 12 deals``."""
    count = counting.count(sums.of, "deal")
    return f"{counting.grouped(sums.counted)} of {count}" if sums.missing else count


def lacking(sums: Totals, what: str = VALUE) -> str:
    """Why a sum lacks some: ``one has no value``, ``none has a value``; nothing where it has
    all."""
    if not sums.missing:
        return ""
    if not sums.counted:
        both = what.replace(" or ", " and a ")
        return f"it has no {what}" if sums.of == 1 else f"none has a {both}"
    some = "one has" if sums.missing == 1 else f"{counting.grouped(sums.missing)} have"
    return f"{some} no {what}"


def unexpected(out: Sequence[Deal], of: int) -> str:
    """Which of so many deals are in no expected sum, and why, where others are in one: ``Not in
    what is expected: 1 omitted deal, 2 deals with no value or probability.``"""
    if not out or len(out) == of:
        return ""
    omitted = sum([deal.category == "omitted" for deal in out])
    parts = counting.counts((omitted, "omitted deal"), (len(out) - omitted, "deal"))
    lack = f" with no {WEIGHT}" if len(out) > omitted else ""
    return f"Not in what is expected: {', '.join(parts)}{lack}."
