"""Random journals that record all there is to record, as texts; and the same read back from these
texts in a few lines of its own, for tests that recompute the figures of pages from raw files."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

TODAY = dt.date(2026, 11, 20)
_AGE = 700
PIPELINE = """\
journal: Stories
currency: EUR
visibility: private
as-of: 2026-11-20
rates: {USD: 0.9}
team:
  ann: {name: Ann, roles: [seller, supervisor]}
  ben: {name: Ben, roles: [miner]}
  cleo: {name: Cleo, roles: [seller]}
roles: {miner: Finds, seller: Sells, supervisor: Looks after all}
lost-reasons: {price: Price, timing: Timing}
follow-up: {after-meeting: 24h, no-reply: [2d, 4d, 7d], reply-within: 24h, loop: 30d, touch: {level client: 60d, tag press: 90d}}
contact-requires: [email, social, company, news]
views: {closing: state:open close<=+30d, large: value>=10k}
pipelines:
  sales:
    name: Sales
    fields:
      segment: {type: choice, options: [small, large]}
    stages:
      lead:
        role: miner
        measures: [{measure: entered, target: 5, within: 90d}, {measure: response-rate, target: 40%, within: 14d}]
        steps: {found: Found, asked: Asked}
      talks:
        role: seller
        relationship: know
        probability: 20%
        measures: [{measure: conversion, target: 50%, within: 60d}, {measure: time-in-stage, target: 30d}]
        steps: {need: Need told, map: Process mapped, walk: Walked}
        knowledge: What it takes
      offer:
        role: seller
        relationship: like
        probability: 50%
        measures: [{measure: steps-done, target: 75%}]
        steps: {shown: Shown}
      signing: {role: seller, probability: 80%, relationship: trust}
      won: {type: won}
      lost: {type: lost}
      later: {type: parked}
  renewals:
    name: Renewals
    stages:
      review: {role: seller, probability: 60%}
      renewed: {type: won}
      gone: {type: lost}
"""
STAGES = {
    "sales": {"lead": "open", "talks": "open", "offer": "open", "signing": "open",
              "won": "won", "lost": "lost", "later": "parked"},
    "renewals": {"review": "open", "renewed": "won", "gone": "lost"},
}  # fmt: skip
STEPS = {"lead": ["found", "asked"], "talks": ["need", "map", "walk"], "offer": ["shown"]}
RUNGS = ["know", "like", "trust", "respect"]
TANGIBLE = ["proposal", "invoice", "payment", "contract", "order", "delivery", "document"]
INTANGIBLE = ["note", "call", "meeting", "email", "message", "event", "gift", "intervention",
              "knowledge"]  # fmt: skip
NOTE_FIELDS = {
    "invoice": ["amount:: 500", "due:: 2026-12-01"],
    "payment": ["amount:: 500"],
    "delivery": ["due:: 2026-10-01"],
    "proposal": [
        "services:: Planning",
        "terms:: Half in advance",
        "deadline:: 2026-12-01",
        "budget:: 500",
    ],
    "intervention": ["trigger:: silence", "trigger:: complaint"],
    "knowledge": ["learned:: How it works"],
}


def story(seed: int, deals: int = 40, people: int = 14, age: int = _AGE) -> dict[str, str]:
    """The files of a random journal, in which nothing is wrong but for warnings. Its first note is
    at most so many days old (``age``)."""
    draw = random.Random(seed)
    contacts = [f"p{n}" for n in range(people)]
    companies = [f"c{n}" for n in range(4)]
    files = {"pipeline.yml": PIPELINE}
    for n, id in enumerate(companies):
        files[f"contacts/{id}.md"] = _company(draw, id, n)
    for n, id in enumerate(contacts):
        files[f"contacts/{id}.md"] = _person(draw, id, contacts[:n], companies, age)
    for n in range(deals):
        files[f"deals/d{n:03}.md"] = _deal(draw, n, contacts, companies, age)
    return files


def _some(draw: random.Random, part: float, text: str) -> list[str]:
    return [text] if draw.random() < part else []


def _company(draw: random.Random, id: str, n: int) -> str:
    lines = [f"name: Company {id}", "type: company"]
    lines += _some(draw, 0.7, f"level: {draw.choice(['shopper', 'client', 'member'])}")
    if n == 0:
        lines.append("website: https://c.example")
    return _file(lines, [])


def _person(draw: random.Random, id: str, before: list[str], companies: list[str], age: int) -> str:
    lines = [f"name: Person {id}", *_some(draw, 0.6, f"company: {draw.choice(companies)}")]
    lines += _some(draw, 0.6, f"email: {id}@p.example")
    lines += _some(draw, 0.3, f"social: [https://s.example/{id}]")
    lines += _some(draw, 0.4, f"owner: {draw.choice(['ann', 'ben', 'cleo'])}")
    lines += _some(draw, 0.2, "tags: [press]")
    lines += _some(draw, 0.2, f"touch-every: {draw.choice(['14d', '60d'])}")
    lines += _some(
        draw, 0.2, f"milestones: [2026-{draw.randint(10, 12)}-{draw.randint(10, 28)} Birthday]"
    )
    if before:
        lines += _some(draw, 0.3, f"introduced-by: {draw.choice(before)}")
    notes = []
    for day in _days(draw, draw.randint(0, 5), age):
        kind = draw.choice(["email", "call", "meeting", "news", "know", "like", "trust", "message"])
        way = draw.choice(["to", "from"] if kind in (*RUNGS, "email", "message") else ["with"])
        tail = "" if kind == "news" else f" {way} {id}"
        notes.append(f"## {day} {kind}{tail}\n")
    if before and notes and draw.random() < 0.3:
        notes.append(f"## {TODAY} referral\nwho:: {draw.choice(before)}\n")
    return _file(lines, notes)


def _days(draw: random.Random, count: int, age: int) -> list[dt.date]:
    begin = TODAY - dt.timedelta(draw.randint(1, age))
    return sorted(min(TODAY, begin + dt.timedelta(draw.randint(0, 200))) for _ in range(count))


def _deal(draw: random.Random, n: int, contacts: list[str], companies: list[str], age: int) -> str:
    pipeline = "renewals" if n % 7 == 3 else "sales"
    who = draw.sample(contacts, draw.randint(0, 3))
    days = _days(draw, draw.randint(0, 14), age)
    opened = [id for id, type in STAGES[pipeline].items() if type == "open"]
    stage, notes = draw.choice(opened), []
    stages = list(STAGES[pipeline])
    for day in days:
        if draw.random() < 0.4:
            at = stages.index(stage)
            stage = (
                stages[at + 1]
                if at + 1 < len(opened) and draw.random() < 0.6
                else draw.choice(stages)
            )
            notes.append(_move(draw, day, stage))
        else:
            notes.append(_note(draw, day, who, pipeline))
    lines = [f"title: Deal {n}", f"owner: {draw.choice(['ann', 'ben', 'cleo'])}", f"pipeline: {pipeline}",
             f"stage: {stage}"]  # fmt: skip
    lines += _some(
        draw, 0.8, f"value: {draw.choice([500, 1200, 20000])} {draw.choice(['EUR', 'USD', 'GBP'])}"
    )
    lines += _some(draw, 0.6, f"company: {draw.choice(companies)}")
    if who:
        lines.append(f"contacts: [{', '.join(who)}]")
    lines += _some(draw, 0.5, f"next: 2026-{draw.randint(10, 12)}-{draw.randint(10, 28)} Call")
    lines += _some(draw, 0.3, f"channel: {draw.choice(['fair', 'web'])}")
    lines += _some(draw, 0.3, f"source: referral {draw.choice(contacts)}")
    lines += _some(draw, 0.4, "their-win: Calm")
    lines += _some(draw, 0.4, "our-win: A reference")
    lines += _some(draw, 0.3, f"need: {draw.choice(['yes', 'no'])}")
    lines += _some(draw, 0.3, f"want: {draw.choice(['yes', 'no'])}")
    if pipeline == "sales":
        lines += _some(draw, 0.5, f"segment: {draw.choice(['small', 'large'])}")
    _handed_over(lines, notes)
    expected = _expected("".join(lines))
    type = STAGES[pipeline][stage]
    if type == "lost":
        said = re.findall(r"lost-reason:: (\S+)", "".join(notes))
        lines += [f"lost-reason: {said[-1] if said else draw.choice(['price', 'timing'])}"]
    if type == "parked":
        lines += _some(draw, 0.7, f"wake: 2026-{draw.randint(10, 12)}-{draw.randint(10, 28)}")
    if type == "won":
        lines += _some(draw, 0.5, f"renews: 2026-{draw.randint(10, 12)}-{draw.randint(10, 28)}")
    return _file([*lines, *expected], notes)


def _expected(seed: str) -> list[str]:
    """When a deal is expected to close, how probably by its owner, and in what category."""
    draw = random.Random(seed)
    close = dt.date(2026, 8, 1) + dt.timedelta(draw.randint(0, 400))
    lines = _some(draw, 0.7, f"close: {close}")
    lines += _some(draw, 0.5, f"probability: {draw.randint(1, 19) * 5}%")
    category = draw.choice(["commit", "best-case", "pipeline", "omitted"])
    return lines + _some(draw, 0.6, f"category: {category}")


def _handed_over(lines: list[str], notes: list[str]) -> None:
    """Let one note of some deals say who owns them from then on, and front matter agree."""
    draw = random.Random("".join(lines))
    if notes and draw.random() < 0.3:
        owner, at = draw.choice(["ann", "ben", "cleo"]), draw.randrange(len(notes))
        head, _, rest = notes[at].partition("\n")
        notes[at] = f"{head}\nowner:: {owner}\n{rest}"
        lines[1] = f"owner: {owner}"


def _move(draw: random.Random, day: dt.date, stage: str) -> str:
    asked = _some(draw, 0.6, f"asked-by:: {draw.choice(['customer', 'us'])}\n")
    if stage in ("lost", "gone"):
        asked += _some(draw, 0.6, f"lost-reason:: {draw.choice(['price', 'timing'])}\n")
    by = draw.choice(["ann", "ben"])
    return f"## {day} stage {stage}{f' by {by}' if day.day % 3 else ''}\n{''.join(asked)}"


def _note(draw: random.Random, day: dt.date, who: list[str], pipeline: str) -> str:
    kind = draw.choice([*INTANGIBLE, *TANGIBLE, *RUNGS[:2], "message", "message"])
    way = ""
    if who and (kind in RUNGS or draw.random() < 0.8):
        direction = draw.choice(
            ["to", "from"] if kind in (*RUNGS, "email", "message") else ["with"]
        )
        way = f" {direction} {draw.choice(who)}"
    elif kind in RUNGS:
        kind = "call"
    by = "".join(_some(draw, 0.5, f" by {draw.choice(['ann', 'ben', 'cleo'])}"))
    said = "".join(f"{line}\n" for line in NOTE_FIELDS.get(kind, []) if draw.random() < 0.6)
    if kind == "intervention" and said.count("::") > 1:
        said = said.splitlines(keepends=True)[0]
    every = [step for steps in STEPS.values() for step in steps] if pipeline == "sales" else []
    ticks = "".join(f"- [x] {step}\n" for step in every if draw.random() < 0.1)
    return f"## {day} {kind}{way}{by}\n{said}\nSaid.\n\n{ticks}"


def _file(lines: list[str], notes: list[str]) -> str:
    front = "".join(f"{line}\n" for line in lines)
    return f"---\n{front}---\n" + "".join(f"\n{note}" for note in notes)


def handed_on(files: dict[str, str]) -> dict[str, str]:
    """The same where each deal of which a later note says who owns it was Cleo's from its first."""

    def first(found: re.Match[str]) -> str:
        is_later = "\nowner:: " in found[2] and not found[2].startswith("\nowner:: ")
        return f"{found[1]}\nowner:: cleo{found[2]}" if is_later else found[0]

    return {path: re.sub(r"(?s)\A(.*?\n## [^\n]*)(.*)", first, files[path]) for path in files}


@dataclass(frozen=True)
class RawNote:
    """A note as its lines say it."""

    date: dt.date
    kind: str
    stage: str
    way: str
    who: str
    by: str
    said: dict[str, str]
    ticks: tuple[str, ...]


@dataclass(frozen=True)
class RawFile:
    """A deal or contact as its lines say it."""

    id: str
    front: dict[str, str]
    notes: list[RawNote] = field(default_factory=list)

    @property
    def type(self) -> str:
        """The type of the stage that a deal stands in."""
        return STAGES[self.front["pipeline"]][self.front["stage"]]

    @property
    def moves(self) -> list[RawNote]:
        """The stage notes of a deal but for those that restate the stage."""
        found: list[RawNote] = []
        for note in self.notes:
            if note.stage and (not found or found[-1].stage != note.stage):
                found.append(note)
        return found

    def owner_on(self, day: dt.date) -> str:
        """Who owned a deal on a day: as the last note until then says or else the first one after."""
        said = [(note.date, note.said["owner"]) for note in self.notes if "owner" in note.said]
        until = [owner for date, owner in said if date <= day]
        return until[-1] if until else said[0][1] if said else self.front["owner"]


_HEADING = re.compile(
    r"## (\S+) (?:stage (?P<stage>\S+)|(?P<kind>\S+))(?: (?P<way>to|from|with) (?P<who>\S+))?(?: by (?P<by>\S+))?"
)


def raw(files: dict[str, str], folder: str) -> Iterator[RawFile]:
    """The deals or contacts of a journal."""
    for path, text in sorted(files.items()):
        if path.startswith(f"{folder}/"):
            _, front, body = text.split("---\n", 2)
            pairs = (line.partition(": ") for line in front.splitlines())
            id = path.rpartition("/")[2].partition(".")[0]
            notes = [_raw_note(part) for part in re.split(r"(?m)^(?=## )", body) if part.strip()]
            yield RawFile(id, {name: value for name, _, value in pairs}, notes)


def _raw_note(text: str) -> RawNote:
    head, *lines = text.splitlines()
    found = _HEADING.fullmatch(head)
    assert found is not None, head
    said = dict(line.split(":: ") for line in lines if ":: " in line)
    ticks = tuple(line.removeprefix("- [x] ") for line in lines if line.startswith("- [x] "))
    part = {name: value or "" for name, value in found.groupdict().items()}
    kind = "stage" if part["stage"] else part["kind"]
    return RawNote(
        dt.date.fromisoformat(found[1]),
        kind,
        part["stage"],
        part["way"],
        part["who"],
        part["by"],
        said,
        ticks,
    )
