from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commands import run, write
from tests.query.cases import JOURNAL


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    write(tmp_path, dict(JOURNAL))
    return tmp_path


def test_the_table_has_the_deals_that_are_meant(
    deals: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    code, out, err = run("-C", deals, "list", "stage:lead,offer", "-tag:x", capsys=capsys)
    assert code == 0
    assert [line.split()[:2] for line in out.splitlines()[3:5]] == [["a", "lead"], ["b", "offer"]]
    assert err == "2 of 5 deals, as of 2026-11-20.\n"


@pytest.mark.parametrize("width", [60, 80])
def test_no_word_or_day_is_broken_where_a_terminal_is_narrow(
    deals: Path, width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    _, out, _ = run("-C", deals, "list", "stage:lead,offer", capsys=capsys)
    lines = [line.rstrip() for line in out.splitlines()]
    assert max(map(len, lines)) <= width
    assert lines[1].split() == ["deal", "stage", "owner", "value", "close"]
    at = lines.index("     next: 2026-11-19 Call Jane")
    assert lines[at - 1].split()[:2] == ["a", "lead"]
    assert lines[at + 1] == "     stale: silent, next-step-overdue"


@pytest.mark.parametrize("term", ["-tag:health", "-h:any", "-x", "-tag:pilot"])
def test_a_term_that_begins_with_a_dash_is_no_option(
    deals: Path, term: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("-C", deals, "list", "cafe,bakery", term, "--format", "csv", capsys=capsys)
    assert "Usage" not in out
    assert (code, "no field `h`" in err) in ((0, False), (2, True))


@pytest.mark.parametrize("option", ["--rev", "--today", "--format"])
def test_what_stands_behind_an_option_is_its_value(
    deals: Path, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run("-C", deals, "list", option, "-x", capsys=capsys)
    assert code == 2
    assert "\0" not in err and "\\x00" not in err and "^@" not in err


def test_a_mistake_is_shown_where_it_stands(
    deals: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("-C", deals, "list", "owner:ann", "stage:leed", capsys=capsys)
    assert (code, out) == (2, "")
    assert err == (
        "dealog: `leed` is no value of `stage`. Did you mean `lead`?\n"
        "  owner:ann stage:leed\n"
        "            ^^^^^^^^^^\n"
    )


@pytest.mark.parametrize(
    ("asked", "searched"),
    [
        (("stage:lead", "OR", "stage:offer", "or"), "`OR`, `or`"),
        (("stage:lead", "|", "tag:x"), "`|`"),
        (("(state:open", "state:won)"), "`(state:open`"),
        (("stage:lead", '"nobody or nothing"'), ""),
        (("tag:or,(x)",), ""),
    ],
)
def test_words_of_other_languages_that_find_nothing_are_told(
    deals: Path, asked: tuple[str, ...], searched: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("-C", deals, "list", *asked, capsys=capsys)
    told = err.partition("Searched for as a word: ")[2].partition(". All")[0]
    assert (code, out, told) == (0, "", searched)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("company=acm", "`acm` is no contact. Did you mean `acme`?"),
        ("-company=acm", "`acm` is no contact. Did you mean `acme`?"),
        ("id=aa,a", "`aa` is no deal. The deals: `a`, `b`, `c`, `d`, `e`."),
        ("id=a", ""),
        ("company=jane-roe", ""),
        ('contact="jane roe",nobody stage:later', "`nobody` is no contact. The contacts: `acme`, `jane-roe`."),
    ],
)  # fmt: skip
def test_whom_nobody_knows_is_a_mistake(
    deals: Path, asked: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("-C", deals, "list", asked, capsys=capsys)
    assert code == (2 if told else 0)
    if told:
        assert (out, err.partition("\n")[0]) == ("", f"dealog: {told}")
    assert run("-C", deals, "show", "structure", asked, capsys=capsys)[0] == code


def test_whom_an_error_keeps_out_is_there_all_the_same(
    deals: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(deals, {"contacts/broken.md": "---\nnam: Broken\n---\n"})
    code, _, err = run("-C", deals, "list", "company=broken", capsys=capsys)
    assert (code, "no contact" in err) == (1, False)


def test_json_has_each_deal_with_its_state(deals: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run("-C", deals, "list", "acme", "--format", "json", capsys=capsys)
    found = json.loads(out)
    assert (found["version"], found["today"], found["query"]) == (1, "2026-11-20", "acme")
    (deal,) = found["deals"]
    assert (deal["id"], deal["stage"], deal["state"], deal["company"]) == (
        "a",
        "lead",
        "open",
        "acme",
    )
    assert deal["value"] == {"amount": "10000.00", "currency": "EUR"}
    assert deal["contacts"] == [{"id": "jane-roe", "role": "champion"}]
    assert deal["next"] == {"date": "2026-11-19", "text": "Call Jane"}
    assert deal["stale"] == ["silent", "next-step-overdue"]


def test_csv_is_read_back_and_runs_nothing(deals: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        deals,
        {"deals/f.md": "---\ntitle: '=1+1, \"x\"'\nowner: ben\nstage: lead\nvalue: -5\n---\n"},
    )
    _, out, _ = run("-C", deals, "list", "--format", "csv", capsys=capsys)
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(out))}
    assert set(rows) == set("abcdef")
    assert (rows["f"]["title"], rows["f"]["value"]) == ('\'=1+1, "x"', "-5")
    assert (rows["b"]["value"], rows["b"]["currency"]) == ("30000", "USD")


def test_a_page_of_facts_of_some_deals_alone(
    deals: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["show", "structure", "owner:ben", "-state:won", "--format", "json"]
    _, out, _ = run("-C", deals, *asked, capsys=capsys)
    (pipeline,) = json.loads(out)["pipelines"]
    assert (pipeline["started"], pipeline["won"], pipeline["lost"]) == (2, 0, 0)
