"""An import goes on past what it can't read, as `check` does, and says so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_builder.edit.existing import shelve, with_bytes
from site_builder.edit.refusals import TooLarge
from site_builder.exchange.importing import plan_import
from site_builder.exchange.plan import ImportPlan
from site_builder.files.tree import MAX_BYTES, FolderTree, MemoryTree
from site_builder.load.listing import journal_files
from site_builder.problems.problem import Severity
from tests.edit.desks import existing
from tests.exchange.helpers import DEALS, PIPELINE, SCHEMA

CSV = b"Id,Name,Owner,Stage,Amount,Close\n1,Harbour Cafe,Maria Lopez,New lead,5000,\n"


def test_a_file_may_become_as_large_as_one_is_read() -> None:
    file = existing("---\ntitle: A\n---\n")
    largest = file.data + b"\n" * (MAX_BYTES - len(file.data))
    assert with_bytes(file, largest).data == largest
    with pytest.raises(TooLarge, match="`deals/a.md` would be larger than 256 KB"):
        with_bytes(file, largest + b"\n")


def test_files_are_found_by_what_their_fields_say() -> None:
    files = {
        "contacts/a.md": b"---\nname: A\nemail: Ann@A.example\nx-source-id: [crm:1, crm:2]\n---\n",
        "contacts/b.yml": b"name: B\nemail: ann@a.example\nx-source-id: crm:2\n",
        "contacts/c.md": b"---\nname: C\n---\n",
    }
    shelf = shelve(MemoryTree(files), "contacts", "contact")
    assert {key: file.id for key, file in shelf.by_source.items()} == {"crm:1": "a", "crm:2": "a"}
    assert [file.id for file in shelf.with_value("email", "ann@A.EXAMPLE")] == ["a", "b"]
    assert [file.id for file in shelf.with_value("x-source-id", "CRM:2")] == ["a", "b"]
    assert list(shelf.with_value("email", "")) == []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("deals", "contacts"):
        (tmp_path / folder).mkdir()
    (tmp_path / "pipeline.yml").write_text(PIPELINE)
    return tmp_path


def plan(tree: FolderTree) -> ImportPlan:
    return plan_import("f.csv", CSV, "m.yml", DEALS, SCHEMA, tree)


def told(made: ImportPlan) -> list[tuple[str, Severity, str]]:
    return [(p.code, p.severity, p.span.path) for p in made.problems]


@pytest.mark.parametrize("folder", ["deals", "contacts"])
def test_an_import_knows_the_files_that_a_check_reads(folder: str) -> None:
    names = "a.md b.yml c.yaml d.txt README.md readme.md .e.md f/g.md f/README.md".split()
    tree = MemoryTree({f"{folder}/{name}": b"---\n---\n" for name in names})
    found = journal_files(tree.files(), []).found
    assert [file.path for file in shelve(tree, folder, "deal").files] == [f.path for f in found]
    assert f"{folder}/readme.md" in [file.path for file in found]


def test_a_deal_in_readme_md_in_small_letters_is_not_imported_again(root: Path) -> None:
    (root / "deals" / "readme.md").write_text("---\ntitle: Harbour\nx-source-id: crm:1\n---\n")
    assert list(plan(FolderTree(root)).files) == []


@pytest.mark.parametrize("broken", [b"no front matter", b"---\ntitle: K\xf6ln\n---\n"])
def test_past_a_deal_that_is_none(root: Path, broken: bytes) -> None:
    (root / "deals" / "harbour-cafe.md").write_bytes(broken)
    made = plan(FolderTree(root))
    assert list(made.files) == ["deals/harbour-cafe-2.md"]
    assert [(s, path) for _, s, path in told(made)] == [(Severity.WARNING, "deals/harbour-cafe.md")]


def test_past_a_deal_that_the_system_does_not_let_be_read(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "deals" / "harbour-cafe.md").touch()
    tree = FolderTree(root)

    def shut(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tree, "read", shut)
    made = plan(tree)
    assert list(made.files) == ["deals/harbour-cafe-2.md"]
    assert told(made) == [("unreadable-file", Severity.WARNING, "deals/harbour-cafe.md")]
    assert "Permission denied" in made.problems[0].message


def test_past_a_link_whose_target_is_not_read(root: Path) -> None:
    (root / "outside.md").write_text("---\ntitle: Harbour\nx-source-id: crm:1\n---\n")
    (root / "deals" / "harbour-cafe.md").symlink_to("../outside.md")
    made = plan(FolderTree(root))
    assert list(made.files) == ["deals/harbour-cafe-2.md"]
    assert told(made) == [("symlink", Severity.WARNING, "deals/harbour-cafe.md")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.timeout(5)
def test_past_a_named_pipe(root: Path) -> None:
    os.mkfifo(root / "contacts" / "ada.md")
    made = plan(FolderTree(root))
    assert list(made.files) == ["deals/harbour-cafe.md"]
    assert told(made) == [("stray-file", Severity.WARNING, "contacts/ada.md")]


def test_past_a_folder_that_can_not_be_looked_into(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "deals" / "shut").mkdir()
    real = os.open

    def shut(path: str, *rest: int, **where: int) -> int:
        if path == "shut":
            raise PermissionError(13, "Permission denied")
        return real(path, *rest, **where)

    monkeypatch.setattr(os, "open", shut)
    made = plan(FolderTree(root))
    assert list(made.files) == ["deals/harbour-cafe.md"]
    assert told(made) == [("unreadable-file", Severity.WARNING, "deals/shut")]
    assert "The folder can't be read: Permission denied" in made.problems[0].message
