"""How many there are, in words.

Digits are grouped with a narrow no-break space, for a comma means different things in
different countries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from site_builder.problems.problem import Problem, errors_in

NARROW = "\u202f"
MOST_NAMED = 3
"""So many of which there are the most are named; of more none stands out."""
_DIGITS = 9
Key = TypeVar("Key")


def count(number: int, noun: str, plural: str = "") -> str:
    """``1 deal``, ``1 200 deals``."""
    word = noun if number == 1 else (plural or noun + "s")
    return f"{grouped(number)} {word}"


def counts(*numbers: tuple[int, str]) -> list[str]:
    """What there is any of: ``["2 errors", "1 warning"]`` of numbers and their nouns."""
    return [count(number, noun) for number, noun in numbers if number]


def severities(problems: Sequence[Problem]) -> list[str]:
    """How many errors and how many warnings there are, each where there is any."""
    errors = errors_in(problems)
    return counts((errors, "error"), (len(problems) - errors, "warning"))


def grouped(number: int) -> str:
    """``1 200``."""
    return f"{number:,}".replace(",", NARROW)


def decimal(number: float) -> str:
    """``1 200.5``. A half of the last digit is rounded up, as scripts and amounts of money are:
    what only the last bits of a sum tell from one counts as one."""
    exact = Decimal(str(round(number, _DIGITS)))
    return f"{exact.quantize(Decimal('0.1'), ROUND_HALF_UP):,}".replace(",", NARROW)


def together(words: Sequence[str]) -> str:
    """``one``, ``one and two``, ``one, two and three``."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def most(numbers: Mapping[Key, int]) -> tuple[list[Key], int]:
    """Those of which there are the most, in their order, and how many. Raises ValueError where
    there are none."""
    largest = max(numbers.values())
    return [key for key, number in numbers.items() if number == largest], largest
