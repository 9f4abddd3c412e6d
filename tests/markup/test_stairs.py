"""Stairs: marks above, on and below a stepped line."""

from __future__ import annotations

import re

from site_builder.markup.stairs import MOST, SHOWN, Cell, Spot, Stair, stairs

EMPTY = Cell("none", 0, (), "#")


def spots(count: int) -> tuple[Spot, ...]:
    return tuple(Spot(f"D{n}", f"D{n}: said", f"d{n}.html") for n in range(count))


def classes(row: list[Stair], heights: int = 4) -> list[list[str]]:
    """The pieces of the line, the highest row first."""
    drawn = stairs("It", [str(n) for n in range(heights)], row)
    rows = re.findall(r"<tr><th.*?</tr>", drawn.partition("<tbody>")[2])
    return [re.findall(r'<td(?: class="([^"]*)")?[^>]*>', one) for one in rows]


def test_the_line_goes_up_and_down_from_stage_to_stage() -> None:
    row = [Stair(str(at), at, (EMPTY,) * 4) for at in (1, 3, 2)]
    assert classes(row) == [
        ["", "step", ""],
        ["", "under rise", "step rise"],
        ["step", "under rise", "under"],
        ["under", "under", "under"],
    ]


def test_it_breaks_where_a_stage_expects_nothing() -> None:
    row = [Stair("a", 1, (EMPTY,) * 2), Stair("b", None, (EMPTY,) * 2), Stair("c", 0, (EMPTY,) * 2)]
    assert classes(row, 2) == [["step", "", ""], ["under", "", "step"]]


def test_each_mark_is_a_link_with_its_words_and_a_shape() -> None:
    drawn = stairs(
        "It", ["none", "<b>"], [Stair("A & B", 1, (Cell("below", 1, spots(1), "#x"), EMPTY))]
    )
    assert 'class="spot spot-below" href="d0.html" title="D0: said"' in drawn
    assert "<bdi>D0</bdi>" in drawn and "A &amp; B" in drawn and "&lt;b&gt;" in drawn


def test_what_a_cell_has_no_room_for_is_counted() -> None:
    drawn = stairs("It", ["none"], [Stair("a", 0, (Cell("on", SHOWN + 2, spots(SHOWN), "#x"),))])
    assert drawn.count('class="spot') == SHOWN
    assert '<a class="more" href="#x">2 more</a>' in drawn


def test_very_many_marks_are_counted_alone() -> None:
    row = [
        Stair("a", 0, (Cell("on", MOST, spots(SHOWN), "#x"),)),
        Stair("b", 0, (Cell("on", 1, spots(1), "#y"),)),
    ]
    drawn = stairs("It", ["none"], row)
    assert "spot" not in drawn
    assert '<a class="more" href="#x">500 deals</a>' in drawn and ">1 deal</a>" in drawn
