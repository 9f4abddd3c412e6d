"""What is learned of a long history: journals of deals that moved six times each, and how long the
model and the backtest of one take."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from random import Random

from tests.bench.turns import Sums, Target, dealog, time

DEALS, YEARS, STAGES, MOVES = 10_000, 9, 6, 6
"""So many deals in so many years, with about so many stage notes each."""
UNTIL = dt.date(2025, 12, 31)
LIMIT = 20
"""Seconds for model and backtest, where nothing is kept."""
KEPT = 0.5
"""And of that where it is kept."""
_OPEN = "abcdef"[:STAGES]
_SETTINGS = f"""\
journal: History
currency: EUR
visibility: private
as-of: {UNTIL}
team: {{maria: {{name: Maria}}, otto: {{name: Otto}}}}
lost-reasons: {{price: Price}}
pipelines:
  sales:
    stages:
"""
_COLD, _AGAIN = "backtest, cold", "backtest, kept"
Moves = list[tuple[dt.date, str]]


def history_files(deals: int, years: int = YEARS) -> Iterator[tuple[str, str]]:
    """The files of such a journal: path and text."""
    chances = (
        f"      {one}: {{name: {one.upper()}, probability: {10 + 15 * at}%}}\n"
        for at, one in enumerate(_OPEN)
    )
    ends = (
        f"      {one}: {{name: {one.title()}, type: {one}}}\n" for one in ("parked", "won", "lost")
    )
    yield "pipeline.yml", _SETTINGS + "".join((*chances, *ends))
    random = Random(77)
    for number in range(deals):
        yield f"deals/d{number:05}.md", _deal(random, moves(random, years))


def moves(random: Random, years: int) -> Moves:
    """The days on which a deal moved, and whither: about a month apart, mostly on."""
    day = UNTIL - dt.timedelta(random.randrange(3, years * 365))
    at, found = 0, [(day, _OPEN[0])]
    while len(found) < 2 * MOVES:
        day += dt.timedelta(1 + int(random.expovariate(1 / 30)))
        if day > UNTIL:
            break
        end = random.random()
        if len(found) >= MOVES - 3 and end < 0.3:
            found.append((day, "won" if end < 0.08 + 0.02 * at else "lost"))
            break
        at = max(at - 1, 0) if at == STAGES - 1 or (random.random() < 0.2 and at) else at + 1
        found.append((day, _OPEN[at]))
    return found


def _deal(random: Random, found: Moves) -> str:
    value, stage = random.randrange(1, 90) * 500, found[-1][1]
    reason = "lost-reason: price\n" * (stage == "lost")
    close = found[-1][0] + dt.timedelta(60)
    front = (
        f"---\ntitle: Deal\nowner: {random.choice(('maria', 'otto'))}\nstage: {stage}\n"
        f"value: {value}\nclose: {close}\n{reason}---\n"
    )
    told = f"value:: {value}\nclose:: {close}\n"
    notes = [f"\n## {day} stage {to}\n" for day, to in found]
    notes[-1] += told if random.random() < 0.5 else ""
    return front + "".join(reversed(notes))


def measured(folder: Path, deals: int, repeat: int) -> list[Target]:
    """Time the backtest of such a journal, at first and again; what is to hold."""
    notes = 0
    for path, text in history_files(deals):
        (folder / "journal" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "journal" / path).write_text(text, encoding="utf-8", newline="\n")
        notes += text.count("\n## ")
    sums, command = Sums.of([_COLD, _AGAIN]), [*dealog(folder / "journal"), "backtest"]
    for turn in range(repeat):
        for row in (_COLD, _AGAIN):
            time(sums, row, [*command, "--format", "json"], folder / f"cache-{turn}")
    for row in (_COLD, _AGAIN):
        print(f"{row}: {sums.seconds(row):.2f} s, of the processors {sums.cpu(row):.2f} s")
    name = f"model and backtest of {deals:,} deals with {notes:,} stage notes"
    return [
        (f"{name}, cold", sums.seconds(_COLD), LIMIT, " s"),
        ("the same again, of that", sums.ratio(_AGAIN, _COLD), KEPT, "×"),
    ]
