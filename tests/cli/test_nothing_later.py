"""With ``--today D`` nothing dated after D moves a byte: a journal and the same one cut at D, as it
was written by then, are told alike."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.commands import contents, run, write
from tests.examples import TIMES

FIRST = dt.date(2023, 1, 9)
DAYS = 1_000
FIRMS = 40
CUTS = tuple(dt.date.fromisoformat(day) for day in ("2024-02-29", "2025-03-17", "2025-08-31"))
SOME = CUTS if TIMES > 1 else CUTS[:2]
"""The days that are tried: where little was known, and more; at length the last, too."""
PIPELINE = """\
journal: Cut
currency: EUR
visibility: private
rates: {USD: 0.9}
team:
  ann: {name: Ann}
  ben: {name: Ben}
targets: {2025-Q1: 400 000, 2025-Q3: 300 000, ann/2025-Q1: 200 000}
lost-reasons: {price: Price}
pipelines:
  sales:
    name: Sales
    stages:
      lead: {probability: 10%}
      talks: {probability: 30%}
      offer: {probability: 60%}
      won: {type: won}
      lost: {type: lost}
      later: {type: parked}
"""
STAGES = ("lead", "talks", "offer")


class Event(NamedTuple):
    """What happened on a day: the stage that was entered, if any, and the fields that were set."""

    day: dt.date
    stage: str | None
    fields: dict[str, str]

    @property
    def note(self) -> str:
        head = f"## {self.day} {f'stage {self.stage}' if self.stage else 'note'}\n"
        return head + "".join(f"{name}:: {text}\n" for name, text in self.fields.items())


def events(chance: random.Random, number: int) -> Iterator[Event]:
    """All that happens to a deal."""
    day = FIRST + dt.timedelta(chance.randrange(DAYS - 30))
    end = FIRST + dt.timedelta(DAYS)
    close = day + dt.timedelta(chance.randrange(30, 150))
    fields = {"owner": chance.choice(("ann", "ben")), "close": str(close)}
    stage, good = "lead", chance.random()
    while day < end:
        yield Event(day, stage, fields)
        if stage in ("won", "lost") and chance.random() < 0.95:
            return
        yield from _said(chance, day)
        day += dt.timedelta(1 + round(chance.expovariate(1 / 35)))
        stage, fields = _next(chance, stage, good), {}
        if stage == "lost":
            fields = {"lost-reason": "price"}
        elif chance.random() < 0.4:
            fields = {"close": str(day + dt.timedelta(chance.randrange(10, 120)))}


def _next(chance: random.Random, stage: str, good: float) -> str:
    if stage not in STAGES:
        return chance.choice(STAGES)
    drawn = chance.random()
    if drawn < 0.25:
        return "lost"
    if drawn < 0.32:
        return "later"
    at = STAGES.index(stage) + (2 if drawn > 0.9 else 1)
    return STAGES[at] if at < len(STAGES) else "won" if good < 0.7 else "lost"


def _said(chance: random.Random, day: dt.date) -> Iterator[Event]:
    """What is noted beside the stages, on the same day or soon after."""
    if chance.random() < 0.7:
        currency = chance.choice(("", "", " USD", " CHF"))
        yield Event(day, None, {"value": f"{chance.randrange(1, 90)}000{currency}"})
    if chance.random() < 0.7:
        said = {"probability": f"{chance.randrange(5, 95)}%"}
        if chance.random() < 0.5:
            said["category"] = chance.choice(("commit", "best-case", "omitted"))
        yield Event(day + dt.timedelta(chance.randrange(9)), None, said)
    if chance.random() < 0.1:
        yield Event(day + dt.timedelta(2), None, {"owner": chance.choice(("ann", "ben"))})


def files(until: dt.date | None = None) -> dict[str, str]:
    """The journal as it is, or as it was written by the end of a day: later notes are not there,
    nor deals that began later, and the front matter says what held then."""
    chance = random.Random(12)
    found = {"pipeline.yml": PIPELINE}
    for number in range(FIRMS):
        found[f"contacts/firm-{number}.md"] = f"---\nname: Firm {number}\ntype: company\n---\n"
    for number in range(90):
        every = sorted(events(chance, number), key=lambda one: one.day)
        begun = [one for one in every if until is None or one.day <= until]
        if begun:
            found[f"deals/deal-{number:03}.md"] = _file(number, begun)
    return found


def _file(number: int, begun: list[Event]) -> str:
    held: dict[str, str] = {}
    for one in begun:
        held |= one.fields
        if one.stage:
            held["stage"] = one.stage
    if held["stage"] != "lost":
        held.pop("lost-reason", None)
    front = "".join(f"{name}: {text}\n" for name, text in held.items())
    head = f"---\ntitle: Deal {number}\ncompany: firm-{number % FIRMS}\n"
    notes = "\n".join(one.note for one in begun)
    return f"{head}created: {begun[0].day}\n{front}---\n\n{notes}"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("whole")
    write(root, files())
    return root


COMMANDS = (("forecast",), ("backtest",))
MORE = (
    ("forecast", "--by", "month", "--horizon", "45", "owner:ann"),
    ("backtest", "--horizon", "180"),
)


@pytest.mark.parametrize("day", SOME, ids=str)
def test_commands_tell_the_same_of_a_journal_that_is_cut(
    day: dt.date, whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, files(day))
    for command in (*COMMANDS, *(MORE if day == CUTS[1] else ())):
        asked = (*command, "--today", str(day), "--format", "json")
        code, of_whole, _ = run("-C", whole, *asked, capsys=capsys)
        assert (code, run("-C", tmp_path, *asked, capsys=capsys)[1]) == (0, of_whole)
        assert '"learned"' in of_whole


def test_so_do_the_pages_of_the_forecast(
    whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All but the frame, which counts the problems of the files as they are."""
    day, cut = CUTS[1], tmp_path / "cut"
    write(cut, files(day))
    of_whole, of_cut = (told(root, day, capsys) for root in (whole, cut))
    assert len(of_whole) > 10
    assert list(of_whole) == list(of_cut)
    for path, text in of_whole.items():
        assert text and text == of_cut[path], path


def told(root: Path, day: dt.date, capsys: pytest.CaptureFixture[str]) -> dict[str, bytes]:
    """What pages of the forecast say, by their paths, and what scripts work out a quarter by."""
    assert run("-C", root, "build", "--today", str(day), capsys=capsys)[0] == 0
    site = contents(root / "_site")
    pages = sorted(path for path in site if path.startswith("forecast"))
    mains = {path: site[path].partition(b"<main")[2] for path in pages}
    return {**mains, "what-if.js": site["what-if.js"]}
