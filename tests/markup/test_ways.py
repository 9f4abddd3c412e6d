"""Small drawings of where on a way something stands, and how many stand where."""

from __future__ import annotations

import re

from site_builder.markup.ways import heap, key, way


def test_a_dot_is_where_something_stands_and_a_line_comes_from_where_it_stood() -> None:
    drawn = way(4, 2, 0)
    assert 'class="at" cx="22.5"' in drawn
    assert '<line class="came" x1="4.5" x2="22.5"' in drawn
    assert 'aria-hidden="true"' in drawn and "style=" not in drawn
    assert "came" not in way(4, 2) + way(4, 2, 2)
    assert '<line class="came" x1="31.5" x2="4.5"' in way(4, 0, 3)


def test_bars_are_as_high_as_many_stand_there() -> None:
    drawn = heap([4, 0, 2, 1])
    assert re.findall(r'x="([\d.]+)" y="[\d.]+" width="6" height="([\d.]+)"', drawn) == [
        ("1.5", "12.0"), ("19.5", "6.0"), ("28.5", "3.0")]  # fmt: skip
    assert 'height="1.5"' in heap([1000, 1])


def test_a_key_says_what_the_drawings_mean() -> None:
    said = re.sub("<[^>]+>", "", key())
    assert said == " where a deal stands ·  and where it came from ·  how many stand where"
    assert key().count("<svg") == 3


def test_nothing_is_drawn_of_nothing_of_one_place_and_of_too_many() -> None:
    assert not any((heap([]), heap([0, 0]), heap([3]), heap([1] * 17), way(1, 0), way(17, 3)))
