"""What people said of their own deals, and what came of that: how many of their commits came, how
many of their wins they had committed, and how right their own estimates were."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from site_builder.forecast.scores import Bin
from site_builder.insights.insights import Insights
from site_builder.insights.share import Share
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.history import Outcome
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.journal.team import Person

LEAST = 10
"""Of fewer deals that have ended nothing is said of anybody's estimates."""
_BINS = 5
_DIGITS = 4
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
    ended = [(deal, history.outcome(deal)) for deal in insights.past.deals]
    said: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for deal, outcome in ended:
        for person, p in _estimated(deal, outcome):
            said[person.id].append((p, outcome is not None and outcome.is_won))
    team = sorted(insights.past.schema.team.values(), key=lambda one: (one.name, one.id))
    enough = [one for one in team if len(said[one.id]) >= LEAST]
    return People(
        tuple(_commits(insights.past, ended)),
        tuple(_estimates(person, said[person.id]) for person in enough),
        tuple(one for one in team if 0 < len(said[one.id]) < LEAST),
    )


def _estimated(deal: Deal, outcome: Outcome | None) -> Iterator[tuple[Person, float]]:
    """The last estimate that a note gave before the deal ended, and whose deal it was then."""
    note = _last(deal, "probability", outcome)
    if note is not None and outcome is not None and note.fields.probability is not None:
        yield history.owner_on(deal, note.date), float(note.fields.probability)


def _last(
    deal: Deal, field: Literal["probability", "category"], outcome: Outcome | None
) -> Note | None:
    """The last note that set a field before the day on which the deal ended, if it has."""
    for note in reversed(deal.notes):
        if getattr(note.fields, field) is not None and _is_before(note.date, outcome):
            return note
    return None


def _is_before(day: dt.date, outcome: Outcome | None) -> bool:
    return outcome is None or (outcome.day is not None and day < outcome.day)


def _estimates(person: Person, said: list[tuple[float, bool]]) -> Estimates:
    n, actual = len(said), sum([was_won for _, was_won in said])
    expected = sum([p for p, _ in said])
    by_chance = math.sqrt(sum([p * (1 - p) for p, _ in said]))
    error = expected - actual
    is_chance = abs(error) <= _SURE * by_chance
    brier = sum([(p - was_won) ** 2 for p, was_won in said]) / n
    return Estimates(
        person,
        n,
        round(expected, 2),
        actual,
        round(brier, _DIGITS),
        "neither" if is_chance else "too-high" if error > 0 else "too-low",
        tuple(_bins(said)),
    )


def _bins(said: list[tuple[float, bool]]) -> Iterator[Bin]:
    found: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for p, was_won in said:
        found[min(int(p * _BINS), _BINS - 1)].append((p, was_won))
    for at, pairs in sorted(found.items()):
        n = len(pairs)
        expected = sum([p for p, _ in pairs]) / n
        actual = sum([was_won for _, was_won in pairs]) / n
        ends = at / _BINS, (at + 1) / _BINS
        yield Bin("own", *ends, n, round(expected, _DIGITS), round(actual, _DIGITS))


class _Counts:
    def __init__(self) -> None:
        self.came = self.ended = self.pending = self.committed = self.won = 0


def _commits(journal: Journal, ended: Iterable[tuple[Deal, Outcome | None]]) -> Iterator[Commits]:
    """Of all who have committed or won anything since the first category was noted."""
    deals = list(ended)
    since = min(_category_days(deal for deal, _ in deals), default=None)
    if since is None:
        return
    found: dict[str, _Counts] = defaultdict(_Counts)
    for deal, outcome in deals:
        _count(found, deal, outcome, since)
    team = sorted(journal.schema.team.values(), key=lambda one: (one.name, one.id))
    for person in team:
        one = found.get(person.id)
        if one is not None:
            committed = Share(one.committed, one.won)
            yield Commits(person, Share(one.came, one.ended), one.pending, committed)


def _category_days(deals: Iterable[Deal]) -> Iterator[dt.date]:
    for deal in deals:
        yield from [note.date for note in deal.notes if note.fields.category is not None]


def _count(found: dict[str, _Counts], deal: Deal, outcome: Outcome | None, since: dt.date) -> None:
    commits = [
        note
        for note in deal.notes
        if note.fields.category == "commit" and _is_before(note.date, outcome)
    ]
    if commits:
        mine = found[history.owner_on(deal, commits[-1].date).id]
        mine.pending += outcome is None
        mine.ended += outcome is not None
        mine.came += outcome is not None and outcome.is_won
    if outcome is not None and outcome.is_won and outcome.day is not None and outcome.day > since:
        last = _last(deal, "category", outcome)
        mine = found[outcome.owner.id]
        mine.won += 1
        mine.committed += last is not None and last.fields.category == "commit"
