"""What forecasts would have said at past month ends, scored against what came true."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from typing import Literal, NamedTuple

from site_builder.forecast.counted import Counted, counted
from site_builder.forecast.estimators import NAMES
from site_builder.forecast.scores import PREDICTORS, Bin, Score, bins, expected_wins, score, told
from site_builder.forecast.snapshots import Said
from site_builder.forecast.taught import Taught
from site_builder.problems.counting import count, decimal, grouped, together

_LEAST_WON, _LEAST_DEALS, _LEAST_DAYS = 10, 30, 3
"""Enough to judge by: so many deals that were won, so many deals, at so many month ends."""
_MANY_DEALS = 100
"""Of so many deals it tells enough how few were won, even none."""
Helps = Literal["yes", "unsure", "no"]
"""Whether what was learned tells more than the base rate or a coin."""
_FAR = 1.2
"""So many times as many wins as came are far too many, and the other way round."""
_FEW = 10
"""Of fewer wins that are expected the first decimal is told; fewer tell of no drift."""
_MARGIN = 0.99
"""Better is what scores below this part of the other."""
_PLAIN = ("base_rate", "even")
_JUDGED = (*_PLAIN, "learned")


class Snapshot(NamedTuple):
    """What was said at the end of a ``day``: of ``n`` deals that were open then, how many wins
    each estimator ``expected`` (None where it said nothing), and how many came (``actual``)."""

    day: dt.date
    n: int
    actual: int
    expected: Mapping[str, float | None]


class Verdict(NamedTuple):
    """What past forecasts come to, in sentences: whether history ``helps``, or that too little is
    known; the scores that say so, of how many forecasts (``proof``); and how many wins ``came`` of
    those that were expected."""

    helps: str
    proof: str = ""
    came: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, self))

    @property
    def brief(self) -> str:
        """All but the scores."""
        return str(self._replace(proof=""))


@dataclass(frozen=True, slots=True)
class Backtest:
    """The past forecasts of ``n`` open deals at month ends whose horizon has passed, of each
    estimator its score, and a ``verdict`` about them. ``signals`` say of each pipeline what else
    than stage and time counts in what is learned."""

    horizon_days: int
    snapshots: tuple[Snapshot, ...]
    n: int
    predictors: Mapping[str, Score]
    verdict: Verdict
    reliability: tuple[Bin, ...]
    signals: tuple[Counted, ...] = ()


def scored(
    said: list[Said],
    horizon: int,
    pipelines: Iterable[Taught] = (),
    others: Mapping[int, Helps | None] | None = None,
) -> Backtest:
    """Score what was said of the deals of some pipelines. ``others`` say of other horizons whether
    what was learned `helps`."""
    by_name = {name: score(name, said) for name in PREDICTORS}
    return Backtest(
        horizon,
        tuple(_snapshots(said)),
        len(said),
        by_name,
        _verdict(said, by_name, horizon, others or {}),
        tuple(one for name in PREDICTORS for one in bins(name, said)),
        tuple([counted(one, said, horizon) for one in pipelines if one.courses]),
    )


def is_enough(said: Iterable[Said]) -> bool:
    """Whether there is enough to judge forecasts by."""
    every = list(said)
    won, days = _deals(one for one in every if one.was_won), {one.day for one in every}
    deals = len(_deals(every))
    is_known = deals >= _MANY_DEALS or (deals >= _LEAST_DEALS and len(won) >= _LEAST_WON)
    return is_known and len(days) >= _LEAST_DAYS


def helps(said: list[Said]) -> Helps | None:
    """Whether what was learned scored better than the base rate and a coin: by 1%, and by more than
    the standard error of that, for which what was said of one deal counts as one. None where there
    is too little to judge by."""
    known = [one for one in said if one.learned is not None and one.base_rate is not None]
    if len(known) * 2 <= len(said) or not is_enough(said):
        return None
    missed = {name: [_missed(name, one) for one in known] for name in _JUDGED}
    plain = min(_PLAIN, key=lambda name: sum(missed[name]))
    if sum(missed["learned"]) >= sum(missed[plain]) * _MARGIN:
        return "no"
    gains = defaultdict[tuple[str, str], float](float)
    for one, by_plain, by_learned in zip(known, missed[plain], missed["learned"], strict=True):
        gains[one.pipeline.id, one.deal] += by_plain - by_learned
    error = sqrt(sum([gain**2 for gain in gains.values()]))
    return "yes" if sum(gains.values()) > error else "unsure"


def _missed(name: str, one: Said) -> float:
    return ((PREDICTORS[name](one) or 0.0) - one.was_won) ** 2


def _snapshots(said: list[Said]) -> Iterable[Snapshot]:
    for day, group in groupby(sorted(said, key=lambda one: one.day), key=lambda one: one.day):
        of_day = list(group)
        won = sum([one.was_won for one in of_day])
        said_so = {name: expected_wins(name, of_day) for name in PREDICTORS}
        yield Snapshot(day, len(of_day), won, said_so)


def _verdict(
    said: list[Said],
    by_name: Mapping[str, Score],
    horizon: int,
    others: Mapping[int, Helps | None],
) -> Verdict:
    briers = {
        name: one.brier
        for name, one in by_name.items()
        if one.brier is not None and one.n * 2 > len(said)
    }
    if not is_enough(said) or "learned" not in briers:
        return Verdict(_too_little(said, horizon))
    best, found = min(briers, key=lambda name: briers[name]), helps(said)
    better = NAMES[best] if found == "yes" and _is_better(best, said) else ""
    pipelines = _pipelines(said)
    proof = f"{_briers_in_words(briers, best)}; {_much(said, horizon)}."
    if better and pipelines > 1:
        over = f"Over {count(pipelines, 'pipeline')} taken together {better} did better"
        better, proof = "", f"{over}; what counts is chosen for each by itself. {proof}"
    unlike = [days for days, one in others.items() if {one, found} == {"yes", "no"}]
    return Verdict(f"{_helps(said, found, horizon, unlike, better)}.", proof, f"{_came(said)}.")


def _briers_in_words(briers: Mapping[str, float], best: str) -> str:
    plain = min(_PLAIN, key=lambda name: briers[name])
    names = dict.fromkeys((best, "learned", plain))
    return f"Brier scores (0 is best): {', '.join(f'{NAMES[n]} {briers[n]:.3f}' for n in names)}"


def _helps(
    said: list[Said], found: Helps | None, horizon: int, others: Iterable[int], better: str
) -> str:
    """Whether history helps, where that is not so at ``others`` of the horizons, and what did
    ``better``."""
    if found == "unsure":
        return "History may help, but that is not sure yet"
    unlike = together(list(map(str, others)))
    ahead = f" {count(horizon, 'day')} ahead" * bool(unlike)
    if found == "no":
        does = f"; {unlike} days ahead it does" * bool(unlike)
        return f"History does not help here{ahead}{does}{_alike(said)}"
    learned = score("learned", said)
    is_far = bool(far(learned.expected, learned.actual))
    does = f"History {'tells deals apart' if is_far else 'helps'}{ahead}"
    lacks = [unlike] * bool(unlike) + ["how many are won"] * is_far
    does += f", but not {', nor '.join(lacks)}" if lacks else ""
    return f"{does}, {'and' if lacks else 'but'} {better} did better" if better else does


def _alike(said: list[Said]) -> str:
    """That all deals ended alike, so that there was nothing to tell apart."""
    ends = {one.was_won for one in said}
    return "" if len(ends) > 1 else ": all were won" if True in ends else ": none was won"


def _is_better(best: str, said: list[Said]) -> bool:
    """Whether the best estimator did better than what was learned, of the same deals."""
    same = [one for one, _ in told("learned", [one for one, _ in told(best, said)])]
    other, learned = score(best, same).brier, score("learned", same).brier
    return other is not None and learned is not None and other < learned * _MARGIN


def _came(said: list[Said]) -> str:
    """How many wins were expected, and whether far more or far fewer came. Where nothing had ever
    been won, nothing used to be true."""
    found, was_true = score("learned", said), any(one.was_won or one.base_rate for one in said)
    is_less = found.expected > found.actual and far(found.expected, found.actual)
    look = ": look whether what used to be true still is" if is_less and was_true else ""
    return f"By {NAMES['learned']} {against(found.expected, found.actual)}{look}"


def against(expected: float, came: int) -> str:
    """How many wins were expected, and how many came, in words."""
    said, more = f"{wins(expected)} were expected", far(expected, came)
    if not more or not came:
        return f"{said}, and {grouped(came) if came else 'none'} came"
    return f"{said}, {more} than the {grouped(came)} that came"


def wins(expected: float) -> str:
    """``39 wins``, and of few ``6.5 wins``."""
    return f"{grouped(round(expected)) if expected >= _FEW else decimal(expected)} wins"


def far(expected: float, came: int) -> str:
    """By how much more wins were expected than came, or fewer: ``34% more``; nothing where it is
    less than a fifth, or of fewer wins than tell anything."""
    if max(expected, came) < _FEW:
        return ""
    least, most = sorted((expected, float(came)))
    if most <= _FAR * max(least, 1):
        return ""
    share = f"{abs(expected / came - 1):.0%} " if came else ""
    return f"{share}{'more' if expected > came else 'fewer'}"


def _too_little(said: list[Said], horizon: int) -> str:
    if said:
        won = len(_deals(one for one in said if one.was_won))
        why = f"{_much(said, horizon)}, {grouped(won) if won else 'none'} of these won"
    else:
        why = f"none could be made yet {count(horizon, 'day')} ago"
    return f"Too little is known to judge forecasts: {why}."


def _much(said: list[Said], horizon: int) -> str:
    days = count(len({one.day for one in said}), "month end")
    deals, pipelines = count(len(_deals(said)), "deal"), _pipelines(said)
    of = f" of {count(pipelines, 'pipeline')}" if pipelines > 1 else ""
    return f"{days} and {deals}{of}, {count(horizon, 'day')} ahead"


def _pipelines(said: Iterable[Said]) -> int:
    return len({one.pipeline.id for one in said})


def _deals(said: Iterable[Said]) -> set[tuple[str, str]]:
    return {(one.pipeline.id, one.deal) for one in said}
