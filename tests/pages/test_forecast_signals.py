"""What is said of the signals of notes."""

from __future__ import annotations

from site_builder.forecast.counted import Counted
from site_builder.pages.forecast_signals import counted_words


def test_it_is_said_what_counts_and_what_was_tried() -> None:
    none = Counted("sales", {}, {}, None, None, 0)
    assert counted_words(none).startswith("Stage and time alone count")
    vain = Counted("sales", {"silence": 0.1}, {}, 0.2, 0.2, 7)
    assert "silence was tried, and did not tell winners from losers in 7 past" in counted_words(
        vain
    )
    both = Counted("sales", {"silence": 0.1, "steps": 0.9, "rung": 0.7}, {}, 0.1, 0.2, 1)
    assert counted_words(both) == (
        "Beside stage and time the rung reached and steps done count (silence was tried too): with "
        "what notes tell the Brier score of 1 past forecast is 0.100, without 0.200."
    )
