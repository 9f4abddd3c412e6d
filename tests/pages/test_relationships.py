"""The page of relationships."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.load.loader import load
from site_builder.pages.context import Context
from site_builder.pages.relationships import PAGE, relationships
from site_builder.pages.sheet import Section, Sheet
from tests.insights.test_relationships import deal, of_jane, past
from tests.stories import PIPELINE, RUNGS, TODAY, raw, story

KNOWN = of_jane("2026-10-01 know", "2026-10-03 trust")


def context(files: dict[str, str], pipeline: str = PIPELINE) -> Context:
    texts = {"pipeline.yml": pipeline}
    for path, text in files.items():
        front, _, notes = text.partition("##")
        texts[f"{path}.md"] = f"---\n{front.strip()}\n---\n" + (f"##{notes}" if notes else "")
    loaded = load(MemoryTree(texts), lambda: TODAY)
    assert loaded.seen is not None
    return Context(Insights(loaded.seen, TODAY))


def page(files: dict[str, str], pipeline: str = PIPELINE) -> Sheet:
    return relationships(context(files, pipeline))


def sections(files: dict[str, str]) -> dict[str, Section]:
    return {section.title: section for section in page(files).sections}


def texts(section: Section) -> list[list[str]]:
    return [[row.head.text, *(cell.text for cell in row.cells)] for row in section.tables[0].rows]


def test_the_answer_is_what_is_ahead_with_its_value_and_what_it_leaves_out() -> None:
    files = {
        "contacts/jane": of_jane("2026-10-01 know"),
        "deals/a": deal("signing", more="contacts: [jane]\nvalue: 48000"),
        "deals/b": deal("offer"),
        "deals/c": deal("talks"),
        "deals/d": deal("lead"),
    }
    assert page(files).answer == (
        "2 of 4 open deals are ahead of their relationship, €48k (1 of 2; one has no value); "
        "1 without a line"
    )
    assert page({"contacts/jane": KNOWN, "deals/a": deal("talks")}).answer == (
        "None of 1 open deal is ahead of its relationship"
    )


def test_without_any_rung_it_says_what_would_fill_it() -> None:
    made = page({"contacts/jane": "name: Jane", "deals/a": deal("signing")})
    assert (made.answer, made.sections) == ("", ())
    assert "`## DATE know from CONTACT-ID` where they came to know us" in made.empty
    made = page({}, f"rungs: []\n{PIPELINE}".replace("relationship: ", "buyer: "))
    assert made.empty == "This journal has no ladder: `rungs` of pipeline.yml names its rungs."


def test_the_drawing_and_its_table_say_the_same() -> None:
    section = sections({"contacts/jane": KNOWN, "deals/a": deal("offer"), "deals/b": deal("lead")})
    sales = section["Sales"]
    assert sales.answer == "1 above the line, 1 without a line"
    assert 'class="spot spot-above" href="deals/a.html"' in sales.drawing
    assert 'class="spot spot-none" href="deals/b.html"' in sales.drawing
    assert texts(sales) == [["T", "Offer", "like", "trust", ""], ["T", "Lead", "–", "trust", ""]]
    reached = sales.tables[0].rows[0].cells[2]
    assert (reached.path, reached.aside) == (
        "contacts/jane.html#note-2026-10-03", "Jane, 3 Oct 2026",
    )  # fmt: skip
    assert [one.label for one in sales.made_of] == ["Above the line", "Without a line"]


def test_what_to_do_depends_on_whether_it_is_a_pitch() -> None:
    jane = of_jane("2026-01-01 know")
    files = {
        "contacts/jane": jane,
        "deals/a": deal("signing", "## 2026-10-01 proposal\n"),
        "deals/b": deal("signing"),
        "deals/c": past("won", "signing"),
    }
    ahead = sections(files)["Ahead of the relationship"]
    assert ahead.answer == "2 open deals; 1 won before the relationship was there"
    assert [row[4] for row in texts(ahead)] == [
        "A pitch: put extra work into trust",
        "Give it time, and them a reason",
        "Won: put extra work into trust",
    ]


def test_where_trust_is_there_the_work_is_for_what_is_expected_beyond() -> None:
    files = {
        "contacts/jane": of_jane("2026-01-01 know", "2026-02-01 trust"),
        "deals/a": deal("signing", "## 2026-10-01 proposal\n"),
    }
    pipeline = PIPELINE.replace("relationship: trust", "relationship: respect")
    ahead = {one.title: one for one in page(files, pipeline).sections}["Ahead of the relationship"]
    assert [row[4] for row in texts(ahead)] == ["A pitch: put extra work into respect"]


def test_past_deals_are_too_few_to_say_until_there_are_ten_on_each_side() -> None:
    files = {"contacts/jane": of_jane("2026-02-01 know")}
    files |= {f"deals/a{n}": past("won", "talks") for n in range(11)}
    files |= {f"deals/b{n}": past("lost", "signing") for n in range(9)}
    fared = sections(files)["How past deals fared"]
    assert fared.answer == "9 deals ended below the line: too few to say, 1 more would do"
    assert [row.cells[2][:3:2] for row in fared.tables[0].rows] == [
        ("0 of 9", ""), ("100%", "11 of 11; 74 to 100%"),
    ]  # fmt: skip
    files["deals/b9"] = past("lost", "signing")
    files["deals/c"] = past("lost", "lead")
    assert sections(files)["How past deals fared"].answer == (
        "0% of 10 below the line won (0 to 28%), "
        "100% of 11 on or above the line won (74 to 100%); 1 deal left out"
    )


def test_jumps_and_hurries_are_told_with_their_days() -> None:
    made = sections({"contacts/jane": KNOWN})
    want = [["Jane", "they of us: know on 1 Oct 2026, trust 2 days later"]]
    assert texts(made["Rung jumped"]) == want and texts(made["Climbed within days"]) == want


def test_messages_since_the_last_answer() -> None:
    days = [f"2026-10-{n:02} email to jane" for n in range(11, 17)]
    made = sections({"contacts/jane": of_jane("2026-01-01 know", *days)})["Who writes, who answers"]
    assert made.answer == (
        "Of 1 contact we wrote to or heard from, 1 has not answered and 0 wait for us; 1 pestered"
    )
    assert made.closed == "The balance of 1 contact"
    assert "6 sent, none answered in 40 days" in made.drawing
    assert [one.label for one in made.made_of] == ["Pestered"]
    heard = of_jane(
        "2026-01-01 know", "2026-09-01 email to jane", "2026-09-02 email from jane", *days
    )
    made = sections({"contacts/jane": heard})["Who writes, who answers"]
    assert "7 sent, the last 6 not answered in 40 days, 1 from them" in made.drawing


def test_everybodys_ladders_are_drawn_with_days_between_the_rungs() -> None:
    ladders = sections({"contacts/jane": KNOWN, "contacts/joe": "name: Joe"})["Ladders"]
    assert ladders.closed == "The ladders of 1 contact"
    assert ladders.answer == "1 contact, who climbed last first; no rung is noted of 1 other"
    assert '<a href="contacts/jane.html#note-2026-10-03">3 Oct 2026</a>' in ladders.drawing
    assert '<span class="is-quick">+2 d</span>' in ladders.drawing


def test_a_rung_is_told_with_what_its_note_says() -> None:
    """On the page and in the terminal: its headline, or else how its text begins."""
    jane = of_jane(
        "2026-10-01 know — At the [[a]] <fair>",
        "2026-10-13 like\n\nSent a *card*.\n",
        "2026-10-20 trust",
    )
    made = context({"contacts/jane": jane, "deals/a": deal("talks")})
    drawn = next(one for one in relationships(made).sections if one.title == "Ladders").drawing
    assert re.findall(r'">([^<]*)</a>(?: <span[^>]*>[^<]*</span>)?(?:<bdi class="rung-note">(.*?)</bdi>)?</td>', drawn) == [
        ("20 Oct 2026", ""), ("13 Oct 2026", "Sent a card."), ("1 Oct 2026", "At the T &lt;fair&gt;"),
    ]  # fmt: skip
    assert PAGE.sheet is not None
    printed = next(one for one in PAGE.sheet(made, "").sections if one.title == "Ladders").tables[0]
    assert printed.rows[0].cells[0].text == (
        "know 1 Oct 2026: At the T <fair>; like 13 Oct 2026 +12 d: Sent a card.; "
        "trust 20 Oct 2026 +7 d"
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_notes_of_rungs_follow_from_the_raw_files(seed: int) -> None:
    """Each note says where it stands, and the ladders say that of the first note of a rung."""
    files, told = told_where(story(seed))
    first = dict[tuple[str, str, str], tuple[dt.date, str, int]]()
    for folder in ("deals", "contacts"):
        for one in raw(files, folder):
            for at, note in enumerate(one.notes):
                if note.kind in RUNGS:
                    who, way = note.who or one.id, note.way or "from"
                    key, here = (who, way, note.kind), (note.date, f"{folder}/{one.id}", at)
                    first[key] = min(first.get(key, here), here)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    made = Context(Insights(loaded.seen, TODAY))
    drawn = next(one for one in relationships(made).sections if one.title == "Ladders").drawing
    shown = sorted(re.findall('<bdi class="rung-note">(.*?)</bdi>', drawn))
    assert shown == sorted(told[path, at] for _, path, at in first.values())
    assert len(shown) > 5


def told_where(files: dict[str, str]) -> tuple[dict[str, str], dict[tuple[str, int], str]]:
    """The files with a text of its own in each note, and which that is."""
    made, told = {}, {}
    for path, text in files.items():
        head, *notes = re.split("(?m)^(?=## )", text)
        subject = path.partition(".")[0]
        for at in range(len(notes)):
            told[subject, at] = f"Note {at} of {subject}"
            whole = notes[at] if "Said." in notes[at] else f"{notes[at].rstrip()}\n\nSaid.\n\n"
            notes[at] = whole.replace("Said.", f"{told[subject, at]}\n\nSaid.")
        made[path] = head + "".join(notes)
    return made, told


def test_the_largest_come_first_by_what_they_are_worth_in_the_journals_currency() -> None:
    values = ("20000 USD", "19000 EUR", "30000 GBP", "")
    files = {f"deals/d{n}": deal("signing", more=f"contacts: [jane]\nvalue: {value}" if value else
                                 "contacts: [jane]") for n, value in enumerate(values)}  # fmt: skip
    ahead = sections({"contacts/jane": of_jane("2026-01-01 know"), **files})
    rows = ahead["Ahead of the relationship"].tables[0].rows
    assert [row.head.path for row in rows] == [f"deals/d{n}.html" for n in (1, 0, 2, 3)]


def test_who_was_forgotten_and_through_whom_alone_a_deal_is_known() -> None:
    made = sections({
        "contacts/jane": of_jane("2026-01-01 know", "2026-05-01 call with jane").replace("name: Jane", "name: Jane\ntouch-every: 60d"),
        "contacts/joe": "name: Joe\n",
        "deals/a": deal("lead", more="contacts: [jane, joe]"),
        "deals/b": deal("lead"),
    })  # fmt: skip
    assert texts(made["Forgotten"]) == [["Jane", "Ann", "60 days", "1 May 2026"]]
    row = made["Forgotten"].tables[0].rows[0]
    assert [cell.aside for cell in row.cells] == ["", "touch-every", "203 days ago"]
    assert row.cells[2].path == "contacts/jane.html#note-2026-05-01"
    assert texts(made["Known through one person only"]) == [["T", "Joe", "Jane"], ["T", "", "Jane"]]
