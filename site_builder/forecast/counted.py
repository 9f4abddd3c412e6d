"""What notes tell beside stage and time: what was tried, what counts, and by how much it helped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from site_builder.forecast.lifts import nearest
from site_builder.forecast.scores import brier
from site_builder.forecast.signals import SIGNALS, Signal
from site_builder.forecast.snapshots import Said
from site_builder.forecast.taught import Taught
from site_builder.problems.counting import count, together

COUNTS = 0.5
"""A signal counts for what is said where it has so much weight or more."""
_DIGITS = 4
NAMES: Mapping[Signal, str] = {
    "silence": "silence",
    "two-way": "two-way contact",
    "rung": "the rung reached",
    "steps": "steps done",
    "pushes": "pushed close dates",
}
"""What each is called, on pages and in the terminal."""


class Counted(NamedTuple):
    """Of a ``pipeline`` (its id) the signals that were ``tried`` with how much each counts, 0 to 1;
    how many times as often what leads to a win comes by what each says (``factors``, the first
    where nothing is noted); and the Brier score of ``n`` past forecasts with them and ``without``:
    None where there are no forecasts."""

    pipeline: str
    tried: Mapping[str, float]
    factors: Mapping[str, tuple[float, ...]]
    brier: float | None
    without: float | None
    n: int

    @property
    def counts(self) -> list[str]:
        """The names of those that count."""
        return [NAMES[id] for id in SIGNALS if self.tried.get(id, 0) >= COUNTS]

    @property
    def others(self) -> list[str]:
        """The names of those that were tried in vain."""
        return [NAMES[id] for id in SIGNALS if self.tried.get(id, 1) < COUNTS]


def counted(taught: Taught, said: Iterable[Said], horizon: int) -> Counted:
    """What notes tell of the deals of a pipeline, by what was said so many days ahead."""
    mine = [one for one in said if one.pipeline.id == taught.pipeline.id]
    lift = nearest(taught.learned[-1].lifts if taught.learned else (), horizon)
    noted = {at for trail in taught.trails.values() for at in trail.noted}
    tried = [(at, id) for at, id in enumerate(SIGNALS) if lift and at in noted]
    return Counted(
        taught.pipeline.id,
        {id: round(lift.weights[at], _DIGITS) for at, id in tried if lift},
        {id: tuple([round(n, 2) for n in lift.factors[at]]) for at, id in tried if lift},
        brier([(p, one.was_won) for one in mine if (p := one.learned) is not None]),
        brier([(p, one.was_won) for one in mine if (p := one.plain) is not None]),
        len(mine),
    )


def counted_words(one: Counted) -> str:
    """What was tried, what counts and how much it helped, in a sentence."""
    if not one.tried or not one.n:
        return (
            "Stage and time alone count: no note of a deal tells of contact, rungs, steps or "
            "pushed close dates, or it is too early to judge."
        )
    forecasts = count(one.n, "past forecast")
    if not one.counts:
        return (
            f"Stage and time count almost alone: {together(one.others)} "
            f"{_were(one.others)} tried, and did not tell winners from losers in {forecasts}."
        )
    tried = f" ({together(one.others)} {_were(one.others)} tried too)" if one.others else ""
    verb = "counts" if len(one.counts) == 1 else "count"
    return f"Beside stage and time {together(one.counts)} {verb}{tried}{_scored(one, forecasts)}."


def _scored(one: Counted, forecasts: str) -> str:
    if one.brier is None or one.without is None:
        return ""
    scores = f"the Brier score of {forecasts} is {one.brier:.3f}"
    return f": with what notes tell {scores}, without {one.without:.3f}"


def _were(names: list[str]) -> str:
    return "was" if len(names) == 1 else "were"
