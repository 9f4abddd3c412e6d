from __future__ import annotations

import json

from site_builder import report
from site_builder.diagnostics import Problem, Severity, Span

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


def test_long_lines_are_cut_around_the_place() -> None:
    problem = Problem("x", "m", "", Span("a", 1, 5001, 1, 5002))
    line, caret = report.text([problem], {"a": "a" * 5000 + "B" + "c" * 5000}).splitlines()[1:3]
    assert len(line) < 120
    assert line[caret.index("^")] == "B"


def test_control_characters_do_not_reach_the_terminal() -> None:
    problem = Problem("x", "`\x1b[2J`", "\x07", Span("a\x1b", 1, 1, 1, 2))
    assert "\x1b" not in report.text([problem], {"a\x1b": "\x1b[31mred"})


def test_colours() -> None:
    assert "\x1b[1;31merror[unknown-stage]\x1b[0m" in report.text([ERROR], SOURCES, report.coloured)


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
