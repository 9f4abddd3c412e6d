"""`dealog schema`: what it writes, where, and what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import run, write
from tests.editors.verdicts import validator_of
from tests.slips import FILES

SCHEMAS = [f".dealog/{of}.schema.json" for of in ("pipeline", "deal", "contact")]


def journal(folder: Path) -> Path:
    write(folder, dict(FILES))
    return folder


def test_schema_writes_all_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = journal(tmp_path / "j")
    code, out, err = run("-C", folder, "schema", capsys=capsys)
    assert (code, len(out.splitlines())) == (0, 3)
    assert "3 of 3 files written" in err
    for path in SCHEMAS:
        validator_of(json.loads((folder / path).read_text("utf-8")))
    assert run("-C", folder, "schema", capsys=capsys)[1] == ""
    assert run("-C", folder, "check", "--strict", capsys=capsys)[0] == 0


def test_schema_prints_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = journal(tmp_path / "j")
    code, out, _ = run("-C", folder, "schema", "deal", capsys=capsys)
    assert code == 0
    stage = json.loads(out)["allOf"][0]["then"]["properties"]["stage"]
    assert stage["enum"][:2] == ["lead", "offer"]
    assert stage["enumDescriptions"][1] == "Offer made"
    assert not (folder / ".dealog").exists()
    run("-C", folder, "schema", "deal", "-o", tmp_path / "out", capsys=capsys)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["deal.schema.json"]
    assert (tmp_path / "out/deal.schema.json").read_text("utf-8") == out


def test_a_broken_pipeline_yml_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = FILES["pipeline.yml"].replace("type: won", "type: wonn")
    write(tmp_path / "j", {**FILES, "pipeline.yml": broken})
    code, _, err = run("-C", tmp_path / "j", "schema", capsys=capsys)
    assert (code, "pipeline.yml has errors: `dealog check` tells them." in err) == (2, True)
    assert not (tmp_path / "j/.dealog").exists()


def test_broken_deals_are_no_hindrance(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "j", {**FILES, "deals/bad.yml": "title: [\n"})
    assert run("-C", tmp_path / "j", "schema", capsys=capsys)[0] == 0


def test_editors_keeps_what_somebody_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = journal(tmp_path / "j")
    mine = {"frontMatter.taxonomy.contentTypes": [{"name": "page"}, {"name": "deal"}], "a": 1}
    theirs = {
        "frontmatter.json": json.dumps(mine),
        ".obsidian/types.json": '{"types": {"mood": "number", "close": "text"}}',
        ".vscode/settings.json": "// mine\n{}\n",
        ".vscode/dealog.code-snippets": "// mine\n{}\n",
    }
    write(folder, theirs)
    code, _, err = run("-C", folder, "schema", "--editors", capsys=capsys)
    assert code == 0
    made = json.loads((folder / "frontmatter.json").read_text("utf-8"))
    types = made["frontMatter.taxonomy.contentTypes"]
    assert [one["name"] for one in types] == ["deal", "person", "company", "page"]
    assert (made["a"], len(types[0]["fields"]) > 10) == (1, True)
    properties = json.loads((folder / ".obsidian/types.json").read_text("utf-8"))["types"]
    assert (properties["mood"], properties["close"]) == ("number", "date")
    for path in (".vscode/settings.json", ".vscode/dealog.code-snippets"):
        assert (folder / path).read_text("utf-8") == theirs[path]
    assert "dealog.code-snippets is left as it is" in err
    assert (folder / ".editorconfig").exists()
    assert run("-C", folder, "schema", "--editors", capsys=capsys)[1] == ""
    assert run("-C", folder, "schema", "--editors", "deal", capsys=capsys)[0] == 2


@pytest.mark.parametrize("name", [".dealog", ".dealog/deal.schema.json"])
def test_schema_writes_through_no_link(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    folder, outside = journal(tmp_path / "j"), tmp_path / "outside"
    outside.mkdir()
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).symlink_to(outside)
    code, _, err = run("-C", folder, "schema", capsys=capsys)
    assert (code, "is a symbolic link, which is not followed" in err) == (2, True)
    assert list(outside.iterdir()) == []
