"""A repository with a year of history, made for the purpose: a journal as three people keep it, day
by day, in as many commits as are wanted. git reads all of it at once, so that thousands take a
second.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests.repositories import Repo

FIRST = dt.date(2025, 11, 20)
LAST = dt.date(2026, 11, 20)
CONFIG = """journal: Kestrel & Vane
currency: EUR
visibility: private
as-of: {today}
rates: {{GBP: 1.17}}
repository: https://github.com/kestrel/pipeline
lost-reasons: {{price: Price, timing: Timing}}
team:
  maria: {{name: Maria Lopez, email: maria@kestrel.example}}
  otto: {{name: Otto Brandt, email: otto@kestrel.example}}
  ines: {{name: Ines Moreau}}
pipelines:
  sales:
    name: Sales
    stages:
      lead: {{name: Lead, probability: 10%, stale-after: 30d}}
      talks: {{name: Talks, probability: 30%, stale-after: 30d}}
      offer: {{name: Offer, probability: 60%, stale-after: 14d, requires: [value]}}
      won: {{name: Won, type: won}}
      lost: {{name: Lost, type: lost}}
      parked: {{name: Parked, type: parked}}
"""
_PEOPLE = (
    ("maria", "Maria Lopez", "maria@kestrel.example"),
    ("otto", "Otto Brandt", "otto@kestrel.example"),
    ("ines", "Inès M.", "ines@elsewhere.example"),
)
_WORDS = "Cider Glass Ovens Barges Looms Kilns Ferries Quarry Orchard Bakery Pumps Sails".split()
_WAY = ("lead", "talks", "offer", "won")


class Commit(NamedTuple):
    """A commit: on which day, by whom, and the files that it writes; None for one that it removes."""

    day: dt.date
    author: str
    address: str
    files: dict[str, str | None]


@dataclass
class _Deal:
    id: str
    title: str
    owner: str
    created: dt.date
    stage: str = "lead"
    value: int = 0
    close: dt.date | None = None
    probability: int = 0
    next: str = ""
    wake: dt.date | None = None
    lost_reason: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        fields = [
            f"title: {self.title}",
            f"contacts: [{self.id}-buyer]",
            f"owner: {self.owner}",
            f"stage: {self.stage}",
            f"value: {self.value}" if self.value else "",
            f"close: {self.close}" if self.close else "",
            f"probability: {self.probability}%" if self.probability else "",
            f"created: {self.created}",
            f"next: {self.next}" if self.next else "",
            f"wake: {self.wake}" if self.wake else "",
            f"lost-reason: {self.lost_reason}" if self.lost_reason else "",
        ]
        head = "\n".join(line for line in fields if line)
        return f"---\n{head}\n---\n\n" + "\n".join(self.notes)


def year(repo: Path, commits: int = 300, deals: int = 24, seed: int = 1) -> Repo:
    """The repository, its working tree at the last commit."""
    made = Repo(repo)
    stream = "".join(_streamed(commits_of_a_year(commits, deals, seed)))
    made.fed("fast-import", "--quiet", text=stream)
    made.git("reset", "-q", "--hard", "main")
    return made


def commits_of_a_year(commits: int, deals: int, seed: int) -> Iterator[Commit]:
    """The commits, oldest first. What happened is committed the same day, or some days later."""
    chance = random.Random(seed)
    known: list[_Deal] = []
    begun = _files(CONFIG.format(today=LAST))
    yield Commit(FIRST, *_PEOPLE[0][1:], begun)
    days = (LAST - FIRST).days
    for at in range(commits - 1):
        recorded = FIRST + dt.timedelta(1 + at * (days - 1) // commits)
        happened = max(FIRST, recorded - dt.timedelta(chance.choice((0, 0, 0, 1, 1, 2, 5))))
        person = chance.choice(_PEOPLE)
        if len(known) < deals and at % max(1, commits // (deals + 4)) == 0:
            deal = _begun(len(known), happened, person[0])
            known.append(deal)
            files: dict[str, str | None] = {
                f"deals/{deal.id}.md": deal.text,
                f"contacts/{deal.id}-buyer.md": f"---\nname: Buyer of {deal.title}\n---\n",
            }
        else:
            deal = chance.choice(known)
            last = dt.date.fromisoformat(deal.notes[-1].split(" ", 2)[1])
            _happens(deal, max(happened, last), chance, person[0])
            files = {f"deals/{deal.id}.md": deal.text}
        yield Commit(recorded, *person[1:], files)


def _files(config: str) -> dict[str, str | None]:
    return {"pipeline.yml": config}


def _begun(number: int, day: dt.date, owner: str) -> _Deal:
    word, more = _WORDS[number % len(_WORDS)], number // len(_WORDS)
    title = f"{word} works{f' {more + 1}' if more else ''}"
    deal = _Deal(title.lower().replace(" ", "-"), title, owner, day)
    deal.notes += [
        f"## {day} stage lead by {owner}\n",
        f"## {day} call with {deal.id}-buyer by {owner} — First words\n",
    ]
    return deal


def _happens(deal: _Deal, day: dt.date, chance: random.Random, who: str) -> None:
    """Something happens to a deal, and is noted."""
    if deal.stage in ("won", "lost"):
        deal.notes.append(f"## {day} email to {deal.id}-buyer by {who}\n")
        return
    if deal.stage == "parked":
        deal.stage, deal.wake = "talks", None
        deal.notes.append(f"## {day} stage talks by {who}\n")
        return
    what = chance.choice(
        ("call", "call", "value", "close", "close", "probability", "on", "on", "end")
    )
    if what == "value" or (what == "on" and not deal.value):
        deal.value = chance.randrange(4, 90) * 1000
        deal.notes.append(f"## {day} call with {deal.id}-buyer by {who}\nvalue:: {deal.value}\n")
    elif what == "close":
        deal.close = day + dt.timedelta(chance.randrange(20, 160))
        deal.notes.append(f"## {day} change by {who}\nclose:: {deal.close}\n")
    elif what == "probability":
        deal.probability = chance.randrange(10, 90)
        deal.notes.append(f"## {day} change by {who}\nprobability:: {deal.probability}%\n")
    elif what == "on":
        deal.stage = _WAY[_WAY.index(deal.stage) + 1]
        deal.notes.append(f"## {day} stage {deal.stage} by {who}\n")
    elif what == "end" and chance.random() < 0.5:
        _ends(deal, day, chance, who)
    else:
        deal.notes.append(f"## {day} call with {deal.id}-buyer by {who} — More words\n")
    deal.next = f"{day + dt.timedelta(10)} Call again" if deal.stage in _WAY[:3] else ""


def _ends(deal: _Deal, day: dt.date, chance: random.Random, who: str) -> None:
    if chance.random() < 0.5:
        deal.stage, deal.lost_reason = "lost", "price"
        deal.notes.append(f"## {day} stage lost by {who}\nlost-reason:: price\n")
    else:
        deal.stage, deal.wake = "parked", day + dt.timedelta(60)
        deal.notes.append(f"## {day} stage parked by {who}\n")


def _streamed(commits: Iterator[Commit]) -> Iterator[str]:
    """What ``git fast-import`` reads."""
    for at, commit in enumerate(commits):
        when = f"{int(dt.datetime.combine(commit.day, dt.time(12), dt.UTC).timestamp()) + at} +0000"
        yield "commit refs/heads/main\n"
        yield f"author {commit.author} <{commit.address}> {when}\n"
        yield f"committer {commit.author} <{commit.address}> {when}\n"
        yield "data 7\nRecord\n\n"
        for path, text in commit.files.items():
            if text is None:
                yield f"D {path}\n"
            else:
                yield f"M 100644 inline {path}\ndata {len(text.encode())}\n{text}\n"
