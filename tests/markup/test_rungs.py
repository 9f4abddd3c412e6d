"""Two ladders beside each other."""

from __future__ import annotations

import re

from site_builder.markup.rungs import OPEN, Pair, Rung, ladders

KNOWN = Rung("1 Jan 2026", "j.html#n", "")
LIKED = Rung("3 Jan 2026", "j.html#m", "+2 d", is_quick=True)


def test_the_highest_rung_stands_above_and_each_leads_to_its_note() -> None:
    drawn = ladders(
        "All", ["know", "like"], [Pair("J <i>", "j.html", "A", (KNOWN, LIKED), (None, KNOWN))]
    )
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', drawn)
    assert [row.count("reached") for row in rows] == [2, 1]
    assert rows[0].startswith(
        '<tr><th scope="row">like</th><td class="reached" data-label="they of us"><a href="j.html#m">'
    )
    assert '3 Jan 2026</a> <span class="is-quick">+2 d</span></td>' in rows[0]
    assert rows[1].endswith('<a href="j.html#n">1 Jan 2026</a></td><td></td></tr>')
    assert "J &lt;i&gt;" in drawn and "<i>" not in drawn


def test_what_a_note_says_stands_below_its_day_and_nothing_where_it_says_nothing() -> None:
    drawn = ladders(
        "All", ["know"], [Pair("J", "j.html", "", (KNOWN._replace(note="<b>"),), (KNOWN,))]
    )
    assert re.findall(r"2026</a>(.*?)</td>", drawn) == [
        '<bdi class="rung-note">&lt;b&gt;</bdi>',
        "",
    ]


def test_many_are_folded() -> None:
    pair = Pair("J", "j.html", "", (KNOWN,), (None,))
    assert "<details" not in ladders("All", ["know"], [pair] * OPEN)
    drawn = ladders("All", ["know"], [pair] * (OPEN + 2))
    assert "<summary>2 more</summary>" in drawn
    assert drawn.count("<table") == OPEN + 2
