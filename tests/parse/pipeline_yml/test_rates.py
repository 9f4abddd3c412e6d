"""`rates`: always the same or from days on; each bad spelling gets one problem."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from site_builder.journal.money import Rate
from site_builder.problems.counting import NARROW
from tests.catalogue import PIPELINE, deal
from tests.journals import loaded, site

DATED = "{2025-01-01: 0.95, 2026-07-01: 0.92}"


def rates(line: str) -> dict[str, Rate]:
    result = loaded({"pipeline.yml": PIPELINE + f"rates: {line}\n"})
    assert result.problems == ()
    assert result.journal is not None
    return dict(result.journal.schema.rates)


@pytest.mark.parametrize(
    ("day", "worth"),
    [
        ("0001-01-01", "0.95"),
        ("2024-12-31", "0.95"),
        ("2025-01-01", "0.95"),
        ("2026-06-30", "0.95"),
        ("2026-07-01", "0.92"),
        ("9999-12-31", "0.92"),
    ],
)
def test_a_dated_rate_holds_from_its_day_and_the_first_one_before_too(day: str, worth: str) -> None:
    for line in (DATED, "{2026-07-01: 0.92, 2025-01-01: 0.95}"):
        assert rates(f"{{USD: {line}}}")["USD"].on(dt.date.fromisoformat(day)) == Decimal(worth)


def test_the_largest_amount_at_the_largest_rate_is_shown() -> None:
    most = 999_999_999_999_999
    files = {
        "pipeline.yml": f"{PIPELINE}rates: {{USD: {most}}}\n",
        "deals/bad.md": deal(f"value: {most} USD\nclose: 2026-12-01"),
    }
    # To 28 digits, of which this is half.
    assert "€999,999,999,999,998,000".replace(",", NARROW) in site(files)["board.html"]


def test_both_kinds_stand_side_by_side() -> None:
    found = rates(
        f"\n  GBP: 1.17\n  USD: {DATED}\n  CHF:\n    2026-01-01: 1.05\n  EUR: {{2025-01-01: 1}}"
    )
    assert {code: rate.on(dt.date(2026, 11, 20)) for code, rate in found.items()} == {
        "GBP": Decimal("1.17"), "USD": Decimal("0.92"), "CHF": Decimal("1.05"), "EUR": 1}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "bad", "help"),
    [
        ("{USD: {2025-1-1: 0.95}}", "2025-1-1", "`2025-01-01`"),
        ("{USD: {01.07.2026: 0.95}}", "01.07.2026", "`2026-07-01`"),
        ("{USD: {2026-02-30: 0.95}}", "2026-02-30", "`2026-02-28`"),
        ("{USD: {2026: 0.95}}", "2026", "2026-10-24"),
        ("{USD: {0.95: 2025-01-01}}", "0.95", "`2025-01-01: 0.95`"),
        ("{USD: {2025-01-01:0.95}}", "2025-01-01:0.95", "`2025-01-01: 0.95`"),
        ("{USD: {2025-01-01: 0,95}}", "0,95", "`0.95`"),
        ("{USD: {2025-01-01: 1,05, 2026-01-01: 0.9}}", "1,05", "`1.05`"),
        ("{USD: 0,92}", "0,92", "`0.92`"),
        ("{USD: {2025-01-01: 0}}", "0", "one USD is worth in EUR"),
        ("{USD: {2025-01-01: -1}}", "-1", "one USD is worth in EUR"),
        ("{USD: {2025-01-01: 95%}}", "95%", "one USD is worth in EUR: `0.95`"),
        ("{USD: 1/1.17}", "1/1.17", "`0.92`"),
        ("{USD: 0.95 EUR}", "0.95 EUR", "`0.95`"),
        ('{USD: {2025-01-01: "0,95"}}', '"0,95"', "`0.95`"),
        ("{USD: {2025-01-01: about par}}", "about par", "`0.92`"),
        ("{USD: {2025-01-01: }}", "2025-01-01", "`USD: 0.92`"),
        ("{USD: {2025-01-01: [0.95]}}", "[0.95]", "one value"),
        ("{USD: {2025-01-01: {a: b}}}", "{a: b}", "one value"),
        ("{USD: {}}", "{}", "{2025-01-01: 0.95"),
        ("{USD: [0.95, 0.92]}", "[0.95, 0.92]", "{2025-01-01: 0.95"),
        ("{EUR: {2025-01-01: 2}}", "2", "`currency`"),
        ("{USd: {2025-01-01: 0.95}}", "USd", "`USD`"),
        ("{USD: {2025-01-01: 0.95, 2025-01-01: 0.92}}", "2025-01-01", ""),
    ],
)  # fmt: skip
def test_each_bad_spelling_is_one_problem(written: str, bad: str, help: str) -> None:
    text = PIPELINE + f"rates: {written}\n"
    line = len(text.splitlines())
    (problem,) = loaded({"pipeline.yml": text}).problems
    at = text.splitlines()[-1].rindex(bad) + 1
    assert problem.span == ("pipeline.yml", line, at, line, at + len(bad))
    assert help in problem.help, problem.help


@pytest.mark.parametrize("written", ["USD: #0.95", "USD:\n    2025-01-01: #0.95"])
def test_a_rate_that_is_a_comment_is_one_problem(written: str) -> None:
    (problem,) = loaded({"pipeline.yml": f"{PIPELINE}rates:\n  {written}\n"}).problems
    assert problem.code == "comment-in-value"


def test_a_bad_step_leaves_the_others() -> None:
    result = loaded({"pipeline.yml": PIPELINE + "rates: {USD: {2025-01-01: x, 2026-01-01: 0.9}}\n"})
    assert result.journal is not None and len(result.problems) == 1
    assert result.journal.schema.rates["USD"].on(dt.date(2020, 1, 1)) == Decimal("0.9")


def test_a_journal_without_a_currency_is_told_so_in_words() -> None:
    text = PIPELINE.replace("currency: EUR\n", "") + "rates: {USD: {2025-01-01: 0}}\n"
    (problem,) = loaded({"pipeline.yml": text}).problems
    assert "in the journal's currency" in problem.help
