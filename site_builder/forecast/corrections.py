"""What is expected of open deals, corrected by what past forecasts were wrong by.

Three answers are kept for each horizon: what the chain says by the rates of all time, what it says
by those of late, and the latter corrected: by the trend of wins, and by as much as that was wrong
until now, all deals together. The forecasts of past month ends, as they were made then, are scored
once their horizon has passed, and an answer weighs as much as it has been right. What is corrected
so has no single cause: deals differ in what nobody wrote down, what is slow is closed in bulk, or
less is won than before. So the corrected answer is trusted more than the others from the first.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from site_builder.forecast.chain import Chain
from site_builder.forecast.courses import LOST, WON, Course
from site_builder.forecast.hazards import Shape
from site_builder.forecast.learning import KNOTS, TRUST, Correction, Learned
from site_builder.forecast.lifts import HORIZONS, lifted, times_of
from site_builder.forecast.likelihood import log_likelihood
from site_builder.forecast.month_ends import OF_LATE, WEEK, Cells, SignsOn, anew, month_ends
from site_builder.forecast.signals import Signs
from site_builder.forecast.tracks import Tracks

_LEAN = 10
"""What came leans on what was expected as if so many wins more had come as expected."""
_MOST = 2.0
"""So many times is the most that is corrected, either way."""

Said = tuple[float, float]
"""What the chain says by the rates of all time, and of late."""
Answered = dict[tuple[int, int, int], Said]
"""What it has said of a state, of whole weeks in it, and of so many days ahead."""


class Expected:
    """How probable it is that deals are won, by what had been learned by a day. What the chain has
    ``answered`` of that day already need not be worked out again."""

    def __init__(self, learned: Learned, shape: Shape, answered: Answered | None = None) -> None:
        self._learned, self._shape = learned, shape
        self.answered: Answered = {} if answered is None else answered
        self._at: dict[int, Correction] = {}
        self._plain: dict[tuple[int, int, int], float] = {}
        self._ended: dict[tuple[int, int, int], tuple[float, float]] = {}
        self._times: dict[tuple[int, Signs], float] = {}

    @cached_property
    def _won(self) -> tuple[Chain, Chain]:
        return self._chains(WON)

    @cached_property
    def _lost(self) -> tuple[Chain, Chain]:
        return self._chains(LOST)

    def _chains(self, target: int) -> tuple[Chain, Chain]:
        learned = self._learned
        usual = Chain(learned.rates, self._shape, target)
        is_same = learned.recent == learned.rates
        return usual, usual if is_same else Chain(learned.recent, self._shape, target)

    def won(self, state: int, age: int, days: int, signs: Signs | None = None) -> float:
        """The chance to be won of a deal that has been in a state for so many days (``age``), and
        of which notes tell what ``signs`` say; None where that is not asked for."""
        key = state, age // WEEK, days  # the chain counts whole weeks in a state
        if key not in self._plain:
            said = self.said(state, age, days)
            self._plain[key] = _corrected(said, self._correction(days))
        return self.lifted(self._plain[key], days, signs)

    def lifted(self, p: float, days: int, signs: Signs | None) -> float:
        """A chance to be won in so many days, by what notes tell."""
        if signs is None:
            return p
        if (days, signs) not in self._times:
            self._times[days, signs] = times_of(self._learned.lifts, days, signs)
        return lifted(p, self._times[days, signs])

    def ended(self, state: int, age: int, days: int) -> tuple[float, float]:
        """The chances to be won and lost as the chain says, for what lies far ahead: corrections
        are of what comes soon."""
        key = state, age // WEEK, days
        if key not in self._ended:
            late = self._correction(days).late
            won, lost = self.said(state, age, days), _said(self._lost, state, age, days)
            found = won[0] + (won[1] - won[0]) * late, lost[0] + (lost[1] - lost[0]) * late
            self._ended[key] = found
        return self._ended[key]

    def both(
        self, state: int, age: int, days: int, signs: Signs | None = None
    ) -> tuple[float, float]:
        """The chances to be won and lost, together at most one."""
        won, (_, lost) = self.won(state, age, days, signs), self.ended(state, age, days)
        return won, min(lost, 1 - won)

    def said(self, state: int, age: int, days: int) -> Said:
        """What the chain says, by all time and of late."""
        key = state, age // WEEK, days
        if key not in self.answered:
            self.answered[key] = _said(self._won, state, age, days)
        return self.answered[key]

    def _correction(self, days: int) -> Correction:
        if days not in self._at:
            self._at[days] = _between(self._learned.corrections, days)
        return self._at[days]


def _said(chains: tuple[Chain, Chain], state: int, age: int, days: int) -> Said:
    usual, late = chains
    said = usual.within(state, age, days)
    return said, said if late is usual else late.within(state, age, days)


def _answers(said: Said, factor: float) -> tuple[float, float, float]:
    return (*said, lifted(said[1], factor))


def _corrected(said: Said, by: Correction) -> float:
    (usual, late, mended), (first, second, third) = by.weights, _answers(said, by.factor)
    return usual * first + late * second + mended * third


def _between(corrections: Sequence[Correction], days: int) -> Correction:
    """The correction of a horizon, by those of the nearest ones that were looked at."""
    at = bisect_left(KNOTS, days)
    if at in (0, len(KNOTS)):
        return corrections[min(at, len(KNOTS) - 1)]
    low, high = KNOTS[at - 1], KNOTS[at]
    part = (days - low) / (high - low)
    before, after = corrections[at - 1], corrections[at]
    pairs = zip(before.weights, after.weights, strict=True)
    usual, late, mended = (a + (b - a) * part for a, b in pairs)
    return Correction((usual, late, mended), before.factor + (after.factor - before.factor) * part)


def corrected(
    courses: Iterable[Course],
    shape: Shape,
    learned: Iterable[Learned],
    until: int,
    signs_on: SignsOn | None = None,
) -> Iterator[tuple[Learned, Answered]]:
    """What was learned by each month end, with how it is to be corrected by what had become of what
    was said before, and with what notes had told by then; and what the chain has answered of it for
    all horizons that have passed."""
    every = list(learned)
    days = [one.day for one in every]
    asked = month_ends(courses, shape, days, KNOTS, until)
    noted = month_ends(courses, shape, days, HORIZONS, until, signs_on) if signs_on else asked
    tracks, by_notes = [_Track(days, until) for days in KNOTS], Tracks()
    for one, cells, told in zip(every, asked, noted, strict=True):
        mended = [
            track.correction(one.day, times)
            for track, times in zip(tracks, one.trends, strict=True)
        ]
        known = one._replace(corrections=tuple(mended))
        expected = Expected(known, shape) if one.ended else None
        if expected and signs_on:
            known = known._replace(lifts=by_notes.lifts(one.day, told, expected.won))
        if expected:
            _ask(expected, cells, [days for days in HORIZONS if one.day + days <= until])
            for at, track in enumerate(tracks):
                track.ask(one.day, expected, cells, at)
        yield known, expected.answered if expected else {}


def _ask(expected: Expected, cells: Cells, horizons: Sequence[int]) -> None:
    """Have the chain answer what will be asked of past forecasts, as long as it is there."""
    for days in horizons:
        for state, week, _ in cells:
            expected.said(state, week * WEEK, days)


class _Told(NamedTuple):
    """What was said at a month end, ``known_on`` a day: how right each answer was beyond the first,
    how many wins were ``expected`` by the trend, and how many came."""

    known_on: int
    gains: tuple[float, float, float]
    expected: float
    came: int


class _Track:
    """The past forecasts of one horizon."""

    def __init__(self, days: int, until: int) -> None:
        self._days, self._until = days, until
        self._part = anew(days)
        self._waiting: deque[_Told] = deque()
        self._gains = [0.0] * 3
        self._expected = self._came = self._windows = 0.0
        self._trend = self._factor = 1.0

    def correction(self, day: int, trend: float) -> Correction:
        """How what is said at the end of a day is corrected, by what was known by then, where the
        ``trend`` says that so many times as many wins will come."""
        while self._waiting and self._waiting[0].known_on <= day:
            self._learn(self._waiting.popleft())
        self._trend, self._factor = trend, trend * self._times()
        return Correction(self._weights(), self._factor)

    def _learn(self, told: _Told) -> None:
        part = self._part
        for at, gain in enumerate(told.gains):
            self._gains[at] = self._gains[at] * OF_LATE + gain * part
        self._expected = self._expected * OF_LATE + told.expected * part
        self._came = self._came * OF_LATE + told.came * part
        self._windows = self._windows * OF_LATE + part

    def _times(self) -> float:
        """How many times as many came as were expected, leaning on one time."""
        came = (self._came + _LEAN) / (self._expected + _LEAN)
        times = math.exp(math.log(came) * self._windows / (self._windows + 1))
        return min(max(times, 1 / _MOST), _MOST)

    def _weights(self) -> tuple[float, float, float]:
        best = max(self._gains)
        usual, late, mended = (math.exp(one - best) for one in self._gains)
        whole = usual + late + TRUST * mended
        return usual / whole, late / whole, TRUST * mended / whole

    def ask(self, day: int, expected: Expected, cells: Cells, knot: int) -> None:
        """Take down what is said at the end of a month, if it is known by now what came."""
        if day + self._days > self._until:
            return
        gains, by_trend, came = [0.0] * 3, 0.0, 0
        for (state, week, _), cell in cells.items():
            number, won = cell.number, cell.won[knot]
            said = expected.said(state, week * WEEK, self._days)
            scores = [log_likelihood(p, number, won) for p in _answers(said, self._factor)]
            for at, score in enumerate(scores):
                gains[at] += score - scores[0]
            by_trend += number * lifted(said[1], self._trend)
            came += won
        usual, late, mended = gains
        self._waiting.append(_Told(day + self._days, (usual, late, mended), by_trend, came))
