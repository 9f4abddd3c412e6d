"""The grammar of notes, in Markdown and in YAML, through the loader."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.model import Deal, Money, Note
from tests.catalogue import deal
from tests.journals import codes, loaded, only_deal, places


def notes_of(notes: str, front: str = "") -> tuple[Note, ...]:
    return only_deal(deal(front=front, notes=notes)).notes


def test_a_whole_heading() -> None:
    (note,) = notes_of(
        "## 2026-10-14 09:10 email from jane-roe by maria — Wants a quote by Friday\n\nText.\n"
    )
    assert (note.date, note.time) == (dt.date(2026, 10, 14), dt.time(9, 10))
    assert (note.kind.id, note.direction, note.parties) == ("email", "from", ("jane-roe",))
    assert (note.by and note.by.id, note.headline, note.text) == (
        "maria",
        "Wants a quote by Friday",
        "Text.",
    )
    assert note.text_line == 9


@pytest.mark.parametrize("dash", [" — ", " – ", " - "])
def test_a_headline_stands_behind_any_dash(dash: str) -> None:
    (note,) = notes_of(f"## 2026-10-14 call{dash}Two - three\n")
    assert note.headline == "Two - three"


def test_several_parties() -> None:
    (note,) = notes_of("## 2026-10-14 meeting with jane-roe,maria , jane-roe by maria\n")
    assert note.parties == ("jane-roe", "maria", "jane-roe")


@pytest.mark.parametrize(
    ("heading", "column", "help"),
    [
        ("## 2026-10-14", 1, "call"),
        ("## 2026-13-14 call", 4, "year-month-day"),
        ("## 2026-1-4 call", 4, "2026-01-04"),
        ("## 2026-Q4 plans", 4, "year-month-day"),
        ("## 2026-10-14 9:10 call", 15, "`09:10`"),
        ("## 2026-10-14 25:10 call", 15, "09:10"),
        ("## 2026-10-14 call Wants a quote", 20, "— Wants a quote"),
        ("## 2026-10-14 call with", 20, "CONTACT-ID"),
        ("## 2026-10-14 call by", 20, "PERSON-ID"),
        ("## 2026-10-14 call from jane-roe to maria", 34, "one `to`"),
        ("## 2026-10-14 stage", 15, "STAGE-ID"),
        ("## 2026-10-14 trust", 15, "from CONTACT-ID"),
        ("## 2026-10-14 know with jane-roe", 1, "`know from …`"),
        ("##2026-10-14 call", 1, "## 2026-10-14"),
    ],
)
def test_headings_that_are_no_notes(heading: str, column: int, help: str) -> None:
    problems = loaded({"deals/bad.md": deal(notes=heading + "\n")}).problems
    assert [(p.code, p.span.line, p.span.column) for p in problems] == [("invalid-note", 7, column)]
    assert help in problems[0].help


def test_other_headings_and_code_are_text() -> None:
    text = "Text.\n\n## Agenda\n\n### 2026-10-15 call\n\n```\n## 2026-10-16 call\n```\n"
    (note,) = notes_of("## 2026-10-14 call\n" + text)
    assert note.text == text.strip()


def test_an_unclosed_fence_swallows_no_notes() -> None:
    assert len(notes_of("## 2026-10-14 call\n```\nx\n\n## 2026-10-15 call\n")) == 2


def test_text_above_the_first_note_is_the_summary() -> None:
    made = only_deal(deal(notes="\nWho they are.\n\n## Plans\n\n## 2026-10-14 call\n"))
    assert (made.summary, made.summary_line) == ("Who they are.\n\n## Plans", 8)


def test_fields_stand_straight_below_the_heading() -> None:
    (note,) = notes_of(
        "## 2026-10-14 proposal to jane-roe\nservices:: Two sites\nbudget:: 48 000 USD\n"
        "deadline:: 2026-12-01\nterms:: half in advance\nx-own:: kept\n\nText.\n"
    )
    assert note.fields.services == "Two sites"
    assert note.fields.budget == Money(Decimal(48000), "USD")
    assert note.fields.deadline == dt.date(2026, 12, 1)
    assert note.text == "Text."


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("amount:: 5", ("unknown-field", 9, 1)),
        ("vale:: 5", ("unknown-field", 9, 1)),
        ("value:: five", ("invalid-value", 9, 9)),
        ("value::", ("invalid-value", 9, 1)),
        ("close:: 2026-12-01\nclose:: 2026-12-02", ("duplicate-key", 10, 1)),
        ("owner:: tom", ("unknown-person", 9, 9)),
        ("category:: comit", ("invalid-value", 9, 12)),
    ],
)
def test_bad_fields(lines: str, expected: tuple[str, int, int]) -> None:
    found = places(
        {"deals/bad.md": deal(front="close: 2026-12-01", notes=f"## 2026-10-14 call\n{lines}\n")}
    )
    assert found == [expected]


def test_steps() -> None:
    (note,) = notes_of(
        "## 2026-10-14 call\n- [x] needs-analysis: all of it\n* [X] decision-map\n- [ ] needs-analysis\n- [x] buy milk\n"
    )
    assert [(m.step.id, m.text) for m in note.steps] == [
        ("needs-analysis", "all of it"),
        ("decision-map", ""),
    ]


YAML = """\
title: From YAML
owner: maria
stage: qualification
next: 2026-12-01 Call
value: 48000
summary: |

  Who they are.
notes:
  - date: 2026-10-12
    time: 09:10
    kind: email
    from: jane-roe
    by: maria
    headline: Hello
    text: |
      Text.

      - [x] needs-analysis
    value: 48000
  - date: 2026-10-14
    kind: stage
    stage: qualification
    asked-by: customer
  - {date: 2026-10-15, kind: meeting, with: [jane-roe, maria]}
"""


def test_notes_in_yaml() -> None:
    made = only_deal(YAML, "deals/y.yml")
    first, stage, meeting = made.notes
    assert (made.summary, made.summary_line) == ("Who they are.", 8)
    assert (first.time, first.parties, first.headline) == (dt.time(9, 10), ("jane-roe",), "Hello")
    assert first.fields.value == Money(Decimal(48000), "EUR")
    assert [(m.step.id, m.span.line, m.span.column) for m in first.steps] == [
        ("needs-analysis", 19, 13)
    ]
    assert stage.stage is not None and stage.stage.id == "qualification"
    assert stage.fields.asked_by == "customer"
    assert meeting.parties == ("jane-roe", "maria")


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("  - kind: call", ("invalid-note", 6, 5)),
        ("  - date: 2026-10-12", ("invalid-note", 6, 5)),
        ("  - {date: 2026-10-12, kind: stage}", ("invalid-note", 6, 30)),
        ("  - {date: 2026-10-12, kind: call, stage: lead}", ("invalid-note", 6, 43)),
        ("  - {date: 2026-10-12, kind: call, to: jane-roe, from: maria}", ("invalid-note", 6, 56)),
        ("  - {date: 2026-10-12, kind: cal}", ("unknown-kind", 6, 30)),
        ("  - hello", ("invalid-note", 6, 5)),
        ("  - {date: 2026-10-12, kind: call, vlue: 5}", ("unknown-field", 6, 36)),
    ],
)
def test_bad_notes_in_yaml(note: str, expected: tuple[str, int, int]) -> None:
    text = f"title: Y\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\nnotes:\n{note}\n"
    assert places({"deals/y.yml": text}) == [expected]


def dates(made: Deal) -> list[str]:
    return [f"{n.date.day}{n.headline}" for n in made.notes]


def test_notes_run_either_way() -> None:
    oldest = "## 2026-10-01 call\n\n## 2026-10-02 call - a\n\n## 2026-10-02 call - b\n"
    newest = "## 2026-10-02 call - b\n\n## 2026-10-02 call - a\n\n## 2026-10-01 call\n"
    assert (
        dates(only_deal(deal(notes=oldest)))
        == dates(only_deal(deal(notes=newest)))
        == ["1", "2a", "2b"]
    )


def test_times_order_a_day() -> None:
    notes = "## 2026-10-02 10:00 call - b\n\n## 2026-10-02 09:00 call - a\n"
    assert dates(only_deal(deal(notes=notes))) == ["2a", "2b"]


def test_a_rung_in_a_contacts_own_file_is_theirs() -> None:
    text = "---\nname: Tom\n---\n## 2026-01-01 know\n\n## 2026-01-02 know to tom\n"
    result = loaded({"contacts/tom.md": text})
    assert result.problems == () and result.journal is not None
    first, second = result.journal.contacts_by_id["tom"].notes
    assert (first.direction, first.parties) == ("from", ("tom",))
    assert (second.direction, second.parties) == ("to", ("tom",))


def test_contacts_have_no_stages_changes_or_values() -> None:
    text = "---\nname: Tom\n---\n## 2026-01-01 stage lead\n\n## 2026-01-02 change\n\n## 2026-01-03 call\nvalue:: 5\n"
    assert places({"contacts/tom.md": text}) == [
        ("invalid-note", 4, 15), ("invalid-note", 6, 15), ("unknown-field", 9, 1)]  # fmt: skip


def test_line_ends_and_byte_order_mark_change_nothing() -> None:
    text = deal(front="channel: Messe Köln", notes="## 2026-10-14 call\nText.\n")
    plain = only_deal(text.encode())
    assert only_deal(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()) == plain


@given(st.lists(st.sampled_from(["## ", "2026-10-14", " call", " with ", "jane-roe", ",", " by ", "maria", " — ", "x\n",
                                 "\n", "value:: ", "5\n", "- [x] ", "stage ", "09:10 ", "```\n", "[[", "]]", "\t", "\x00"]),
                max_size=25).map("".join))  # fmt: skip
@settings(deadline=None, max_examples=300)
def test_no_body_crashes_and_every_place_exists(body: str) -> None:
    text = deal(notes=body)
    lines = text.split("\n")
    for problem in loaded({"deals/bad.md": text}).problems:
        assert 1 <= problem.span.line <= len(lines)
        assert 1 <= problem.span.column <= len(lines[problem.span.line - 1]) + 1
    assert codes({"deals/bad.md": text}) == codes({"deals/bad.md": text})
