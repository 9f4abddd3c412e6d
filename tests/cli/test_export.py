from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from site_builder.journal.contact import Contact
from tests.catalogue import BASE, deal
from tests.commands import run, write

JANE = """\
---
name: Jane; Roe, "the \\ one"
company: acme-analytics
role: Head of Data
email: jane@acme.example
phone: "+351 99 81"
social: [https://social.example/@jane]
tags: [press, a;b]
---
"""
ACME = "---\nname: Acme Analytics\ntype: company\nwebsite: https://acme.example\n---\n"
ODD = {
    "pipeline.yml": BASE["pipeline.yml"]
    + "audiences:\n  them: {deals: {where: 'tag:them', show: [title, value]}}\n",
    "deals/odd.md": deal(
        "value: -3.50 USD\ncontacts: [jane-roe champion]\ntags: ['=1+1', them]\nchannel: '=cmd()'\n"
        "their-win: '@x'\nsource: '+x'\npresent-state: |\n  -x\n  y"
    ),
    "contacts/jane-roe.md": JANE,
    "contacts/acme-analytics.md": ACME,
}


@pytest.fixture
def odd(journal: Path) -> Path:
    write(journal, ODD)
    return journal


def exported(journal: Path, *words: str, capsys: pytest.CaptureFixture[str]) -> str:
    code, out, _ = run("-C", journal, "export", *words, capsys=capsys)
    assert code == 0
    return out


def test_all_fields_are_a_table_in_which_nothing_runs(
    odd: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = exported(odd, "deals", "tag:them", capsys=capsys)
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["id"], row["title"], row["owner"], row["stage"]) == ("odd", "Bad", "maria", "lead")
    assert (row["value"], row["contacts"], row["next"]) == (
        "'-3.50 USD", "jane-roe champion", "2026-12-01 Call Jane",
    )  # fmt: skip
    assert row["tags"] == "'=1+1, them" and row["channel"] == "'=cmd()"
    assert (row["their-win"], row["source"]) == ("'@x", "'+x")
    assert row["present-state"] == "'-x\ny" and row["company"] == ""


def test_the_same_as_json_with_nothing_lost(odd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(exported(odd, "deals", "tag:them", "--format", "json", capsys=capsys))
    assert (found["version"], found["today"]) == (1, "2026-11-20")
    (row,) = found["deals"]
    assert row["value"] == {"amount": "-3.50", "currency": "USD"}
    assert row["next"] == {"date": "2026-12-01", "text": "Call Jane"}
    assert row["contacts"] == [{"id": "jane-roe", "role": "champion"}]
    assert row["channel"] == "=cmd()" and row["company"] is None and row["stage"] == "lead"


def test_contacts_of_meant_deals_are_cards(odd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = exported(odd, "contacts", "tag:them", "--format", "vcard", capsys=capsys)
    name = 'Jane\\; Roe\\, "the \\\\ one"'
    assert text.replace("\r\n", "\n") == (
        f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nN:;{name};;;\nORG:Acme Analytics\n"
        "TITLE:Head of Data\nEMAIL;TYPE=INTERNET:jane@acme.example\nTEL:+351 99 81\n"
        "URL:https://social.example/@jane\nCATEGORIES:press,a\\;b\nEND:VCARD\n"
    )
    everybody = exported(odd, "contacts", "--format", "vcard", capsys=capsys)
    assert "FN:Acme Analytics\r\nN:;;;;\r\nORG:Acme Analytics\r\nX-ABSHOWAS:COMPANY" in everybody


def test_an_audience_gets_what_it_is_shown(odd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = exported(odd, "deals", "--audience", "them", capsys=capsys)
    assert list(csv.reader(io.StringIO(text))) == [
        ["id", "title", "value"],
        ["bad", "Bad", "'-3.50 USD"],
    ]
    text = exported(odd, "contacts", "--audience", "them", "--format", "json", capsys=capsys)
    assert json.loads(text)["contacts"] == []
    code, _, err = run("-C", odd, "export", "deals", "--audience", "thm", capsys=capsys)
    assert code == 2 and "Did you mean `them`?" in err


def test_deals_are_no_cards(odd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("-C", odd, "export", "deals", "--format", "vcard", capsys=capsys)
    assert (code, out) == (2, "") and "export contacts --format vcard" in err


def test_a_field_of_a_pipeline_is_told_from_what_else_a_deal_has(
    odd: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = BASE["pipeline.yml"].replace("fields:\n", "fields:\n      path: {type: text}\n", 1)
    write(odd, {"pipeline.yml": config, "deals/odd.md": deal("path: Its own\ntags: [them]")})
    (row,) = csv.DictReader(io.StringIO(exported(odd, "deals", "tag:them", capsys=capsys)))
    assert row["path"] == "Its own"


def test_of_many_cards_none_is_looked_for_among_the_others(
    odd: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[object] = []
    monkeypatch.setattr(Contact, "__eq__", lambda one, _other: compared.append(one))
    text = exported(odd, "contacts", "--format", "vcard", capsys=capsys)
    assert text.count("BEGIN:VCARD") == 2 and not compared
