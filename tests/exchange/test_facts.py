"""Facts as JSON."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

import pytest

from site_builder.exchange.facts import as_json, facts_of
from site_builder.insights.changes import STEPS, Step, Waterfall
from site_builder.insights.share import Share
from site_builder.insights.totals import Totals
from site_builder.journal.contact import Contact
from tests.by_hand import LEAD, MARIA, PIPELINE, TODAY, deal, eur, note


class Row(NamedTuple):
    class_: object
    n: int = 1


@dataclass(frozen=True)
class Facts:
    found: object
    from_: str = "x"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, None),
        (True, True),
        (3, 3),
        ("a", "a"),
        (1 / 3, 0.333333333333),
        (Decimal("0.12345"), 0.12345),
        (Decimal("0.5"), 0.5),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (dt.timedelta(hours=36), 1.5),
        (eur("1200.5"), {"amount": "1200.50", "currency": "EUR"}),
        (Totals((eur(3), eur(1, "GBP")), 2, 2),
         [{"amount": "3.00", "currency": "EUR"}, {"amount": "1.00", "currency": "GBP"}]),
        (Share(1, 4), [1, 4]),
        (deal("acme"), "acme"),
        (Contact("jane-roe", "contacts/jane-roe.md", "Jane Roe"), "jane-roe"),
        (LEAD, "lead"),
        (PIPELINE, "sales"),
        (MARIA, "maria"),
        (note("2026-01-02", "call"), "note-2026-01-02"),
        (("a", 1), ["a", 1]),
        (Row(None), {"class": None, "n": 1}),
        ({LEAD: 2, "b": (Row(1),)}, {"lead": 2, "b": [{"class": 1, "n": 1}]}),
    ],
)  # fmt: skip
def test_each_is_written_by_what_it_is(value: object, said: object) -> None:
    made = facts_of("structure", TODAY, Facts(value))
    assert made == {
        "version": 1,
        "page": "structure",
        "today": "2026-11-20",
        "found": said,
        "from": "x",
    }
    assert json.loads(as_json(made)) == made


def test_a_waterfall_balances_as_it_is_written_too() -> None:
    third = Decimal(1) / 3
    parts = {"new": third, "grown": third, "won": -2 * third - Decimal("0.004")}
    steps = tuple(
        Step(what, Totals((eur(str(parts[what])),)) if what in parts else Totals(), ())
        for what in STEPS
    )
    fall = Waterfall(None, Totals((eur("1.004"),)), steps, Totals((eur("1"),)))
    made = json.loads(as_json(facts_of("changes", TODAY, Facts(fall))))["found"]
    written = {step["what"]: step["value"] for step in made["steps"]}
    amounts = [Decimal(line["amount"]) for lines in written.values() for line in lines]
    assert Decimal(made["then"][0]["amount"]) + sum(amounts) == Decimal("1.00")
    assert [line["amount"] for line in written["won"]] == ["-0.67"]
    assert written["new"] == [{"amount": "0.34", "currency": "EUR"}]


def test_what_json_can_not_hold_is_a_bug_of_ours() -> None:
    with pytest.raises(TypeError, match="object is nothing that JSON can hold"):
        facts_of("structure", TODAY, Facts(object()))


def test_text_is_as_it_is_unless_the_terminal_has_ascii_alone() -> None:
    made = facts_of("structure", TODAY, Facts("Zoë"))
    assert "Zoë" in as_json(made)
    assert "Zo\\u00eb" in as_json(made, in_ascii=True)
