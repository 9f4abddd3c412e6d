"""What the reading of a file asked of all ids: it may be told otherwise when those change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self


class Asked:
    """What was asked since ``start``: for which ids, there or not, in ``sought``; whether it was
    ``wide``, about what is like something; and whether it was by names and addresses."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Forget all that was asked."""
        self.sought: set[str] = set()
        self.wide = False
        self.by_name = False


class Ids(frozenset[str]):
    """Ids that note down what is asked of them. To look for what is like something all of them
    are taken, and for that hashed."""

    asked: Asked

    def __new__(cls, ids: Iterable[str], asked: Asked) -> Self:
        made = super().__new__(cls, ids)
        made.asked = asked
        return made

    def __contains__(self, id: object) -> bool:
        if isinstance(id, str):
            self.asked.sought.add(id)
        return frozenset.__contains__(self, id)

    def __hash__(self) -> int:
        self.asked.wide = True
        return frozenset.__hash__(self)

    __eq__ = frozenset.__eq__
