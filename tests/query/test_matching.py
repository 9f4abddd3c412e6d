from __future__ import annotations

import random
from functools import cache
from itertools import pairwise

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
    return insights_of(JOURNAL)


def insights_of(files: dict[str, str]) -> Insights:
    loaded = load(MemoryTree(files), lambda: pytest.fail("as-of counts"))
    assert loaded.seen is not None
    assert [p for p in loaded.problems if p.severity == "error"] == []
    return Insights(loaded.seen, loaded.today)


def ids(text: str, of: Insights | None = None) -> set[str]:
    of = of or insights()
    schema = of.journal.schema
    calendar = Calendar(of.today, schema.fiscal_year_starts)
    meant = query(text, fields_of(schema), calendar)
    return {record.deal.id for record in records(of) if meant(record)}


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
    chance.shuffle(texts)
    found = {text: ids(text) for text in texts}
    for one, other in pairwise([*texts, texts[0]]):
        assert ids(f"{one} {other}") == found[one] & found[other]
        assert ids(f"-{one}") == every - found[one]
        assert ids(f"-{one}  -{other}") == every - found[one] - found[other]


def test_reasons_that_pipeline_yml_does_not_name_are_texts() -> None:
    config = JOURNAL["pipeline.yml"].replace("lost-reasons: {price: Too dear}\n", "")
    lost = JOURNAL["deals/d.md"].replace("reason: price", "reason: Too dear for them")
    files = {**JOURNAL, "pipeline.yml": config, "deals/d.md": lost}
    found = insights_of(files)
    assert ids("lost-reason:TOO lost-reason:any", found) == ids('lost-reason:"for them"', found)
    assert ids("lost-reason:too", found) == {"d"}
