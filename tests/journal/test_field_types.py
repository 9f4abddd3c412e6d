from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest

from site_builder.journal import money_values
from site_builder.journal.field_types import FIELD_TYPES, OTHER_WORDS, TYPES, TYPES_BY_NAME
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, NOTE_FIELDS
from site_builder.journal.money import Money
from site_builder.journal.values import Bad
from site_builder.parse.typed_values import READERS

DOCS = Path(__file__).parents[2] / "docs" / "format.md"


def documented() -> dict[str, list[str]]:
    """The types of the manual, each with the examples that it gives."""
    table = DOCS.read_text("utf-8").partition("\n## Types\n")[2].partition("\n\nNumbers")[0]
    rows = [line.strip("|").split(" | ") for line in table.strip().split("\n")[2:]]
    return {
        type: [text for text in re.findall("`([^`]+)`", written) if "…" not in text]
        for names, written, *_ in rows
        for type in names.strip().split(", ")
    }


def test_every_type_has_its_row_and_its_reader() -> None:
    assert len(TYPES_BY_NAME) == len(TYPES)
    assert READERS.keys() == TYPES_BY_NAME.keys()
    fields = {**DEAL_FIELDS, **CONTACT_FIELDS, **NOTE_FIELDS}
    assert {field.type for field in fields.values()} <= TYPES_BY_NAME.keys()


def test_other_words_mean_one_type_and_are_none() -> None:
    assert len(OTHER_WORDS) == sum(len(type.words) for type in TYPES)
    assert not OTHER_WORDS.keys() & {*FIELD_TYPES}


def test_the_manual_has_every_type_that_pipelines_can_name() -> None:
    assert documented().keys() == {*FIELD_TYPES}


@pytest.mark.parametrize("name", FIELD_TYPES)
def test_the_manual_shows_what_is_read_and_what_is_written_reads_the_same(name: str) -> None:
    type = TYPES_BY_NAME[name]
    for text in documented()[name] if type.read else ():
        assert type.read is not None
        value = type.read(text)
        assert not isinstance(value, Bad), text
        assert type.read(type.write(value)) == value


@pytest.mark.parametrize(
    ("type", "value", "text"),
    [
        ("number", Decimal("1E+3"), "1000"),
        ("percent", Decimal("0.5"), "50%"),
        ("percent", Decimal("0.0025"), "0.25%"),
        ("date", dt.date(987, 1, 2), "0987-01-02"),
        ("duration", dt.timedelta(hours=36), "36h"),
        ("duration", dt.timedelta(days=60), "2m"),
        ("duration", dt.timedelta(days=15), "15d"),
        ("yes/no", False, "no"),
    ],
)
def test_values_are_written_as_one_types_them(type: str, value: object, text: str) -> None:
    row = TYPES_BY_NAME[type]
    assert row.write(value) == text
    assert row.read is not None and row.read(text) == value


@pytest.mark.parametrize("currency", ["EUR", "JPY"])
def test_money_is_written_with_its_currency(currency: str) -> None:
    money = Money(Decimal("48000.50"), currency)
    assert money_values.money(TYPES_BY_NAME["money"].write(money), "USD") == money
