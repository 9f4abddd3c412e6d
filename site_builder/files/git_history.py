"""What commits did to a journal's files: read from git's objects, as all else of git is."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from site_builder.files.git_objects import NoRevision, Repository
from site_builder.files.tree import FOLDERS, MAX_BYTES

_BEGIN = "\x01"
_FORM = f"--format={_BEGIN}%H%x00%ct%x00%ad%x00%an%x00%ae%x00%P"
_HEAD = 6
_RAW = ("-r", "-z", "--raw", "-M", "-c", "--root", "--no-abbrev", "--date=short")
_NO_FILE = frozenset("0")


class Made(NamedTuple):
    """A commit: when its committer made it, in seconds; on which day its author did, where they
    were; their name and address; whether it ``is_first``, and has none before it here."""

    id: str
    seconds: int
    day: dt.date
    author: str
    address: str
    is_first: bool


class Touched(NamedTuple):
    """A file that a commit touched: the ``path`` it has now, or had, the one that it had
    ``before``, the blobs that it was, in each parent of a merge, and the one that it is; nothing
    where there is none. Paths are relative to the journal."""

    path: str
    before: str
    old: tuple[str, ...]
    new: str


def state_of(folder: Path) -> str:
    """Changes with all that git has recorded of a folder; nothing where it has recorded nothing, or
    there is no git. It is found in a few milliseconds."""
    try:
        return Repository(folder).state
    except (NoRevision, OSError):
        return ""


def history(
    repository: Repository, head: str, known: str = ""
) -> Iterator[tuple[Made, list[Touched]]]:
    """What the commits up to one did to deals and contacts, without those up to a ``known`` one; in
    any order. Of a merge there is what it did itself. Raises NoRevision."""
    without = [f"^{known}"] if known else []
    ids = repository.asked("rev-list", head, *without, "--")
    if ids:
        form = (*_RAW, "--encoding=UTF-8", _FORM)
        told = repository.asked("diff-tree", "--stdin", *form, "--", *FOLDERS, input=ids.decode())
        yield from _commits(told.split(b"\0"), len(repository.inside))


def texts(repository: Repository, blobs: Sequence[str]) -> dict[str, bytes]:
    """What blobs hold that are no larger than a deal or contact may be. Raises NoRevision where one
    is not here."""
    form = "--batch-check=%(objectname) %(objectsize)"
    lines = "".join(f"{id}\n" for id in blobs)
    told = repository.asked("cat-file", form, input=lines).decode("ascii").splitlines()
    rows = [line.split() for line in told]
    fit = [row[0] for row in rows if not row[1].isdigit() or int(row[1]) <= MAX_BYTES]
    return repository.objects(fit) if fit else {}


def _commits(tokens: list[bytes], cut: int) -> Iterator[tuple[Made, list[Touched]]]:
    at = 0
    while at + _HEAD <= len(tokens):
        made = _made([token.decode("utf-8", "replace") for token in tokens[at : at + _HEAD]])
        at += _HEAD
        at += not tokens[at].strip()  # of a merge nothing stands between
        touched = []
        while at < len(tokens) and (row := tokens[at].lstrip(b"\n")).startswith(b":"):
            is_moved = row.rpartition(b" ")[2][:1] == b"R" and not row.startswith(b"::")
            paths = [os.fsdecode(path)[cut:] for path in tokens[at + 1 : at + 2 + is_moved]]
            touched.append(_touched(row, paths))
            at += 2 + is_moved
        yield made, touched


def _made(said: list[str]) -> Made:
    id, seconds, day, author, address, parents = said
    try:
        made_on = dt.date.fromisoformat(day)
    except ValueError:
        made_on = dt.date.min
    when = int(seconds) if seconds.isdecimal() else 0  # git tells nothing of what is no time
    return Made(id.strip(f"\n{_BEGIN}"), when, made_on, author, address, not parents)


def _touched(row: bytes, paths: list[str]) -> Touched:
    *blobs, _status = row.decode("ascii").lstrip(":").split(" ")
    ids = ["" if set(id) == _NO_FILE else id for id in blobs[len(blobs) // 2 :]]
    return Touched(paths[-1], paths[0], tuple(ids[:-1]), ids[-1])
