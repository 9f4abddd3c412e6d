"""Problems in SARIF 2.1.0, for GitHub's code scanning and for editors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from urllib.parse import quote

from site_builder import __version__
from site_builder.problems.codes import CODES, Code
from site_builder.problems.fingerprints import fingerprints
from site_builder.problems.problem import Problem, Span
from site_builder.problems.report import Where, unseen_escaped

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MEANT = str.maketrans({"\\": "\\\\", "[": "\\[", "]": "\\]"})  # or it would be a link


def sarif(problems: Sequence[Problem], where: Where = str) -> str:
    """A log of one run with a result for each problem, in ASCII. Columns count characters."""
    used = {problem.code for problem in problems}
    rules = [code for code in CODES if code.code in used]
    places = {code.code: place for place, code in enumerate(rules)}
    results = [
        {
            "ruleId": problem.code,
            "ruleIndex": places[problem.code],
            "level": problem.severity.value,
            "message": {"text": f"{problem.message} {problem.help}".strip().translate(_MEANT)},
            "locations": [_location(problem.span, where)],
            "partialFingerprints": {"problem/v1": fingerprint},
        }
        for problem, fingerprint in zip(problems, fingerprints(problems), strict=True)
    ]
    driver = {"name": "dealog", "version": __version__, "rules": [_rule(rule) for rule in rules]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return unseen_escaped(json.dumps(log, indent=2)) + "\n"


def _rule(code: Code) -> dict[str, object]:
    return {
        "id": code.code,
        "shortDescription": {"text": code.means.translate(_MEANT)},
        "defaultConfiguration": {"level": code.severity.value},
    }


def _location(span: Span, where: Where) -> dict[str, object]:
    region = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    uri = quote(where(span.path), errors="surrogateescape")
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
