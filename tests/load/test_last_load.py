"""What a check found is told again only while all that it depended on is what it was."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from site_builder.files import tree
from site_builder.files.stamps import Stamp
from site_builder.load import loader
from tests.catalogue import BASE, PIPELINE, deal
from tests.commands import run, write

LATER = ("--today", "2027-03-01")


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    write(tmp_path / "j", {**BASE, "deals/bad.md": deal(stage="stage: leed")})
    return tmp_path / "j"


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one with each load."""
    found: list[str] = []
    real = loader.load

    def counted(*arguments: object, **named: object) -> object:
        found.append("load")
        return real(*arguments, **named)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(loader, "load", counted)
    return found


def checked(journal: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str, str]:
    """What a check says, which is what one says that keeps nothing."""
    found = run("-C", journal, "check", *more, capsys=capsys)
    assert found == run("-C", journal, "check", "--no-cache", *more, capsys=capsys)
    return found


def test_a_file_that_is_written_again_in_the_same_step_of_the_clock_is_read_again(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing but its bytes tells that it changed."""
    stamps: dict[tuple[int, int], Stamp] = {}

    def still(file: os.stat_result) -> Stamp:
        now = time.time_ns() // 1_000_000 * 1_000_000
        return stamps.setdefault((file.st_size, file.st_ino), (now, now, file.st_size, file.st_ino))

    monkeypatch.setattr(tree, "stamp_of", still)
    assert "`leed`" in checked(journal, capsys)[1]
    known = len(stamps)
    (journal / "deals/bad.md").write_text(deal(stage="stage: lead"))
    assert checked(journal, capsys)[0] == 0 and len(stamps) == known


@pytest.mark.parametrize("path", ["deals/bad.md", "pipeline.yml"])
def test_a_file_that_could_not_be_read_is_read_once_it_can_be(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    read = tree.FolderTree.read

    def shut(self: tree.FolderTree, file: str, most: int) -> bytes:
        if file == path:
            raise PermissionError(13, "Permission denied")
        return read(self, file, most)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(tree.FolderTree, "read", shut)
        assert "Permission denied" in checked(journal, capsys)[1]
    (journal / path).chmod(0o600)
    assert "Permission denied" not in checked(journal, capsys)[1]


@pytest.mark.parametrize(
    "more", [(), ("--strict",), ("--format", "json"), ("--format", "github"), LATER]
)
def test_the_same_is_said_without_a_load(
    journal: Path, capsys: pytest.CaptureFixture[str], loads: list[str], more: tuple[str, ...]
) -> None:
    first = checked(journal, capsys, *more)
    assert len(loads) == 2
    assert checked(journal, capsys, *more) == first
    assert len(loads) == 3  # the one that keeps nothing


def test_the_form_does_not_matter(
    journal: Path, capsys: pytest.CaptureFixture[str], loads: list[str]
) -> None:
    checked(journal, capsys)
    assert checked(journal, capsys, "--format", "json")[1].startswith("{")
    assert len(loads) == 3


def edits(journal: Path) -> dict[str, object]:
    bad, good = journal / "deals" / "bad.md", journal / "deals" / "acme.md"

    def same_size_and_time() -> None:
        before = bad.stat()
        bad.write_text(bad.read_text().replace("leed", "leex"))
        os.utime(bad, ns=(before.st_atime_ns, before.st_mtime_ns))

    return {
        "edited": lambda: bad.write_text(deal()),
        "same size and time": same_size_and_time,
        "removed": bad.unlink,
        "renamed": lambda: bad.rename(bad.with_name("worse.md")),
        "added": lambda: write(journal, {"contacts/x.md": "---\nnam: X\n---\n"}),
        "stray": lambda: write(journal, {"deals/x.txt": ""}),
        "linked": lambda: (journal / "deals" / "l.md").symlink_to("bad.md"),
        "folder misnamed": (journal / "deal").mkdir,
        "template misnamed": lambda: write(journal, {"templates/a\\b.html": ""}),
        "pipeline": lambda: write(journal, {"pipeline.yml": PIPELINE + "levels: [a]\nx: y\n"}),
        "swapped": lambda: (good.rename(good.with_suffix(".x")), bad.rename(good)),
    }


@pytest.mark.parametrize("name", list(edits(Path())))
def test_what_changed_is_told(
    journal: Path, capsys: pytest.CaptureFixture[str], loads: list[str], name: str
) -> None:
    write(journal, {"deals/acme.md": deal()})
    first = checked(journal, capsys)
    edits(journal)[name]()  # type: ignore[operator] # each takes nothing
    assert checked(journal, capsys) != first
    assert len(loads) == 4


def test_another_day_is_another_check(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(journal, {"pipeline.yml": PIPELINE.replace("as-of: 2026-11-20\n", "")})
    said = set()
    for epoch in ("1795000000", "1795100000", "1798000000"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        said.add(checked(journal, capsys)[2])
    assert len(said) == 3
    assert "2027-03-01" in checked(journal, capsys, *LATER)[2]


def test_touching_a_file_changes_nothing(
    journal: Path, capsys: pytest.CaptureFixture[str], loads: list[str]
) -> None:
    first = checked(journal, capsys)
    os.utime(journal / "deals" / "bad.md", (1, 1))
    (journal / "deals" / "README.md").touch()
    assert checked(journal, capsys) == first


def test_without_a_place_to_keep_it_nothing_is_said_of_that(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", os.devnull)
    assert checked(journal, capsys) == checked(journal, capsys)


def test_clearing_says_what_it_did(
    journal: Path, capsys: pytest.CaptureFixture[str], loads: list[str]
) -> None:
    run("cache", "clear", capsys=capsys)
    assert run("cache", "clear", capsys=capsys) == (0, "", "Nothing is kept.\n")
    checked(journal, capsys)
    code, out, err = run("cache", "clear", capsys=capsys)
    assert (code, out) == (0, "") and " MB given back, and with it what" in err
    checked(journal, capsys)
    assert len(loads) == 4
