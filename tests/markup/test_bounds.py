"""What is shown as Markdown, and what is too much for it; see also test_prose."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.markup import bounds
from site_builder.markup.bounds import all_within, over_bounds
from tests.catalogue import deal
from tests.journals import loaded
from tests.places import ROOT


def test_usual_notes_are_within_the_bounds() -> None:
    assert over_bounds("- [x] a: b\n" * 100) is None
    assert over_bounds("----------------------------\n> > > quoted thrice\n" * 20) is None
    assert over_bounds("") is None
    for sign in ("\n", "[", "[](", "\\"):
        assert bounds._too_much(sign * (bounds.SHORT // len(sign))) is None
    assert over_bounds("see [[acme]], [this](https://a.example/x) and [ ] that\n\n" * 250) is None
    assert (
        over_bounds(f"{'Some words and *a few* more. ' * 16}[a](https://b.example)\n\n" * 20)
        is None
    )
    assert over_bounds("| a | b |\n|---|---|\n" + "| 1 | a few words |\n" * 300) is None
    assert over_bounds("|a|b|c|d|e|f|\n|-|-|-|-|-|-|\n" + "| 1,000 " * 6 + "|\n" * 100) is None
    assert over_bounds("- [x] [[acme]]: *some* words of an item\n" * 300) is None
    assert over_bounds("> a few words\n> - of a quote\n\n" * 200) is None
    assert over_bounds("```\n" + "a[0] * b[1] | `c`\n" * 1_000 + "```\n") is None
    assert over_bounds("a list of [[acme\n\n" * 700) is None


PIECES = ["a", "\n", "> ", ">", "- ", "-", "1. ", " " * 30, "\t" * 8, "[", "](", "b" * 300]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def look(texts: list[str]) -> bool:
    return all_within("\n".join(["", *texts]), lambda: texts)


@given(st.lists(TEXTS, max_size=4))
def test_one_look_at_all_texts_misses_none(texts: list[str]) -> None:
    if look(texts):
        assert [over_bounds(text) for text in texts] == [None] * len(texts)


@pytest.mark.parametrize("text", ["- " * 13 + "a", " " * 61 + "- a", "a" * 801])
def test_one_look_finds_what_needs_another(text: str) -> None:
    assert look([])
    assert look(["", "- a\n- b", text[1:]])
    assert not look(["", text, "- a"])


def test_checking_a_journal_loads_no_markdown_parser() -> None:
    told = "import site_builder.load.loader, sys; print({'markdown', 'nh3', 'jinja2'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", told], cwd=ROOT) == b"set()\n"


@pytest.mark.parametrize(
    ("text", "reason", "help", "row"),
    [
        ("a" * 50_001, "has more than 50,000 characters", "Split it into several notes.", 0),
        ("a\n" * 1_500, "has more than 1,500 lines", "Split it into several notes.", 0),
        (
            "*a* `b` " * 1_500,
            "has too many signs such as `*`, `[` and `|` for its paragraphs",
            "Split its paragraphs by blank lines, and the text into several notes.",
            0,
        ),
        (
            "- 1. + a\n" * 1_250,
            "has too many signs such as `*`, `[` and `|` for its paragraphs",
            "Split its paragraphs by blank lines, and the text into several notes.",
            0,
        ),
        (
            "a\n\n" + "> " * 13 + "b",
            "nests lists or quotes more than 12 deep",
            "Begin this line with fewer marks or blanks.",
            2,
        ),
        (
            "- a\n> " + " " * 61 + "1) b",
            "nests lists or quotes more than 12 deep",
            "Begin this line with fewer marks or blanks.",
            1,
        ),
    ],
)
def test_the_bounds_say_what_to_do_and_where(text: str, reason: str, help: str, row: int) -> None:
    assert over_bounds(text) == (reason, help, row)
    assert look([text]) is False


def test_the_bounds_are_on_this_side() -> None:
    for text in (
        "a" * 50_000,
        "a\n" * 1_000,
        "a\n\n" * 749,
        "- a\n" * 1_499,
        "- 1. + a\n" * 900,
        "[" * 900,
        "_ " * 1_200,
        "> " * 12 + "b",
    ):
        assert over_bounds(text) is None


@pytest.mark.parametrize(
    ("joined", "split"),
    [
        ("see [[acme]] and *this*, `that`\n" * 700, "see [[acme]] and *this*, `that`\n\n" * 700),
        ("see [[acme]] and *this*, `that`\n" * 700, "- see [[acme]] and *this*, `that`\n" * 700),
        ("*a* `b` " * 1_500, "*a* `b` *a* `b`\n\n" * 700),
    ],
)
def test_split_as_the_help_says_it_is_within(joined: str, split: str) -> None:
    excess = over_bounds(joined)
    assert excess is not None and excess.reason.startswith("has too many signs")
    assert over_bounds(split) is None


def test_the_problem_stands_on_the_line_that_nests() -> None:
    (problem,) = loaded(
        {"deals/bad.md": deal(notes="## 2026-10-24 call\n\nText.\n" + "> " * 13 + "a\n")}
    ).problems
    assert (problem.code, problem.span.line, problem.span.column) == ("too-large", 10, 1)
    assert (
        problem.message
        == "This text nests lists or quotes more than 12 deep, so it is shown as it is written."
    )
