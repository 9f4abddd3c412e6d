"""What the scripts of the site are given: values that JSON has, each in a file of its own that is a
script, so that it can be loaded from a folder too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

Plain: TypeAlias = "str | int | bool | Sequence[Plain] | Mapping[str, Plain] | None"


_EMPTY: tuple[Plain, ...] = ("", (), [])


class Data(NamedTuple):
    """A value, and the name by which scripts wait for it."""

    name: str
    value: Plain


def text(value: object) -> str:
    """A value as scripts read it: a day as its date, a number without an exponent, nothing as an
    empty text."""
    match value:
        case str():
            return value
        case None:
            return ""
        case Decimal():
            return f"{value:f}"
        case dt.date():
            return value.isoformat()
    return str(value)


def trimmed(row: Sequence[Plain]) -> tuple[Plain, ...]:
    """A row with 0 for what is empty, and without what is empty at its end."""
    short = [value if value or value not in _EMPTY else 0 for value in row]
    while short and short[-1] == 0:
        short.pop()
    return tuple(short)
