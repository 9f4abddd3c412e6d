"""What a terminal shows: colours and columns by the environment, widths of characters."""

from __future__ import annotations

import pytest

from site_builder.problems import terminal


@pytest.mark.parametrize(
    ("environment", "is_terminal", "coloured"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"TERM": "xterm"}, True, True),
        ({"TERM": "dumb"}, True, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": ""}, False, False),
        ({"FORCE_COLOR": "0"}, True, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, False, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
    ],
)
def test_colours(environment: dict[str, str], is_terminal: bool, coloured: bool) -> None:
    assert terminal.is_coloured(environment, is_terminal) is coloured


@pytest.mark.parametrize(
    ("said", "of_terminal", "columns"),
    [("", 0, 100), ("", 72, 72), ("50", 72, 50), ("0", 72, 72), ("-5", 0, 100), ("wide", 72, 72)],
)
def test_columns(said: str, of_terminal: int, columns: int) -> None:
    assert terminal.columns({"COLUMNS": said}, of_terminal) == columns


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("日本", 4), ("e\u0301", 1), ("\u1112\u1161\u11ab", 2), ("😀", 2), ("ｱ", 1)],
)
def test_width(text: str, width: int) -> None:
    assert terminal.width(text) == width


def test_thousands_are_printed_as_they_are_set() -> None:
    assert (
        terminal.printable("2\u202f089 warnings\u200b\x1b\t") == "2\u202f089 warnings\ufffd\ufffd "
    )
