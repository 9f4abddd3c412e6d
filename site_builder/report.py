"""Problems as text, JSON and GitHub annotations: one renderer a format."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from unicodedata import combining, east_asian_width

from site_builder import formats
from site_builder.diagnostics import Problem, Severity, Span

MOST_COLUMNS = 100
GITHUB_LIMIT = 10
"""GitHub shows this many annotations of each severity a step, and drops the rest."""

Sources = Mapping[str, str]
Style = Callable[[str, str], str]
"""Takes a text and what it is (`error`, `warning`, `place`, `mark`), gives it coloured."""


def plain(text: str, what: str) -> str:  # noqa: ARG001 - a Style
    """The style of no style."""
    return text


def coloured(text: str, what: str) -> str:
    """ANSI colours, for a terminal."""
    codes = {"error": "1;31", "warning": "1;33", "place": "1", "mark": "1;36", "dim": "2"}
    return f"\033[{codes[what]}m{text}\033[0m"


def summary(problems: Sequence[Problem]) -> str:
    """``2 errors, 1 warning``, or that there is nothing."""
    errors = sum(p.severity is Severity.ERROR for p in problems)
    parts = [formats.count(errors, "error")] if errors else []
    if len(problems) > errors:
        parts.append(formats.count(len(problems) - errors, "warning"))
    return ", ".join(parts) or "No problems"


def text(problems: Sequence[Problem], sources: Sources, style: Style = plain) -> str:
    """Each problem with its source line, a caret below the value, and what to do."""
    lines = {path: source.split("\n") for path, source in sources.items()}
    return "".join(_block(problem, lines, style) for problem in problems)


def _block(problem: Problem, lines: Mapping[str, list[str]], style: Style) -> str:
    span = problem.span
    place = style(f"{printable(span.path)}:{span.line}:{span.column}", "place")
    what = style(f"{problem.severity}[{problem.code}]", problem.severity)
    head = f"{place}: {what} {printable(problem.message)}\n"
    source = lines.get(span.path, [])
    shown = source[span.line - 1] if 0 < span.line <= len(source) else ""
    excerpt = _excerpt(shown, span, style) if shown.strip() else ""
    help = f"  {style('help:', 'mark')} {printable(problem.help)}\n" if problem.help else ""
    return head + excerpt + help + "\n"


def _excerpt(line: str, span: Span, style: Style) -> str:
    start, length = cut(line, span)
    shown = printable(line[start : start + MOST_COLUMNS])
    before = "…" if start else ""
    after = "…" if len(line) > start + MOST_COLUMNS else ""
    number = f"{span.line} | "
    gap = (
        " " * (len(number) - 2) + "| " + " " * (len(before) + width(line[start : span.column - 1]))
    )
    return f"  {style(number, 'dim')}{before}{shown}{after}\n  {gap}{style('^' * length, 'mark')}\n"


def cut(line: str, span: Span) -> tuple[int, int]:
    """Where an excerpt of a long line begins, and how many columns of it are marked."""
    start = max(0, span.column - 1 - MOST_COLUMNS // 2) if len(line) > MOST_COLUMNS else 0
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    stop = min(max(end, span.column), start + MOST_COLUMNS)
    return start, max(1, width(line[span.column - 1 : stop]))


def width(text: str) -> int:
    """Columns that a text takes on a terminal; East Asian wide characters take two."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def printable(text: str) -> str:
    """A text without control characters, which could move a terminal's cursor."""
    return "".join(
        " " if c == "\t" else c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def as_json(problems: Sequence[Problem]) -> str:
    """The stable format for programs; see docs/format.md."""
    rows = [
        {
            "code": p.code,
            "severity": p.severity.value,
            "path": p.span.path,
            "line": p.span.line,
            "column": p.span.column,
            "end_line": p.span.end_line,
            "end_column": p.span.end_column,
            "message": p.message,
            "help": p.help,
        }
        for p in problems
    ]
    return json.dumps({"version": 1, "problems": rows}, indent=2, ensure_ascii=False) + "\n"


def github(problems: Sequence[Problem]) -> str:
    """Workflow commands for annotations: errors first, and how many GitHub will not show."""
    errors = [p for p in problems if p.severity is Severity.ERROR]
    warnings = [p for p in problems if p.severity is Severity.WARNING]
    lines = [_annotation(p) for p in (*errors, *warnings)]
    hidden = max(0, len(errors) - GITHUB_LIMIT), max(0, len(warnings) - GITHUB_LIMIT)
    if any(hidden):
        lines.append(
            f"{summary(problems)} in all; GitHub shows the first {GITHUB_LIMIT} of each, so "
            f"{formats.count(hidden[0], 'error')} and {formats.count(hidden[1], 'warning')} "
            "more are only in this log."
        )
    return "".join(line + "\n" for line in lines)


def _annotation(p: Problem) -> str:
    place = f"file={_property(p.span.path)},line={p.span.line},col={p.span.column}"
    if p.span.end_line == p.span.line:
        place += f",endColumn={p.span.end_column}"
    else:
        place += f",endLine={p.span.end_line}"
    words = _data(f"{p.message} {p.help}".strip())
    return f"::{p.severity.value} {place},title={_property(p.code)}::{words}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
