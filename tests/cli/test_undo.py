from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import contents, run


def test_the_last_change_is_taken_back_and_brought_again(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(journal)
    run("-C", journal, "log", "acme", "Called Jane", capsys=capsys)
    after = contents(journal)
    assert before != after
    assert run("-C", journal, "undo", capsys=capsys)[0] == 0
    assert contents(journal) == before
    assert run("-C", journal, "undo", capsys=capsys)[0] == 0
    assert contents(journal) == after


def test_a_new_file_goes_again(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(journal)
    run("-C", journal, "new", "contact", "Ann Poe", capsys=capsys)
    assert run("-C", journal, "undo", capsys=capsys)[0] == 0
    assert contents(journal) == before


def test_what_was_changed_since_stays(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("-C", journal, "log", "acme", "Called Jane", capsys=capsys)
    file = journal / "deals/acme.md"
    file.write_text(file.read_text() + "\nMore.\n")
    now = contents(journal)
    code, _, err = run("-C", journal, "undo", capsys=capsys)
    assert (code, contents(journal) == now) == (2, True)
    assert "deals/acme.md is no longer as the last command left it" in err
