"""What tells a problem from all others."""

from __future__ import annotations

from site_builder.problems.fingerprints import fingerprints
from site_builder.problems.problem import Problem, Span


def problem(line: int, message: str = "`x` is wrong.", path: str = "deals/a.md") -> Problem:
    return Problem("invalid-value", message, "Write y.", Span(path, line, 1, line, 2))


def test_no_two_are_alike_and_places_make_no_difference() -> None:
    three = [problem(3), problem(5), problem(5, "`y` is wrong."), problem(5, path="deals/b.md")]
    found = fingerprints(three)
    assert len(set(found)) == 4
    assert fingerprints([problem(7), problem(9)]) == found[:2]
    assert fingerprints([problem(1, "`new`."), *three])[1:] == found


def test_they_stay_what_they_are() -> None:
    assert fingerprints([problem(1)]) == ["f53ce825e10092b9f8e8e4090fff6c64b22ce02d"]
