"""Bullet bars."""

from __future__ import annotations

from site_builder.markup.bullets import Bullet, bullets


def test_a_bar_stands_beside_its_target_on_its_own_scale() -> None:
    made = bullets("Goals", [
        Bullet("Went on <i>", "#a", "won", 0.5, 0.25, "50%, target 25%", "All", 1.0, "1 of 2", "Lead", "Go"),
        Bullet("Days", "#b", "lost", 8, 16, "8 days", "Days"),
    ])  # fmt: skip
    for text in ('<ol aria-label="Goals">', "<strong><bdi>Lead</bdi></strong> <bdi>Go", "Went on &lt;i&gt;</bdi></a>", 'width="50.00%"',
                 '<rect class="target" x="25.00%"', '<a class="of-won" href="#a">50%, target 25%</a>',
                 '<span class="muted">1 of 2</span>', '<rect class="target" x="80.00%"', 'width="40.00%"'):  # fmt: skip
        assert text in made


def test_what_is_missing_is_no_zero() -> None:
    made = bullets("Goals", [Bullet("Days", "#b", "lost", None, 16, "–", "Days")])
    assert "mark" not in made and "target" in made
    alone = bullets("Goals", [Bullet("", "", "", None, None, "", "", heading="H", meant="Goal")])
    assert "svg" not in alone and "<strong><bdi>H</bdi></strong> <bdi>Goal</bdi>" in alone
