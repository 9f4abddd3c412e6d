from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from site_builder.edit import changes
from site_builder.edit.changes import Change
from site_builder.edit.kept import last_edit
from site_builder.files import cache
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


def test_what_is_taken_back_is_said(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("-C", journal, "log", "acme", "Called Jane", capsys=capsys)
    assert run("-C", journal, "move", "acme", "nowhere", capsys=capsys)[0] == 2
    err = run("-C", journal, "undo", capsys=capsys)[2]
    when, deed = r"on \d{4}-\d\d-\d\d at \d\d:\d\d\.\n", "acme: call — Called Jane"
    assert re.fullmatch(rf"Took back `{deed}`, done {when}", err)
    err = run("-C", journal, "undo", capsys=capsys)[2]
    assert re.fullmatch(rf"Brought `{deed}` again, which was taken back {when}", err)
    err = run("-C", journal, "undo", capsys=capsys)[2]
    assert re.fullmatch(rf"Took back `{deed}`, done {when}", err)


def test_it_is_known_when_packages_are_others(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(journal)
    run("-C", journal, "log", "acme", "Called Jane", capsys=capsys)
    monkeypatch.setattr(cache, "_needs", lambda: ["other-2.0.dist-info"])
    assert run("-C", journal, "undo", capsys=capsys)[0] == 0
    assert contents(journal) == before


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


def test_what_was_killed_halfway_is_taken_back(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    deal = journal / "deals/acme.md"
    deal.write_text(deal.read_text() + "\nWith [[jane-roe]].\n")
    before = contents(journal)
    known: list[Change] = []
    make = changes.make

    def make_and_look(root: Path, made: Sequence[Change]) -> None:
        known.extend(last_edit(root).changes)
        make(root, made)

    monkeypatch.setattr(changes, "make", make_and_look)
    run("-C", journal, "rename", "jane-roe", "jane-poe", capsys=capsys)
    assert len(known) == 3
    deal.write_bytes(before["deals/acme.md"])
    assert run("-C", journal, "undo", capsys=capsys)[0] == 0
    assert contents(journal) == before


def test_what_could_not_be_made_is_not_known(
    journal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(journal)
    run("-C", journal, "log", "deals/acme", "x", capsys=capsys)

    def make(_root: Path, _made: Sequence[Change]) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(changes, "make", make)
        assert run("-C", journal, "log", "deals/acme", "y", capsys=capsys)[0] == 2
    assert run("-C", journal, "undo", capsys=capsys)[0] == 0
    assert contents(journal) == before


def test_an_import_is_taken_back_and_not_the_edit_before_it(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people, map_file = journal.parent / "people.csv", journal.parent / "people.yml"
    map_file.write_text("import: contacts\nsource: crm\nkey: Key\nfields: {name: Name}\n")
    assert run("-C", journal, "log", "acme", "Called them", capsys=capsys)[0] == 0
    edited = contents(journal)
    for rows in ("1,Jo Marsh\n", "1,Jo Marsh\n", "1,Jo Marshall\n2,Al Fir\n"):
        people.write_text(f"Key,Name\n{rows}")
        assert run("-C", journal, "import", people, "--map", map_file, capsys=capsys)[0] == 0
    imported = contents(journal)
    assert len(imported) == len(edited) + 2
    code, _, err = run("-C", journal, "undo", capsys=capsys)
    assert code == 0 and "Took back `Import people.csv`" in err
    assert len(contents(journal)) == len(edited) + 1
    assert run("-C", journal, "undo", capsys=capsys)[0] == 0
    assert contents(journal) == imported
