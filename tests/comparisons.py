"""Two journals from texts, compared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from site_builder.files.tree import MemoryTree
from site_builder.load.loaded import Loaded
from site_builder.load.pair import load_pair
from site_builder.review.compare import Comparison, compare
from site_builder.review.contacts import ContactChange
from site_builder.review.deals import DealChange
from site_builder.review.sides import Side, Sides
from tests.catalogue import BASE, PIPELINE

TODAY = dt.date(2026, 11, 20)
BEGUN = dt.date(2026, 11, 1)
"""The day of the commit that is compared with."""
WIDE = PIPELINE.replace("      won:", "      later: {type: parked}\n      won:")
"""The pipeline of the catalogue, in which deals can be parked too."""


def between(
    before: Mapping[str, str | bytes],
    after: Mapping[str, str | bytes],
    today: dt.date | None = None,
    begun: dt.date | None = BEGUN,
    base: Mapping[str, str] = BASE,
) -> Comparison:
    """The base journal with some files over it, and with others over it."""
    pair = load_pair(
        MemoryTree({**base, **before}), MemoryTree({**base, **after}), lambda: TODAY, today
    )
    assert pair.before is not None
    return compare(Sides(side(pair.before), side(pair.after), pair.after.today, begun))


def side(loaded: Loaded) -> Side:
    assert loaded.seen is not None
    return Side(loaded.seen, loaded.problems, loaded.left_out, loaded.digests)


def deal(front: str = "", notes: str = "", stage: str = "lead", owner: str = "maria") -> str:
    """A deal's file."""
    lines = f"title: Rollout\nowner: {owner}\nstage: {stage}\nnext: 2026-12-01 Call\n{front}"
    return f"---\n{lines.rstrip()}\n---\n\n{notes}"


def of_deal(
    before: str, after: str, base: Mapping[str, str] = {**BASE, "pipeline.yml": WIDE}
) -> DealChange:
    """What became of one deal."""
    (change,) = between({"deals/x.md": before}, {"deals/x.md": after}, base=base).deals
    return change


def of_contact(before: str, after: str) -> ContactChange:
    """What became of one contact."""
    (change,) = between({"contacts/x.md": before}, {"contacts/x.md": after}).contacts
    return change


def looks(made: Comparison) -> list[tuple[str, str, int, int]]:
    """Code and place of what should make a reviewer look twice."""
    return [(p.code, p.span.path, p.span.line, p.span.column) for p in made.suspicions]
