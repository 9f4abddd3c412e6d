from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import contents, run


def test_a_contact_is_renamed_everywhere_and_back(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deal = journal / "deals/acme.md"
    deal.write_text(deal.read_text() + "\n## 2026-11-01 call with jane-roe — [[jane-roe]]\n")
    before = contents(journal)
    code, out, _ = run("-C", journal, "rename", "jane-roe", "jane-poe", capsys=capsys)
    assert code == 0
    assert "contacts/jane-roe.md → " in out
    after = contents(journal)
    assert "contacts/jane-roe.md" not in after
    assert after["contacts/jane-poe.md"] == before["contacts/jane-roe.md"]
    assert not any(b"jane-roe" in data for data in after.values())
    assert run("-C", journal, "check", capsys=capsys)[0] == 0
    assert run("-C", journal, "undo", capsys=capsys)[0] == 0
    assert contents(journal) == before


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("Jane Poe", "Did you mean `jane-poe`?"),
        ("ann-poe", "There is a contact `ann-poe` already"),
        ("acme-deal", "There is a deal `acme-deal`, and links could not mean both"),
        ("jane-roe", "There is a contact `jane-roe` already"),
    ],
)
def test_ids_that_can_t_be(
    journal: Path, new: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (journal / "contacts/ann-poe.md").write_text("---\nname: Ann Poe\n---\n")
    (journal / "deals/acme-deal.md").write_text("---\ntitle: A\n---\n")
    before = contents(journal)
    code, _, err = run("-C", journal, "rename", "contacts/jane-roe", new, capsys=capsys)
    assert (code, said in err) == (2, True)
    assert contents(journal) == before


@pytest.mark.parametrize(
    "text",
    ["no front matter jane-roe", "---\nname: Many\n---\n" + "\n## 2026-01-01 call\n" * 2_001],
)
def test_nothing_is_renamed_beside_files_that_can_t_be_read_whole(
    journal: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (journal / "contacts/bad.md").write_text(text)
    before = contents(journal)
    code, _, err = run("-C", journal, "rename", "jane-roe", "jane-poe", capsys=capsys)
    assert (code, "1 file can't be read whole, as contacts/bad.md" in err) == (2, True)
    assert contents(journal) == before
    assert "while a file can't be read whole" in run("rename", "--help", capsys=capsys)[1]
