from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from site_builder.files import lock as lock_module
from site_builder.files.lock import lock
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


def test_a_file_locks_where_folders_cannot_be(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    first = lock_module._lock_file(folder)
    assert first is not None
    assert lock_module._lock_file(folder) is None
    assert lock_module._lock_file(tmp_path / "other") is not None
    assert not folder.exists()
