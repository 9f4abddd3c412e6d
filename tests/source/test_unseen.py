"""Characters that nobody sees, in YAML: each is named, and what to type is right."""

from __future__ import annotations

import re

import pytest

from tests.catalogue import deal
from tests.journals import loaded

FIELDS = "title: A\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n"


@pytest.mark.parametrize(
    ("line", "code", "column", "end", "help"),
    [
        ("contacts:\n  -\u00a0jane-roe", "invalid-value", 3, 13, "Write `contacts: [jane-roe]`."),
        ("contacts:\n-\u00a0jane-roe", "yaml-syntax", 2, 3, "Write `- jane-roe`."),
        ("tags: [a]\u00a0", "yaml-syntax", 10, 11, "Write `tags: [a]`."),
        ("tags: [a]\u200b", "yaml-syntax", 10, 11, "Write `tags: [a]`."),
        ("contacts: [jane-roe\u00a0buyer]", "unknown-contact", 12, 26, "Write `jane-roe buyer`."),
        ("close: 2026-12-30\u00a0", "invalid-value", 8, 19, "Write `2026-12-30`."),
        ("value: 5\u200b", "invalid-value", 8, 10, "Write `5`."),
        ("value\u00a0: 5", "yaml-syntax", 1, 7, "Write `value: 5`."),
        ("source: referral\u00a0jane-roe", "referral-by-name", 9, 26,
         "Write `source: referral jane-roe`."),
        ("source: referral\u200b jane-roe", "referral-by-name", 9, 27,
         "Write `source: referral jane-roe`."),
        ("company: jane-roe\u00a0", "unknown-contact", 10, 19, "Did you mean `jane-roe`?"),
    ],
)  # fmt: skip
def test_in_front_matter(line: str, code: str, column: int, end: int, help: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal(front=line)}).problems
    assert (problem.code, problem.span.column, problem.span.end_column) == (code, column, end)
    assert re.search(r"U\+(00A0, no-break|200B, zero width) space", problem.message)
    assert problem.help == help


@pytest.mark.parametrize("text", ["referral of\u00a0the fair", "referral\u00a0nobody", "a\u00a0b"])
def test_what_is_only_text_is_fine(text: str) -> None:
    assert loaded({"deals/bad.md": deal(front=f"source: {text}")}).problems == ()


@pytest.mark.parametrize(
    ("note", "column", "help"),
    [
        ("{date: 2026-11-10, kind:\u00a0call}", 27, "Write `kind: call`."),
        ("{date:\u00a02026-11-10, kind: call}", 9, "Write `date: 2026-11-10`."),
        ("{date: 2026-11-10,\u00a0kind: call}", 21, "Write `kind: call`."),
        ("{date: 2026-11-10, kind:call}", 26, "Write `kind: call`."),
        ("{date:2026-11-10, kind: call}", 8, "Write `date: 2026-11-10`."),
    ],
)
def test_in_a_note_between_braces(note: str, column: int, help: str) -> None:
    (problem,) = loaded({"deals/a.yml": f"{FIELDS}notes:\n- {note}\n"}).problems
    assert (problem.code, problem.span.column, problem.help) == ("yaml-syntax", column, help)
    is_odd = not note.isascii()
    assert ("U+00A0, no-break space" in problem.message) is is_odd


@pytest.mark.parametrize(
    ("notes", "line", "column"),
    [
        ("## 2026-11-10 call\n\n- [x] needs-analysis\x0c\n", 9, 21),
        ("## 2026-11-10 call\x0c\n", 7, 19),
        ("## 2026-11-10\x0c call\n", 7, 14),
        ("## 2026-11-10 call with jane-roe\x0b\n", 7, 33),
        ("## 2026-11-10 change\nvalue:: 5\x1f\n", 8, 10),
        ("## 2026-11-10 call\n\nSee [[acme]]\x00\n", 9, 13),
    ],
)
def test_a_control_character_in_a_note_is_one_problem(notes: str, line: int, column: int) -> None:
    front = "value: 5" if "value" in notes else "channel: fair"
    text = deal(front=front, notes=notes)
    (problem,) = loaded({"deals/bad.md": text}).problems
    assert (problem.code, problem.span[1:3]) == ("invalid-note", (line + 1, column))
    assert problem.help.startswith("Write a blank in its place, or nothing")
    bad = re.compile("[\x00-\x08\x0b-\x1f]")
    assert loaded({"deals/bad.md": bad.sub(" ", text)}).problems == ()
    assert loaded({"deals/bad.md": bad.sub("", text)}).problems == ()
