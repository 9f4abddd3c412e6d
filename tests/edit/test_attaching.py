from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from site_builder.edit.attaching import attach, not_yet_there
from site_builder.edit.existing import Existing, shelve
from site_builder.edit.writing import NewNote
from site_builder.files.tree import MemoryTree
from site_builder.journal.kinds import KindRole


def file(data: bytes) -> Existing:
    (made,) = shelve(MemoryTree({"deals/a.md": data}), "deals", "deal").files
    return made


def stage(day: str, id: str, **fields: str) -> NewNote:
    date = dt.date.fromisoformat(day)
    return NewNote(date, "stage", KindRole.STAGE, stage=id, fields=tuple(fields.items()))


HEAD = b"---\ntitle: A\nstage: lead   # now\n---\n\nSummary.\n"
OLD = b"\n## 2026-01-01 stage lead\n\nText.\n\n## 2026-03-01 call\n"


def test_a_note_goes_where_its_date_belongs() -> None:
    made = attach(file(HEAD + OLD), [stage("2026-02-01", "offer")])
    assert made.data == HEAD.replace(b"lead", b"offer") + OLD.replace(
        b"\n## 2026-03", b"\n## 2026-02-01 stage offer\n\n## 2026-03"
    )
    assert made.followed == (("stage", "lead", "offer"),)


def test_an_older_note_leaves_the_front_matter_alone() -> None:
    made = attach(file(HEAD + OLD), [stage("2025-12-01", "offer")])
    assert made.data.startswith(HEAD + b"\n## 2025-12-01 stage offer\n\n## 2026-01-01")
    assert made.followed == ()


def test_a_file_that_runs_newest_first_goes_on_so() -> None:
    data = HEAD + b"\n## 2026-03-01 call\n\n## 2026-01-01 stage lead\n"
    made = attach(file(data), [stage("2026-02-01", "offer"), stage("2026-04-01", "won")])
    headings = [line for line in made.data.decode().splitlines() if line.startswith("##")]
    assert [h[3:10] for h in headings] == ["2026-04", "2026-03", "2026-02", "2026-01"]
    assert made.followed == (("stage", "lead", "won"),)


@pytest.mark.parametrize("step", [1, -1])
def test_one_without_a_time_belongs_with_the_one_before_it_on_its_day(step: int) -> None:
    headings = ["01-01 stage lead", "02-01 10:00 meeting", "02-01 call", "03-01 email"]
    there = "".join(f"\n## 2026-{heading}\n" for heading in headings[::step])
    new = replace(stage("2026-02-01", "offer"), time=dt.time(9))
    made = attach(file(HEAD + there.encode()), [new]).data.decode()
    headings.insert(1, "02-01 09:00 stage offer")
    assert [line[8:] for line in made.splitlines() if line[:2] == "##"][::step] == headings


def test_of_two_notes_of_one_minute_the_new_one_is_the_later() -> None:
    there = b"---\ntitle: A\nstage: lead\nvalue: 5\n---\n\n## 2026-02-01 09:00 call\nvalue:: 5\n"
    new = replace(stage("2026-02-01", "offer", value="6"), time=dt.time(9))
    assert attach(file(there), [new]).followed == (("stage", "lead", "offer"), ("value", "5", "6"))


def test_a_field_that_is_not_there_is_added_behind_the_stage() -> None:
    made = attach(file(HEAD), [stage("2026-02-01", "lead", value="5")])
    assert b"stage: lead   # now\nvalue: 5\n---\n" in made.data


@pytest.mark.parametrize("quote", [b"", b"'", b'"'])
def test_a_value_is_replaced_and_keeps_its_quotes(quote: bytes) -> None:
    data = b"---\ntitle: A\nvalue: %b5%b # c\nstage: lead\n---\n" % (quote, quote)
    made = attach(file(data), [stage("2026-02-01", "lead", value="6 USD")])
    assert b"value: %b6 USD%b # c\n" % (quote, quote) in made.data


def test_line_ends_and_byte_order_mark_stay() -> None:
    data = b"\xef\xbb\xbf" + (HEAD + OLD).replace(b"\n", b"\r\n")
    made = attach(file(data), [stage("2026-02-01", "lead")])
    assert made.data.startswith(b"\xef\xbb\xbf---\r\n")
    assert made.data.count(b"\n") == made.data.count(b"\r\n")


def test_a_file_without_a_last_line_end_gets_its_note_on_a_new_line() -> None:
    made = attach(file(HEAD.rstrip()), [stage("2026-02-01", "lead")])
    assert made.data.endswith(b"Summary.\n\n## 2026-02-01 stage lead\n")


def test_two_alike_need_two_alike() -> None:
    note = stage("2026-01-01", "lead")
    assert not_yet_there([note], file(HEAD + b"\n## 2026-01-01 stage lead\n")) == []
    text = NewNote(dt.date(2026, 3, 1), "call")
    assert not_yet_there([text, text], file(HEAD + OLD)) == [text]


def test_all_else_stays_byte_for_byte() -> None:
    data = HEAD + OLD + b"\n\n\n   \ntail\n"
    made = attach(file(data), [stage("2025-01-01", "lead")])
    assert made.data.replace(b"## 2025-01-01 stage lead\n\n", b"") == data


FALLING = HEAD + b"\n## 2026-03-01 stage lead\nvalue:: 7\n\n## 2026-01-01 call\n"


def headings(data: bytes) -> list[str]:
    return [line[3:] for line in data.decode().splitlines() if line.startswith("## ")]


@pytest.mark.parametrize(
    ("day", "place"), [("2026-02-01", 1), ("2025-12-01", 2), ("2026-01-01", 1), ("2026-01-02", 1)]
)
def test_an_older_stage_leaves_the_front_matter_of_a_falling_file_alone(
    day: str, place: int
) -> None:
    made = attach(file(FALLING), [stage(day, "offer", value="5", close="2026-05-01")])
    assert headings(made.data)[place] == f"{day} stage offer"
    assert sorted(headings(made.data))[::-1] == headings(made.data) or day == "2026-01-01"
    assert made.followed == (("close", "", "2026-05-01"),)
    assert b"stage: lead   # now\nclose: 2026-05-01\n---\n" in made.data


def test_of_the_notes_of_one_day_the_new_one_is_the_later() -> None:
    made = attach(file(FALLING), [stage("2026-03-01", "offer", value="9")])
    assert headings(made.data)[:2] == ["2026-03-01 stage offer", "2026-03-01 stage lead"]
    assert made.followed == (("stage", "lead", "offer"), ("value", "", "9"))
    rising = HEAD + b"\n## 2026-01-01 call\n\n## 2026-03-01 stage lead\n"
    made = attach(file(rising), [stage("2026-03-01", "offer")])
    assert headings(made.data)[1:] == ["2026-03-01 stage lead", "2026-03-01 stage offer"]
    assert made.followed == (("stage", "lead", "offer"),)


def test_several_new_notes_fall_too() -> None:
    new = [stage("2026-02-01", "offer"), stage("2026-04-01", "won"), stage("2026-02-02", "lead")]
    made = attach(file(FALLING), new)
    assert [h[:10] for h in headings(made.data)] == [
        "2026-04-01", "2026-03-01", "2026-02-02", "2026-02-01", "2026-01-01",
    ]  # fmt: skip
    assert made.followed == (("stage", "lead", "won"),)
