from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.edit.texts import revision, text_of, with_text

LINES = st.lists(st.tuples(st.sampled_from(["a", "b", ""]), st.sampled_from(["\n", "\r\n", "\r"])))


@given(LINES, st.booleans())
def test_a_text_that_stays_keeps_every_byte(lines: list[tuple[str, str]], has_mark: bool) -> None:
    data = (b"\xef\xbb\xbf" if has_mark else b"") + "".join(a + b for a, b in lines).encode()
    assert with_text(data, text_of(data)) == data


@given(LINES, st.text(st.sampled_from("ab\n")))
def test_a_text_reads_back(lines: list[tuple[str, str]], text: str) -> None:
    data = "".join(a + b for a, b in lines).encode()
    assert text_of(with_text(data, text)) == text


@pytest.mark.parametrize(
    ("before", "text", "after"),
    [
        (b"a\r\nb\r\n", "a\nx\nb\n", b"a\r\nx\r\nb\r\n"),
        (b"a\nb", "a\nb\n", b"a\nb\n"),
        (b"a\r\nb\nc\r\nd\r\n", "x\na\nb\nc\ny\nd\n", b"x\r\na\r\nb\nc\r\ny\r\nd\r\n"),
        (b"", "a\n", b"a\n"),
        (b"a\r\n", "a\r\nb", b"a\r\nb"),
    ],
)
def test_new_lines_end_as_most_do(before: bytes, text: str, after: bytes) -> None:
    assert with_text(before, text) == after


def test_a_revision_is_of_the_bytes() -> None:
    assert revision(b"a\n") == revision(b"a\n") != revision(b"a\r\n")
