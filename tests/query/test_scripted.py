"""The query language of the site's script, held to the same table and to the terminal's answers."""

from __future__ import annotations

import datetime as dt
import json
import random
from typing import Any

import pytest

from site_builder.insights.insights import Insights
from site_builder.pages.context import Context
from site_builder.pages.deals_data import deals_data
from site_builder.query.folding import folded
from site_builder.query.language import Mistake
from site_builder.query.spans import Calendar
from tests.query.cases import CASES, JOURNAL, MISTAKES
from tests.query.test_matching import ids, insights_of
from tests.query.test_spans import DAY
from tests.scripted import NODE, asked, run

pytestmark = pytest.mark.skipif(NODE is None, reason="no Node")


def data_of(insights: Insights) -> Any:
    return json.loads(json.dumps(deals_data(Context(insights)).value))


@pytest.fixture(scope="module")
def journal() -> Insights:
    return insights_of(JOURNAL)


def test_the_deals_that_queries_mean(journal: Insights) -> None:
    found = asked(data_of(journal), list(CASES))
    assert dict(zip(CASES, map("".join, map(sorted, found)), strict=True)) == CASES


def test_mistakes_are_told_as_the_terminal_does(journal: Insights) -> None:
    answers = asked(data_of(journal), list(MISTAKES))
    for text, answer in zip(MISTAKES, answers, strict=True):
        with pytest.raises(Mistake) as mistake:
            ids(text, journal)
        wrong = mistake.value
        assert answer == {"message": wrong.message, "help": wrong.help, "start": wrong.start, "end": wrong.end}  # fmt: skip


def test_whom_no_deal_has_is_told(journal: Insights) -> None:
    asked_for = {
        "company=acm": ["no deal has `acm` as its `company`. Did you mean `acme`?"],
        "-contact=zzzz,jane-roe": ["no deal has `zzzz` as its `contact`. Use one of: `jane-roe`."],
        "id=aa owner:ann": ["no deal has `aa` as its `id`. Use one of: `a`, `b`, `c`, `d`, `e`."],
        'company="Ácme & Søns" company=none company:acm "acm" value>=10k': [],
    }
    call = "(([data, texts]) => texts.map(text => strangersIn(text, dealsOf(data))))(values)"
    found = run(call, data_of(journal), [*asked_for])
    assert dict(zip(asked_for, found, strict=True)) == asked_for


def test_queries_made_at_random_mean_the_same(journal: Insights) -> None:
    chance = random.Random(2)
    words = [
        "lead",
        "10k",
        "50%",
        "2026-Q4",
        "-2w",
        "any",
        "none",
        "ann",
        '"a b"',
        "1,2",
        "ü",
        "=",
        "<",
        ":",
    ]
    texts = [
        "".join(chance.choice(["-", "", ""]) + chance.choice([*CASES, *MISTAKES, *words]) + chance.choice(["", " ", ","])
                for _ in range(chance.randint(1, 3)))
        for _ in range(800)
    ]  # fmt: skip
    for text, answer in zip(texts, asked(data_of(journal), texts), strict=True):
        try:
            expected: object = sorted(ids(text, journal))
        except Mistake as wrong:
            expected = wrong.message
        assert (answer["message"] if isinstance(answer, dict) else sorted(answer)) == expected, text


def test_days_and_periods_are_the_same() -> None:
    words = ["2026", "2026-q4", "2024-02", "0001", "9999", "9999-q4", "0001-q1", "-9999m", "2026-02-30",
             *(f"{w}-{u}" for w in ("this", "last", "next") for u in ("week", "month", "quarter", "year"))]  # fmt: skip
    days = [DAY, dt.date.min, dt.date.max, dt.date(2024, 2, 29), dt.date(1999, 12, 31)]
    asked_for = [
        (word, str(day), starts) for word in words for day in days for starts in (1, 2, 7, 12)
    ]
    call = """values[0].map(([word, day, starts]) => spanOf(word, dayOf(day), starts))
      .map(span => span && [isoOf(span.first), isoOf(span.last)])"""
    for (word, day, starts), found in zip(asked_for, run(call, asked_for), strict=True):
        span = Calendar(dt.date.fromisoformat(day), starts).span(word)
        assert found == (span and [str(span.first), str(span.last)]), (word, day, starts)


def test_texts_are_folded_the_same() -> None:
    texts = [
        "Straße",
        "ÉCLAIR",
        "Ｆｕｌｌ",
        "ﬁn",
        "İstanbul",
        "ΣΑΣ",
        "עברית",
        "ไทย",
        "½ ²",
        "a\u00a0b",
        "한글",
        "👩🏽‍🏭",
    ]
    assert run("values[0].map(folded)", texts) == list(map(folded, texts))
