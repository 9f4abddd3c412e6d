"""Ours to the left, theirs to the right."""

from __future__ import annotations

import re

from site_builder.markup.scales import Scale, Side, scales


def scale(left: tuple[int, int], right: tuple[int, int]) -> Scale:
    kinds = (("unanswered", "ours"), ("waiting", "theirs"))
    return Scale("J & K", "j.html", Side(*left, kinds[0]), Side(*right, kinds[1]), "6 sent")


def marks(*rows: Scale) -> list[tuple[str, ...]]:
    return re.findall(r'mark-(\w+)" x="([^"]*)" y=".4em" width="([^"]*)"', scales("It", rows))


def test_both_sides_begin_at_the_line_and_are_on_one_scale() -> None:
    assert marks(scale((1, 3), (2, 0)), scale((0, 1), (0, 0))) == [
        ("unanswered", "37.50%", "12.50%"),
        ("ours", "0.00%", "37.50%"),
        ("waiting", "50.00%", "25.00%"),
        ("ours", "37.50%", "12.50%"),
    ]


def test_words_are_escaped_and_nothing_is_drawn_of_nothing() -> None:
    drawn = scales("It", [scale((0, 0), (0, 0))])
    assert "<rect" not in drawn and "J &amp; K" in drawn and ">6 sent</span>" in drawn
