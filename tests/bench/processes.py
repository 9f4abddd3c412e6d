"""One run of a program as a user sees it: wall time, exit code, and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

SAMPLE_EVERY = 0.02


class Run(NamedTuple):
    """What a run took: wall time, processor time of all its processes (both in seconds),
    and the peak resident memory of the largest of them, in bytes."""

    seconds: float
    cpu: float
    largest: int


def run(command: Sequence[str | Path], cache: Path, expect: int = 0) -> Run:
    """Run to the end, with this folder as the user's cache. Raises RuntimeError, with what it
    printed, for another exit code."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=_with_cache(cache),
    )
    assert process.stderr is not None
    messages = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode != expect:
        shown = messages.decode(errors="replace")[-2000:]
        raise RuntimeError(f"{command}: exit code {process.returncode}\n{shown}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)


def peak_of_tree(command: Sequence[str | Path], cache: Path) -> int | None:
    """Run once more and return the peak memory of all its processes together, in bytes.

    A page that several processes share counts once (the kernel's proportional set size,
    sampled every 20 ms). None where the system does not tell.
    """
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    process = subprocess.Popen(
        [str(word) for word in command],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_with_cache(cache),
    )
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(_share(pid) for pid in _tree(process.pid)))
        time.sleep(SAMPLE_EVERY)
    return peak


def _with_cache(folder: Path) -> dict[str, str]:
    return {**os.environ, "XDG_CACHE_HOME": str(folder)}


def _tree(root: int) -> list[int]:
    found, queue = [], [root]
    while queue:
        pid = queue.pop()
        found.append(pid)
        queue.extend(_children(pid))
    return found


def _children(pid: int) -> list[int]:
    pids: list[int] = []
    for task in _read_all(Path(f"/proc/{pid}/task")):
        pids.extend(int(word) for word in _read(task / "children").split())
    return pids


def _read_all(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:  # the process has ended
        return []


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # the process has ended
        return ""


def _share(pid: int) -> int:
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
