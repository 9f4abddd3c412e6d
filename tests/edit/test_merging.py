from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pytest

from site_builder.edit.existing import Existing
from site_builder.edit.merging import Difference, differences, merged, refuse_kinds
from site_builder.edit.refusals import NotDone
from site_builder.edit.writing import FrontValue
from tests.edit.desks import existing

DAY = dt.date(2026, 11, 20)


def file(text: str, id: str) -> Existing:
    path = f"contacts/{id}.md" if text.startswith("---") else f"contacts/{id}.yml"
    made = existing(text, path)
    return Existing(id, made.path, made.data, made.text, made.document)


def merge(gone: str, kept: str, choices: Mapping[str, FrontValue] | None = None) -> str:
    return merged(file(gone, "b"), file(kept, "a"), choices or {}, DAY, "").decode()


def test_what_differs() -> None:
    gone = "---\nname: B\nemail: A@x.example\nphone: 030/1\ncompany: a\ntags: [x]\nx-a: 1\nrole: R\n---\n"
    kept = "---\nname: A\nemail: a@x.example\nphone: 0301\ncompany: c\ntags: [y]\nx-a: 2\n---\n"
    assert differences(file(gone, "b"), file(kept, "a")) == [
        Difference("name", "B", "A"),
        Difference("x-a", "1", "2"),
    ]


def test_fields_of_both() -> None:
    gone = (
        "---\nname: A\nrole: R\nsocial: [https://b.example]\ntags: [y, z]\nx-source-id: m/2\n"
        "introduced-by: a\n---\n"
    )
    kept = "---\nname: A # me\ntags: [x, y]\nx-source-id: m/1\nx-z: 'q'\n---\n"
    assert merge(gone, kept) == (
        "---\nname: A # me\nrole: R\nsocial: [https://b.example]\ntags: [x, y, z]\n"
        'x-source-id: ["m/1", "m/2"]\nx-z: \'q\'\n---\n\n'.replace('"', "")
        + "## 2026-11-20 note — Merged with b\n\n- introduced-by: a (of b)\n"
    )


def test_nothing_is_noted_where_all_fits() -> None:
    assert merge("---\nname: A\n---\n", "---\nname: A\n---\n") == "---\nname: A\n---\n"


def test_who_was_introduced_by_the_one_that_goes() -> None:
    made = merge("---\nname: A\n---\n", "---\nname: A\nintroduced-by: a\nrole: R\n---\n")
    assert made.startswith("---\nname: A\nrole: R\n---\n")
    assert "- introduced-by: a (of a)" in made


def test_texts_above_the_notes() -> None:
    gone = "---\nname: A\n---\nTea.\n"
    assert merge(gone, "---\nname: A\n---\nWater.\n\n## 2026-11-01 call\n") == (
        "---\nname: A\n---\nWater.\n\nTea.\n\n## 2026-11-01 call\n"
    )
    assert merge(gone, "---\nname: A\n---\nTea.\n") == gone
    assert "    Tea.\n" in merge(gone, "name: A\nsummary: Water.\n")


LEVELS = "---\nname: A\ntype: company\nlevel: {}\n---\n\n## {} change\nlevel:: {}\n"


@pytest.mark.parametrize(("choice", "kind"), [("member", "note"), ("client", "change")])
def test_the_level_that_is_chosen_is_what_the_last_note_says(choice: str, kind: str) -> None:
    gone, kept = (
        LEVELS.format("client", "2026-01-01", "client"),
        LEVELS.format("member", "2026-02-01", "member"),
    )
    made = merge(gone, kept, {"level": choice})
    assert f"\nlevel: {choice}\n" in made
    assert f"## 2026-11-20 {kind} — Merged with b\n" in made
    assert made.count("level:: ") == (3 if kind == "change" else 2)


def test_notes_that_a_block_of_code_would_swallow_are_refused() -> None:
    gone = "---\nname: A\n---\n## 2026-11-01 call\n\n```\n\n## 2026-11-02 call\n"
    kept = "---\nname: A\n---\n## 2026-11-01 note\n\n## 2026-11-05 call\n\n```\ncode\n```\n"
    with pytest.raises(NotDone, match="without changing what they say"):
        merge(gone, kept)


def test_a_person_is_no_company() -> None:
    with pytest.raises(
        NotDone, match="`b` is a person and `a` a company.*`dealog set b type company`"
    ):
        refuse_kinds(
            file("---\nname: A\n---\n", "b"), file("---\nname: A\n---\n", "a"), [False, True]
        )
