"""Notes of which nothing tells the day: what to type, and that nothing follows from them."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from site_builder.problems.problem import Problem
from tests.catalogue import PIPELINE, deal
from tests.journals import codes, loaded, only_deal

WITH_DAY = "Write the date as year-month-day, with the day in place of `DD`: `{}`."
WITH_MONTH = "Write the date as year-month-day, with month and day in place of `MM-DD`: `{}`."


def only(files: dict[str, str | bytes], today: dt.date | None = None) -> Problem:
    (problem,) = loaded(files, today).problems
    return problem


@pytest.mark.parametrize(
    ("date", "help"),
    [
        ("2026-11", WITH_DAY.format("## 2026-11-DD call with jane-roe")),
        ("2026-10", WITH_DAY.format("## 2026-10-DD call with jane-roe")),
        ("2026-10-32", WITH_DAY.format("## 2026-10-DD call with jane-roe")),
        ("2026-10-00", WITH_DAY.format("## 2026-10-DD call with jane-roe")),
        ("2026-10-XX", WITH_DAY.format("## 2026-10-DD call with jane-roe")),
        ("2026-11-31", WITH_DAY.format("## 2026-11-DD call with jane-roe")),
        ("2026-Q4", WITH_MONTH.format("## 2026-MM-DD call with jane-roe")),
        ("2026-13-45", WITH_MONTH.format("## 2026-MM-DD call with jane-roe")),
        ("0000-11-31", "Write `## YYYY-MM-DD call with jane-roe`."),
    ],
)
def test_the_line_is_told_but_for_what_nobody_knows(date: str, help: str) -> None:
    problem = only({"deals/bad.md": deal(notes=f"## {date} call with jane-roe\n")})
    assert (problem.code, problem.help) == ("invalid-note", help)
    assert (problem.span.line, problem.span.column) == (7, 4)
    assert problem.span.end_column == 4 + len(date)
    line = re.findall("`(## .*?)`", help)[0]
    line = line.replace("YYYY", "2026").replace("MM", "10").replace("DD", "12")
    only_deal(deal(notes=line.replace("2026-11-12", "2026-11-02") + "\n"))


def test_a_last_day_is_told_once_it_has_come() -> None:
    files: dict[str, str | bytes] = {"deals/bad.md": deal(notes="## 2026-11-31 call\n")}
    told = [
        only({**files, "pipeline.yml": PIPELINE.replace("2026-11-20", f"2026-11-{day}")}).help
        for day in (29, 30)
    ]
    assert told == [WITH_DAY.format("## 2026-11-DD call"), "Write `## 2026-11-30 call`."]


def test_a_year_that_is_left_out_is_none_to_come() -> None:
    above = "## 2026-10-01 meeting\n\n## {} call\n"
    told = [only({"deals/bad.md": deal(notes=above.format(d))}).help for d in ("Nov 10", "Dec 10")]
    assert told == [f"Write `## {year}-{day} call` to begin a note."
                    for year, day in (("2026", "11-10"), ("YYYY", "12-10"))]  # fmt: skip


@pytest.mark.parametrize(
    ("date", "help"),
    [
        ("2026-11", WITH_DAY.format("2026-11-DD")),
        ("2026-13-45", WITH_MONTH.format("2026-MM-DD")),
        ("'24.10.26'", "Write `2026-10-24`."),
        ("'2026-10-24 '", "Write `2026-10-24`."),
        ("'10.26'", "Write a date as year-month-day: `2026-10-24`."),
    ],
)
def test_in_yaml_the_date_alone_is_told(date: str, help: str) -> None:
    text = "title: Y\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\nnotes:\n"
    problem = only({"deals/y.yml": f"{text}- {{date: {date}, kind: call}}\n"})
    assert (problem.code, problem.span.line, problem.span.column) == ("invalid-note", 6, 10)
    assert problem.help == help


@pytest.mark.parametrize(
    ("created", "help"),
    [
        ("2026-11", WITH_DAY.format("2026-11-DD")),
        ("2026-11-31", WITH_DAY.format("2026-11-DD")),
        ("Q4 2026", WITH_MONTH.format("2026-MM-DD")),
        ("2026-10", "Write a date as year-month-day, such as its last: `2026-10-31`."),
        ("2026-1-3", "Write `2026-01-03`."),
    ],
)
def test_no_deal_is_said_to_begin_after_today(created: str, help: str) -> None:
    assert only({"deals/bad.md": deal(front=f"created: {created}")}).help == help


LATER = "\n## 2026-10-20 stage {}\n"
BEGUN = "## 2026-10-01 stage qualification\n"


@pytest.mark.parametrize("date", ["2026-10-32", "2026-13-45", "2026-10", "2026-Q4"])
@pytest.mark.parametrize(
    ("stage", "front", "notes"),
    [
        ("decision", "", BEGUN + "\n## {} call\n- [x] decision-map\n" + LATER.format("decision")),
        ("won", "created: 2026-01-05", "## {} stage won\n- [x] decision-map\n"),
        ("lead", "value: 5", "## 2026-10-01 change\nvalue:: 4\n\n## {} change\nvalue:: 5\n"),
        ("decision", "", BEGUN + "- [x] decision-map\n\n## {} stage decision\n"),
        ("negotiation", "", BEGUN + "- [x] decision-map\n\n## {} stage decision\n" + LATER.format("negotiation")),
        ("lost", "", "## {} stage lost\nlost-reason:: price\n"),
        ("lost", "lost-reason: other", "## 2026-10-01 stage lost\n\n## {} call — They merged\n"),
        ("lead", "", "## {} like from jane-roe\n\n## 2026-10-20 trust from jane-roe\n"),
    ],
)  # fmt: skip
def test_nothing_follows_from_a_note_without_a_day(
    date: str, stage: str, front: str, notes: str
) -> None:
    text = deal(stage=f"stage: {stage}", front=front, notes=notes.format(date))
    result = loaded({"deals/bad.md": text})
    assert [p.code for p in result.problems] == ["invalid-note"]
    assert result.journal is not None and "bad" in result.journal.deals_by_id


def test_nothing_follows_in_other_files() -> None:
    trust = deal(stage="stage: decision", front="contacts: [jane-roe]",
                 notes="## 2026-10-20 call\n- [x] decision-map\n")  # fmt: skip
    contact = "---\nname: Jane Roe\n---\n\n## {} like\n"
    files: dict[str, str | bytes] = {"deals/bad.md": trust}
    missing = ["rung-skipped", "trust-missing"]
    rung = "## 2026-10-20 trust from jane-roe\n"
    for date, expected in (("2026-10-32", ["invalid-note"]), ("2026-10-31", missing[:1])):
        files["contacts/jane-roe.md"] = contact.format(date)
        assert codes(files) == expected
    files["contacts/jane-roe.md"] = contact.format("2026-10-32")
    assert codes(files | {"deals/bad.md": trust + rung}) == ["invalid-note"]


def test_nor_in_a_company_whose_level_it_may_set() -> None:
    text = (
        "---\nname: Co\ntype: company\nlevel: member\n---\n"
        "## 2026-10-01 change\nlevel:: client\n\n## {} change\nlevel:: member\n"
    )
    assert codes({"contacts/co.md": text.format("2026-10-32")}) == ["invalid-note"]
    assert codes({"contacts/co.md": text.format("2026-09-30")}) == ["field-mismatch"]


@pytest.mark.parametrize(
    "note", ["{kind: stage, stage: won}", "{date: 2026-10-32, kind: stage, stage: won}", "won"]
)
def test_nor_from_a_note_of_yaml_that_is_none(note: str) -> None:
    text = f"title: Y\nowner: maria\nstage: won\ncreated: 2026-01-05\nnotes:\n- {note}\n"
    assert codes({"deals/y.yml": text}) == ["invalid-note"]


def test_what_has_nothing_to_do_with_the_notes_is_told() -> None:
    text = deal(front="close: 2026-11-01", notes="## 2026-10-32 call\n").replace("next:", "x-next:")
    assert codes({"deals/bad.md": text}) == ["no-next-step", "close-in-past", "invalid-note"]
