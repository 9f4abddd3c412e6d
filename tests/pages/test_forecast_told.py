"""What is said of a deal's notes is what the signals that count are worked out from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from site_builder.forecast.signals import SIGNALS, Signal
from site_builder.journal.note import Note
from site_builder.pages.forecast_told import Told
from tests import by_hand
from tests.by_hand import OFFER, PARKED, day, deal, journal
from tests.forecast.test_signals import ASKED, CLOSES, MAIL, RUNGS, SENT, STEPS, closing, rung

PUSHED = closing("2026-03-22", "2026-07-31")
RUNGED = replace(by_hand.SCHEMA, rungs=("know", "like", "trust", "respect", "love"))


@pytest.mark.parametrize(
    ("counts", "notes", "said"),
    [
        ((), (MAIL,), ""),
        (("two-way", "steps"), (MAIL, STEPS[0]), "two-way contact 12 days ago; 1 of 2 steps"),
        (("two-way", "silence"), (SENT,), "no two-way contact yet; contact 12 days ago"),
        (("silence",), (), "no contact yet"),
        (("rung",), (), "no rung reached yet"),
        (("rung",), RUNGS, "trust reached"),
        (("rung",), (rung("2026-03-01", "love"),), "respect or higher reached"),
        (("steps", "pushes"), STEPS, "2 of 2 steps; close date never put off"),
        (("pushes",), CLOSES[:2], "close date put off once"),
        (("pushes",), CLOSES, "close date put off once"),
        (("pushes",), (*CLOSES[:2], PUSHED), "close date put off 2 times"),
    ],
)
def test_the_words_are_of_the_signals_that_count(
    counts: tuple[Signal, ...], notes: tuple[Note, ...], said: str
) -> None:
    one = deal("d", replace(OFFER, steps=ASKED), notes)
    today, made = day("2026-03-22"), journal(one, schema=RUNGED)
    assert Told({"sales": counts}, made, today).of(one) == said
    assert Told({"other": SIGNALS}, made, today).of(one) == ""
    assert Told({"sales": counts}, made, today).of(replace(one, stage=PARKED)) == ""
