"""Templates of import maps: ``{FirstName} {LastName}``, ``{Next Date|date} {Next Step}``."""

from __future__ import annotations

import re

from site_builder.exchange.map.mapping import Hole, Name, Template
from site_builder.problems.problem import Problem
from site_builder.problems.suggest import did_you_mean
from site_builder.source.yaml_nodes import Report, Scalar

FILTERS = ("date", "time", "lower")
"""What may stand behind a column's name: its day, its time of day, small letters."""

_HOLE = re.compile(r"\{([^{}|]+)(?:\|([^{}|]*))?\}")


def read_template(scalar: Scalar, report: Report) -> Template | None:
    """A template's texts and holes; None, with a problem, where a brace is left open."""
    parts: list[str | Hole] = []
    at = 0
    for match in _HOLE.finditer(scalar.text):
        parts.append(scalar.text[at : match.start()])
        parts.append(Hole(Name(" ".join(match[1].split()), scalar.span), (match[2] or "").strip()))
        at = match.end()
    parts.append(scalar.text[at:])
    made = Template(tuple(part for part in parts if part))
    problem = _wrong(made, scalar)
    if problem is not None:
        report(problem)
        return None
    return made


def _wrong(template: Template, scalar: Scalar) -> Problem | None:
    if any(isinstance(part, str) and re.search("[{}]", part) for part in template.parts):
        return Problem(
            "invalid-value",
            f"A brace is missing or too many in `{scalar.text}`.",
            "Write each column as `{Column}`.",
            scalar.span,
        )
    if not template.holes:
        return Problem(
            "invalid-value",
            f"`{scalar.text}` has no column in it.",
            "Write columns as `{Column}`, or use `fixed` for a text that is always the same.",
            scalar.span,
        )
    for hole in template.holes:
        if hole.filter and hole.filter not in FILTERS:
            return Problem(
                "invalid-value",
                f"`{hole.filter}` can't be done to a column.",
                did_you_mean(hole.filter, FILTERS),
                scalar.span,
            )
    return None
