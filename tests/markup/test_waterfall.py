"""Waterfalls: where each bar begins and ends."""

from __future__ import annotations

import re
from decimal import Decimal

from site_builder.markup.waterfall import Fall, waterfall


def fall(amount: int, is_level: bool = False, label: str = "Step") -> Fall:
    return Fall(label, Decimal(amount), f"{amount}", f"{label}: {amount}", "#it", is_level)


def bars(*falls: Fall) -> list[tuple[str, str, str]]:
    """The kind of each bar, where it begins, and how long it is."""
    return re.findall(
        r'mark-(\w+)" x="([\d.]+%)" y=".3em" width="([\d.]+%)"', waterfall("It", falls)
    )


def test_steps_stand_where_the_one_before_ended() -> None:
    assert bars(fall(50, True), fall(50), fall(-80), fall(20, True)) == [
        ("kept", "0.00%", "50.00%"),
        ("won", "50.00%", "50.00%"),
        ("lost", "20.00%", "80.00%"),
        ("kept", "0.00%", "20.00%"),
    ]


def test_what_goes_below_zero_has_room_to_the_left() -> None:
    assert bars(fall(10, True), fall(-20), fall(-10, True)) == [
        ("kept", "50.00%", "50.00%"),
        ("lost", "0.00%", "100.00%"),
        ("kept", "0.00%", "50.00%"),
    ]


def test_small_steps_can_be_seen_and_nothing_is_no_bar() -> None:
    found = bars(fall(100_000, True), fall(1), fall(0), fall(100_001, True))
    assert [width for _, _, width in found[1:3]] == ["0.40%", "0.00%"]
    assert bars(fall(0, True), fall(0, True)) == [("kept", "0.00%", "0.00%")] * 2


def test_texts_are_escaped_and_lead_to_what_they_are_made_of() -> None:
    drawn = waterfall('<"a">', [fall(1, label="<b>")])
    assert "<b>" not in drawn and '<"a">' not in drawn and drawn.count('href="#it"') == 3


def test_what_is_won_goes_down_and_is_no_loss() -> None:
    won = fall(-30)._replace(is_won=True)
    assert bars(fall(50, True), won, fall(20, True))[1] == ("done", "40.00%", "60.00%")
    assert 'class="of-done"' in waterfall("It", [won])
