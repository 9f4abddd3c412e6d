"""How many there are, in words."""

from __future__ import annotations

from site_builder.problems.counting import count, counts, decimal, grouped, severities
from site_builder.problems.problem import Problem, Severity, Span


def test_one_is_singular_and_thousands_are_grouped() -> None:
    assert [count(n, "deal") for n in (0, 1, 2, 1200)] == [
        "0 deals",
        "1 deal",
        "2 deals",
        "1\u202f200 deals",
    ]
    assert count(2, "company", "companies") == "2 companies"
    assert grouped(1_234_567) == "1\u202f234\u202f567"
    assert [decimal(one) for one in (0.04, 12.36, 1234.56)] == ["0.0", "12.4", "1\u202f234.6"]
    assert [decimal(one) for one in (0.25, 0.35, sum([0.05] * 7))] == ["0.3", "0.4", "0.4"]


def test_of_what_there_is_none_nothing_is_said() -> None:
    assert counts((1, "deal"), (0, "contact"), (2, "note")) == ["1 deal", "2 notes"]


def test_errors_are_counted_before_warnings() -> None:
    error = Problem("a", "b", "c", Span.start_of("d"))
    warning = Problem("a", "b", "c", Span.start_of("d"), Severity.WARNING)
    assert severities([warning, error, warning]) == ["1 error", "2 warnings"]
    assert severities([error, error]) == ["2 errors"]
    assert severities([warning]) == ["1 warning"]
    assert severities([]) == []
