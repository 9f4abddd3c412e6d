"""Lines of what was said week by week."""

from __future__ import annotations

import re

from site_builder.markup.weeks import Course, courses

LINES = (
    Course("<Q1>", "#a", (10.0, 4.0, 5.0), 5, "10 said"),
    Course("Q2", "#b", (0.0, 2.0), 20, ""),
)


def test_lines_are_on_one_scale_and_end_where_it_came() -> None:
    drawn = courses("Wins", LINES)
    assert re.findall(r'points="([^"]+)"', drawn) == [
        "0.00,52.00 50.00,80.80 100.00,76.00", "0.00,100.00 100.00,90.40",
    ]  # fmt: skip
    assert re.findall(r'"came" d="M0 ([^H]+)H100"', drawn) == ["76.00", "4.00"]


def test_they_are_labelled_and_lead_somewhere() -> None:
    drawn = courses("Wins", LINES)
    assert '<ol aria-label="Wins">' in drawn
    assert '<a class="bar-name" href="#a"><bdi>&lt;Q1&gt;</bdi></a>' in drawn
    assert '<span class="bar-said">10 said</span>' in drawn
    assert "<li>" not in courses("Wins", ())
