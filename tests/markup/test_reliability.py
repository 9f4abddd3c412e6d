"""Dots of what was said and what came."""

from __future__ import annotations

import re

from site_builder.markup.reliability import Dot, reliability

DOTS = (Dot(0.25, 0.5, 4, "<few>", "a.html#b"), Dot(0.8, 0.75, 16, "many", '"#c'))


def test_a_dot_stands_where_it_was_said_and_came_and_is_larger_for_more() -> None:
    circles = re.findall(r'cx="([^"]+)" cy="([^"]+)" r="([^"]+)"', reliability(DOTS))
    assert circles == [("25.0", "50.0", "3.2"), ("80.0", "25.0", "5.0")]


def test_every_dot_leads_somewhere_and_says_what_it_is() -> None:
    drawn = reliability(DOTS)
    assert '<a href="a.html#b" tabindex="-1">' in drawn and 'href="&#34;#c"' in drawn
    assert "<title>&lt;few&gt;</title>" in drawn
    assert "aria-hidden" in drawn and "style=" not in drawn
    assert "<circle" not in reliability(())
