"""How many deals, contacts, notes or tasks a part of a page of facts lists, for tests that follow the
figures that lead there."""

from __future__ import annotations

import re

from site_builder.pages.sheet import Group, Section

COUNT = re.compile(r"[0-9]{1,3}(?:\u202f[0-9]{3})*")
_SAID = {"overdue": "overdue", "today": "today", "soon": "coming", "later": "later"}
_WORDS = {"overdue": " overdue$", "today": " due today$", "soon": " in the next "}
STATES = {"Overdue": "overdue", "Today": "today", "14 days": "soon", "Later": "later"}
_KINDS = {
    "Contacts to complete": "Complete",
    "First outreach due": "Outreach",
    "Dialogues": "Dialogue",
    "Proposals to write": "Proposal",
    "Deals forgotten": "Forgotten",
    "Follow-ups missed": "Missed",
    "Notes missing": "No notes",
}
"""Columns of the tasks of people, by the tables that list these."""


def plain(text: str) -> int:
    return int(text.replace("\u202f", ""))


def listed(group: Group) -> int:
    """How many entries a group has: those that are listed, and those that it says there are more."""
    more = re.fullmatch(rf"and ({COUNT.pattern}) more", group.more)
    return len(group.links) + (int(more[1].replace("\u202f", "")) if more else 0)


def entries(section: Section) -> int:
    """How many a section lists: those of its tables, or its stories; with those that it says it
    leaves out."""
    rows = [row for table in section.tables for row in table.rows if not row.is_sum]
    if not rows and section.made_of:
        return sum(listed(group) for group in section.made_of)
    here = len(rows) or len(section.stories) + len(section.more_stories)
    said = re.search(
        rf"({COUNT.pattern})[^0-9]*?; the [a-z]+ ({COUNT.pattern}) are listed", section.answer
    )
    if said:
        assert plain(said[2]) == here, section.anchor
        return plain(said[1])
    if some := re.fullmatch(rf"the first ({COUNT.pattern}) of ({COUNT.pattern})", section.answer):
        assert plain(some[1]) == here, section.anchor
        return plain(some[2])
    return here


def due(section: Section, state: str) -> int:
    """How many rows of what is due have a state; where not all stand here, how many it says."""
    rows = [row for table in section.tables for row in table.rows]
    here = sum(any(cell.status == state for cell in row.cells) for row in rows)
    said = re.search(rf"({COUNT.pattern}) {_SAID[state]}", section.answer)
    is_cut = state == "later" or "the first" in section.answer or "the next" in section.answer
    assert said and here <= plain(said[1])
    return plain(said[1]) if is_cut else here


def tasks(section: Section, kind: str) -> int:
    """How many tasks of a kind a section has, or of all; the heads of its tables tell."""
    found = 0
    for table in section.tables:
        counts = [plain(n) for n in COUNT.findall(table.columns[0].name)]
        if kind in ("Tasks", _KINDS.get(table.label, table.label)):
            assert counts[0] == len(table.rows), table.label
            found += counts[-1]
    return found


def column(section: Section, name: str) -> int:
    """What a column of a section's table comes to."""
    (table,) = section.tables
    at = [one.name for one in table.columns].index(name) - 1
    return sum(plain(row.cells[at].text) for row in table.rows if not row.is_sum)


def counted_at(path: str, section: Section, said: str) -> int:
    """How many of what some words are about a section lists."""
    if state := next((state for state, words in _WORDS.items() if re.search(words, said)), ""):
        return due(section, state)
    rows = [row for table in section.tables for row in table.rows]
    match path, section.anchor:
        case "queues.html", "roles":
            return column(section, "Tasks")
        case "win-win.html", "sides":
            return column(section, "In all")
        case "team.html", "deals":
            return sum(row.is_group for row in rows)
    return entries(section)
