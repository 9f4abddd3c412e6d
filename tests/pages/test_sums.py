"""Sums on all pages, added up once more from the raw files by other means: what a rate in
pipeline.yml does to them, always the same or dated."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal

import pytest

from tests.sites import page, read, table, words

PIPELINE = """\
visibility: private
currency: EUR
as-of: 2026-11-20
team: {ann: {name: Ann}, ben: {name: Ben}}
lost-reasons: {price: Price}
targets: {2026-Q1: 4000 USD, 2026-Q4: 1000 USD, 2026-Q3: 0, ben/2026-Q1: 2000}
pipelines:
  sales:
    stages:
      talking: {probability: 20%, stale-after: 14d}
      offer: {probability: 50%}
      later: {type: parked}
      won: {type: won}
      lost: {type: lost}
"""
NEXT = "next: 2026-12-01 call\ncreated: 2026-11-19\ncontacts: [jo]\n"
FILES = {
    "contacts/jo.md": "---\nname: Jo\n---\n",
    "deals/a.md": f"stage: talking\nvalue: 1000 USD\nclose: 2026-12-01\n{NEXT}",
    "deals/b.md": f"stage: offer\nvalue: 500\nprobability: 40%\nclose: 2026-12-02\n{NEXT}",
    "deals/c.md": f"stage: talking\nvalue: 100 GBP\nclose: 2027-02-01\n{NEXT}",
    "deals/d.md": f"stage: offer\nvalue: 70 CHF\nclose: 2026-12-03\n{NEXT}",
    "deals/e.md": "stage: talking\nvalue: 2000 USD\ncreated: 2026-11-01\n",
    "deals/f.md": "stage: later\nvalue: 10 USD\ncreated: 2026-11-01\n",
    "deals/g.md": "stage: won\nvalue: 2000 USD\ncontacts: [jo]\n---\n## 2026-03-10 stage won\n",
    "deals/h.md": "stage: won\nvalue: 3000 USD\ncontacts: [jo]\n---\n## 2026-08-10 stage won\n",
    "deals/i.md": "stage: won\nvalue: 4000\ncontacts: [jo]\n---\n## 2026-03-11 stage won\n",
    "deals/j.md": "stage: won\nvalue: 50 GBP\ncontacts: [jo]\n---\n## 2026-10-11 stage won\n",
    "deals/k.md": "stage: lost\nvalue: 400 USD\nlost-reason: price\n---\n## 2026-02-01 stage lost\n",
    "deals/l.md": "stage: lost\nvalue: 600 USD\nlost-reason: price\n---\n## 2026-09-01 stage lost\n",
}  # fmt: skip
RATES = {
    "none": "",
    "flat": "rates: {USD: 0.9, GBP: 1.2}\n",
    "dated": "rates: {USD: {2026-03-01: 0.8, 2026-07-01: 0.75, 2026-12-01: 0.1}, GBP: 1.2}\n",
}
Deal = tuple[str, str, Decimal, str, str]


def files(kind: str) -> dict[str, str]:
    made = {"pipeline.yml": RATES[kind] + PIPELINE}
    for path, text in FILES.items():
        owner = "ben" if path in ("deals/g.md", "deals/i.md") else "ann"
        front, _, notes = text.partition("---\n")
        whole = f"---\ntitle: {path[6]}\nowner: {owner}\n{front}---\n{notes}"
        made[path] = whole if path.startswith("deals/") else text
    return made


def raw(kind: str) -> list[Deal]:
    """Id, stage, amount, currency and day of every deal, from its text alone."""
    found = []
    for path, text in files(kind).items():
        if path.startswith("deals/"):
            stage = re.search(r"^stage: (\w+)", text, re.MULTILINE)
            value = re.search(r"^value: (\d+) ?([A-Z]*)", text, re.MULTILINE)
            day = re.search(r"^## (\S+) stage", text, re.MULTILINE)
            assert stage and value
            amount, code = Decimal(value[1]), value[2] or "EUR"
            found.append((path[6], stage[1], amount, code, day[1] if day else "2026-11-20"))
    return found


def rate(kind: str, code: str, day: str) -> Decimal | None:
    if code == "EUR":
        return Decimal(1)
    if code == "CHF" or kind == "none":
        return None
    if code == "GBP":
        return Decimal("1.2")
    if kind == "flat":
        return Decimal("0.9")
    return Decimal("0.75" if day >= "2026-07-01" else "0.8")


CHANCE = {"a": "0.2", "b": "0.4", "c": "0.2", "d": "0.5", "e": "0.2"}
STAGE_CHANCE = {**CHANCE, "b": "0.5"}


def summed(kind: str, deals: Iterable[Deal], chances: dict[str, str] | None = None) -> str:
    """What deals add up to, as pages write it."""
    sums: dict[str, Decimal] = {}
    for id, _, amount, code, day in deals:
        worth = amount * Decimal(chances[id] if chances else 1)
        known = rate(kind, code, day)
        home, counted = (code, worth) if known is None else ("EUR", worth * known)
        sums[home] = sums.get(home, Decimal(0)) + counted
    order = sorted(sums, key=lambda code: (code != "EUR", code))
    return " + ".join(_written(sums[code], code) for code in order)


def _written(amount: Decimal, code: str) -> str:
    digits = f"{amount.quantize(Decimal(1), ROUND_HALF_UP):,}".replace(",", " ")
    symbol = {"EUR": "€", "USD": "$", "GBP": "£"}.get(code, "")
    return f"{symbol}{digits}" if symbol else f"{digits} {code}"


def of(kind: str, test: Callable[[Deal], bool]) -> list[Deal]:
    return [deal for deal in raw(kind) if test(deal)]


@pytest.fixture(params=list(RATES))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_journal_is_healthy(kind: str) -> None:
    assert {p.code for p in read(files(kind)).problems} <= {"no-next-step", "stage-skipped"}


@pytest.mark.parametrize("stage", ["talking", "offer", "later", "won", "lost"])
def test_lists_and_boards_of_every_stage(kind: str, stage: str) -> None:
    deals = of(kind, lambda deal: deal[1] == stage)
    whole = summed(kind, deals)
    assert f"{len(deals)} deal{'s' * (len(deals) != 1)}, {whole}" in words(
        page(files(kind), "deals.html")
    )
    assert f", {whole}" in words(page(files(kind), f"deals-sales.{stage}.html"))
    board = page(files(kind), "board.html").partition(f'data-stage="{stage}"')[2]
    sums = words(board.partition('class="column-sums"')[2].partition("</p>")[0])
    assert whole in sums
    if stage in ("talking", "offer"):
        assert f"{summed(kind, deals, CHANCE)} expected" in sums


def test_the_overview(kind: str) -> None:
    html = page(files(kind), "index.html")
    opened = of(kind, lambda deal: deal[1] in ("talking", "offer"))
    rows = table(html, "Open deals by stage")
    assert rows["Sales"] == ["5", "", summed(kind, opened), summed(kind, opened, CHANCE)]
    for stage in ("talking", "offer"):
        deals = [deal for deal in opened if deal[1] == stage]
        row = rows[stage.capitalize()]
        assert row[2:] == [summed(kind, deals), summed(kind, deals, CHANCE)]
    won = of(kind, lambda deal: deal[1] == "won")
    assert f"2026 {summed(kind, won)} 4 deals" in words(html)
    quarter = [deal for deal in won if deal[0] == "j"]
    assert f"2026-Q4 {summed(kind, quarter)} 1 deal" in words(html)


def test_the_forecast(kind: str) -> None:
    rows = table(page(files(kind), "forecast.html"), "Figures by quarter")
    opened = of(kind, lambda deal: deal[1] in ("talking", "offer"))
    won = of(kind, lambda deal: deal[1] == "won")
    total = rows["Total"]
    assert total[1:5] == [
        summed(kind, opened),
        summed(kind, opened, STAGE_CHANCE),
        summed(kind, opened, CHANCE),
        summed(kind, won),
    ]
    for label, ids in (("2026-Q1", "gi"), ("2026-Q3", "h"), ("2026-Q4 now", "j"), ("2026", "ghij")):
        assert rows[label][4] == summed(kind, [deal for deal in won if deal[0] in ids])
    for id, name, ids in (("ann", "Ann", "hj"), ("ben", "Ben", "gi")):
        mine = table(page(files(kind), f"forecast-of-{id}.html"), f"Figures of {name}")
        assert mine["Total"][4] == summed(kind, [deal for deal in won if deal[0] in ids])


def test_contacts_and_stale_deals(kind: str) -> None:
    opened = summed(kind, of(kind, lambda deal: deal[0] in "abcd"))
    won = summed(kind, of(kind, lambda deal: deal[0] in "ghij"))
    jo = table(page(files(kind), "contacts.html"), "People")["Jo"]
    assert jo[-2:] == [f"{opened} open 4 deals", f"{won} won 4 deals"]
    stale = page(files(kind), "stale.html")
    (late,) = [deal for deal in raw(kind) if deal[0] == "e"]
    rows = table(stale, "Stale deals by owner and reason")
    assert rows["Ann"][:2] == rows["All"][:2] == ["1", summed(kind, [late])]


@pytest.mark.parametrize(
    ("kind", "first", "last", "whole"),
    [
        # 4 000 EUR + 2 000 USD of 4 000 USD; 50 GBP of 1 000 USD, and with them what is expected:
        # 20% of 1 000 USD and 40% of 500 EUR
        ("none", "50%", "0%", "20%"),
        ("flat", "161.1%", "6.7%", "48.9% 6.7% won"),
        ("dated", "175%", "8%", "54.7% 8% won"),
    ],
)
def test_a_target_has_the_rate_of_its_period(kind: str, first: str, last: str, whole: str) -> None:
    html = page(files(kind), "forecast.html")
    rows = {name.split()[0]: row for name, row in table(html, "Figures by quarter").items()}
    assert rows["2026-Q1"][6:] == ["$4 000", first]
    assert rows["2026-Q4"][6:] == ["$1 000", whole]
    assert f"{last} of the target, $1 000" in words(page(files(kind), "index.html"))


def test_of_a_target_of_nothing_no_share_is_told(kind: str) -> None:
    html = page(files(kind), "forecast.html")
    rows = {name.split()[0]: row for name, row in table(html, "Figures by quarter").items()}
    assert rows["2026-Q3"][6:] == ["€0", ""]
    nothing = {
        path: text.replace("2026-Q4: 1000 USD", "2026-Q4: 0") for path, text in files(kind).items()
    }
    won = words(page(nothing, "index.html").partition('id="won"')[2])
    assert "1 deal; the target, €0" in won


def test_an_open_deal_has_todays_rate_and_a_closed_one_its_own() -> None:
    sums = {
        day: table(page(files("dated"), "forecast.html", day), "Figures by quarter")["Total"]
        for day in ("2026-11-30", "2026-12-01")
    }
    assert [row[4] for row in sums.values()] == [
        summed("dated", of("dated", lambda d: d[1] == "won"))
    ] * 2
    assert [row[1] for row in sums.values()] == ["€2 870 + 70 CHF", "€920 + 70 CHF"]
