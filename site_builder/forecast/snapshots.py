"""Past month ends: each deal that was open then, what was said of it with what was known by then,
and what became of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from site_builder.forecast.corrections import Expected
from site_builder.forecast.courses import Course
from site_builder.forecast.month_ends import WEEK
from site_builder.forecast.signals import Signs
from site_builder.forecast.taught import Opened, Taught, taught
from site_builder.insights.totals import convert
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.schema import Schema

EVEN = 0.5
_LEAN = 10
"""What the chain says leans on the base rate as if that were known of so many ended deals."""


class Said(NamedTuple):
    """What was said of a deal that was open at the end of a ``day``: the probability by each
    estimator, None where one said nothing; whether it ``was_won`` within the horizon; and its
    value in the journal's currency where a note had set one. ``plain`` is what was learned of its
    stage and time alone."""

    pipeline: Pipeline
    deal: str
    day: dt.date
    base_rate: float | None
    even: float
    stage: float | None
    own: float | None
    learned: float | None
    was_won: bool
    value: Decimal | None
    plain: float | None = None


def snapshots(journal: Journal, today: dt.date, horizon: int) -> list[Said]:
    """What was said at the month ends whose horizon has passed, by pipeline, day and deal. Month
    ends are left out before the first at which a base rate was known, and a deal had ended."""
    pipelines = taught(journal, today).values()
    return snapshots_by(pipelines, journal, today, (horizon,))[horizon]


def snapshots_by(
    pipelines: Iterable[Taught], journal: Journal, today: dt.date, horizons: Sequence[int]
) -> dict[int, list[Said]]:
    """The same by what is taught already, of several horizons."""
    found: dict[int, list[Said]] = {horizon: [] for horizon in horizons}
    for pipeline in pipelines:
        for horizon, said in _of_pipeline(journal, pipeline, today, horizons):
            found[horizon] += said
    return found


def _of_pipeline(
    journal: Journal, taught: Taught, today: dt.date, horizons: Sequence[int]
) -> Iterator[tuple[int, list[Said]]]:
    pasts, known = {horizon: Past(horizon) for horizon in horizons}, _Known(journal, taught)
    last = today.toordinal()
    every = taught.opened([one.day for one in taught.learned])
    for learned in taught.learned:
        day = learned.day
        asked = [horizon for horizon in horizons if day + horizon <= last]
        if not asked:
            return
        opened, expected = known.opened(day, every[day]), taught.expected(learned)
        for horizon in asked:
            base_rate = pasts[horizon].rate_on(day)
            came = [one.course.is_won_on(day + horizon) for one in opened]
            pasts[horizon].add(day, came)
            if base_rate is not None and learned.ended:
                chances = _Chances(expected, horizon, base_rate, learned.ended)
                yield horizon, [known.said(*one, chances) for one in zip(opened, came, strict=True)]


class Past:
    """How many of the deals that were open at month ends were won within the horizon."""

    def __init__(self, horizon: int) -> None:
        self._horizon = horizon
        self._coming: list[tuple[int, int, int]] = []
        self._won = self._open = 0

    def add(self, day: int, was_won: Sequence[bool]) -> None:
        """Count the deals that were open at the end of a day."""
        self._coming.append((day + self._horizon, sum(was_won), len(was_won)))

    def rate_on(self, day: int) -> float | None:
        """The share, of those of which it was known on a day."""
        while self._coming and self._coming[0][0] <= day:
            _, won, of = self._coming.pop(0)
            self._won, self._open = self._won + won, self._open + of
        return self._won / self._open if self._open else None


def leaning(chance: float, base_rate: float | None, ended: float) -> float | None:
    """What is learned of a chance, which leans on the base rate where few deals have ended; None
    where none has."""
    if base_rate is None or not ended:
        return chance if ended else None
    return (chance * ended + base_rate * _LEAN) / (ended + _LEAN)


class _Opened(NamedTuple):
    """A deal that was open on a day: since when, and what was known of it."""

    course: Course
    date: dt.date
    state: int
    age: int
    signs: Signs | None
    stage: float | None
    own: float | None
    value: Decimal | None


class _Known:
    """What was known of the deals of a pipeline on a day."""

    def __init__(self, journal: Journal, taught: Taught) -> None:
        self._deals, self._schema = journal.deals_by_id, journal.schema
        self._taught, self._pipeline = taught, taught.pipeline

    def opened(self, day: int, opened: Iterable[Opened]) -> list[_Opened]:
        """What was known of the deals that were open at the end of a day."""
        date = dt.date.fromordinal(day)
        return [self._opened(one, day, date) for one in opened]

    def _opened(self, one: Opened, day: int, date: dt.date) -> _Opened:
        course, state, since = one
        deal, stage = self._deals[course.id], self._pipeline.stages[state].probability
        return _Opened(
            course,
            date,
            state,
            day - since,
            self._taught.signs(course.id, state, day),
            None if stage is None else float(stage),
            own_on(deal, date),
            value_on(deal, date, self._schema),
        )

    def said(self, one: _Opened, was_won: bool, chances: _Chances) -> Said:
        learned, plain = chances.of(one)
        return Said(
            self._pipeline,
            one.course.id,
            one.date,
            chances.base_rate,
            EVEN,
            one.stage,
            one.own,
            learned,
            was_won,
            one.value,
            plain,
        )


class _Chances:
    """What was learned by a day of deals that were open then, each way to stand worked out once."""

    def __init__(self, expected: Expected, horizon: int, base_rate: float, ended: float) -> None:
        self.base_rate = base_rate
        self._expected, self._horizon, self._ended = expected, horizon, ended
        self._known: dict[tuple[int, int, Signs | None], tuple[float, float]] = {}

    def of(self, one: _Opened) -> tuple[float, float]:
        """By all that notes tell, and by stage and time alone."""
        key = one.state, one.age // WEEK, one.signs
        if key not in self._known:
            plain = self._expected.won(one.state, one.age, self._horizon)
            told = self._expected.lifted(plain, self._horizon, one.signs)
            self._known[key] = self._leaning(told), self._leaning(plain)
        return self._known[key]

    def _leaning(self, chance: float) -> float:
        return leaning(chance, self.base_rate, self._ended) or 0.0


def own_on(deal: Deal, day: dt.date) -> float | None:
    """The owner's estimate that notes had given by a day. One that no note dates is not known to
    be as old."""
    for note in reversed(deal.notes):
        if note.date <= day and note.fields.probability is not None:
            return float(note.fields.probability)
    return None


def value_on(deal: Deal, day: dt.date, schema: Schema) -> Decimal | None:
    """The value that notes had given by a day, in the journal's currency; None where it has no
    rate. One that no note dates may have been filled in when the deal was won."""
    for note in reversed(deal.notes):
        if note.date <= day and note.fields.value is not None:
            money = convert(note.fields.value, schema, day)
            return money.amount if money.currency == schema.currency else None
    return None
