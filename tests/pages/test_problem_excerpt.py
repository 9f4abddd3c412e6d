"""What a problem says and points at: the exact span of the source marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.pages.problem_excerpt import Excerpt, excerpt, phrases
from site_builder.problems.problem import Span


def marked(text: str, *span: int) -> tuple[str, str, str]:
    found = excerpt(text.split("\n"), Span("a.md", *span))
    assert found is not None
    return found.before, found.marked, found.after


def test_the_span_is_marked() -> None:
    assert marked("a: bcd e", 1, 4, 1, 7) == ("a: ", "bcd", " e")
    assert marked("first\r\na: b\r\n", 2, 4, 2, 5) == ("a: ", "b", "")


def test_an_empty_span_marks_the_place() -> None:
    assert marked("abc", 1, 2, 1, 2) == ("a", "b", "c")
    assert marked("abc", 1, 4, 1, 4) == ("abc", " ", "")
    assert marked("", 1, 1, 1, 1) == ("", " ", "")


def test_a_span_over_several_lines_is_marked_to_the_end_of_its_first() -> None:
    found = excerpt(["a: |", "  b", "  c"], Span("a.md", 1, 4, 3, 4))
    assert found == Excerpt("1", "a: ", "|", "", "and 2 more lines")


def test_behind_the_end_there_is_nothing_to_show() -> None:
    assert excerpt(["a", ""], Span("a.md", 3, 1, 3, 1)) is None


def test_long_lines_are_cut_around_the_span() -> None:
    before, mark, after = marked("b" * 500 + "MARK" + "a" * 500, 1, 501, 1, 505)
    assert (before, mark) == ("…" + "b" * 39, "MARK")
    assert after == "a" * 75 + "…"
    assert marked("m" * 500, 1, 1, 1, 501)[1] == "m" * 79 + "…"


def test_what_hides_is_made_visible() -> None:
    assert marked("a\x00\u202eb\tc", 1, 1, 1, 7) == ("", "a\u2400\ufffdb c", "")


@pytest.mark.parametrize(
    ("first", "last"),
    [(0x7F, 0x9F), (0x200E, 0x200F), (0x2028, 0x202E), (0x2066, 0x2069)],
)
def test_what_turns_lines_or_breaks_them_is_made_visible(first: int, last: int) -> None:
    hidden = "".join(map(chr, range(first, last + 1)))
    beside = chr(first - 1), chr(last + 1)
    shown = marked(beside[0] + hidden + beside[1], 1, 1, 1, 99)[1]
    assert shown == beside[0] + "\ufffd" * len(hidden) + beside[1]


@given(st.text(), st.integers(1, 9), st.integers(1, 99), st.integers(0, 3), st.integers(1, 99))
def test_every_span_of_every_text_can_be_shown(
    text: str, line: int, column: int, more: int, end: int
) -> None:
    found = excerpt(text.split("\n"), Span("a.md", line, column, line + more, max(end, column)))
    assert (found is None) == (line > text.count("\n") + 1)
    if found:
        assert found.marked
        assert len(found.before) <= 40
        assert len(found.before + found.marked + found.after) <= 200
        assert "\x00" not in found.before + found.marked + found.after


@pytest.mark.parametrize(
    ("message", "pieces"),
    [
        (
            "No `a` in `b`.",
            [("No ", False), ("a", True), (" in ", False), ("b", True), (".", False)],
        ),
        ("`a`", [("a", True)]),
        ("It's a ` tick", [("It's a ` tick", False)]),
        ("", []),
    ],
)
def test_what_stands_in_backticks_is_code(message: str, pieces: list[tuple[str, bool]]) -> None:
    assert list(phrases(message)) == pieces
