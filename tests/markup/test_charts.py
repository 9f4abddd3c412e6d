"""Bars on one scale from zero: their numbers, their links, and texts that are only text."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.markup.charts import (
    Band,
    Bar,
    Mark,
    Target,
    counted_bars,
    grid_step,
    stacked_bars,
)

NASTY = "<script>\"'&"


def bar(*amounts: int, target: int | None = None, label: str = "2026-Q4") -> Bar:
    marks = (
        Mark(Decimal(a), "won", f"{a} won", f"{a} won in {label}", f"#won-{a}") for a in amounts
    )
    goal = None
    if target is not None:
        goal = Target(Decimal(target), f"target {target}", f"Target: {target}", "#row")
    return Bar(label, "#row", tuple(marks), goal, "nothing")


def drawn(*bars: Bar, name: str = "Chart") -> ET.Element:
    return ET.fromstring(stacked_bars(name, bars, lambda amount: f"<{amount:f}>"))


def marks(chart: ET.Element, kind: str = "mark") -> list[ET.Element]:
    return [rect for rect in chart.iter("rect") if rect.get("class", "").startswith(kind)]


def places(chart: ET.Element) -> list[tuple[str | None, str | None]]:
    return [(rect.get("x"), rect.get("width")) for rect in marks(chart)]


def said(chart: ET.Element) -> list[str]:
    """The words beside each bar."""
    spans = [span for span in chart.iter("span") if span.get("class") == "bar-said"]
    return [" ".join("".join(span.itertext()).split()) for span in spans]


def test_marks_stand_end_to_end_from_zero_on_one_scale() -> None:
    chart = drawn(bar(30, 20), bar(100))
    assert places(chart) == [("0.00%", "30.00%"), ("30.00%", "20.00%"), ("0.00%", "100.00%")]


def test_a_target_beyond_the_bars_sets_the_scale_and_is_named() -> None:
    chart = drawn(bar(30, target=120))
    assert places(chart) == [("0.00%", "25.00%")]
    (tick,) = marks(chart, "target")
    assert tick.get("x") == "100.00%"
    assert [title.text for title in tick] == ["Target: 120"]
    (label,) = [text for text in chart.iter("text") if text.text == "target 120"]
    assert (label.get("x"), label.get("text-anchor")) == ("100.00%", "end")
    assert said(chart) == ["30 won target 120"]


@pytest.mark.parametrize(
    ("target", "anchor"), [(0, "start"), (13, "start"), (14, "middle"), (86, "middle"), (87, "end")]
)
def test_the_name_of_a_target_stays_inside(target: int, anchor: str) -> None:
    texts = [t for t in drawn(bar(100, target=target)).iter("text") if t.text == f"target {target}"]
    assert [text.get("text-anchor") for text in texts] == [anchor]


def test_what_is_not_above_zero_is_not_drawn() -> None:
    assert places(drawn(bar(0, -5, 10))) == [("0.00%", "100.00%")]
    assert places(drawn(bar(-5))) == places(drawn(bar())) == places(drawn()) == []


def test_what_is_nothing_is_not_said_and_what_is_below_is() -> None:
    assert said(drawn(bar(0, -5, 10))) == ["-5 won 10 won"]
    assert said(drawn(bar(0), bar())) == ["nothing", "nothing"]


def test_a_target_of_nothing_stands_at_zero_where_there_are_no_bars() -> None:
    (tick,) = marks(drawn(bar(target=0)), "target")
    assert tick.get("x") == "0.00%"


def test_a_target_stands_out_above_and_below_its_bar() -> None:
    chart = drawn(bar(30, target=20))
    (mark,), (tick,) = marks(chart), marks(chart, "target")
    tops, heights = zip(
        *[[float((one.get(n) or "")[:-2]) for n in ("y", "height")] for one in (mark, tick)],
        strict=True,
    )
    assert tops[1] < tops[0] and sum([tops[1], heights[1]]) > sum([tops[0], heights[0]])


def test_every_mark_is_a_link_and_the_keyboard_goes_by_its_words() -> None:
    chart = drawn(bar(30, 20, target=5))
    links = [(a.get("href"), a.get("tabindex")) for a in chart.iter("a")]
    drawings = [(path, "-1") for path in ("#won-30", "#won-20", "#row")]
    assert links == [("#row", None), *drawings, ("#won-30", None), ("#won-20", None)]
    assert [title.text for title in chart.iter("title")] == [
        "30 won in 2026-Q4",
        "20 won in 2026-Q4",
        "Target: 5",
    ]
    assert {svg.get("aria-hidden") for svg in chart.iter("svg")} == {"true"}
    assert said(chart) == ["30 won 20 won target 5"]


def test_the_axis_begins_with_zero_and_its_lines_are_in_every_bar() -> None:
    chart = drawn(bar(120), bar(60))
    lines = [line.get("x1") for line in chart.iter("line")]
    assert lines == ["0.00%", "41.67%", "83.33%"] * 2
    labels = [(text.text, text.get("x")) for text in chart.iter("text")]
    assert labels == [("<0>", "0.00%"), ("<50>", "41.67%"), ("<100>", "83.33%")]
    assert [text.text for text in drawn().iter("text")] == ["<0>"]


@pytest.mark.parametrize(
    ("reach", "step"), [(0, 1), (1, "0.2"), (120, 50), (900_000, 200_000), (1_000_001, 500_000)]
)
def test_grid_step(reach: int, step: int | str) -> None:
    assert grid_step(Decimal(reach)) == Decimal(step)


@pytest.mark.parametrize(
    ("amount", "axis"),
    [
        (1, "0 1"),
        (4, "0 1 2 3 4"),
        (5, "0 1 2 3 4 5"),
        (120, "0 50 100"),
        (2_400, "0 500 1\u202f000 1\u202f500 2\u202f000"),
    ],
)
def test_what_is_counted_has_whole_numbers_on_its_axis(amount: int, axis: str) -> None:
    chart = ET.fromstring(counted_bars("Chart", [bar(amount)], "d"))
    assert [text.text for text in chart.iter("text")] == [f"{n}d" for n in axis.split(" ")]


@given(st.decimals("0.01", 10**12, places=2))
def test_a_grid_has_two_to_five_lines(reach: Decimal) -> None:
    assert 2 <= reach // grid_step(reach) <= 5


def test_texts_are_escaped_and_no_style_is_inline() -> None:
    nasty = Bar(
        NASTY,
        NASTY,
        (Mark(Decimal(1), "won", NASTY, NASTY, NASTY),),
        Target(Decimal(2), NASTY, NASTY, NASTY),
        NASTY,
    )
    markup = stacked_bars(NASTY, [nasty, Bar(NASTY, NASTY, (), None, NASTY)], lambda _: NASTY)
    assert "<script" not in markup
    assert "style=" not in markup
    chart = ET.fromstring(markup)
    assert [bars.get("aria-label") for bars in chart.iter("ol")] == [NASTY]
    assert [title.text for title in chart.iter("title")] == [NASTY, NASTY]
    assert said(chart) == [f"{NASTY} {NASTY}", NASTY]


def test_a_band_stands_where_a_bar_will_probably_end() -> None:
    band = Band(Decimal(20), Decimal(50), Decimal(80), "likely 20 to 80", "<it>", "b.html")
    drawn = stacked_bars("x", [Bar("q", "a", (), band=band), Bar("r", "a", ())], str)
    assert '<rect class="band" x="25.00%" y=".85em" width="75.00%"' in drawn
    assert '<circle class="band" cx="62.50%"' in drawn
    assert '<a class="of-band" href="b.html">likely 20 to 80</a>' in drawn
    assert "<title>&lt;it&gt;</title>" in drawn
    assert drawn.count('class="band"') == 2
    below = Bar("q", "a", (), band=band._replace(low=Decimal(-20)))
    assert 'x="0.00%" y=".85em" width="100.00%"' in stacked_bars("x", [below], str)
