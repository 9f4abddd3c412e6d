"""How probable it was, by what was said of deals, that of them so many were won."""

from __future__ import annotations

import math

_OPEN = 0.001
"""What is said to be certain is taken as if it had left so much open."""


def log_likelihood(p: float, number: int, won: int) -> float:
    """The logarithm of how probable it was that just these of a ``number`` of deals were ``won``,
    of each of which a chance of ``p`` was said."""
    kept = min(max(p, _OPEN), 1 - _OPEN)
    if not won:
        return number * math.log(1 - kept)
    if won == number:
        return won * math.log(kept)
    return won * math.log(kept) + (number - won) * math.log(1 - kept)
