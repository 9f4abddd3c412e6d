from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import run, write


@pytest.fixture
def twins(journal: Path) -> Path:
    write(
        journal,
        {
            "contacts/jane-roe.md": "---\nname: Jane Roe\nemail: j@x.example\n---\n",
            "contacts/j-roe.md": "---\nname: J. Roe\nemail: J@x.example\n---\n",
            "contacts/acme.md": "---\nname: Acme\ntype: company\n---\n",
            "contacts/acme-inc.md": "---\nname: Acme, Inc.\ntype: company\n---\n",
        },
    )
    return journal


def test_pairs_with_why_and_what_to_type(twins: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run("-C", twins, "dupes", capsys=capsys)
    assert (code, err) == (0, "2 likely pairs among 4 contacts, as of 2026-11-20.\n")
    assert out == (
        "acme-inc → acme\n  `Acme, Inc.` and `Acme` are the same name.\n"
        "  dealog merge acme-inc into acme\n\n"
        "jane-roe → j-roe\n  Both have the mail `j@x.example`.\n"
        "  dealog merge jane-roe into j-roe\n"
    )


def test_as_json(twins: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run("-C", twins, "dupes", "--format", "json", capsys=capsys)
    said = json.loads(out)
    assert (code, said["version"], said["today"], len(said["pairs"])) == (0, 1, "2026-11-20", 2)
    assert said["pairs"][1] == {
        "gone": "jane-roe",
        "kept": "j-roe",
        "sign": "email",
        "value": "j@x.example",
        "command": "dealog merge jane-roe into j-roe",
    }


def test_what_is_told_can_be_typed(twins: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run("-C", twins, "dupes", "--format", "json", capsys=capsys)
    for pair in json.loads(out)["pairs"]:
        words = [*pair["command"].split()[1:], "--prefer", pair["kept"]]
        assert run("-C", twins, *words, capsys=capsys)[0] == 0
    assert run("-C", twins, "dupes", capsys=capsys)[1] == ""


def test_a_link_says_that_two_are_two(twins: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("-C", twins, "log", "acme-inc", "Not [[acme]]: of the same name", capsys=capsys)
    run("-C", twins, "log", "j-roe", "Not [[jane-roe]]", capsys=capsys)
    assert run("-C", twins, "dupes", capsys=capsys)[:2] == (0, "")
