"""The problems page: all that is wrong with the journal, file by file, by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from site_builder.journal.repository import NO_REPOSITORY, Repository
from site_builder.pages.context import Context
from site_builder.pages.page import Badge, Nav, NavGroup, PageKind, once
from site_builder.problems import counting
from site_builder.problems.problem import Problem, Severity, Span, by_place, errors_in

SHOWN = 500
"""How many problems the page shows: the errors among them first."""
_BEFORE, _MARKED, _WIDTH = 40, 80, 120
_TURNING = [0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), *range(0x7F, 0xA0)]
_CONTROLS = {code: chr(0x2400 + code) for code in range(32)} | {9: " "}
_VISIBLE = _CONTROLS | dict.fromkeys(_TURNING, "\ufffd")
"""How characters look that would otherwise hide, or turn the line around."""


class Phrase(NamedTuple):
    """A piece of a message; what stood in backticks is set as code."""

    text: str
    is_code: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of source around a problem: what stands before, in and behind its span.

    ``more`` says how many lines the span goes on for.
    """

    line: str
    before: str
    marked: str
    after: str
    more: str


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem as it is shown; ``href`` leads to where it can be edited, if anywhere."""

    severity: str
    code: str
    message: tuple[Phrase, ...]
    help: tuple[Phrase, ...]
    place: str
    href: str
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True)
class FileProblems:
    """The problems of one file."""

    anchor: str
    path: str
    count: str
    problems: tuple[ShownProblem, ...]


@dataclass(frozen=True, slots=True)
class CodeCount:
    """How often one code occurs."""

    severity: str
    code: str
    count: str


@dataclass(frozen=True, slots=True)
class ProblemList:
    """What the problems page shows. ``more`` says how many problems are too many for it."""

    answer: str
    codes: tuple[CodeCount, ...]
    files: tuple[FileProblems, ...]
    more: str = ""


def problem_list(
    problems: Iterable[Problem], sources: Mapping[str, str], repository: Repository = NO_REPOSITORY
) -> ProblemList:
    """Group the problems by file.

    ``sources`` gives the text of files by path, so that the line can be shown; a file that
    is not in it is shown without. ``repository`` is the journal's `repository`: with it
    every place leads to where it can be edited. Of more problems than SHOWN, the counts are
    of all, and the errors are shown first.
    """
    every = by_place(problems)
    by_severity = sorted(every, key=lambda problem: problem.severity is not Severity.ERROR)
    files = groupby(by_place(by_severity[:SHOWN]), key=lambda problem: problem.span.path)
    in_file = Counter(problem.span.path for problem in every)
    more = len(every) - SHOWN
    return ProblemList(
        _answer(every),
        _codes(every),
        tuple(
            _file(number, path, tuple(found), in_file[path], sources.get(path), repository)
            for number, (path, found) in enumerate(files, 1)
        ),
        counting.count(more, "more problem") if more > 0 else "",
    )


def excerpt(lines: Sequence[str], span: Span) -> Excerpt | None:
    """The line of a file that a span begins in, cut around it where it is long; None behind
    the end.

    An empty span marks the character at its place, or a space at the line's end.
    """
    if span.line > len(lines):
        return None
    line = lines[span.line - 1].rstrip("\r")
    start = min(span.column - 1, len(line))
    end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line)
    end = max(end, start + 1)
    marked = line[start:end] or " "
    more = span.end_line - span.line
    return Excerpt(
        str(span.line),
        _cut_before(line[:start]),
        _cut_behind(marked, _MARKED),
        _cut_behind(line[end:], max(_WIDTH - min(start, _BEFORE) - len(marked), _BEFORE)),
        f"and {counting.count(more, 'more line')}" if more > 0 else "",
    )


def phrases(message: str) -> tuple[Phrase, ...]:
    """A message in pieces, at its backticks; in one piece where they do not pair up."""
    pieces = message.translate(_VISIBLE).split("`")
    if len(pieces) % 2 == 0:
        return (Phrase("`".join(pieces), is_code=False),)
    found = (Phrase(piece, bool(number % 2)) for number, piece in enumerate(pieces))
    return tuple(phrase for phrase in found if phrase.text)


def _answer(problems: tuple[Problem, ...]) -> str:
    if not problems:
        return "No problems: the journal agrees with itself."
    files = len({problem.span.path for problem in problems})
    return f"{_counted(problems)} in {counting.count(files, 'file')}."


def _counted(problems: Sequence[Problem]) -> str:
    """``2 errors and 1 warning``."""
    return " and ".join(counting.severities(problems))


def _codes(problems: tuple[Problem, ...]) -> tuple[CodeCount, ...]:
    """Errors before warnings, the most frequent first."""
    counts = Counter((problem.severity, problem.code) for problem in problems)
    order = sorted(counts.items(), key=lambda c: (c[0][0] is not Severity.ERROR, -c[1], c[0][1]))
    return tuple(
        CodeCount(severity.value, code, counting.grouped(n)) for (severity, code), n in order
    )


def _file(
    number: int,
    path: str,
    problems: tuple[Problem, ...],
    every: int,
    text: str | None,
    repository: Repository,
) -> FileProblems:
    lines = text.split("\n") if text is not None else None
    count = counting.count(every, "problem")
    return FileProblems(
        f"file-{number}",
        path.translate(_VISIBLE),
        f"{len(problems)} of {count}" if len(problems) < every else count,
        tuple(_shown(problem, lines, repository) for problem in problems),
    )


def _shown(problem: Problem, lines: list[str] | None, repository: Repository) -> ShownProblem:
    span = problem.span
    return ShownProblem(
        problem.severity.value,
        problem.code,
        phrases(problem.message),
        phrases(problem.help),
        f"{span.path}:{span.line}:{span.column}".translate(_VISIBLE),
        repository.place_of(span.path, span.line),
        excerpt(lines, span) if lines is not None else None,
    )


def _cut_before(text: str) -> str:
    kept = text if len(text) <= _BEFORE else "…" + text[1 - _BEFORE :]
    return kept.translate(_VISIBLE)


def _cut_behind(text: str, width: int) -> str:
    kept = text if len(text) <= width else text[: width - 1] + "…"
    return kept.translate(_VISIBLE)


def badge(problems: Sequence[Problem]) -> Badge:
    """How many problems there are; errors among them are an alarm."""
    if not problems:
        return Badge()
    errors = errors_in(problems)
    return Badge(counting.grouped(len(problems)), _counted(problems), bool(errors))


def _listed(context: Context, _key: str) -> ProblemList:
    return problem_list(context.problems, context.sources, context.journal.schema.repository)


PATH = "problems.html"
PAGE = PageKind(
    "problems",
    view=_listed,
    keys=once,
    path=lambda _key: PATH,
    nav=Nav(NavGroup.NONE, "Problems", PATH, badge=badge),
)
