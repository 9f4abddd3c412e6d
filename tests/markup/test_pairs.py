"""Pairs of shares, drawn."""

from __future__ import annotations

from site_builder.markup.pairs import Pair, Spot, pairs


def test_each_share_stands_at_its_place_and_in_words() -> None:
    won, lost = Spot(0.75, "won 3 of 4", "S: won", "#w"), Spot(0, "lost 0 of 2", "S: lost", "#l")
    made = pairs("Steps", [Pair("S <i>", "#w", won, lost, "+75", "Lead")])
    for text in ('<ol aria-label="Steps">', "<strong><bdi>Lead</bdi></strong>", 'href="#w"><bdi>S &lt;i&gt;</bdi></a>',
                 'cx="75.00%"', 'x="0.00%"', '<line class="between" x1="75.00%" x2="0.00%"',
                 "<title>S: won</title>", '<a class="of-won" href="#w">won 3 of 4</a>',
                 '<a class="of-lost" href="#l">lost 0 of 2</a>', '<span class="muted">+75</span>'):  # fmt: skip
        assert text in made
    assert "style=" not in made


def test_a_share_of_nothing_is_not_drawn() -> None:
    made = pairs("Steps", [Pair("S", "#w", Spot(1, "won 1 of 1", "S: won", "#w"), None)])
    assert "circle" in made and "rect" not in made and "between" not in made
    assert "circle" not in pairs("Steps", [Pair("S", "#w", None, None)])
