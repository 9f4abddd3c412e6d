"""How many random examples are tried: some in the suite, and so many times as many with
``make soak``, which sets DEALOG_EXAMPLES."""

from __future__ import annotations

import os

from hypothesis import settings

TIMES = int(os.environ.get("DEALOG_EXAMPLES", "1"))


def some(count: int) -> settings:
    """So many examples here."""
    return settings(max_examples=count * TIMES, deadline=None)
