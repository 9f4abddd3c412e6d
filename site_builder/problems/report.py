"""Problems as text, JSON and GitHub annotations: one renderer a format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from site_builder.problems import counting
from site_builder.problems.patterns import late
from site_builder.problems.problem import Problem, Severity, Span
from site_builder.problems.terminal import USUAL_COLUMNS, excerpt, printable

GITHUB_LIMIT = 10
"""GitHub shows this many annotations of each severity a step, and drops the rest."""
MOST_ALIKE = 100
"""How many problems of one code in one file are listed for people; more are counted."""

# What JSON may hold as it is, but drives a terminal or turns its line around.
_UNSEEN = late("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")

Sources = Mapping[str, str]
Style = Callable[[str, str], str]
"""Takes a text and what it is (`error`, `warning`, `place`, `mark`), gives it coloured."""
Where = Callable[[str], str]
"""Takes the path of a file in the journal, gives it as it is from where one stands."""


def plain(text: str, what: str) -> str:  # noqa: ARG001 - a Style
    """The style of no style."""
    return text


def coloured(text: str, what: str) -> str:
    """ANSI colours, for a terminal."""
    codes = {"error": "1;31", "warning": "1;33", "place": "1", "mark": "1;36", "dim": "2"}
    return f"\033[{codes[what]}m{text}\033[0m"


class Display(NamedTuple):
    """How problems are shown as text, and from where."""

    style: Style = plain
    columns: int = USUAL_COLUMNS
    where: Where = str


_USUAL = Display()


class _More(NamedTuple):
    """Problems of one code in one file that are not listed."""

    path: str
    code: str
    severity: Severity
    number: int


def summary(problems: Sequence[Problem]) -> str:
    """``2 errors, 1 warning``, or that there is nothing."""
    return ", ".join(counting.severities(problems)) or "No problems"


def _listed(problems: Sequence[Problem]) -> Iterator[Problem | _More]:
    """The problems; behind those of a file, how many of each code in it are left out."""
    seen = Counter[tuple[str, Severity]]()
    for path, in_file in groupby(problems, key=lambda problem: problem.span.path):
        seen.clear()
        for problem in in_file:
            seen[problem.code, problem.severity] += 1
            if seen[problem.code, problem.severity] <= MOST_ALIKE:
                yield problem
        for (code, severity), count in sorted(seen.items()):
            if count > MOST_ALIKE:
                yield _More(path, code, severity, count - MOST_ALIKE)


def text(problems: Sequence[Problem], sources: Sources, display: Display = _USUAL) -> str:
    """Each problem with its source line, a caret below the value, and what to do.

    ``sources`` are the texts of the files. Of more than MOST_ALIKE problems of one code in
    one file the rest is counted.
    """
    lines = {path: source.split("\n") for path, source in sources.items()}
    return "".join(
        _more(it, display) + "\n" if isinstance(it, _More) else _block(it, lines, display)
        for it in _listed(problems)
    )


def _more(more: _More, display: Display) -> str:
    place = display.style(printable(display.where(more.path)), "place")
    what = display.style(f"{more.severity}[{more.code}]", more.severity)
    return f"{place}: {what} {counting.grouped(more.number)} more of these are in this file.\n"


def _block(problem: Problem, lines: Mapping[str, list[str]], display: Display) -> str:
    span, style = problem.span, display.style
    place = style(f"{printable(display.where(span.path))}:{span.line}:{span.column}", "place")
    what = style(f"{problem.severity}[{problem.code}]", problem.severity)
    head = f"{place}: {what} {printable(problem.message)}\n"
    source = lines.get(span.path, [])
    shown = source[span.line - 1] if 0 < span.line <= len(source) else ""
    line = _excerpt(shown, span, display) if shown.strip() else ""
    help = f"  {style('help:', 'mark')} {printable(problem.help)}\n" if problem.help else ""
    return head + line + help + "\n"


def _excerpt(line: str, span: Span, display: Display) -> str:
    number = f"  {span.line} | "
    shown = excerpt(line, span, display.columns - len(number))
    gap = " " * (len(number) - 2) + "| " + " " * shown.before
    mark = display.style("^" * shown.marked, "mark")
    return f"{display.style(number, 'dim')}{shown.text}\n{gap}{mark}\n"


def printable_lines(text: str) -> str:
    """A text of several lines without other control characters."""
    return "\n".join(map(printable, text.split("\n")))


def as_json(problems: Sequence[Problem], *, in_ascii: bool = False) -> str:
    """The stable format for programs; see docs/format.md. ``in_ascii`` is for a stream that
    can't hold every character."""
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
    import json

    text = json.dumps({"version": 1, "problems": rows}, indent=2, ensure_ascii=in_ascii)
    return unseen_escaped(text) + "\n"


def unseen_escaped(text: str) -> str:
    """JSON in which what drives a terminal or turns its line around is written out."""
    if text.isascii() and "\x7f" not in text:
        return text
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def github(problems: Sequence[Problem], where: Where = str) -> str:
    """Workflow commands for annotations: errors first, and how many GitHub will not show.

    Of more than MOST_ALIKE problems of one code in one file the rest is counted.
    """
    errors = [p for p in problems if p.severity is Severity.ERROR]
    warnings = [p for p in problems if p.severity is Severity.WARNING]
    display = Display(where=where)
    lines = [
        _more(it, display).rstrip("\n") if isinstance(it, _More) else _annotation(it, where)
        for it in (*_listed(errors), *_listed(warnings))
    ]
    hidden = max(0, len(errors) - GITHUB_LIMIT), max(0, len(warnings) - GITHUB_LIMIT)
    if any(hidden):
        lines.append(
            f"{summary(problems)} in all; GitHub shows the first {GITHUB_LIMIT} of each, so "
            f"{counting.count(hidden[0], 'error')} and {counting.count(hidden[1], 'warning')} "
            "more are only in this log."
        )
    return "".join(line + "\n" for line in lines)


def _annotation(p: Problem, where: Where) -> str:
    place = f"file={_property(where(p.span.path))},line={p.span.line},col={p.span.column}"
    if p.span.end_line == p.span.line:
        place += f",endColumn={p.span.end_column}"
    else:
        place += f",endLine={p.span.end_line}"
    words = _data(f"{p.message} {p.help}".strip())
    return f"::{p.severity.value} {place},title={_property(p.code)}::{words}"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
