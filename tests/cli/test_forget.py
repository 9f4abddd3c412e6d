from __future__ import annotations

from pathlib import Path

import pytest

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
    assert "deals/bad.md:9: Jane laughed." in err and "undo" not in err
    code, out, err = run("-C", journal, "forget", "jane-roe", capsys=capsys)
    after = contents(journal)
    assert code == 0 and "contacts/jane-roe.md" not in after
    assert not any(b"jane-roe" in data for data in after.values())
    assert "`dealog undo` brings it back" in err and "git's history" not in err
    assert run("-C", journal, "check", capsys=capsys)[0] == 0
    assert run("-C", journal, "undo", capsys=capsys)[0] == 0
    assert contents(journal) == before


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
    assert "  literal:Jane Roe==>somebody\n" in err and "  literal:jane-roe==>somebody\n" in err
    assert (
        "  git filter-repo --invert-paths --path sales/contacts/jane-roe.md "
        "--path sales/contacts/old-jane.md --replace-text ../forget.txt "
        "--replace-message ../forget.txt" in err
    )
    assert "jane" not in repo.git("log", "-1", "--format=%B").lower()
