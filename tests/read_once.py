"""Files that are read once, however many journals of a test have them: of many texts that are tried,
each is one file's, and the others stay."""

from __future__ import annotations

from collections.abc import Callable, Container
from functools import lru_cache
from typing import TypeVar

from site_builder.problems.problem import Problem
from site_builder.source.yaml_nodes import Report

_MOST = 200
_Made = TypeVar("_Made")


def once(
    read: Callable[[str, str, Report], _Made], only: Container[str] | None = None
) -> Callable[[str, str, Report], _Made]:
    """Reads a text and tells its problems, of a text that was read lately without reading it. With
    ``only`` some, all others are read each time."""

    @lru_cache(_MOST)
    def known(path: str, text: str) -> tuple[_Made, tuple[Problem, ...]]:
        problems: list[Problem] = []
        return read(path, text, problems.append), tuple(problems)

    def told(path: str, text: str, report: Report) -> _Made:
        if only is not None and text not in only:
            return read(path, text, report)
        made, problems = known(path, text)
        for problem in problems:
            report(problem)
        return made

    return told
