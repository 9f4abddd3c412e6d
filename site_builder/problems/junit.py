"""Problems as JUnit's XML, for whatever shows the results of tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from site_builder.problems.problem import Problem, Severity
from site_builder.problems.report import Where
from site_builder.problems.terminal import printable

_FINE = (
    '<testsuite name="dealog" tests="1" failures="0" errors="0" skipped="0">\n'
    '<testcase classname="dealog" name="No problems"/>\n</testsuite>\n'
)


def junit(problems: Sequence[Problem], where: Where = str, strict: bool = False) -> str:
    """A suite for each file with problems, and in it a case for each: a failure where it counts,
    which warnings do where all is ``strict``, and otherwise a case that was skipped. Where there
    are no problems one case passes."""
    by_file = groupby(problems, key=lambda problem: problem.span.path)
    suites = [_suite(where(path), tuple(of_file), strict) for path, of_file in by_file]
    text = f'<testsuites name="dealog">\n{"".join(suites or [_FINE])}</testsuites>\n'
    # Whatever encoding the stream has that it is written to.
    text = text.encode("ascii", "xmlcharrefreplace").decode("ascii")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'


def _suite(path: str, problems: Sequence[Problem], strict: bool) -> str:
    failures = sum(_counts(problem, strict) for problem in problems)
    numbers = f'failures="{failures}" errors="0" skipped="{len(problems) - failures}"'
    head = f'<testsuite name={_quoted(path)} tests="{len(problems)}" {numbers}>'
    names = _names(problems)
    cases = (_case(path, p, name, strict) for p, name in zip(problems, names, strict=True))
    return f"{head}\n{''.join(cases)}</testsuite>\n"


def _names(problems: Sequence[Problem]) -> list[str]:
    """A name for each problem of a file, no two alike, which it keeps wherever it stands."""
    seen = Counter[str]()
    names = []
    for problem in problems:
        name = f"{problem.code}: {problem.message}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _case(path: str, problem: Problem, name: str, strict: bool) -> str:
    place = f"{path}:{problem.span.line}:{problem.span.column}"
    head = f"<testcase classname={_quoted(path)} name={_quoted(name)}>"
    message = f"message={_quoted(f'{place}: {problem.message}')}"
    help = escape(printable(problem.help))
    if _counts(problem, strict):
        kind = f"type={_quoted(problem.code)}"
        return f"{head}<failure {kind} {message}>{help}</failure></testcase>\n"
    return f"{head}<skipped {message}>{help}</skipped></testcase>\n"


def _counts(problem: Problem, strict: bool) -> bool:
    return strict or problem.severity is Severity.ERROR


def _quoted(text: str) -> str:
    return quoteattr(printable(text))
