from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from site_builder.source import document


def test_every_control_character_is_found() -> None:
    every = [chr(code) for code in range(0x110000)]
    found = [sign for sign in every if document._has_controls(sign)]
    assert found == document._CONTROL.findall("".join(every))


@given(st.text(st.characters(max_codepoint=0x180) | st.characters()))
def test_a_control_character_is_found_in_any_text(text: str) -> None:
    assert document._has_controls(text) is (document._CONTROL.search(text) is not None)
