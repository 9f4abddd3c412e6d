"""When deals are won, by how far past close dates slipped, on simulated worlds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, partial

import pytest

from site_builder.files.memory import Memory
from site_builder.forecast.chances import TERMS
from site_builder.forecast.corrections import Expected
from site_builder.forecast.courses import WON
from site_builder.forecast.expecting import Expecting
from site_builder.forecast.figures import Forecast, forecast
from site_builder.forecast.figures_periods import Period
from site_builder.forecast.frame import frame
from site_builder.forecast.hazards import Rates
from site_builder.forecast.landing import landing
from site_builder.forecast.learning import Correction, Learned
from site_builder.forecast.signals import Signs
from site_builder.forecast.taught import Taught, taught
from site_builder.forecast.timing import (
    STRETCH,
    Future,
    Kind,
    Shares,
    Slip,
    Timing,
    place_of,
    timing,
)
from site_builder.forecast.used import Used
from site_builder.insights.insights import Insights
from site_builder.journal.history import as_of
from site_builder.journal.journal import Journal
from tests import worlds
from tests.by_hand import eur
from tests.worlds import Dated, dated, dated_journal

DAYS = tuple(dt.date.fromordinal(worlds.end_of(4) - 130 - 90 * back) for back in range(2))

LEARNED = Memory()
"""So that what values do not change is learned once."""


@cache
def seen(found: tuple[Dated, ...], day: dt.date) -> Journal:
    return as_of(dated_journal(found), day)


def told(journal: Journal, day: dt.date) -> tuple[Taught, Timing]:
    one = taught(journal, day)["sales"]
    return one, timing(one, journal.deals_by_id, day)


@pytest.mark.parametrize(
    ("slips", "kind"), [(0, "slips"), (50, "slips"), (120, "taught")], ids=["kept", "slip", "far"]
)
def test_out_of_time_what_was_chosen_is_nearer_than_close_dates(slips: float, kind: Kind) -> None:
    """Sums of wins of each of the next four stretches, against what came in them."""
    found = dated(1200, slips=slips)
    errors = {"dates": 0.0, "chosen": 0.0}
    for day in DAYS:
        journal = seen(found, day)
        one, learned = told(journal, day)
        assert learned.kind == kind
        sums = expected(one, learned, journal, day)
        for at, came in enumerate(wins(found, day)):
            for name in errors:
                errors[name] += abs(sums[name][at] - came)
    assert errors["chosen"] < 0.8 * errors["dates"], errors


def expected(
    one: Taught, learned: Timing, journal: Journal, day: dt.date
) -> dict[str, list[float]]:
    future, chain = Future(one.learned[-1], one.shape), worlds.chain(one)
    sums = {"dates": [0.0] * 4, "chosen": [0.0] * 4}
    for course in one.courses:
        state, close = course.state_on(day.toordinal()), journal.deals_by_id[course.id].close
        if state is None or state < 0 or close is None:
            continue
        age, ahead = day.toordinal() - course.since(day.toordinal()), (close - day).days
        shares = learned.shares(future, state, age, ahead).of_stretch
        for at in range(4):
            sums["chosen"][at] += shares[at]
            if place_of(ahead, at + 1) == "in":
                sums["dates"][at] += chain.within(state, age, STRETCH * (at + 1))
    return sums


def wins(found: tuple[Dated, ...], day: dt.date) -> list[int]:
    won = [
        (one.days[-1] - day.toordinal() - 1) // STRETCH
        for one, _ in found
        if one.states[-1] == WON and one.days[0] <= day.toordinal() < one.days[-1]
    ]
    return [won.count(at) for at in range(4)]


def test_where_a_stretch_lies_by_the_close_date() -> None:
    assert [place_of(45, at) for at in (1, 2, 3, 4)] == ["ahead", "in", "next", "after"]
    assert [place_of(close, 1) for close in (1, 30, 31, 0, -4, None)] == [
        "in", "in", "ahead", "passed", "passed", "none",
    ]  # fmt: skip


def test_shares_add_up_and_are_of_days() -> None:
    shares = Shares((0.3, 0.0, 0.15))
    assert shares.whole == pytest.approx(0.45)
    assert [round(shares.until(days), 9) for days in (-5, 0, 10, 30, 75, 900)] == [
        0, 0, 0.1, 0.3, 0.375, 0.45,
    ]  # fmt: skip


class Ahead(Future):
    """In each stretch the same chances."""

    def __init__(self, won: float, lost: float) -> None:
        self._chances = won, lost

    def hazards(
        self, state: int, age: int, stretches: int, signs: Signs | None = None
    ) -> Sequence[tuple[float, float]]:
        return [self._chances] * stretches


@pytest.mark.parametrize("rate", [0.02, 0.002])
def test_where_corrections_differ_by_horizon_no_chance_is_less_than_none_or_more_than_all(
    rate: float,
) -> None:
    ends: Rates = {(state, at): {} for state in worlds.SHAPE.states for at in range(9)}
    ends |= {(0, at): {WON: rate, -2: rate} for at in range(9)}
    twice, half = (Correction((0.0, 0.0, 1.0), times) for times in (2.0, 0.5))
    learned = Learned(worlds.BEGAN, ends, 0, 1, 1, {}, ends, corrections=(twice, half, half))
    future = Future(learned, worlds.SHAPE)
    for won, lost in future.hazards(0, 0, 60):
        assert 0 <= won <= 1 and 0 <= lost <= 1 and won + lost <= 1 + 1e-9
    shares = Timing("slips", (), {}, 1).shares(future, 0, 0, None)
    assert min(shares.of_stretch) >= 0 and shares.whole <= 1
    in_days = partial(Expected(learned, worlds.SHAPE).won, 0, 0)
    assert shares.until(90) == pytest.approx(max(in_days(30), in_days(90))) != in_days(60)


@pytest.mark.parametrize(("factor", "first"), [(2.0, 0.4), (3.5, 0.7), (50.0, 0.7)])
def test_of_what_is_not_lost_no_more_can_be_won_than_there_is(factor: float, first: float) -> None:
    """However many times as probable the close date makes a win."""
    slips = (Slip("in", 1.0, 2, factor), Slip("next", 1.0, 2, factor))
    learned = Timing("slips", slips, {}, 1)
    shares = learned.shares(Ahead(0.2, 0.3), 0, 0, 10).of_stretch
    assert shares[0] == pytest.approx(first)
    assert shares[1] == pytest.approx((1 - first - 0.3) * first)
    assert sum(shares) <= 0.7 + 1e-9


def test_without_noted_close_dates_deals_keep_to_those_that_they_have() -> None:
    day = DAYS[0]
    plain = worlds.journal(
        tuple(c for one, _ in dated(300) if (c := one.until(day.toordinal()))),
        lambda deal: replace(deal, close=day + dt.timedelta(20)),
    )
    _, learned = told(plain, day)
    assert (learned.kind, learned.n) == ("dates", 0)


def test_a_win_counts_once_however_often_it_was_told() -> None:
    """Each is told at several month ends before it, and few wins are still few then."""
    day = DAYS[0]
    for deals, is_enough in ((20, False), (60, True)):
        one, learned = told(seen(dated(deals, slips=120), day), day)
        won = sum(course.states[-1] == WON for course in one.courses)
        assert (won >= 10, learned.kind != "dates") == (is_enough, is_enough)
        assert sum(slip.came for slip in learned.slips) > 10


def test_nothing_later_is_known() -> None:
    day = DAYS[-1]
    found = dated(300)
    cut = tuple(
        (c, tuple(one for one in noted if one[0] <= day.toordinal()))
        for course, noted in found
        if (c := course.until(day.toordinal()))
    )
    assert told(seen(found, day), day)[1] == told(dated_journal(cut), day)[1]


@pytest.fixture(scope="module")
def insights() -> Insights:
    journal = seen(dated(600), DAYS[0])
    valued = replace(journal, deals=tuple(replace(one, value=eur(10)) for one in journal.deals))
    return Insights(valued, DAYS[0], memory=LEARNED)


@pytest.fixture(scope="module")
def moved(insights: Insights) -> Forecast:
    return forecast(insights)


def test_no_deal_is_more_probable_to_be_won_soon_than_later(
    moved: Forecast, insights: Insights
) -> None:
    """What periods add up to until their ends lies between what is said of the usual times before
    and after; a close date would have it otherwise of some deals."""
    made = frame(insights)
    known, beyond = Used.of(made, insights), 0
    ahead = [one.period for one in made.months if one.period and one.period.last >= DAYS[0]]
    for deal in (one.id for one in moved.deals if one.id.id in known.shares):
        chance, so_far = known.chances[deal.id], 0.0
        for month in ahead:
            so_far += known.probability(deal, month) or 0.0
            days = (month.last - DAYS[0]).days
            least = max([chance.within[term] for term in TERMS if term <= days], default=0.0)
            later = [chance.within[term] for term in TERMS if term >= days]
            most = (*later, chance.eventually or 1.0)[0]
            assert least - 1e-9 <= so_far <= most + 1e-9
            beyond += not least <= known.shares[deal.id].until(days) <= most
    assert beyond > 20


def test_value_moves_between_periods_and_none_is_lost(moved: Forecast) -> None:
    """What open deals bring to all months is what they bring to all quarters, and no more than they
    ever do; what moves out of one moves into others."""
    coming = [one for one in moved.months if Decimal(one.weighted.learned or 0)]
    assert len(coming) > 3
    for one in coming:
        assert one.moved is not None
    quarters = [one for one in moved.periods if Decimal(one.weighted.learned or 0)]
    first, second, third, *_ = quarters
    for one, inside in ((second, months_of(moved, second)), (third, months_of(moved, third))):
        together = sum(Decimal(month.weighted.learned or 0) for month in inside)
        assert len(inside) < 3 or abs(together - Decimal(one.weighted.learned or 0)) < Decimal(
            "0.1"
        )
    every = sum(Decimal(one.weighted.learned or 0) for one in quarters)
    assert 0 < Decimal(first.weighted.learned or 0) < every < Decimal(moved.total.open)
    assert sum(Decimal(one.moved.into) for one in coming if one.moved) > 0
    assert sum(Decimal(one.moved.out) for one in coming if one.moved) > 0


def months_of(found: Forecast, quarter: Period) -> list[Period]:
    assert quarter.period is not None
    year, number = quarter.period.split("-Q")
    labels = {f"{year}-{int(number) * 3 - back:02}" for back in range(3)}
    return [one for one in found.months if one.period in labels]


def test_what_deals_of_other_dates_bring_is_told_in_each_currency(insights: Insights) -> None:
    """It is all that is expected but what is dated in the period brings."""
    monies = (eur(10), eur(20, "CHF"), eur(30, "CHF"))
    deals = [replace(one, value=monies[n % 3]) for n, one in enumerate(insights.journal.deals)]
    journal = replace(insights.journal, deals=tuple(deals))
    both = Insights(journal, DAYS[0], memory=LEARNED)
    made = frame(both)
    used = Used.of(made, both)
    expects, told = Expecting(made, used), {one.period: one for one in forecast(both).periods}
    several = 0
    for bucket in made.quarters:
        found, coming = landing(bucket, made, used).moved, expects.coming(bucket)
        assert found is not None
        rest = {one.currency: one.amount - coming.dated.in_currency(one.currency)
                for one in coming.expected.lines}  # fmt: skip
        assert {
            one.currency: found.into.in_currency(one.currency) for one in coming.expected.lines
        } == rest
        (apart,), several = told[bucket.label].apart or (None,), several + (len(rest) > 1)
        assert apart is None or apart.moved is not None
        if apart and apart.moved:
            assert Decimal(apart.moved.into) == round(rest.get("CHF", Decimal(0)), 2)
    assert several


def test_a_period_that_is_over_gets_nothing(moved: Forecast) -> None:
    over = [one for one in moved.periods if one.period and one.period < moved_quarter()]
    assert over
    for one in over:
        assert (one.p10, one.p90) == (one.won, one.won)


def moved_quarter() -> str:
    return f"{DAYS[0].year}-Q{(DAYS[0].month + 2) // 3}"


def test_an_own_estimate_is_shared_out_over_time() -> None:
    day = DAYS[0]
    journal = seen(dated(150), day)
    said = replace(
        journal,
        schema=replace(journal.schema, probability_from="own"),
        deals=tuple(
            replace(one, value=eur(10), probability=Decimal("0.5")) for one in journal.deals
        ),
    )
    found = forecast(Insights(said, day))
    opened = [one for one in found.deals if one.used == "own"]
    assert opened
    middle = sum(Decimal(one.p50 or 0) - Decimal(one.won) for one in found.periods)
    assert 0 < middle < Decimal(10 * len(opened)) / 2
