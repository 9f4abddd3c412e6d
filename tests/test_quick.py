from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import dataclass, field

import pytest

from site_builder.quick import quick


@dataclass(frozen=True, slots=True)
class Plain:
    a: int
    b: str = "b"
    c: list[int] = field(default_factory=list)


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    a: int
    b: str = "b"
    c: list[int] = field(default_factory=list)


def test_a_quick_class_is_what_it_was() -> None:
    made = Quick(1, c=[2])
    assert type(made) is Quick
    assert repr(made) == "Quick(a=1, b='b', c=[2])"
    assert made == Quick(1, "b", [2]) != Quick(2)
    assert inspect.signature(Quick) == inspect.signature(Plain)
    assert dataclasses.replace(made, b="d") == Quick(1, "d", [2])
    assert copy.copy(made) == pickle.loads(pickle.dumps(made)) == made
    assert Quick(1).c is not Quick(1).c


def test_a_quick_class_stays_frozen() -> None:
    made = Quick(1)
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.a = 2  # type: ignore[misc]
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'a'"):
        Quick()  # type: ignore[call-arg]
