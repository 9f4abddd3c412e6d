"""Notes that a fence of code hides because it was not closed."""

from __future__ import annotations

import pytest

from tests.catalogue import deal
from tests.journals import codes, loaded

LATER = "## 2026-10-24 call with jane-roe\n\n"
END = "\n\n## 2026-11-02 call\n"


@pytest.mark.parametrize(
    ("first", "second", "fence"),
    [
        ("```\ncode", "```\nother\n```", "3 backticks"),
        ("```\ncode", "```\nother", "3 backticks"),
        ("```python\ncode", "```python\nother\n```", "3 backticks"),
        ("~~~ text\ncode", "~~~ text\nother\n~~~", "3 tildes"),
        ("````\ncode", "````\nother\n````", "4 backticks"),
        ("```\ncode", "Text.\n\n```\nother\n```\n\n```\nmore\n```", "3 backticks"),
        ("```", "```\nother\n```", "3 backticks"),
    ],
)
def test_a_fence_that_goes_on_over_a_note_is_told(first: str, second: str, fence: str) -> None:
    text = deal(notes=f"## 2026-10-01 call\n\n{first}\n\n{LATER}{second}{END}")
    (problem,) = loaded({"deals/bad.md": text}).problems
    assert (problem.code, problem.severity) == ("fenced-note", "warning")
    place = problem.span.line, problem.span.column, problem.span.end_column
    assert place == (9, 1, 1 + int(fence[0]))
    assert "hides a note: `## 2026-10-24 call with jane-roe`." in problem.message
    assert problem.help == f"Write a line of {fence} where the code ends, before that heading."
    sign = first[0] * int(fence[0])
    result = loaded({"deals/bad.md": text.replace(f"{first}\n\n##", f"{first}\n{sign}\n\n##")})
    assert result.problems == () and result.journal is not None
    assert len(result.journal.deals_by_id["bad"].notes) == 3


@pytest.mark.parametrize(
    "text",
    [
        "```\n## 2026-10-24 call\n```\n\nText.",
        "```\n## 2026-10-24 call\n\nText.\n\n```\n\nText.",
        "```\n## 2026-10-24 call\n\nText.\n\n```\n## 2026-10-25 call",
        "~~~\n```\n## 2026-10-24 call\n```\n~~~",
        "```\n## Plans\n\nText.\n\n## 2026-10-24 call",
        "```\ncode\n```\n\n## 2026-10-24 call\n\n```\ncode\n```",
        "- ```\n  code\n\n## 2026-10-24 call\n\n- ```\n  code",
    ],
)
def test_what_is_put_in_a_fence_is_left_alone(text: str) -> None:
    assert codes({"deals/bad.md": deal(notes=f"## 2026-10-01 call\n\n{text}{END}")}) == []


def test_only_the_first_is_told_and_how_many_notes_it_hides() -> None:
    notes = "".join(f"## 2026-10-{day:02} call\n\n```\ncode\n```\n\n" for day in range(2, 9))
    text = deal(notes=f"## 2026-10-01 call\n\n```\ncode\n\n## 2026-10-01 email\n\n{notes}")
    (problem,) = loaded({"deals/bad.md": text}).problems
    assert problem.message == (
        "The code that begins here ends in line 16, and hides 2 notes: `## 2026-10-01 email`."
    )


def test_nothing_follows_from_what_is_hidden() -> None:
    notes = (
        "## 2026-10-01 stage qualification\n\n```\ncode\n\n## 2026-10-12 stage decision\n"
        "- [x] decision-map\n\n```\nother\n```\n\n## 2026-10-24 stage negotiation\n"
    )
    text = deal(stage="stage: negotiation", notes=notes)
    assert codes({"deals/bad.md": text}) == ["fenced-note"]


def test_a_contact_and_its_summary_too() -> None:
    text = "---\nname: Jane Roe\n---\n\n```\ncode\n\n## 2026-10-01 like\n\n```\nother\n```\n"
    files = {
        "contacts/jane-roe.md": text,
        "deals/bad.md": deal(notes="## 2026-10-20 trust from jane-roe\n"),
    }
    assert codes(files) == ["fenced-note"]


def test_a_file_full_of_them_ends_soon() -> None:
    notes = "## 2026-10-01 call\n```\n## 2026-10-01 call\n" * 999
    assert codes({"deals/bad.md": deal(notes=notes)}).count("fenced-note") == 1
