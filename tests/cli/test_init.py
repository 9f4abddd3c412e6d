"""`dealog init`: a journal that passes, beside nothing that is there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import killing
from tests.commands import run


@pytest.mark.parametrize("preset", ["acquisition", "development", "modules", "simple"])
def test_init_makes_a_journal_that_passes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], preset: str
) -> None:
    folder = tmp_path / "new"
    assert run("init", folder, "--preset", preset, capsys=capsys)[0] == 0
    assert run("-C", folder, "check", "--strict", capsys=capsys)[0] == 0
    code, _, err = run("init", folder, "--preset", preset, capsys=capsys)
    assert code == 2
    assert "is there already" in err


def test_init_goes_on_where_it_was_killed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = tmp_path / "whole"
    code, touches = killing.run("init", whole, watch=[whole])
    assert code == 0
    for moment in killing.moments(touches, 3, seed=3):
        folder = tmp_path / f"killed-at-{moment}"
        killing.run("init", folder, watch=[folder], kill_at=moment)
        is_done = (folder / "pipeline.yml").exists()
        assert run("init", folder, capsys=capsys)[0] == (2 if is_done else 0)
        for path in ("pipeline.yml", "deals/README.md", "contacts/README.md", ".gitignore"):
            assert (folder / path).read_bytes() == (whole / path).read_bytes()


@pytest.mark.parametrize("name", ["deals", "deals/README.md", "pipeline.yml"])
def test_init_writes_through_no_link(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    root, outside = tmp_path / "journal", tmp_path / "outside"
    (root / name).parent.mkdir(parents=True)
    outside.mkdir()
    (root / name).symlink_to(outside)
    code, _, err = run("init", root, capsys=capsys)
    assert (code, "is there already; nothing was written" in err) == (2, True)
    assert list(outside.iterdir()) == []


def test_init_writes_for_editors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new"
    (folder / ".vscode").mkdir(parents=True)
    (folder / ".vscode/settings.json").write_text("{}", "utf-8")
    assert run("init", folder, capsys=capsys)[0] == 0
    assert (folder / ".vscode/settings.json").read_text("utf-8") == "{}"
    assert run("-C", folder, "schema", "--editors", capsys=capsys)[1] == ""
    hidden = sorted(path.name for path in folder.iterdir() if path.name.startswith("."))
    ours = [".dealog", ".editorconfig", ".gitattributes", ".gitignore", ".obsidian", ".vscode"]
    assert hidden == ours
    shown = sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    assert shown == ["contacts", "deals", "frontmatter.json", "pipeline.yml"]


def test_settings_name_the_schemas_that_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("init", tmp_path / "new", capsys=capsys)
    for path in (tmp_path / "new").rglob("*.json"):
        json.loads(path.read_text("utf-8"))
    settings = json.loads((tmp_path / "new/.vscode/settings.json").read_text("utf-8"))
    for path in settings["yaml.schemas"]:
        assert (tmp_path / "new" / path).is_file()


@pytest.mark.parametrize("name", [".vscode", ".obsidian/types.json"])
def test_init_writes_for_editors_through_no_link(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    root, outside = tmp_path / "journal", tmp_path / "outside"
    (root / name).parent.mkdir(parents=True)
    outside.mkdir()
    (root / name).symlink_to(outside)
    run("init", root, capsys=capsys)
    assert list(outside.iterdir()) == []
