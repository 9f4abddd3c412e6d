"""What is commented out still counts, and that is told."""

from __future__ import annotations

import pytest

from tests.catalogue import deal
from tests.journals import codes, loaded, only_deal, places


@pytest.mark.parametrize(("mark", "end"), [("<!--", "-->"), ("%%", "%%")])
def test_a_commented_note_still_counts(mark: str, end: str) -> None:
    notes = f"## 2026-10-14 call\n\n {mark} not this\n## 2026-10-15 email\n\n## 2026-10-16 call\n{end}\n\n## 2026-10-17 call\n"
    result = loaded({"deals/bad.md": deal(notes=notes)})
    (problem,) = result.problems
    assert (problem.code, problem.severity) == ("commented-out", "warning")
    assert problem.span[1:] == (9, 2, 9, 2 + len(mark))
    assert (
        problem.message
        == f"`{mark}` begins a comment, which hides nothing: the 2 notes in it still count."
    )
    assert "three backticks" in problem.help
    assert result.journal is not None
    assert len(result.journal.deals_by_id["bad"].notes) == 4


def test_what_the_help_says_is_right() -> None:
    notes = "## 2026-10-14 call\n\n{}\n## 2026-10-15 email\n{}\n"
    assert len(only_deal(deal(notes=notes.format("```", "```"))).notes) == 1
    assert len(only_deal(deal(notes=notes.format("", ""))).notes) == 2


def test_a_comment_that_never_ends() -> None:
    assert places({"deals/bad.md": deal(notes="Text.\n<!-- old\n\n## 2026-10-14 call\n")}) == [
        ("commented-out", 8, 1)
    ]


def test_a_tick_in_a_comment_still_counts() -> None:
    notes = "## 2026-10-14 call\n<!--\n- [x] decision-map: all\n- [ ] needs-analysis\n- [x] milk\n-[x] needs-analysis\n### 2026-10-15 call\n-->\n"
    (problem,) = loaded({"deals/bad.md": deal(notes=notes)}).problems
    assert (problem.code, problem.span.line, problem.span.column) == ("commented-out", 9, 7)
    assert problem.help == "Write `- [ ] decision-map` to take the tick back."
    assert codes({"deals/bad.md": deal(notes=notes.replace("[x] dec", "[ ] dec"))}) == []


@pytest.mark.parametrize(
    "text",
    ["<!-- a -->", "<!-- ## 2026-10-15 call -->", "<!-- - [x] decision-map -->", "100%% of it", "```\n<!--\n```", "text <!-- a",
     "<!-- a\nb -->\n- [x] decision-map", "`<!--`"],
)  # fmt: skip
def test_comments_with_nothing_in_them_are_left_alone(text: str) -> None:
    assert (
        codes({"deals/bad.md": deal(notes=f"## 2026-10-14 call\n{text}\n\n## 2026-10-16 call\n")})
        == []
    )


def test_the_end_of_a_comment_begins_none() -> None:
    notes = "%%\n## 2026-10-14 call\n%%\n\n- [x] decision-map\n\n### 2026-10-15 call\n"
    assert places({"deals/bad.md": deal(notes=notes)}) == [
        ("commented-out", 7, 1),
        ("heading-like-note", 13, 1),
    ]


def test_many_comments_end_soon() -> None:
    for filling in ("<!--\n", "<!-- -->\n", "%%\n", "<!--\n## 2026-10-14 call\n-->\n"):
        codes({"deals/bad.md": deal(notes=filling * (240_000 // len(filling)))})
