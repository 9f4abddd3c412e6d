from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.edit.writing import (
    NewNote,
    document,
    front_line,
    guarded,
    harmless,
    item,
    note,
    one_line,
    scalar,
)
from site_builder.journal.kinds import KindRole
from site_builder.problems.problem import Problem
from site_builder.source.document import Document, read_document
from site_builder.source.yaml_nodes import Listing, Scalar
from tests.catalogue import deal
from tests.journals import loaded

DAY = dt.date(2026, 10, 24)
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(
    lambda text: text == text.strip()
)
# What a cell can hold once control characters have been refused and breaks made plain.
CELL = st.text(
    st.one_of(
        st.sampled_from("ab #-:[]{}\"'\n\t`~*+.!|>&%@=x2026"),
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufeff\ufffe\uffff"),
    ),
    max_size=60,
)  # fmt: skip


def read(text: str) -> Document:
    problems: list[Problem] = []
    made = read_document("deals/x.md", text, problems.append)
    assert made is not None
    assert problems == []
    return made


def front(name: str, text: str) -> str:
    node = read(f"---\n{text}---\n").front.get(name)
    assert isinstance(node, Scalar)
    return node.text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("no", "no"),
        ("0123", "0123"),
        ("12:30", "12:30"),
        ("SVP, Procurement", "SVP, Procurement"),
        ("Edge: the sequel", '"Edge: the sequel"'),
        ("#1", '"#1"'),
        ("A #1", '"A #1"'),
        ("- x", '"- x"'),
        ("[x]", '"[x]"'),
        ("*x", '"*x"'),
        ('say "hi"', 'say "hi"'),
        ('"hi"', '"\\"hi\\""'),
        ("C:\\x", "C:\\x"),
        (" x", '" x"'),
        ("x:", '"x:"'),
        ("\x85", '"\\x85"'),
    ],
)
def test_quotes_exactly_when_needed(text: str, written: str) -> None:
    assert scalar(text) == written


def test_items_of_a_list_are_quoted_for_their_commas() -> None:
    assert front_line("tags", ("a b", "c, d", "e]")) == 'tags: [a b, "c, d", "e]"]\n'


def test_several_lines_become_a_block() -> None:
    assert front_line("their-win", "one\n\n  two: x\n") == "their-win: |-\n  one\n\n    two: x\n"


@given(LINE)
@settings(deadline=None)
def test_a_line_reads_back(text: str) -> None:
    assert front("x", f"x: {scalar(text)}\n") == text


@given(LINE)
@settings(deadline=None)
def test_an_item_reads_back(text: str) -> None:
    node = read(f"---\nx: [{item(text)}, {item(text)}]\n---\n").front.get("x")
    assert isinstance(node, Listing)
    assert [i.text for i in node.items if isinstance(i, Scalar)] == [text, text]


@given(CELL)
@settings(deadline=None)
def test_a_text_of_several_lines_reads_back(text: str) -> None:
    lines = [line.rstrip() if not line.strip() else line for line in text.strip().split("\n")]
    assert front("x", front_line("x", text)) == "\n".join(lines)


def test_a_note_is_written_as_the_format_has_it() -> None:
    made = NewNote(
        DAY,
        "stage",
        KindRole.STAGE,
        dt.time(9, 10),
        "offer",
        by="maria",
        headline="Two  sites",
        fields=(("value", "5"),),
        text="They said yes.",
        source_id="crm:1",
    )
    assert note(harmless(made)) == (
        "## 2026-10-24 09:10 stage offer by maria — Two sites\n"
        "value:: 5\nx-source-id:: crm:1\n\nThey said yes.\n"
    )
    parties = NewNote(DAY, "call", direction="to", parties=("jane", "john"))
    assert note(parties) == "## 2026-10-24 call to jane, john\n"


@pytest.mark.parametrize(
    "text",
    [
        "## 2026-10-25 stage won",
        "  ## 2026-10-25 call",
        "value:: 7",
        "---\ntitle: x\n---",
        "- [x] call",
        "```\n## 2026-10-25 call\n",
        "~~~",
        "see [[nobody]]",
        "Title\n=====",
        "<<<<<<< ours\na\n||||||| base\n>>>>>>> theirs",
        "<<<<<<<",
    ],
)
def test_what_looks_like_the_journal_stays_text(text: str) -> None:
    notes = [NewNote(DAY, "note", text=text), NewNote(DAY, "note", text=text)]
    made = read(document([("title", "x")], text, notes))
    assert [n.date for n in made.notes] == ["2026-10-24"] * 2
    assert all(n.text and not n.fields for n in made.notes)
    assert "[[" not in made.notes[0].text
    assert "- [x]" not in made.notes[0].text


@pytest.mark.parametrize("bullet", ["-", "*", "+", "1.", "2)", "  -"])
def test_what_looks_like_a_ticked_step_ticks_none(bullet: str) -> None:
    text = f"{bullet} [x] needs-analysis"
    assert guarded(text) == f"{text.strip().replace('[x]', chr(92) + '[x]')}"
    assert _ticks(text) == 1
    assert _ticks(guarded(text)) == 0


def _ticks(text: str) -> int:
    journal = loaded({"deals/bad.md": deal(notes=f"## 2026-10-24 note\n\n{text}\n")}).journal
    assert journal is not None
    return len(journal.deals_by_id["bad"].notes[0].steps)


@pytest.mark.parametrize("text", ["%%", "%% gone", "  %%", "<!-- gone", "a\n<!--", "<!-- a -->"])
def test_no_cell_begins_a_comment(text: str) -> None:
    notes = [NewNote(DAY, "call", text=text), NewNote(DAY, "email", text="x")]
    made = read(document([("title", "x")], text, notes))  # which is without problems
    assert [note.kind for note in made.notes] == ["call", "email"]
    assert made.summary.replace("\\", "") == text.strip()
    assert made.notes[0].text.replace("\\", "") == text.strip()


@given(CELL, CELL, st.lists(CELL, max_size=3))
@settings(deadline=None)
def test_no_cell_makes_or_swallows_a_note(summary: str, headline: str, texts: list[str]) -> None:
    notes = [NewNote(DAY, "call", headline=one_line(headline), text=text) for text in texts]
    made = read(document([("title", "x")], summary, notes))
    assert len(made.notes) == len(texts)
    assert all(not n.fields and n.kind == "call" for n in made.notes)
    assert bool(made.summary) == bool(summary.strip())
    for draft, text in zip(made.notes, texts, strict=True):
        assert draft.headline == one_line(headline)
        assert bool(draft.text) == bool(text.strip())


def test_notes_stand_oldest_first_and_a_change_last_in_its_minute() -> None:
    at = dt.time(9)
    notes = [
        NewNote(DAY, "change", KindRole.CHANGE, at, headline="c"),
        NewNote(DAY, "stage", KindRole.STAGE, at, "won"),
        NewNote(DAY - dt.timedelta(1), "call"),
    ]
    made = read(document([("title", "x")], "", notes))
    assert [n.kind for n in made.notes] == ["call", "stage", "change"]
