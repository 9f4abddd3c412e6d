"""Mutants: the code broken at random places, one at a time, and the tests that cover the place run. A
mutant that they let live is a gap in them.

``python -m tests.mutants SEED COUNT [ROOM…]`` breaks so many places: see ``make mutants``. It ends with
1 where fewer than nine of ten are caught.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.places import ROOT

ROOMS = ("source", "parse", "checks", "insights", "edit", "forecast")
"""What is broken where no room is named."""
LEAST = 0.9
_TAKEN = (
    "site_builder",
    "templates",
    "tests",
    "docs",
    "deals",
    "contacts",
    "requirements",
    ".github",
)
_BESIDE: Mapping[str, Sequence[str]] = {
    "source": ("load", "parse", "checks"),
    "parse": ("load", "checks", "insights"),
    "checks": (),
    "insights": ("pages", "query"),
    "edit": ("cli", "exchange", "serve"),
    "forecast": ("pages", "cli"),
    "markup": ("pages",),
    "journal": ("parse", "insights", "edit"),
}
"""Rooms whose tests go through the code of a room, besides its own."""
_ALL = (
    "catalogue",
    "slips",
    "every_line",
    "golden",
    "fuzzing",
    "random_edits",
    "typed_lines",
    "help_texts",
    "cli",
)
"""Tests that go through all rooms."""
_SLACK, _LEAST_SECONDS = 4, 60
"""Tests that take so many times as long as they usually do, and longer than that, go on forever."""

_COMPARED: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COUNTED: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Add,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip


class Place(NamedTuple):
    """A stretch of a line, by its characters, and what it says instead."""

    path: str
    line: int
    start: int
    end: int
    instead: str


def _compare(node: ast.Compare) -> ast.expr:
    first, *others = node.ops
    return ast.Compare(node.left, [_COMPARED[type(first)](), *others], node.comparators)


def _and_or(node: ast.BoolOp) -> ast.expr:
    return ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)


def _count(node: ast.BinOp) -> ast.expr | None:
    other = _COUNTED.get(type(node.op))
    return ast.BinOp(node.left, other(), node.right) if other else None


def _constant(node: ast.Constant) -> ast.expr | None:
    value = node.value
    if isinstance(value, bool):
        return ast.Constant(not value)
    return ast.Constant(value + 1) if isinstance(value, int) else None


def _without_not(node: ast.UnaryOp) -> ast.expr | None:
    return node.operand if isinstance(node.op, ast.Not) else None


def _turned(node: ast.IfExp) -> ast.expr:
    return ast.IfExp(node.test, node.orelse, node.body)


_BREAKS: Mapping[type[ast.AST], Callable[..., ast.expr | None]] = {
    ast.Compare: _compare, ast.BoolOp: _and_or, ast.BinOp: _count, ast.Constant: _constant,
    ast.UnaryOp: _without_not, ast.IfExp: _turned,
}  # fmt: skip


def places(path: Path) -> Iterator[Place]:
    """All places of a module that can be broken, one line each."""
    text = path.read_text("utf-8")
    lines = text.split("\n")
    name = path.relative_to(ROOT).as_posix()
    for node in _run(ast.parse(text)):
        made = _broken(node)
        if made and node.lineno == node.end_lineno:
            line = lines[node.lineno - 1].encode()
            start, end = (
                len(line[:at].decode()) for at in (node.col_offset, node.end_col_offset or 0)
            )
            yield Place(name, node.lineno, start, end, made)


def _run(tree: ast.Module) -> Iterator[ast.expr | ast.stmt]:
    """What is run when a function is called: no annotation, no pattern, no piece of an f-string."""
    left: list[ast.AST] = [
        body for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) for body in node.body
    ]
    seen = set()
    while left:
        node = left.pop()
        if id(node) in seen or isinstance(node, (ast.JoinedStr, ast.pattern, ast.FunctionDef)):
            continue
        seen.add(id(node))
        if isinstance(node, (ast.expr, ast.stmt)):
            yield node
        left += [child for field, child in _children(node) if field != "annotation"]


def _children(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield name, child


def _broken(node: ast.expr | ast.stmt) -> str:
    """What a node says instead; nothing where it can't be broken."""
    if isinstance(node, ast.Expr) and isinstance(node.value, (ast.Call, ast.YieldFrom, ast.Yield)):
        return "pass"
    if isinstance(node, ast.Return) and node.value is not None and not _is_nothing(node.value):
        return "return None"
    make = _BREAKS.get(type(node))
    made = make(node) if make else None
    return f"({ast.unparse(ast.fix_missing_locations(made))})" if made else ""


def _is_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def tests_of(path: str) -> Iterator[list[str]]:
    """The tests that cover a module, in turns: its own, its room's, those beside it, those of all."""
    _, room, *_rest, name = (
        path.removesuffix(".py").split("/") if path.count("/") > 1 else ("", "", "x")
    )
    own = sorted((ROOT / "tests" / room).rglob(f"test_{name}.py"))
    yield [each.relative_to(ROOT).as_posix() for each in own]
    yield [f"tests/{room}"]
    yield [f"tests/{each}" for each in _BESIDE.get(room, ())]
    yield [f"tests/test_{each}.py" for each in _ALL]


def copied(folder: Path) -> Path:
    """The repository's files in a folder, to be broken there."""
    for name in _TAKEN:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for file in (path for path in ROOT.iterdir() if path.is_file()):
        shutil.copy(file, folder)
    return folder


class Tests:
    """The tests, which pass where nothing is broken: each group is run so first, once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._usual: dict[tuple[str, ...], float] = {}

    def notice(self, place: Place) -> bool:
        """Whether one of them fails where this place is broken."""
        return any(self._fail(tuple(group), place) for group in tests_of(place.path) if group)

    def _fail(self, group: tuple[str, ...], place: Place) -> bool:
        if group not in self._usual:
            begin = time.monotonic()
            if self._failed(group, None):
                sys.exit(f"{' '.join(group)}: fails where nothing is broken")
            self._usual[group] = time.monotonic() - begin
        file = self._folder / place.path
        text = file.read_text("utf-8")
        file.write_text(broken(text, place), "utf-8")
        try:
            return self._failed(group, max(_LEAST_SECONDS, _SLACK * self._usual[group]))
        finally:
            file.write_text(text, "utf-8")

    def _failed(self, group: Sequence[str], seconds: float | None) -> bool:
        there = [each for each in group if (self._folder / each).exists()]
        how = ("-n", "0", "-x", "-q", "-m", "not browser", "-p", "no:cacheprovider")
        command = [sys.executable, "-m", "pytest", *how, *there]
        env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(
                command,
                cwd=self._folder,
                env=env,
                capture_output=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return True
        return bool(there) and done.returncode not in (0, 5)


def broken(text: str, place: Place) -> str:
    """The text of a module with a place broken."""
    lines = text.split("\n")
    line = lines[place.line - 1]
    lines[place.line - 1] = line[: place.start] + place.instead + line[place.end :]
    return "\n".join(lines)


def chosen(seed: int, count: int, rooms: Sequence[str]) -> list[Place]:
    """Places at random, in so many modules as there can be."""
    modules = [
        path for room in rooms for path in sorted((ROOT / "site_builder" / room).rglob("*.py"))
    ]
    every = [place for path in modules for place in places(path)]
    return Random(seed).sample(every, min(count, len(every)))


def main(seed: int, count: int, rooms: Sequence[str]) -> int:
    """Break so many places, and say which lived."""
    caught = 0
    wanted = chosen(seed, count, rooms or ROOMS)
    with tempfile.TemporaryDirectory() as place:
        tests = Tests(copied(Path(place) / "copy"))
        for number, mutant in enumerate(wanted, 1):
            found = tests.notice(mutant)
            caught += found
            if not found:
                print(_told(mutant))  # noqa: T201
            print(f"{caught} of {number} caught", flush=True)  # noqa: T201
    return int(caught < LEAST * len(wanted))


def _told(place: Place) -> str:
    line = (ROOT / place.path).read_text("utf-8").split("\n")[place.line - 1]
    changed = f"{line[place.start : place.end]} -> {place.instead}"
    return f"{place.path}:{place.line}: {line.strip()}\n    {changed}"


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]))
