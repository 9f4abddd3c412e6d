"""Each code's example has exactly that problem, at exactly the marked place."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.load.loader import load
from site_builder.problems.codes import CODES
from tests import catalogue
from tests.catalogue import BASE, CHANGES, EXAMPLES, Example
from tests.places import DOCS, PACKAGE

SEVERITIES = {code.code: code.severity.value for code in CODES}


def problems_of(files: dict[str, bytes]) -> list[tuple[str, str, str, int, int, int]]:
    loaded = load(MemoryTree(files), lambda: dt.date(2030, 1, 1))
    return [
        (p.code, p.severity.value, p.span.path, p.span.line, p.span.column, p.span.end_column)
        for p in loaded.problems
    ]


def test_the_base_has_no_problems() -> None:
    assert problems_of({path: text.encode() for path, text in BASE.items()}) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.code)
def test_example(example: Example) -> None:
    before, rest = example.bad.split("⟦")
    marked, _ = rest.split("⟧")
    line, column = before.count("\n") + 1, len(before.rsplit("\n", 1)[-1]) + 1
    severity = SEVERITIES[example.code]
    expected = (example.code, severity, example.path, line, column, column + len(marked))
    assert problems_of(catalogue.files_of(example)) == [expected]


@pytest.mark.parametrize("example", CHANGES, ids=lambda e: e.code)
def test_example_of_a_change(example: Example) -> None:
    before, rest = example.bad.split("⟦")
    marked, _ = rest.split("⟧")
    line, column = before.count("\n") + 1, len(before.rsplit("\n", 1)[-1]) + 1
    (problem,) = catalogue.suspicions_of(example)
    assert (problem.code, problem.severity) == (example.code, SEVERITIES[example.code])
    span = problem.span
    assert (span.path, span.line, span.column) == (example.path, line, column)
    assert span.end_column == column + len(marked)


def test_every_code_of_the_package_has_a_meaning_and_an_example() -> None:
    known = {e.code for e in (*EXAMPLES, *CHANGES)} | set(catalogue.ELSEWHERE)
    codes = [code.code for code in CODES]
    assert codes == sorted(known)
    pattern = re.compile(
        r'(?:Problem\(|problem\(|_problem\(|_warning\(|_token\([^"]*)\s*"([a-z0-9]+(?:-[a-z0-9]+)+)"'
    )
    used = {
        code
        for path in PACKAGE.rglob("*.py")
        if "exchange" not in path.parts
        for code in pattern.findall(path.read_text("utf-8"))
    }
    assert used - known == set()


def test_the_documentation_is_up_to_date() -> None:
    written = (DOCS / "problems.md").read_text("utf-8")
    assert written == catalogue.page(), "run: python -m tests.catalogue > docs/problems.md"
