"""JUnit's XML, read by a library that reads what test runners write."""

from __future__ import annotations

import pytest

from site_builder.problems.junit import junit
from site_builder.problems.terminal import printable
from tests.problems.odd_problems import ODD, PROBLEMS

parser = pytest.importorskip("junitparser")


def test_errors_fail_and_warnings_are_skipped() -> None:
    text = junit(PROBLEMS, lambda path: f"sales/{path}")
    assert text.isascii() and "\x1b" not in text
    suites = list(parser.JUnitXml.fromstring(text.encode()))
    assert [(s.name, s.tests, s.failures, s.skipped) for s in suites] == [
        ("sales/deals/a b#ü%?.md", 1, 1, 0),
        ("sales/deals/c.md", 2, 0, 2),
        ("sales/pipeline.yml", 1, 1, 0),
    ]
    (case,) = suites[0]
    (failure,) = case.result
    assert isinstance(failure, parser.Failure)
    shown = printable(ODD)
    assert failure.message == f"sales/deals/a b#ü%?.md:3:5: {shown}"
    assert failure.text == shown
    names = [case.name for case in suites[1]]
    assert names == ["stage-skipped: Skipped.", "stage-skipped: Skipped. (2)"]


def test_where_warnings_count_they_fail() -> None:
    suites = parser.JUnitXml.fromstring(junit(PROBLEMS, strict=True).encode())
    assert sum(suite.failures for suite in suites) == len(PROBLEMS)


def test_no_problems_are_a_case_that_passes() -> None:
    ((case,),) = parser.JUnitXml.fromstring(junit(()).encode())
    assert (case.name, case.result) == ("No problems", [])
