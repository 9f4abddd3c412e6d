"""How much work something is, told so that a slow or busy machine changes little of it."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import TypeVar
from xml.etree.ElementTree import Element, SubElement

_WORD = re.compile(r"\w+|\W")
_Made = TypeVar("_Made")
_TRIES = 9
_TEXT = "Some words, and *signs* between [them]. " * 20


def milliseconds(work: Callable[[], object], enough: float) -> float:
    """The processor's time that work takes, in thousandths of a second of a usual machine: what
    `_reference` takes is five of them. The least of several tries, or one below ``enough``;
    where that is clear at once, nothing is compared."""
    least = 1_000 * _spent(work)
    if least < enough / 4:
        return least
    least *= 5 / (1_000 * _spent(_reference))
    for _ in range(_TRIES):
        if least < enough:
            break
        least = min(least, 5 * _spent(work) / _spent(_reference))
    return least


def soon(work: Callable[[], _Made], most: float) -> _Made:
    """What work makes, which takes less than ``most`` of these milliseconds. Raises AssertionError
    where it does not."""
    made: list[_Made] = []
    taken = milliseconds(lambda: made.append(work()), most)
    assert taken < most, f"it takes {taken:.0f} ms"
    return made[0]


def _spent(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _reference() -> None:
    """What readers of texts do: search, cut, and make small objects."""
    for _ in range(36):
        root = Element("div")
        for word in _WORD.finditer(_TEXT):
            SubElement(root, "p").text = word[0].replace("&", "&amp;").strip()
