from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from dataclasses import dataclass, field

import pytest

from site_builder.journal.record import quick


@dataclass(frozen=True, slots=True)
class Plain:
    a: int
    b: str = "b"
    c: tuple[int, ...] = field(default_factory=tuple)


@quick
class Quick:
    a: int
    b: str = "b"
    c: tuple[int, ...] = field(default_factory=tuple)


def test_a_quick_class_is_a_dataclass_as_others() -> None:
    made = Quick(1, c=(2,))
    assert repr(made) == "Quick(a=1, b='b', c=(2,))"
    assert made == Quick(1, "b", (2,)) != Quick(2)
    assert hash(made) == hash(Plain(1, c=(2,)))
    assert inspect.signature(Quick) == inspect.signature(Plain)
    assert dataclasses.replace(made, b="d") == Quick(1, "d", (2,))
    assert copy.copy(made) == pickle.loads(pickle.dumps(made)) == made
    assert not hasattr(made, "__dict__")


def test_a_quick_class_is_frozen_for_the_type_checker() -> None:
    made = Quick(1)
    made.a = 2  # type: ignore[misc]  # mypy complains of comments like this that ignore nothing
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'a'"):
        Quick()  # type: ignore[call-arg] # which is what it is about
