"""How many random examples are tried, and which cases of a kind: some in the suite, and so many times
as many, or all, with ``make soak``, which sets DEALOG_EXAMPLES."""

from __future__ import annotations

import os
from typing import TypeVar

from hypothesis import settings

TIMES = int(os.environ.get("DEALOG_EXAMPLES", "1"))
T = TypeVar("T")


def some(count: int) -> settings:
    """So many examples here."""
    return settings(max_examples=count * TIMES, deadline=None)


def a_few(*cases: T, here: int = 1) -> tuple[T, ...]:
    """Cases of one kind: the first ``here``, and all with ``make soak``."""
    return cases if TIMES > 1 else cases[:here]
