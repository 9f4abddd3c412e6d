from __future__ import annotations

import pytest

from site_builder.problems.problem import Problem
from tests.journals import loaded

FIELDS = "title: A\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\nnotes:\n"


def problem_of(notes: str) -> Problem:
    (problem,) = loaded({"deals/a.yml": FIELDS + notes}).problems
    return problem


def problems(notes: str) -> tuple[Problem, ...]:
    return loaded({"deals/a.yml": FIELDS + notes}).problems


@pytest.mark.parametrize("head", ["- {date: 2026-11-10, kind: call, with: %s}"])
@pytest.mark.parametrize("way", ["to", "from", "with"])
def test_a_link_without_quotes(head: str, way: str) -> None:
    head = head.replace("with", way)
    problem = problem_of(head % "[[jane-roe]]" + "\n")
    column = head.index("%") + 1
    assert problem.span[1:] == (6, column, 6, column + 12)
    assert problem.help == 'Write `jane-roe`, or in quotes `"[[jane-roe]]"`.'
    assert problems(head % '"[[jane-roe]]"') == problems(head % "jane-roe") == ()


def test_links_side_by_side() -> None:
    note = "- date: 2026-11-10\n  kind: call\n  with: "
    problem = problem_of(f"{note}[[jane-roe]], [[maria]]\n")
    assert problem.span[1:3] == (8, 9)
    assert problem.help == 'Write `with: ["[[jane-roe]]", "[[maria]]"]`.'
    assert problems(f'{note}["[[jane-roe]]", "[[maria]]"]\n') == ()


@pytest.mark.parametrize(
    ("date", "time"), [("2026-11-10 09:30", "09:30"), ("2026-11-10T9:30", "09:30"),
                       ("2026-11-10 9am", "09:00")]
)  # fmt: skip
def test_a_time_behind_the_date_is_kept(date: str, time: str) -> None:
    problem = problem_of(f"- {{date: {date}, kind: call}}\n")
    assert problem.span[1:3] == (6, 10)
    assert problem.help == f"Write `2026-11-10`, and `time: {time}` beside it."
    assert problems(f"- {{date: 2026-11-10, time: {time}, kind: call}}\n") == ()


@pytest.mark.parametrize(
    ("item", "help"),
    [
        ("## 2026-11-10 call", "{date: 2026-11-10, kind: call}"),
        ('"## 2026-11-10 call"', "{date: 2026-11-10, kind: call}"),
        ("2026-11-10 09:30 call with jane-roe",
         "{date: 2026-11-10, time: 09:30, kind: call, with: [jane-roe]}"),
        ("### 2026-11-10 stage lead", "{date: 2026-11-10, kind: stage, stage: lead}"),
    ],
)  # fmt: skip
def test_a_heading_as_an_item(item: str, help: str) -> None:
    problem = problem_of(f"- {item}\n")
    assert (problem.code, problem.span.line, problem.span.column) == ("invalid-note", 6, 3)
    assert problem.span.end_column == 3 + len(item)
    assert problem.help == f"Write `- {help}`."
    assert problems(f"- {help}\n") == ()


def test_other_comments_in_place_of_an_item() -> None:
    assert problem_of("- # soon\n- {date: 2026-11-10, kind: call}\n").code == "invalid-note"
    assert problem_of("- #soon\n- {date: 2026-11-10, kind: call}\n").code == "comment-in-value"


@pytest.mark.parametrize("name", ["headline", "text"])
def test_a_colon_in_a_value_between_braces(name: str) -> None:
    item = f"- {{date: 2026-11-10, kind: call, {name}: "
    problem = problem_of(f"{item}Halden: the day}}\n")
    assert problem.span[1:3] == (6, len(item) + 7)
    assert problem.help == f'Write `{name}: "Halden: the day"`.'
    assert problems(f'{item}"Halden: the day"}}\n') == ()
