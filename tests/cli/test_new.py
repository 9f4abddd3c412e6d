from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.commands import contents, run


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
    config = journal / "pipeline.yml"
    config.write_text(config.read_text().replace("team:\n", "team:\n  tom: Tom\n"))
    code, _, err = run("-C", journal, "new", "deal", "Poe", capsys=capsys)
    assert (code, "Whose deal is it? Give --owner. The team: `tom`, `maria`" in err) == (2, True)


def test_where_one_sells_alone_it_is_theirs(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("-C", journal, "new", "deal", "Poe", capsys=capsys)[0] == 0
    assert "owner: maria\n" in (journal / "deals/poe.md").read_text()


def test_a_second_contact_of_a_name_is_asked_about(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("-C", journal, "new", "contact", "Ann Poe", capsys=capsys)[0] == 0
    code, _, err = run("-C", journal, "new", "contact", "ann poe", capsys=capsys)
    assert code == 2 and "There is a contact `ann-poe` already." in err
    assert not (journal / "contacts/ann-poe-2.md").exists()
    other = ["new", "contact", "Ann Poe", "--id", "ann-poe-2"]
    assert run("-C", journal, *other, capsys=capsys)[0] == 0


def test_a_second_deal_of_a_title_names_the_first(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = "There is a deal `poe` already, so this one is `poe-{}`: undo it if they are one.\n"
    for also, expected in (
        ((), ""),
        ((), said.format(2)),
        (("--id", "poe-x"), ""),
        ((), said.format(3)),
    ):
        deal = ["new", "deal", "Poe", "--next", "fri Call", *also]
        code, _, err = run("-C", journal, *deal, capsys=capsys)
        assert (code, err) == (0, expected)
    deal = ["new", "deal", "Poe", "--next", "yesterday Call"]
    _, _, err = run("-C", journal, *deal, capsys=capsys)
    assert err.startswith(said.format(4).rstrip()) and "this step is overdue" in err


@pytest.mark.parametrize(
    "arguments",
    [("new", "deal", "Poe", "--value", "18.000"), ("set", "acme", "value", "18.000 USD")],
)
def test_what_could_be_two_amounts_is_not_written(
    arguments: tuple[str, ...], journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(journal)
    code, _, err = run("-C", journal, *arguments, capsys=capsys)
    assert (code, contents(journal)) == (1, before)
    assert "Write `18000" in err and "Nothing was written" in err
    assert run("-C", journal, *arguments[:-1], "18000", capsys=capsys)[0] == 0


def test_a_day_that_has_begun_somewhere_has_begun_for_new_deals_too(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    config = journal / "pipeline.yml"
    config.write_text(config.read_text().replace("as-of: 2026-11-20\n", ""))
    evening = dt.datetime(2026, 11, 20, 20, tzinfo=dt.UTC)
    monkeypatch.setattr("site_builder.cli.editing.clock", lambda: evening)
    for command in (("log", "acme", "Called"), ("new", "deal", "Poe")):
        assert run("-C", journal, *command, "--date", "tomorrow", capsys=capsys)[0] == 0
