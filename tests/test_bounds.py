"""What is shown as Markdown, and what is too much for it; see also test_prose."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder import bounds
from site_builder.bounds import all_within, over_bounds


def test_usual_notes_are_within_the_bounds() -> None:
    assert over_bounds("- [x] a: b\n" * 100) is None
    assert over_bounds("----------------------------\n> > > quoted thrice\n" * 20) is None
    assert over_bounds("") is None
    for sign in ("\n", "[", "[](", "\\"):
        assert bounds._too_long(sign * (bounds._SHORT // len(sign))) is None
    assert over_bounds("see [[acme]], [this](https://a.example/x) and [ ] that\n" * 900) is None
    assert over_bounds("a list of [[acme\n\n" * 700) is None


PIECES = ["a", "\n", "> ", ">", "- ", "-", "1. ", " " * 30, "\t" * 8, "[", "](", "b" * 300]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(st.lists(TEXTS, max_size=4))
def test_one_look_at_all_texts_misses_none(texts: list[str]) -> None:
    if all_within(texts):
        assert [over_bounds(text) for text in texts] == [None] * len(texts)


@pytest.mark.parametrize("text", ["- " * 13 + "a", " " * 61 + "- a", "a" * 801])
def test_one_look_finds_what_needs_another(text: str) -> None:
    assert all_within([])
    assert all_within(["", "- a\n- b", text[1:]])
    assert not all_within(["", text, "- a"])


def test_checking_a_journal_loads_no_markdown_parser() -> None:
    told = "import site_builder.load, sys; print({'markdown', 'nh3', 'jinja2'} & set(sys.modules))"
    root = Path(__file__).parent.parent
    assert subprocess.check_output([sys.executable, "-c", told], cwd=root) == b"set()\n"
