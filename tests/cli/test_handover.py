"""`dealog handover`: the page handover-PERSON in the terminal and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import run, write
from tests.stories import story


@pytest.fixture
def stories(tmp_path: Path) -> Path:
    write(tmp_path, story(3))
    return tmp_path


@pytest.mark.parametrize("shape", ["table", "json"])
def test_it_prints_what_show_does(
    stories: Path, shape: str, capsys: pytest.CaptureFixture[str]
) -> None:
    handed = run("-C", stories, "handover", "ann", "--format", shape, capsys=capsys)
    assert handed == run("-C", stories, "show", "handover-ann", "--format", shape, capsys=capsys)
    assert handed[0] == 0
    if shape == "json":
        facts = json.loads(handed[1])
        assert (facts["page"], facts["person"]) == ("handover-ann", "ann")
        assert facts["due"] and facts["deals"] and "/" in facts["promised"][0]["subject"]


def test_nobody_of_the_team_is_refused(stories: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("-C", stories, "handover", "anne", capsys=capsys)
    assert (code, out) == (2, "")
    assert err == "dealog: There is no person `anne`. Did you mean `ann`?\n"
