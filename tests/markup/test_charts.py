"""Bars on one scale from zero: their numbers, their links, and texts that are only text."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.markup.charts import Bar, Mark, grid_step, key, stacked_bars

NASTY = "<script>\"'&"


def bar(*amounts: int, target: int | None = None, label: str = "2026-Q4") -> Bar:
    marks = (Mark(Decimal(a), "won", f"{a} won", f"#won-{a}") for a in amounts)
    goal = None if target is None else Decimal(target)
    return Bar(label, "figure", "#row", tuple(marks), goal, f"target {target}")


def drawn(*bars: Bar, name: str = "Chart") -> ET.Element:
    return ET.fromstring(stacked_bars(name, bars, lambda amount: f"<{amount:f}>"))


def places(svg: ET.Element) -> list[tuple[str | None, str | None]]:
    return [(rect.get("x"), rect.get("width")) for rect in svg.iter("rect")]


def test_marks_stand_end_to_end_from_zero_on_one_scale() -> None:
    svg = drawn(bar(30, 20), bar(100))
    assert places(svg) == [("0.00%", "30.00%"), ("30.00%", "20.00%"), ("0.00%", "100.00%")]


def test_a_target_beyond_the_bars_sets_the_scale() -> None:
    svg = drawn(bar(30, target=120))
    assert places(svg) == [("0.00%", "25.00%")]
    (tick,) = [line for line in svg.iter("line") if line.get("class") == "target"]
    assert tick.get("x1") == tick.get("x2") == "100.00%"
    assert [title.text for title in tick] == ["target 120"]


def test_what_is_not_above_zero_is_not_drawn() -> None:
    assert places(drawn(bar(0, -5, 10))) == [("0.00%", "100.00%")]
    assert places(drawn(bar(-5))) == places(drawn(bar())) == places(drawn()) == []


def test_a_target_of_nothing_stands_at_zero_where_there_are_no_bars() -> None:
    (tick,) = [line for line in drawn(bar(target=0)).iter("line") if line.get("class") == "target"]
    assert tick.get("x1") == tick.get("x2") == "0.00%"


def test_a_target_stands_out_above_and_below_its_bar() -> None:
    svg = drawn(bar(30, target=20))
    (rect,) = svg.iter("rect")
    (tick,) = [line for line in svg.iter("line") if line.get("class") == "target"]
    top, height = (int(rect.get(name) or "") for name in ("y", "height"))
    assert (tick.get("y1"), tick.get("y2")) == (str(top - 3), str(top + height + 3))


def test_every_mark_is_a_link_with_a_name() -> None:
    links = [link for link in drawn(bar(30, 20)).iter("a") if link.find("rect") is not None]
    assert [(a.get("href"), a.get("aria-label")) for a in links] == [
        ("#won-30", "30 won"),
        ("#won-20", "20 won"),
    ]


def test_grid_lines_are_labelled_and_inside() -> None:
    svg = drawn(bar(120))
    lines = [line.get("x1") for line in svg.iter("line")]
    assert lines == ["41.67%", "83.33%"]
    labels = [text.text for text in svg.iter("text")]
    assert labels[:2] == ["<50>", "<100>"]


@pytest.mark.parametrize(
    ("reach", "step"), [(0, 1), (1, "0.2"), (120, 50), (900_000, 200_000), (1_000_001, 500_000)]
)
def test_grid_step(reach: int, step: int | str) -> None:
    assert grid_step(Decimal(reach)) == Decimal(step)


@given(st.decimals("0.01", 10**12, places=2))
def test_a_grid_has_two_to_five_lines(reach: Decimal) -> None:
    assert 2 <= reach // grid_step(reach) <= 5


def test_texts_are_escaped_and_no_style_is_inline() -> None:
    nasty = Bar(NASTY, NASTY, NASTY, (Mark(Decimal(1), "won", NASTY, NASTY),), Decimal(2), NASTY)
    markup = stacked_bars(NASTY, [nasty], lambda _: NASTY)
    assert "<script" not in markup
    assert "style=" not in markup
    svg = ET.fromstring(markup)
    assert svg.get("aria-label") == NASTY
    assert NASTY in [title.text for title in svg.iter("title")]


def test_key() -> None:
    items = list(ET.fromstring(key([("won", "is won"), ("target", NASTY)])))
    assert ["".join(item.itertext()) for item in items] == ["is won", NASTY]
