"""Notes that have a problem of their own are not said to stand twice; and what contacts' notes
can't have is told for contacts."""

from __future__ import annotations

import pytest

from tests.catalogue import deal
from tests.journals import codes, loaded

YAML = "title: Y\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\nnotes:\n"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("with: nobody", "with: noone"),
        ("by: tom", "by: tim"),
        ("value: x", "value: y"),
        ("foo: x", "bar: y"),
        ("headlin: A", "headline: [B]"),
        ("text: [a, b]", "text: [c, d]"),
        ("time: 9-30", "time: 10-30"),
        ("x-own: 1", "x-own: 2"),
    ],
)
def test_notes_of_yaml_with_problems_are_not_the_same(one: str, other: str) -> None:
    notes = "".join(f"- {{date: 2026-10-01, kind: call, {each}}}\n" for each in (one, other))
    assert "duplicate-note" not in codes({"deals/y.yml": YAML + notes})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("call with nobody", "call with noone"),
        ("call by tom", "call by tim"),
        ("call\nvalue:: x", "call\nvalue:: y"),
        ("call\nfoo:: x", "call\nbar:: y"),
        ("call\nx-own:: 1", "call\nx-own:: 2"),
        ("stage leda", "stage lead"),
        ("stage lead\nfoo:: x", "stage lead"),
    ],
)
def test_nor_are_others(one: str, other: str) -> None:
    notes = "".join(f"## 2026-10-01 {each}\n\n" for each in (one, other))
    assert "duplicate-note" not in codes({"deals/bad.md": deal(notes=notes)})


def test_a_move_between_two_of_the_same_may_be_a_wrong_one() -> None:
    notes = "## 2026-10-01 stage lead\n\n## 2026-10-01 stage {}\n\n## 2026-10-01 stage lead\n"
    assert "duplicate-note" not in codes({"deals/bad.md": deal(notes=notes.format("xyz"))})
    assert "duplicate-note" in codes({"deals/bad.md": deal(notes=notes.format("lead"))})


def test_what_is_right_beside_a_problem_is_told_to_stand_twice() -> None:
    notes = "## 2026-10-01 call\n\n## 2026-10-01 call\n\n## 2026-10-01 call by tom\n"
    assert codes({"deals/bad.md": deal(notes=notes)}) == ["duplicate-note", "unknown-person"]


CONTACT = "---\nname: Jane Roe\n---\n\n"


@pytest.mark.parametrize("name", ["lost-reason", "override", "asked-by"])
@pytest.mark.parametrize("type", ["", "type: company\n"])
def test_fields_of_stage_notes_are_none_of_contacts(name: str, type: str) -> None:
    text = CONTACT.replace("\n---\n\n", f"\n{type}---\n\n") + f"## 2026-10-01 call\n{name}:: us\n"
    (problem,) = loaded({"contacts/jane-roe.md": text}).problems
    assert (problem.code, problem.span.column) == ("unknown-field", 1)
    assert problem.span.end_column == 1 + len(name)
    assert problem.message == f"`{name}` is not a field of `call` notes of contacts."
    assert problem.help == "It belongs to `stage` notes, which stand in files of deals."


def test_in_deals_they_are_of_stage_notes() -> None:
    text = deal(notes="## 2026-10-01 call\nlost-reason:: price\n")
    (problem,) = loaded({"deals/bad.md": text}).problems
    assert problem.help == "It belongs to notes of kind `stage`."


def test_no_contact_is_told_where_to_set_them() -> None:
    text = "## 2026-10-01 call\n\nA word.\nlost-reason:: price\n\namount:: 5\n"
    found = loaded({"contacts/jane-roe.md": CONTACT + text}).problems
    assert [(p.code, p.span.line) for p in found] == [("misplaced-field", 10)]
    assert codes({"deals/bad.md": deal(notes=text)}) == ["misplaced-field"] * 2


@pytest.mark.parametrize(
    "heading", ["stage won", "Stage won", "stage", "stag won", "stage won Yes"]
)
def test_a_stage_note_of_a_contact_is_one_problem(heading: str) -> None:
    text = f"{CONTACT}## 2026-10-01 {heading}\n"
    (problem,) = loaded({"contacts/jane-roe.md": text}).problems
    assert (problem.message, problem.help) == (
        "Only deals have stages.",
        "Move this note to the deal's file.",
    )
    dayless = loaded({"contacts/jane-roe.md": text.replace("10-01", "10-32")}).problems
    assert [p.code for p in dayless] == ["invalid-note"]
