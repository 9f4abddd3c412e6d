"""Histories of pipelines that are made at random by chances that are known."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache, wraps
from math import exp
from operator import add, mul

from site_builder.forecast.chain import Chain
from site_builder.forecast.courses import LOST, WON, Course
from site_builder.forecast.hazards import Shape
from site_builder.forecast.lessons import Lessons
from site_builder.forecast.taught import Taught
from site_builder.insights.insights import Insights
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Stage
from site_builder.parse.note_order import numbered
from tests import by_hand

BEGAN = dt.date(2020, 1, 1).toordinal()
SHAPE = Shape((0, 1, 2), (3,))
"""The stages of the pipeline of `by_hand`: lead, offer, talks, and parked."""
Daily = Callable[[int, int, int], Mapping[int, float]]
"""The chances of moves on a day, of a state, the days in it and the days since the beginning."""


def _steady(daily: Callable[[int, int], Mapping[int, float]]) -> Daily:
    """Chances that are the same on all days, worked out once of each age."""
    known = cache(daily)
    return wraps(daily)(lambda state, age, _day: known(state, age))


@_steady
def fading(state: int, age: int) -> Mapping[int, float]:
    """Who stays long moves seldom: the later the stage, the more wins."""
    fresh = 0.15 + exp(-age / 60)
    won = (0.003, 0.007, 0.016, 0.0)[state] * fresh
    on = {state + 1: 0.03 * fresh} if state < 2 else {}
    return {WON: won, LOST: 0.008, **on}


@_steady
def fading_away(state: int, age: int) -> Mapping[int, float]:
    """Quick wins, and what is slow is never closed."""
    fresh = exp(-age / 20)
    on = {state + 1: 0.05 * fresh + 0.0005} if state < 2 else {}
    return {WON: (0.01, 0.02, 0.04, 0.0003)[state] * fresh + 0.0003, LOST: 0.0012, **on}


def broken(state: int, age: int, day: int) -> Mapping[int, float]:
    """After three years a third of what was won before is."""
    moves = fading(state, age, day)
    return {**moves, WON: moves[WON] * (1 if day < 3 * 365 else 0.3)}


def fading_less(state: int, age: int, day: int) -> Mapping[int, float]:
    """Year after year fewer are won: a third of what it was after five."""
    moves = fading(state, age, day)
    return {**moves, WON: moves[WON] * exp(-day / 1600)}


def coin(state: int, age: int, day: int) -> Mapping[int, float]:
    """Nothing follows from anything."""
    return {WON: 0.006, LOST: 0.006}


def never(state: int, age: int, day: int) -> Mapping[int, float]:
    """Nothing is ever won."""
    return {LOST: 0.01, **({state + 1: 0.01} if state < 2 else {})}


@cache
def world(daily: Daily, deals: int = 2000, years: int = 5, seed: int = 0) -> tuple[Course, ...]:
    """The courses of deals that begin on some day of so many years, up to their end."""
    draw, end = random.Random(seed), BEGAN + years * 365
    return tuple(
        _course(draw, f"d{n:05}", daily, BEGAN + draw.randrange(years * 365), end)
        for n in range(deals)
    )


def _course(
    draw: random.Random, id: str, daily: Daily, day: int, end: int, most: float = 0.1
) -> Course:
    """One whose chances of moves on a day are at most ``most`` together."""
    days, states = [day], [0]
    while day < end and states[-1] >= 0:
        left = draw.random()
        day += 1
        if left >= most:
            continue
        moves = daily(states[-1], day - 1 - days[-1], day - 1 - BEGAN)
        assert sum(moves.values()) <= most
        for to, chance in moves.items():
            left -= chance
            if left < 0:
                days.append(day)
                states.append(to)
                break
    return Course(id, tuple(days), tuple(states))


@cache
def unlike(deals: int = 1500, years: int = 5, seed: int = 0) -> tuple[Course, ...]:
    """Deals that fade, and differ in what nobody wrote down: some move on and are won far more
    readily than others, all their days."""
    draw, end = random.Random(seed), BEGAN + years * 365
    return tuple(
        _course(
            draw,
            f"d{n:05}",
            _times(fading, draw.expovariate(1)),
            BEGAN + draw.randrange(years * 365),
            end,
            1.0,
        )
        for n in range(deals)
    )


def _times(daily: Daily, factor: float) -> Daily:
    return lambda state, age, day: {
        to: chance if to == LOST else min(chance * factor, 0.5)
        for to, chance in daily(state, age, day).items()
    }


@cache
def outlived(deals: int = 600, days: int = 430, seed: int = 0) -> tuple[Course, ...]:
    """As in Maven's sample of sales: nothing ends in the first four months; a deal ends within a
    fortnight, or 40 to 138 days after it began, or never (a fifth); and whatever else, 63 of 100
    that end are won."""
    draw, end, found = random.Random(seed), BEGAN + days, []
    for n in range(deals):
        began = BEGAN + draw.randrange(days)
        over = max(
            began + draw.choice((draw.randrange(1, 15), draw.randrange(40, 138))), BEGAN + 130
        )
        is_over, is_won = over <= end and draw.random() < 0.8, draw.random() < 0.63
        days_of, states = (began, over), (0, WON if is_won else LOST)
        kept = 1 + is_over
        found.append(Course(f"d{n:05}", days_of[:kept], states[:kept]))
    return tuple(found)


def guessing(deal: Deal) -> Deal:
    """The deal with an owner's estimate that has nothing to do with it, as in Zoho's sample."""
    draw = random.Random(deal.id)
    fields = replace(deal.notes[0].fields, probability=Decimal(draw.randrange(0, 21)) / 20)
    return replace(deal, notes=(replace(deal.notes[0], fields=fields), *deal.notes[1:]))


def end_of(years: int = 5) -> int:
    """The last day of a world."""
    return BEGAN + years * 365


def moved(courses: tuple[Course, ...], day: int, to: int, part: float) -> tuple[Course, ...]:
    """The courses after a clean-up: part of what has stood for four months is moved on a day."""
    draw = random.Random(1)
    return tuple(
        _cut(one, day, to) if _is_old(one, day) and draw.random() < part else one for one in courses
    )


def _is_old(course: Course, day: int) -> bool:
    state = course.state_on(day)
    return state is not None and state >= 0 and day - course.since(day) > 120


def _cut(course: Course, day: int, to: int) -> Course:
    kept = sum(one < day for one in course.days)
    return Course(course.id, (*course.days[:kept], day), (*course.states[:kept], to))


def truth(daily: Daily, state: int, age: int, days: int) -> float:
    """How probable it is that a deal is won within some days, worked out day by day."""
    return float(state == WON) if state < 0 else _truths(daily, days)[state][age]


_OLDEST = 2200
"""Chances are worked out of all ages, in days, up to five years in a state and a year ahead."""
_OPEN = (*SHAPE.open, *SHAPE.parked)
"""The states that deals can be in, each at its own number."""


_TRUTHS: dict[Daily, dict[int, list[list[float]]]] = {}
"""The chances within the numbers of days that were asked of, which more days go on from."""


def _truths(daily: Daily, days: int) -> list[list[float]]:
    """The chances within some days, by state and age: each day's by those within a day less."""
    known = _TRUTHS.setdefault(daily, {0: [[0.0] * _OLDEST for _ in _OPEN]})
    if days not in known:
        before = max(one for one in known if one < days)
        within = known[before]
        for _ in range(days - before):
            within = [_truths_of(daily, state, within) for state in _OPEN]
        known[days] = within
    return known[days]


def _truths_of(daily: Daily, state: int, then: list[list[float]]) -> list[float]:
    stays, won, moves = _days(daily, state)
    later = map(add, won, map(mul, stays, then[state][1:]))
    for to, chances in moves.items():
        later = map(add, later, map(then[to][0].__mul__, chances))
    return list(later)


@cache
def _days(daily: Daily, state: int) -> tuple[list[float], list[float], dict[int, list[float]]]:
    """The chances to stay, to be won and to move to each open state, on the days in a state."""
    days = [daily(state, age, 0) for age in range(_OLDEST)]
    all_to = dict.fromkeys(to for one in days for to in one if to >= 0)
    moves = {to: [one.get(to, 0.0) for one in days] for to in all_to}
    return [1 - sum(one.values()) for one in days], [one.get(WON, 0.0) for one in days], moves


STAGES: Mapping[int, Stage] = {
    **dict(enumerate(by_hand.PIPELINE.stages[:4])),
    WON: by_hand.WON,
    LOST: by_hand.LOST,
}


def journal(courses: tuple[Course, ...], *more: Callable[[Deal], Deal]) -> Journal:
    """The courses as deals of the pipeline of `by_hand`."""
    deals = map(_deal, courses)
    for change in more:
        deals = map(change, deals)
    return by_hand.journal(*deals)


@cache
def past(courses: tuple[Course, ...], years: int = 5) -> Lessons:
    """What a world of so many years has taught, learned once for all tests of a worker."""
    return Lessons(Insights(journal(courses), dt.date.fromordinal(end_of(years))))


def _deal(course: Course) -> Deal:
    notes = tuple(
        _moved(day, STAGES[state]) for day, state in zip(course.days, course.states, strict=True)
    )
    return by_hand.deal(course.id, STAGES[course.states[-1]], notes)


def _moved(day: int, stage: Stage) -> Note:
    return by_hand.note(dt.date.fromordinal(day).isoformat(), "stage", stage=stage)


def with_values(deal: Deal) -> Deal:
    """The deal with a value that no note sets, where it was won."""
    return replace(deal, value=by_hand.eur(500)) if deal.stage is by_hand.WON else deal


Dated = tuple[Course, tuple[tuple[int, int], ...]]
"""A course, and the close dates that were noted: on which day, and which."""


@cache
def dated(
    deals: int = 600, years: int = 4, seed: int = 0, slips: float = 50, knows: float = 0.4
) -> tuple[Dated, ...]:
    """Deals of which a part is won, so many days on average after the close date that was noted at
    first; where that passes, another one is noted."""
    draw, end = random.Random(seed), BEGAN + years * 365
    return tuple(_dated(draw, f"d{n:05}", end, years, slips, knows) for n in range(deals))


def _dated(draw: random.Random, id: str, end: int, years: int, slips: float, knows: float) -> Dated:
    began = BEGAN + draw.randrange(years * 365)
    close = began + draw.randrange(30, 150)
    over = close + round(draw.expovariate(1 / slips) if slips else draw.gauss(0, 4))
    over = max(over, began + 3)
    middle = began + draw.randrange(1, over - began)
    days, states = (began, middle, over), (0, 1, WON if draw.random() < knows else LOST)
    noted = [(began, close)]
    while close < min(over, end):
        close += draw.randrange(20, 60)
        noted.append((noted[-1][1] + 1, close))
    kept = sum(day <= end for day in days)
    closes = tuple((day, close) for day, close in noted if day <= min(over, end))
    return Course(id, days[:kept], states[:kept]), closes


def dated_journal(found: tuple[Dated, ...], *more: Callable[[Deal], Deal]) -> Journal:
    """These as deals, with a note for each close date."""
    closes = {course.id: noted for course, noted in found}
    return journal(
        tuple(course for course, _ in found),
        lambda deal: _with_closes(deal, closes[deal.id]),
        *more,
    )


def _with_closes(deal: Deal, noted: tuple[tuple[int, int], ...]) -> Deal:
    notes = list(deal.notes)
    for day, close in noted:
        one = by_hand.note(dt.date.fromordinal(day).isoformat(), "note")
        fields = replace(one.fields, close=dt.date.fromordinal(close))
        notes.append(replace(one, fields=fields, field_spans={"close": by_hand.span()}))
    notes.sort(key=lambda one: one.date)
    return replace(deal, notes=numbered(tuple(notes)), close=_last_close(notes))


def _last_close(notes: list[Note]) -> dt.date | None:
    return next((one.fields.close for one in reversed(notes) if one.fields.close), None)


@cache
def hot_and_cold(
    deals: int = 500, years: int = 3, seed: int = 0
) -> tuple[tuple[Course, bool], ...]:
    """Deals of which two of five are won at 1.2% a day and the others at 0.06%, and which they
    are."""
    draw, end, found = random.Random(seed), BEGAN + years * 365, []
    for n in range(deals):
        is_hot = draw.random() < 0.4
        daily = _times(coin, 2.0 if is_hot else 0.1)
        began = BEGAN + draw.randrange(years * 365)
        found.append((_course(draw, f"d{n:05}", daily, began, end), is_hot))
    return tuple(found)


def noted(
    found: tuple[tuple[Course, bool], ...], note: Note, after: int, until: int, is_told: bool = True
) -> Journal:
    """These as deals, of which some have such a note some days after they began: the hot ones or,
    where it ``is_told`` of none, every other one; those that have ended by then have none."""
    told = {one.id: one.days[0] + after for one, is_hot in found if is_hot}
    if not is_told:
        told = {one.id: one.days[0] + after for one, _ in found[::2]}
    ended = {one.id: one.days[-1] for one, _ in found if one.states[-1] < 0}

    def change(deal: Deal) -> Deal:
        day = told.get(deal.id, until + 1)
        if day > min(until, ended.get(deal.id, until)):
            return deal
        more = replace(note, date=dt.date.fromordinal(day))
        notes = sorted((*deal.notes, more), key=lambda one: one.date)
        return replace(deal, notes=numbered(tuple(notes)))

    return journal(tuple(one for one, _ in found), change)


def chain(taught: Taught) -> Chain:
    """The chain of wins by what is known today."""
    return Chain(taught.learned[-1].rates, taught.shape, WON)
