"""Amounts and percentages, with a warning where they could be read in two ways."""

from __future__ import annotations

from decimal import Decimal

from site_builder.journal import money_values, values
from site_builder.journal.money import Money
from site_builder.parse.reader import Reader, as_seen
from site_builder.problems.problem import Severity
from site_builder.source.yaml_nodes import Scalar


def money(reader: Reader, scalar: Scalar, currency: str) -> Money | None:
    """An amount, in ``currency`` where it names none; None, reported, where it is none."""
    read = as_seen(lambda text: money_values.money(text, currency))
    found = reader.good(read(scalar.text), scalar.span)
    if found is not None:
        warn_of_point(reader, scalar, found)
    return found


def warn_of_point(reader: Reader, scalar: Scalar, money: Money) -> None:
    """Warn of an amount such as `25.000`, which many write for 25,000."""
    if help := money_values.either_way(scalar.text, money):
        reader.problem(
            "ambiguous-amount",
            f"`{scalar.text}` is read with a decimal point, and may be meant otherwise.",
            help,
            scalar.span,
            Severity.WARNING,
        )


def warn_of_percent(
    reader: Reader, scalar: Scalar, percent: Decimal, *, is_probability: bool
) -> None:
    """Warn of a percentage that may be meant a hundred times as large or small. Of what is
    no probability, half a percent is usual."""
    help = values.either_percent(scalar.text, percent)
    if help and (is_probability or percent == 1):
        amount = "100%" if percent == 1 else "less than 1%"
        reader.problem(
            "ambiguous-percent",
            f"`{scalar.text}` is {amount}, and may be meant otherwise.",
            help,
            scalar.span,
            Severity.WARNING,
        )
