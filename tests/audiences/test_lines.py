from __future__ import annotations

import pytest

from site_builder.audiences.lines import without_gone


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("one\n\nX\n\ntwo", "one\n\ntwo"),
        ("one\nX\ntwo", "one\ntwo"),
        ("one\n\nX\ntwo", "one\n\ntwo"),
        ("one\nX\n\ntwo", "one\n\ntwo"),
        ("X\n\none", "one"),
        ("one\n\nX", "one"),
        ("one\n\nX\n \nX\n", "one"),
        ("> one\n>\n> X\n>\n> two".replace("> X", "X"), "> one\n>\n> two"),
        ("X", ""),
        ("\none\n\n\ntwo\n", "\none\n\n\ntwo\n"),
    ],
)
def test_a_line_that_is_gone_leaves_no_gap(text: str, left: str) -> None:
    assert without_gone([None if line == "X" else line for line in text.split("\n")]) == left
