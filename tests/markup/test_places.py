"""Places on a way, drawn."""

from __future__ import annotations

from site_builder.markup.places import Place, places


def test_a_place_is_drawn_with_how_far_it_may_be_off() -> None:
    row = Place("2025", "#l", 0.9, 0.2, "0.90 ± 0.20, 9 losses", "2025: 9 losses")
    pale = Place("<i>", "#m", 0.5, 0, "0.50, 1 loss", "2026: 1 loss", "not compared", True)
    made = places("Losses", ("Lead", "Talks"), [row, pale], 2)
    for text in ('<ol aria-label="Losses">', 'x1="70.00%" x2="100.00%"', '<a href="#l" tabindex="-1">',
                 'class="mark mark-lost" cx="90.00%"', "<title>2025: 9 losses</title>", "&lt;i&gt;",
                 'class="mark mark-open" cx="50.00%"', '<span class="muted">not compared</span>',
                 'text-anchor="start">Lead<', 'text-anchor="end">Talks<'):  # fmt: skip
        assert text in made
    assert made.count("between") == 1 and made.count('x1="50.00%" x2="50.00%" y1="0"') == 2
