"""Dataclasses that are made by the ten thousand, made several times as fast.

This module imports nothing else of the package.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def quick(kind: type[T]) -> type[T]:
    """A dataclass with slots that is frozen for the type checker alone.

    A class that Python itself keeps frozen sets each field by a call.
    """
    return dataclass(slots=True, unsafe_hash=True)(kind)
