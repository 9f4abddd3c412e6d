"""Things as plain values, and back."""

from __future__ import annotations

import datetime as dt
import marshal
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from site_builder.files.plain import Form


class Pair(NamedTuple):
    one: Any
    other: Any


@dataclass(frozen=True, slots=True)
class Row:
    parts: tuple[Any, ...]


SHARED = (Row((1,)), Row((1,)))
FORM = Form((Pair, Row), SHARED)
THINGS: tuple[object, ...] = (
    1,
    0.1 + 0.2,
    float("inf"),
    "ä\0",
    None,
    True,
    (),
    (1, (2, ())),
    {},
    {("a", 1): 0.5, "b": {2: Pair(1, None)}},
    Pair(Row((Pair((), {}), Decimal("1.10"))), dt.date(2026, 2, 28)),
    SHARED[1],
    (SHARED[0], Pair(SHARED[1], SHARED[1])),
)


@pytest.mark.parametrize("thing", THINGS, ids=repr)
def test_things_come_back_as_they_were(thing: object) -> None:
    kept = marshal.dumps(FORM.plain(thing))
    back = FORM.thing(marshal.loads(kept))
    assert (back, repr(back), type(back)) == (thing, repr(thing), type(thing))


def test_what_is_shared_is_the_same_one() -> None:
    other = (Row((2,)), Row((3,)))
    assert FORM.thing(FORM.plain(SHARED[1])) is SHARED[1]
    assert Form((Pair, Row), other).thing(FORM.plain(Pair(SHARED[1], 0))).one is other[1]


@pytest.mark.parametrize("thing", [[1], {1}, Pair(1, [2]), object(), b"1"])
def test_nothing_else_is_kept(thing: object) -> None:
    with pytest.raises(TypeError, match="is no kind that can be kept"):
        FORM.plain(thing)
