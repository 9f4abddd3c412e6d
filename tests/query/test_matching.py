from __future__ import annotations

import random
from functools import cache

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.load.loader import load
from site_builder.query.fields import fields_of
from site_builder.query.language import MAX_LENGTH, Mistake
from site_builder.query.matching import query
from site_builder.query.records import records
from site_builder.query.spans import Calendar
from tests.query.cases import CASES, JOURNAL, MISTAKES


@cache
def insights() -> Insights:
    loaded = load(MemoryTree(JOURNAL), lambda: pytest.fail("as-of counts"))
    assert loaded.seen is not None
    assert [p for p in loaded.problems if p.severity == "error"] == []
    return Insights(loaded.seen, loaded.today)


def ids(text: str) -> set[str]:
    schema = insights().journal.schema
    calendar = Calendar(insights().today, schema.fiscal_year_starts)
    meant = query(text, fields_of(schema), calendar)
    return {record.deal.id for record in records(insights()) if meant(record)}


@pytest.mark.parametrize("text", CASES)
def test_the_deals_that_a_query_means(text: str) -> None:
    assert ids(text) == set(CASES[text])


@pytest.mark.parametrize("text", MISTAKES)
def test_what_can_t_be_understood_is_told_with_what_to_type(text: str) -> None:
    message, help = MISTAKES[text]
    with pytest.raises(Mistake) as mistake:
        ids(text)
    assert mistake.value.message.startswith(message)
    assert help in mistake.value.help
    assert 0 <= mistake.value.start < mistake.value.end <= len(text)


def test_a_query_has_an_end() -> None:
    with pytest.raises(Mistake, match="longer than 1,000"):
        ids("a" * (MAX_LENGTH + 1))


def test_all_terms_hold_and_not_turns_one_around() -> None:
    chance, every = random.Random(1), set("abcde")
    texts = [text for text in CASES if text and not text.startswith("-") and " " not in text]
    for _ in range(300):
        one, other = chance.sample(texts, 2)
        assert ids(f"{one} {other}") == ids(one) & ids(other)
        assert ids(f"-{one}") == every - ids(one)
        assert ids(f"-{one}  -{other}") == every - ids(one) - ids(other)
