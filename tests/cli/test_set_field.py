from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import run, write

DEAL = "---\ntitle: Two sites\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n---\n"


@pytest.fixture
def deal(journal: Path) -> Path:
    write(journal, {"deals/two-sites.md": DEAL})
    return journal


def text(folder: Path) -> str:
    return (folder / "deals/two-sites.md").read_text()


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["set", "two", "title", "Three", "sites"], "title: Three sites\n"),
        (["set", "two", "contacts", "jane-roe champion"], "contacts: [jane-roe champion]\n"),
        (["set", "two", "tags", "a", "b"], "tags: [a, b]\n"),
        (["set", "two", "tags", "a,b"], "tags: [a, b]\n"),
        (["set", "two", "close", "+10d"], "close: 2026-11-30\n"),
        (["set", "two", "created", "fri"], "created: 2026-11-13\n"),
        (["set", "two", "partner-deal", "acm"], "partner-deal: acme\n"),
        (["set", "two", "value", "48", "000"], "value: 48 000\n"),
        (["next", "two", "tomorrow", "Send: it"], 'next: "2026-11-21 Send: it"\n'),
    ],
)
def test_a_field_in_front_matter(
    deal: Path, arguments: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("-C", deal, *arguments, capsys=capsys)[0] == 0
    assert line in text(deal)
    assert run("-C", deal, "check", capsys=capsys)[0] == 0


def test_a_field_is_taken_away(deal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("-C", deal, "set", "two", "next", "--none", capsys=capsys)[0] == 0
    assert text(deal) == DEAL.replace("next: 2026-12-01 Call\n", "")
    code, _, err = run("-C", deal, "next", "two", "none", capsys=capsys)
    assert (code, "has no next step" in err) == (2, True)


def test_a_next_step_of_a_day_that_is_over_is_told(
    deal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run("-C", deal, "next", "two", "yesterday", "Call", capsys=capsys)
    assert code == 0 and "next: 2026-11-19 Call\n" in text(deal)
    assert "2026-11-19 is over, for 2026-11-20 is today" in err
    assert "`dealog next two-sites DAY TEXT`" in err
    for day in ("today", "tomorrow"):
        assert "over" not in run("-C", deal, "next", "two", day, "Call", capsys=capsys)[2]


def test_steps_are_ticked(deal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = ["needs-analysis", "decision-map"]
    assert run("-C", deal, "done", "two", *steps, capsys=capsys)[0] == 0
    assert text(deal).endswith("\n## 2026-11-20 note\n\n- [x] needs-analysis\n- [x] decision-map\n")
