"""Lines between people."""

from __future__ import annotations

import re

from site_builder.markup.threads import MOST, End, Line, threads


def test_everybody_has_a_seat_and_every_exchange_a_line() -> None:
    made = threads(
        [End("Maria")], [End("Ann", "ann.html"), End("Bob", "bob.html", is_empty=True)],
        [Line(0, 0, "tangible", "Proposal", "d.html#a"), Line(0, 0, "intangible", "Call", "d.html#b")],
    )  # fmt: skip
    assert made.count("<circle") == 3
    assert made.count('class="seat seat-empty"') == 1
    lines = re.findall(
        r'thread-(\w+)" x1="0" y1="([0-9.]+)%" x2="100%" y2="([0-9.]+)%" transform="translate\(0 (-?\d+)\)"',
        made,
    )
    assert lines == [("tangible", "50.00", "25.00", "-2"), ("intangible", "50.00", "25.00", "2")]
    assert '<a href="d.html#a" tabindex="-1"><line' in made and "<title>Proposal</title>" in made


def test_of_many_exchanges_the_last_are_drawn() -> None:
    lines = [Line(0, 0, "tangible", f"n{n}", "#") for n in range(MOST + 3)]
    made = threads([End("A")], [End("B")], lines)
    assert made.count("<line") == MOST
    assert "<title>n2</title>" not in made and "<title>n3</title>" in made


def test_every_text_is_escaped_and_each_name_in_its_own_direction() -> None:
    theirs = [End("x" * 30, "a"), End("<i>", 'h"r')]
    made = threads([End("<b>")], theirs, [Line(0, 0, "tangible", "<t>", "<h>")])
    assert not [raw for raw in ("<b>", "<i>", 'h"r', "<t>", "<h>") if raw in made]
    assert f"<bdi>{'x' * 30}</bdi>" in made
