from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.commands import run, write

DEAL = "---\ntitle: Two sites\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n---\n"
STAYS = "The next step stays (2026-12-01 Call); `dealog next two-sites none` takes it out.\n"


@pytest.fixture
def deal(journal: Path) -> Path:
    write(journal, {"deals/two-sites.md": DEAL})
    return journal


def text(folder: Path) -> str:
    return (folder / "deals/two-sites.md").read_text()


def test_a_move(deal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["move", "two", "qual", "They", "called", "--asked-by", "customer"]
    assert run("-C", deal, *arguments, capsys=capsys)[::2] == (0, "")
    assert text(deal) == DEAL.replace("lead", "qualification") + (
        "\n## 2026-11-20 stage qualification — They called\nasked-by:: customer\n"
    )
    assert run("-C", deal, "check", capsys=capsys)[0] == 0


def test_gates_that_are_not_met_are_named_and_passed_with_a_reason_alone(
    deal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("-C", deal, "move", "two", "decision", capsys=capsys)
    assert (code, out, text(deal)) == (1, "", DEAL)
    assert "error[gate-unmet]" in err and "decision-map" in err
    assert "pass them with --override REASON" in err
    run("-C", deal, "move", "two", "decision", "--override", "Known client", capsys=capsys)
    assert text(deal).endswith("## 2026-11-20 stage decision\noverride:: Known client\n")
    assert run("-C", deal, "check", capsys=capsys)[0] == 0


@pytest.mark.parametrize(
    ("typed", "code", "note"),
    [
        ("Known  client \n", 0, "\n## 2026-11-20 stage decision\noverride:: Known client\n"),
        (" \n", 1, ""),
        ("", 130, ""),
    ],
)
def test_on_a_terminal_it_is_asked_why_gates_are_passed(
    deal: Path, typed: str, code: int, note: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    terminal = io.StringIO(typed)
    monkeypatch.setattr("sys.stdin", terminal)
    plain = ["move", "two", "decision"]
    assert run("-C", deal, *plain, capsys=capsys)[0] == 1
    for stream in (terminal, sys.stderr):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    code_of_two, _, err = run("-C", deal, "won", "two", "--value", "5k", capsys=capsys)
    assert (code_of_two, "gate-unmet" in err, "Why all the same?" in err) == (1, True, False)
    ended, out, err = run("-C", deal, *plain, capsys=capsys)
    stage = "decision" if note else "lead"
    assert (ended, text(deal)) == (code, DEAL.replace("lead", stage) + note)
    # Of a question to stderr, click before 8.2 writes the last space to stdout.
    assert (err.count("gate-unmet"), err.count("Why all the same?"), bool(out.strip())) == (
        1,
        1,
        bool(note),
    )


@pytest.mark.parametrize("also", [["--override", "Known client"], ["--asked-by", "customer"]])
def test_what_is_told_of_an_entry_makes_no_second_note_of_it(
    deal: Path, also: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run("-C", deal, "move", "two", "decision", "--override", "Known client", capsys=capsys)
    made = text(deal)
    code, _, err = run("-C", deal, "move", "two", "decision", *also, capsys=capsys)
    assert (code, text(deal)) == (2, made)
    assert "would go below the note that says so, deals/two-sites.md:8" in err
    later = ["move", "two", "decision", *also, "--date", "2026-11-21", "--today", "2026-11-21"]
    assert run("-C", deal, *later, capsys=capsys)[0] == 2


def test_what_is_won_may_get_another_value_but_not_the_same_twice(
    deal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = ["won", "two", "--override", "x", "--value", "51 000"]
    assert run("-C", deal, *first, capsys=capsys)[0] == 0
    for amount in ("51 000", "51000"):
        assert run("-C", deal, *first[:-1], amount, capsys=capsys)[0] == 2
    assert run("-C", deal, "next", "two", "none", capsys=capsys)[0] == 0
    assert run("-C", deal, "won", "two", "--value", "52 000", capsys=capsys)[::2] == (0, "")
    assert run("-C", deal, "check", "--strict", capsys=capsys)[0] == 0


def test_a_stage_that_no_note_told_of_gets_its_note(
    deal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("-C", deal, "move", "two", "lead", "--asked-by", "us", capsys=capsys)[0] == 0
    assert text(deal) == DEAL + "\n## 2026-11-20 stage lead\nasked-by:: us\n"


def test_won_for_a_value(deal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["won", "two", "--value", "51 000", "--override", "x", "--date", "-2d"]
    code, _, err = run("-C", deal, *arguments, capsys=capsys)
    assert (code, err) == (0, STAYS)
    assert "stage: won\nvalue: 51 000\n" in text(deal)
    assert text(deal).endswith("## 2026-11-18 stage won\nvalue:: 51 000\noverride:: x\n")
    assert run("-C", deal, "check", capsys=capsys)[0] == 0


@pytest.mark.parametrize(
    "command",
    [
        ["move", "two", "qual"],
        ["won", "two", "--override", "x"],
        ["lost", "two", "--reason", "price"],
    ],
)
def test_a_move_before_the_last_one_says_where_the_deal_still_stands(
    deal: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    run("-C", deal, "move", "two", "lead", "--asked-by", "us", capsys=capsys)
    code, _, err = run("-C", deal, *command, "--date", "-1d", capsys=capsys)
    said = "`two-sites` still stands in `lead`, for it went on after this move, on 2026-11-20.\n"
    assert (code, "stage: lead\n" in text(deal), err) == (0, True, said)
    err = run("-C", deal, "move", "two", "negotiation", "--override", "x", capsys=capsys)[2]
    assert "still stands" not in err


@pytest.mark.parametrize("reason", ["Price", "pri"])
def test_lost_by_the_reason_s_id_or_name(
    deal: Path, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run("-C", deal, "lost", "two", "--reason", reason, capsys=capsys)
    assert (code, err) == (0, STAYS)
    assert "stage: lost\n" in text(deal) and "lost-reason: price\n" in text(deal)
    assert text(deal).endswith("## 2026-11-20 stage lost\nlost-reason:: price\n")
    assert run("-C", deal, "check", capsys=capsys)[0] == 0


def test_an_amount_keeps_the_currency_of_the_one_before(
    deal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(deal, {"deals/two-sites.md": DEAL.replace("next", "value: 900 GBP\nnext")})
    run("-C", deal, "log", "two", "x", "--set", "value=800", capsys=capsys)
    assert text(deal).endswith("value:: 800 GBP\n")
    run("-C", deal, "won", "two", "--value", "700", "--override", "x", capsys=capsys)
    assert "value: 700 GBP\n" in text(deal)


def test_one_of_several_stages_is_said(deal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = deal / "pipeline.yml"
    config.write_text(
        config.read_text()
        + "      gone: {name: Gone, type: lost}\n      signed: {name: Signed, type: won}\n"
    )
    _, _, err = run("-C", deal, "lost", "two", "--reason", "price", capsys=capsys)
    assert "several lost stages. Give --stage: `lost`, `gone`" in err
    _, _, err = run("-C", deal, "move", "two", "gone", capsys=capsys)
    assert "`dealog lost two-sites --reason … --stage gone`" in err
    _, _, err = run("-C", deal, "won", "two", capsys=capsys)
    assert "several won stages. Give --stage: `won`, `signed`" in err
    run("-C", deal, "won", "two", "--stage", "signed", "--override", "x", capsys=capsys)
    assert "stage: signed\n" in text(deal)
