"""Deals that the sums of the forecast leave out, or can't weigh."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from site_builder.forecast.frame import Frame
from site_builder.forecast.outlook import Bucket, Part
from site_builder.insights.won_deals import Won
from site_builder.journal.money import Money
from site_builder.markup import formats
from site_builder.pages import coverage
from site_builder.problems import counting

if TYPE_CHECKING:
    from site_builder.forecast.figures_periods import Apart


@dataclass(frozen=True, slots=True)
class Aside:
    """Deals that the sums leave out, or count with nothing. ``id`` is that of their list."""

    id: str
    what: str
    why: str
    parts: tuple[Part, ...] = ()
    won: tuple[Won, ...] = ()

    @property
    def worths(self) -> list[Money | None]:
        return [part.worth for part in self.parts] + [one.worth for one in self.won]

    @property
    def bucket(self) -> Bucket:
        return Bucket(self.what[0].upper() + self.what[1:], None, self.parts, self.won)


def asides(frame: Frame) -> tuple[Aside, ...]:
    """What there is of them, each with why."""
    look, parts = frame.look, frame.everything.parts
    unweighted = tuple(part for part in parts if part.deal.stage.probability is None)
    stages = ", ".join(dict.fromkeys(part.deal.stage.name for part in unweighted))
    valueless = tuple(part for part in parts if part.deal.value is None)
    every = (
        Aside("omitted", "of the category omitted", "in no sum", look.omitted),
        Aside("parked", "parked", "asleep, in no sum", look.parked),
        Aside(
            "unweighted",
            "in a stage without a probability",
            f"{stages}: nothing by stage, and by own only what the owner estimates",
            unweighted,
        ),
        Aside("valueless", "open without a value", "counted, and worth nothing", valueless),
        Aside("won-undated", "won nobody knows when", "in no sum", (), look.won_undated),
        Aside(
            "won-before",
            f"won before {formats.month(look.first)}",
            "in no sum, for their years are not shown",
            (),
            look.won_before,
        ),
    )
    return tuple(aside for aside in every if aside.parts or aside.won)


def counted(aside: Aside, frame: Frame) -> str:
    """How many they are, and what they are worth: ``4 deals parked, €56 000 (2 of 4)``."""
    value = coverage.told(frame.total(aside.worths), frame.schema)
    count = counting.count(len(aside.worths), "deal")
    return f"{count} {aside.what}, {value}" if value else f"{count} {aside.what}"


def unrated(apart: Iterable[Apart]) -> tuple[str, ...]:
    """What is in no sum for want of a rate, a sentence for each currency: ``$15k open and $2k won
    are in no sum: pipeline.yml has no rate for USD.``"""
    return tuple(filter(None, map(_unrated, apart)))


def _unrated(sums: Apart) -> str:
    amounts = (Decimal(sums.open), "open"), (Decimal(sums.won), "won")
    said = [
        f"{formats.compact(Money(amount, sums.currency))} {what}"
        for amount, what in amounts
        if amount
    ]
    if not said:
        return ""
    verb = "is" if len(said) == 1 else "are"
    why = f"pipeline.yml has no rate for {sums.currency}"
    return f"{' and '.join(said)} {verb} in no sum: {why}."
