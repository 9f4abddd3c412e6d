"""What tells a problem from all others, run after run, wherever in its file it stands by then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256

from site_builder.problems.problem import Problem

_LENGTH = 40


def fingerprints(problems: Sequence[Problem]) -> list[str]:
    """One for each problem, no two alike: a digest of its code, path and message, and of how many
    of the same stand before it."""
    seen = Counter[tuple[str, str, str]]()
    made = []
    for problem in problems:
        key = problem.code, problem.span.path, problem.message
        row = "\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")
        made.append(sha256(row).hexdigest()[:_LENGTH])
        seen[key] += 1
    return made
