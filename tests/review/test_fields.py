"""Fields of deals before a change and after it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from site_builder.journal.money import Money
from site_builder.review.fields import Value
from tests.comparisons import deal, of_deal


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("value: 5", "value: 6 USD", [("value", Money(Decimal(5), "EUR"), Money(Decimal(6), "USD"))]),
        ("", "probability: 55%", [("probability", None, Decimal("0.55"))]),
        ("close: 2026-12-01", "", [("close", dt.date(2026, 12, 1), None)]),
        ("category: commit", "category: omitted", [("category", "commit", "omitted")]),
        ("contacts: [jane-roe]", "contacts: [jane-roe champion]", [("contacts", "jane-roe", "jane-roe champion")]),
        ("need: no", "need: yes", [("need", False, True)]),
        ("tags: [a]", "tags: [a, b]", [("tags", "a", "a, b")]),
        ("source: Fair", "source: referral jane-roe", [("source", "Fair", "referral jane-roe")]),
        ("present-state: Slow", "present-state: Fast", [("present-state", "Slow", "Fast")]),
        ("partner-deal: acme", "", [("partner-deal", "acme", None)]),
        ("x-own: a", "x-own: b", None),
    ],
)  # fmt: skip
def test_fields(before: str, after: str, found: list[tuple[str, Value, Value]] | None) -> None:
    if found is None:
        with pytest.raises(ValueError, match="unpack"):
            of_deal(deal(before), deal(after))
        return
    assert [tuple(change) for change in of_deal(deal(before), deal(after)).fields] == found


def test_next_step_and_summary() -> None:
    before = deal(notes="Old words.\n")
    after = before.replace("Old", "New").replace("2026-12-01 Call", "2026-12-02 Mail")
    assert [tuple(change) for change in of_deal(before, after).fields] == [
        ("next", "2026-12-01 Call", "2026-12-02 Mail"),
        ("summary", "Old words.", "New words."),
    ]
