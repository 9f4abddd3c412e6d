"""Processors are left out only where they would find nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.markup import narrowed
from site_builder.markup.dialect import Notes
from tests.examples import some
from tests.markup.test_prose import MARKDOWN, PAGES, PATTERNS, TEXTS

NARROWED, WHOLE = Notes(PAGES.get), Notes(PAGES.get)
MARKS = st.lists(st.sampled_from([*PATTERNS, "a", "b ", "\n", "\n\n", "    ", "1) ", "~~a~~"]))


def by_all(text: str) -> str:
    """The HTML of a text for which all processors run."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(narrowed, "_NEEDS", {})
        return WHOLE.convert(text.expandtabs(4), 4)


@some(250)
@given(st.one_of(TEXTS, MARKDOWN, MARKS.map(lambda marks: "".join(marks)[:400])))
def test_the_others_would_find_nothing(text: str) -> None:
    assert NARROWED.convert(text.expandtabs(4), 4) == by_all(text)


def test_each_of_them_is_there_by_that_name() -> None:
    md = Notes(PAGES.get)._markdown
    every = (md.parser.blockprocessors, md.inlinePatterns, md.treeprocessors)
    for name in narrowed._NEEDS:
        assert sum(name in registry for registry in every) == 1, name


def test_a_plain_text_needs_few() -> None:
    NARROWED.convert("Met Ann.\n\n1. so\n2. it is", 4)
    md = NARROWED._markdown
    assert len(md.parser.blockprocessors) < len(WHOLE._markdown.parser.blockprocessors) / 2
    assert len(md.treeprocessors) < len(WHOLE._markdown.treeprocessors)
