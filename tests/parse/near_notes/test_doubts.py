"""Notes whose headings are wrong: one problem each, whose help is right, and nothing lost."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.journal.note import Note
from tests.catalogue import PIPELINE, deal
from tests.examples import some
from tests.journals import codes, loaded, only_deal

TEXT = "value:: 4000\n\nThey said a lot.\n- [x] decision-map: all of it\n"


def read(heading: str, stage: str = "lead") -> tuple[tuple[str, int, int, str], Note]:
    """The only problem of a note with such a heading, and the note."""
    text = deal(stage=f"stage: {stage}", front="value: 4000", notes=f"{heading}\n{TEXT}")
    result = loaded({"deals/bad.md": text})
    (problem,) = result.problems
    assert result.journal is not None
    (note,) = result.journal.deals_by_id["bad"].notes
    return (problem.code, problem.span.column, problem.span.end_column, problem.help), note


@pytest.mark.parametrize(
    ("heading", "code", "place", "help"),
    [
        ("9.30 call with jane-roe", "invalid-note", (15, 19), "09:30 call with jane-roe"),
        ("9am call with jane-roe", "invalid-note", (15, 18), "09:00 call with jane-roe"),
        ("9 pm call with jane-roe", "invalid-note", (15, 19), "21:00 call with jane-roe"),
        ("9:30-10:30 call", "invalid-note", (15, 25), "09:30 call"),
        ("email from Jane Roe", "invalid-note", (31, 34), "email from jane-roe"),
        ("email from Jane Roe by Maria Lopez", "invalid-note", (31, 49), "email from jane-roe by maria"),
        ("meeting with jane-roe and maria", "invalid-note", (37, 46), "meeting with jane-roe, maria"),
        ("meeting with Jane Roe & maria: Hi", "invalid-note", (33, 48), "meeting with jane-roe, maria — Hi"),
        ("call jane-roe", "invalid-note", (20, 28), "call with jane-roe"),
        ("call maria", "invalid-note", (20, 25), "call by maria"),
        ("call at 9:30 with jane-roe", "invalid-note", (20, 41), "09:30 call with jane-roe"),
        ("call with jane-roe—Hi", "invalid-note", (25, 36), "call with jane-roe — Hi"),
        ("call with jane-roe\u200b", "invalid-note", (33, 34), "call with jane-roe"),
        ("call with jane-ro Wants", "invalid-note", (33, 38), "call with jane-roe — Wants"),
        ("Call with Jane Roe", "unknown-kind", (15, 19), "call with jane-roe"),
        ("E-Mail: Hi", "unknown-kind", (15, 22), "email — Hi"),
        ("phone call — Hi", "unknown-kind", (15, 20), "call — Hi"),
        ("Tue 9:30 call", "unknown-kind", (15, 18), "09:30 call"),
        ("kick-off meeting with jane-roe", "unknown-kind", (15, 23), "meeting with jane-roe — kick-off"),
        ("stge lead", "unknown-kind", (15, 19), "stage lead"),
        ("Lead by maria", "unknown-kind", (15, 19), "stage lead by maria"),
        ("stage Lead", "unknown-stage", (21, 25), None),
        ("stage: lead", "unknown-kind", (15, 21), "stage lead"),
        ("stage to lead", "invalid-note", (24, 28), "stage lead"),
        ("009:30 call", "invalid-note", (15, 21), "09:30 call"),
        ("call with: jane-roe", "invalid-note", (20, 34), "call with jane-roe"),
        ("call with : jane-roe", "invalid-note", (25, 26), "call with jane-roe"),
        ("call from: Jane Roe — Hi", "invalid-note", (20, 34), "call from jane-roe — Hi"),
        ("call with: jane-roe by: maria", "invalid-note", (20, 44), "call with jane-roe by maria"),
        ("call by: maria — with: all", "invalid-note", (20, 29), "call by maria — with: all"),
        ("call (with jane-roe)", "invalid-note", (20, 35), "call with jane-roe"),
        ("call (with notes)", "invalid-note", (20, 32), "call — with notes"),
        ("call wiht jane-roe", "invalid-note", (20, 33), "call with jane-roe"),
        ("email form Jane Roe", "invalid-note", (21, 34), "email from jane-roe"),
        ("email form letter", "invalid-note", (21, 32), "email — form letter"),
        ("call with jane–roe", "invalid-note", (25, 33), "call with jane-roe"),
        ("call with Jane—Roe", "invalid-note", (25, 33), "call with jane-roe"),
        ("call with [jane-roe](x)", "invalid-note", (25, 38), "call with jane-roe"),
        ("call with jane-roe & team", "invalid-note", (34, 40), "call with jane-roe — & team"),
        ("call with jane-roe and others", "invalid-note", (34, 44), "call with jane-roe — and others"),
        ("know from: jane-roe", "invalid-note", (20, 34), "know from jane-roe"),
        ("9,30 call", "unknown-kind", (15, 19), "09:30 call"),
        ("9:30h call", "invalid-note", (15, 20), "09:30 call"),
        ("T09:30 call", "unknown-kind", (15, 21), "09:30 call"),
        ("moved to lead", "unknown-kind", (15, 20), "stage lead"),
        ("qualification → lead", "unknown-kind", (15, 28), "stage lead — from qualification"),
        ("stage qualification to lead", "invalid-note", (38, 42), "stage lead — from qualification"),
        ("stage lead from qualification", "invalid-note", (31, 44), "stage lead — from qualification"),
        ("stage qualification -> lead", "invalid-note", (35, 42), "stage lead — from qualification"),
        ("stage from qualification to lead by maria — Early", "invalid-note", (26, 56), "stage lead by maria — Early — from qualification"),
    ],
)  # fmt: skip
def test_the_whole_line_is_told(
    heading: str, code: str, place: tuple[int, int], help: str | None
) -> None:
    told, note = read(f"## 2026-10-14 {heading}")
    line = f"## 2026-10-14 {help}" if help else ""
    assert told == (code, *place, f"Write `{line}`." if help else "Did you mean `lead`?")
    assert [mark.step.id for mark in note.steps] == ["decision-map"]
    assert note.text.startswith("They said")
    assert note.fields.value is not None
    if help:
        right = only_deal(deal(front="value: 4000", notes=f"{line}\n{TEXT}")).notes[0]
        for name in ("date", "time", "kind", "stage", "direction", "parties", "by", "headline"):
            assert getattr(note, name) == getattr(right, name)


@pytest.mark.parametrize(
    ("heading", "headline"),
    [("sync with jane-roe — Hi", "sync — Hi"), ("Berlin trip", "Berlin trip"), ("— Berlin", "Berlin")],
)  # fmt: skip
def test_a_kind_that_nobody_knows_is_kept_as_words(heading: str, headline: str) -> None:
    (_, _, _, help), note = read(f"## 2026-10-14 {heading}")
    assert (note.kind.id, note.headline) == ("note", headline)
    assert f"`## 2026-10-14 note{' with jane-roe' if note.parties else ''} — {headline}`" in help
    assert ("under `kinds` in pipeline.yml" in help) == heading.startswith("sync")


@pytest.mark.parametrize(
    ("date", "day", "help"),
    [
        ("2026-10-4", "2026-10-04", "Write `## 2026-10-04 call`."),
        ("2026-10-14:", "2026-10-14", "Put a space behind the date: `## 2026-10-14 call`."),
        ("2026--10-14", "2026-10-14", "Write `## 2026-10-14 call`."),
        ("2026-010-14", "2026-10-14", "Write `## 2026-10-14 call`."),
        ("2026-10-1O", "2026-10-10", "Write `## 2026-10-10 call`."),
        ("2026-14-Oct", "2026-10-14", "Write `## 2026-10-14 call`."),
        (
            "2026-10-14T09:30:00+01:00",
            "2026-10-14",
            "Put a space behind the date: `## 2026-10-14 09:30 call`.",
        ),
        ("2026-02-30", "2026-02-28", "Write `## 2026-02-28 call`."),
    ],
)
def test_a_date_that_can_be_told_is(date: str, day: str, help: str) -> None:
    told, note = read(f"## {date} call")
    assert told[3] == help
    assert note.date == dt.date.fromisoformat(day)


def test_where_a_heading_names_no_stage_those_there_are_are_told() -> None:
    (told, note) = read("## 2026-10-14 stage Needs analysis done")
    assert told[:3] == ("invalid-note", 27, 40) and note.headline == "Needs analysis done"
    assert told[3] == (
        "Write `## 2026-10-14 stage STAGE-ID — Needs analysis done`, with one of `lead`, "
        "`qualification`, `decision`, `negotiation`, `won`, `lost` in place of `STAGE-ID`."
    )


def test_without_a_day_there_is_no_note() -> None:
    result = loaded({"deals/bad.md": deal(notes="## 2026-13-45 call\n- [x] decision-map\n")})
    assert [p.code for p in result.problems] == ["invalid-note"]
    assert result.journal is not None
    assert result.journal.deals_by_id["bad"].notes == ()


@pytest.mark.parametrize(
    "heading", ["meting", "Call", "sync", "call Hello", "9.30 call", "call with", "call from Jane Roe"]
)  # fmt: skip
def test_no_gate_follows_from_a_wrong_heading(heading: str) -> None:
    notes = (
        f"## 2026-10-01 stage qualification\n\n## 2026-10-14 {heading}\n- [x] decision-map\n\n"
        "## 2026-10-20 stage decision\n"
    )
    assert len(codes({"deals/bad.md": deal(stage="stage: decision", notes=notes)})) == 1


@pytest.mark.parametrize("heading", ["stge qualification", "Stage qualification", "qualification", "stage qualifcation"])  # fmt: skip
def test_no_mismatch_follows_from_a_wrong_stage_note(heading: str) -> None:
    notes = f"## 2026-10-01 stage lead\n\n## 2026-10-14 {heading}\n- [x] decision-map\n"
    later = f"{notes}\n## 2026-10-20 stage decision\n"
    assert len(codes({"deals/bad.md": deal(stage="stage: qualification", notes=notes)})) == 1
    assert len(codes({"deals/bad.md": deal(stage="stage: decision", notes=later)})) == 1


times = st.sampled_from(["", "9:30", "9.30", "9am", "(9:30)", "at 9:30"])
kinds = st.sampled_from(["call", "Call", "calls", "meting", "E-Mail", "stage Lead", "Stage lead", "lead", "sync", "Berlin trip"])  # fmt: skip
people = st.sampled_from(
    ["", "with jane-roe", "with Jane Roe", "with jane-roe and maria", "to jane-roe to maria", "jane-roe", "by maria, jane-roe",
     "by maria with jane-roe", "Wants it", "with", "by", "with jane-roe Wants it"]
)  # fmt: skip
headlines = st.sampled_from(["", " — Hello", ": Hello", " -- Hello", " ##", "—Hello", "\u200b"])


@given(times, kinds, people, headlines)
@some(150)
def test_typing_what_the_help_says_is_right(time: str, kind: str, who: str, rest: str) -> None:
    heading = "## 2026-10-14 " + " ".join(filter(None, (time, kind, who))) + rest
    problems = loaded({"deals/bad.md": deal(notes=f"{heading}\n")}).problems
    # An unknown kind of one word with everything else right only needs another word.
    lines = re.findall("`(## [^`]+)`", problems[0].help) if problems else []
    assert len(problems) < 2
    for line in lines:
        only_deal(deal(notes=f"{line}\n"))
    if problems and not lines:
        assert problems[0].help.startswith("Did you mean")


@pytest.mark.parametrize(
    ("rest", "line", "is_named"),
    [
        ("and mark", ", mark", True),
        ("and mark by maria", ", mark by maria", True),
        ("and mark to say hello", " — and mark to say hello", False),
        ("and jane smith — Hi", ", jane-smith — Hi", True),
        ("and jane smith", " — and jane smith", False),
    ],
)
def test_an_unknown_id_is_somebody_only_where_nothing_else_can_be_meant(
    rest: str, line: str, is_named: bool
) -> None:
    heading = f"## 2026-10-24 call with jane-roe {rest}\n"
    first, *more = loaded({"deals/bad.md": deal(notes=heading)}).problems
    assert (first.code, first.help) == (
        "invalid-note",
        f"Write `## 2026-10-24 call with jane-roe{line}`.",
    )
    assert [p.code for p in more] == ["unknown-contact"] * is_named


def test_a_file_full_of_them_ends_soon() -> None:
    text = deal(
        notes="".join(
            f"## 2026-10-14 kind{n} with Some Body, jane-roe and x\n" for n in range(2_000)
        )
    )
    assert codes({"deals/bad.md": text}) == ["unknown-kind"] * 2_000


def yaml(note: str, front: str = "") -> str:
    return (
        f"title: Y\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n{front}notes:\n  - {note}\n"
    )


@pytest.mark.parametrize(
    ("note", "column", "help", "right"),
    [
        ("{date: 2026-10-12, knd: call}", 24, "Did you mean `kind`?", "{date: 2026-10-12, kind: call}"),
        ("{day: 2026-10-12, kind: call}", 6, "Did you mean `date`?", "{date: 2026-10-12, kind: call}"),
        ("{date: 2026-10-12, type: call}", 24, "Did you mean `kind`?", "{date: 2026-10-12, kind: call}"),
        ("{date: 2026-10-12, kind: call, note: Hi}", 36, "Did you mean `text`?", "{date: 2026-10-12, kind: call, text: Hi}"),
        ("{date: 2026-10-12, kind: call, title: Hi}", 36, "Did you mean `headline`?", "{date: 2026-10-12, kind: call, headline: Hi}"),
        ("{date: 2026-10-12, kind: call, From: jane-roe}", 36, "Did you mean `from`?", "{date: 2026-10-12, kind: call, from: jane-roe}"),
        ("{date: 2026-10-12, kind: Call}", 30, "Did you mean `call`?", "{date: 2026-10-12, kind: call}"),
        ("{date: 2026-10-12, kind: lead}", 30, "Write `kind: stage` and `stage: lead`.", "{date: 2026-10-12, kind: stage, stage: lead}"),
        ("{date: 2026-10-12, time: 9.30, kind: call}", 30, "Write `09:30`.", "{date: 2026-10-12, time: 09:30, kind: call}"),
        ("{date: 2026-10-12, kind: call, with: jane-roe and Maria}", 42, "Write them as a list: `[jane-roe, maria]`.",
         "{date: 2026-10-12, kind: call, with: [jane-roe, maria]}"),
        ("{date: 2026-10-12, kind: call, with: 'jane-roe, maria'}", 42, "Write them as a list: `[jane-roe, maria]`.",
         "{date: 2026-10-12, kind: call, with: [jane-roe, maria]}"),
    ],
)  # fmt: skip
def test_notes_in_yaml_are_read_as_the_help_says(
    note: str, column: int, help: str, right: str
) -> None:
    result = loaded({"deals/y.yml": yaml(note)})
    (problem,) = result.problems
    assert (problem.span.line, problem.span.column, problem.help) == (6, column, help)
    assert result.journal is not None
    (made,) = result.journal.deals_by_id["y"].notes
    (good,) = only_deal(yaml(right), "deals/y.yml").notes
    for name in ("date", "time", "kind", "stage", "direction", "parties", "headline", "text"):
        assert getattr(made, name) == getattr(good, name)


@pytest.mark.parametrize(
    ("note", "code", "column", "help"),
    [
        ("{date: 2026-10-12, kind: stage, stage: '[[lead]]'}", "unknown-stage", 44, "Did you mean `lead`?"),
        ("{date: 2026-10-12, kind: stage, stage: '[[lead|Lead]]'}", "unknown-stage", 44, "Did you mean `lead`?"),
        ("{date: 2026-10-12, kind: stage, stage: [[lead]]}", "invalid-value", 44, "Write one value behind the colon: `lead`."),
        ("{date: 2026-10-12, kind: stage, stage: [lead]}", "invalid-value", 44, "Write one value behind the colon: `lead`."),
        ("{date: 2026-10-12, kind: [stage], stage: lead}", "invalid-value", 30, "Write one value behind the colon: `stage`."),
        ("{date: [2026-10-12], kind: stage, stage: lead}", "invalid-value", 12, "Write one value behind the colon: `2026-10-12`."),
        ("{date: 2026-10-12, kind: stage, stage: {lead: x}}", "invalid-value", 44, "Write one value behind the colon."),
        ("{date: 2026-10-12, stage: lead}", "invalid-note", 5, "Add `kind: stage` to it."),
        ("{date: 2026-10-12, text: Hi}", "invalid-note", 5, "Add `kind: note` or another kind to it."),
    ],
)  # fmt: skip
def test_one_slip_in_yaml_is_one_problem(note: str, code: str, column: int, help: str) -> None:
    notes = f"{{date: 2026-10-01, kind: stage, stage: qualification}}\n  - {note}"
    result = loaded({"deals/y.yml": yaml(notes)})
    told = [p for p in result.problems if p.code != "stage-mismatch"]
    assert [(p.code, p.span.line, p.span.column, p.help) for p in told] == [(code, 7, column, help)]
    assert result.journal is not None
    assert len(result.journal.deals_by_id["y"].notes) == 2


@pytest.mark.parametrize(
    ("item", "end", "help"),
    [
        ("2026-10-12: call", 21, "{date: 2026-10-12, kind: call}"),
        ("date: 2026-10-12 call", 26, "{date: 2026-10-12, kind: call}"),
        (
            "2026-10-12 call: Yes, all",
            30,
            """{date: 2026-10-12, kind: call, headline: "Yes, all"}""",
        ),
    ],
)
def test_a_date_in_place_of_a_key_in_yaml_begins_a_note(item: str, end: int, help: str) -> None:
    (problem,) = loaded({"deals/y.yml": yaml(item)}).problems
    assert (problem.code, problem.span[1:]) == ("invalid-note", (6, 5, 6, end))
    assert problem.help == f"Write `- {help}`."
    assert len(only_deal(yaml(help), "deals/y.yml").notes) == 1


def test_an_unknown_key_in_yaml_is_told_which_there_are() -> None:
    (problem,) = loaded({"deals/y.yml": yaml("{date: 2026-10-12, kind: call, zzz: 5}")}).problems
    assert (problem.code, problem.span.column) == ("unknown-field", 36)
    assert problem.help.startswith("The fields there are: `date`, `time`, `kind`, ")
    assert problem.help.endswith("`owner`; write `x-zzz: …` to keep `zzz` as a field of your own.")


def test_a_misspelt_field_has_no_followers() -> None:
    notes = "[{date: 2026-10-12, kind: call, value: 4}, {date: 2026-10-13, kind: call, vlaue: 5}]"
    assert codes({"deals/y.yml": yaml("x", "value: 5\n").replace("\n  - x", f" {notes}")}) == [
        "unknown-field"
    ]
    text = deal(
        front="value: 5", notes="## 2026-10-12 call\nvalue:: 4\n\n## 2026-10-13 call\nvlaue:: 5\n"
    )
    assert codes({"deals/bad.md": text}) == ["unknown-field"]


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("## 2026-10-13 09:30 email from Jane Roe by maria: Hi, 'you'",
         """{date: 2026-10-13, time: 09:30, kind: email, from: [jane-roe], by: maria, headline: "Hi, 'you'"}"""),
        ("## 13 Oct 2026 stage lead", "{date: 2026-10-13, kind: stage, stage: lead}"),
    ],
)  # fmt: skip
def test_a_heading_in_a_text_of_yaml_begins_no_note(heading: str, item: str) -> None:
    text = yaml("date: 2026-10-12\n    kind: call\n    text: |\n      " + heading)
    (problem,) = loaded({"deals/y.yml": text}).problems
    assert (problem.code, problem.span.line, problem.span.column) == ("heading-like-note", 9, 10)
    assert problem.help == f"Write `- {item}` below `notes` to begin a note."
    assert len(only_deal(yaml(item), "deals/y.yml").notes) == 1


def test_a_key_that_is_given_is_not_taken_from_another() -> None:
    result = loaded({"deals/y.yml": yaml("{date: 2026-10-12, kind: call, type: email}")})
    assert [(p.code, p.span.column) for p in result.problems] == [("unknown-field", 36)]
    assert result.journal is not None
    assert [note.kind.id for note in result.journal.deals_by_id["y"].notes] == ["call"]


def test_words_keep_their_order() -> None:
    told, note = read("## 2026-10-14 call Wants it with jane-roe too")
    assert told[3] == "Write `## 2026-10-14 call — Wants it with jane-roe too`."
    assert (note.parties, note.headline) == ((), "Wants it with jane-roe too")


@pytest.mark.parametrize("stage", ["qualifcation", "Qualification"])
def test_a_misspelt_stage_is_entered(stage: str) -> None:
    (code, column, _, help), note = read(f"## 2026-10-14 stage {stage}", "qualification")
    assert (code, column, help) == ("unknown-stage", 21, "Did you mean `qualification`?")
    assert note.stage is not None
    assert note.stage.id == "qualification"


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("know to", "## 2026-10-14 know to jane-roe"),
        ("know from", "## 2026-10-14 know"),
        ("call to — Hi", "## 2026-10-14 call — Hi"),
    ],
)
def test_a_contact_whom_a_heading_leaves_out_is_not_turned_around(heading: str, line: str) -> None:
    """In a contact's own file a rung without a party is theirs, not ours."""
    contact = "---\nname: Jane Roe\n---\n\n{}\n"
    result = loaded({"contacts/jane-roe.md": contact.format(f"## 2026-10-14 {heading}")})
    (problem,) = result.problems
    assert problem.code == "invalid-note" and f"`{line}`" in problem.help
    assert result.journal is not None
    (read_as,) = result.journal.contacts_by_id["jane-roe"].notes
    typed = loaded({"contacts/jane-roe.md": contact.format(line)})
    assert not typed.problems and typed.journal is not None
    (meant,) = typed.journal.contacts_by_id["jane-roe"].notes
    assert (read_as.direction, read_as.parties) == (meant.direction, meant.parties)


@pytest.mark.parametrize("heading", ["like to", "like from", "like"])
def test_a_rung_of_nobody_is_one_problem(heading: str) -> None:
    (told, _) = read(f"## 2026-10-14 {heading}")
    assert told[:3] == ("invalid-note", 15, 19)


@pytest.mark.parametrize("kind", ["foo", "fo-o", ""])
def test_fields_below_no_kind_are_those_of_any(kind: str) -> None:
    notes = f"## 2026-11-10 {kind}\namount:: 1000\nbudget:: 5\nlost-reason:: price\n"
    (problem,) = loaded({"deals/bad.md": deal(notes=notes)}).problems
    assert problem.span.line == 7
    (_, other) = loaded({"deals/bad.md": deal(notes=notes + "chanel:: fair\n")}).problems
    assert (other.code, other.span.line) == ("unknown-field", 11)


@pytest.mark.parametrize(
    ("heading", "help"),
    [
        ("know about jane-roe", "Write `## 2026-11-10 know from jane-roe — about jane-roe` or `## 2026-11-10 know to jane-roe — about jane-roe`."),
        ("know about him", "Write `## 2026-11-10 know from CONTACT-ID — about him`."),
        ("like him, by maria", "Write `## 2026-11-10 like from CONTACT-ID by maria — him`."),
        ("call with jane-roe; maria — Hello", "Write `## 2026-11-10 call with jane-roe, maria — Hello`."),
        ("call with jane-roe; good talk", "Write `## 2026-11-10 call with jane-roe — good talk`."),
        ("Meeting: jane-roe; maria: Budget", "Write `## 2026-11-10 meeting with jane-roe, maria — Budget`."),
        ("cal with jane rooe — Hi", "Write `## 2026-11-10 call with jane-roe — Hi`."),
        ("cal jane rooe — Hi", "Write `## 2026-11-10 call with jane-roe — Hi`."),
        ("call with jane rooe wants it", "Write `## 2026-11-10 call with jane-roe — wants it`."),
        ("call with jane about it", "Write `## 2026-11-10 call with jane-roe — about it`."),
        ("call with jane (Acme) — Hi", "Write `## 2026-11-10 call with jane-roe — Acme — Hi`."),
        ("call with jane today — Hi", "Write `## 2026-11-10 call with jane-roe — today — Hi`."),
        ("call with jane smith", "Write `## 2026-11-10 call — with jane smith`."),
        ("call with jane and the team — Hi", "Write `## 2026-11-10 call with jane-roe — and the team — Hi`."),
        ("call from Greta Ohm and jane-roe", "Write `## 2026-11-10 call from jane-roe — Greta Ohm`."),
        ("call with Greta Ohm, Tom Ray & jane-roe — Hi", "Write `## 2026-11-10 call with jane-roe — Greta Ohm, Tom Ray — Hi`."),
    ],
)  # fmt: skip
def test_who_is_named_is_kept(heading: str, help: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal(notes=f"## 2026-11-10 {heading}\n")}).problems
    assert (problem.span.line, problem.help) == (7, help)


@pytest.mark.parametrize(
    ("date", "line"),
    [
        ("2026-11-10/12", "event — until 2026-11-12"),
        ("2026-11-10-12", "event — until 2026-11-12"),
        ("2026-11-10–2026-11-12", "event — until 2026-11-12"),
        ("2026-11-10/11-12", "event — until 11-12"),
    ],
)
def test_several_days_are_noted_on_the_first(date: str, line: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal(notes=f"## {date} event\n")}).problems
    assert problem.message == f"`{date}` is not a date: a note is of one day."
    assert problem.help == f"Write the first day: `## 2026-11-10 {line}`."
    only_deal(deal(notes=f"## 2026-11-10 {line}\n"))


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("2026-11-10 – 2026-11-12 event with jane-roe", "event with jane-roe — until 2026-11-12"),
        ("2026-11-10 - 2026-11-12 event: Fair", "event — Fair (until 2026-11-12)"),
        ("2026-11-10 — 12 chairs", ""),
    ],
)
def test_the_last_of_several_days_is_no_headline(heading: str, line: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal(notes=f"## {heading}\n")}).problems
    assert (problem.message == "A note is of one day.") is bool(line)
    assert problem.help.endswith(f": `## 2026-11-10 {line}`.") is bool(line)


@pytest.mark.parametrize(
    ("date", "line"),
    [("2026-11-10-0930 call", "09:30 call"), ("2026-11-10/9/3 event", "event — 9/3")],
)
def test_what_sticks_to_a_date_is_kept(date: str, line: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal(notes=f"## {date}\n")}).problems
    assert problem.help == f"Put a space behind the date: `## 2026-11-10 {line}`."


def test_fields_of_a_note_in_yaml_without_a_kind_are_those_of_any() -> None:
    front = deal()[4:-4]
    for kind in ("", "    kind: foo\n"):
        notes = f"notes:\n  - date: 2026-11-10\n{kind}    amount: 1000\n    budget: 5\n"
        (problem,) = loaded({"deals/bad.yml": front + notes}).problems
        assert problem.span.line == (7 if kind else 6)


def test_several_days_in_yaml_are_told_the_first() -> None:
    notes = "notes:\n  - {date: 2026-11-10/12, kind: event}\n"
    (problem,) = loaded({"deals/bad.yml": deal()[4:-4] + notes}).problems
    assert problem.help == "Write the first day: `2026-11-10`."


def test_of_hundreds_of_unknown_kinds_each_is_told_and_what_is_below_it_still_counts() -> None:
    notes = "".join(f"## 2026-10-01 kal-{n}\nvalue:: {n}\n\n" for n in range(300))
    result = loaded({"deals/bad.md": deal(front="value: 299", notes=notes)})
    told = [problem for problem in result.problems if problem.code == "unknown-kind"]
    assert [problem.message for problem in told] == [
        f"`kal-{n}` is not a kind of note." for n in range(300)
    ]
    assert told[-1].help == (
        "Use `note`, `call`, `meeting`, `email` or another kind; "
        "your own go under `kinds` in pipeline.yml."
    )
    assert list(result.problems) == told


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("closed won", "won"),
        ("Closed Lost", "lost"),
        ("now in decision", "decision"),
        ("closed deal", None),
        ("won deal", "won — deal"),
    ],
)
def test_a_stage_behind_words_that_only_say_that_it_went_there(
    said: str, meant: str | None
) -> None:
    problems = loaded({"deals/bad.md": deal(notes=f"## 2026-10-14 stage {said}\n")}).problems
    helps = [p.help for p in problems if p.code == "invalid-note"]
    if meant is not None:
        assert helps == [f"Write `## 2026-10-14 stage {meant}`."]
    else:
        assert "stage won" not in " ".join(helps)


@pytest.mark.parametrize(
    ("heading", "help"),
    [
        ("call with Jane Roe and Marek Novak", "call with jane-roe, mn"),
        ("email Marek Novak: Hi", "email to mn — Hi` or `## 2026-11-10 email from mn — Hi"),
        ("call with Marek Novak Wants it", "call with mn — Wants it"),
    ],
)
def test_a_contact_is_known_by_a_name_that_is_not_the_id(heading: str, help: str) -> None:
    files: dict[str, str | bytes] = {
        "contacts/mn.md": "---\nname: Marek Novak\n---\n",
        "deals/bad.md": deal(notes=f"## 2026-11-10 {heading}\n"),
    }
    (problem,) = loaded(files).problems
    assert problem.help == f"Write `## 2026-11-10 {help}`."


NAMESAKES = {
    "pipeline.yml": PIPELINE.replace("team:\n", "team:\n  sofie: {name: Sofie Lund}\n"),
    "contacts/sofie-lund.md": "---\nname: Sofie Lund\n---\n",
    "contacts/ann-lee.md": "---\nname: Ann Lee\n---\n",
}


@pytest.mark.parametrize(
    ("heading", "column", "help"),
    [
        ("call by Sofie Lund", 29, "Write `## 2026-11-10 call by sofie`."),
        ("call with Sofie Lund by Sofie Lund — Hi", 31, "Write `## 2026-11-10 call with sofie-lund by sofie — Hi`."),
        ("call by Sofie Lund, Ann Lee", 29, "Write `## 2026-11-10 call with ann-lee by sofie`."),
        ("call by Ann Lee, maria", 27, "Write `## 2026-11-10 call with ann-lee by maria`."),
        ("call by ann-lee, maria", 32, "Write `by maria`, and name others as parties before it: `## 2026-11-10 call with ann-lee by maria`."),
        ("Call by mari", 15, "Write `## 2026-11-10 call by maria`."),
        ("Call by Ann Lee", 15, "Write `## 2026-11-10 call by PERSON-ID`."),
        ("call with Ann Lee by Ann Lee", 29, "Write `## 2026-11-10 call with ann-lee by PERSON-ID`."),
    ],
)  # fmt: skip
def test_one_of_the_team_stands_behind_by(heading: str, column: int, help: str) -> None:
    files = NAMESAKES | {"deals/bad.md": deal(notes=f"## 2026-11-10 {heading}\n")}
    (problem,) = loaded(files).problems
    assert (problem.span.line, problem.span.column, problem.help) == (7, column, help)


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("call by ⟦Ann Lee⟧", "Ann Lee"),
        ("call with jane-roe by ⟦ann lee⟧ — Hi", "ann lee"),
        ("call by ⟦ann-lee⟧ about prices", "ann-lee"),
        ("call by [[⟦ann-lee⟧]] about prices", "ann-lee"),
    ],
)
def test_a_contact_behind_by_is_told_who_is_in_the_team(heading: str, name: str) -> None:
    before, _, rest = f"## 2026-11-10 {heading}".partition("⟦")
    notes = f"{before}{rest.replace('⟧', '')}\n"
    (problem,) = loaded(NAMESAKES | {"deals/bad.md": deal(notes=notes)}).problems
    begin = len(before) + 1
    assert (problem.code, problem.message) == ("unknown-person", f"`{name}` is not in the team.")
    assert (problem.span.column, problem.span.end_column) == (begin, begin + len(name))
    assert problem.help == "The team: `sofie`, `maria`."


def test_a_name_in_yaml_is_told_for_itself() -> None:
    notes = "notes:\n- {date: 2026-11-10, kind: Call, by: Ann Lee}\n"
    front = "title: Bad\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n"
    kind, by = loaded(NAMESAKES | {"deals/bad.yml": front + notes}).problems
    assert (kind.code, kind.span.column) == ("unknown-kind", 28)
    assert (by.code, by.span.column, by.span.end_column) == ("unknown-person", 38, 45)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("from maria to jane-roe", "to jane-roe by maria"),
        ("from jane-roe to maria", "from jane-roe by maria"),
    ],
)
def test_one_of_us_beside_a_contact_is_who_it_was_by(said: str, meant: str) -> None:
    told, _ = read(f"## 2026-10-14 call {said}")
    assert told[3].endswith(f"behind `by`: `## 2026-10-14 call {meant}`.")


def test_a_stage_of_several_words_is_found_behind_words_that_say_a_move() -> None:
    pipeline = PIPELINE.replace("decision:", "decision:\n        name: Offer made", 1)
    bad = deal(notes="## 2026-10-14 moved to Offer made\n")
    problems = loaded({"pipeline.yml": pipeline, "deals/bad.md": bad}).problems
    assert "Write `## 2026-10-14 stage decision`." in [problem.help for problem in problems]
