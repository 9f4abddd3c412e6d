from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.edit import kept
from site_builder.edit.changes import Change, Changed, make
from site_builder.files import whole_files


def test_files_are_changed_made_and_removed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").write_bytes(b"2")
    (tmp_path / "a").chmod(0o640)
    made = [Change("a", b"1", b"one"), Change("b", b"2", None), Change("in/c", None, b"3")]
    make(tmp_path, made)
    assert (tmp_path / "a").read_bytes() == b"one"
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640
    assert not (tmp_path / "b").exists()
    assert (tmp_path / "in/c").read_bytes() == b"3"
    make(tmp_path, [change.undone for change in made])
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()} == {
        "a": b"1",
        "b": b"2",
    }


@pytest.mark.parametrize("come", ["c", ""])
def test_who_may_read_a_file_may_so_when_it_was_moved_or_put_back(journal: Path, come: str) -> None:
    """And nobody else, whom the process's own mask would let."""
    (journal / "a").write_bytes(b"1")
    (journal / "a").chmod(0o600)
    made = [Change("a", b"1", None), *([Change(come, None, b"2")] if come else [])]
    kept.make(journal, made, "It")
    assert not come or (journal / come).stat().st_mode & 0o777 == 0o600
    kept.make(journal, [change.undone for change in kept.last_edit(journal).changes], "Undo it")
    assert (journal / "a").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("before", [b"other", None])
def test_nothing_is_written_where_a_file_is_not_what_it_was(
    tmp_path: Path, before: bytes | None
) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "b").write_bytes(b"2")
    with pytest.raises(Changed) as changed:
        make(tmp_path, [Change("a", b"1", b"one"), Change("b", before, b"two")])
    assert changed.value.path == "b"
    assert (tmp_path / "a").read_bytes() == b"1"


def test_links_are_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"1")
    (tmp_path / "a").symlink_to("real")
    with pytest.raises(Changed):
        make(tmp_path, [Change("a", b"1", b"one")])
    assert (tmp_path / "real").read_bytes() == b"1"


def test_folders_that_are_links_are_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "away").mkdir()
    (tmp_path / "away/a").write_bytes(b"1")
    (tmp_path / "deals").symlink_to("away")
    for change in (Change("deals/a", b"1", b"one"), Change("deals/b", None, b"two")):
        with pytest.raises(Changed):
            make(tmp_path, [change])
    assert {p.name: p.read_bytes() for p in (tmp_path / "away").iterdir()} == {"a": b"1"}


def test_what_was_written_is_put_back_where_a_later_file_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(b"1")

    def full(target: str, data: bytes, mode: int | None) -> None:
        raise OSError(28, "No space left on device", target)

    monkeypatch.setattr(whole_files, "create", full)
    with pytest.raises(OSError, match="No space"):
        make(tmp_path, [Change("a", b"1", b"one"), Change("c", None, b"3")])
    assert (tmp_path / "a").read_bytes() == b"1"
