"""What would have been said of past quarters, week by week before their ends, and what came."""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from site_builder.forecast.choice import spreads
from site_builder.forecast.corrections import Expected
from site_builder.forecast.courses import WON, Course
from site_builder.forecast.estimators import HORIZON, USUAL_SPREAD
from site_builder.forecast.snapshots import Said
from site_builder.forecast.taught import Taught
from site_builder.insights.insights import Insights
from site_builder.journal.periods import Period, quarter_of

MOST = 120
"""So many quarters are told: no history reaches further back."""
WEEKS = 13
_DAY = dt.timedelta(1)
_EARLIEST = dt.date(2, 1, 1)
_DIGITS = 2
_EIGHT_OF_TEN = 1.2816
"""So many standard deviations to each side hold eight of ten cases of a normal distribution."""


class Week(NamedTuple):
    """What was said so many weeks before the end (``before``): so many deals were ``won`` by then,
    and so many were ``expected`` of those that were open; of these so many (``actual``) are among
    the wins of the quarter. In eight of ten cases that lies between ``low`` and ``high``."""

    before: int
    won: int
    expected: float
    actual: int
    low: float
    high: float

    @property
    def said(self) -> float:
        """What the quarter would bring."""
        return self.won + self.expected

    @property
    def is_held(self) -> bool:
        """Whether what came of the open deals lies in the range."""
        return self.low <= self.actual <= self.high


class Replay(NamedTuple):
    """A past quarter: what was said each week, the longest before the end first, and how many deals
    it won in all that stand won today (``came``), as in all sums of what is won: one that was
    reopened since is none. So many of them did not exist at first (``new``)."""

    period: str
    came: int
    new: int
    weeks: tuple[Week, ...]


class _Sum:
    """What adds up of the deals that were open on a day."""

    def __init__(self) -> None:
        self.won = self.actual = 0
        self.expected = self.variance = self.together = 0.0

    def add(self, p: float, was_won: bool) -> None:
        self.expected += p
        self.variance += p * (1 - p)
        self.actual += was_won

    def week(self, before: int) -> Week:
        spread = _EIGHT_OF_TEN * math.sqrt(self.variance + self.together)
        ends = max(self.expected - spread, 0.0), self.expected + spread
        low, high = (round(end, _DIGITS) for end in ends)
        return Week(before, self.won, round(self.expected, _DIGITS), self.actual, low, high)


class _Quarter:
    def __init__(self, period: Period) -> None:
        self.period = period
        self.first, self.last = period.first.toordinal(), period.last.toordinal()
        self.days = tuple(self.last - 7 * before for before in range(WEEKS, -1, -1))
        self.weeks = {day: _Sum() for day in self.days}
        self.came = self.new = 0
        self.is_told = False

    def replay(self) -> Replay:
        weeks = [self.weeks[day].week((self.last - day) // 7) for day in self.days]
        return Replay(self.period.label, self.came, self.new, tuple(weeks))


class Known(Protocol):
    """What each pipeline has taught, by its id, and what was said at past month ends."""

    @property
    def taught(self) -> Mapping[str, Taught]: ...
    @property
    def said(self) -> list[Said]: ...


def replays(insights: Insights, known: Known) -> tuple[Replay, ...]:
    """The quarters that are over, the oldest first: those at whose beginning it was known how deals
    end."""
    known_since = min(
        [one.learned[0].day for one in known.taught.values() if one.learned], default=None
    )
    if known_since is None:
        return ()
    quarters, wins = _quarters(insights, known_since), _wins(insights)
    for id, taught in known.taught.items():
        said = [one for one in known.said if one.pipeline.id == id]
        _say(quarters, taught, wins, _Spreads(said))
        _count_wins(quarters, taught.courses, wins)
    return tuple(quarter.replay() for quarter in quarters if quarter.is_told)


def _quarters(insights: Insights, since: int) -> list[_Quarter]:
    """Those that are over, the oldest first: all that end after a day."""
    starts, found = insights.past.schema.fiscal_year_starts, list[_Quarter]()
    period = quarter_of(insights.today, starts)
    while len(found) < MOST and period.first > _EARLIEST and period.first.toordinal() > since:
        period = quarter_of(period.first - _DAY, starts)
        found.append(_Quarter(period))
    return found[::-1]


class _Spreads:
    """By how far deals can differ from what is said of them, all at once, as it was known."""

    def __init__(self, said: list[Said]) -> None:
        found = list(spreads(said, "learned"))
        self._known = [day.toordinal() + HORIZON for day, _ in found]
        self._spreads = [USUAL_SPREAD, *[spread for _, spread in found]]

    def on(self, day: int) -> float:
        """What was known of that on a day."""
        return self._spreads[bisect_right(self._known, day)]


def _wins(insights: Insights) -> Mapping[str, int]:
    """The days on which the deals were won that stand won, by their ids."""
    return {one.deal.id: day.toordinal() for one in insights.won if (day := one.ended.day)}


def _say(
    quarters: list[_Quarter], taught: Taught, wins: Mapping[str, int], known: _Spreads
) -> None:
    """Add up what was said of the deals of a pipeline."""
    days = {day: quarter for quarter in quarters for day in quarter.days}
    chains = dict(_chains(taught, sorted(days)))
    for quarter in quarters:
        quarter.is_told |= quarter.days[0] in chains
    for day, opened in taught.opened(sorted(chains)).items():
        part, last = _Sum(), days[day].last
        for course, state, entered in opened:
            signs = taught.signs(course.id, state, day)
            p = chains[day].won(state, day - entered, last - day, signs)
            part.add(p, day < wins.get(course.id, day) <= last)
        whole = days[day].weeks[day]
        whole.expected += part.expected
        whole.variance += part.variance
        whole.actual += part.actual
        whole.together += known.on(day) ** 2 / 2 * part.variance**2


def _chains(taught: Taught, days: list[int]) -> Iterator[tuple[int, Expected]]:
    """What had been learned by the last month end before each of some days, where any deal had
    ended by then."""
    ends = [learned.day for learned in taught.learned]
    made: dict[int, Expected] = {}
    for day in days:
        at = bisect_right(ends, day) - 1
        if at >= 0 and taught.learned[at].ended:
            if at not in made:
                made[at] = taught.expected(taught.learned[at])
            yield day, made[at]


def _count_wins(
    quarters: list[_Quarter], courses: tuple[Course, ...], wins: Mapping[str, int]
) -> None:
    """Count what each quarter won, by each of its weeks the deals that stood won then."""
    ends = [quarter.last for quarter in quarters]

    def quarter_on(day: int) -> _Quarter | None:
        at = bisect_left(ends, day)
        return quarters[at] if at < len(ends) and quarters[at].first <= day else None

    for course in courses:
        if quarter := quarter_on(wins.get(course.id, 0)):
            quarter.came += 1
            quarter.new += course.days[0] > quarter.days[0]
        for state, day, left in course.stays:
            if state == WON and (quarter := quarter_on(day)):
                for week, sums in quarter.weeks.items():
                    sums.won += day <= week < left
