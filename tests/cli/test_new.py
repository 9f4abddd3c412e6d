from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import run


def test_a_deal_and_its_contacts(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    company = ["new", "contact", "Poe & Sons", "--type", "company"]
    assert run("-C", journal, *company, capsys=capsys)[0] == 0
    person = ["new", "contact", "Ann Poe", "--company", "poe-and-sons", "--email", "a@poe.example"]
    assert run("-C", journal, *person, capsys=capsys)[0] == 0
    assert (journal / "contacts/ann-poe.md").read_text() == (
        "---\nname: Ann Poe\ncompany: poe-and-sons\nemail: a@poe.example\n---\n"
    )
    deal = [
        "new", "deal", "Poe: two sites", "--company", "poe", "--contact", "ann-poe champion",
        "--owner", "maria", "--value", "48 000 USD", "--close", "+30d", "--next", "fri Call them",
    ]  # fmt: skip
    code, out, err = run("-C", journal, *deal, capsys=capsys)
    assert (code, err) == (0, "")
    assert out.startswith(f"{(journal / 'deals/poe-two-sites.md')}"[-22:]) or "poe-two-sites" in out
    assert (journal / "deals/poe-two-sites.md").read_text() == (
        '---\ntitle: "Poe: two sites"\ncompany: poe-and-sons\ncontacts: [ann-poe champion]\n'
        "owner: maria\nstage: lead\nvalue: 48 000 USD\nclose: 2026-12-20\n"
        "next: 2026-11-27 Call them\n---\n\n## 2026-11-20 stage lead\n"
    )
    assert run("-C", journal, "check", capsys=capsys)[0] == 0


def test_what_would_be_wrong_is_not_begun(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deal = ["new", "deal", "Poe", "--owner", "maria", "--value", "48,000"]
    code, out, err = run("-C", journal, *deal, capsys=capsys)
    assert (code, out) == (1, "")
    assert "deals/poe.md:5:8: error[invalid-value]" in err
    assert not (journal / "deals/poe.md").exists()


def test_a_deal_has_an_owner(journal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("-C", journal, "new", "deal", "Poe", capsys=capsys)
    assert (code, "Whose deal is it? Give --owner. The team: `maria`" in err) == (2, True)
