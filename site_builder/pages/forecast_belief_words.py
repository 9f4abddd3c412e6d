"""Whose probabilities count, and why, in words."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.forecast.choice import Choice
from site_builder.forecast.outlook import Part
from site_builder.forecast.scores import NAMES
from site_builder.forecast.used import Used
from site_builder.problems.counting import count


def why(choice: Choice) -> str:
    """Whose probabilities count in a pipeline, and why."""
    first = NAMES[choice.order[0]]
    usual = ", or else ".join([NAMES[name] for name in choice.order[:2]])
    if choice.why == "said":
        return f"{usual}, as pipeline.yml says"
    if choice.why == "too-little" and not choice.n:
        return f"{usual}, for there are no past forecasts yet to choose by"
    if choice.why == "too-little":
        return f"{usual}, for {count(choice.n, 'past forecast')} are of too few deals to choose by"
    return f"{first}, which did best in {count(choice.n, 'past forecast')}"


def scored(choice: Choice) -> str:
    """The Brier scores by which they were chosen; nothing where none were compared."""
    return ", ".join(f"{NAMES[name]} {brier:.3f}" for name, brier in choice.briers.items())


def counting_words(used: Used, parts: Iterable[Part]) -> str:
    """The same of the pipelines that some deals are in: in one sentence where all are alike."""
    ids = dict.fromkeys(part.deal.pipeline.id for part in parts)
    told = {id: why(used.choices[id]) for id in ids}
    if len({(used.choices[id].why, used.choices[id].order) for id in ids}) == 1:
        n = sum([used.choices[id].n for id in ids])
        (first, *_) = (used.choices[id] for id in ids)
        return f"By {why(first._replace(n=n))}."
    names = ((used.choices[id].pipeline.name, words) for id, words in told.items())
    return " ".join([f"{name}: by {words}." for name, words in names])
