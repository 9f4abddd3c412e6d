from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from site_builder.files import lock as lock_module
from site_builder.files.lock import lock
from site_builder.site.claim import claim
from tests.places import ROOT

HOLD = """
import sys, time
from pathlib import Path
from site_builder.files.lock import lock
held = lock(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def test_a_folder_is_locked_once(tmp_path: Path) -> None:
    first = lock(tmp_path)
    assert first is not None
    assert lock(tmp_path) is None
    first.release()
    assert lock(tmp_path) is not None
    assert list(tmp_path.iterdir()) == []


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert lock(tmp_path) is None
        other.kill()
    assert lock(tmp_path) is not None


FORK = """
import os, sys
from pathlib import Path
from site_builder.files.lock import lock
held = lock(Path(sys.argv[1]))
if os.fork():
    os.kill(os.getpid(), 9)
sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks here")
def test_processes_that_outlive_a_killed_one_still_hold_it(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FORK, str(tmp_path)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=env, stdin=subprocess.PIPE) as other:
        other.wait()
        assert lock(tmp_path) is None
    for _ in range(200):
        if lock(tmp_path) is not None:
            return
        time.sleep(0.05)
    pytest.fail("the lock is held for ever")


def test_a_folder_that_is_gone_or_moved_is_not_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lock(tmp_path / "nowhere") is None
    folder, real = tmp_path / "folder", lock_module._is_free
    folder.mkdir()

    def moved(descriptor: int) -> bool:
        folder.rename(tmp_path / "moved")
        return real(descriptor)

    monkeypatch.setattr(lock_module, "_is_free", moved)
    assert lock(folder) is None


def test_where_a_file_system_knows_no_locks_nobody_is_kept_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    assert lock(tmp_path) is not None


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows, where ``msvcrt`` locks files and no folder can be opened."""

    def locking(descriptor: int, mode: int, count: int) -> None:
        assert (mode, count) == (2, 1)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise PermissionError(errno.EACCES, "Permission denied") from None

    fcntl = pytest.importorskip("fcntl")
    made = SimpleNamespace(LK_NBLCK=2, locking=locking)
    monkeypatch.setattr(lock_module, "msvcrt", made, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")


@pytest.mark.usefixtures("windows")
class TestOnWindows:
    def test_a_file_beside_it_locks_a_folder_once(self, tmp_path: Path) -> None:
        folder = tmp_path / "site"
        first, other = lock(folder), lock(tmp_path / "other")
        assert first is not None and other is not None
        assert lock(folder) is None
        assert sorted(path.name for path in tmp_path.iterdir()) == [
            ".other.dealog-lock", ".site.dealog-lock"
        ]  # fmt: skip
        first.release()
        other.release()
        assert not any(tmp_path.iterdir())
        assert lock(folder) is not None

    def test_the_folder_one_stands_in_is_locked_by_its_name(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "site").mkdir()
        monkeypatch.chdir(tmp_path / "site")
        held = lock(Path())
        assert held is not None and (tmp_path / ".site.dealog-lock").is_file()
        assert lock(tmp_path / "site") is None

    def test_what_a_killed_process_left_holds_nothing(self, tmp_path: Path) -> None:
        (tmp_path / ".site.dealog-lock").touch()
        held = lock(tmp_path / "site")
        assert held is not None
        held.release()
        assert not any(tmp_path.iterdir())

    def test_one_that_the_next_has_open_already_stays(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def in_use(_path: Path) -> None:
            raise PermissionError(errno.EACCES, "It is used by another process")

        held = lock(tmp_path / "site")
        assert held is not None
        monkeypatch.setattr(Path, "unlink", in_use)
        held.release()
        assert lock(tmp_path / "site") is not None

    def test_where_no_file_can_be_made_nothing_is_built(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refused(path: Path, _flags: int) -> int:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))

        monkeypatch.setattr(os, "open", refused)
        with pytest.raises(PermissionError, match=r"\.site\.dealog-lock"):
            lock(tmp_path / "site")

    def test_of_two_builds_one_waits(self, tmp_path: Path) -> None:
        def interrupt() -> None:
            raise InterruptedError

        (tmp_path / "there").mkdir()
        for folder in (tmp_path / "there", tmp_path / "new"):
            first = claim(folder, None, lambda: None)
            with pytest.raises(InterruptedError):
                claim(folder, None, interrupt)
            first.move_to_place()
            first.release()
            claim(folder, None, interrupt).release()
