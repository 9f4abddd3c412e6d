"""Headings that look like those of notes: what is said of them, and that it is right."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.problems.characters import named
from site_builder.problems.problem import Problem
from tests.catalogue import deal
from tests.effort import soon
from tests.examples import some
from tests.journals import codes, loaded, only_deal

_DASHES = [c for c in map(chr, range(0x80, 0x11000)) if unicodedata.category(c) == "Pd"]
ABOVE = "## 2026-10-01 call\n\n"


def told(heading: str) -> Problem:
    (problem,) = loaded({"deals/bad.md": deal(notes=f"{ABOVE}{heading}\n\nText.\n")}).problems
    assert (problem.code, problem.severity) == ("heading-like-note", "warning")
    return problem


@pytest.mark.parametrize(
    ("heading", "column", "char"),
    [
        ("##\u00a02026-11-10 call", 3, "U+00A0, no-break space,"),
        ("##\u20092026-11-10 call", 3, "U+2009, thin space,"),
        ("\ufeff## 2026-11-10 call", 1, "U+FEFF, byte order mark,"),
        ("\u200b## 2026-11-10 call", 1, "U+200B, zero width space,"),
        ("## \u200e2026-11-10 call", 4, "U+200E, left-to-right mark,"),
        ("## 2026\u00ad-11-10 call", 8, "U+00AD, soft hyphen,"),
        ("## 2026\u201311\u201310 call", 8, "U+2013, en dash,"),
        ("## ２026-11-10 call", 4, "U+FF12, fullwidth digit two,"),
        ("＃＃ 2026-11-10 call", 1, "U+FF03, fullwidth number sign,"),
        ("#\u200b# 2026-11-10 call", 2, "U+200B, zero width space,"),
        ("## 2026\u00a0-11-10 call", 8, "U+00A0, no-break space,"),
        ("## 2026\u200911-10 call", 8, "U+2009, thin space,"),
        ("## 2026\u200b11\u200b10 call", 8, "U+200B, zero width space,"),
        ("## 20\u00a026-11-10 call", 6, "U+00A0, no-break space,"),
        ("## 2026\U000e0020-11-10 call", 8, "U+E0020, tag space,"),
        ("\u3164## 2026-11-10 call", 1, "U+3164, filler,"),
        *((f"## 2026{dash}11{dash}10 call", 8, f"{named(dash)},") for dash in _DASHES),
    ],
)
def test_an_odd_character_is_named(heading: str, column: int, char: str) -> None:
    problem = told(heading)
    assert (problem.span.line, problem.span.column, problem.span.end_column) == (
        9,
        column,
        column + 1,
    )
    assert problem.message == f"This heading is only text: it has {char} in it."
    assert problem.help == "Write `## 2026-11-10 call` to begin a note."


@pytest.mark.parametrize("above", ["", "\n", "\n\n", "Text.\n\n", ABOVE])
@pytest.mark.parametrize(
    ("lead", "char"),
    [
        ("\u00a0", "U+00A0, no-break space,"),
        (" \u00a0", "U+00A0, no-break space,"),
        ("\u2028", "U+2028, line separator,"),
        ("  \u3000", "U+3000, ideographic space,"),
    ],
)
def test_an_odd_space_before_a_heading_is_named_wherever_it_stands(
    lead: str, char: str, above: str
) -> None:
    notes = f"{above}{lead}## 2026-11-10 call\n\nText.\n"
    (problem,) = loaded({"deals/bad.md": deal(notes=notes)}).problems
    assert (problem.span.line, problem.span.column) == (7 + above.count("\n"), len(lead))
    assert problem.message == f"This heading is only text: it has {char} in it."


@pytest.mark.parametrize(
    ("heading", "place", "shown"),
    [
        ("## 10 November 2026 call", (4, 20), "10 November 2026"),
        ("## Nov 10, 2026 call", (4, 16), "Nov 10, 2026"),
        ("## Nov 10 call", (4, 10), "Nov 10"),
        ("## 26-11-10 call", (4, 12), "26-11-10"),
        ("## 20261110 call", (4, 12), "20261110"),
        ("## 2026/11/10 call", (4, 14), "2026/11/10"),
        ("## 2026 11 10 call", (4, 14), "2026 11 10"),
        ("## Tuesday, 10 Nov 2026: Call", (13, 24), "10 Nov 2026"),
        ("## Di., 10. November 2026: Call", (9, 26), "10. November 2026"),
        ("## [2026-11-10] call", (5, 15), "2026-11-10"),
        ("## [2026-11-10](x) call", (5, 15), "2026-11-10"),
        ("## [2026-11-10 call](x)", (5, 15), "2026-11-10"),
        ("## **2026-11-10** call", (6, 16), "2026-11-10"),
        ("## _2026-11-10_ call", (5, 15), "2026-11-10"),
        ("## __2026-11-10__ call", (6, 16), "2026-11-10"),
        ("## ___2026-11-10 call___", (7, 17), "2026-11-10"),
        ("## _10 November 2026_ call", (5, 21), "10 November 2026"),
        ("## call __2026-11-10__", (11, 21), "2026-11-10"),
        ("_## 2026-11-10 call_", (2, 4), "##"),
        ("## Call at 2026-11-10", (12, 22), "2026-11-10"),
        ("## call 2026&#45;11&#x2d;10", (1, 3), "##"),
        ("##&nbsp;2026-11-10 call", (9, 19), "2026-11-10"),
        ("## <2026-11-10 Tue> call", (5, 15), "2026-11-10"),
        ("## [[2026-11-10]] call", (6, 16), "2026-11-10"),
        ("## 📞 2026-11-10 call", (6, 16), "2026-11-10"),
        ("## 1. 2026-11-10 call", (7, 17), "2026-11-10"),
        ("## Date: 2026-11-10 call", (10, 20), "2026-11-10"),
        ("## Call 2026-11-10", (9, 19), "2026-11-10"),
        ("## Call on 10 November 2026", (12, 28), "10 November 2026"),
        ("## Call (2026-11-10)", (10, 20), "2026-11-10"),
        ("##call 2026-11-10", (8, 18), "2026-11-10"),
        ("# 2026-11-10 call", (1, 2), "#"),
        ("###### 2026-11-10 call", (1, 7), "######"),
        ("### 10 Nov 2026 Call", (1, 4), "###"),
        ("#2026-11-10 call", (1, 2), "#"),
        ("\\## 2026-11-10 call", (2, 4), "##"),
        ("**2026-11-10 call**", (3, 13), "2026-11-10"),
        ("**2026-11-10** call", (3, 13), "2026-11-10"),
        ("___2026-11-10 call___", (4, 14), "2026-11-10"),
        ("***2026-11-10*** call", (4, 14), "2026-11-10"),
        ("**2026-11-10:** call", (3, 13), "2026-11-10"),
        ("**2026-11-10** — call", (3, 13), "2026-11-10"),
        ("__10 Nov 2026__: Call", (3, 14), "10 Nov 2026"),
        ("2026-11-10 call\n---", (1, 11), "2026-11-10"),
        ("2026-11-10 call\n====", (1, 11), "2026-11-10"),
        ("Text\n10 Nov 2026 call\n---", (1, 12), "10 Nov 2026"),
        ("## 202-11-10 call", (4, 13), "202-11-10"),
        ("## 226-11-10 call", (4, 13), "226-11-10"),
        ("## 20266-11-10 call", (4, 15), "20266-11-10"),
        ("## 2O26-11-10 call", (4, 14), "2O26-11-10"),
        ("## 202611-10 call", (4, 13), "202611-10"),
        ("## 2026=11-10 call", (4, 14), "2026=11-10"),
        ("## 2026:11:10 call", (4, 14), "2026:11:10"),
        ("## 2026,11,10 call", (4, 14), "2026,11,10"),
        ("## <b>2026-11-10</b> call", (7, 17), "2026-11-10"),
        ("## [x] 2026-11-10 call", (8, 18), "2026-11-10"),
        ("## a) 2026-11-10 call", (7, 17), "2026-11-10"),
        ("## ca. 2026-11-10 call", (8, 18), "2026-11-10"),
        ("## approx 10 Nov 2026 call", (11, 22), "10 Nov 2026"),
        ("## 2026;11;10 call", (4, 14), "2026;11;10"),
        ("## 2026~11~10 call", (4, 14), "2026~11~10"),
        ("## 2026, Nov 10 call", (4, 16), "2026, Nov 10"),
        ("## 2026 10 November call", (4, 20), "2026 10 November"),
        ("## Novmber 10 2026 call", (4, 19), "Novmber 10 2026"),
        ("## 10 listopada 2026 call", (4, 21), "10 listopada 2026"),
        ("## 10.XI.2026 call", (4, 14), "10.XI.2026"),
        ("## 261110 call", (4, 10), "261110"),
        ("## 2026\\-11\\-10 call", (1, 3), "##"),
        ("2026-11-10 call\n-", (1, 11), "2026-11-10"),
        ("2026-11-10 call\n=", (1, 11), "2026-11-10"),
    ],
)  # fmt: skip
def test_every_spelling_is_told(heading: str, place: tuple[int, int], shown: str) -> None:
    problem = told(heading)
    assert problem.message == f"This heading is only text: `{shown}` begins no note."
    assert (problem.span.column, problem.span.end_column) == place
    assert problem.help == "Write `## 2026-11-10 call` to begin a note."


@pytest.mark.parametrize(
    ("heading", "column", "where"),
    [
        ("> ## 2026-11-10 call", 3, "it stands in a quote"),
        ("- ## 2026-11-10 call", 3, "it stands in a list"),
        ("1. ## 2026-11-10 call", 4, "it stands in a list"),
        ("20) ## 2026-11-10 call", 5, "it stands in a list"),
        ("> 1. ## 2026-11-10 call", 6, "it stands in a quote"),
        ("> 2026-11-10 call\n> ===", 3, "it stands in a quote"),
        ("- 2026-11-10 call\n  ---", 3, "it stands in a list"),
        ("1. 2026-11-10 call\n   ===", 4, "it stands in a list"),
        ("    ## 2026-11-10 call", 5, "it is indented as code is"),
        ("\t## 2026-11-10 call", 2, "it is indented as code is"),
    ],
)
def test_a_heading_in_something_else_begins_no_note(heading: str, column: int, where: str) -> None:
    problem = told(heading)
    assert problem.message == f"This heading is only text: {where}."
    assert problem.span.column == column


@pytest.mark.parametrize(
    ("heading", "help"),
    [
        ("## 10.12.2026 call", "`## 2026-12-10 call` or `## 2026-10-12 call`"),
        ("## 10 Nov 2026", "`## 2026-11-10 note`"),
        ("**2026-11-10** stage won — **Yes**", "`## 2026-11-10 stage won — **Yes**`"),
        ("## 10 Nov 2026 Berlin trip", "`## 2026-11-10 note — Berlin trip`"),
        ("## 10 Nov 2026 9.30am Call with Jane Roe: Hello", "`## 2026-11-10 09:30 call with jane-roe — Hello`"),
        ("## email 2026-11-10 from Jane Roe", "`## 2026-11-10 email from jane-roe`"),
        ("## Email jane-roe, 2026-11-10", "`## 2026-11-10 email to jane-roe` or `## 2026-11-10 email from jane-roe`"),
        ("## Meeting with Jane Roe and Maria Lopez (10 Nov 2026)", "`## 2026-11-10 meeting with jane-roe, maria`"),
        ("##\u00a02026-11-10 stage lead", "`## 2026-11-10 stage lead`"),
        ("## Call with Jane Roe 2026-11-10", "`## 2026-11-10 call with jane-roe`"),
        ("## Call with jane-roe: 10 Nov 2026", "`## 2026-11-10 call with jane-roe`"),
        ("## Call with Greta Ohm 2026-11-10", "`## 2026-11-10 call — with Greta Ohm`"),
        ("## Email to jane-roe of 10.11.2026", "`## 2026-11-10 email to jane-roe` or `## 2026-10-11 email to jane-roe`"),
        ("## Call 9:30 Tue 2026-11-10", "`## 2026-11-10 09:30 call`"),
        ("## Call with jane-roe 2026-11-10 09:30", "`## 2026-11-10 09:30 call with jane-roe`"),
        ("## Call with jane-roe 2026-11-10 — Hello", "`## 2026-11-10 call with jane-roe — Hello`"),
        ("## Call about prices, 2026-11-10", "`## 2026-11-10 call — about prices`"),
        ("## stage qualification 2026-11-10", "`## 2026-11-10 stage qualification`"),
        ("## 09:30 2026-11-10 call", "`## 2026-11-10 09:30 call`"),
        ("## 9:30 on 2026-11-10: call", "`## 2026-11-10 09:30 call`"),
        ("## 9am, 10 Nov 2026 call", "`## 2026-11-10 09:00 call`"),
        ("## 2026\u204311\u204310 call", "`## 2026-11-10 call`"),
        ("## 2026&#8211;11&#8211;10 call", "`## 2026-11-10 call`"),
        ("## 20261-1-10 call", "`## 2026-11-10 call` or `## 2026-01-10 call`"),
        ("## 10.-12.11.2026 event", "`## 2026-11-10 event — until 2026-11-12`"),
        ("## 10-12 Nov 2026 event", "`## 2026-11-10 event — until 2026-11-12`"),
        ("## Event 2026-11-10 to 12: Fair", "`## 2026-11-10 event — Fair (until 2026-11-12)`"),
        ("## Call 11/10", "`## 2026-10-11 call` or `## 2026-11-10 call`"),
        ("## 10/11 call: Hello", "`## 2026-11-10 call — Hello` or `## 2026-10-11 call — Hello`"),
        ("## Moved to Qualification on 2026-11-10", "`## 2026-11-10 stage qualification`"),
        ("## Moved from lead to Qualification 2026-11-10", "`## 2026-11-10 stage qualification — from lead`"),
        ("### 2026-11-10 won", "`## 2026-11-10 stage won`"),
        ("### 2026-11-10 Lead by maria", "`## 2026-11-10 stage lead by maria`"),
        ("## mar. 10/11/2026 call", "`## 2026-11-10 call` or `## 2026-10-11 call`"),
        ("## Mar 10 2026 call", "`## 2026-03-10 call`"),
        ("## 202611100930 call", "`## 2026-11-10 09:30 call`"),
        ("## 10 Nov 2026 stage qualification -> lead", "`## 2026-11-10 stage lead — from qualification`"),
        ("## Nov 10 2026 Won", "`## 2026-11-10 stage won`"),
    ],
)  # fmt: skip
def test_the_whole_line_is_told(heading: str, help: str) -> None:
    assert told(heading).help == f"Write {help} to begin a note."


@pytest.mark.parametrize(
    "heading",
    ["## 31.11.2026 call", "## 31 November 2026 call", "## _2026-11-31_ call", "### 2026/11/31 call", "## Call (31.11.2026)"],
)  # fmt: skip
def test_a_day_that_the_month_does_not_have_is_asked_for(heading: str) -> None:
    help = "Write `## 2026-11-DD call`, with the day in place of `DD`, to begin a note."
    assert told(heading).help == help


def test_without_another_date_nobody_knows_the_year() -> None:
    (problem,) = loaded({"contacts/tom.md": "---\nname: Tom\n---\n## Nov 10 call\n"}).problems
    assert problem.help == "Write `## YYYY-11-10 call` to begin a note."


@pytest.mark.parametrize(
    "text",
    ["## 1.2 Proposal", "## 10 pro call", "## 250000 proposal", "## 261110", "Tasks\n-\n- 2026-11-10 call", "2026-11-10 call\n\n-\n", "## Next steps", "## 3 options", "## Q4 2026", "## 2026 plans", "## May 2026", "## March 10 units",
     "## Set 3 goals", "## 10 things", "## Call 3 people", "## Meeting 2", "## Phase 2: call centre",
     "## Order no. 2026-11-10-33", "## Invoice RE-2026-11-10", "## Contract 12-11-10", "## 24/7 call", "**24/7 call**",
     "## Delivery 1/2", "## Invoice (10/12)", "## 2/3 payment now", "## Contract (2026-11-10 to 2027-11-10)",
     "## Contract from 2026-01-01 to 2026-11-10", "## Payment due on 2026-11-10", "## Delivery on 2026-12-10",
     "### Delivery 2026-12-10", "## Meeting (1 Dec 2026)", "## 192.168.10 call", "## 101-11-10 call", "## 202-11-10 Berlin",
     "## Moved to Berlin 2026-11-10", "## 202-13-10 call", "## 20261399 call",
     "## Version 1.2.3", "## Invoice due 2026-12-01", "## Order 2026-11-10-A", "## Invoice 20261110",
     "## Call with Jane Roe 2026-12-01", "## Invoice due 2026-11-10", "## Proposal v2 2026-11-10", "## Meeting at 5 March",
     "## Email to jane-roe 2026-11-10-A", "## 09:30 standup", "> Total 2026-11-10\n> ===", "## Call about 2026-11-10 delivery",
     "## Email campaign 2026", "### 2026-11-09 Berlin", "#3 on 2026-11-10", "# 2026", "#partner 2026-11-10",
     "| ## 2026-11-10 call |", "<!-- ## 2026-11-10 call -->", "`## 2026-11-10 call`", "2026-11-24 call Jane",
     "- 2026-11-24 call Jane", "Day | Kind\n--- | ---\n2026-11-10 | call", "2026-11-10 | call\n--- | ---",
     "```\n## 10 Nov 2026 call\n```", "~~~ text\n2026-11-10 call\n---\n**2026-11-10 call**\n~~~",
     "**2026-11-24** we call", "**2026-12-01** call Jane", "**Nov 10** call", "**2026-11-10** we met, and", "**2026-11-10**",
     "See **2026-11-10** call", "~~~\n**2026-11-10** call\n~~~", "Total 2026-11-10\n---", "Three\n---", "a ## 2026-11-10 call"],
)  # fmt: skip
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert codes({"deals/bad.md": deal(notes=f"{ABOVE}{text}\n")}) == []
    assert codes({"deals/bad.md": deal(notes=f"Text.\n\n{text}\n")}) == []


marks = st.sampled_from(
    ["##\u00a0", "##\u2009", "\ufeff## ", "## \u200b", "＃＃ ", "# ", "### ", "###### ", "#", "> ## ", "- ## ",
     "    ## ", "\\## ", "**", "**…"]
)  # fmt: skip
dates = st.sampled_from(
    ["2026-11-10", "2026\u201311\u201310", "[2026-11-10]", "Tue 2026-11-10", "10 November 2026", "Nov 10, 2026", "20261110",
     "2026/11/10", "10. Nov 26", "Tuesday, 10th of November 2026"]
)  # fmt: skip
times = st.sampled_from(["", "9:30", "09.30", "9am", "at 9:30"])
kinds = st.sampled_from(
    ["call", "Call", "E-Mail", "meetings", "stage lead", "stage Lead", "change", "note"]
)
people = st.sampled_from(
    ["", "with jane-roe", "From Jane Roe", "with jane-roe and maria", "to jane-roe & Maria Lopez by maria", "jane-roe",
     "by Maria Lopez"]
)  # fmt: skip
headlines = st.sampled_from(
    ["", " — Hello", ": Hello", " -- Hello - again", " – by Friday, to Jane"]
)


@given(marks, dates, times, kinds, people, headlines)
@some(150)
def test_typing_what_the_help_says_is_right(
    mark: str, date: str, time: str, kind: str, who: str, headline: str
) -> None:
    heading = mark + " ".join(filter(None, (date, time, kind, who))) + headline
    heading += "**" if mark == "**" else ""
    heading = heading.replace(f"**…{date}", f"**{date}**")
    typed = re.findall("`([^`]+)`", told(heading).help)
    assert typed
    for line in typed:
        made = only_deal(deal(notes=f"{ABOVE}{line}\n\nText.\n")).notes[-1]
        assert made.date.isoformat() == "2026-11-10"
        assert (made.time is not None) == bool(time)
        assert ("jane-roe" in made.parties) == ("ane" in who)
        assert made.headline == headline.strip(" —–-:")


@pytest.mark.parametrize(
    "line", ["## 10 Nov 2026 call", "### 2026-11-10 call with jan-roe and al", "> ## 1.2.2026"]
)
def test_a_file_full_of_them_tells_them_all_and_ends_soon(line: str) -> None:
    count = 240_000 // (len(line) + 6)
    files = {"deals/bad.md": deal(notes=ABOVE + f"{line} call\n" * count)}
    problems = soon(lambda: loaded(files), 1_500).problems
    assert [problem.code for problem in problems].count("heading-like-note") == count


def test_of_hundreds_of_headings_the_last_are_told_with_all_they_say_as_a_headline() -> None:
    headings = "".join(f"### 2026-10-0{1 + n % 9} call zzx {n}\n\n" for n in range(300))
    headings = headings.replace("###", "##\u200b")
    result = loaded({"deals/bad.md": deal(notes=f"## 2026-10-01 note\n\n{headings}")})
    told = [each for each in result.problems if each.code == "heading-like-note"]
    assert len(told) == 300
    assert [told[at].help for at in (199, 200, -1)] == [
        "Write `## 2026-10-02 call — zzx 199` to begin a note.",
        "Write `## 2026-10-03 note — call zzx 200` to begin a note.",
        "Write `## 2026-10-03 note — call zzx 299` to begin a note.",
    ]


@pytest.mark.parametrize(
    ("heading", "below", "front"),
    [
        ("### 2026-11-10 stage qualification", "asked-by:: us\nText\n", "stage: qualification"),
        ("> ## 2026-11-10 stage qualification", "> asked-by:: us\n", "stage: qualification"),
        ("### 2026-11-10 change", "value:: 500\nclose:: 2026-12-30\n", "value: 500"),
        ("## 202-11-10 stage qualification", "override:: Known\n", "stage: qualification"),
    ],
)
def test_nothing_follows_from_what_should_be_a_note(heading: str, below: str, front: str) -> None:
    first = "## 2026-10-01 stage lead\nvalue:: 400\n\n"
    name, _, value = front.partition(": ")
    fields = {"stage": "lead", "value": "400", name: value}
    text = (
        "---\ntitle: B\nowner: maria\nnext: 2026-12-01 Call\n"
        + "".join(f"{key}: {said}\n" for key, said in fields.items())
        + f"---\n{first}"
    )
    assert codes({"deals/bad.md": f"{text}{heading}\n{below}"}) == ["heading-like-note"]
    assert codes({"deals/bad.md": text})  # which has no such note at all


def test_a_field_elsewhere_is_told_beside_a_heading() -> None:
    notes = f"{ABOVE}### 2026-11-10 change\nvalue:: 5\n\nvalue:: 6\n"
    told = loaded({"deals/bad.md": deal(notes=notes)}).problems
    assert [(p.code, p.span.line - told[0].span.line) for p in told] == [
        ("heading-like-note", 0),
        ("misplaced-field", 3),
    ]


def test_rungs_are_not_missed_that_a_heading_would_note() -> None:
    notes = "### 2026-11-01 know from jane-roe\n\n## 2026-11-02 like from jane-roe\n"
    assert codes({"deals/bad.md": deal(notes=notes)}) == ["heading-like-note"]
