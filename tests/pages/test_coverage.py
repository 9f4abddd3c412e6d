"""Sums of money in words."""

from __future__ import annotations

from site_builder.insights.totals import Totals, total
from site_builder.markup import formats
from site_builder.pages.coverage import amounts
from tests.by_hand import SCHEMA, TODAY, eur


def test_amounts() -> None:
    totals = total([eur(412000), eur(30000, "CHF")], SCHEMA, TODAY)
    assert amounts(totals, SCHEMA) == "€412\u202f000 + 30\u202f000\u202fCHF"
    assert amounts(totals, SCHEMA, formats.compact) == "€412k + 30k\u202fCHF"
    assert amounts(Totals(), SCHEMA) == "€0"
