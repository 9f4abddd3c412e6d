from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

import pytest

from tests import fuzzing

SOME: Mapping[str, int] = {"whole_journal": 20, "changes": 13, "merges": 30, "repairs": 8}
"""How many are tried here, other than so many; `make soak` tries a thousand of each."""
USUALLY = 75


@pytest.mark.parametrize("room", fuzzing.ROOMS, ids=lambda room: room.__name__)
def test_whatever_bytes_come_there_are_problems_and_no_exception(
    room: Callable[[Random], None],
) -> None:
    for number in range(SOME.get(room.__name__, USUALLY)):
        fuzzing.fuzz(room, number)
