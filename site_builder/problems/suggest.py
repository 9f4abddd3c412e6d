"""Near misses: what somebody probably meant."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache

_SHORT_LIST = 12
_LONG_LIST = 100
_LONG_WORD = 100
_NEIGHBOURS = 30
_SHORT_STEM = 4
_ALIKE = 0.7


def within(a: str, b: str, most: int) -> bool:
    """Whether at most ``most`` letters differ, counting swaps of neighbours as one.

    Optimal string alignment distance (Damerau 1964, without repeated edits).
    """
    if abs(len(a) - len(b)) > most:
        return False
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return False
        before, last = last, row
    return last[-1] <= most


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like this one, if any is like it at all."""
    folded = word.strip().lower().replace("_", "-").replace(" ", "-")
    if not 0 < len(folded) <= _LONG_WORD:
        return None
    return _nearest(folded, known if isinstance(known, frozenset) else frozenset(known))


@lru_cache(maxsize=4_096)  # one name is often wrong in many places
def _nearest(folded: str, known: frozenset[str]) -> str | None:
    if folded in known:
        return folded
    words = _plausible(folded, known)
    like = _most_like(folded, words)
    if like is not None:
        return like
    begun = [w for w in words if len(folded) >= 3 and (w.startswith(folded) or folded in w)]
    inflected = [] if begun else [w for w in words if _is_inflected(folded, w)]
    return next(iter(begun or inflected)) if len(begun or inflected) == 1 else None


def _most_like(word: str, words: Iterable[str]) -> str | None:
    """The word that shares most with this one, if that is enough."""
    letters, size = _letters(word), len(word)
    most = ((2 * (letters & _letters(w)).bit_count() / (size + len(w)), w) for w in words)
    hopeful = sorted((shared, w) for shared, w in most if shared >= _ALIKE)
    row = _Row(word)
    best, found = _ALIKE, None
    for at_most, other in reversed(hopeful):
        if at_most < best:
            break  # no letters left that could be in a better order
        alike = row.alike(other)
        if alike > best or (alike == best and (found is None or other > found)):
            best, found = alike, other
    return found


@lru_cache(maxsize=40_000)
def _letters(word: str) -> int:
    """The letters of a word as bits, each as often as it is there; few different letters
    share a bit, so that two words never seem to share less than they do."""
    found = 0
    for letter in word:
        bit = 1 << (ord(letter) & 63)
        while found & bit:
            bit <<= 64
        found |= bit
    return found


class _Row:
    """The places of a word's letters, for comparing other words with it."""

    def __init__(self, word: str) -> None:
        self.size = len(word)
        self.places: dict[str, int] = {}
        for at, letter in enumerate(word):
            self.places[letter] = self.places.get(letter, 0) | 1 << at

    def alike(self, other: str) -> float:
        """What part of both words the letters are that stand in the same order in both.

        The longest common subsequence, a column of bits at a time (Hyyrö 2004).
        """
        every = rest = (1 << self.size) - 1
        for letter in other:
            met = rest & self.places.get(letter, 0)
            rest = (rest + met | rest - met) & every
        return 2 * (self.size - rest.bit_count()) / (self.size + len(other))


def _is_inflected(word: str, known: str) -> bool:
    """Whether one is the other with another ending: `closing` of `close`."""
    stem = min(len(word), len(known)) - 1
    return stem >= _SHORT_STEM and word[:stem] == known[:stem] and abs(len(word) - len(known)) <= 3


def did_you_mean(word: str, known: Iterable[str], what: str = "") -> str:
    """A help sentence: the nearest known word, or the list of them where it is short.

    The list keeps its order, unless it has none.
    """
    best = nearest(word, known := known if isinstance(known, AbstractSet) else list(known))
    if best is not None:
        return f"Did you mean `{best}`?"
    if 0 < len(known) <= _SHORT_LIST:
        words = sorted(known) if isinstance(known, AbstractSet) else known
        return f"{what or 'Use one of'}: {listed(words)}."
    return ""


@lru_cache(maxsize=8)
def either(some: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """The words of both sets: one object as long as they are, so that it is sorted once."""
    return some | others


def listed(words: Iterable[str], between: str = ", ") -> str:
    """Words in backticks with commas, or something else, between."""
    return between.join(f"`{word}`" for word in words)


def _plausible(word: str, known: frozenset[str]) -> list[str]:
    """Narrow a long list to words that begin or end alike, for comparing costs time."""
    words, turned = _both_ways(known)
    if len(words) <= _LONG_LIST:
        return words
    return sorted({*_around(word, words), *(w[::-1] for w in _around(word[::-1], turned))})


def _around(word: str, words: list[str]) -> list[str]:
    at = bisect(words, word)
    return words[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS]


@lru_cache(maxsize=16)
def _both_ways(known: frozenset[str]) -> tuple[list[str], list[str]]:
    """Words in their order, and spelled backwards in theirs."""
    return sorted(known), sorted(word[::-1] for word in known)
