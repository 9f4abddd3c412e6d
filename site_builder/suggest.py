"""Near misses: what somebody probably meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

_SHORT_LIST = 12


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
    words = _plausible(folded, known)
    if folded in words:
        return folded
    found = difflib.get_close_matches(folded, words, n=1, cutoff=0.7)
    if found:
        return found[0]
    begun = [w for w in words if len(folded) >= 3 and (w.startswith(folded) or folded in w)]
    return begun[0] if len(begun) == 1 else None


def did_you_mean(word: str, known: Iterable[str], what: str = "") -> str:
    """A help sentence: the nearest known word, or the list of them where it is short."""
    words = sorted(known)
    best = nearest(word, words)
    if best is not None:
        return f"Did you mean `{best}`?"
    if 0 < len(words) <= _SHORT_LIST:
        return f"{what or 'Use one of'}: {listed(words)}."
    return ""


def listed(words: Sequence[str]) -> str:
    """Words in backticks with commas between."""
    return ", ".join(f"`{word}`" for word in words)


def _plausible(word: str, known: Iterable[str]) -> list[str]:
    """Narrow a long list to words that share an end, for comparing costs time."""
    words = sorted(known)
    if len(words) <= 200:
        return words
    return [w for w in words if w[:2] == word[:2] or w[-3:] == word[-3:]][:500]
