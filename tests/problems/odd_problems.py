"""Problems with odd texts in them, for formats that other programs read."""

from __future__ import annotations

from site_builder.problems.problem import Problem, Severity, Span

ODD = "`[x](http://x.example)` <b>&amp;</b> ]]> \"quotes\" 'and' łe\U0001f600 \x1b[2J \u202e \ud800 {0} %s"
PROBLEMS = (
    Problem("invalid-value", ODD, ODD, Span("deals/a b#ü%?.md", 3, 5, 3, 9), Severity.ERROR),
    Problem("stage-skipped", "Skipped.", "Add notes.", Span("deals/c.md", 1, 1, 1, 1), Severity.WARNING),
    Problem("stage-skipped", "Skipped.", "Add notes.", Span("deals/c.md", 7, 2, 9, 1), Severity.WARNING),
    Problem("yaml-syntax", "`[` is open.", "", Span("pipeline.yml", 2, 1, 2, 1)),
)  # fmt: skip
