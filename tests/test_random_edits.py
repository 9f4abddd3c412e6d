"""Forty edits of four journals; ``make soak`` makes ten thousand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.random_edits import play


@pytest.mark.usefixtures("files_read_once")
@pytest.mark.parametrize("seed", range(4))
def test_edits_change_what_they_tell_and_nothing_else(tmp_path: Path, seed: int) -> None:
    assert sum(n for what, n in play(tmp_path, seed).items() if what.endswith("made")) > 2
