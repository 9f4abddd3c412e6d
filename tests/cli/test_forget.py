from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from site_builder.files.cache import Cache
from tests.catalogue import BASE, deal
from tests.commands import contents, run, write
from tests.repositories import QUIET, Repo

DEAL = deal("contacts: [jane-roe champion]", "\n## 2026-10-12 call with jane-roe\nJane laughed.\n")


def test_it_is_shown_first_done_and_undone(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, {"deals/bad.md": DEAL})
    before = contents(journal)
    code, out, err = run("-C", journal, "forget", "jane-roe", "--diff", capsys=capsys)
    assert code == 0 and contents(journal) == before
    assert "  - contacts: [jane-roe champion]\n" in out and "  + ## 2026-10-12 call\n" in out
    assert "deals/bad.md:9:1: Jane laughed." in err and "undo" not in err
    code, out, err = run("-C", journal, "forget", "jane-roe", capsys=capsys)
    after = contents(journal)
    assert code == 0 and "contacts/jane-roe.md" not in after
    assert not any(b"jane-roe" in data for data in after.values())
    assert "`dealog undo` brings it back" in err and "git's history" not in err
    assert run("-C", journal, "check", capsys=capsys)[0] == 0
    assert run("-C", journal, "undo", capsys=capsys)[0] == 0
    assert contents(journal) == before


@pytest.mark.parametrize("is_room", [True, False])
def test_what_undoes_it_is_promised_where_it_is_kept_and_no_other_edit_is_undone(
    journal: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    is_room: bool,
) -> None:
    """A full disk has no room for that, and lets a file be removed."""
    assert run("-C", journal, "log", "acme", "Called them", capsys=capsys)[0] == 0
    before = contents(journal)
    with monkeypatch.context() as full:
        if not is_room:
            full.setattr(Cache, "write", lambda *_: False)
        code, _, err = run("-C", journal, "forget", "jane-roe", capsys=capsys)
    after = contents(journal)
    assert code == 0 and ("`dealog undo` brings it back" in err) == is_room
    assert ("`dealog undo` can't take this back" in err) == (not is_room)
    assert run("-C", journal, "undo", capsys=capsys)[0] == (0 if is_room else 2)
    assert contents(journal) == (before if is_room else after)


def test_a_part_of_an_id_is_enough_to_look_but_not_to_forget(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(journal)
    assert run("-C", journal, "forget", "jane", "--diff", capsys=capsys)[0] == 0
    code, _, err = run("-C", journal, "forget", "jane", capsys=capsys)
    assert code == 2 and contents(journal) == before
    assert "Is it `jane-roe`, Jane Roe, who" in err and "`dealog forget jane-roe`" in err
    for whole in ("contacts/jane-roe.md", "Jane Roe"):
        assert run("-C", journal, "forget", whole, "--diff", capsys=capsys)[0] == 0
    assert run("-C", journal, "forget", "contacts/jane-roe.md", capsys=capsys)[0] == 0
    assert "contacts/jane-roe.md" not in contents(journal)


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repo:
    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)
    made = Repo(tmp_path / "journal")
    made.commit(BASE)
    return made


def test_it_says_what_the_history_holds_and_how_that_is_rewritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)
    repo = Repo(tmp_path / "all")
    sales = {f"sales/{path}": text for path, text in BASE.items() if "jane" not in path}
    repo.write({**sales, "sales/contacts/old-jane.md": BASE["contacts/jane-roe.md"]})
    repo.commit()
    repo.git("mv", "sales/contacts/old-jane.md", "sales/contacts/jane-roe.md")
    repo.commit()
    repo.git("remote", "add", "origin", "https://maria:zqtoken@forge.example/sales.git")
    folder = repo.folder / "sales"
    code, _, err = run("-C", folder, "forget", "jane-roe", "--commit", capsys=capsys)
    assert code == 0 and "zqtoken" not in err
    assert "contacts/jane-roe.md in 3 commits" in err
    assert "  git clone https://forge.example/sales.git ../rewritten" in err
    texts = (
        r"'regex:(?i)Jane\s+Roe==>somebody' 'regex:(?i)jane\-roe==>somebody' 'regex:(?i)(?<!\w)jane"
    )
    assert f"  printf '%s\\n' {texts}" in err and "' > ../forget.txt\n" in err
    assert (
        "  git filter-repo --invert-paths --path sales/contacts/jane-roe.md "
        "--path sales/contacts/old-jane.md --replace-text ../forget.txt "
        "--replace-message ../forget.txt" in err
    )
    assert "jane" not in repo.git("log", "-1", "--format=%B").lower()


@pytest.mark.parametrize(
    ("remote", "cloned"),
    [
        ("https://token@forge.example/a.git", "https://forge.example/a.git"),
        ("ssh://git@forge.example/a.git", "ssh://git@forge.example/a.git"),
        ("git@forge.example:a.git", "git@forge.example:a.git"),
    ],
)
def test_the_remote_is_named_without_what_is_secret_in_it(
    remote: str, cloned: str, repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.git("remote", "add", "origin", remote)
    _, _, err = run("-C", repo.folder, "forget", "jane-roe", "--diff", capsys=capsys)
    assert f"  git clone {cloned} ../rewritten &&" in err


def test_where_no_text_means_a_contact_none_is_replaced(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.commit({"contacts/bo.md": "---\nname: Bo\n---\n"})
    _, _, err = run("-C", repo.folder, "forget", "bo", "--diff", capsys=capsys)
    assert "  git filter-repo --invert-paths --path contacts/bo.md\n" in err
    assert "forget.txt" not in err


def test_what_is_printed_to_be_typed_runs_nothing_that_a_contact_says(
    repo: Repo, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "Eve Il\n  END\n  touch pwned; `touch pwned` $(touch pwned) 'touch pwned'\n"
    repo.commit({"contacts/eve-il.md": f"---\nname: |\n  {name}---\n"})
    _, _, err = run("-C", repo.folder, "forget", "eve-il", "--diff", capsys=capsys)
    (line,) = [row for row in err.split("\n") if row.startswith("  printf")]
    inside = repo.folder / "contacts"
    subprocess.run(["sh", "-c", line], cwd=inside, check=True)
    written = (repo.folder / "forget.txt").read_text().splitlines()
    assert written[1:2] == [r"regex:(?i)eve\-il==>somebody"]
    assert written[0].startswith(r"regex:(?i)Eve\s+Il\s+END\s+touch")
    assert not list(repo.folder.rglob("pwned"))
