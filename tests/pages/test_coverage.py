"""Sums of money in words."""

from __future__ import annotations

import pytest

from site_builder.insights.totals import Totals, total
from site_builder.markup import formats
from site_builder.pages.coverage import VALUE, WEIGHT, amounts, explained
from tests.by_hand import SCHEMA, TODAY, eur


def test_amounts() -> None:
    totals = total([eur(412000), eur(30000, "CHF")], SCHEMA, TODAY)
    assert amounts(totals, SCHEMA) == "€412\u202f000 + 30\u202f000\u202fCHF"
    assert amounts(totals, SCHEMA, formats.compact) == "€412k + 30k\u202fCHF"
    assert amounts(Totals(), SCHEMA) == "€0"


@pytest.mark.parametrize(
    ("there", "of", "what", "words"),
    [
        (2, 2, VALUE, ""),
        (1, 2, VALUE, " (1 of 2; one has no value)"),
        (1, 3, WEIGHT, " (1 of 3; 2 have no value or probability)"),
        (0, 1, VALUE, " (it has no value)"),
        (0, 1, WEIGHT, " (it has no value or probability)"),
        (0, 2, VALUE, " (none has a value)"),
        (0, 2, WEIGHT, " (none has a value and a probability)"),
    ],
)
def test_what_is_lacking(there: int, of: int, what: str, words: str) -> None:
    sums = total([eur(1) if n < there else None for n in range(of)], SCHEMA, TODAY)
    assert explained(sums, what) == words
