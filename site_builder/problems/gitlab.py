"""Problems for GitLab's Code Quality report."""

from __future__ import annotations

import json
from collections.abc import Sequence

from site_builder.problems.fingerprints import fingerprints
from site_builder.problems.problem import Problem, Severity
from site_builder.problems.report import Where, unseen_escaped

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def gitlab(problems: Sequence[Problem], where: Where = str) -> str:
    """A list with an entry for each problem, in ASCII."""
    rows = [
        {
            "description": f"{problem.message} {problem.help}".strip(),
            "check_name": problem.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[problem.severity],
            "location": {
                "path": where(problem.span.path),
                "lines": {"begin": problem.span.line, "end": problem.span.end_line},
            },
        }
        for problem, fingerprint in zip(problems, fingerprints(problems), strict=True)
    ]
    return unseen_escaped(json.dumps(rows, indent=2)) + "\n"
