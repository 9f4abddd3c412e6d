"""Who says how probable a deal is, and whose word counts: what is known of that before anything is
learned, so that a journal without a past imports nothing that learns from one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.schema import Schema

HORIZON = 90
"""Days, where nothing else is asked for."""
Estimator = Literal["stage", "own", "learned"]
ESTIMATORS: tuple[Estimator, ...] = ("stage", "own", "learned")
NAMES: Mapping[str, str] = {
    "base_rate": "the base rate",
    "even": "even odds",
    "stage": "stage percentages",
    "own": "own estimates",
    "learned": "what your history has taught",
}
"""What each is called, on pages and in the terminal, and what it is compared with."""
ALONE: Mapping[Estimator, tuple[Estimator, ...]] = {
    "stage": ("stage",),
    "own": ("own", "stage"),
    "learned": ("learned",),
}
"""What counts where pipeline.yml says so: where an owner gave no estimate, the stage's percentage,
as in all sums by own estimates."""
PLAIN: tuple[Estimator, ...] = ("own", "stage", "learned")
"""What counts where too little is known to choose."""
USUAL_SPREAD = 0.3
"""By how much all deals together are better or worse than said, where the past does not tell."""


class Choice(NamedTuple):
    """The estimators of a ``pipeline``, the first that says something counts; ``why`` these, and by
    how many past forecasts of ``n``. ``briers`` are their scores where they were compared."""

    pipeline: Pipeline
    order: tuple[Estimator, ...]
    why: Literal["said", "best", "too-little"]
    n: int
    briers: Mapping[Estimator, float]
    spread: float

    def used(self, said: Mapping[Estimator, float | None]) -> Estimator | None:
        """Which estimator counts of those that say something of a deal."""
        return next((name for name in self.order if said[name] is not None), None)


def named(asked: str) -> Estimator | None:
    """The estimator that pipeline.yml names; None where it asks for the best."""
    return next((name for name in ESTIMATORS if name == asked), None)


def unproven(schema: Schema) -> Mapping[str, Choice]:
    """The choice of each pipeline by its id, where no deal has been won or lost yet."""
    return {one.id: _unproven(one, one.probability_from or schema.probability_from)
            for one in schema.pipelines}  # fmt: skip


def _unproven(pipeline: Pipeline, asked: str) -> Choice:
    name = named(asked)
    if name is not None:
        return Choice(pipeline, ALONE[name], "said", 0, {}, USUAL_SPREAD)
    return Choice(pipeline, PLAIN, "too-little", 0, {}, USUAL_SPREAD)


def said_of(deal: Deal, learned: float | None) -> Mapping[Estimator, float | None]:
    """What each estimator says of a deal."""
    stage, own = deal.stage.probability, deal.probability
    return {
        "stage": None if stage is None else float(stage),
        "own": None if own is None else float(own),
        "learned": learned,
    }
