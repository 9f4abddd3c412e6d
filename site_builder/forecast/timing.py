"""When as well as whether: in which stretch of days an open deal is won, by its stage and by its
close date, of which it is known how far past ones slipped.

What the chain says of each stretch ahead is lifted or lowered by where the close date lies: before
it, in it, or behind it. By how much is learned from what came in the past, as the ratio of wins to
what the chain had expected, and used only where it has answered better of late than the close dates
themselves, which say that a deal is won in their stretch or not at all.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from site_builder.forecast.corrections import Expected
from site_builder.forecast.hazards import LEAN, Shape
from site_builder.forecast.learning import KNOTS, Learned
from site_builder.forecast.likelihood import log_likelihood
from site_builder.forecast.month_ends import WEEK
from site_builder.forecast.signals import Signs
from site_builder.forecast.taught import Opened, Taught
from site_builder.journal.deal import Deal

Place = Literal["ahead", "in", "next", "after", "passed", "none"]
"""Where a stretch of days lies by a close date: before it, with it, just behind it, further behind;
or the date had passed already, or there was none."""
Kind = Literal["dates", "taught", "slips"]
"""What says when: the close dates alone, what the stages have taught, or both."""
PLACES: tuple[Place, ...] = ("ahead", "in", "next", "after", "passed", "none")
STRETCH = 30
"""Days."""
_AHEAD = 4
"""So many stretches ahead are learned from."""
_FURTHEST = 60
_DOUBT = 3.0
_LEAST_WON = 10
"""So many wins of deals whose close date a note had given are enough."""
_DIGITS = 4
_GONE = 1e-6


class Slip(NamedTuple):
    """Of stretches that lie so by a close date: how many wins the stages had ``expected``, how many
    came, and how many times as probable wins are therefore taken to be."""

    place: Place
    expected: float
    came: int
    factor: float


class Timing(NamedTuple):
    """What says when deals of a pipeline are won (``kind``), what was counted for it, and how right
    each would have been: the mean surprise of ``n`` past stretches of deals, in nats."""

    kind: Kind
    slips: tuple[Slip, ...]
    surprise: Mapping[Kind, float]
    n: int

    def shares(
        self,
        future: Future,
        state: int,
        age: int,
        close: int | None,
        signs: Signs | None = None,
    ) -> Shares:
        """In which stretch from today a deal is won: one that has been in a state for so many days,
        is expected to close in so many days from now, and of which notes tell what ``signs``
        say."""
        factors = {slip.place: slip.factor for slip in self.slips} if self.kind == "slips" else {}
        alive, shares = 1.0, []
        for at, (won, lost) in enumerate(future.hazards(state, age, _FURTHEST, signs), 1):
            bent = min(won * factors.get(place_of(close, at), 1.0), 1 - lost)
            shares.append(alive * bent)
            alive *= 1 - bent - lost
        return Shares(tuple(shares))


class Future:
    """What the stages have taught of the stretches ahead."""

    def __init__(self, learned: Learned, shape: Shape) -> None:
        self._expected = Expected(learned, shape)
        self._known: dict[tuple[int, int, int, Signs | None], list[tuple[float, float]]] = {}

    def hazards(
        self, state: int, age: int, stretches: int, signs: Signs | None = None
    ) -> Sequence[tuple[float, float]]:
        """The chances to be won and lost in each stretch, of a deal that was neither before."""
        key = state, age // WEEK, stretches, signs  # what is expected goes by whole weeks
        if key not in self._known:
            self._known[key] = list(self._hazards(state, age, stretches, signs))
        return self._known[key]

    def _hazards(
        self, state: int, age: int, stretches: int, signs: Signs | None
    ) -> Iterator[tuple[float, float]]:
        """What is corrected by other factors for other horizons may fall, and end more than there
        is: so nothing falls, and no more ends than is left."""
        won = lost = 0.0
        for at in range(1, stretches + 1):
            alive = 1 - won - lost
            now_won, now_lost = self._both(state, age, at * STRETCH, signs)
            more_won = min(max(now_won - won, 0.0), alive)
            more_lost = min(max(now_lost - lost, 0.0), alive - more_won)
            yield (more_won / alive, more_lost / alive) if alive > _GONE else (0.0, 0.0)
            won, lost = won + more_won, lost + more_lost

    def _both(self, state: int, age: int, days: int, signs: Signs | None) -> tuple[float, float]:
        """The chances to be won and lost in so many days: before a horizon whose correction was
        scored, no more wins than until there, or a month would bring more than its quarter."""
        won, lost = self._expected.both(state, age, days, signs)
        later = next((knot for knot in KNOTS if knot >= days), days)
        if later > days:
            won = min(won, self._expected.won(state, age, later, signs))
        return won, lost


class Shares(NamedTuple):
    """How probable it is that a deal is won in each stretch from today on."""

    of_stretch: tuple[float, ...]

    @property
    def whole(self) -> float:
        """That it is won in any of them."""
        return math.fsum(self.of_stretch)

    def until(self, days: int) -> float:
        """That it is won in so many days."""
        whole, rest = divmod(max(days, 0), STRETCH)
        part = self.of_stretch[whole] * rest / STRETCH if whole < len(self.of_stretch) else 0.0
        return math.fsum(self.of_stretch[:whole]) + part


def place_of(close: int | None, stretch: int) -> Place:
    """Where a stretch lies, counted from 1, by a close date in so many days."""
    if close is None:
        return "none"
    if close <= 0:
        return "passed"
    behind = stretch - math.ceil(close / STRETCH)
    return "ahead" if behind < 0 else "in" if not behind else "next" if behind == 1 else "after"


def timing(taught: Taught, deals: Mapping[str, Deal], today: dt.date) -> Timing:
    """What says when the deals of a pipeline are won, by all that was known by today."""
    learning = _Learning(taught, deals, today.toordinal())
    if not learning.is_dated:
        return learning.timing()
    asked = [one for one in taught.learned if one.ended and one.day + STRETCH <= today.toordinal()]
    opened = taught.opened([one.day for one in asked])
    for one in asked:
        learning.ask(one, opened[one.day])
    return learning.timing()


class _Told(NamedTuple):
    """A stretch of a deal's future as it was told: of a deal that was neither won nor lost before,
    and whether it was won in it."""

    known_on: int
    place: Place
    expected: float
    was_won: bool


class _Learning:
    def __init__(self, taught: Taught, deals: Mapping[str, Deal], today: int) -> None:
        self._taught, self._today = taught, today
        self._closes = {one.id: _closes(deals[one.id]) for one in taught.courses}
        self._expected = dict.fromkeys(PLACES, 0.0)
        self._came = dict.fromkeys(PLACES, 0)
        self._waiting: deque[_Told] = deque()
        self._surprise: dict[Kind, float] = {"dates": 0.0, "taught": 0.0, "slips": 0.0}
        self._n, self._dated = 0, set[str]()

    @property
    def is_dated(self) -> bool:
        """Whether enough close dates were noted for anything to be learned from them."""
        return sum([bool(days) for days, _ in self._closes.values()]) >= _LEAST_WON

    def ask(self, learned: Learned, opened: Iterable[Opened]) -> None:
        """Tell the future of the deals that were open at the end of a month, score it, and learn
        from what has become of what was told before."""
        day = learned.day
        self._learn(day)
        future = Future(learned, self._taught.shape)
        factors = {slip.place: slip.factor for slip in self._slips()}
        for one in opened:
            self._tell(one, day, future, factors)

    def _tell(self, one: Opened, day: int, future: Future, factors: Mapping[Place, float]) -> None:
        course, state, since = one
        age, close = day - since, _close_on(self._closes[course.id], day)
        ahead = min(_AHEAD, (self._today - day) // STRETCH)
        so_far, signs = 0.0, self._taught.signs(course.id, state, day)
        for at, (p, lost) in enumerate(future.hazards(state, age, ahead, signs), 1):
            end, place = day + at * STRETCH, place_of(close, at)
            if (course.state_on(end - STRETCH) or 0) < 0:
                return
            was_won, so_far = course.is_won_on(end), so_far + p * (1 - so_far)
            self._waiting.append(_Told(end, place, p, was_won))
            bent = min(p * factors[place], 1 - lost)
            dates = so_far if place == "in" else 0.0
            self._score({"dates": dates, "taught": p, "slips": bent}, was_won)
            self._n += 1
            if was_won and place != "none":
                self._dated.add(course.id)

    def _score(self, said: Mapping[Kind, float], was_won: bool) -> None:
        for kind, p in said.items():
            self._surprise[kind] -= log_likelihood(p, 1, was_won)

    def _learn(self, day: int) -> None:
        waiting, self._waiting = self._waiting, deque()
        for told in waiting:
            if told.known_on <= day:
                self._expected[told.place] += told.expected
                self._came[told.place] += told.was_won
            else:
                self._waiting.append(told)

    def _slips(self) -> Iterator[Slip]:
        for place in PLACES:
            expected, came = self._expected[place], self._came[place]
            factor = (came + LEAN) / (expected + LEAN)
            yield Slip(place, round(expected, _DIGITS), came, round(factor, _DIGITS))

    def timing(self) -> Timing:
        self._learn(self._today)
        surprise = {
            kind: round(found / self._n, _DIGITS) if self._n else 0.0
            for kind, found in self._surprise.items()
        }
        return Timing(self._kind(), tuple(self._slips()), surprise, self._n)

    def _kind(self) -> Kind:
        if len(self._dated) < _LEAST_WON:
            return "dates"
        better: Kind = "slips"
        if self._surprise["slips"] + _DOUBT > self._surprise["taught"]:
            better = "taught"
        is_better = self._surprise[better] + _DOUBT < self._surprise["dates"]
        return better if is_better else "dates"


def _closes(deal: Deal) -> tuple[Sequence[int], Sequence[int]]:
    """The close dates that notes gave, and since when each was known."""
    noted = [
        (note.date.toordinal(), note.fields.close.toordinal())
        for note in deal.notes
        if note.fields.close is not None
    ]
    return [day for day, _ in noted], [close for _, close in noted]


def _close_on(closes: tuple[Sequence[int], Sequence[int]], day: int) -> int | None:
    """In how many days a deal was expected to close, as far as a note had said so by a day."""
    days, found = closes
    at = bisect_right(days, day)
    return found[at - 1] - day if at else None
