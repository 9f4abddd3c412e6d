"""Commands that are killed at a chosen moment, as by a power cut or by ``kill -9``.

They are forked off one process that has loaded everything, for to start Python anew each time
would take most of the time of a test.
"""

from __future__ import annotations

import atexit
import json
import os
import random
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from tests.places import ROOT

_SERVE = """
import datetime, functools, json, os, pathlib, sys, time
from site_builder.site import output, template_errors
from site_builder.files import cache, whole_files
from site_builder.cli import build, check, import_csv, init, log, main, merge, rename, undo
from site_builder.serve import editing, forms, session

TOUCHES = ("open", "os.link", "os.rename", "os.remove", "os.mkdir", "os.rmdir")

# In the end a build reads what it wrote in the last moment once more. By this clock that is all of
# it, however busy the machine is, so that a build touches as much as the one that was counted.
time.time_ns = lambda: 0

def deed(root, what, *form):
    clock = lambda: datetime.date(2026, 11, 20)
    page = editing.Editing(session.Session(pathlib.Path(root), clock), pathlib.Path(root), clock)
    told = page.answer(what, forms.Form(dict(zip(form[::2], form[1::2]))))
    raise SystemExit(0 if told.status == 200 else 1)

def run(job, told):
    own, seen, left = os.getpid(), 0, 0
    def count(frame, event, arg):
        nonlocal left
        if event == "c_call":
            left -= 1
            if left < 0:
                os.kill(own, 9)
    def watch(event, args):
        nonlocal seen, left
        if event in TOUCHES and os.getpid() == own and str(args[0]).startswith(tuple(job["watch"])):
            seen += 1
            if seen == job["kill_at"]:
                left = job["calls"]
                sys.setprofile(count)
    sys.addaudithook(watch)
    code = 3
    os.environ["XDG_CACHE_HOME"] = job["cache"] or os.environ.get("XDG_CACHE_HOME", "")
    try:
        if job["arguments"][0] == "(deed)":
            deed(*job["arguments"][1:])
        main.main(job["arguments"])
    except SystemExit as ended:
        code = ended.code
    finally:
        os.write(told, str(seen).encode())
        os._exit(code)

answers, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
os.dup2(nowhere, 1)
os.dup2(nowhere, 2)
cache._code = functools.cache(cache._code)
cache._code()
for line in sys.stdin:
    mine, theirs = os.pipe()
    child = os.fork()
    if not child:
        run(json.loads(line), theirs)
    os.close(theirs)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    seen = int(os.read(mine, 20) or 0)
    os.close(mine)
    os.write(answers, json.dumps([status, seen]).encode() + b"\\n")
"""


@cache
def _server() -> subprocess.Popen[str]:
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    atexit.register(server.communicate)  # which ends its input, and so the server
    return server


def run(
    *arguments: str | Path, watch: Iterable[Path], kill_at: int = 0, calls: int = 0
) -> tuple[int, int]:
    """Run a command, killed straight after its n-th touch of something in the folders that are
    watched (so that a file is open and nothing is written), or so many calls later, or not at all;
    its exit code, and how many touches there were if it was not killed. A deed of a page is run
    with ``(deed)``, the folder, and what a page sends."""
    server = _server()
    assert server.stdin is not None and server.stdout is not None
    job = {
        "arguments": [*map(str, arguments)],
        "watch": [*map(str, watch)],
        "kill_at": kill_at,
        "calls": calls,
        "cache": os.environ.get("XDG_CACHE_HOME", ""),
    }
    server.stdin.write(json.dumps(job) + "\n")
    server.stdin.flush()
    code, touches = json.loads(server.stdout.readline())
    return code, touches


def moments(of: int, count: int, seed: int) -> Iterator[int]:
    """Some of so many moments, the first and the last among them."""
    chosen = random.Random(seed).sample(range(1, of + 1), min(count, of))
    yield from sorted({1, of, *chosen})
