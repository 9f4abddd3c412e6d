"""How right forecasts were: scores of probabilities against what came true."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from site_builder.forecast.likelihood import log_likelihood
from site_builder.forecast.snapshots import Said

PREDICTORS: Mapping[str, Callable[[Said], float | None]] = {
    "base_rate": lambda one: one.base_rate,
    "even": lambda one: one.even,
    "stage": lambda one: one.stage,
    "own": lambda one: one.own,
    "learned": lambda one: one.learned,
}
"""The estimators that are scored: the share of deals like all others, a coin, the stage's
percentage, the owner's estimate, and what was learned."""
_BINS = 10
_DIGITS = 4

Pair = tuple[float, bool]
"""What was said of a deal, and whether it was won."""


class Score(NamedTuple):
    """The mean squared error (``brier``) and the mean surprise (``log_loss``, in nats) of ``n``
    forecasts, None where there are none; how many wins they ``expected``, and the ``actual``
    ones. ``value`` is the same of money: of deals with a value that a note had set."""

    brier: float | None
    log_loss: float | None
    expected: float
    actual: int
    n: int
    value: Value


class Value(NamedTuple):
    """What deals were ``expected`` to bring, and what the won ones of them brought (``actual``),
    in the journal's currency, of ``n`` with a value; None where there are none."""

    expected: str | None
    actual: str | None
    n: int


class Bin(NamedTuple):
    """The forecasts of a ``predictor`` from one probability up to another: how many, their
    mean, the share that came true, and how many that are (``won``)."""

    predictor: str
    low: float
    high: float
    n: int
    expected: float
    actual: float
    won: int


def score(predictor: str, said: Iterable[Said]) -> Score:
    """The score of an estimator, of the deals of which it said something."""
    pairs = told(predictor, said)
    n, actual = len(pairs), sum([one.was_won for one, _ in pairs])
    surprise = -sum([log_likelihood(p, 1, one.was_won) for one, p in pairs])
    return Score(
        brier([(p, one.was_won) for one, p in pairs]),
        round(surprise / n, _DIGITS) if n else None,
        _wins(pairs),
        actual,
        n,
        _value(pairs),
    )


def expected_wins(predictor: str, said: Iterable[Said]) -> float | None:
    """How many wins an estimator expected; None where it said nothing."""
    pairs = told(predictor, said)
    return _wins(pairs) if pairs else None


def bins(predictor: str, said: Iterable[Said]) -> tuple[Bin, ...]:
    """Whether what an estimator said came true as often as it said, by tenths."""
    pairs = [(p, one.was_won) for one, p in told(predictor, said)]
    return binned(predictor, pairs, _BINS)


def binned(predictor: str, pairs: Iterable[Pair], parts: int) -> tuple[Bin, ...]:
    """The same of any forecasts, by so many equal parts of what can be said."""
    found: dict[int, list[Pair]] = {}
    for p, was_won in pairs:
        found.setdefault(min(int(p * parts), parts - 1), []).append((p, was_won))
    return tuple(
        [_bin(predictor, at / parts, (at + 1) / parts, some) for at, some in sorted(found.items())]
    )


def brier(pairs: Collection[Pair]) -> float | None:
    """The mean squared error of forecasts; None where there are none."""
    missed = [(p - was_won) ** 2 for p, was_won in pairs]
    return round(sum(missed) / len(missed), _DIGITS) if missed else None


def told(predictor: str, said: Iterable[Said]) -> list[tuple[Said, float]]:
    """What an estimator said, of the deals of which it said something."""
    probability = PREDICTORS[predictor]
    return [(one, p) for one in said if (p := probability(one)) is not None]


def _wins(pairs: Iterable[tuple[Said, float]]) -> float:
    return round(sum([p for _, p in pairs]), 2)


def _value(pairs: Sequence[tuple[Said, float]]) -> Value:
    valued = [(one.value, p, one.was_won) for one, p in pairs if one.value is not None]
    if not valued:
        return Value(None, None, 0)
    expected = sum([float(value) * p for value, p, _ in valued])
    actual = sum([value for value, _, was_won in valued if was_won], Decimal(0))
    return Value(f"{expected:.2f}", f"{actual:.2f}", len(valued))


def _bin(predictor: str, low: float, high: float, pairs: Sequence[Pair]) -> Bin:
    n = len(pairs)
    expected, won = sum([p for p, _ in pairs]) / n, sum([was_won for _, was_won in pairs])
    return Bin(predictor, low, high, n, round(expected, _DIGITS), round(won / n, _DIGITS), won)
