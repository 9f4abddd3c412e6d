"""The page of changes."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from site_builder.insights.insights import Insights
from site_builder.journal.deal import Deal
from site_builder.journal.recordings import Commit, Entry, FieldRecorded, Recordings
from site_builder.journal.repository import Repository
from site_builder.pages.changes import changes
from site_builder.pages.context import Context
from site_builder.pages.sheet import SHOWN, Section, Sheet
from tests.by_hand import (
    LEAD,
    LOST,
    SCHEMA,
    TALKS,
    TODAY,
    WON,
    context,
    day,
    deal,
    eur,
    journal,
    note,
    rendered,
)
from tests.insights.test_changes import LONG_AGO, TALKED, closing, entered, said

NBSP = "\N{NARROW NO-BREAK SPACE}"


def made(*deals: Deal) -> Sheet:
    return changes(context(journal(*deals)))


def table(section: Section, at: int = 0) -> list[list[str]]:
    return [
        [row.head.text, *[" ".join(filter(None, (c.text, c.aside))) for c in row.cells]]
        for row in section.tables[at].rows
    ]


def test_the_answer_is_what_happened_this_week() -> None:
    notes = (entered("2026-11-01", LEAD), entered("2026-11-18", TALKS), TALKED)
    sheet = made(
        deal("a", TALKS, notes, value=eur(5000)),
        deal("b", created=day("2026-11-18"), value=eur(7000)),
    )
    assert sheet.answer == "Since 13 Nov: 1 new, 1 moved on; €5k open then, €12k now"
    assert made(deal("a", value=eur(5000))).answer == "Nothing changed since 13 Nov"
    assert made().answer == "" and made().sections == () and made().empty.startswith("No deals yet")


def test_the_table_goes_from_then_to_now() -> None:
    won = deal(
        "won",
        WON,
        (LONG_AGO, entered("2026-01-03", LEAD), entered("2026-11-18", WON)),
        value=eur(5),
    )
    week = made(won, closing("in", None, "2026-12-01"), deal("none", notes=(LONG_AGO,))).sections[0]
    assert table(week) == [
        ["13 Nov", "3", "€10 2 of 3", "€0"],
        ["Pulled in", "2", "", "+€10"],
        ["Won", "1", "−€5", "−€5"],
        ["Today", "2", "€5 1 of 2", "€5"],
    ]
    assert table(week, 1) == [["Heard from again", "1"]]
    assert week.tables[0].rows[1].cells[0].path == "changes.html#week.pulled-in"
    assert {group.anchor for group in week.made_of} == {
        "week.won",
        "week.heard-again",
        "week.pulled-in",
    }


def test_a_quiet_week_says_so_and_has_no_table() -> None:
    week = made(deal("a", value=eur(5))).sections[0]
    assert (week.answer, week.tables, week.empty[:16]) == (
        "€5 open then and now",
        (),
        "Nothing changed.",
    )


def test_deals_without_a_value_are_told_in_deals() -> None:
    new = entered("2026-11-18", LEAD)
    week = made(deal("a", LEAD, (new,)), deal("b", LEAD, (new,))).sections[0]
    assert week.answer == "0 deals open then, 2 deals now"
    assert table(week)[-1] == ["Today", "2", "no value", "€0"]
    week = made(deal("a", LEAD, (new,)), deal("b", value=eur(5))).sections[0]
    assert week.answer == "€5 open then and now"
    won = entered("2026-11-18", WON)
    notes = (entered("2026-01-02", LEAD), won)
    week = made(deal("a"), deal("b", WON, notes, value=eur(5))).sections[0]
    assert week.answer == "€5 open then, 1 deal now"


def test_each_figure_opens_its_deals_which_say_what_they_were() -> None:
    notes = (
        said("2026-11-01", value=eur(4)),
        entered("2026-11-01", LEAD),
        entered("2026-11-18", TALKS),
        said("2026-11-18", value=eur(6)),
        TALKED,
    )
    week = made(deal("a", TALKS, notes, value=eur(6))).sections[0]
    links = {group.label: [link.text for link in group.links] for group in week.made_of}
    assert links == {"Moved on": ["A: Lead → Talks"], "Grown": ["A: €4 → €6"]}
    many = made(*[deal(f"d{n:02}", created=day("2026-11-18")) for n in range(SHOWN + 3)]).sections[
        0
    ]
    (group,) = many.made_of
    assert (group.number, len(group.links), group.more) == (str(SHOWN + 3), SHOWN, "and 3 more")


def test_the_drawing_is_of_the_journals_currency() -> None:
    notes = (LONG_AGO, said("2026-11-18", value=eur(9, "CHF")), TALKED)
    week = made(deal("a", notes=notes, value=eur(9, "CHF"))).sections[0]
    assert week.drawing == ""
    assert table(week)[1] == ["Grown", "1", f"+9{NBSP}CHF", ""]
    both = made(
        deal("a", notes=notes, value=eur(9, "CHF")),
        deal("b", created=day("2026-11-18"), value=eur(5)),
    )
    assert "in EUR alone" in both.sections[0].drawing


def test_every_link_within_the_page_leads_somewhere() -> None:
    lives = [
        closing("a", None, "2026-12-01"),
        closing("b", "2026-12-01", "2027-12-01"),
        closing("c", None, None, LOST),
        deal("new", created=day("2026-11-18")),
    ]
    html = rendered("sheet.html", made(*lives))
    ids = set(re.findall(r'id="([^"]+)"', html))
    links = set(re.findall(r'href="(?:changes\.html)?#([^"]+)"', html)) - {"main"}
    assert links and links <= ids


def recorded(*entries: Entry, begins: dt.date | None = None, commits: str = "") -> Section:
    schema = replace(SCHEMA, team={}, repository=Repository(commits=commits))
    found = Recordings({"deals/a": entries}, begins)
    insights = Insights(journal(deal("a"), schema=schema), TODAY, recorded=found)
    return changes(Context(insights)).sections[-1]


def commit(on: str, much: bool = False) -> Commit:
    return Commit("0123456789abcdef", day(on), "Ann", "ann@p.example", much)


def test_how_it_was_recorded() -> None:
    moved = FieldRecorded("stage", "", "lead")
    section = recorded(
        Entry(commit("2026-11-10"), True, (moved,), (day("2026-11-01"), day("2026-11-10")))
    )
    assert section.title == "Recorded since 20 Aug 2026"
    few = "too few to say how fast they are recorded, 3 more would do"
    assert section.answer == f"2 notes, the slowest after 9 days: {few}"
    lag = "too few to say, 3 more would do"
    assert table(section) == [["Ann", "1", "2", "1", "0", "0", "0", lag, "9 days"]]
    assert table(section, 1) == [["A", "1 Nov", "10 Nov 9 days later", "Ann", "0123456789"]]
    assert [group.label for group in section.made_of] == ["Stage, recorded by Ann"]


def test_a_commit_is_a_link_to_where_it_can_be_seen() -> None:
    """The page of a deal need not tell of it: notes are no fields."""
    late = Entry(commit("2026-11-10"), True, (), (day("2026-11-01"),))
    assert recorded(late).tables[1].rows[0].cells[-1].path == ""
    seen = recorded(late, commits="https://p.example/commit/").tables[1].rows[0]
    assert seen.cells[-1].path == "https://p.example/commit/0123456789abcdef"


def test_a_lag_is_told_of_as_many_notes_as_there_are() -> None:
    def answer(*days: int) -> str:
        notes = tuple(day(f"2026-11-{one:02}") for one in days)
        return recorded(Entry(commit("2026-11-10"), True, (), notes)).answer

    assert answer(10) == "1 note, recorded on its day"
    assert answer(10, 10) == "2 notes, each recorded on its day"
    assert answer(1) == "1 note, recorded after 9 days"
    assert answer(1, 9, 9, 9).startswith("4 notes, the slowest after 9 days: too few to say")
    assert answer(1, 5, 6, 9, 9, 9) == "Half of 6 notes within 2.5 days, the slowest after 9 days"


def test_what_is_left_out_of_it_is_told() -> None:
    section = recorded(
        Entry(commit("2026-11-01", much=True), True, (), (day("2025-01-01"),)),
        Entry(commit("2026-11-02"), True, (), (day("2026-11-02"),)),
        begins=day("2026-10-30"),
    )
    assert section.answer == "1 note, recorded on its day; 1 note came at once"
    assert section.rule.endswith(
        "The clone is shallow: git knows nothing here from before 30 Oct 2026."
    )
    assert len(section.tables) == 1
    assert (
        recorded(Entry(commit("2026-01-01"), True, (), ())).empty
        == "git has recorded nothing since."
    )


def test_without_git_nothing_is_said_of_it() -> None:
    assert [s.anchor for s in made(deal("a", notes=(note("2026-11-18", "call"),))).sections] == [
        "week",
        "month",
        "quarter",
    ]


def test_the_deals_of_the_week_stand_open_and_those_of_longer_spans_are_folded() -> None:
    sheet = made(deal("new", created=day("2026-11-18"), value=eur(5)))
    assert [one.is_folded for one in sheet.sections] == [False, True, True]
    assert rendered("sheet.html", sheet).count("<details") == 2


def test_it_is_said_where_drawings_leave_a_currency_out() -> None:
    one = deal("a", created=day("2026-11-18"), value=eur(5))
    assert "Drawn" not in made(one).rule
    both = made(one, deal("b", created=day("2026-11-18"), value=eur(9, "CHF")))
    assert both.rule.endswith(" Drawn are those in EUR alone.")
    none = made(deal("b", created=day("2026-11-18"), value=eur(9, "CHF")))
    assert "Drawn" not in none.rule


def test_what_is_won_is_not_drawn_as_a_loss() -> None:
    stages = (LONG_AGO, entered("2026-01-03", LEAD), entered("2026-11-18", WON))
    won = made(deal("won", WON, stages, value=eur(5))).sections[0].drawing
    stages = (*stages[:2], entered("2026-11-18", LOST))
    lost = made(deal("lost", LOST, stages, value=eur(5))).sections[0].drawing
    assert ("mark-done" in won, "mark-lost" in won) == (True, False)
    assert ("mark-done" in lost, "mark-lost" in lost) == (False, True)
