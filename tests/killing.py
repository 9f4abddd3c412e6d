"""Commands that are killed at a chosen moment, as by a power cut or by ``kill -9``."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

_RUN = """
import os, sys
moments, events = int(sys.argv[1]), ("open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir")
folders, parent, seen = sys.argv[2].split(os.pathsep), os.getpid(), 0
def watch(event, args):
    global seen
    if event in events and str(args[0]).startswith(tuple(folders)) and os.getpid() == parent:
        seen += 1
        if seen == moments:
            sys.setprofile(lambda frame, event, arg: event == "c_call" and os.kill(parent, 9))
sys.addaudithook(watch)
from site_builder.cli import main
try:
    main(sys.argv[3:])
finally:
    print(seen, file=sys.stderr)
"""


def run(*arguments: str | Path, watch: Iterable[Path], kill_at: int = 0) -> tuple[int, int]:
    """Run a command, killed straight after its n-th touch of something in the folders that are
    watched (so that a file is open and nothing is written), or not at all; its exit code, and
    how many touches there were."""
    folders = os.pathsep.join(map(os.fspath, watch))
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(kill_at), folders, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False, timeout=60,
    )  # fmt: skip
    if done.returncode == -signal.SIGKILL:
        return done.returncode, kill_at
    return done.returncode, int(done.stderr.split()[-1])


def moments(of: int, count: int, seed: int) -> Iterator[int]:
    """Some of so many moments, the first and the last among them."""
    chosen = random.Random(seed).sample(range(1, of + 1), min(count, of))
    yield from sorted({1, of, *chosen})
