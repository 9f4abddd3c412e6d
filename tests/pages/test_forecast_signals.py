"""What is said of the signals of notes."""

from __future__ import annotations

from dataclasses import replace

from site_builder.forecast.backtest import scored
from site_builder.forecast.counted import Counted
from site_builder.pages.forecast_signals import counted_words, signals_sections
from tests import by_hand
from tests.forecast.test_scores import said


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


def test_each_signal_has_its_weight_once_and_below_it_what_it_can_tell() -> None:
    one = Counted("sales", {"pushes": 0.9}, {"pushes": (1.0, 0.5, 0.25, 1.0, 1.0)}, 0.1, 0.2, 7)
    found = replace(scored([said(0.5, True)], 90), signals=(one,))
    (section,) = signals_sections(found, by_hand.journal().schema)
    (table,) = section.tables
    signal, *signs = table.rows
    assert (signal.head.text, signal.is_group) == ("Pushed close dates", True)
    assert [cell.text for cell in signal.cells] == ["90%", ""]
    assert [(row.head.text, row.cells[0].text, row.cells[1].text[-4:]) for row in signs] == [
        ("never", "", "1.00"), ("once", "", "0.50"), ("twice or more", "", "0.25"),
    ]  # fmt: skip
