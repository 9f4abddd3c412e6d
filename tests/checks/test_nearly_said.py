"""Nothing follows from fields and ticks that are nearly right: each is told once."""

from __future__ import annotations

import pytest

from tests.catalogue import deal
from tests.journals import loaded

BEFORE = "## 2026-10-01 change\nvalue:: 400\n\n## 2026-10-24 change\n"
FRONT = "value: 500\nclose: 2026-12-12\nprobability: 50%"


def told(text: str) -> list[tuple[str, int]]:
    return [(p.code, p.span.line) for p in loaded({"deals/bad.md": text}).problems]


@pytest.mark.parametrize(
    "slip",
    ["value: 500", "value :: 500", "\u00a0value:: 500", "- value:: 500", "value::500", "value∷ 500", "v\u0430lue:: 500"],
)  # fmt: skip
def test_a_slip_in_one_field_keeps_no_other_from_being_meant(slip: str) -> None:
    notes = f"{BEFORE}{slip}\nclose:: 2026-12-12\nprobability:: 50%\n"
    text = deal(front=FRONT, notes=notes)
    assert told(text) == [("misplaced-field", text[: text.rindex(slip)].count("\n") + 1)]
    right = text[: text.rindex(slip)] + "value:: 500" + text[text.rindex(slip) + len(slip) :]
    assert told(right) == []


@pytest.mark.parametrize("line", ["<br>", "x-a: b", "Said on the phone:"])
def test_fields_below_a_line_that_is_none_are_told_once(line: str) -> None:
    front = FRONT.replace("value: 500", "value: 400")
    notes = f"{BEFORE}{line}\nclose:: 2026-12-12\nprobability:: 50%\n"
    text = deal(front=front, notes=notes)
    (problem,) = loaded({"deals/bad.md": text}).problems
    row = text[: text.index("close:: ")].count("\n") + 1
    assert (problem.code, problem.span.line) == ("misplaced-field", row)
    assert problem.help.endswith("to set the field; and below it `probability:: …`.")


def test_fields_elsewhere_are_told_line_by_line() -> None:
    notes = f"{BEFORE}\nvalue:: 500\nclose:: 2026-12-12\n\nprobability:: 50%\n"
    text = deal(front=FRONT, notes=notes)
    assert [code for code, _ in told(text)] == ["misplaced-field"] * 3


@pytest.mark.parametrize(
    "tick",
    ["- [x]decision-map", "> - [x] decision-map", "- [x] decision-mapp", "[x] decision-map", "☑ decision-map",
     "- [xx] decision-map", "- [x] Decision process mapped", "- [x] decision-map and so on", "- [x decision-map"],
)  # fmt: skip
def test_no_gate_follows_from_a_tick_that_is_nearly_one(tick: str) -> None:
    notes = f"## 2026-10-01 stage qualification\n\n{tick}\n\n## 2026-10-24 stage decision\n"
    assert told(deal(stage="stage: decision", notes=notes)) == [("unknown-step", 9)]
    other = notes.replace(tick, "- [x] call them")
    assert told(deal(stage="stage: decision", notes=other)) == [("gate-unmet", 11)]


def test_no_gate_follows_from_a_reason_that_is_nearly_given() -> None:
    notes = "## 2026-10-01 stage qualification\n\n## 2026-10-24 stage decision\noverride: told so\n"
    assert told(deal(stage="stage: decision", notes=notes)) == [("misplaced-field", 10)]


@pytest.mark.parametrize(
    ("tick", "help"),
    [
        ("- [x]  [x] decision-map", "Write `- [x] decision-map`."),
        ("- [x] decision – map", "Write `- [x] decision-map`."),
        ("- [x] decision-map decision-map", "Write a line for each: `- [x] decision-map`, `- [x] decision-map`."),
    ],
)  # fmt: skip
def test_what_to_type_for_a_tick_with_more_in_it(tick: str, help: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal(notes=f"## 2026-10-24 call\n\n{tick}\n")}).problems
    assert problem.help == help


@pytest.mark.parametrize(
    "text",
    ["a[[0]]", "[[1]]", "m[[1,2]]", "a[[i]]", "![[pic.png]]", "[[offer.pdf#page=2]]", "if [[ -f x ]]; then"],
)  # fmt: skip
def test_brackets_that_are_no_link(text: str) -> None:
    assert told(deal(notes=f"## 2026-10-24 call\n\n{text}\n")) == []


@pytest.mark.parametrize(
    "text", ["[[x]]", "[[nobody]]", "![[nobody]]", "[[notes/nobody.md]]", "[[jane ro]]"]
)
def test_links_to_nobody_are_still_told(text: str) -> None:
    assert told(deal(notes=f"## 2026-10-24 call\n\n{text}\n")) == [("unknown-link", 9)]


@pytest.mark.parametrize(
    ("front", "char"),
    [
        ("v\u0430lue: 5", "U+0430, cyrillic small letter a"),
        ("value: \u22125", "U+2212, minus sign"),
        ("close: 2026\u201112\u201112", "U+2011, non-breaking hyphen"),
        ("company: j\u0430ne-roe", "U+0430, cyrillic small letter a"),
    ],
)
def test_a_character_that_looks_like_another_is_named(front: str, char: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal(front=front)}).problems
    assert problem.message.endswith(f"; there is {char}, in it.")


@pytest.mark.parametrize("line", ["ty: company", "is: company", "t: company"])
def test_nothing_follows_from_a_type_by_any_name(line: str) -> None:
    files = {
        "contacts/kestrel.md": f"---\nname: Kestrel\n{line}\n---\n",
        "deals/bad.md": deal(front="company: kestrel"),
    }
    (problem,) = loaded(files).problems
    assert (problem.code, problem.help) == ("unknown-field", "Write `type: company`.")


@pytest.mark.parametrize(
    ("path", "note", "help"),
    [
        ("deals/bad.md", "## 2026-10-24 know with jane-roe\n", "Write `know from jane-roe` where they know us, `know to jane-roe` where"),
        ("contacts/x.yml", "notes:\n- {date: 2026-10-24, kind: know, with: jane-roe}\n", "Write `from: jane-roe` where they know us, `to: jane-roe` where"),
    ],
)  # fmt: skip
def test_a_rung_with_somebody_keeps_who_it_is(path: str, note: str, help: str) -> None:
    text = deal(notes=note) if path.endswith(".md") else f"name: X\n{note}"
    (problem,) = loaded({path: text}).problems
    assert problem.help.startswith(help)
