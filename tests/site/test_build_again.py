"""Journals changed at random: a build and a check over what was kept say and leave what those
from nothing do. ``make soak`` runs ten times as many."""

from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.site import render
from tests import sequences

EACH = 5


@pytest.mark.parametrize("first", range(0, 100, EACH))
def test_what_was_kept_changes_nothing(
    first: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(render, "environment", sequences.environment)
    for seed in range(first, first + EACH):
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / f"{seed}" / "cache"))
        sequences.play(tmp_path / f"{seed}", seed, 3)


def test_a_step_that_is_missed_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison itself can fail: a page that the site lacks is seen."""
    scene = sequences.Scene(tmp_path, 1)
    sequences.compared(scene)
    monkeypatch.setattr(sequences, "run", lambda *arguments: (0, "", ""))
    (tmp_path / "fresh").mkdir()
    with pytest.raises(AssertionError):
        sequences.compared(scene)
