"""That a note is dated after today is one problem, whatever stands in the note."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.catalogue import deal
from tests.journals import codes

BEFORE = "## 2026-09-01 stage lead\nvalue:: 4000\n\n## 2026-09-10 call with jane-roe\n\n"


@pytest.mark.parametrize(
    ("stage", "front", "note"),
    [
        ("lead", "value: 4000", "call\nvalue:: 5000"),
        ("lead", "value: 5000", "call\nvalue:: 5000"),
        ("lead", "value: 4000", "change\ncategory:: commit"),
        ("lead", "value: 4000", "change\nclose:: 2062-01-01"),
        ("lead", "value: 4000", "change\nvalue:: -5"),
        ("lead", "value: 4000", "stage negotiation"),
        ("negotiation", "value: 4000", "stage negotiation"),
        ("won", "value: 4000", "stage won"),
        ("lost", "value: 4000", "stage lost\nlost-reason:: price"),
        ("lost", "value: 4000\nlost-reason: other", "stage lost\n\nThey merged."),
        ("lead", "value: 4000", "trust from jane-roe"),
    ],
)
@pytest.mark.parametrize("before", [BEFORE, ""])
def test_nothing_follows_from_a_note_of_a_day_to_come(
    before: str, stage: str, front: str, note: str
) -> None:
    front = front if before else front.removeprefix("value: 4000\n").replace("value: 4000", "")
    text = deal(stage=f"stage: {stage}", front=front, notes=f"{before}## 2026-12-20 {note}\n")
    assert codes({"deals/bad.md": text}) == ["future-note"]
    today = dt.date(2026, 12, 31)
    late = codes({"deals/bad.md": text.replace("2026-12-01", "2027-01-10")}, today)
    assert "future-note" not in late


def test_two_that_are_the_same_are_told_for_their_day_alone() -> None:
    notes = "## 2026-12-20 call\n\n## 2026-12-20 call\n"
    assert codes({"deals/bad.md": deal(notes=notes)}) == ["future-note"] * 2


def test_nothing_follows_in_other_files() -> None:
    files = {
        "contacts/jane-roe.md": "---\nname: Jane Roe\n---\n\n## 2026-12-20 like\n",
        "deals/bad.md": deal(notes="## 2026-10-20 trust from jane-roe\n"),
    }
    assert codes(files) == ["future-note"]
    assert codes(files, dt.date(2026, 12, 31)) != []
    files["contacts/jane-roe.md"] = files["contacts/jane-roe.md"].replace(
        "12-20 like", "11-12 call"
    )
    assert codes(files) == ["rung-skipped"]


def test_nor_from_a_level_to_come() -> None:
    text = (
        "---\nname: Co\ntype: company\nlevel: client\n---\n\n## 2026-12-20 change\nlevel:: member\n"
    )
    assert codes({"contacts/co.md": text}) == ["future-note"]
    assert codes({"contacts/co.md": text}, dt.date(2026, 12, 31)) == ["field-mismatch"]


def test_other_deals_are_held_to_theirs() -> None:
    files = {
        "deals/bad.md": deal(notes="## 2026-12-20 change\nvalue:: 5\n"),
        "deals/other.md": deal(front="value: 4", notes="## 2026-10-20 change\nvalue:: 5\n"),
    }
    assert sorted(codes(files)) == ["field-mismatch", "future-note"]
