"""What was done to cells on the way into a journal: told once for each sort."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.exchange.csv.numbers import shown
from site_builder.problems import counting
from site_builder.problems.problem import Problem, Severity, Span

NOTHING_TO_DO = "Nothing to do, unless it was meant to be read."


class Notices:
    """Collects warnings that many rows share: each has its first place and a count."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[Problem, int]] = {}

    def replaced(self, message: str, instead: str, span: Span) -> None:
        """A value that can't be read, and that the map's ``otherwise`` stood in for."""
        did = f"It was taken as `{instead}`" if instead else "It was left out"
        self._add(f"{message} {did}", f"{message} {did}, as the map says", "value-replaced",
                  NOTHING_TO_DO, span)  # fmt: skip

    def rounded(self, column: str, text: str, made: str, span: Span) -> None:
        """A number with more decimals than a journal keeps."""
        message = f"`{shown(text)}` in `{shown(column)}` was rounded to `{made}`"
        help = "Nothing to do, unless the last digits count: then mend the cell."
        self._add(column, message, "value-rounded", help, span)

    def _add(self, sort: str, message: str, code: str, help: str, span: Span) -> None:
        problem, times = self._found.get(
            (code, sort), (Problem(code, message, help, span, Severity.WARNING), 0)
        )
        self._found[code, sort] = problem, times + 1

    def problems(self) -> Iterator[Problem]:
        """A warning for each sort."""
        for problem, times in self._found.values():
            more = f" ({counting.grouped(times)} rows, the first is this)" if times > 1 else ""
            message = f"{problem.message}{more}."
            yield Problem(problem.code, message, problem.help, problem.span, problem.severity)
