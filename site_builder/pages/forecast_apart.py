"""Deals that the sums of the forecast leave out, or can't weigh."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.forecast.outlook import Bucket, Part
from site_builder.insights.won_deals import Won
from site_builder.journal.money import Money
from site_builder.markup import formats
from site_builder.pages import coverage
from site_builder.pages.forecast_rows import Frame
from site_builder.problems import counting


@dataclass(frozen=True, slots=True)
class Apart:
    """Deals that a sum leaves out or cannot weigh: how many, why, and where they are."""

    text: str
    why: str
    href: str


@dataclass(frozen=True, slots=True)
class Aside:
    """Deals that the sums leave out, or count with nothing."""

    anchor: str
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
        Aside("in-omitted", "of the category omitted", "in no sum", look.omitted),
        Aside("in-parked", "parked", "asleep, in no sum", look.parked),
        Aside(
            "in-unweighted",
            "in a stage without a probability",
            f"{stages}: expected to bring nothing but by the owner’s own estimate",
            unweighted,
        ),
        Aside("in-valueless", "open without a value", "counted, and worth nothing", valueless),
        Aside("in-won-undated", "won nobody knows when", "in no sum", (), look.won_undated),
        Aside(
            "in-won-before",
            f"won before {formats.month(look.first)}",
            "in no sum, for their years are not shown",
            (),
            look.won_before,
        ),
    )
    return tuple(aside for aside in every if aside.parts or aside.won)


def apart(aside: Aside, frame: Frame) -> Apart:
    """What is said of them: how many, why, and where they are."""
    sums = frame.total(aside.worths)
    value = coverage.told(sums, frame.schema)
    count = counting.count(len(aside.worths), "deal")
    text = f"{count} {aside.what}, {value}" if value else f"{count} {aside.what}"
    return Apart(text, aside.why, f"#{aside.anchor}")
