"""What stands behind a quote or bracket that is closed, and those that are not."""

from __future__ import annotations

import pytest

from site_builder.problems.problem import Problem
from tests.catalogue import deal
from tests.journals import loaded

QUOTE = "This value goes on behind its closing quote."
BRACKET = "This value goes on behind its closing bracket."
COLON = "A colon followed by a space inside a value needs quotes around the value."
# What stands in a deal from its 6th line on, where its problem is placed, what is said, and what to type.
SLIPS = [
    ("tags:\n  - 'a' b\n  - c", 7, 9, QUOTE, "- \"'a' b\""),
    ("tags:\n  - c\n  - 'it's'", 8, 9, QUOTE, '- "it\'s"'),
    ('tags:\n- "a"; b', 7, 6, QUOTE, "- '\"a\"; b'"),
    ("tags:\n  - [a] b", 7, 9, BRACKET, '- "[a] b"'),
    ("tags:\n  - {a} b", 7, 9, BRACKET, '- "{a} b"'),
    ("tags:\n  - @a", 7, 5, "A value can't begin with `@`.", '- "@a"'),
    ("tags:\n  - |a", 7, 5, "A value can't begin with `|`.", '- "|a"'),
    ("tags:\n  - 'a' \u200b", 7, 9, "U+200B, zero width space", "- 'a'"),
    ("x-a: {a}}", 6, 9, BRACKET, "x-a: {a}"),
    ("x-a: {a: {b: c}} d", 6, 18, BRACKET, 'x-a: "{a: {b: c}} d"'),
    ("x-a: {a: {b: c} d", 6, 17, BRACKET, 'x-a: "{a: {b: c} d"'),
    ("x-a: {a b: c: d}", 6, 13, COLON, 'a b: "c: d"'),
]


def problems_of(front: str) -> tuple[Problem, ...]:
    return loaded({"deals/bad.md": deal(front=front)}).problems


@pytest.mark.parametrize(("front", "line", "column", "says", "meant"), SLIPS)
def test_what_stands_behind_a_closed_value_is_told_with_what_to_type(
    front: str, line: int, column: int, says: str, meant: str
) -> None:
    (problem,) = problems_of(front)
    assert (problem.code, *problem.span[1:3]) == ("yaml-syntax", line, column)
    assert says in problem.message
    assert problem.help == f"Write `{meant}`."
    lines = front.split("\n")
    wrong = lines[line - 6]
    lines[line - 6] = (
        wrong[: len(wrong) - len(wrong.lstrip())] + meant if says != COLON else f"x-a: {{{meant}}}"
    )
    assert all(p.code != "yaml-syntax" for p in problems_of("\n".join(lines)))


def test_a_list_that_is_closed_nowhere_is_shown_as_one_with_lines() -> None:
    (problem,) = problems_of("tags: [\n  a,\n  b")
    assert problem.span[1:3] == (6, 7)
    assert problem.help == (
        "Write `tags:` without the bracket, and each value in a line of its own below it; or put `]` behind the last."
    )


def test_a_list_in_quotes_that_are_not_closed_is_written_without_them() -> None:
    (problem,) = problems_of('tags: "[a, b]')
    assert problem.span[1:3] == (6, 7)
    assert problem.help == "Write `tags: [a, b]`."


def test_a_name_between_braces_without_a_value() -> None:
    (problem,) = problems_of("x-a: {a: b:}")
    assert problem.span[1:3] == (6, 11)
    assert problem.help == "Put the value in quotes."


@pytest.mark.parametrize("value", ["'a' b", "[a] b", "{a} b"])
def test_a_value_behind_a_name_that_is_none(value: str) -> None:
    (problem,) = problems_of(f"größe: {value}")
    assert problem.span[1:3] == (6, 12)
    assert problem.message == "Something stands behind a value that is closed."
    (problem,) = problems_of(f"größe: {value[:-1]}\u200b")
    assert problem.span[1:3] == (6, 12)
    assert problem.help == f"Write `größe: {value[:-2]}`."


@pytest.mark.parametrize(
    ("front", "line", "column"),
    [("channel:\n\t\nneed: yes", 7, 1), ("channel:\n \t", 7, 2), ("tags:\n  - a\n\t\n  - b", 8, 1)],
)
def test_a_tab_in_a_line_of_nothing(front: str, line: int, column: int) -> None:
    (problem,) = problems_of(front)
    assert problem.span[1:3] == (line, column)
    assert problem.help == "Write an empty line in its place."
    assert problems_of(front.replace("\t", "").replace(" \n", "\n")) == ()
