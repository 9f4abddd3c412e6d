"""The few lines that a note begins with: plain text with boxes in it, cut behind a word."""

from __future__ import annotations

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from site_builder.markup.excerpts import Excerpt, excerpt, first_words
from site_builder.markup.prose import Writer

WRITER = Writer({"acme": ("../deals/acme.html", "Acme & Co")}.get)
BOX = '<span class="nowrap"><span class="box{}"><span class="unseen">{}: </span></span>{}</span>'
DONE, OPEN = BOX.format(" box-done", "done", "{}"), BOX.format("", "open", "{}")
"""Boxes, each with its first word."""


def cut(text: str, most: int = 240) -> Excerpt:
    return excerpt(WRITER.html(text).html, most)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("one\ntwo", "one two"),
        ("one\n\ntwo", "one · two"),
        ("**R&D** of [[acme]]: `x < y`", "R&D of Acme & Co: x < y"),
        ("met\n\n- [x] one\n- two\n  - three", f"met · {DONE.format('one')} · two · three"),
        ("- [X] R&D\n- [ ] *<b>*", f"{DONE.format('R&amp;D')} · {OPEN.format('&lt;b&gt;')}"),
        ("`[x]` done: [ ]", "[x] done: [ ]"),
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


def test_a_box_is_as_wide_as_a_character_and_never_cut_from_its_words() -> None:
    text = "- [x] one\n- [ ] two\n"
    assert cut(text, 11) == (f"{DONE.format('one')} · {OPEN.format('two')}", False)
    assert cut(text, 10) == (f"{DONE.format('one…')}", True)


def test_a_long_word_may_stand_below_its_box() -> None:
    assert cut(f"- [ ] {'a' * 24} b") == (f"{OPEN.format('a' * 24)} b", False)
    assert cut(f"- [ ] {'a' * 25} b") == (f"{OPEN.format('')}{'a' * 25} b", False)


@given(st.text(alphabet="ab *_[]<>&-#\n\"'", max_size=60), st.integers(5, 60))
def test_it_begins_as_the_page_reads(text: str, most: int) -> None:
    html = WRITER.html(text).html
    found, is_cut = excerpt(html, most)
    shown = read(found) if isinstance(found, Markup) else found
    whole, begins = ("".join(one.split()) for one in (read(html), without_dots(shown)))
    assert whole.startswith(begins) and len(shown.replace("open: ", "-")) <= most + 1
    assert is_cut or begins == whole


def read(html: str) -> str:
    """What those who listen hear of it."""
    tree = html5lib.parseFragment(str(html), namespaceHTMLElements=False)
    return "".join(tree.itertext())


def without_dots(text: str) -> str:
    return text.removesuffix("…").replace("·", "")


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("", 20, ""),
        ("one\ntwo\n\nthree", 20, "one two"),
        ("- [x] **R&D** of [[acme]]\n- two", 20, "R&D of Acme & Co"),
        ("- [ ]\n\n# Head\n\ntext", 20, "Head"),
        ("one two, three", 9, "one two…"),
        ("onetwothree", 5, "onetw…"),
    ],
)
def test_first_words_are_those_of_the_first_block_that_has_any(
    text: str, most: int, shown: str
) -> None:
    assert first_words(WRITER.html(text).html, most) == shown
