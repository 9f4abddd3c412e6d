"""Relationships, by hand and recomputed from raw files."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from itertools import groupby, permutations, takewhile
from typing import Any

import pytest

from site_builder.exchange.facts import as_json, facts_of
from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.relationships import Relationships, relationships
from site_builder.load.loader import load
from tests.insights.test_follow_ups import Raw, people_of
from tests.insights.test_structure import ended
from tests.stories import (
    INTANGIBLE,
    PIPELINE,
    RUNGS,
    STAGES,
    TANGIBLE,
    TODAY,
    RawFile,
    RawNote,
    raw,
    story,
)

EXPECTED = {"talks": "know", "offer": "like", "signing": "trust"}
JANE = "name: Jane\n"


def made(files: dict[str, str], pipeline: str = PIPELINE) -> Relationships:
    texts = {"pipeline.yml": pipeline}
    for path, text in files.items():
        front, _, notes = text.partition("##")
        texts[f"{path}.md"] = f"---\n{front.strip()}\n---\n" + (f"##{notes}" if notes else "")
    loaded = load(MemoryTree(texts), lambda: TODAY)
    assert loaded.seen is not None
    assert not [p for p in loaded.problems if p.severity == "error"]
    return relationships(Insights(loaded.seen, TODAY))


def deal(stage: str, notes: str = "", more: str = "contacts: [jane]") -> str:
    return f"title: T\nowner: ann\npipeline: sales\nstage: {stage}\n{more}\n{notes}"


def of_jane(*notes: str) -> str:
    return JANE + "".join(f"## {note}\n" for note in notes)


@pytest.mark.parametrize(
    ("stage", "rungs", "expected", "reached", "line"),
    [
        ("talks", ["2026-01-01 know"], "know", "know", "on"),
        ("talks", ["2026-01-01 know", "2026-02-01 like"], "know", "like", "above"),
        ("signing", ["2026-01-01 know", "2026-02-01 like"], "trust", "like", "below"),
        ("offer", [], "like", None, "below"),
        ("offer", ["2026-01-01 know to jane", "2026-02-01 like to jane"], "like", None, "below"),
        ("lead", ["2026-01-01 know"], None, "know", None),
    ],
)
def test_a_deal_stands_below_on_or_above_the_rung_its_stage_expects(
    stage: str, rungs: list[str], expected: str, reached: str, line: str
) -> None:
    found = made({"deals/a": deal(stage), "contacts/jane": of_jane(*rungs)})
    (one,) = found.deals
    assert (one.stage.id, one.expected, one.reached, one.line) == (stage, expected, reached, line)


def test_it_is_the_main_contact_that_counts_and_open_deals_alone() -> None:
    found = made({
        "deals/a": deal("talks", more="contacts: [jane, joe]"),
        "deals/b": deal("talks", more=""),
        "deals/c": deal("later"),
        "deals/d": deal("lost", more="lost-reason: price"),
        "contacts/jane": JANE,
        "contacts/joe": "name: Joe\n## 2026-01-01 know\n",
    })  # fmt: skip
    assert [(one.id.id, one.reached, one.line) for one in found.deals] == [
        ("a", None, "below"), ("b", None, None),
    ]  # fmt: skip
    assert found.deals[1].contact is None


def test_a_rung_may_be_noted_in_any_file_and_the_first_note_dates_it() -> None:
    found = made({
        "deals/a": deal("talks", "## 2026-03-01 know from jane\n\n## 2026-04-01 like from jane\n"),
        "contacts/jane": of_jane("2026-02-01 know", "2026-05-01 know to jane", "2026-06-01 like"),
    })  # fmt: skip
    (jane,) = found.contacts
    assert jane.from_them == {"know": dt.date(2026, 2, 1), "like": dt.date(2026, 4, 1)}
    assert jane.to_them == {"know": dt.date(2026, 5, 1)}
    like = jane.ladders.theirs.reached[1]
    assert (like.after, like.subject.id, like.note.anchor) == (59, "a", "note-2026-04-01")


@pytest.mark.parametrize(
    ("rungs", "jumped", "hurried"),
    [
        (["2026-01-01 know", "2026-01-08 like"], False, True),
        (["2026-01-01 know", "2026-01-09 like"], False, False),
        (["2026-01-01 know", "2026-01-01 like"], False, True),
        (["2026-01-01 know", "2026-03-01 trust"], True, False),
        (["2026-01-01 know", "2026-01-03 trust"], True, True),
        (["2026-01-01 like"], True, False),
        (["2026-01-01 know", "2026-02-01 trust", "2026-02-03 like"], True, False),
        (["2026-01-01 know to jane", "2026-01-02 like to jane"], False, True),
        (["2026-01-01 know", "2026-01-02 like to jane"], True, False),
        (["2026-01-01 know", "2026-01-03 know"], False, False),
        ([], False, False),
    ],
)
def test_rungs_that_were_jumped_or_climbed_within_a_week(
    rungs: list[str], jumped: bool, hurried: bool
) -> None:
    found = made({"contacts/jane": of_jane(*rungs)})
    assert [one.id for one in found.jumped] == ["jane"] * jumped
    assert [one.id for one in found.hurried] == ["jane"] * hurried


@pytest.mark.parametrize(
    ("notes", "sent", "answered", "since", "received", "waiting"),
    [
        ([], 0, 0, None, 0, 0),
        (["10-01 email to jane", "10-05 message to jane"], 2, 0, "10-01", 0, 0),
        (["10-01 email to jane", "10-05 email to jane", "10-06 email from jane"], 2, 2, None, 1, 1),
        (["10-01 email to jane", "10-06 call with jane", "10-07 email to jane"], 2, 1, "10-07", 0, 0),
        (["10-01 email to jane", "10-06 call to jane"], 1, 0, "10-01", 0, 0),
        (["10-01 email to jane", "10-02 note with jane"], 1, 0, "10-01", 0, 0),
        (["10-01 email from jane", "10-02 email from jane"], 0, 0, None, 2, 2),
        (["10-01 email from jane", "10-02 call to jane"], 0, 0, None, 1, 0),
        (["10-01 email with jane"], 0, 0, None, 0, 0),
        (["10-01 email to ann"], 0, 0, None, 0, 0),
    ],
)  # fmt: skip
def test_messages_are_answered_by_real_contact_of_theirs(
    notes: list[str], sent: int, answered: int, since: str, received: int, waiting: int
) -> None:
    found = made({"contacts/jane": of_jane(*[f"2026-{note}" for note in notes])})
    (jane,) = found.contacts
    assert (jane.sent, jane.answered, jane.unanswered) == (sent, answered, sent - answered)
    assert jane.since == (dt.date.fromisoformat(f"2026-{since}") if since else None)
    assert (jane.received, jane.waiting) == (received, waiting)


def test_messages_of_all_files_count_and_those_with_people_for_their_company() -> None:
    found = made({
        "contacts/acme": "name: Acme\ntype: company\n",
        "contacts/jane": "name: Jane\ncompany: acme\n## 2026-10-01 email to jane\n",
        "contacts/joe": "name: Joe\n",
        "deals/a": deal("lead", "## 2026-10-03 message to jane, joe\n\n## 2026-10-09 call\n",
                        "contacts: [joe]"),
    })  # fmt: skip
    assert [(one.id.id, one.sent, one.answered, str(one.last_contact)) for one in found.contacts] == [
        ("acme", 2, 0, "2026-10-03"), ("jane", 2, 0, "2026-10-03"), ("joe", 1, 1, "2026-10-09"),
    ]  # fmt: skip


@pytest.mark.parametrize(("count", "rule", "pestered"), [
    (4, "[2d, 4d, 7d]", False), (5, "[2d, 4d, 7d]", True), (2, "[2d]", False), (3, "[2d]", True),
    (4, "[]", False), (5, "[]", True),
])  # fmt: skip
def test_pestered_is_who_was_sent_more_in_a_row_than_there_are_waits(
    count: int, rule: str, pestered: bool
) -> None:
    pipeline = PIPELINE.replace("[2d, 4d, 7d]", rule)
    notes = [f"2026-10-{n + 1:02} email to jane" for n in range(count)]
    found = made({"contacts/jane": of_jane(*notes)}, pipeline)
    assert [one.id for one in found.pestered] == ["jane"] * pestered


def test_a_company_is_pestered_where_nobody_of_it_is_known() -> None:
    sent = "".join(f"## 2026-10-0{n + 1} email to acme\n\n" for n in range(5))
    acme = f"name: Acme\ntype: company\n{sent}"
    assert [one.id for one in made({"contacts/acme": acme}).pestered] == ["acme"]
    people = {"contacts/jane": "name: Jane\ncompany: acme\n"}
    assert made({"contacts/acme": acme} | people).pestered == ()


@pytest.mark.parametrize(
    ("day", "front", "deals", "forgotten"),
    [
        ("2026-08-21", "", ["lead"], None),  # 91 days
        ("2026-08-22", "", ["lead"], "no"),
        ("2026-08-21", "", [], "no"),
        ("2026-08-21", "", ["lost"], "no"),
        ("2026-08-21", "", ["later"], "no"),
        ("2026-08-21", "", ["later", "talks"], None),
        ("2026-09-20", "", ["won"], "loop: 1m"),  # 61 days
        ("2026-09-21", "", ["won"], "no"),
        ("2026-10-22", "touch-every: 2w\n", ["won"], "touch-every: 2w"),
        ("2026-10-23", "touch-every: 2w\n", ["won"], "no"),
        ("2026-08-21", "tags: [press]\n", ["lead"], "no"),
        ("2026-05-23", "tags: [press]\n", ["lead"], "touch: tag press: 3m"),
    ],
)
def test_forgotten_is_who_was_in_touch_longer_ago_than_the_rhythm_allows(
    day: str, front: str, deals: list[str], forgotten: str | None
) -> None:
    reason = {"lost": "\nlost-reason: price"}
    files = {
        f"deals/d{n}": deal(stage, more=f"contacts: [jane]{reason.get(stage, '')}")
        for n, stage in enumerate(deals)
    }
    found = made({**files, "contacts/jane": f"{JANE}{front}## {day} call with jane\n"})
    assert [one.why for one in found.forgotten] == ([] if forgotten == "no" else [forgotten or ""])


def test_who_has_a_rung_is_not_to_be_forgotten_unless_it_sleeps() -> None:
    jane = of_jane("2026-01-01 call with jane", "2026-01-02 know")
    (one,) = made({"contacts/jane": jane}).forgotten
    assert (one.contact.id, one.days, one.every) == ("jane", 323, None)
    assert not made({"contacts/jane": jane, "deals/a": deal("later")}).forgotten
    company = {"contacts/acme": "name: Acme\ntype: company\n## 2026-01-01 call\n"}
    assert not made(company | {"contacts/jane": "name: Jane\ncompany: acme\n",
                               "deals/a": deal("lead", more="company: acme")}).forgotten  # fmt: skip
    assert made(company | {"deals/a": deal("lead", more="company: acme")}).forgotten
    assert not made({"contacts/jane": JANE, "deals/a": deal("lead")}).forgotten


def test_a_deal_is_known_through_the_one_person_ever_spoken_to() -> None:
    found = made({
        "deals/a": deal("lead", "## 2026-10-01 call with jane\n", "contacts: [joe, jane]"),
        "deals/b": deal("lead", "## 2026-10-01 call with joss\n", "contacts: [jane]"),
        "deals/c": deal("lead", "## 2026-10-01 note with joe\n", "contacts: [joe]"),
        "deals/d": deal("lost", "## 2026-10-01 call\n", "contacts: [jane]\nlost-reason: price"),
        "deals/e": deal("lead", "## 2026-10-01 call\n", "contacts: [kim]\ncompany: acme"),
        "contacts/jane": JANE, "contacts/joe": "name: Joe\n", "contacts/joss": "name: Joss\n",
        "contacts/kim": "name: Kim\n", "contacts/acme": "name: Acme\ntype: company\n",
    })  # fmt: skip
    assert [(one.id.id, one.contact.id, [o.id for o in one.others]) for one in found.single] == [
        ("a", "jane", ["joe"]), ("e", "kim", []),
    ]  # fmt: skip


MOVES = "## 2026-01-01 stage {open}\n\n## 2026-03-01 stage {end}\n"


def past(end: str, opened: str = "offer", more: str = "") -> str:
    reason = "\nlost-reason: price" if end == "lost" else ""
    return deal(end, MOVES.format(open=opened, end=end), f"contacts: [jane]{reason}{more}")


@pytest.mark.parametrize(
    ("file", "rungs", "side"),
    [
        (past("won"), ["2026-02-01 know", "2026-03-01 like"], "on"),
        (past("won"), ["2026-02-01 know", "2026-03-02 like"], "below"),
        (past("lost"), ["2026-02-01 know"], "below"),
        (past("lost", "talks"), ["2026-02-01 know", "2026-02-20 like"], "on"),
        (past("lost", "lead"), ["2026-02-01 know"], None),
        (deal("won", "", "contacts: [jane]"), ["2026-02-01 know"], None),
        (deal("won", MOVES.format(open="offer", end="won"), ""), [], None),
    ],
)
def test_past_deals_are_judged_by_their_last_open_stage_on_the_day_of_the_outcome(
    file: str, rungs: list[str], side: str | None
) -> None:
    found = made({"deals/a": file, "contacts/jane": of_jane(*rungs)})
    fares = [fare.line for fare in found.fares if fare.won.of]
    assert fares == ([side] if side else [])
    assert [one.id for one in found.unjudged] == ([] if side else ["a"])


def test_won_before_trust_stays_until_it_is_there() -> None:
    files = {"deals/a": past("won", "signing"), "contacts/jane": of_jane("2026-01-01 know")}
    (one,) = made(files).won_ahead
    assert (one.id.id, one.stage.id, one.expected, one.reached) == ("a", "signing", "trust", "know")
    files["contacts/jane"] += "## 2026-05-01 like\n\n## 2026-06-01 trust\n"
    assert not made(files).won_ahead
    expecting = PIPELINE.replace("won: {type: won}", "won: {type: won, relationship: respect}")
    (one,) = made(files, expecting).won_ahead
    assert (one.stage.id, one.expected) == ("won", "respect")


def test_a_pitch_is_what_was_proposed() -> None:
    notes = "## 2026-10-01 proposal{way}\n"
    files = {"contacts/jane": JANE, "deals/a": deal("signing", notes.format(way=" to jane"))}
    assert [one.is_pitch for one in made(files).deals] == [True]
    files["deals/a"] = deal("signing", notes.format(way=" from jane"))
    assert [one.is_pitch for one in made(files).deals] == [False]


def test_its_json_has_the_keys_of_the_contract() -> None:
    found = made({
        "deals/a": deal("signing", more="contacts: [jane]\nvalue: 100"),
        "contacts/jane": of_jane("2026-10-01 know", "2026-10-01 09:00 email to jane", "2026-10-02 like to jane"),
    })  # fmt: skip
    made_of: dict[str, Any] = json.loads(as_json(facts_of("relationships", TODAY, found)))
    (one,), (jane,) = made_of["deals"], made_of["contacts"]
    first = {"id": "a", "stage": "signing", "expected": "trust", "reached": "know"}
    assert one.items() >= first.items()
    assert jane.items() >= {
        "id": "jane", "from_them": {"know": "2026-10-01"}, "to_them": {"like": "2026-10-02"},
        "sent": 1, "answered": 0, "last_contact": "2026-10-01",
    }.items()  # fmt: skip
    assert made_of["jumped"] == ["jane"] and made_of["hurried"] == []


@pytest.mark.parametrize("seed", range(12))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = {
        path: re.sub(r"contacts: \[(\w+), .*\]", r"contacts: [\1]", text) if "5" in path else text
        for path, text in story(seed).items()
    }
    files["pipeline.yml"] = files["pipeline.yml"].replace(
        "no-reply: [2d, 4d, 7d]", "no-reply: [2d]"
    )
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    found = relationships(Insights(loaded.seen, TODAY))
    told = _Told(files)
    opened = [one for one in told.deals if one.type == "open"]
    assert [(d.id.id, d.stage.id, d.expected, d.reached) for d in found.deals] == [
        (one.id, one.front["stage"], EXPECTED.get(one.front["stage"]), told.top(one)) for one in opened
    ]  # fmt: skip
    assert [one.id.id for one in found.contacts] == [one.id for one in told.contacts]
    for contact in found.contacts:
        id = contact.id.id
        assert (contact.from_them, contact.to_them) == (
            told.first(id, "from"),
            told.first(id, "to"),
        )
        assert (contact.sent, contact.answered) == told.messages(id)
        assert contact.last_contact == max((n.date for n in told.contacts_with(id)), default=None)
    ids = [one.id for one in told.contacts]
    assert [one.id for one in found.jumped] == [id for id in ids if told.is_jumped(id)]
    assert [one.id for one in found.hurried] == [id for id in ids if told.is_hurried(id)]
    assert [fare.won for fare in found.fares] == told.fares()
    for one, deal in zip(opened, found.deals, strict=True):
        main = deal.contact.id if deal.contact else ""
        assert main == (_main(one)[0] if "contacts" in one.front else "")
        assert deal.line == told.line(one, EXPECTED.get(one.front["stage"]), TODAY)
        value = f"{deal.value.amount} {deal.value.currency}" if deal.value else None
        assert value == one.front.get("value")
        assert deal.is_pitch == ("proposal" in [note.kind for note in one.notes])
        if deal.by:
            assert (deal.by.date, deal.by.after) == told.climbed(main, deal.by.rung)
    for contact in found.contacts:
        assert (contact.received, contact.waiting, contact.since) == told.open_ends(contact.id.id)
        last = told.last_with(contact.id.id)
        assert (
            contact.subject and contact.subject.path,
            contact.note and contact.note.date,
        ) == last
    sides = {side: [d.id for d in (*found.fares[at].won_deals, *found.fares[at].lost_deals)]
             for at, side in enumerate(("below", "on"))}  # fmt: skip
    ends = {one.id: told.line_at_the_end(one) for one in told.deals if ended(one)[0]}
    for side, those in sides.items():
        assert sorted(those) == [id for id, line in ends.items() if line == side]
    assert [d.id for d in found.unjudged] == [id for id, line in ends.items() if line is None]
    assert [d.id.id for d in found.won_ahead] == [
        one.id for one in told.deals
        if ended(one)[0] == "won" and told.line(one, told.last_expected(one), TODAY) == "below"
    ]  # fmt: skip
    own = [id for id in ids if id not in told.companies_with_people()]
    assert [one.id for one in found.pestered] == [id for id in own if told.in_a_row(id) > 2]
    lapsed = sorted((-days, id, every) for id in own for days, every in told.lapsed(id))
    assert [
        (-f.days, f.contact.id, f.every.days if f.every else 0) for f in found.forgotten
    ] == lapsed
    assert [
        (s.id.id, s.contact.id, {c.id for c in s.others}) for s in found.single
    ] == told.singles()


class _Told:
    """What the lines of a journal say of relationships."""

    def __init__(self, files: dict[str, str]) -> None:
        self.deals, self.contacts = list(raw(files, "deals")), list(raw(files, "contacts"))
        self._read = Raw(files)
        self._company = {one.id: one.front.get("company", "") for one in self.contacts}
        notes = [(n.date, f"contacts/{one.id}.md", at, n, [n.who or one.id, one.id])
                 for one in self.contacts for at, n in enumerate(one.notes)]  # fmt: skip
        notes += [(n.date, f"deals/{one.id}.md", at, n, [n.who] if n.who else _main(one))
                  for one in self.deals for at, n in enumerate(one.notes)]  # fmt: skip
        self._notes = sorted(notes, key=lambda row: row[:3])

    def contacts_with(self, id: str) -> list[RawNote]:
        kinds = {*TANGIBLE, *INTANGIBLE} - {"note"}
        return [n for *_, n, about in self._notes if n.kind in kinds
                and (id in about or id in [self._company.get(one) for one in about])]  # fmt: skip

    def messages(self, id: str) -> tuple[int, int]:
        ways = [(n.kind in ("email", "message") and n.way == "to", n.way) for n in self.contacts_with(id)]  # fmt: skip
        sent = sum(ours for ours, _ in ways)
        heard = [at for at, (_, way) in enumerate(ways) if way != "to"]
        return sent, sum(ours for ours, _ in ways[: heard[-1] if heard else 0])

    def _rungs(self, id: str, way: str) -> list[tuple[dt.date, str, int, str]]:
        return [(day, path, at, n.kind) for day, path, at, n, _ in self._notes
                if n.kind in RUNGS and n.who == id and n.way == way]  # fmt: skip

    def first(self, id: str, way: str) -> dict[str, dt.date]:
        found: dict[str, dt.date] = {}
        for day, _, _, rung in self._rungs(id, way):
            found.setdefault(rung, day)
        return found

    def top(self, deal: RawFile, day: dt.date = TODAY) -> str | None:
        first = {} if not _main(deal)[:1] or "contacts" not in deal.front else self.first(_main(deal)[0], "from")  # fmt: skip
        return next((rung for rung in reversed(RUNGS) if first.get(rung, dt.date.max) <= day), None)

    def top_of(self, id: str) -> str | None:
        """The highest rung that somebody reached with us."""
        return max(self.first(id, "from"), key=RUNGS.index, default=None)

    def is_hurried(self, id: str) -> bool:
        for way in ("to", "from"):
            days = self.first(id, way)
            pairs = [(days[a], days[b]) for a in days for b in days if RUNGS.index(a) < RUNGS.index(b)]  # fmt: skip
            if any(0 <= (later - earlier).days <= 7 for earlier, later in pairs):
                return True
        return False

    def is_jumped(self, id: str) -> bool:
        return any(self._jumps(self._rungs(id, way)) for way in ("to", "from"))

    def _jumps(self, rows: list[tuple[dt.date, str, int, str]]) -> bool:
        """Whether no order of the notes of each day, in which those of a file stay in theirs, climbs
        rung by rung."""
        reached = -1
        for _, same in groupby(rows, key=lambda row: row[0]):
            day = list(same)
            orders = [o for o in permutations(day) if all(
                [r for r in o if r[1] == path] == [r for r in day if r[1] == path] for _, path, *_ in day
            )]  # fmt: skip
            if not any(_climbs([RUNGS.index(r[3]) for r in o], reached) for o in orders):
                return True
            reached = max([reached, *(RUNGS.index(row[3]) for row in day)])
        return False

    def line(self, deal: RawFile, wanted: str | None, day: dt.date) -> str | None:
        if not wanted or "contacts" not in deal.front:
            return None
        top = self.top(deal, day)
        above = (RUNGS.index(top) if top else -1) - RUNGS.index(wanted)
        return "below" if above < 0 else "above" if above else "on"

    def last_expected(self, deal: RawFile) -> str | None:
        """The rung that the last open stage of a deal expects."""
        types = STAGES[deal.front["pipeline"]]
        opened = [move.stage for move in deal.moves if types[move.stage] == "open"]
        return EXPECTED.get(opened[-1]) if opened else None

    def line_at_the_end(self, deal: RawFile) -> str | None:
        day = ended(deal)[1]
        line = self.line(deal, self.last_expected(deal), day) if day else None
        return "on" if line == "above" else line

    def climbed(self, id: str, rung: str) -> tuple[dt.date, int | None]:
        """The day of a rung of theirs, and the days since one below was reached last before."""
        days = self.first(id, "from")
        below = [days[one] for one in RUNGS[: RUNGS.index(rung)] if one in days and days[one] <= days[rung]]  # fmt: skip
        return days[rung], (days[rung] - max(below)).days if below else None

    def open_ends(self, id: str) -> tuple[int, int, dt.date | None]:
        """How many messages came, how many of these wait, and the first of ours without an answer."""
        notes = self.contacts_with(id)
        came = [n.kind in ("email", "message") and n.way == "from" for n in notes]
        waits = len(list(takewhile(bool, reversed(came))))
        alone = list(takewhile(lambda n: n.way == "to", reversed(notes)))[::-1]
        ours = [n.date for n in alone if n.kind in ("email", "message")]
        return sum(came), waits, min(ours, default=None)

    def in_a_row(self, id: str) -> int:
        sent, answered = self.messages(id)
        return sent - answered

    def last_with(self, id: str) -> tuple[str | None, dt.date | None]:
        with_it = self.contacts_with(id)
        path = [path for _, path, _, n, _ in self._notes if with_it and n is with_it[-1]]
        return (path[0], with_it[-1].date) if path else (None, None)

    def companies_with_people(self) -> set[str]:
        return set(self._company.values())

    def lapsed(self, id: str) -> Iterator[tuple[int, int]]:
        """For how many days somebody is forgotten, if so, and every how many to be in touch."""
        types = {
            one.type for one in self.deals if id in [*people_of(one), one.front.get("company")]
        }
        climbs = self.first(id, "to") or self.first(id, "from")
        matters = types & {"open", "won"} or (climbs and "parked" not in types)
        notes = self.contacts_with(id)
        if notes and matters:
            days, touch = (TODAY - notes[-1].date).days, self._read.every(id)
            loop = 30 if self._read.is_won_with(id) else 0
            every = min(filter(None, (touch, loop)), default=0)
            if days > (2 * every or 90):
                yield days, every

    def singles(self) -> list[tuple[str, str, set[str]]]:
        found = []
        for one in self.deals:
            said = [
                n.who for n in one.notes if n.who and n.kind in {*TANGIBLE, *INTANGIBLE} - {"note"}
            ]
            people = {*people_of(one), *said}
            known = [id for id in people if self.contacts_with(id)]
            if one.type == "open" and len(known) == 1:
                found.append((one.id, known[0], people - {known[0]}))
        return found

    def fares(self) -> list[tuple[int, int]]:
        counts = {(side, how): 0 for side in ("below", "on") for how in ("won", "lost")}
        for one in self.deals:
            how, day = ended(one)
            types = STAGES[one.front["pipeline"]]
            opened = [move.stage for move in one.moves if types[move.stage] == "open"]
            wanted = EXPECTED.get(opened[-1]) if opened else None
            if how and day and wanted and "contacts" in one.front:
                top = self.top(one, day)
                height = RUNGS.index(top) if top else -1
                counts["below" if height < RUNGS.index(wanted) else "on", how] += 1
        return [(counts[s, "won"], counts[s, "won"] + counts[s, "lost"]) for s in ("below", "on")]


def _climbs(heights: list[int], reached: int) -> bool:
    for height in heights:
        if height > reached + 1:
            return False
        reached = max(reached, height)
    return True


def _main(deal: RawFile) -> list[str]:
    """The main contact of a deal and its company."""
    named = deal.front.get("contacts", "").strip("[]").split(", ")
    return [id for id in (named[0], deal.front.get("company", "")) if id]


def test_what_was_won_and_is_parked_is_judged_by_its_last_open_stage() -> None:
    pipeline = PIPELINE.replace("later: {type: parked}", "later: {type: parked, relationship: respect}")  # fmt: skip
    parked = past("won") + "\n## 2026-06-01 stage later\n"
    files = {"deals/a": parked.replace("stage: won", "stage: later", 1)}
    files["contacts/jane"] = of_jane("2026-01-01 know")
    (one,) = made(files, pipeline).won_ahead
    assert (one.stage.id, one.expected) == ("offer", "like")
    files["contacts/jane"] += "## 2026-02-01 like\n"
    assert not made(files, pipeline).won_ahead


def test_a_deal_that_ended_nobody_knows_when_is_not_judged() -> None:
    text = f"---\n{deal('won').strip()}\n---\n\n## 2026-01-01 stage offer\n"
    files = {
        "pipeline.yml": PIPELINE,
        "deals/a.md": text,
        "contacts/jane.md": "---\nname: J\n---\n",
    }
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    assert [one.id for one in relationships(Insights(loaded.seen, TODAY)).unjudged] == ["a"]
