"""What some deals will bring together, as a distribution.

Each deal brings its value with its probability, or nothing. Deals are not independent: all of them
can do better or worse than said, and so can those of one owner, and those of one company. Each of
these comes in three ways: better, as said, or worse, with a probability of a quarter, a half, and a
quarter. A probability p then is p + t d p (1 - p), where t is 1, 0 or -1 and d how far it goes, one
after the other: on average it stays p, and no d up to one leads beyond 0 and 1. Given the ways,
deals are independent, and their sum is worked out exactly (of few deals) or on a grid of values; a
value between two points of the grid falls to both of them, so that the mean is exact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import accumulate
from typing import NamedTuple, TypeVar

_OWNER, _COMPANY = 0.2, 0.3
_WAYS = ((-1, 0.25), (0, 0.5), (1, 0.25))
_FEW = 8
_CELLS = 250
_NONE = 1e-12

Sums = dict[int, float]
"""The probability of each sum, in steps of the grid."""
_Lifts = tuple[float, ...]
"""By how much deals are better or worse than said: all, those of an owner, those of a company."""
Key = TypeVar("Key")


class Part(NamedTuple):
    """A deal of a ``worth`` that is won with a ``probability``."""

    probability: float
    worth: float
    owner: str = ""
    company: str = ""


class Spread(NamedTuple):
    """A distribution: its sums, rising, and how probable each is."""

    sums: tuple[float, ...]
    chances: tuple[float, ...]

    def quantile(self, part: float) -> float:
        """The least sum that is not exceeded with such a probability."""
        reached = accumulate(self.chances)
        pairs = zip(self.sums, reached, strict=True)
        return next((one for one, so_far in pairs if so_far >= part - _NONE), self.sums[-1])

    def reaches(self, sum_: float) -> float:
        """How probable it is that a sum is reached."""
        pairs = zip(self.sums, self.chances, strict=True)
        return sum([chance for one, chance in pairs if one >= sum_ - _NONE])


def spread(parts: Iterable[Part], together: float = 0.0) -> Spread:
    """The distribution of what deals bring. ``together`` is how far all of them can differ from
    what is said."""
    counted = [one for one in parts if one.worth and one.probability > 0]
    if not counted:
        return Spread((0.0,), (1.0,))
    step = 0.01 if len(counted) <= _FEW else sum([abs(one.worth) for one in counted]) / _CELLS
    found = _mixed(together, (), partial(_Steps(step).of_all, counted))
    sums = sorted(found)
    return Spread(tuple(one * step for one in sums), tuple(found[one] for one in sums))


class _Steps(NamedTuple):
    step: float

    def of_all(self, parts: Sequence[Part], lifts: _Lifts) -> Sums:
        """The sums of deals that are lifted all alike."""
        groups = _grouped(parts, lambda one: one.owner)
        return _summed(
            _mixed(_OWNER if len(group) > 1 else 0.0, lifts, partial(self.of_owner, group))
            for group in groups
        )

    def of_owner(self, parts: Sequence[Part], lifts: _Lifts) -> Sums:
        """The sums of the deals of one owner."""
        groups = _grouped(parts, lambda one: one.company or id(one))
        return _summed(
            _mixed(_COMPANY if len(group) > 1 else 0.0, lifts, partial(self.of_company, group))
            for group in groups
        )

    def of_company(self, parts: Sequence[Part], lifts: _Lifts) -> Sums:
        """The sums of the deals of one company."""
        if len(parts) == 1:
            return self.of_one(parts[0], lifts)
        return _summed(self.of_one(one, lifts) for one in parts)

    def of_one(self, part: Part, lifts: _Lifts) -> Sums:
        p = part.probability
        for lift in lifts:
            p += lift * p * (1 - p)
        below, rest = divmod(round(part.worth / self.step, 6), 1)
        found: Sums = {0: 1 - p}
        for at, share in ((int(below), 1 - rest), (int(below) + 1, rest)):
            if share:
                found[at] = found.get(at, 0.0) + p * share
        return found


def _grouped(parts: Sequence[Part], key: Callable[[Part], Key]) -> list[list[Part]]:
    found: dict[Key, list[Part]] = defaultdict(list)
    for one in parts:
        found[key(one)].append(one)
    return list(found.values())


def _mixed(far: float, lifts: _Lifts, sums_of: Callable[[_Lifts], Sums]) -> Sums:
    """The sums of all ways in which deals can differ together, lifted as they are."""
    if not far:
        return sums_of(lifts)
    found: Sums = defaultdict(float)
    for way, weight in _WAYS:
        for at, chance in sums_of((*lifts, way * far)).items():
            found[at] += weight * chance
    return found


def _summed(several: Iterable[Sums]) -> Sums:
    """The sums of independent ones."""
    whole: Sums = {0: 1.0}
    for one in several:
        none = one.get(0, 0.0)
        both = {at: so_far * none for at, so_far in whole.items()}
        for more, chance in one.items():
            if not more:
                continue
            for at, so_far in whole.items():
                to = at + more
                both[to] = both.get(to, 0.0) + so_far * chance
        whole = {at: chance for at, chance in both.items() if chance > _NONE}
    return whole
