"""The quick way to read headings, held to the thorough one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from site_builder.journal.note_spans import Places, UsualPlaces
from site_builder.source import note_headings
from site_builder.source.heading_words import read_heading
from site_builder.source.note_drafts import NoteDraft
from tests.examples import some

words = st.lists(
    st.sampled_from(
        ["09:10", "9:1", "stage", "call", "email", "lead-1", "to", "from", "with", "by", "ann-b",
         "maria", "—", "-", "–", "a,", "two words", "", " ", "a\u00a0b", "Éa", "x-", "1", "#"]
    ),
    max_size=8,
)  # fmt: skip
marks = st.sampled_from(["## ", "##  ", " ## ", "##"])
dates = st.sampled_from(["2026-11-20", "2026-11-2", "2026-11-20,", "2026-13-45"])


def usual(heading: str) -> NoteDraft | None:
    body = f"text\n{heading}\ntext"
    return note_headings._usual_heading("f.md", body, 5, 5 + len(heading), 7)


def spans(usual: UsualPlaces) -> Places:
    return Places(usual.whole, usual.date, usual.kind, usual.stage)


def test_the_usual_heading_is_read_at_once() -> None:
    for rest in (
        "call",
        "09:10 email from jane-roe by maria — A b - c ",
        "stage lead by maria - x",
        "trust",
    ):
        assert usual(f"## 2026-11-20 {rest}") is not None


@given(marks, dates, words)
@some(400)
def test_a_usual_heading_is_read_as_word_by_word(mark: str, date: str, rest: list[str]) -> None:
    heading = " ".join([mark + date, *rest])
    quick = usual(heading)
    if quick is not None:
        thorough = read_heading("f.md", heading, 7)
        assert thorough.slip is None
        thorough.heading = ""
        assert isinstance(quick.places, UsualPlaces)
        assert quick.places.end == len(heading) + 1
        # The thorough one leaves out blanks at the end.
        quick.places = spans(quick.places._replace(end=len(heading.rstrip()) + 1))
        quick.parties = list(quick.parties)
        thorough.parties = list(thorough.parties)
        assert quick == thorough


def test_fences_are_told_by_their_places() -> None:
    text = "a\n- b\n  ```\n  c\n  ```\n\nd\n~~~\n\n~~~"
    assert [text[start:end] for start, end in note_headings.fences(text)] == [
        "  ```\n  c\n  ```",
        "~~~\n\n~~~",
    ]
    assert note_headings.fences("a `b` ~c~\n") == note_headings.fences("```\na\n") == []


def test_no_note_begins_in_a_closed_fence_however_it_is_nested() -> None:
    body = (
        "## 2026-11-10 call\n- a\n  ```\n  ## 2026-11-11 call\n  ```\n\n"
        '```text title="x"\n## 2026-11-12 call\n`````\n'
        "## 2026-11-13 call\n- ```\n  open\n## 2026-11-14 call\n> ~~~\n## 2026-11-15 call\n"
        "```\n## 2026-11-16 call\n"
    )
    found = [body[at : at + 13].strip("# \n") for at in note_headings.note_starts(body)]
    assert found == [f"2026-11-{day}" for day in (10, 13, 14, 15, 16)]
