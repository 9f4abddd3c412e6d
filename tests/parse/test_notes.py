"""The grammar of notes, in Markdown and in YAML, through the loader."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.journal.note import Note
from site_builder.parse import step_names
from site_builder.problems import suggest
from tests.catalogue import PIPELINE, deal
from tests.effort import milliseconds
from tests.examples import some
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
        ("## 2026-10-14", 1, "`## 2026-10-14 call — what was said`"),
        ("## 2026-13-14 call", 4, "year-month-day"),
        ("## 2026-1-4 call", 4, "Write `## 2026-01-04 call`."),
        ("## 2026-Q4 plans", 4, "year-month-day"),
        ("## 2026-10-14 9:10 call", 15, "Write `## 2026-10-14 09:10 call`."),
        ("## 2026-10-14 25:10 call", 15, "09:10"),
        ("## 2026-10-14 call Wants a quote", 20, "Write `## 2026-10-14 call — Wants a quote`."),
        ("## 2026-10-14 call with", 20, "CONTACT-ID"),
        ("## 2026-10-14 call with - A quote", 20, "CONTACT-ID"),
        ("## 2026-10-14 call to by maria", 20, "CONTACT-ID"),
        ("## 2026-10-14 call by", 20, "PERSON-ID"),
        (
            "## 2026-10-14 call from jane-roe to maria",
            34,
            "one `to`, `from` or `with`, and our person behind `by`: `## 2026-10-14 call from jane-roe by maria`.",
        ),
        ("## 2026-10-14 stage", 15, "Name the stage: `## 2026-10-14 stage STAGE-ID`, with one of"),
        ("## 2026-10-14 trust", 15, "from CONTACT-ID"),
        ("## 2026-10-14 know with jane-roe", 1, "`know from jane-roe`"),
        ("##2026-10-14 call", 1, "Write `## 2026-10-14 call`."),
    ],
)
def test_headings_that_are_no_notes(heading: str, column: int, help: str) -> None:
    problems = loaded({"deals/bad.md": deal(notes=heading + "\n")}).problems
    assert [(p.code, p.span.line, p.span.column) for p in problems] == [("invalid-note", 7, column)]
    assert help in problems[0].help


def test_other_headings_and_code_are_text() -> None:
    text = "Text.\n\n## Agenda\n\n### 2026-10-15 Berlin\n\n```\n## 2026-10-16 call\n```\n"
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


def test_contacts_have_no_stages_or_values() -> None:
    text = "---\nname: Tom\n---\n## 2026-01-01 stage lead\n\n## 2026-01-02 change\n\n## 2026-01-03 call\nvalue:: 5\n"
    assert places({"contacts/tom.md": text}) == [
        ("invalid-note", 4, 15), ("unknown-field", 9, 1)]  # fmt: skip


def test_line_ends_and_byte_order_mark_change_nothing() -> None:
    text = deal(front="channel: Messe Köln", notes="## 2026-10-14 call\nText.\n")
    plain = only_deal(text.encode())
    assert only_deal(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()) == plain


@given(st.lists(st.sampled_from(["## ", "2026-10-14", " call", " with ", "jane-roe", ",", " by ", "maria", " — ", "x\n",
                                 "\n", "value:: ", "5\n", "- [x] ", "stage ", "09:10 ", "```\n", "[[", "]]", "\t", "\x00"]),
                max_size=25).map("".join))  # fmt: skip
@some(150)
def test_no_body_crashes_and_every_place_exists(body: str) -> None:
    text = deal(notes=body)
    lines = text.split("\n")
    problems = loaded({"deals/bad.md": text}).problems
    for problem in problems:
        assert 1 <= problem.span.line <= len(lines)
        assert 1 <= problem.span.column <= len(lines[problem.span.line - 1]) + 1
    assert loaded({"deals/bad.md": text}).problems == problems


@pytest.mark.parametrize(
    ("heading", "column", "help"),
    [
        ("## 2026-10-14-email", 4, "`## 2026-10-14 email`"),
        ("## 2026-10-14: call", 4, "`## 2026-10-14 call`."),
        ("## 2026-10-14T09:10 call", 4, "`## 2026-10-14 09:10 call`."),
        (
            "## 2026-10-14 email by maria to jane-roe",
            30,
            "`## 2026-10-14 email to jane-roe by maria`.",
        ),
        ("## 2026-10-14 email by maria, jane-roe", 31, "`by maria`, and name others"),
        (
            "## 2026-10-14 email by maria,jane-roe — x",
            30,
            "`## 2026-10-14 email with jane-roe by maria — x`.",
        ),
        (
            "## 2026-10-14 email to jane-roe ##",
            33,
            "Remove `##`: `## 2026-10-14 email to jane-roe`.",
        ),
        ("## 2026-10-14 email -- a", 21, "`## 2026-10-14 email — a`."),
        ("## 2026-10-14 email to jane-roe -- a", 33, "`## 2026-10-14 email to jane-roe — a`."),
    ],
)
def test_slips_in_headings_have_a_help_of_their_own(heading: str, column: int, help: str) -> None:
    problems = loaded({"deals/bad.md": deal(notes=heading + "\n")}).problems
    assert [(p.code, p.span.line, p.span.column) for p in problems] == [("invalid-note", 7, column)]
    assert help in problems[0].help


def test_a_headline_may_stand_behind_much_space() -> None:
    (note,) = notes_of("## 2026-10-14 call" + " " * 50_000 + "—" + "\t" * 50_000 + "x\n")
    assert note.headline == "x"


def test_steps_in_code_are_text() -> None:
    text = (
        "```\n- [x] decision-map\n- [x] decision-mapp\n[[nobody]]\nvalue:: 5\n```\n`[[nobody]]`\n"
    )
    (note,) = notes_of("## 2026-10-14 call\n" + text + "- [x] needs-analysis\n")
    assert [mark.step.id for mark in note.steps] == ["needs-analysis"]
    unclosed = loaded({"deals/bad.md": deal(notes="## 2026-10-14 call\n```\n- [x] decision-map\n")})
    assert unclosed.journal is not None
    assert unclosed.journal.deals_by_id["bad"].notes[0].steps


def test_a_numbered_task_line_is_a_step_line() -> None:
    (note,) = notes_of("## 2026-10-14 call\n1. [x] decision-map\n2. [x] needs-analysis: all\n")
    assert [(m.step.id, m.text) for m in note.steps] == [
        ("decision-map", ""),
        ("needs-analysis", "all"),
    ]


@pytest.mark.parametrize(
    "line", ["needs-analysis is done", "needs-analysis — is done", "needs-analysis, is done"]
)
def test_a_step_without_a_colon_warns(line: str) -> None:
    (problem,) = loaded(
        {"deals/bad.md": deal(notes=f"## 2026-10-14 call\n- [x] {line}\n")}
    ).problems
    assert (problem.code, problem.span.line, problem.span.column) == ("unknown-step", 8, 7)
    assert problem.help == "Write a colon behind the step: `needs-analysis: is done`."
    assert codes({"deals/bad.md": deal(notes=f"## 2026-10-14 call\n- [ ] {line}\n")}) == []


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("value::9", 1),
        (" value:: 9", 2),
        ("value :: 9", 1),
        ("- value:: 9", 3),
        ("**value**:: 9", 3),
    ],
)
def test_what_looks_like_a_field_warns(line: str, column: int) -> None:
    notes = f"## 2026-10-14 call\n{line}\n"
    assert places({"deals/bad.md": deal(notes=notes)}) == [("misplaced-field", 8, column)]


@pytest.mark.parametrize("text", ["std::vector", "a value::9", "http::close", "Nothing:: of ours"])
def test_other_colons_are_text(text: str) -> None:
    assert codes({"deals/bad.md": deal(notes=f"## 2026-10-14 call\n\n{text}\n")}) == []


@pytest.mark.parametrize("link", ["[[Acme]]", "[[ acme ]]", "[[acme ]]", "[[Acme|words]]"])
def test_a_link_has_the_exact_id(link: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal(notes=f"See {link}.\n")}).problems
    assert (problem.code, problem.help) == ("unknown-link", "Did you mean `acme`?")


@pytest.mark.parametrize(
    ("text", "is_link"),
    [
        (r"See \[[no]].", False), (r"\[[no]]", False), (r"\[[no|words]]", False),
        (r"a \\\[[no]]", False), (r"[\[no]]", False), (r"[[no\]]", False), (r"[[no]\]", False),
        (r"See \\[[no]].", True), (r"\ [[no]]", True), (r"[[no\|words]]", True),
        (r"\[[no]] [[no]]", True),
    ],
)  # fmt: skip
def test_link_brackets_behind_a_backslash_are_text(text: str, is_link: bool) -> None:
    for notes in (f"{text}\n", f"## 2026-10-24 call\n\n{text}\n"):
        assert codes({"deals/bad.md": deal(notes=notes)}) == ["unknown-link"] * is_link


def test_every_control_character_has_its_place() -> None:
    text = deal(
        front="channel: a\x01\x02\nsource: \x03", notes="a\x04\n\x85## 2026-10-14 call\n\x07\n"
    )
    assert places({"deals/bad.md": text}) == [
        ("yaml-syntax", 6, 11), ("yaml-syntax", 6, 12), ("yaml-syntax", 7, 9),
        ("invalid-note", 9, 2), ("invalid-note", 10, 1), ("invalid-note", 11, 1)]  # fmt: skip


def test_long_notes_and_many_links_are_fine() -> None:
    assert codes({"deals/bad.md": deal(notes="See [[acme]] and [ ] that.\n" * 900)}) == []


@pytest.mark.parametrize(
    ("heading", "column", "help"),
    [
        ("## 30.11.2025 call with jane-roe", 4, "`## 2025-11-30 call with jane-roe`"),
        (
            "## 9.11.2026 call",
            4,
            "Write `## 2026-11-09 call` or `## 2026-09-11 call` to begin a note.",
        ),
        ("## 11/09/2026", 4, "`## 2026-09-11 note` or `## 2026-11-09 note` to"),
        ("## 2026/11/09 call", 4, "`## 2026-11-09 call`"),
        ("##2026.11.9 call", 3, "`## 2026-11-09 call`"),
        ("### 2026-11-09 call", 1, "`## 2026-11-09 call`"),
        ("# 2026-11-09 09:30 stage lead", 1, "`## 2026-11-09 09:30 stage lead`"),
    ],
)
@pytest.mark.parametrize(
    ("above", "row"), [("", 7), ("Hello.\n\n", 9), (" \n## 2026-10-14 call\n", 9)]
)
def test_headings_that_look_like_notes(
    heading: str, column: int, help: str, above: str, row: int
) -> None:
    (problem,) = loaded({"deals/bad.md": deal(notes=f"{above}{heading}\n")}).problems
    assert (problem.code, problem.severity) == ("heading-like-note", "warning")
    assert (problem.span.line, problem.span.column) == (row, column)
    assert help in problem.help


@pytest.mark.parametrize(
    "heading",
    ["## Agenda 9.11.2026", "### 2026-11-09 Berlin", "### 9.11.2026 Berlin", "## 1.2.3 call", "## 1.1.20261",
     "    ## 9.11.2026", "```\n## 9.11.2026 call\n```", "# 2026", "### 2026-11-09"],
)  # fmt: skip
def test_headings_that_are_just_headings(heading: str) -> None:
    assert codes({"deals/bad.md": deal(notes=f"Text.\n\n{heading}\n")}) == []
    assert codes({"deals/bad.md": deal(notes=f"## 2026-10-14 call\n{heading}\n")}) == []


@pytest.mark.parametrize(
    ("line", "code", "column", "help"),
    [
        ("- [x] NEEDS analysis done", "unknown-step", 7, "`needs-analysis`"),
        ("- [ ] Decision process mapped: by mail", "unknown-step", 7, "`decision-map`"),
        ("- [ x ] decision-map", "unknown-step", 9, "`- [x] decision-map`"),
        ("- [x ] decision-map: done", "unknown-step", 8, "`- [x] decision-map`"),
        ("value: 30000", "misplaced-field", 1, "`value:: 30000`"),
        ("value:: 30000\nClose: 2026-12-24", "misplaced-field", 1, "`close:: 2026-12-24`"),
        ("value:", "misplaced-field", 1, "`value:: …`"),
    ],
)
def test_what_is_nearly_a_step_or_a_field(line: str, code: str, column: int, help: str) -> None:
    front = "value: 30000" if "::" in line else ""
    text = deal(front=front, notes=f"## 2026-10-14 call\n{line}\n")
    (problem,) = loaded({"deals/bad.md": text}).problems
    assert (problem.code, problem.severity) == (code, "warning")
    assert problem.span.line == text[: text.index(line.rsplit("\n", 1)[-1])].count("\n") + 1
    assert problem.span.column == column
    assert help in problem.help


@pytest.mark.parametrize(
    "text", ["\nvalue: 30000", "Well.\nvalue: 3", "due: soon", "value:3", "- [  ] decision-map"]
)
def test_what_is_clearly_text(text: str) -> None:
    assert codes({"deals/bad.md": deal(notes=f"## 2026-10-14 call\n{text}\n")}) == []


def test_comparing_task_lines_with_steps_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def within(a: str, b: str, most: int) -> bool:
        compared.append(a)
        return suggest.within(a, b, most)

    monkeypatch.setattr(step_names, "within", within)
    lines = "".join(f"- [x] task number {n % 2000}\n" for n in range(4_000))
    codes({"deals/bad.md": deal(notes="## 2026-10-14 call\n" + lines[:40_000])})
    steps = 2
    assert 0 < len(compared) <= steps * 300


def test_an_amount_in_a_note_can_be_ambiguous() -> None:
    notes = "## 2026-10-14 proposal\nbudget:: 25.000\nvalue:: 30.000\n"
    notes += "services:: Rollout\nterms:: Half in advance\ndeadline:: 2026-12-01\n"
    text = deal(front="value: 30000", notes=notes)
    found = [p for p in loaded({"deals/bad.md": text}).problems if p.severity == "warning"]
    assert [(p.code, p.span.line, p.span.column) for p in found] == [
        ("ambiguous-amount", 9, 10), ("ambiguous-amount", 10, 9),
    ]  # fmt: skip


def test_a_rung_in_a_journal_without_rungs() -> None:
    pipeline = PIPELINE.replace("[know, like, trust, respect]", "[]").replace(
        "        relationship: like\n", "        goal: A choice\n"
    )
    text = deal(notes="## 2026-10-14 trust from jane-roe\n")
    (problem,) = loaded({"pipeline.yml": pipeline, "deals/bad.md": text}).problems
    assert problem.code == "unknown-kind"
    assert "write `rungs: [know, like, trust, respect]`" in problem.help


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("deals/bad.md", deal(notes="   \n  see [[nobody]]\n"), (8, 9)),
        ("deals/bad.md", deal(notes="\nsee\n [[nobody]]\n"), (9, 4)),
        ("deals/bad.yml", deal(front='summary: "see [[nobody]]"')[4:-4], (5, 17)),
        ("deals/bad.yml", deal(front="summary: |\n  see\n  [[nobody]]")[4:-4], (7, 5)),
        ("deals/bad.yml", deal(front='summary: "a\\nb\\n\\n[[nobody]]"')[4:-4], (5, 10)),
        (
            "deals/bad.yml",
            deal(front='notes: [{date: 2026-10-14, kind: call, text: "a\\nb [[nobody]]"}]')[4:-4],
            (5, 46),
        ),
    ],
)
def test_the_place_of_a_link_in_a_text(path: str, text: str, place: tuple[int, int]) -> None:
    assert places({path: text}) == [("unknown-link", *place)]


FENCED = (
    "```\n- [x] needs-analysis\n```\n",
    "1. Paste:\n\n    ```\n    - [x] needs-analysis\n    ```\n\n2. Send\n",
    "- ~~~ text\n  - [x] needs-analysis\n  ~~~\n",
    "- a\n\n        ```\n        - [x] needs-analysis\n        ```\n",
    " ````\n - [x] needs-analysis\n ```\n `````\n",
)


@pytest.mark.parametrize("text", FENCED)
def test_nothing_in_a_fence_is_a_step_a_field_or_a_link(text: str) -> None:
    source = deal(notes=f"## 2026-10-24 call\n\nText.\n\n{text}")
    assert only_deal(source).notes[0].steps == ()
    for other in ("- value:: 9", "[[nobody]]", "### 2026-10-25 call"):
        assert codes({"deals/bad.md": source.replace("- [x] needs-analysis", other)}) == []


@pytest.mark.parametrize("text", FENCED)
def test_without_the_fence_it_is_one(text: str) -> None:
    lines = [line for line in text.split("\n") if "```" not in line and "~~~" not in line]
    (note,) = notes_of("## 2026-10-24 call\n\nText.\n\n" + "\n".join(lines))
    assert [mark.step.id for mark in note.steps] == ["needs-analysis"]


def test_a_step_s_number_stands_before_a_point_or_bracket() -> None:
    (note,) = notes_of("## 2026-10-24 call\n\n1. [x] needs-analysis\n2) [x] decision-map\n")
    assert [mark.step.id for mark in note.steps] == ["needs-analysis", "decision-map"]


def test_a_link_in_a_table_may_have_its_bar_escaped_or_not() -> None:
    table = (
        "## 2026-10-24 call\n\n| deal |\n|---|\n| [[acme\\|the deal]] |\n| [[acme|the deal]] |\n"
    )
    assert codes({"deals/bad.md": deal(notes=table)}) == []
    (problem,) = loaded(
        {"deals/bad.md": deal(notes=table.replace("[[acme\\", "[[acma\\"))}
    ).problems
    assert (problem.code, problem.span.line, problem.span.column) == ("unknown-link", 11, 5)
    assert problem.message == "`[[acma]]` is neither a deal nor a contact."
    assert problem.help == "Did you mean `acme`?"


@pytest.mark.parametrize(
    ("line", "end", "char"),
    [
        ("\u00a0value:: 5", 9, "U+00A0, no-break space"),
        ("value\u00a0:: 5", 9, "U+00A0, no-break space"),
        ("value::\u00a05", 8, "U+00A0, no-break space"),
        ("\u200bvalue:: 5", 9, "U+200B, zero width space"),
        ("va\u00adlue:: 5", 9, "U+00AD, soft hyphen"),
        ("value:\u200b: 5", 9, "U+200B, zero width space"),
        ("**value\ufeff**::5", 13, "U+FEFF, byte order mark"),
        ("value：： 5", 8, "U+FF1A, fullwidth colon"),
    ],
)
def test_the_sign_that_keeps_a_field_from_being_one_is_named(
    line: str, end: int, char: str
) -> None:
    (problem,) = loaded({"deals/bad.md": deal(notes=f"## 2026-10-24 call\n{line}\n")}).problems
    assert (problem.code, problem.severity) == ("misplaced-field", "warning")
    assert problem.span == ("deals/bad.md", 8, 1, 8, end)
    assert problem.message == f"`value::` is only text here: there is {char}, in it."
    assert problem.help.startswith("Write `value:: 5` straight below the note's heading")


@pytest.mark.parametrize(
    "text",
    ["été:: 5", "Preis\u00a0:: 5", "```\n\u00a0value:: 5\n```", "value–5: 6", "a\u00a0b: c\u00a0d", "Wert: 5\u00a0€"],
)  # fmt: skip
def test_other_odd_signs_are_left_alone(text: str) -> None:
    only_deal(deal(notes=f"## 2026-10-24 call\n\n{text}\n"))


def test_a_note_full_of_odd_signs_ends_soon() -> None:
    for line in (
        "\u00a0value:: 5\n",
        "\u00a0" * 200 + "value:: 5\n",
        "é" * 300 + ":: 5\n",
        "é::\n",
    ):
        text = deal(notes="## 2026-10-24 call\n\n" + line * (120_000 // len(line)))
        assert milliseconds(lambda: loaded({"deals/bad.md": text}), 1_500) < 1_500  # noqa: B023 - called at once


@pytest.mark.parametrize("line", ["value: 18000", "close: 2026-12-24"])
def test_a_field_below_the_front_matter_is_told(line: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal(notes=f"{line}\n\nThe summary.\n")}).problems
    assert (problem.code, problem.severity, problem.span.column) == (
        "misplaced-field",
        "warning",
        1,
    )
    assert problem.help == f"Move `{line}` above the line `---` to set the field."


@pytest.mark.parametrize("text", ["Value: they like it", "Two sites.\nvalue: good", "so: it is"])
def test_prose_with_a_colon_is_a_summary(text: str) -> None:
    assert codes({"deals/good.md": deal(notes=f"{text}\n")}) == []
