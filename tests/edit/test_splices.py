from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.edit.splices import Splice, raw_lines, spliced


def test_only_the_stretch_is_replaced() -> None:
    assert spliced(b"one\ntwo three\n", [Splice(2, 5, 2, 10, "four")]) == b"one\ntwo four\n"


@pytest.mark.parametrize(
    ("data", "made"),
    [
        (b"a\r\nb\r\n", b"a\r\nx\r\ny\r\nb\r\n"),
        (b"a\nb\n", b"a\nx\ny\nb\n"),
        (b"a\rb\r", b"a\rx\ry\rb\r"),
        (b"a\r\nb\r\nc\n", b"a\r\nx\r\ny\r\nb\r\nc\n"),
        (b"\xef\xbb\xbfa\nb", b"\xef\xbb\xbfa\nx\ny\nb"),
    ],
)
def test_new_lines_end_as_those_of_the_file_and_its_mark_stays(data: bytes, made: bytes) -> None:
    assert spliced(data, [Splice(2, 1, 2, 1, "x\ny\n")]) == made


def test_columns_count_characters() -> None:
    assert spliced("Ünïcödé x\n".encode(), [Splice(1, 9, 1, 10, "y")]) == "Ünïcödé y\n".encode()


def test_splices_of_one_place_keep_their_order() -> None:
    both = [Splice(1, 1, 1, 1, "a"), Splice(1, 1, 1, 1, "b")]
    assert spliced(b"c", both) == b"abc"


def test_a_place_behind_the_last_line() -> None:
    assert spliced(b"a\n", [Splice(2, 1, 2, 1, "b\n")]) == b"a\nb\n"
    assert spliced(b"", [Splice(1, 1, 1, 1, "b\n")]) == b"b\n"


@given(st.text(st.sampled_from("ab\r\n\x0b\x0c\u2028\u0085ü"), max_size=40), st.data())
def test_what_no_splice_touches_stays(text: str, data: st.DataObject) -> None:
    raw = text.encode()
    assert spliced(raw, []) == raw
    assert "".join(raw_lines(text)) == text
    line = data.draw(st.integers(1, text.count("\n") + 1))
    made = spliced(raw, [Splice(line, 1, line, 1, "☃")])
    assert made.replace("☃".encode(), b"") == raw
