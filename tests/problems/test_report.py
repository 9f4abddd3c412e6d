from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from site_builder.problems import report
from site_builder.problems.problem import Problem, Severity, Span, by_place
from site_builder.problems.terminal import width

ERROR = Problem(
    "unknown-stage", "`x` is not a stage.", "Did you mean `y`?", Span("deals/a.md", 4, 8, 4, 9)
)
WARNING = Problem(
    "no-next-step", "100% open: no next.", "", Span("deals/a,b.md", 1, 1, 2, 3), Severity.WARNING
)
SOURCES = {"deals/a.md": "---\ntitle: A\nowner: m\nstage: x\n---\n"}


def test_text_shows_the_line_and_a_caret() -> None:
    assert report.text([ERROR], SOURCES) == (
        "deals/a.md:4:8: error[unknown-stage] `x` is not a stage.\n"
        "  4 | stage: x\n"
        "    |        ^\n"
        "  help: Did you mean `y`?\n\n"
    )


def test_text_without_a_source_has_no_excerpt() -> None:
    assert (
        report.text([WARNING], {})
        == "deals/a,b.md:1:1: warning[no-next-step] 100% open: no next.\n\n"
    )


def test_wide_characters_and_tabs_keep_the_caret_in_place() -> None:
    problem = Problem("x", "m", "", Span("a", 1, 4, 1, 5))
    line, caret = report.text([problem], {"a": "日\t本x"}).splitlines()[1:3]
    assert caret.index("^") - line.index("日") == 2 + 1 + 2


@pytest.mark.parametrize("columns", [40, 60, 100, 200])
@pytest.mark.parametrize("letter", ["a", "日", "\t", "e\u0301", "\u200b"])
@pytest.mark.parametrize("before", [0, 1, 30, 5000])
@pytest.mark.parametrize("after", [0, 1, 30, 5000])
def test_long_lines_are_cut_around_the_place(
    columns: int, letter: str, before: int, after: int
) -> None:
    source = letter * before + "B" + letter * after
    at = source.index("B") + 1
    problem = Problem("x", "m", "", Span("a", 1, at, 1, at + 1))
    look = report.Display(columns=columns)
    line, caret = report.text([problem], {"a": source}, look).splitlines()[1:3]
    assert width(line) <= columns
    assert width(line[: line.index("B")]) == caret.index("^") == len(caret) - 1
    if before > 200:
        assert width(line) >= columns - 3


def test_what_is_marked_is_cut_with_the_line() -> None:
    source = "日" * 300
    problem = Problem("x", "m", "", Span("a", 1, 3, 4, 1))
    look = report.Display(columns=50)
    line, caret = report.text([problem], {"a": source}, look).splitlines()[1:3]
    assert line == "  1 | " + "日" * 21 + "…"
    assert caret == "    | " + "    " + "^" * 38


def test_a_short_line_is_shown_whole() -> None:
    source = "x" * 94
    problem = Problem("x", "m", "", Span("a", 1, 90, 1, 95))
    line, caret = report.text([problem], {"a": source}).splitlines()[1:3]
    assert (line, caret) == (f"  1 | {source}", "    | " + " " * 89 + "^" * 5)


def alike(count: int, path: str, code: str, severity: Severity = Severity.ERROR) -> list[Problem]:
    return [Problem(code, "m", "", Span(path, n, 1, n, 2), severity) for n in range(1, count + 1)]


def test_more_than_a_hundred_of_a_code_in_a_file_are_counted() -> None:
    problems = [
        *alike(1_342, "a.md", "x"),
        *alike(101, "a.md", "x", Severity.WARNING),
        *alike(100, "a.md", "y"),
        *alike(100, "b.md", "x"),
    ]
    lines = report.text(problems, {}).split("\n\n")[:-1]
    assert len(lines) == 100 + 100 + 2 + 100 + 100
    assert lines[300:302] == [
        "a.md: error[x] 1\u202f242 more of these are in this file.",
        "a.md: warning[x] 1 more of these are in this file.",
    ]
    assert lines[302] == "b.md:1:1: error[x] m"
    assert len(json.loads(report.as_json(problems))["problems"]) == len(problems)
    annotations = report.github(problems, lambda path: f"sales/{path}").splitlines()
    assert len(annotations) == 100 + 1 + 100 + 100 + 100 + 1 + 1
    assert annotations[200] == ("sales/a.md: error[x] 1\u202f242 more of these are in this file.")


def test_paths_are_those_from_where_one_stands() -> None:
    look = report.Display(where=lambda path: f"../sales/{path}")
    assert report.text([WARNING], {}, look).startswith("../sales/deals/a,b.md:1:1: ")
    assert "file=../sales/deals/a%2Cb.md," in report.github([WARNING], look.where)


def test_control_characters_do_not_reach_the_terminal() -> None:
    problem = Problem("x", "`\x1b[2J`", "\x07", Span("a\x1b", 1, 1, 1, 2))
    assert "\x1b" not in report.text([problem], {"a\x1b": "\x1b[31mred"})


UNSEEN = "\x1b[2J \x9b31m \u202egpj \u2066 \u061c \udcf6 \r\n::error::x %0A"
"""What drives a terminal, turns a line around, breaks it, or is no text at all."""


@pytest.mark.parametrize("write", [lambda p: report.text(p, {}), report.as_json, report.github])
def test_nothing_that_cannot_be_seen_is_printed_in_any_format(
    write: Callable[[list[Problem]], str],
) -> None:
    problem = Problem("x", f"`{UNSEEN}`", UNSEEN, Span(f"deals/{UNSEEN}.md", 1, 1, 1, 2))
    printed = write([problem])
    assert all(c.isprintable() for line in printed.split("\n") for c in line)
    plain = write([replace(problem, message="m", help="h")])
    assert printed.count("\n") == plain.count("\n")
    printed.encode()


def test_json_means_what_was_there() -> None:
    problem = Problem("x", UNSEEN, "", Span("a", 1, 1, 1, 2))
    assert json.loads(report.as_json([problem]))["problems"][0]["message"] == UNSEEN


def test_one_problem_is_one_command_for_github() -> None:
    problem = Problem("x", UNSEEN, "100%", Span(f"a:b,{UNSEEN}", 1, 1, 1, 2))
    (line,) = report.github([problem]).splitlines()
    place, words = line.removeprefix("::error ").split("::", 1)
    assert (
        place
        == "file=a%3Ab%2C\ufffd[2J \ufffd31m \ufffdgpj \ufffd \ufffd \ufffd \ufffd\ufffd%3A%3Aerror%3A%3Ax %250A,line=1,col=1,endColumn=2,title=x"
    )
    assert words.endswith("\ufffd\ufffd::error::x %250A 100%25")


def test_colours() -> None:
    assert "\x1b[1;31merror[unknown-stage]\x1b[0m" in report.text(
        [ERROR], SOURCES, report.Display(report.coloured)
    )


def test_json() -> None:
    assert json.loads(report.as_json([ERROR])) == {
        "version": 1,
        "problems": [{
            "code": "unknown-stage", "severity": "error", "path": "deals/a.md", "line": 4, "column": 8,
            "end_line": 4, "end_column": 9, "message": "`x` is not a stage.", "help": "Did you mean `y`?",
        }],
    }  # fmt: skip
    assert json.loads(report.as_json([])) == {"version": 1, "problems": []}


def test_github_puts_errors_first_and_escapes() -> None:
    first, second = report.github([WARNING, ERROR]).splitlines()
    assert (
        first
        == "::error file=deals/a.md,line=4,col=8,endColumn=9,title=unknown-stage::`x` is not a stage. Did you mean `y`?"
    )
    assert (
        second
        == "::warning file=deals/a%2Cb.md,line=1,col=1,endLine=2,title=no-next-step::100%25 open: no next."
    )


def test_github_says_how_many_are_not_shown() -> None:
    lines = report.github([ERROR] * 12 + [WARNING] * 3).splitlines()
    assert len(lines) == 16
    assert lines[-1] == (
        "12 errors, 3 warnings in all; GitHub shows the first 10 of each, "
        "so 2 errors and 0 warnings more are only in this log."
    )
    assert len(report.github([ERROR] * 10).splitlines()) == 10


def test_summary() -> None:
    assert report.summary([]) == "No problems"
    assert report.summary([ERROR, WARNING, WARNING]) == "1 error, 2 warnings"


def test_problems_that_differ_in_their_help_alone_have_an_order_too() -> None:
    alike = [replace(ERROR, help=help) for help in "cabd"]
    assert "".join(problem.help for problem in by_place(alike)) == "abcd"
