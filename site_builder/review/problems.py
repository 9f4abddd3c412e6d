"""Problems of two journals: which a change introduced, and which it solved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from site_builder.problems.problem import Problem
from site_builder.review.sides import Renames, Side, id_of

Key = tuple[str, str, str]
_NAMED = re.compile(r"`([^`]*)`")


def introduced_and_solved(
    before: Side, after: Side, names: Renames
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """The problems that only the journal after has, and those that only the one before has. A
    problem is the same wherever in its file it stands, and whatever whom it names is called now."""
    was = [(_key(problem, names), problem) for problem in before.problems]
    now = [(_key(problem), problem) for problem in after.problems]
    old, new = Counter(key for key, _ in was), Counter(key for key, _ in now)
    return _more(now, old), _more(was, new)


def _key(problem: Problem, names: Renames | None = None) -> Key:
    path, message = problem.span.path, problem.message
    if names is not None:
        path = _path_now(path, names)
        message = _NAMED.sub(lambda named: f"`{names.either(named[1])}`", message)
    return problem.code, path, message


def _path_now(path: str, names: Renames) -> str:
    folder, _, _ = path.partition("/")
    by_folder: Mapping[str, Mapping[str, str]] = {
        "deals": names.deals,
        "contacts": names.contacts,
    }
    id = by_folder.get(folder, {}).get(id_of(path))
    return f"{path.rpartition('/')[0]}/{id}.{path.rpartition('.')[2]}" if id else path


def _more(found: Iterable[tuple[Key, Problem]], other: Counter[Key]) -> tuple[Problem, ...]:
    """Those of which the other has fewer: the first of them are taken for the same."""
    left = Counter(other)
    more = []
    for key, problem in found:
        if left[key] > 0:
            left[key] -= 1
        else:
            more.append(problem)
    return tuple(more)
