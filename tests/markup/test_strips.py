"""Lives as strips."""

from __future__ import annotations

import re

from site_builder.markup.strips import Flag, Piece, Strip, strips
from tests.by_hand import day


def test_pieces_and_flags_stand_on_one_scale() -> None:
    made = strips("Lives", [
        Strip("A", "a.html", (Piece(day("2025-01-01"), day("2025-12-27"), "awake", "up"),), Flag(day("2026-12-22"), "wakes")),
        Strip("B", "b.html", (Piece(day("2025-12-27"), day("2026-12-22"), "asleep", "down"),)),
    ])  # fmt: skip
    assert re.findall(r'strip-(\w+)" x="([0-9.]+)%" y=".4em" width="([0-9.]+)%"', made) == [
        ("awake", "0.00", "50.00"), ("asleep", "50.00", "50.00")]  # fmt: skip
    assert '<svg x="100.00%"' in made and "<title>wakes</title>" in made
    assert re.findall(r">(20[0-9]{2})</text>", made) == ["2026"]


def test_a_key_says_what_each_kind_looks_like_that_occurs() -> None:
    def key(flag: Flag | None, *kinds: str) -> list[tuple[str, str]]:
        pieces = [Piece(day(f"{2020 + at}-01-01"), day(f"{2021 + at}-01-01"), kind, "") for at, kind in enumerate(kinds)]  # fmt: skip
        made = strips("Lives", [Strip("A", "a.html", tuple(pieces), flag)], "wakes")
        return re.findall(r'<span class="sign"><svg.*?class="([\w-]+)".*?</svg>(.*?)</span>', made)

    flag = Flag(day("2026-01-01"), "")
    assert key(flag, "awake", "asleep", "awake") == [
        ("strip-awake", "awake"), ("strip-asleep", "asleep"), ("flag", "wakes")]  # fmt: skip
    assert key(None, "asleep", "won") == [("strip-asleep", "asleep"), ("strip-won", "won")]


def test_every_text_is_escaped() -> None:
    piece = Piece(day("2025-01-01"), day("2026-01-01"), "awake", "<p>")
    made = strips("<l>", [Strip("<a>", '"', (piece,), Flag(day("2026-01-01"), "<f>"))])
    assert not re.search("<(?:l|p|f)>|<a>", made.replace('<a href="&#34;" ', ""))


def test_of_many_years_some_are_named() -> None:
    made = strips("", [Strip("A", "", (Piece(day("1900-06-01"), day("2026-01-01"), "awake", ""),))])
    assert len(re.findall("</text>", made)) <= 13
    assert strips("", []) == ""
