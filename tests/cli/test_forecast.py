from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import run, write
from tests.places import ROOT
from tests.query.cases import JOURNAL

DEAL = {"id", "pipeline", "stage", "owner", "value", "currency", "close", "category",
        "probability", "used", "n", "within"}  # fmt: skip
PERIOD = {"period", "open", "weighted", "p10", "p50", "p90", "won", "target", "chance"}


def test_it_is_told_to_other_programs(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("-C", ROOT, "forecast", "--format", "json", capsys=capsys)
    found = json.loads(out)
    assert (code, list(found)[:2], found["currency"]) == (0, ["version", "today"], "EUR")
    assert found["deals"]
    assert found["parked"]
    for one in (*found["deals"], *found["parked"]):
        assert set(one) == DEAL
        assert set(one["probability"]) == {"stage", "own", "learned"}
        assert set(one["within"]) == {"30", "90", "180", "eventually"}
        assert one["probability"]["learned"] == one["within"]["90"]
    parts = (*found["periods"], found["undated"], found["overdue"])
    every = sum(float(one["open"]) for one in parts)
    for one in parts:
        assert set(one) >= PERIOD
        assert set(one["weighted"]) == {"stage", "own", "learned"}
        assert float(one["won"]) <= float(one["p10"]) <= float(one["p50"]) <= float(one["p90"])
        most = float(one["open"]) if one["moved"] is None else every  # comes from elsewhere
        assert float(one["p90"]) <= float(one["won"]) + most + 0.01
    assert err == f"{len(found['deals'])} open deals, as of 2026-11-20.\n"
    shown = json.loads(run("-C", ROOT, "show", "forecast", "--format", "json", capsys=capsys)[1])
    assert shown == {**found, "page": "forecast"}


@pytest.mark.parametrize(
    ("by", "first"), [("month", "2026-01"), ("quarter", "2026-Q1"), ("year", "2026")]
)
def test_periods_are_those_that_are_asked_for(
    by: str, first: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    _, out, _ = run("-C", ROOT, "forecast", "--by", by, "--format", "json", capsys=capsys)
    assert json.loads(out)["periods"][0]["period"] == first
    code, out, _ = run("-C", ROOT, "forecast", "--by", by, capsys=capsys)
    assert code == 0
    assert f"{first} " in out


def test_a_query_picks_deals_and_not_what_is_learned_from(
    capsys: pytest.CaptureFixture[str],
) -> None:
    whole = json.loads(run("-C", ROOT, "forecast", "--format", "json", capsys=capsys)[1])
    part = json.loads(
        run("-C", ROOT, "forecast", "owner:maria", "--format", "json", capsys=capsys)[1]
    )
    assert part["deals"] == [one for one in whole["deals"] if one["owner"] == "maria"]
    assert part["choices"] == whole["choices"]


def test_targets_are_of_all_deals_and_of_no_query(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ((), ("owner:maria",)):
        command = ("-C", ROOT, "forecast", *words, "--format", "json")
        found = json.loads(run(*command, capsys=capsys)[1])
        named = [one["period"] for one in found["periods"] if one["target"] or one["chance"]]
        assert bool(named) == (not words)
    shown = run("-C", ROOT, "show", "forecast", "owner:maria", capsys=capsys)[1]
    assert "won" in shown and "targeted" not in shown


@pytest.mark.parametrize("wide", [80, 100, 120])
def test_nothing_is_cut_off_in_a_terminal(
    wide: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(wide))
    _, out, _ = run("-C", ROOT, "forecast", capsys=capsys)
    lines = out.splitlines()
    assert "…" not in out and max(map(len, lines)) <= wide
    assert next(line for line in lines if "learned" in line).split()[-1] == "chance"
    assert any(line.split()[:1] == ["2026-Q4"] for line in lines)


def test_the_horizon_is_that_of_what_is_learned(capsys: pytest.CaptureFixture[str]) -> None:
    out = run("-C", ROOT, "forecast", "--horizon", "30", "--format", "json", capsys=capsys)[1]
    for one in json.loads(out)["deals"]:
        assert one["probability"]["learned"] == one["within"]["30"]


def test_it_says_how_much_is_proven_and_what_is_not_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    said = run("-C", ROOT, "forecast", capsys=capsys)[1]
    assert run("-C", ROOT, "backtest", capsys=capsys)[1].splitlines()[0].strip() in said
    assert "What was learned counts until a period's end; of overdue, for 90 days from" in said
    assert "\nNot in it are deals that are not in the journal yet. Such brought to past" in said
    write(tmp_path, dict(JOURNAL))
    said = run("-C", tmp_path, "forecast", capsys=capsys)[1]
    assert "Nothing is proven yet" not in said and "Too little is known to judge" in said
    for path in tmp_path.glob("deals/*"):
        path.unlink()
    assert "\nNothing is proven yet" in run("-C", tmp_path, "forecast", capsys=capsys)[1]


def test_a_name_stays_whole_where_there_is_hardly_room_for_percents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    front = (
        "title: T\nowner: ann\nstage: lead\nclose: 2026-12-01\nvalue: 12345678\nprobability: 99.9%"
    )
    settings = {path: text for path, text in JOURNAL.items() if not path.startswith("deals/")}
    write(tmp_path, {**settings, "deals/sure.md": f"---\n{front}\n---\n"})
    assert "\n sure " in run("-C", tmp_path, "forecast", capsys=capsys)[1]


def test_an_amount_without_a_rate_says_its_currency_and_that_no_sum_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    front = "title: T\nowner: ann\nstage: lead\nclose: 2026-12-01\nvalue: 15000 CHF"
    write(tmp_path, {**JOURNAL, "deals/apart.md": f"---\n{front}\n---\n"})
    said = run("-C", tmp_path, "forecast", capsys=capsys)[1]
    assert (
        "\n15k\u202fCHF open and 7k\u202fCHF won are in no sum: pipeline.yml has no rate for CHF.\n"
        in said
    )
    (row,) = (line for line in said.splitlines() if line.startswith(" apart "))
    assert " 15\u202f000\u202fCHF " in row


def test_nothing_later_moves_any_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = ("--today", "2025-06-30")
    write(tmp_path, dict(JOURNAL))
    for command in ("forecast", "backtest"):
        code, out, _ = run("-C", ROOT, command, *day, "--format", "json", capsys=capsys)
        assert json.loads(out)["today"] == "2025-06-30"
        code, out, _ = run("-C", tmp_path, command, capsys=capsys)
        assert code == 0
