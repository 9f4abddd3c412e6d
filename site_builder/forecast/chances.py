"""How probable it is, by what the journal's past has taught, that each deal is won in some time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from site_builder.forecast.corrections import Expected
from site_builder.forecast.courses import LOST, WON, Course, course_of
from site_builder.forecast.hazards import Shape
from site_builder.forecast.learning import Learned
from site_builder.forecast.signals import Signs
from site_builder.forecast.snapshots import leaning
from site_builder.forecast.tallies import end_of_month, month_number, stretch_of
from site_builder.forecast.taught import Taught, taught
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal

TERMS = (30, 90, 180)
"""Days."""
_DIGITS = 4
_FARTHEST = 5 * 364
_ENDED_FOR_EVENTUALLY = 30
"""So many deals that were won or lost tell how many are won eventually."""
_UNRESOLVED = 0.05
"""Of what is won eventually nothing is said where so much of a deal's future is not known."""


@dataclass(frozen=True, slots=True)
class Chance:
    """How probable it is that a deal is won ``within`` each number of days, and ``eventually``
    (None where nobody can say that yet). ``n`` past stays in its stage came as far as it."""

    within: Mapping[int, float]
    eventually: float | None
    n: int

    def bounded(self, p: float, days: int) -> float:
        """A chance to be won in so many days, from elsewhere, so that it rises with the `TERMS`: no
        less than in the last of them before, no more than in the next, or eventually."""
        least = max([self.within[term] for term in TERMS if term <= days], default=0.0)
        most = next((self.within[term] for term in TERMS if term >= days), self.eventually)
        return max(min(p, 1.0 if most is None else most), least)


def chances(
    journal: Journal, today: dt.date, ids: Iterable[str], terms: Iterable[int] = TERMS
) -> Mapping[str, Chance]:
    """The chances of the deals of some ids that are not won or lost, as far as anything is known of
    their pipelines: some deal has ended, and the first began a month ago."""
    return chances_by(taught(journal, today).values(), today, ids, terms)


def chances_by(
    pipelines: Iterable[Taught], today: dt.date, ids: Iterable[str], terms: Iterable[int]
) -> Mapping[str, Chance]:
    """The same by what is taught already."""
    wanted, days = frozenset(ids), sorted({*terms})
    found: dict[str, Chance] = {}
    for one in pipelines if wanted else ():
        found |= _of_pipeline(one, today.toordinal(), wanted, days)
    return found


def _of_pipeline(
    taught: Taught, today: int, wanted: frozenset[str], terms: list[int]
) -> dict[str, Chance]:
    courses, shape = taught.courses, taught.shape
    if not taught.learned or not taught.learned[-1].ended:
        return {}
    since = min(one.days[0] for one in courses)
    if today - since < TERMS[0]:  # one that was quickly won would make all others certain
        return {}
    rates = base_rates(courses, shape, today, terms)
    asked = _Asked(taught.learned[-1], shape, rates, min(today - since, _FARTHEST))
    states = ((one, one.state_on(today)) for one in courses if one.id in wanted)
    return {
        one.id: asked.chance(state, today - one.since(today), taught.signs(one.id, state, today))
        for one, state in states
        if state is not None and state not in (WON, LOST)
    }


Lack = Literal["unended", "unseen", "new", "unplaced", "undated", "later", "ended"]
"""Why nothing is known of a deal: no deal of its pipeline has ended; no move to its end of any is
known; the first one began less than a month ago; or it has no place itself, or no day, begins
later, or has ended by its notes."""


def lack_of(deal: Deal, taught: Taught, today: dt.date) -> Lack:
    """Why a deal that is open or parked has no chance, by what its pipeline has taught."""
    day, course = today.toordinal(), course_of(deal)
    if not taught.learned or not taught.learned[-1].ended:
        return "unseen"
    if day - min(one.days[0] for one in taught.courses) < TERMS[0]:
        return "new"
    if course is None:
        return "undated" if deal.is_placed else "unplaced"
    return "later" if course.state_on(day) is None else "ended"


def base_rate(courses: Iterable[Course], shape: Shape, today: int, days: int) -> float | None:
    """The share of the deals that were open at past month ends, that were won in so many days,
    where these have passed; None where there were none."""
    return base_rates(courses, shape, today, [days])[days]


def base_rates(
    courses: Iterable[Course], shape: Shape, today: int, terms: list[int]
) -> dict[int, float | None]:
    """The same of several terms, which rise."""
    opened, won = dict.fromkeys(terms, 0), dict.fromkeys(terms, 0)
    for course in courses:
        for day in _open_month_ends(course, shape, today - min(terms)):
            for term in terms:
                if day + term > today:
                    break
                opened[term] += 1
                won[term] += course.is_won_on(day + term)
    return {term: won[term] / opened[term] if opened[term] else None for term in terms}


def _open_month_ends(course: Course, shape: Shape, until: int) -> Iterator[int]:
    """The month ends up to a day at which a deal was open."""
    for state, entered, left in course.stays:
        if state in shape.open:
            yield from _month_ends(entered, min(left - 1, until))


def _month_ends(first: int, last: int) -> Iterator[int]:
    if last < first:
        return
    for month in range(month_number(first), month_number(last) + 1):
        end = end_of_month(month)
        if end <= last:
            yield end


class _Asked:
    """What is said of deals with what was learned of their pipeline."""

    def __init__(
        self, learned: Learned, shape: Shape, rates: Mapping[int, float | None], farthest: int
    ) -> None:
        self._learned, self._shape, self._rates = learned, shape, rates
        self._expected = Expected(learned, shape)
        self._farthest = farthest
        self._made: dict[tuple[int, int, Signs | None], Chance] = {}

    def chance(self, state: int, age: int, signs: Signs | None) -> Chance:
        """That of a deal that has been in a state for so many days, and of what notes tell of
        it."""
        key = state, age // 7, signs
        if key not in self._made:
            self._made[key] = self._chance(state, age, signs)
        return self._made[key]

    def _chance(self, state: int, age: int, signs: Signs | None) -> Chance:
        rates = self._rates.items()
        within = [self._within(state, age, term, rate, signs) for term, rate in rates]
        rising = [round(one, _DIGITS) for one in accumulate(within, max)]
        eventually = self._eventually(state, age, signs)
        if eventually is not None:  # alone of all it leans on no base rate
            eventually = max([eventually, *rising])
        n = int(self._learned.seen.get((state, stretch_of(age)), 0))
        return Chance(dict(zip(self._rates, rising, strict=True)), eventually, n)

    def _within(
        self, state: int, age: int, days: int, base_rate: float | None, signs: Signs | None
    ) -> float:
        chance, ended = self._expected.won(state, age, days, signs), self._learned.ended
        if base_rate is None or state in self._shape.parked:
            return chance
        return leaning(chance, base_rate, ended) or 0.0

    def _eventually(self, state: int, age: int, signs: Signs | None) -> float | None:
        if self._learned.ended < _ENDED_FOR_EVENTUALLY:
            return None
        won, lost = self._expected.ended(state, age, self._farthest)
        if 1 - won - lost > _UNRESOLVED:
            return None
        return round(self._expected.lifted(won, self._farthest, signs), _DIGITS)
