from __future__ import annotations

from pathlib import Path

import pytest

from tests import mutants
from tests.places import ROOT

CODE = """def count(texts: list[int]) -> int:
    "How many."
    if not texts and len(texts) == 0:
        return 0
    note(f"{len(texts) + 1}")
    return len(texts) + (1 if True else 2)
"""


def test_places_that_are_run_are_broken_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.py"
    file.write_text(CODE)
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    found = {mutants.broken(CODE, place) for place in mutants.places(file)}
    lines = CODE.split("\n")
    changed = {
        new
        for text in found
        for new, old in zip(text.split("\n"), lines, strict=True)
        if new != old
    }
    assert {"    if (texts) and len(texts) == 0:", "    if not texts and (len(texts) != 0):", "    pass",
            "    if (not texts or len(texts) == 0):", "    return None", "        return None",
            "        return (1)"} <= changed  # fmt: skip
    assert not any("list[int]" not in line for line in changed if line.startswith("def"))
    for text in found:
        compile(text, "x", "exec")


def test_every_room_that_is_broken_has_tests() -> None:
    for place in mutants.chosen(3, 60, ["checks", "forecast"]):
        groups = [group for group in mutants.tests_of(place.path) if group]
        assert all((ROOT / each).exists() for group in groups for each in group), place
        module = (ROOT / place.path).read_text("utf-8")
        compile(mutants.broken(module, place), place.path, "exec")
