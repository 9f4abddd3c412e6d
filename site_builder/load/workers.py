"""Work shared out among processes that are forked off and so see all that is in memory."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import IO, TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
R = TypeVar("R")
MOST = 8

_FAILED = -1
_NUMBER = 4  # bytes
_ROOM = 1 << 20
"""Bytes that a process may be ahead of this one, where the system lets us choose."""


def share_of(tasks: int, worth: int) -> int:
    """How many processes to use for so many tasks, where it takes ``worth`` tasks to be
    worth a process. One where forking is impossible, or unsafe because threads run."""
    share = min(os.cpu_count() or 1, MOST, tasks // worth)
    if share < 2:
        return 1
    import multiprocessing

    can_fork = "fork" in multiprocessing.get_all_start_methods()
    return share if can_fork and threading.active_count() == 1 else 1


def _pickled(made: object) -> bytes:
    import pickle

    return pickle.dumps(made)


def _as_it_is(made: R) -> R:
    return made


def _unpickled(data: bytes) -> Any:
    import pickle

    return pickle.loads(data)  # noqa: S301 - our own child's


def gather(
    portions: Sequence[T],
    work: Callable[[T], R],
    shares: int = 1,
    encode: Callable[[R], bytes] = _pickled,
    decode: Callable[[bytes], R] = _unpickled,
    keep: Callable[[R], R] = _as_it_is,
    watch: Callable[[int], None] = lambda _done: None,
) -> list[R]:
    """What ``work`` makes of each portion, in the order of the portions.

    As many processes as ``shares`` says, this one among them, each take the next portion
    when they are free. What others made comes here by ``encode`` and ``decode``, and of what this
    one made stays what ``keep`` says. ``watch`` is told how many portions are done. An exception
    in any of the processes ends the others and is raised here.
    """
    if shares < 2:
        return list(_alone(portions, work, keep, watch))
    found: dict[int, R] = {}
    with _nameless_file() as numbers:
        queue = _Queue(portions, numbers)
        with _forked(shares - 1, partial(_send_each, queue, work, encode)) as pipes:
            for number, portion in queue:
                found[number] = keep(work(portion))
                for pipe in pipes:
                    while pipe.poll() and _receive(pipe, found, decode):
                        pass
                watch(len(found))
            for pipe in pipes:
                while _receive(pipe, found, decode):
                    watch(len(found))
    if len(found) < len(portions):
        raise ChildProcessError("a worker process ended before its work was done")
    return [found[number] for number in range(len(portions))]


def _alone(
    portions: Sequence[T],
    work: Callable[[T], R],
    keep: Callable[[R], R],
    watch: Callable[[int], None],
) -> Iterator[R]:
    for done, portion in enumerate(portions, 1):
        yield keep(work(portion))
        watch(done)


class _Queue(Generic[T]):
    """Portions of work with their numbers, each taken once by one of the processes.

    The numbers stand in a file that has no name, and all processes read on from the same place, one
    at a time. The system takes its lock on the file from a process that is killed, at any moment,
    so that it holds up none of the others.
    """

    def __init__(self, portions: Sequence[T], numbers: IO[bytes]) -> None:
        self._portions, self._numbers = portions, numbers
        numbers.write(b"".join([n.to_bytes(_NUMBER) for n in range(len(portions))]))
        numbers.seek(0)

    def __iter__(self) -> Iterator[tuple[int, T]]:
        while taken := self._take():
            number = int.from_bytes(taken)
            yield number, self._portions[number]

    def _take(self) -> bytes:
        import fcntl  # there is one wherever processes can be forked off

        # Not all systems let only one process at a time read on from a place in such a file.
        fcntl.lockf(self._numbers, fcntl.LOCK_EX)
        taken = self._numbers.read(_NUMBER)
        fcntl.lockf(self._numbers, fcntl.LOCK_UN)
        return taken


def _nameless_file() -> IO[bytes]:
    if hasattr(os, "memfd_create"):  # in memory, for a disk may be full or not ours to write to
        return open(os.memfd_create("portions"), "r+b", buffering=0)
    import tempfile

    return tempfile.TemporaryFile(buffering=0)


@contextlib.contextmanager
def _forked(
    count: int, target: Callable[[Connection, list[Connection]], None]
) -> Iterator[list[Connection]]:
    """So many processes that run ``target``, and a pipe from each."""
    import multiprocessing

    context = multiprocessing.get_context("fork")
    pipes: list[Connection] = []
    processes = []
    try:
        for _ in range(count):
            mine, theirs = context.Pipe(duplex=False)
            _widen(mine)
            pipes.append(mine)
            process = context.Process(target=target, args=(theirs, pipes))
            process.start()
            theirs.close()
            processes.append(process)
        yield pipes
    except BaseException:
        for process in processes:
            process.kill()  # for one that ignores SIGTERM would be waited for
        raise
    finally:
        for process in processes:
            process.join()


def _widen(pipe: Connection) -> None:
    with contextlib.suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _ROOM)


def _send_each(
    queue: _Queue[T],
    work: Callable[[T], R],
    encode: Callable[[R], bytes],
    pipe: Connection,
    others: list[Connection],
) -> None:
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:  # as nohup has it
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a word
    for other in others:  # or a write would wait for ever where the parent has been killed
        other.close()
    with contextlib.suppress(BrokenPipeError):
        try:
            for number, portion in queue:
                _send(pipe, number, encode(work(portion)))
        except BrokenPipeError:
            raise
        except Exception as error:  # noqa: BLE001 - raised again in the parent
            _send(pipe, _FAILED, _pickled(_sendable(error)))


def _send(pipe: Connection, number: int, data: bytes) -> None:
    pipe.send_bytes(number.to_bytes(_NUMBER, signed=True) + data)


def _receive(pipe: Connection, found: dict[int, R], decode: Callable[[bytes], R]) -> bool:
    """Take one result out of a pipe; False where there will be no more."""
    try:
        data = pipe.recv_bytes()
    except (EOFError, OSError):  # the end, also in the midst of a message
        return False
    number = int.from_bytes(data[:_NUMBER], signed=True)
    if number == _FAILED:
        raise _unpickled(data[_NUMBER:])
    found[number] = decode(data[_NUMBER:])
    return True


def _sendable(error: Exception) -> Exception:
    """The error itself if it survives the way to another process, otherwise its words; with
    the story of where it happened."""
    import traceback

    told = "".join(traceback.format_exception(error))
    try:
        _unpickled(_pickled(error))
    except Exception:  # noqa: BLE001 - whatever an exception's own methods do
        error = RuntimeError(f"{type(error).__name__}: {error}")
    error.add_note(told)
    return error
