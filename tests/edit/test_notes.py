from __future__ import annotations

import datetime as dt

import pytest

from site_builder.edit.front import NotPlain
from site_builder.edit.notes import with_note
from site_builder.edit.writing import NewNote
from site_builder.journal.kinds import KindRole
from tests.edit.desks import after, existing

HEAD = "---\ntitle: A\nstage: lead\nvalue: 48000\n---\n"


def note(day: str, kind: str = "call", **more: object) -> NewNote:
    return NewNote(dt.date.fromisoformat(day), kind, **more)  # type: ignore[arg-type] # any of its fields


def stage(day: str, id: str) -> NewNote:
    return note(day, "stage", role=KindRole.STAGE, stage=id)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        (HEAD, HEAD + "\n## 2026-11-20 call\n"),
        (HEAD.rstrip(), HEAD.rstrip() + "\n\n## 2026-11-20 call\n"),
        (HEAD + "Text", HEAD + "Text\n\n## 2026-11-20 call\n"),
        (HEAD + "Text\n\n", HEAD + "Text\n\n## 2026-11-20 call\n"),
        (HEAD + "\n## 2026-11-01 call\n", HEAD + "\n## 2026-11-01 call\n\n## 2026-11-20 call\n"),
        (
            HEAD + "## 2026-11-22 call\n\n## 2026-11-01 call\n",
            HEAD + "## 2026-11-22 call\n\n## 2026-11-20 call\n\n## 2026-11-01 call\n",
        ),
        (
            HEAD + "## 2026-11-01 call\n## 2026-11-22 call",
            HEAD + "## 2026-11-01 call\n\n## 2026-11-20 call\n\n## 2026-11-22 call",
        ),
        (
            HEAD + "Summary\n## 2026-11-02 call\n\n## 2026-11-01 call\n",
            HEAD + "Summary\n\n## 2026-11-20 call\n\n## 2026-11-02 call\n\n## 2026-11-01 call\n",
        ),
    ],
)
def test_a_note_stands_where_its_date_belongs_in_the_file_s_own_order(text: str, made: str) -> None:
    file = existing(text)
    assert after(file, *with_note(file, note("2026-11-20"))) == made


def test_all_that_a_note_can_say() -> None:
    file = existing(HEAD)
    new = note(
        "2026-11-20",
        time=dt.time(9, 5),
        direction="with",
        parties=("jane-roe", "john-smith"),
        by="maria",
        headline="Wants a quote",
        fields=(("value", "51 000"),),
        text="Line one\n\n- [x] needs-analysis\n",
    )
    assert after(file, *with_note(file, new)) == HEAD.replace("48000", "51 000") + (
        "\n## 2026-11-20 09:05 call with jane-roe, john-smith by maria — Wants a quote\n"
        "value:: 51 000\n\nLine one\n\n- [x] needs-analysis\n"
    )


def test_the_front_matter_follows_but_where_a_later_note_sets_the_same() -> None:
    file = existing(HEAD + "\n## 2026-11-10 stage lead\n")
    assert "stage: won\n" in after(file, *with_note(file, stage("2026-11-20", "won")))
    assert "stage: lead\n" in after(file, *with_note(file, stage("2026-11-01", "won")))


def test_the_front_matter_stays_where_it_says_so_already() -> None:
    file = existing(HEAD + "\n## 2026-11-10 stage won\n")
    assert len(with_note(file, stage("2026-11-20", "lead"))) == 1


YAML = "title: A\nstage: lead\nnotes:\n"


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("title: A\n", "title: A\nnotes:\n  - date: 2026-11-20\n    kind: call\n"),
        ("title: A", "title: A\nnotes:\n  - date: 2026-11-20\n    kind: call\n"),
        ("notes: []\ntitle: A\n", "notes:\n  - date: 2026-11-20\n    kind: call\ntitle: A\n"),
        ("notes:\ntitle: A\n", "notes:\n  - date: 2026-11-20\n    kind: call\ntitle: A\n"),
        (
            YAML + "- date: 2026-11-01\n  kind: note\n  text: |\n    a\n\n\ntags: [b]\n",
            YAML + "- date: 2026-11-01\n  kind: note\n  text: |\n    a\n"
            "- date: 2026-11-20\n  kind: call\n\n\ntags: [b]\n",
        ),
        (
            YAML
            + "  - {date: 2026-11-01, kind: note}\n  # later\n  -\n    date: 2026-11-22\n    kind: note",
            YAML + "  - {date: 2026-11-01, kind: note}\n  # later\n"
            "  - date: 2026-11-20\n    kind: call\n  -\n    date: 2026-11-22\n    kind: note",
        ),
        (
            YAML + "  - date: 2026-11-01\n    kind: note",
            YAML + "  - date: 2026-11-01\n    kind: note\n  - date: 2026-11-20\n    kind: call\n",
        ),
    ],
)
def test_notes_of_yaml_files(text: str, made: str) -> None:
    file = existing(text, "deals/a.yml")
    assert after(file, *with_note(file, note("2026-11-20"))) == made
    assert len(existing(made, "deals/a.yml").document.notes) == len(file.document.notes) + 1


def test_all_that_a_note_can_say_in_yaml() -> None:
    file = existing("title: A\nvalue: 48000\n", "deals/a.yml")
    new = note(
        "2026-11-20",
        time=dt.time(9, 5),
        direction="to",
        parties=("jane-roe", "john-smith"),
        by="maria",
        headline="Quote: two sites",
        fields=(("value", "51 000"),),
        text="One\n\n  two\n",
    )
    made = after(file, *with_note(file, new))
    assert made == (
        "title: A\nvalue: 51 000\nnotes:\n  - date: 2026-11-20\n    time: 09:05\n    kind: call\n"
        '    to: [jane-roe, john-smith]\n    by: maria\n    headline: "Quote: two sites"\n'
        "    value: 51 000\n    text: |\n      One\n\n        two\n"
    )
    (draft,) = existing(made, "deals/a.yml").document.notes
    assert (draft.headline, draft.text, len(draft.parties)) == (
        "Quote: two sites",
        "One\n\n  two",
        2,
    )


def test_notes_in_one_line_are_left_alone() -> None:
    file = existing("notes: [{date: 2026-11-01, kind: note}]\n", "deals/a.yml")
    with pytest.raises(NotPlain):
        with_note(file, note("2026-11-20"))


TIMED = HEAD + "\n## 2026-11-20 10:00 stage lead\nvalue:: 48000\n\n## 2026-11-20 call\n"


@pytest.mark.parametrize(
    "text",
    [
        TIMED,
        HEAD + "\n## 2026-11-20 10:00 stage lead\nvalue:: 48000\n\n## 2026-11-19 note\n",
    ],
)
def test_a_note_without_a_time_is_behind_those_of_its_day(text: str) -> None:
    file = existing(text)
    new = note("2026-11-20", "change", role=KindRole.CHANGE, fields=(("value", "51000"),))
    made = after(file, *with_note(file, new))
    assert "\nvalue: 51000\n" in made
    (last,) = [n for n in existing(made).document.notes if n.kind == "change"]
    place = existing(made).document.notes.index(last)
    assert place == (2 if text == TIMED else 0)


@pytest.mark.parametrize(("clock", "place"), [(dt.time(9), 0), (dt.time(11), 2)])
def test_a_note_without_a_time_stays_with_the_one_before_it(clock: dt.time, place: int) -> None:
    file = existing(TIMED)
    made = existing(after(file, *with_note(file, note("2026-11-20", "gift", time=clock))))
    assert [n.kind for n in made.document.notes].index("gift") == place


@pytest.mark.parametrize("text", ["   three\n      six", "\ttab", "  - a\n\n- b"])
def test_text_in_yaml_keeps_its_indentation(text: str) -> None:
    file = existing("title: A\nnotes:\n- date: 2026-11-01\n  kind: note\n", "deals/a.yml")
    made = after(file, *with_note(file, note("2026-11-20", text=text)))
    assert existing(made, "deals/a.yml").document.notes[1].text.rstrip("\n") == text
