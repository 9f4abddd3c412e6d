"""`dealog import`: what is written, and what is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.commands import run, write

PEOPLE = "Key,Name,E-mail\n1,Tom Brown,tom@brown.example\n2,,nobody\n"
PEOPLE_MAP = "import: contacts\nsource: people\nkey: Key\nfields: {name: Name, email: E-mail}\n"


def test_the_csv_and_the_map_of_an_import_are_named_as_they_were(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(journal, {
        "exports/crm.csv": "Name,Stage\nAcme,Led\n",
        "exports/maps/crm.yml": "make: deals\n",
    })  # fmt: skip
    monkeypatch.chdir(journal.parent)
    at = f"{journal.name}/exports"
    files = (f"{at}/crm.csv", "--map", f"{at}/maps/crm.yml")
    code, _, err = run("-C", journal, "import", *files, capsys=capsys)
    assert code == 2
    assert err.startswith(f"{at}/maps/crm.yml:1:1: error[")


def test_import_writes_what_it_can_and_tells_the_rest(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, {"people.csv": PEOPLE, "map.yml": PEOPLE_MAP})
    command = ("-C", journal, "import", journal / "people.csv", "--map", journal / "map.yml")
    code, out, err = run(*command, "--dry-run", capsys=capsys)
    assert code == 1
    assert "1 file would be made" in out
    assert "people.csv:3:" in err
    assert not (journal / "contacts" / "tom-brown.md").exists()
    run(*command, capsys=capsys)
    assert "Tom Brown" in (journal / "contacts" / "tom-brown.md").read_text("utf-8")
    _, out, _ = run(*command, capsys=capsys)
    assert "0 files made" in out


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
@pytest.mark.parametrize("name", ["contacts", "deals"])
def test_import_writes_through_no_folder_that_is_a_link(
    journal: Path, capsys: pytest.CaptureFixture[str], name: str, more: tuple[str, ...]
) -> None:
    write(journal, {"people.csv": PEOPLE, "map.yml": PEOPLE_MAP})
    (journal / name).rename(journal / ".elsewhere")
    (journal / name).symlink_to(journal / ".elsewhere")
    command = ("-C", journal, "import", journal / "people.csv", "--map", journal / "map.yml")
    code, out, err = run(*command, *more, capsys=capsys)
    assert (code, out) == (2, "")
    assert f"{name} is a symbolic link, which is not followed" in err
    assert err.endswith("put the folder itself in its place.\n")


def test_a_dry_run_shows_one_file_whole_and_writes_nothing(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, {"people.csv": "Key,Name,E-mail\n1,Jo \u202eMarsh,\n", "map.yml": PEOPLE_MAP})
    before = sorted(journal.rglob("*"))
    command = ("-C", journal, "import", journal / "people.csv", "--map", journal / "map.yml")
    code, out, _ = run(*command, "--dry-run", capsys=capsys)
    assert (code, sorted(journal.rglob("*"))) == (0, before)
    assert "1 file would be made, 0 would be added to.\n  contacts/jo-marsh.md\n" in out
    assert out.endswith(
        "\nOne of them whole, contacts/jo-marsh.md:\n\n"
        "---\nname: Jo \ufffdMarsh\nx-source-id: people:1\n---\n"
    )
    _, out, _ = run(*command, capsys=capsys)
    assert "whole" not in out
    _, out, _ = run(*command, "--dry-run", capsys=capsys)
    assert out == "1 row: 1 there already.\n0 files would be made, 0 would be added to.\n"


def test_import_needs_a_journal_a_file_and_a_map_that_fit(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = journal
    write(outside, {"people.csv": PEOPLE, "map.yml": "import: nothing\n"})
    csv, map_file = outside / "people.csv", outside / "map.yml"
    for arguments, says in (
        (("-C", outside / "none", "import", csv, "--map", map_file), "none"),
        (("-C", journal, "import", outside / "no.csv", "--map", map_file), "no.csv"),
        (("-C", journal, "import", csv, "--map", outside / "no.yml"), "no.yml"),
        (("-C", journal, "import", csv, "--map", map_file), "map.yml:1:9"),
    ):
        code, out, err = run(*arguments, capsys=capsys)
        assert (code, out) == (2, "")
        assert says in err
        assert "Traceback" not in err


@pytest.mark.skipif(os.name == "nt", reason="there are no such devices")
@pytest.mark.parametrize("is_map", [False, True])
def test_a_device_is_no_table_and_no_map(
    journal: Path, capsys: pytest.CaptureFixture[str], is_map: bool
) -> None:
    write(journal, {"f.csv": PEOPLE, "m.yml": PEOPLE_MAP})
    file = journal / ("m.yml" if is_map else "f.csv")
    file.unlink()
    file.symlink_to(os.devnull)  # one that ends, should it be read
    told = run(
        "-C", journal, "import", journal / "f.csv", "--map", journal / "m.yml", capsys=capsys
    )
    assert told[0] == 2 and f"{file.name} can't be read: it is a device, and no file." in told[2]


def test_the_map_in_the_help_of_import_fits_a_new_journal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", ".", "--preset", "simple", capsys=capsys)[0] == 0
    code, help, _ = run("import", "--help", capsys=capsys)
    begin, _, behind = help.partition("    import: deals")
    example = f"    import: deals{behind.partition('Begin with')[0]}"
    rows = 'Record ID,Deal Name,Deal Owner,Deal Stage,Amount\n7,Ovens,me,Qualified,"1,200.50"\n'
    write(tmp_path, {"map.yml": example, "deals.csv": rows})
    assert (code, begin != help) == (0, True)
    code, out, err = run("import", "deals.csv", "--map", "map.yml", capsys=capsys)
    assert (code, err) == (0, "") and "1 row: 1 taken." in out
    made = (tmp_path / "deals" / "ovens.md").read_text(encoding="utf-8")
    assert "title: Ovens\nowner: me\nstage: talking\nvalue: 1200.5\n" in made
