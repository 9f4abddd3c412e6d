"""What people write in notes and summaries: plain sentences, and marks in them.

``MARKS`` says how many texts of a hundred have which mark. In the demo journal (599 texts that
say something; ``tests/test_bench.py`` counts again) 44 of 100 tick a step or list
something, 9 have a ``[[link]]``, and of all other marks there is next to nothing. Notes like that
alone would flatter us: others write bold, addresses, quotes and ``!``. So what the demo has is
here as often as there (31 lists make 44 together with ticks and items of two lines), and each mark
that it lacks is in 10 texts of 100, whatever else is in them. ``LADEN`` is the other end: bold,
emphasis, a link and a list in every text.
"""

from __future__ import annotations

from random import Random
from typing import NamedTuple


class Mark(NamedTuple):
    """A mark: what finds it in a text, how many texts of a hundred have it in the demo and
    here, and how it is written. What begins with a line's end stands behind a blank line."""

    name: str
    sign: str
    demo: int
    here: int
    written: tuple[str, ...]


MARKS = (
    Mark("list", r"(?m)^- ", 44, 31, ("\n- {thing}", "\n- {thing}\n- {other}")),
    Mark("page", r"\[\[", 9, 9, ("See also [[{company}]] for the history.",)),
    Mark("bold", r"\*\*\w", 0, 10, (
        "It was a **friendly** talk of half an hour.", "**Decision:** they go on with {thing}.",
    )),
    Mark("emphasis", r"(?<!\*)\*\w|\b_\w", 0, 10, (
        "I promised an answer *this week*.", "They _really_ want {thing}.",
    )),
    Mark("link", r"\]\(", 0, 10, ("It is all in [their plan](https://{company}.example/plan).",)),
    Mark("address", r"(?<!\()https?://", 0, 10, ("See https://{company}.example/news for it.",)),
    Mark("quote", r"(?m)^> ", 0, 10, ("\n> We can’t go on like this.\n> It costs us a day a week.",)),
    Mark("numbers", r"(?m)^1\. ", 0, 10, ("\n1. {thing}\n2. {other}",)),
    Mark("!", r"!", 0, 10, ("Great news! They have a budget.", "Call them back on Monday!")),
    Mark("~", r"~", 0, 10, ("They pay ~5k a year.", "It is about {thing}, for ~40 people.")),
    Mark("&", r"&", 0, 10, ("Their lawyers, C&A, look at {thing}.", "R&D asked as well.")),
    Mark("_", r"\w_\w", 0, 10, ("Their export is called orders_2026_final.csv.",)),
    Mark("further line", r"(?m)^ +\w", 0, 10, ("\n- {thing},\n  if the board agrees",)),
)  # fmt: skip
LADEN = ("list", "bold", "emphasis", "link")

THINGS = (
    "the ordering system", "their spring budget", "a rollout in two sites", "the old contract",
    "training for the night shift", "the migration of their archive", "delivery dates",
    "a pilot with one team", "support on Sundays", "the new warehouse", "reporting to the board",
)  # fmt: skip
_OPENINGS = (
    "We spoke about {}.", "They asked twice about {}.", "Nobody there had thought of {}.",
    "The open point is {}.", "What matters to them is {}.", "Our weak spot is {}.",
    "By Friday they want a page on {}.", "The director was sceptical about {}.",
)  # fmt: skip


def text(random: Random, company: str, laden: bool, ticks: tuple[str, ...] = ()) -> str:
    """A note or summary, with the ticks of these steps. ``laden`` is for one with many marks."""
    said = [random.choice(_OPENINGS).format(random.choice(THINGS)) for _ in range(3)]
    written = [_written(mark, random, company) for mark in MARKS if _has(mark, random, laden)]
    for sentence in (one for one in written if one[0] != "\n"):
        said.insert(random.randrange(4), sentence)
    blocks = [one for one in written if one[0] == "\n"]
    blocks += ["\n" + "\n".join(f"- [x] {step}" for step in ticks)] if ticks else []
    return "\n".join([" ".join(said), *blocks])


def _has(mark: Mark, random: Random, laden: bool) -> bool:
    return random.randrange(100) < mark.here or (laden and mark.name in LADEN)


def _written(mark: Mark, random: Random, company: str) -> str:
    thing, other = random.sample(THINGS, 2)
    return random.choice(mark.written).format(company=company, thing=thing, other=other)
