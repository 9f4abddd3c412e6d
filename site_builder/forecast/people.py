"""What people said of their own deals, and what came of that: how many of their commits came, how
many of their wins they had committed, and how right their own estimates were."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from site_builder.forecast.past import each_deal
from site_builder.forecast.scores import Bin, Pair, binned, brier
from site_builder.insights.insights import Insights
from site_builder.insights.share import Share
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.history import Outcome
from site_builder.journal.team import Person

LEAST = 10
"""Of fewer deals that have ended nothing is said of anybody's estimates."""
_BINS = 5
_SURE = 2.0
"""An error of so many standard deviations is hardly chance."""


class Commits(NamedTuple):
    """Of somebody's commits that have ended, how many ``came``; how many are ``pending``; and of
    their wins, how many they had ``committed`` the day before."""

    person: Person
    came: Share
    pending: int
    committed: Share


class Estimates(NamedTuple):
    """Somebody's last estimates of ``n`` deals that have ended: how many wins these expected, how
    many came, the Brier score, and the usual direction of the error where it is hardly chance.
    ``bins`` are the estimates by fifths."""

    person: Person
    n: int
    expected: float
    actual: int
    brier: float
    usually: Literal["too-high", "too-low", "neither"]
    bins: tuple[Bin, ...]


class People(NamedTuple):
    """All that is known of it. Of ``few`` people there are estimates, but too few to say."""

    commits: tuple[Commits, ...]
    estimates: tuple[Estimates, ...]
    few: tuple[Person, ...]


def people(insights: Insights) -> People:
    """What people said, by their names."""
    every = list(each_deal(_of_deal, insights))
    said: dict[str, list[Pair]] = defaultdict(list)
    for one in every:
        if one.estimate is not None:
            id, p = one.estimate
            said[id].append((p, one.is_won))
    team = sorted(insights.past.schema.team.values(), key=lambda one: (one.name, one.id))
    enough = [one for one in team if len(said[one.id]) >= LEAST]
    return People(
        tuple(_commits(team, every)),
        tuple(_estimates(person, said[person.id]) for person in enough),
        tuple(one for one in team if 0 < len(said[one.id]) < LEAST),
    )


class _OfDeal(NamedTuple):
    """What was said of a deal: the day of its first category; the last ``estimate`` before it
    ended, with the id of whose deal it was then; likewise whose it was when it was committed last,
    before it ended. Whether it has ended and is won; and where the day of that is known, whose it
    was then, and whether the last category before it was a commit."""

    since: dt.date | None
    estimate: tuple[str, float] | None
    committed: str | None
    has_ended: bool
    is_won: bool
    won_on: dt.date | None
    won_by: str
    was_committed: bool


def _of_deal(deal: Deal, _insights: Insights) -> _OfDeal:
    ended = history.outcome(deal)
    named = [note for note in deal.notes if note.fields.category is not None]
    before = [note for note in named if _is_before(note.date, ended)]
    commits = [note for note in before if note.fields.category == "commit"]
    is_won = ended is not None and ended.is_won
    return _OfDeal(
        named[0].date if named else None,
        _estimate(deal, ended),
        history.owner_on(deal, commits[-1].date).id if commits else None,
        ended is not None,
        is_won,
        ended.day if ended is not None and is_won else None,
        ended.owner.id if ended is not None else "",
        bool(before) and before[-1].fields.category == "commit",
    )


def _estimate(deal: Deal, ended: Outcome | None) -> tuple[str, float] | None:
    """The last estimate that a note gave before the deal ended, and whose deal it was then."""
    for note in reversed(deal.notes if ended is not None else ()):
        if note.fields.probability is not None and _is_before(note.date, ended):
            return history.owner_on(deal, note.date).id, float(note.fields.probability)
    return None


def _is_before(day: dt.date, outcome: Outcome | None) -> bool:
    return outcome is None or (outcome.day is not None and day < outcome.day)


def _estimates(person: Person, said: list[Pair]) -> Estimates:
    n, actual = len(said), sum([was_won for _, was_won in said])
    expected = sum([p for p, _ in said])
    by_chance = math.sqrt(sum([p * (1 - p) for p, _ in said]))
    error = expected - actual
    is_chance = abs(error) <= _SURE * by_chance
    return Estimates(
        person,
        n,
        round(expected, 2),
        actual,
        brier(said) or 0.0,
        "neither" if is_chance else "too-high" if error > 0 else "too-low",
        binned("own", said, _BINS),
    )


class _Counts:
    def __init__(self) -> None:
        self.came = self.ended = self.pending = self.committed = self.won = 0


def _commits(team: Iterable[Person], every: Iterable[_OfDeal]) -> Iterator[Commits]:
    """Of all who have committed or won anything since the first category was noted."""
    deals = list(every)
    since = min((one.since for one in deals if one.since is not None), default=None)
    if since is None:
        return
    found: dict[str, _Counts] = defaultdict(_Counts)
    for one in deals:
        _count(found, one, since)
    for person in team:
        mine = found.get(person.id)
        if mine is not None:
            committed = Share(mine.committed, mine.won)
            yield Commits(person, Share(mine.came, mine.ended), mine.pending, committed)


def _count(found: dict[str, _Counts], one: _OfDeal, since: dt.date) -> None:
    if one.committed is not None:
        mine = found[one.committed]
        mine.pending += not one.has_ended
        mine.ended += one.has_ended
        mine.came += one.is_won
    if one.won_on is not None and one.won_on > since:
        mine = found[one.won_by]
        mine.won += 1
        mine.committed += one.was_committed
