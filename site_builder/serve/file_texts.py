"""A file's text on a page: read, checked while somebody types, and saved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from site_builder.edit.changes import Change
from site_builder.edit.desk import Desk
from site_builder.edit.job import Job
from site_builder.edit.refusals import NotDone
from site_builder.edit.texts import revision, text_of, with_text
from site_builder.files.tree import CONFIG, MAX_BYTES, is_usable
from site_builder.load.listing import Found
from site_builder.problems.problem import Problem, by_place
from site_builder.serve.forms import Told

_CONFIG = Found("", CONFIG, CONFIG, is_named=True)
_MEANT = re.compile(r"Did you mean `([^`]+)`\?")


class Other(Exception):
    """A file is no longer what it was when a page read it: it is this now."""

    def __init__(self, data: bytes) -> None:
        super().__init__("changed")
        self.data = data


def read(desk: Desk, path: str) -> Told:
    """A file's text, what tells that it is still the same, and what is wrong with it. Raises
    NotDone."""
    found, data = _file(desk, path)
    return {**as_told(data), "path": path, "problems": _checked(desk, found, data)}


def check(desk: Desk, path: str, text: str) -> Told:
    """What would be wrong with a file of this text. Raises NotDone."""
    found, data = _file(desk, path)
    return {"problems": _checked(desk, found, with_text(data, text))}


def save(job: Job, path: str, text: str, seen: str) -> None:
    """Save a file's text as it is, over what was ``seen`` alone; that of pipeline.yml where it can
    be understood, for without it no page could mend it. Raises NotDone, and Other where the file is
    something else now."""
    found, data = _file(job.desk, path)
    if revision(data) != seen:
        raise Other(data)
    after = with_text(data, text)
    if len(after) > MAX_BYTES:
        raise NotDone(f"A file may have {MAX_BYTES // 1024} KB: this is more.")
    if after == data:
        raise NotDone("Nothing was changed.")
    if found is _CONFIG and job.desk.with_config(after).schema is None:
        raise NotDone(f"{CONFIG} could not be understood then: nothing was saved.")
    job.write([Change(path, data, after)], f"{found.id}: edit")


def as_told(data: bytes) -> Told:
    """A file's text, and what tells that it is still the same. Raises NotDone."""
    try:
        return {"text": text_of(data), "revision": revision(data)}
    except UnicodeDecodeError:
        raise NotDone("The file is no UTF-8: mend it in an editor.") from None


def told(problems: Iterable[Problem]) -> list[Told]:
    """Problems for a page; where exactly one thing may be meant, with that."""
    return [_told(problem) for problem in by_place(problems)]


def _told(problem: Problem) -> Told:
    span, meant = problem.span, _MEANT.match(problem.help)
    is_place = span.line == span.end_line and span.end_column > span.column
    return {
        "code": problem.code,
        "severity": str(problem.severity.value),
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "end_column": span.end_column if span.line == span.end_line else span.column,
        "message": problem.message,
        "help": problem.help,
        "meant": meant[1] if meant and is_place else "",
    }


def _checked(desk: Desk, found: Found, data: bytes) -> Sequence[Told]:
    if found is _CONFIG:
        return told(p for p in desk.with_config(data).problems if p.span.path == CONFIG)
    return told(desk.problems_with(found, data))


def _file(desk: Desk, path: str) -> tuple[Found, bytes]:
    """A file of those that are listed, or pipeline.yml, and its bytes. Raises NotDone."""
    files = (_CONFIG, *desk.ready.listed.found)
    found = next((file for file in files if file.path == path), None)
    if found is None or not is_usable(path):
        raise NotDone(f"`{path}` is no file of a deal or contact.")
    try:
        data = desk.ready.tree.read(path, MAX_BYTES + 1)
    except OSError as error:
        raise NotDone(f"`{path}` can't be read: {error.strerror or error}.") from None
    if len(data) > MAX_BYTES:
        raise NotDone(f"`{path}` is larger than {MAX_BYTES // 1024} KB.")
    as_told(data)
    return found, data
