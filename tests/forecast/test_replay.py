"""What would have been said of past quarters, recomputed from the courses."""

from __future__ import annotations

import datetime as dt

import pytest

from site_builder.forecast import replay
from site_builder.forecast.courses import LOST, WON, Course
from site_builder.forecast.lessons import Lessons
from site_builder.forecast.replay import WEEKS, Replay, replays
from site_builder.forecast.tallies import end_of_month, month_number
from site_builder.insights.insights import Insights
from site_builder.journal.history import as_of
from site_builder.journal.journal import Journal
from site_builder.journal.periods import quarter_of
from tests import by_hand, worlds
from tests.worlds import truth, world

COURSES = world(worlds.fading, 800, 4)
TODAY, UNTIL = (dt.date.fromordinal(worlds.end_of(years)) for years in (4, 5))


def replayed(journal: Journal, today: dt.date = TODAY) -> tuple[Replay, ...]:
    insights = Insights(journal, today)
    return replays(insights, Lessons(insights))


@pytest.fixture(scope="module")
def known() -> Lessons:
    return worlds.past(COURSES, 4)


@pytest.fixture(scope="module")
def found(known: Lessons) -> tuple[Replay, ...]:
    return known.replays


def test_all_quarters_that_are_over_the_oldest_first(found: tuple[Replay, ...]) -> None:
    """But for those before whose last 13 weeks no month was over in which a deal had ended."""
    ended = min(course.days[-1] for course in COURSES if course.states[-1] in (WON, LOST))
    known = dt.date.fromordinal(end_of_month(month_number(ended)))
    quarter, labels = quarter_of(TODAY), []
    while (quarter := quarter_of(quarter.first - dt.timedelta(1))).last - known >= dt.timedelta(91):
        labels.append(quarter.label)
    assert [one.period for one in found] == labels[::-1]
    assert len(found) > 12
    for one in found:
        assert [week.before for week in one.weeks] == list(range(WEEKS, -1, -1))
        assert one.weeks[-1].expected == 0 and one.weeks[-1].won == one.came


def test_those_before_the_most_that_are_told_change_nothing(
    known: Lessons, found: tuple[Replay, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "MOST", 4)
    assert replays(Insights(worlds.journal(COURSES), TODAY), known) == found[-4:]


def test_what_came_is_what_the_courses_say(found: tuple[Replay, ...]) -> None:
    for one in found:
        year, number = one.period.split("-Q")
        quarter = quarter_of(dt.date(int(year), int(number) * 3, 1))
        first, last = quarter.first.toordinal(), quarter.last.toordinal()
        wins = [
            course for course in COURSES for state, day in zip(course.states, course.days, strict=True)
            if state == WON and first <= day <= last
        ]  # fmt: skip
        assert (one.came, one.new) == (
            len(wins), sum(course.days[0] > last - 7 * WEEKS for course in wins)
        )  # fmt: skip
        for week in one.weeks:
            on = last - 7 * week.before
            opened = [
                course
                for course in COURSES
                if (course.state_on(on) or 0) >= 0 and course.days[0] <= on
            ]
            assert week.actual == sum(course.state_on(last) == WON for course in opened)
            assert week.won == sum(first <= course.days[-1] <= on for course in wins)


def test_what_was_said_is_near_the_truth_and_its_range_holds_it(found: tuple[Replay, ...]) -> None:
    """Near it from the second year on, for in the first one little was known."""
    for one in found[4:]:
        year, number = one.period.split("-Q")
        last = quarter_of(dt.date(int(year), int(number) * 3, 1)).last.toordinal()
        for week in one.weeks[:-1:4]:
            on = last - 7 * week.before
            expected = sum(
                truth(worlds.fading, state, on - course.since(on), last - on)
                for course in COURSES
                if course.days[0] <= on
                and (state := course.state_on(on)) is not None
                and state >= 0
            )
            assert abs(week.expected - expected) < 0.25 * expected + 1
    held = [week.is_held for one in found for week in one.weeks[:-1]]
    assert 0.6 <= sum(held) / len(held) <= 1


def test_the_range_said_at_first_held_seven_to_nine_of_ten_quarters() -> None:
    """Of four worlds together. Of one world the 18 quarters vary by chance: with eight of ten to be
    expected, by a standard deviation of 9%."""
    held = [
        [one.weeks[0].is_held for one in worlds.past(world(daily, 500)).replays]
        for daily in (worlds.fading, worlds.fading_away, worlds.coin, worlds.broken)
    ]
    assert 0.7 <= sum(map(sum, held)) / sum(map(len, held)) <= 0.9
    assert all(0.65 <= sum(one) / len(one) <= 0.95 for one in held)


def test_what_is_reopened_is_no_win_of_a_quarter_unless_it_is_won_again_in_it() -> None:
    began = TODAY.toordinal() - 500
    few = tuple(one for one in world(worlds.fading, 300, 4) if one.days[0] > began)
    before = replayed(worlds.journal(few))[-1]
    quarter = quarter_of(TODAY - dt.timedelta(92))
    first, last = quarter.first.toordinal(), quarter.last.toordinal()
    for after, states, wins in (
        ((10, 40, 60), (WON, 0, WON), 1),
        ((10, 40, 60), (WON, 0, LOST), 0),
        ((10, 95), (WON, 0), 0),
        ((10, 95, 97), (WON, 0, WON), 0),
    ):
        days = first - 100, *(first + day for day in after)
        again = Course("again", days, (0, *states))
        one = replayed(worlds.journal((*few, again)))[-1]
        assert one.period == before.period == quarter.label
        assert (one.came - before.came, one.new - before.new) == (wins, 0)
        for week, was in zip(one.weeks, before.weeks, strict=True):
            on = last - 7 * week.before
            assert week.won - was.won == (again.state_on(on) == WON)
            is_open = again.state_on(on) == 0
            assert week.actual - was.actual == (is_open and wins)


def test_nothing_later_moves_what_was_said() -> None:
    """Neither the wins nor their range, in a world where far fewer are won after three years."""
    courses = world(worlds.broken, 300, 4)
    before = TODAY - dt.timedelta(300)
    cut = worlds.journal(tuple(c for one in courses if (c := one.until(before.toordinal()))))
    seen = as_of(worlds.journal(courses), before)
    known = replayed(cut, before)
    assert replayed(seen, before) == known
    late = {one.period: one for one in replayed(worlds.journal(courses))}
    early = {one.period: one for one in known}
    both = late.keys() & early.keys()
    assert len(both) > 3
    assert [late[label] for label in both] == [early[label] for label in both]


def test_of_what_nothing_was_known_nothing_is_said() -> None:
    assert replayed(by_hand.journal()) == ()
    assert replayed(by_hand.journal(by_hand.deal("a", created=dt.date(2020, 1, 1)))) == ()
