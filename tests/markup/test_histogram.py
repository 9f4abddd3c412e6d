"""Columns with a line between those within a limit and those beyond."""

from __future__ import annotations

import html5lib

from site_builder.markup.histogram import Column, histogram


def drawn(*counts: int, limit: int = 1) -> str:
    columns = [Column(n, f"<{at}>", f"{at}: {n}", "kept", f"#w{at}") for at, n in enumerate(counts)]
    return str(histogram(columns, limit, "24 & more"))


def test_columns_stand_on_one_scale_each_a_link_and_the_line_behind_the_limit() -> None:
    made = drawn(2, 4, 0, 1)
    assert made.count("<a href=") == 3
    assert 'height="33.00%"' in made and 'height="66.00%"' in made and 'height="16.50%"' in made
    assert '<line class="limit" x1="25.00%"' in made
    assert "<title>1: 4</title>" in made


def test_texts_are_escaped_and_the_same_counts_make_the_same_bytes() -> None:
    assert "&lt;0&gt;" in drawn(1) and "24 &amp; more" in drawn(1)
    assert drawn(1, 2) == drawn(1, 2)


def test_nothing_is_no_mark() -> None:
    for made in (drawn(0, 0), drawn()):
        assert "<rect" not in made
        html5lib.HTMLParser(strict=True).parseFragment(made)
