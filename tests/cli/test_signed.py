from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import run, write

DEAL = "---\ntitle: Two sites\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n---\n"


@pytest.fixture
def deal(journal: Path) -> Path:
    write(journal, {"deals/two-sites.md": DEAL})
    return journal


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["next", "two", "-2d", "Call"], "next: 2026-11-18 Call\n"),
        (
            ["set", "two", "close", "-2d", "--date", "-3d"],
            "## 2026-11-17 change\nclose:: 2026-11-18",
        ),
        (["set", "two", "value", "-500"], "value: -500\n"),
        (["log", "two", "-5% discount", "--date=-1w"], "## 2026-11-13 note — -5% discount\n"),
        (["move", "two", "qual", "-5% discount"], "stage qualification — -5% discount\n"),
    ],
)
def test_a_sign_before_a_digit_begins_no_option(
    deal: Path, arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("-C", deal, *arguments, capsys=capsys)[0] == 0
    assert line in (deal / "deals/two-sites.md").read_text()


def test_a_new_deal_may_begin_with_one(deal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = ["new", "deal", "-5% for all", "--owner", "maria", "--next", "fri Call"]
    assert run("-C", deal, *said, capsys=capsys)[0] == 0
    assert "title: -5% for all\n" in (deal / "deals/5-for-all.md").read_text()


def test_options_that_there_are_not_are_told(
    deal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run("-C", deal, "next", "two", "fri", "Call", "-x", capsys=capsys)
    assert (code, "No such option" in err) == (2, True)
