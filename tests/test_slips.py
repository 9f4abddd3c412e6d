from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

import pytest

from site_builder.edit.repairs import repaired
from site_builder.files.tree import MemoryTree
from site_builder.load.loader import load
from site_builder.problems.problem import Problem
from tests.examples import TIMES
from tests.slips import FILES, Slipped, slipped

pytestmark = pytest.mark.usefixtures("files_read_once")


def problems_of(files: Mapping[str, str]) -> tuple[Problem, ...]:
    return load(MemoryTree(files), lambda: dt.date(2026, 11, 20)).problems


@cache
def problems_with(path: str, text: str) -> tuple[Problem, ...]:
    """Those of the journal with another text in one file, which several tests ask for."""
    return problems_of({**FILES, path: text})


def test_the_journal_is_healthy() -> None:
    assert problems_of(FILES) == ()


# An id of the journal's own that is called otherwise now: all that use it are told.
_OWN_IDS = re.compile(
    r" *(?:as-of|maria|jonah|sales|renewals|present-state|segment|partner|lead|offer|decision|won|lost"
    r"|parked|needs|map|closer):|rungs:|kinds:|lost-reasons:"
)
_RENAMED = (
    "swapped letters",
    "a letter too many",
    "swapped in the value",
    "letters of a brace's name",
)
# Lines that can be meant to belong to either of two others; the help mends the one told.
_EITHER: Mapping[str, Mapping[str, tuple[int, ...]]] = {
    "pipeline.yml": {
        "outdented": (27, 39, 44, 48, 53),
        "indented": (34, 51, 56),  # whose fields are then there twice, or missing
    },
    # A close date of another century is far away, and not that of the note.
    "deals/halden.md": {
        "swapped in the value": (11,),
        "indented": (19, 22),
        "outdented": (22, 23),
    },  # lines of a block or list
}


def _is_renamed(slip: Slipped) -> bool:
    line = FILES[slip.path].split("\n")[slip.line - 1]
    return slip.kind in _RENAMED and slip.path == "pipeline.yml" and bool(_OWN_IDS.match(line))


def _may_be_told_elsewhere(slip: Slipped) -> bool:
    """Whether a slip lawfully has its problem, or problems, in other lines."""
    if slip.kind == "nothing":  # which is as good as no line, and no slip
        return True
    if _is_renamed(slip):
        return True
    if (
        slip.kind == "a capital in the value"
        and slip.text.split("\n")[slip.line - 1].count(",") > 0
    ):
        return True  # which makes two values wrong
    return slip.line in _EITHER.get(slip.path, {}).get(slip.kind, ())


@cache
def chosen(path: str) -> tuple[Slipped, ...]:
    """Every other slip of each kind, of one kind those in the first line and of the next those in
    the second; with `make soak` all."""
    if TIMES > 1:
        return tuple(slipped(path))
    by_kind = defaultdict[str, list[Slipped]](list)
    for slip in slipped(path):
        by_kind[slip.kind].append(slip)
    return tuple(
        slip
        for number, found in enumerate(by_kind.values())
        for slip in (found[number % 2 :: 2] or found)
    )


@pytest.mark.parametrize("path", FILES)
def test_a_slip_is_one_problem_in_its_line(path: str) -> None:
    wrong = []
    for slip in chosen(path):
        problems = problems_with(path, slip.text)
        rows = range(slip.line, slip.line + slip.rows)
        in_place = all(p.span.path == path and p.span.line in rows for p in problems)
        if (len(problems) > 1 or not in_place) and not _may_be_told_elsewhere(slip):
            wrong.append((slip.kind, slip.line, [(p.span[:2], p.message) for p in problems]))
    assert wrong == []


# What can't go unnoticed, wherever it is.
_SURE = (
    "no colon", "a tab before", "a dash before", "swapped letters", "a capital", "all capitals",
    "a zero-width space", "an open quote", "printer's quotes", "a colon in it",
    "a mark of git's before", "another mark of git's", "twice",
)  # fmt: skip


@pytest.mark.parametrize("path", FILES)
def test_a_sure_slip_is_noticed(path: str) -> None:
    quiet = [
        (slip.kind, slip.line)
        for slip in chosen(path)
        if slip.kind in _SURE and not _is_renamed(slip)
        if not problems_with(path, slip.text)
    ]
    assert quiet == []


def _typed(slip: Slipped, problem: Problem) -> str | None:
    """The file after somebody has typed what the help says; None where it says no one thing."""
    lines = slip.text.split("\n")
    row, line = problem.span.line - 1, lines[problem.span.line - 1]
    offered = re.search(
        r"(?:Write|Did you mean|, as|value:) `([^`]*)`(?:[.?,]| at the start| in a line)",
        problem.help,
    )
    if offered is None or problem.span.end_line != problem.span.line or "…" in offered[1]:
        return None
    meant = offered[1]
    named = re.match(r"(?:- \{?)?([\w/-]+):(?: |$)", meant)
    begin, end = problem.span.column - 1, problem.span.end_column - 1
    if meant == "name: value" or (named and re.search(rf"[{{,] *{re.escape(named[1])}\b", line)):
        return None  # no one thing, or a part of a line in braces
    if " in a line of its own" in problem.help:
        return "\n".join([*lines[:row], line[:begin] + meant, *lines[row + 1 :]])
    if not named:
        return "\n".join([*lines[:row], line[:begin] + meant + line[end:], *lines[row + 1 :]])
    indent = line[: len(line) - len(line.lstrip(" "))] if "at the start" not in problem.help else ""
    return "\n".join([*lines[:row], indent + meant, *lines[row + 1 :]])


# What these put into a value is no part of one, but of a text.
_NONSENSE = ("printer's quotes", "a colon in it", "a mapping of it")


# The reader of YAML knows neither the types of a pipeline's own fields nor what is in a block.
_UNTYPED = re.compile("segment:|partner:|our-win:")


def _is_tried(slip: Slipped) -> bool:
    line = FILES[slip.path].split("\n")[slip.line - 1]
    if slip.kind in ("an at sign", "a number sign", "an open quote", "an open bracket"):
        return not _UNTYPED.match(line)
    return slip.kind not in (*_NONSENSE, *_RENAMED) and not _may_be_told_elsewhere(slip)


@pytest.mark.parametrize("path", FILES)
def test_what_the_help_says_is_right(path: str) -> None:
    wrong, tried = [], 0
    for slip in chosen(path):
        problems = problems_with(path, slip.text)
        if len(problems) != 1 or problems[0].span.path != path or not _is_tried(slip):
            continue
        text = _typed(slip, problems[0])
        if text is None:
            continue
        tried += 1
        again = problems_with(path, text)
        if again:
            wrong.append((slip.kind, slip.line, problems[0].help, [p.message for p in again]))
    assert tried or path == "contacts/tom-berg.md"
    assert wrong == []


_EVERY = 9 if TIMES == 1 else 1
"""One slip in so many is repaired, and the first of each kind: with all, it takes a minute."""


@pytest.mark.parametrize("path", FILES)
def test_what_is_repaired_is_healthy_or_left_alone(path: str) -> None:
    wrong, healthy = [], 0
    slips = [*slipped(path)]
    first = {slip.kind: slip for slip in reversed(slips)}
    for at, slip in enumerate(slips):
        if at % _EVERY and slip is not first[slip.kind]:
            continue
        files = {**FILES, path: slip.text}
        tree = MemoryTree(files)
        made = repaired(tree, lambda: dt.date(2026, 11, 20), None, lambda _path: ())
        healthy += bool(made.changes)
        if made.loaded.problems and made.changes:
            wrong.append((slip.kind, slip.line, made.repairs))
        again = {**files, **{c.path: (c.after or b"").decode() for c in made.changes}}
        assert problems_of(again) == made.loaded.problems
        for change in made.changes:
            assert _words(change.before) <= _words(change.after) or slip.kind not in _KEPT
    assert healthy or path == "contacts/tom-berg.md"
    assert wrong == []


# All that these put between or around words is no word.
_KEPT = ("no colon", "an equals sign", "a wide colon", "indented", "a dash before", "a colon in it")


def _words(data: bytes | None) -> set[str]:
    return set(re.findall(r"\w+", (data or b"").decode()))
