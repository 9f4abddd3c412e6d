"""Drawings of more than 500 marks: groups with their counts, which add up to what the files say."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.load.loader import load
from site_builder.markup import dots, stairs, threads
from site_builder.pages import contact_threads, relationships_ladders
from site_builder.pages.context import Context
from site_builder.pages.lost import lost
from site_builder.pages.map import map_page
from site_builder.pages.modules import modules
from site_builder.pages.nurture import LISTED, nurture
from site_builder.pages.push_pull import push_pull
from site_builder.pages.referrals import referrals
from site_builder.pages.relationships import relationships
from site_builder.pages.sheet import Section, Sheet, Table
from site_builder.pages.steps import steps
from site_builder.pages.structure import structure
from site_builder.pages.win_win import win_win
from tests.stories import RUNGS, STAGES, TODAY, RawFile, raw, story

FILES = story(5, deals=1_700, people=900)
DEALS = list(raw(FILES, "deals"))
OPEN = [one for one in DEALS if one.type == "open"]
NOTED = [note for one in (*DEALS, *raw(FILES, "contacts")) for note in one.notes]
CLIMBED = {(note.who, note.way, note.kind) for note in NOTED if note.kind in RUNGS}
"""Who has reached which rung, with us (`from`) or we with them (`to`)."""
MOST = 500
SHEETS = (relationships, map_page, lost, modules, nurture, push_pull, referrals, steps, structure, win_win)  # fmt: skip
_MARK = re.compile(r'<(?:circle|rect|path)\b|class="more"|class="reached"')


@pytest.fixture(scope="module")
def context() -> Context:
    loaded = load(MemoryTree(FILES), lambda: TODAY)
    assert loaded.seen is not None
    return Context(Insights(loaded.seen, TODAY))


def section(sheet: Sheet, anchor: str) -> Section:
    return next(one for one in sheet.sections if one.anchor == anchor)


def counts(table: Table, column: int) -> list[int]:
    """The numbers of a column, but for the sum."""
    texts = [row.cells[column].text.replace("\u202f", "") for row in table.rows if not row.is_sum]
    return [int(text or 0) for text in texts]


@pytest.mark.parametrize("view", SHEETS)
def test_no_drawing_has_more_marks(context: Context, view: object) -> None:
    drawings = [str(one.drawing) for one in view(context).sections]  # type: ignore[operator] # a page's
    assert [n for one in drawings if (n := len(_MARK.findall(one))) > MOST] == []


def test_deals_on_the_stairs_are_counted_where_they_stand(context: Context) -> None:
    ours = [one for one in OPEN if one.front["pipeline"] == "sales"]
    assert len(ours) > stairs.MOST == MOST
    made = section(relationships(context), ":sales")
    assert "spot" not in made.drawing
    told = re.findall(r'class="more" href="#([^"]*)">(\d+) deals?<', str(made.drawing))
    wanted = Counter(f":sales.{one.front['stage']}.{_reached(one)}" for one in ours)
    assert {anchor: int(n) for anchor, n in told} == wanted
    groups = {group.anchor: group.number for group in made.made_of}
    assert {anchor: int(groups[anchor]) for anchor in wanted} == wanted


def _reached(deal: RawFile) -> str:
    """The highest rung that the main contact has reached with us."""
    who = re.findall(r"\w+", deal.front.get("contacts", ""))
    return _top(who[0], "from") if who else ""


def _top(who: str, way: str) -> str:
    return next((rung for rung in reversed(RUNGS) if (who, way, rung) in CLIMBED), "")


def test_clusters_of_the_map_are_discs_with_their_counts(context: Context) -> None:
    assert len(DEALS) > dots.MOST == MOST
    made = section(map_page(context), "clusters")
    drawing = str(made.drawing)
    wanted = Counter((one.front["pipeline"], one.front["stage"]) for one in DEALS)
    assert drawing.count("<circle") == drawing.count("dot-all") == len(wanted)
    told = [int(n.replace("\u202f", "")) for n in re.findall(r'class="count">([^<]+)<', drawing)]
    assert sorted(told) == sorted(wanted.values()) == sorted(counts(made.tables[0], 0))


def test_all_ladders_are_counted_where_not_all_are_drawn(context: Context) -> None:
    made = section(relationships(context), relationships_ladders.LADDERS_AT)
    climbed = {who for who, _, _ in CLIMBED}
    assert len(climbed) * 8 > MOST
    assert str(made.drawing).count('class="ladder"') == MOST // 8
    assert made.answer.startswith(f"{len(climbed)} contacts")
    (table,) = made.tables
    tops = Counter(tuple(_top(id, way) or "none noted" for way in ("from", "to")) for id in climbed)
    order = [column.name.removeprefix("we: ") for column in table.columns[1:-1]]
    told = {
        (row.head.text, ours): int(row.cells[at].text or 0)
        for row in table.rows[:-1]
        for at, ours in enumerate(order)
    }
    assert {place: n for place, n in told.items() if n} == tops


def test_sleepers_that_are_not_listed_are_counted_by_when_they_wake(context: Context) -> None:
    parked = [one for one in DEALS if one.type == "parked"]
    made = section(nurture(context), "asleep")
    assert len(parked) > LISTED == str(made.drawing).count("bar-name")
    listed, folded, by_wake = made.tables
    assert len(listed.rows) + len(folded.rows) == LISTED
    assert by_wake.label == "Sleeping deals by when they wake"
    told = {row.head.text: int(row.cells[0].text) for row in by_wake.rows}
    wakes = [one.front.get("wake", "") for one in parked]
    late = sum("" < wake <= TODAY.isoformat() for wake in wakes)
    coming = sum(wake > TODAY.isoformat() for wake in wakes)
    assert told == {"should be awake": late, "2026-Q4": coming, "no day set": wakes.count("")}


def test_chains_that_are_not_shown_have_a_row_together(context: Context) -> None:
    from site_builder.insights.referrals import referrals as found

    chains = found(context.insights).chains
    roots = [place for place in chains if not place.depth]
    (table,) = section(referrals(context), "chains").tables
    *rows, rest = table.rows
    assert (len(rows), rest.is_sum, len(chains) > 200) == (200, True, True)
    shown = sum(not row.depth for row in rows)
    assert rest.head.text == f"{len(roots) - shown} further chains"
    told = [int(row.cells[1].text) for row in (*rows, rest) if not row.depth]
    assert sum(told) == sum(place.deals for place in roots)


def test_losses_of_the_heat_table_add_up(context: Context) -> None:
    for pipeline, types in STAGES.items():
        closings = sum(
            types[move.stage] == "lost" and (not at or types[one.moves[at - 1].stage] != "lost")
            for one in DEALS
            if one.front["pipeline"] == pipeline
            for at, move in enumerate(one.moves)
        )
        still = sum(
            one.front["pipeline"] == pipeline and one.type == "lost" and not one.moves
            for one in DEALS
        )
        table = section(lost(context), pipeline).tables[0]
        assert int(table.rows[-1].cells[-1].text.replace("\u202f", "")) == closings + still


TEAM = [f"us{n}" for n in range(8)]
THEIRS = [f"them{n:02}" for n in range(contact_threads.MOST + 5)]


def company(each: int) -> Context:
    """A company with whose people each of us had so many exchanges, every other one tangible."""
    kinds = ("call", "document")
    notes = "".join(
        f"## 2026-10-{n + 1:02} {kinds[n % 2]} with {', '.join(THEIRS)} by {us}\n\n"
        for us in TEAM
        for n in range(each)
    )
    people = {f"contacts/{id}.md": f"---\nname: {id}\ncompany: corp\n---\n" for id in THEIRS}
    team = ", ".join(f"{id}: {{name: {id}}}" for id in TEAM)
    files = {
        "pipeline.yml": f"visibility: private\nteam: {{{team}}}\npipelines: {{s: {{stages: {{lead: {{}}}}}}}}\n",
        "contacts/corp.md": "---\nname: Corp\ntype: company\n---\n",
        "deals/d.md": f"---\ntitle: D\nowner: us0\nstage: lead\ncompany: corp\nnext: 2026-12-01 Ring\n---\n\n{notes}",
        **people,
    }
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert (loaded.problems, loaded.seen is not None) == ((), True)
    assert loaded.seen is not None
    return Context(Insights(loaded.seen, TODAY))


@pytest.mark.parametrize("each", [2, 5])
def test_exchanges_of_two_are_one_line_of_each_kind_where_there_are_too_many(each: int) -> None:
    made = company(each)
    shown = contact_threads.contact_threads(made.journal.contacts_by_id["corp"], made)
    assert shown is not None
    names = re.findall(r"<title>([^<]+)</title>", str(shown.drawing))
    pairs = len(TEAM) * contact_threads.MOST
    is_grouped = pairs * each > threads.MOST_IN_ALL
    assert len(names) == pairs * 2 <= threads.MOST_IN_ALL
    assert ("us0 – them00: 3 intangible exchanges" in names) == is_grouped
    assert ("us0 – them00: 2 tangible exchanges" in names) == is_grouped
    assert ("us0 – them00, 1 Oct 2026: Call" in names) != is_grouped
    assert shown.beside == (
        "Of their 30 people the 25 with the most exchanges are drawn. "
        "Of 240 pairs the 25 with the most exchanges are listed"
    )
