from __future__ import annotations

import pytest

from site_builder.problems.problem import Problem
from site_builder.source.brace_slips import brace_slip
from tests.catalogue import BASE
from tests.journals import loaded

FIELDS = "title: A\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\nnotes:\n"
NOTE = "date: 2026-11-10, kind: call"
# What stands in the line, which column is told, and the line to type.
SLIPS = [
    ("- {date: 2026-11-10 kind: call}", 21, f"- {{{NOTE}}}"),
    ("- {date: 2026-11-10; kind: call}", 22, f"- {{{NOTE}}}"),
    ("- {date 2026-11-10, kind: call}", 4, f"- {{{NOTE}}}"),
    (f"- {NOTE}", 21, f"- {{{NOTE}}}"),
    ("- date: 2026-11-10 kind: call", 20, f"- {{{NOTE}}}"),
    (f"- {{{NOTE} with: jane-roe}}", 33, f"- {{{NOTE}, with: jane-roe}}"),
    (f"- {{{NOTE}, with jane-roe}}", 34, f"- {{{NOTE}, with: jane-roe}}"),
    (f"- {{{NOTE}, with: jane-roe, tom}}", 34, f"- {{{NOTE}, with: [jane-roe, tom]}}"),
    (f"- {{{NOTE}, with: [[jane-roe]], [[tom]]}}", 34, f"- {{{NOTE}, with: [jane-roe, tom]}}"),
    (f"- {{{NOTE}, with: [jane-roe, tom}}", 34, f"- {{{NOTE}, with: [jane-roe, tom]}}"),
    (f"- {{{NOTE}, headline: a, b}}", 34, f'- {{{NOTE}, headline: "a, b"}}'),
    (f"- {{{NOTE}, headline: a, b, with jane-roe}}", 34, f'- {{{NOTE}, headline: "a, b", with: jane-roe}}'),
    (f"- {{{NOTE}, headline: #4}}", 34, f'- {{{NOTE}, headline: "#4"}}'),
    (f"- {{{NOTE}, value: 1,000}}", 34, f"- {{{NOTE}, value: 1000}}"),
    (f"- {{{NOTE}, value: 1,50}}", 34, f"- {{{NOTE}, value: 1.50}}"),
    (f"- {{{NOTE}, talked}}", 33, f"- {{{NOTE}, headline: talked}}"),
    (f"- {{{NOTE}}}}}", 33, f"- {{{NOTE}}}"),
]  # fmt: skip


def problems_of(notes: str, fields: str = FIELDS) -> tuple[Problem, ...]:
    tom = {"contacts/tom.md": "---\nname: Tom Berg\n---\n"}
    return loaded({**tom, "deals/bad.yml": fields + notes}).problems


@pytest.mark.parametrize(("line", "column", "right"), SLIPS)
def test_a_note_between_braces_is_told_once_with_the_whole_line(
    line: str, column: int, right: str
) -> None:
    (problem,) = problems_of(f"{line}\n")
    assert (problem.code, problem.span.line, problem.span.column) == ("yaml-syntax", 6, column)
    assert problem.help == f"Write `{right}`."
    assert all(p.code == "field-mismatch" for p in problems_of(f"{right}\n"))


@pytest.mark.parametrize(
    "line",
    [
        f"- {{{NOTE}}}",
        f"- {{{NOTE},}}",
        f'- {{{NOTE}, headline: "a, b"}}',
        f"- {{{NOTE}, with: [jane-roe, tom]}}",
        f"- {{{NOTE}, headline: }}",
        f"- {{{NOTE}, headline: 10:30 at Kestrel's}}",
        f"- {{{NOTE}, headline: 'it''s, a'}}",
    ],
)
def test_what_is_right_is_not_told(line: str) -> None:
    assert problems_of(f"{line}\n") == ()


def test_names_without_values_stay_names_elsewhere() -> None:
    steps = "steps: {needs: Needs heard, map}"
    config = BASE["pipeline.yml"].replace(
        "  sales:\n", f"  more: {{stages: {{a: {{{steps}}}}}}}\n  sales:\n"
    )
    assert config != BASE["pipeline.yml"]
    assert loaded({"pipeline.yml": config, **_with_pipeline()}).problems == ()


def _with_pipeline() -> dict[str, str]:
    """The deals of the base journal, which now has several pipelines."""
    deals = {path: text for path, text in BASE.items() if path.startswith("deals/")}
    return {
        path: text.replace("\nstage:", "\npipeline: sales\nstage:", 1)
        for path, text in deals.items()
    }


@pytest.mark.parametrize(
    "below", ["{date: 2026-11-11, kind: call}", "  {date: 2026-11-11, kind: call}"]
)
def test_a_hyphen_that_is_missing_before_a_note(below: str) -> None:
    (problem,) = problems_of(f"- {{{NOTE}}}\n{below}\n")
    assert (problem.span.line, problem.span.column) == (7, len(below) - len(below.lstrip()) + 1)
    assert problem.help == f"Write `- {below.strip()}`."


def test_a_line_that_is_too_long_or_nested_is_left_alone() -> None:
    assert brace_slip(f"- {{{'date: 2026-11-10 ' * 40}}}") is None
    assert brace_slip("a: {b: {name: x, y}}") is None


@pytest.mark.parametrize(
    ("notes", "help"),
    [
        ("- date: 2026-11-10\nkind: call\n", "Put 2 spaces before it"),
        (
            "  - date: 2026-11-10\nkind: call\nwith: jane-roe\nheadline: x\n",
            "Put 4 spaces before it and before the next 2 lines",
        ),
        (
            "- date: 2026-11-10\nkind: call\n- date: 2026-11-11\n  kind: call\n",
            "Put 2 spaces before it",
        ),
    ],
)
def test_keys_of_a_note_at_the_start_of_the_line(notes: str, help: str) -> None:
    (problem,) = problems_of(notes)
    assert (problem.span.line, problem.span.column) == (7, 1)
    assert problem.help == f"{help}, so that it stands below `date`."


def test_a_field_of_the_deal_below_the_notes_is_none_of_them() -> None:
    told = problems_of("- date: 2026-11-10\n  kind: call\nvalue: 5\n")
    assert told == ()
