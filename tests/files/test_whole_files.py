"""A file is there whole or not at all, whenever its writing fails."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from site_builder.files import whole_files
from tests.commands import contents

DATA = b"0123456789" * 10


@pytest.fixture(params=["at once", "midway", "at the end"])
def fails(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A disk that takes nothing, or some bytes, or all of them and is then lost."""
    usual = os.write

    def write(file: int, data: bytes) -> int:
        if request.param == "at once" or len(data) < len(DATA):
            raise OSError(errno.ENOSPC, "No space left on device")
        return usual(file, data[: 10 if request.param == "midway" else len(data)])

    def lost(*_paths: object, **_named: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "write", write)
    for name in ("fsync", "replace", "link", "rename") if request.param == "at the end" else ():
        monkeypatch.setattr(os, name, lost)
    return str(request.param)


@pytest.mark.usefixtures("fails")
@pytest.mark.parametrize("write", [whole_files.create, whole_files.replace])
def test_a_new_file_that_can_t_be_written_is_not_there(
    tmp_path: Path, write: Callable[[str, bytes], None]
) -> None:
    with pytest.raises(OSError, match=r"No space|Input/output"):
        write(str(tmp_path / "new.md"), DATA)
    assert contents(tmp_path) == {}


@pytest.mark.usefixtures("fails")
@pytest.mark.parametrize("is_settled", [False, True])
def test_an_old_file_that_can_t_be_replaced_is_as_it_was(tmp_path: Path, is_settled: bool) -> None:
    (tmp_path / "old.md").write_bytes(b"old")
    with pytest.raises(OSError, match=r"No space|Input/output"):
        whole_files.replace(str(tmp_path / "old.md"), DATA, settled=is_settled)
    assert contents(tmp_path) == {"old.md": b"old"}


def test_nobody_else_reads_a_file_at_any_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, usual = [], os.write

    def write(file: int, data: bytes) -> int:
        seen.append(os.fstat(file).st_mode & 0o777)
        return usual(file, data)

    monkeypatch.setattr(os, "write", write)
    whole_files.create(str(tmp_path / "a.md"), DATA, mode=0o600)
    whole_files.replace(str(tmp_path / "a.md"), DATA, mode=0o666)  # which a mask narrows
    assert seen == [0o600, 0o666] and (tmp_path / "a.md").stat().st_mode & 0o777 == 0o666


def test_nobody_sees_a_file_before_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is written, and whenever somebody looks."""
    (tmp_path / "old.md").write_bytes(b"old")
    usual, seen = os.write, list[tuple[bool, bytes]]()

    def write(file: int, data: bytes) -> int:
        seen.append(((tmp_path / "new.md").exists(), (tmp_path / "old.md").read_bytes()))
        return usual(file, data[:30])

    monkeypatch.setattr(os, "write", write)
    whole_files.create(str(tmp_path / "new.md"), DATA)
    assert set(seen) == {(False, b"old")} and len(seen) == 4
    (tmp_path / "new.md").unlink()
    whole_files.replace(str(tmp_path / "old.md"), DATA)
    assert set(seen) == {(False, b"old")} and len(seen) == 8
    assert contents(tmp_path) == {"old.md": DATA}


@pytest.mark.parametrize("has_links", [True, False])
def test_nothing_that_is_there_is_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    """Also on a file system that has no links."""
    (tmp_path / "there.md").write_bytes(b"mine")

    def none(*_paths: object, **_named: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    if not has_links:
        monkeypatch.setattr(os, "link", none)
    with pytest.raises(FileExistsError):
        whole_files.create(str(tmp_path / "there.md"), DATA)
    whole_files.create(str(tmp_path / "new.md"), DATA)
    assert contents(tmp_path) == {"there.md": b"mine", "new.md": DATA}


def test_what_a_killed_process_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    for name in (".a.md.12.dealog-tmp", "a.dealog-tmp", ".hidden", "a.md"):
        (tmp_path / name).write_text("x")
    whole_files.sweep(str(tmp_path))
    assert sorted(contents(tmp_path)) == [".hidden", "a.dealog-tmp", "a.md"]
    whole_files.sweep(str(tmp_path / "gone"))
