"""The problems page: all that is wrong with the journal, by code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from site_builder.journal.made_once import MadeOnce
from site_builder.journal.repository import NO_REPOSITORY, Repository
from site_builder.pages.context import Context
from site_builder.pages.links import NO_LINK, Link, subject_link
from site_builder.pages.page import Badge, Nav, NavGroup, PageKind, once
from site_builder.pages.problem_excerpt import Excerpt, Phrase, excerpt, phrases, visible
from site_builder.problems import counting
from site_builder.problems.codes import MEANS
from site_builder.problems.problem import Problem, Severity, by_place, errors_in

OPEN = 25
"""How many problems of a code are shown in full, and how many of all before codes are folded."""
SHOWN = 500
"""How many problems the page names: the rest is counted."""


class Place(NamedTuple):
    """Where a problem is: its file, by the page of its deal or contact, or else its source, and
    the line and column, ``:3:8``. ``edit`` leads to where it can be edited, or else read."""

    file: Link
    spot: str
    edit: Link


@dataclass(frozen=True, slots=True)
class ShownProblem:
    """A problem in full; ``help`` is empty where it is the same for all of its code."""

    message: tuple[Phrase, ...]
    help: tuple[Phrase, ...]
    place: Place
    excerpt: Excerpt | None


@dataclass(frozen=True, slots=True)
class CodeProblems:
    """The problems of one code: what it ``means``, and the help if it is one for all. Some are
    shown in full; of ``others`` there is only the place, and of still ``more`` the number."""

    anchor: str
    severity: str
    code: str
    count: str
    means: str
    help: tuple[Phrase, ...]
    problems: tuple[ShownProblem, ...]
    others: tuple[Place, ...]
    others_count: str
    more: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class ProblemList:
    """What the problems page shows."""

    answer: str
    codes: tuple[CodeProblems, ...]


@dataclass(frozen=True)
class Files:
    """The files of a journal: their texts, where they are known, the journal's `repository`, and
    the address of the page of a file's deal or contact, empty for none."""

    sources: Mapping[str, str]
    repository: Repository = NO_REPOSITORY
    page_of: Callable[[str], str] = lambda _path: ""

    @cached_property
    def lines(self) -> MadeOnce[str, Sequence[str]]:
        """The lines of each file; none where its text is not known."""
        return MadeOnce(lambda path: self.sources[path].split("\n") if path in self.sources else ())

    def place(self, problem: Problem) -> Place:
        """Where a problem is."""
        path, line, column = problem.span[:3]
        page = self.page_of(path) or self.repository.source_of(path)
        edit = self.repository.place_of(path, line)
        word = "Edit" if self.repository.edit_of(path) else "Source"
        return Place(
            Link(visible(path), page), f":{line}:{column}", Link(word, edit) if edit else NO_LINK
        )


def problem_list(problems: Iterable[Problem], files: Files) -> ProblemList:
    """The problems by code, errors before warnings, the most frequent first.

    The first of each are shown in full. Codes are folded as soon as so many have been, places of
    others are named until those of the page are too many.
    """
    every = by_place(problems)
    groups = _by_code(every)
    left = SHOWN - sum([len(found[:OPEN]) for found in groups])
    before, codes = 0, list[CodeProblems]()
    for found in groups:
        before += len(found[:OPEN])
        named = found[: OPEN + max(0, left)]
        left -= len(named[OPEN:])
        is_open = not codes or before <= OPEN
        codes.append(_of_code(found, named, files, is_open=is_open))
    return ProblemList(_answer(every), tuple(codes))


def _by_code(problems: Sequence[Problem]) -> list[list[Problem]]:
    ordered = sorted(problems, key=_kind)  # stable: by place in each
    groups = [list(found) for _, found in groupby(ordered, key=_kind)]
    return sorted(groups, key=lambda found: (_kind(found[0])[0], -len(found)))


def _kind(problem: Problem) -> tuple[bool, str]:
    return problem.severity is not Severity.ERROR, problem.code


def _of_code(
    found: Sequence[Problem], named: Sequence[Problem], files: Files, *, is_open: bool
) -> CodeProblems:
    first, full, others = found[0], named[:OPEN], named[OPEN:]
    more = len(found) - len(named)
    is_one_help = len({problem.help for problem in full}) == 1
    return CodeProblems(
        f"{first.severity}-{first.code}",
        str(first.severity),
        first.code,
        counting.grouped(len(found)),
        MEANS.get(first.code, ""),
        phrases(first.help) if is_one_help else (),
        tuple([_shown(problem, files, with_help=not is_one_help) for problem in full]),
        tuple([files.place(problem) for problem in others]),
        f"and {counting.grouped(len(others))} more" if others else "",
        f"and {counting.grouped(more)} more" if more else "",
        is_open,
    )


def _shown(problem: Problem, files: Files, *, with_help: bool) -> ShownProblem:
    return ShownProblem(
        phrases(problem.message),
        phrases(problem.help) if with_help else (),
        files.place(problem),
        excerpt(files.lines[problem.span.path], problem.span),
    )


def _answer(problems: tuple[Problem, ...]) -> str:
    if not problems:
        return "No problems: the journal agrees with itself."
    files = len({problem.span.path for problem in problems})
    return f"{_counted(problems)} in {counting.count(files, 'file')}."


def _counted(problems: Sequence[Problem]) -> str:
    """``2 errors and 1 warning``."""
    return " and ".join(counting.severities(problems))


def badge(problems: Sequence[Problem]) -> Badge:
    """How many problems there are; errors among them are an alarm."""
    if not problems:
        return Badge()
    errors = errors_in(problems)
    return Badge(counting.grouped(len(problems)), _counted(problems), bool(errors))


def _listed(context: Context, _key: str) -> ProblemList:
    journal = context.journal
    pages = {subject.path: subject_link(subject).path for subject in journal.subjects}
    files = Files(context.sources, journal.schema.repository, lambda path: pages.get(path, ""))
    return problem_list(context.problems, files)


PATH = "problems.html"
PAGE = PageKind(
    "problems",
    view=_listed,
    keys=once,
    path=lambda _key: PATH,
    nav=Nav(NavGroup.NONE, "Problems", PATH, badge=badge),
)
