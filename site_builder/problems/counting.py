"""How many there are, in words.

Digits are grouped with a narrow no-break space, for a comma means different things in
different countries.
"""

from __future__ import annotations

NARROW = "\u202f"


def count(number: int, noun: str, plural: str = "") -> str:
    """``1 deal``, ``1 200 deals``."""
    word = noun if number == 1 else (plural or noun + "s")
    return f"{grouped(number)} {word}"


def grouped(number: int) -> str:
    """``1 200``."""
    return f"{number:,}".replace(",", NARROW)
