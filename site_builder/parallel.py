"""Work shared out among processes that are forked off and so see all that is in memory."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

T = TypeVar("T")
MOST = 8


def share_of(tasks: int, worth: int) -> int:
    """How many processes to use for so many tasks, where it takes ``worth`` tasks to be
    worth a process. One where forking is impossible, or unsafe because threads run."""
    if "fork" not in multiprocessing.get_all_start_methods() or threading.active_count() > 1:
        return 1
    return max(1, min(os.cpu_count() or 1, MOST, tasks // worth))


class Queue(Generic[T]):
    """Portions of work, each taken once by one of the processes forked off later."""

    def __init__(self, portions: Sequence[T]) -> None:
        self._portions = portions
        self._taken = multiprocessing.Value("q", 0)

    def __iter__(self) -> Iterator[T]:
        while (number := self._next()) < len(self._portions):
            yield self._portions[number]

    def taken(self) -> int:
        """How many portions somebody has taken."""
        return min(int(self._taken.value), len(self._portions))

    def _next(self) -> int:
        with self._taken.get_lock():
            self._taken.value += 1
            return int(self._taken.value) - 1


def run(
    jobs: Sequence[Callable[[], T]],
    encode: Callable[[T], bytes] = pickle.dumps,
    decode: Callable[[bytes], T] = pickle.loads,
) -> list[T]:
    """Do the first job here and each other one in a process of its own.

    Returns their results in order. An exception of any job is raised, once all have ended.
    """
    if len(jobs) == 1:
        return [jobs[0]()]
    context = multiprocessing.get_context("fork")
    started = []
    try:
        for job in jobs[1:]:
            mine, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(job, encode, theirs))
            process.start()
            theirs.close()
            started.append((process, mine))
        results = [jobs[0]()]
    except BaseException:
        for process, _ in started:
            process.terminate()
        raise
    finally:
        sent = [_receive(mine) for _, mine in started]
        for process, _ in started:
            process.join()
    for outcome in sent:
        if isinstance(outcome, BaseException):
            raise outcome
        results.append(decode(outcome))
    return results


def _receive(pipe: Connection) -> bytes | BaseException:
    try:
        return pipe.recv_bytes() if pipe.recv() else pipe.recv()
    except EOFError:
        return ChildProcessError("a worker process ended before its work was done")


def _sendable(error: Exception) -> Exception:
    """The error itself if it survives the way to another process, otherwise its words."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - whatever an exception's own methods do
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _work(job: Callable[[], T], encode: Callable[[T], bytes], pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a word
    try:
        outcome = encode(job())
    except Exception as error:  # noqa: BLE001 - raised again in the parent
        pipe.send(False)
        pipe.send(_sendable(error))
    else:
        pipe.send(True)
        pipe.send_bytes(outcome)
