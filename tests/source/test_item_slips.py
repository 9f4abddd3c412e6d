from __future__ import annotations

import re

import pytest

from site_builder.problems.problem import Problem
from tests.journals import loaded

FIELDS = "title: A\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n"
BELOW = "so that it stands below `date`."
DATE, NEXT = "date: 2026-11-01", "- date: 2026-11-02\n  kind: email\n"


def problem_of(notes: str) -> Problem:
    (problem,) = loaded({"deals/a.yml": f"{FIELDS}notes:\n{notes}"}).problems
    return problem


def typed(notes: str, problem: Problem) -> str:
    """The notes with what the help says done."""
    lines = notes.split("\n")
    row = problem.span.line - FIELDS.count("\n") - 2
    help = problem.help
    if bare := re.search(r"Write `(.*?)`", help):
        stand = 0 if "start of its line" in help else len(lines[row]) - len(lines[row].lstrip())
        lines[row] = " " * stand + bare[1]
    counts = re.findall(r"(?:(\d+) spaces|a space) before", help)
    if help.startswith("Put"):
        lines[row] = " " * int(counts[0] or 1) + lines[row].strip()
    more = re.search(r"the next (?:(\d+) lines|line)", help)
    for below in range(row + 1, row + 1 + (int(more[1] or 1) if more else 0)):
        lines[below] = " " * int(counts[-1] or 1) + lines[below].strip()
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("notes", "line", "column", "help"),
    [
        (f"  - {DATE}\n  kind: call\n", 7, 3, f"Put 4 spaces before it, {BELOW}"),
        (f"  - {DATE}\n     kind: call\n", 7, 6, f"Put 4 spaces before it, {BELOW}"),
        (f"- {DATE}\n kind: call\n", 7, 2, f"Put 2 spaces before it, {BELOW}"),
        (f"- {DATE}\n    kind: call\n", 7, 5, f"Put 2 spaces before it, {BELOW}"),
        (f"-   {DATE}\n  kind: call\n", 7, 3, f"Put 4 spaces before it, {BELOW}"),
        (f"- {DATE}\n\tkind: call\n", 7, 1, f"Put 2 spaces before it in place of the tab, {BELOW}"),
        (f"  - {DATE}\n  kind: call\n  headline: x\n", 7, 3,
         f"Put 4 spaces before it and before the next line, {BELOW}"),
        (f"  - {DATE}\n    kind: call\n   headline: x\n", 8, 4, f"Put 4 spaces before it, {BELOW}"),
        (f"  -{DATE}\n   kind: call\n", 6, 3,
         f"Write `- {DATE}`, and 4 spaces before the next line."),
        (f"-{DATE}\n kind: call\n", 6, 1, f"Write `- {DATE}`, and 2 spaces before the next line."),
        (f"-{DATE}\n  kind: call\n{NEXT}", 6, 1, f"Write `- {DATE}`."),
        (f"{NEXT}-{DATE}\n  kind: call\n", 8, 1, f"Write `- {DATE}`."),
        (f"* {DATE}\n  kind: call\n", 6, 1, f"Write `- {DATE}`."),
        (f"{NEXT}• {DATE}\n  kind: call\n", 8, 1, f"Write `- {DATE}`."),
        (f"{NEXT} - {DATE}\n   kind: call\n", 8, 2,
         f"Write `- {DATE}` at the start of its line, and 2 spaces before the next line."),
        (f"  - date: 2026-11-02\n    kind: email\n - {DATE}\n   kind: call\n", 8, 2,
         "Put 2 spaces before it, and 4 spaces before the next line."),
    ],
)  # fmt: skip
def test_a_note_that_stands_where_it_can_not(notes: str, line: int, column: int, help: str) -> None:
    problem = problem_of(notes)
    assert problem.code == "yaml-syntax"
    assert problem.span[1:3] == (line, column)
    assert problem.help == help
    assert loaded({"deals/a.yml": f"{FIELDS}notes:\n{typed(notes, problem)}"}).problems == ()


def test_a_text_that_is_not_indented() -> None:
    notes = f"- {DATE}\n  kind: call\n  text: |\n  Hello\n  you\n{NEXT}"
    problem = problem_of(notes)
    assert problem.span[1:3] == (9, 3)
    assert problem.help == "Put 4 spaces before each of its lines."
    right = notes.replace("  Hello\n  you", "    Hello\n    you")
    assert loaded({"deals/a.yml": f"{FIELDS}notes:\n{right}"}).problems == ()


@pytest.mark.parametrize(
    "notes",
    [
        f"- {DATE}\n  kind: call\n  headline: a: b\n",
        f"- {DATE}\n  kind: call\n  with: [jane-roe\n",
        f"- {DATE}\n  kind: call\n  text: |\n    a\n     b: c\n   kind: x\n  headline: 'x\n",
    ],
)
def test_other_slips_in_notes_are_told_as_they_are(notes: str) -> None:
    assert "below `date`" not in problem_of(notes).help


def test_lists_of_pipeline_yml() -> None:
    text = """\
visibility: private
pipelines:
  sales:
    stages:
      lead:
        measures:
          - measure: conversion
          target: 50%
      won: {type: won}
"""
    (problem,) = loaded({"pipeline.yml": text}).problems
    assert problem.span[1:3] == (8, 11)
    assert problem.help == "Put 12 spaces before it, so that it stands below `measure`."
