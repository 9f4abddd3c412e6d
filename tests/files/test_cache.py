"""The cache folder: only what this dealog kept here for this journal comes back."""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import time
from pathlib import Path

import pytest

from site_builder.files import cache
from site_builder.files.cache import Cache, cache_of, clear, folder_of_all


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "dealog"


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    (tmp_path / "journal").mkdir()
    return tmp_path / "journal"


def opened(journal: Path) -> Cache:
    found = cache_of(journal)
    assert found is not None
    return found


def only_file(home: Path) -> Path:
    (file,) = [path for path in home.rglob("*") if path.is_file()]
    return file


VALUE = {"deals/ä.md": (1, 2**70, b"\0", None, ["x", True])}


def test_what_was_kept_comes_back(home: Path, journal: Path) -> None:
    assert opened(journal).read("x") is None
    assert opened(journal).write("x", VALUE)
    assert opened(journal).read("x") == VALUE
    assert opened(journal).read("y") is None


@pytest.mark.skipif(os.name == "nt", reason="folders have other rights there")
def test_nobody_else_may_look(home: Path, journal: Path) -> None:
    opened(journal).write("x", VALUE)
    for folder in (home, only_file(home).parent):
        assert folder.stat().st_mode & 0o777 == 0o700
    home.chmod(0o770)
    assert opened(journal).read("x") is None and not opened(journal).write("x", VALUE)


def test_nothing_is_kept_in_what_is_kept_for(
    tmp_path: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(journal / ".cache"))
    assert cache_of(journal) is None
    assert cache_of(tmp_path, journal) is None
    other = tmp_path / "other"
    other.mkdir()
    assert cache_of(other, journal) is None
    assert cache_of(other) is not None


def test_a_place_that_is_no_path_from_the_root_is_not_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for given in ("", "cache", "./cache"):
        monkeypatch.setenv("XDG_CACHE_HOME", given)
        monkeypatch.setenv("HOME", "/home/nora")
        monkeypatch.setenv("USERPROFILE", "/home/nora")
        assert folder_of_all() == Path("/home/nora/.cache/dealog")


@pytest.mark.parametrize("at", [0, 5, 31, 32, 40, -1])
def test_one_wrong_byte_is_enough(home: Path, journal: Path, at: int) -> None:
    opened(journal).write("x", VALUE)
    data = bytearray(only_file(home).read_bytes())
    data[at] ^= 1
    only_file(home).write_bytes(data)
    assert opened(journal).read("x") is None


@pytest.mark.parametrize("length", [0, 1, 31, 32, 33, 50])
def test_half_a_file_is_none(home: Path, journal: Path, length: int) -> None:
    opened(journal).write("x", VALUE)
    only_file(home).write_bytes(only_file(home).read_bytes()[:length])
    assert opened(journal).read("x") is None


def test_a_file_of_somebody_elses_making_is_none(home: Path, journal: Path) -> None:
    opened(journal).write("x", VALUE)
    body = marshal.dumps("mine")
    only_file(home).write_bytes(hashlib.sha256(body).digest() + body)
    assert opened(journal).read("x") is None


def test_another_version_machine_or_package_begins_anew(
    home: Path, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(journal).write("x", VALUE)
    for where, name, value in ((sys, "version", "3.99"), (cache, "_machine", lambda: ("other", "")),
                               (cache, "_code", lambda: b""), (cache, "_needs", lambda: ["jinja2-9.dist-info"])):  # fmt: skip
        with monkeypatch.context() as patched:
            patched.setattr(where, name, value)
            assert opened(journal).read("x") is None
    assert opened(journal).read("x") == VALUE


def test_a_journal_that_was_moved_or_made_again_begins_anew(home: Path, journal: Path) -> None:
    opened(journal).write("x", VALUE)
    moved = journal.rename(journal.with_name("moved"))
    assert opened(moved).read("x") is None
    journal.mkdir()
    assert opened(journal).read("x") is None


def test_a_link_in_place_of_the_folder_is_not_followed(home: Path, journal: Path) -> None:
    opened(journal).write("x", VALUE)
    home.rename(home.with_name("elsewhere"))
    home.symlink_to("elsewhere", target_is_directory=True)
    assert opened(journal).read("x") is None and not opened(journal).write("x", VALUE)
    assert clear() == 0 and home.with_name("elsewhere").is_dir()


def test_what_cannot_be_written_is_no_error(home: Path, journal: Path) -> None:
    home.parent.mkdir()
    home.write_text("in the way")
    assert not opened(journal).write("x", VALUE)
    assert opened(journal).read("x") is None


def test_what_a_killed_run_left_is_removed(home: Path, journal: Path) -> None:
    opened(journal).write("x", VALUE)
    left = only_file(home).with_name(".x.1.dealog-tmp")
    left.write_bytes(b"half")
    os.utime(left, (1, time.time() - 700))
    opened(journal).write("x", VALUE)
    assert not left.exists()
    only_file(home).with_name(f".x.{os.getpid()}.dealog-tmp").write_bytes(b"half")  # its number too
    assert opened(journal).write("x", VALUE)
    assert only_file(home).name == "x"


def test_what_others_write_meanwhile_is_theirs(home: Path, journal: Path) -> None:
    """Of one journal a site can be served while its files are edited."""
    opened(journal).write("x", VALUE)
    theirs = only_file(home).with_name(".undo.1.dealog-tmp")
    theirs.write_bytes(b"half")
    opened(journal).write("x", VALUE)
    assert theirs.exists()


def test_clearing_removes_all(home: Path, journal: Path) -> None:
    assert clear() == 0
    opened(journal).write("x", VALUE)
    assert clear() > 0 and not home.exists() and home.parent.is_dir()
