from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.commands import run, write

DEAL = (
    "---\ntitle: Two sites\nowner: maria\ncontacts: [jane-roe]\nstage: lead\n"
    "next: 2026-12-01 Call\n---\n"
)


@pytest.fixture
def deal(journal: Path) -> Path:
    write(journal, {"deals/two-sites.md": DEAL})
    return journal


def logged(folder: Path) -> str:
    made = (folder / "deals/two-sites.md").read_text()
    assert made.startswith(DEAL)
    return made.removeprefix(DEAL).strip()


@pytest.mark.parametrize(
    ("arguments", "note"),
    [
        (["Called Jane, wants two"], "call with jane-roe — Called Jane, wants two"),
        (["Called", "Jane"], "call with jane-roe — Called Jane"),
        (["Quote sent", "-k", "email", "--to", "jane"], "email to jane-roe — Quote sent"),
        (["Met", "--with", "jane-roe,maria"], "meeting with jane-roe, maria — Met"),
        (["Hm", "--by", "maria", "--time", "09:10"], "09:10 note by maria — Hm"),
        (["Paid", "-k", "payment", "--set", "amount=300"], "payment — Paid\namount:: 300"),
        (["One\n\nTwo\n- [x] needs-analysis"], "note — One\n\nTwo\n- [x] needs-analysis"),
    ],
)
def test_a_note_as_it_is_said(
    deal: Path, arguments: list[str], note: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run("-C", deal, "log", "two-sites", *arguments, capsys=capsys)
    assert (code, err) == (0, "")
    day, _, rest = note.partition(" ")
    heading = f"{day} {rest}" if ":" in day else note
    expected = f"## 2026-11-20 {heading}"
    assert logged(deal) == expected
    assert run("-C", deal, "check", capsys=capsys)[0] == 0


def test_the_text_may_come_from_standard_input(
    deal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Met Jane\n\nShe said no.\n"))
    assert run("-C", deal, "log", "two", "-", "--date", "yesterday", capsys=capsys)[0] == 0
    assert logged(deal) == "## 2026-11-19 meeting with jane-roe — Met Jane\n\nShe said no."


def test_nothing_from_standard_input_is_no_note(
    deal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(" \n"))
    code, _, err = run("-C", deal, "log", "two", "-", capsys=capsys)
    assert (code, "so nothing is noted" in err) == (2, True)


def test_without_text_and_without_anybody_to_ask(
    deal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, _, err = run("-C", deal, "log", "two", capsys=capsys)
    assert (code, "What is to be noted?" in err) == (2, True)


def test_an_editor_is_asked_on_a_terminal(
    deal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.edit", lambda _text: "Long\n\nstory\n")
    assert run("-C", deal, "log", "two", capsys=capsys)[0] == 0
    assert logged(deal) == "## 2026-11-20 note — Long\n\nstory"
    monkeypatch.setattr("click.edit", lambda _text: None)
    assert run("-C", deal, "log", "two", capsys=capsys)[0] == 2


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Called Jane", "call — Called Jane"),
        ("Met Jane Roe", "meeting — Met Jane Roe"),
        ("Emailed Jane", "email to jane-roe — Emailed Jane"),
        ("Email from Jane", "email from jane-roe — Email from Jane"),
    ],
)
def test_a_contact_has_notes_too_and_is_named_in_its_own_where_the_way_counts(
    deal: Path, text: str, note: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("-C", deal, "log", "jane-roe", text, capsys=capsys)[0] == 0
    made = (deal / "contacts/jane-roe.md").read_text()
    assert made.endswith(f"\n## 2026-11-20 {note}\n")
    assert run("-C", deal, "check", capsys=capsys)[0] == 0
