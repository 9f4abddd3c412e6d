from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from site_builder.markup.content_lines import escaped, folded


@given(st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=300))
def test_a_line_is_folded_and_unfolds_to_itself(line: str) -> None:
    pieces = folded(line)
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert "\n".join(pieces).replace("\n ", "") == line


def test_what_means_something_is_escaped() -> None:
    assert escaped(r"a;b,c\d") == r"a\;b\,c\\d"
