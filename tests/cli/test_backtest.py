from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from site_builder.journal.money import NO_CURRENCY, Money
from site_builder.markup.formats import compact
from tests.commands import run, write
from tests.places import ROOT
from tests.query.cases import JOURNAL

SCORE = {"brier", "log_loss", "expected", "actual", "n", "value"}


def test_it_is_told_to_other_programs(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(
        "-C", ROOT, "backtest", "--horizon", "60", "--format", "json", capsys=capsys
    )
    found = json.loads(out)
    assert code == 0
    assert list(found) == ["version", "today", "horizon_days", "snapshots", "n", "predictors",
                           "verdict", "reliability", "signals"]  # fmt: skip
    assert (found["version"], found["horizon_days"]) == (1, 60)
    assert list(found["predictors"]) == ["base_rate", "even", "stage", "own", "learned"]
    assert {frozenset(score) for score in found["predictors"].values()} == {frozenset(SCORE)}
    assert found["verdict"].startswith("History ") and found["verdict"].endswith("came.")
    assert found["n"] == sum(one["n"] for one in found["snapshots"])
    assert err == f"{len(found['snapshots'])} month ends, as of 2026-11-20.\n"


def test_the_table_begins_with_the_verdict(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    code, out, _ = run("-C", ROOT, "backtest", capsys=capsys)
    lines = [line.strip() for line in out.splitlines()]
    assert code == 0
    assert lines[0].startswith("History ")
    assert lines[1].startswith("What counts by pipeline: in Customer acquisition, ")
    assert [line.split(":")[0] for line in lines[2:4]] == [
        "Customer acquisition", "Customer development",
    ]  # fmt: skip
    assert any(line.startswith("what your history has taught") for line in lines[4:])
    (stages,) = [line.split()[2:] for line in lines if line.startswith("stage percentages")]
    found = json.loads(run("-C", ROOT, "backtest", "--format", "json", capsys=capsys)[1])
    value = found["predictors"]["stage"]["value"]
    amounts = [compact(Money(Decimal(value[name]), NO_CURRENCY)) for name in ("expected", "actual")]
    assert stages[-3:] == [*amounts, str(value["n"])]


def test_without_history_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, dict(JOURNAL))
    code, out, err = run("-C", tmp_path, "backtest", capsys=capsys)
    assert (code, out.split(":")[0]) == (0, "Too little is known to judge forecasts")
    code, out, err = run("-C", tmp_path, "backtest", "--horizon", "0", capsys=capsys)
    assert code == 2
    assert "0 is not in the range 1<=x<=3650" in err
