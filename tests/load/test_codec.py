from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.journal.journal import Journal
from site_builder.load import codec, loader, workers
from site_builder.load.loaded import Loaded
from tests.catalogue import BASE, deal

FILES = {
    **BASE,
    **{
        f"deals/d{n}.md": deal(stage="stage: qualification", front=f"value: {n} USD\ncontacts: [jane-roe]",
                               notes=f"## 2026-10-01 stage qualification by maria\nvalue:: {n} USD\n- [x] needs-analysis\n")
        for n in range(40)
    },
    "deals/bad.md": deal(stage="stage: nowhere"),
}  # fmt: skip


def read() -> Loaded:
    return loader.load(MemoryTree(FILES), lambda: dt.date(2026, 11, 20))


def share_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "share_of", lambda tasks, worth: 3)
    monkeypatch.setattr(loader, "_RUN", 3)


def test_several_processes_read_what_one_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = read()
    share_out(monkeypatch)
    together = read()
    assert together == alone


def test_the_schema_stays_one(monkeypatch: pytest.MonkeyPatch) -> None:
    share_out(monkeypatch)
    journal = read().journal
    assert isinstance(journal, Journal)
    stage = journal.schema.pipelines[0].stages[1]
    for made in journal.deals[1:]:
        assert made.stage is stage
        assert made.owner is journal.schema.team["maria"]
        assert made.notes[0].kind is journal.schema.kinds["stage"]
        assert made.notes[0].steps[0].step is stage.steps[0]


def test_what_crosses_is_the_same() -> None:
    journal = read().journal
    assert journal is not None
    data = codec.Codec(journal.schema).encode(journal.deals)
    assert codec.Codec(journal.schema).decode(data) == journal.deals


def square(number: int) -> int:
    return number * number


@pytest.mark.parametrize("shares", [1, 2, 3])
def test_results_come_in_order(shares: int) -> None:
    numbers = list(range(50))
    assert workers.gather(numbers, square, shares) == [n * n for n in numbers]


def in_a_child(work: Callable[[], object]) -> None:
    """Do the work in another process, while this one waits."""
    parent = os.getpid()

    def portion(_number: int) -> None:
        if os.getpid() != parent:
            work()
        time.sleep(0.2)

    workers.gather([1, 2, 3, 4], portion, 2)


def slowly(_number: int) -> int:
    time.sleep(0.1)
    return os.getpid()


def test_other_processes_do_their_share() -> None:
    assert len(set(workers.gather([1, 2, 3, 4], slowly, 2))) == 2


def test_results_larger_than_a_pipe_arrive() -> None:
    sizes = [3_000_000, 1, 2_000_000, 0, 5_000_000, 7]
    assert [len(made) for made in workers.gather(sizes, bytes, 2)] == sizes


def test_what_goes_wrong_in_a_process_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        in_a_child(partial(divmod, 1, 0))


class OddError(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def test_an_exception_that_cannot_travel_sends_its_words() -> None:
    def fail() -> None:
        raise OddError("wh", "at")

    with pytest.raises(RuntimeError, match="OddError: what"):
        in_a_child(fail)


def test_a_process_that_dies_is_noticed() -> None:
    with pytest.raises(ChildProcessError):
        in_a_child(partial(os._exit, 9))


def test_a_process_that_dies_while_it_tells_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def half_a_message(pipe: Connection, _number: int, _data: bytes) -> None:
        os.write(pipe.fileno(), b"\x00\x00\x10\x00abc")
        os._exit(0)

    monkeypatch.setattr(workers, "_send", half_a_message)
    with pytest.raises(ChildProcessError):
        in_a_child(lambda: None)


KILLED = """
import os, time
from site_builder.load import workers as parallel
parent = os.getpid()
def work(number):
    if os.getpid() == parent:
        time.sleep(60)
    print("at work", flush=True)
    return bytes(5_000_000)
parallel.gather(range(50), work, 3)
"""


def test_no_process_outlives_the_one_that_it_works_for() -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        parent.stdout.readline()
        parent.kill()
        parent.communicate(timeout=30)  # ends when the last of them lets go of its output


def test_each_portion_is_taken_once(tmp_path: Path) -> None:
    """Quick portions, so that all want the next one at once."""
    times, numbers = tmp_path / "times", range(30_000)
    with times.open("ab", buffering=0) as log:

        def work(number: int) -> int:
            log.write(b".")
            return number

        assert workers.gather(numbers, work, 4) == list(numbers)
    assert times.stat().st_size == len(numbers)


STRUCK = """
import os, signal, sys, time
from site_builder.load import workers as parallel
parent, left = os.getpid(), int(sys.argv[1])
def strike(frame, event, _argument):
    global left
    taking = frame.f_code.co_qualname.startswith("_Queue.")
    if not taking or os.getpid() != parent:
        return None
    left -= event == "line"
    if left < 0:
        time.sleep(0.5)  # the others come to where this one is
        os.kill(parent, signal.SIGKILL)
    return strike
def work(number):
    if os.getpid() != parent:
        print("at work", flush=True)
    time.sleep(0.05)
sys.settrace(strike)
parallel.gather(range(200), work, 3)
"""


@pytest.mark.parametrize("line", range(12))
def test_one_that_is_killed_while_it_takes_a_portion_holds_nothing_up(line: int) -> None:
    command = [sys.executable, "-c", STRUCK, str(line)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as struck:
        try:
            struck.communicate(timeout=30)  # ends when the last of them lets go of its output
        except subprocess.TimeoutExpired:
            os.killpg(struck.pid, signal.SIGKILL)
            raise
    assert struck.returncode == -signal.SIGKILL


IGNORED = """
import os, signal
from site_builder.load import workers as parallel
parent = os.getpid()
def work(number):
    if os.getpid() != parent:
        signal.raise_signal(signal.SIGINT)
    return number
signal.signal(signal.SIGINT, signal.SIG_IGN)
assert parallel.gather(range(50), work, 3) == list(range(50))
"""


def test_what_ignores_ctrl_c_as_a_whole_ignores_it_in_every_process() -> None:
    subprocess.run([sys.executable, "-c", IGNORED], check=True, timeout=30)


TERMLESS = """
import os, signal, time
from site_builder.load import workers as parallel
parent = os.getpid()
def work(number):
    if os.getpid() == parent:
        raise KeyError(number)
    time.sleep(60)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
try:
    parallel.gather(range(50), work, 3)
except KeyError:
    print("ended")
"""


def test_what_goes_wrong_ends_the_others_where_sigterm_is_ignored_too() -> None:
    command = [sys.executable, "-c", TERMLESS]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=30)
    assert done.stdout == "ended\n"


def test_the_story_of_an_exception_travels_with_it() -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        in_a_child(partial(divmod, 1, 0))
    assert "in portion\n" in raised.value.__notes__[0]


def test_one_process_needs_nothing_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_Queue", None)
    assert workers.gather([1, 2], square) == [1, 4]


def test_what_goes_wrong_here_ends_the_others_at_once() -> None:
    parent = os.getpid()

    def work(_number: int) -> None:
        if os.getpid() == parent:
            raise KeyboardInterrupt
        time.sleep(60)

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        workers.gather([1, 2, 3], work, 2)
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("shares", [1, 3])
def test_progress_ends_with_all(shares: int) -> None:
    told: list[int] = []
    workers.gather(list(range(50)), square, shares, watch=told.append)
    assert told[-1] == 50
    assert told == sorted(told)


def test_few_tasks_are_worth_no_process() -> None:
    assert workers.share_of(10, 1_000) == 1
