"""Front matter and notes that disagree: what git tells of the file says which one is behind."""

from __future__ import annotations

import datetime as dt

import pytest

from site_builder.files.git import Version
from tests.catalogue import PIPELINE, deal
from tests.edit.test_repairs import after, mended

MARIA = "maria@kestrel.example"
TEAM = PIPELINE.replace("Maria Lopez}", f"Maria Lopez, email: {MARIA}}}")
NOTES = "## 2026-10-01 stage lead\n\n## 2026-10-05 change\nvalue:: 500\n"
LEAD = deal(front="value: 500", notes=NOTES)


def since(text: str, day: int = 10, email: str = "") -> Version:
    return Version(dt.date(2026, 11, day), email, text.encode())


def fixed(text: str, *versions: Version) -> str | None:
    return after(mended({"pipeline.yml": TEAM, "deals/bad.md": text}, *versions))


MOVED = LEAD.replace("stage: lead\n", "stage: qualification\n", 1)


def test_a_stage_that_was_committed_in_front_matter_alone() -> None:
    note = "\n## 2026-11-12 stage qualification by maria\n"
    assert fixed(MOVED, since(MOVED, 12, MARIA), since(LEAD)) == MOVED + note


def test_one_that_is_not_committed_yet_has_the_day_of_today() -> None:
    assert fixed(MOVED, since(LEAD)) == MOVED + "\n## 2026-11-20 stage qualification\n"


def test_what_was_committed_since_makes_no_difference() -> None:
    told = MOVED.replace("title: Bad", "title: Good")
    note = "\n## 2026-11-12 stage qualification\n"
    assert fixed(told, since(told, 15), since(MOVED, 12), since(LEAD)) == told + note


def test_line_ends_of_the_working_tree_are_no_change() -> None:
    made = fixed(MOVED.replace("\n", "\r\n"), since(MOVED, 12), since(LEAD))
    assert made == (MOVED + "\n## 2026-11-12 stage qualification\n").replace("\n", "\r\n")


def test_each_move_has_its_note() -> None:
    before = MOVED + "\n## 2026-11-12 stage qualification\n- [x] decision-map\n"
    front = "stage: qualification\nnext"
    now = before.replace(front, "stage: negotiation\nnext")
    between = before.replace(front, "stage: decision\nnext")
    made = fixed(now, since(now, 16), since(between, 14), since(before, 12))
    assert made == now + "\n## 2026-11-14 stage decision\n\n## 2026-11-16 stage negotiation\n"


def test_newest_first_it_stands_first() -> None:
    notes = "\n## 2026-10-05 call\n\n## 2026-10-01 stage lead\n"
    before, now = deal(notes=notes), deal(stage="stage: qualification", notes=notes)
    made = fixed(now, since(now, 12), since(before))
    assert made == now.replace(
        "## 2026-10-05", "## 2026-11-12 stage qualification\n\n## 2026-10-05"
    )


def test_a_value_that_was_changed_in_front_matter_alone() -> None:
    now = LEAD.replace("value: 500", "value: 700 # at last")
    made = fixed(now, since(now, 12, MARIA), since(LEAD))
    assert made == now + "\n## 2026-11-12 change by maria\nvalue:: 700\n"


@pytest.mark.parametrize(
    ("note", "field"),
    [
        ("## 2026-11-12 change\nvalue:: 700\n", "value: 700 EUR"),
        ("## 2026-11-12 stage qualification\n", ""),
    ],
)
def test_a_note_that_was_added_alone(note: str, field: str) -> None:
    now = f"{LEAD}\n{note}"
    made = fixed(now, since(now, 12), since(LEAD))
    assert made == (now.replace("value: 500", field) if field else MOVED + f"\n{note}")


def test_where_both_were_changed_neither_is() -> None:
    now = MOVED + "\n## 2026-11-12 stage decision\n"
    assert fixed(now, since(now, 12), since(LEAD)) is None


def test_where_they_never_agreed_neither_is() -> None:
    assert fixed(MOVED, since(MOVED, 12)) is None
    assert fixed(MOVED, since(MOVED, 12), since("no journal")) is None


def test_a_move_before_the_last_stage_note_is_none() -> None:
    early = Version(dt.date(2026, 9, 1), "", MOVED.encode())
    assert fixed(MOVED, early, Version(dt.date(2026, 8, 1), "", LEAD.encode())) is None


def test_a_gate_that_is_unmet_is_left_to_people() -> None:
    now = LEAD.replace("stage: lead\n", "stage: decision\n", 1)
    assert fixed(now, since(now, 12), since(LEAD)) is None


def test_in_yaml_too() -> None:
    before = (
        "title: Bad\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\nnotes:\n"
        "  - date: 2026-10-01\n    kind: stage\n    stage: lead\n"
    )
    now = before.replace("stage: lead", "stage: qualification", 1)
    made = mended({"deals/bad.yml": now}, since(now, 12), since(before))
    note = "  - date: 2026-11-12\n    kind: stage\n    stage: qualification\n"
    assert after(made, "deals/bad.yml") == now + note
