"""What notes tell beside stage and time: what was tried, what counts, and by how much it helped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from site_builder.forecast.lifts import nearest
from site_builder.forecast.scores import brier
from site_builder.forecast.signals import SIGNALS, Signal
from site_builder.forecast.snapshots import Said
from site_builder.forecast.taught import Taught

COUNTS = 0.5
"""A signal counts for what is said where it has so much weight or more."""
_DIGITS = 4


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
    def counts(self) -> list[Signal]:
        """Those that count."""
        return [id for id in SIGNALS if self.tried.get(id, 0) >= COUNTS]

    @property
    def others(self) -> list[Signal]:
        """Those that were tried in vain."""
        return [id for id in SIGNALS if self.tried.get(id, 1) < COUNTS]


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
