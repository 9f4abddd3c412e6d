"""The few lines that a note begins with: plain text, cut behind a word."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.markup.excerpts import Excerpt, excerpt
from site_builder.markup.prose import Writer

WRITER = Writer({"acme": ("../deals/acme.html", "Acme & Co")}.get)


def cut(text: str, most: int = 240) -> Excerpt:
    return excerpt(WRITER.html(text).html, most)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("one\ntwo", "one two"),
        ("one\n\ntwo", "one · two"),
        ("**R&D** of [[acme]]: `x < y`", "R&D of Acme & Co: x < y"),
        ("met\n\n- [x] one\n- two\n  - three", "met · done: one · two · three"),
        ("# Head\ntext  \nbroken", "Head · text · broken"),
        ("> said\n\n---\n\n|a|b|\n|-|-|\n|1|2|", "said · a · b · 1 · 2"),
        ('[a>b](https://x.example/">)', "a>b"),
        ("```\na\n\n b\n```", "a b"),
        ("&lt;b&gt; <b>", "<b> <b>"),
    ],
)
def test_marks_are_gone_and_blocks_stand_apart(text: str, shown: str) -> None:
    assert cut(text) == (shown, False)


@pytest.mark.parametrize(
    ("most", "shown"),
    [
        (12, "one, two on."),
        (11, "one, two…"),
        (8, "one, two…"),
        (7, "one…"),
        (4, "one…"),
        (2, "on…"),
    ],
)
def test_it_is_cut_behind_a_word(most: int, shown: str) -> None:
    assert cut("one, two on.", most) == (shown, shown[-1] == "…")


@given(st.text(alphabet="ab *_[]<>&-#\n\"'", max_size=60), st.integers(5, 60))
def test_it_begins_as_the_page_reads(text: str, most: int) -> None:
    html = WRITER.html(text).html
    tree = html5lib.parseFragment(str(html), namespaceHTMLElements=False)
    whole = "".join("".join(tree.itertext()).split())
    found, is_cut = excerpt(html, most)
    begins = "".join(found.removesuffix("…").replace("·", "").split())
    assert whole.startswith(begins) and len(found) <= most + 1
    assert is_cut or begins == whole
