"""The people of the team."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the team."""

    id: str
    name: str
    email: str = ""
    roles: tuple[str, ...] = ()
