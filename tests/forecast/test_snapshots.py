"""What would have been said at past month ends."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from site_builder.forecast.snapshots import Said, own_on, snapshots, value_on
from site_builder.journal.history import as_of
from site_builder.journal.note import NoteFields
from tests import by_hand, worlds
from tests.by_hand import OFFER, SCHEMA, day, deal, eur, note
from tests.worlds import journal, world

COURSES = world(worlds.fading, 400, 3)
END = dt.date.fromordinal(worlds.end_of(3))


def told(said: list[Said]) -> list[tuple[object, ...]]:
    """What was said, without the pipelines and the outcomes."""
    return [(one.deal, one.day, one.base_rate, one.stage, one.own, one.learned) for one in said]


def test_open_deals_of_month_ends_are_told_with_their_outcomes() -> None:
    said = snapshots(journal(COURSES), END, 90)
    by_id = {one.id: one for one in COURSES}
    assert len(said) > 300
    for one in said:
        assert (one.day + dt.timedelta(1)).day == 1
        assert one.day + dt.timedelta(90) <= END
        course = by_id[one.deal]
        state = course.state_on(one.day.toordinal())
        assert state in worlds.SHAPE.open
        assert one.was_won == (course.state_on(one.day.toordinal() + 90) == -1)
        probability = worlds.STAGES[state].probability
        assert one.stage == (None if probability is None else float(probability))


def test_the_base_rate_is_the_share_of_earlier_ones_whose_horizon_had_passed() -> None:
    said = snapshots(journal(COURSES), END, 90)
    last = said[-1].day
    opened = [
        (month.toordinal(), one)
        for month in sorted({one.day for one in said} | months_before(said[0].day))
        if month + dt.timedelta(90) <= last
        for one in COURSES
        if (one.state_on(month.toordinal()) or 0) >= 0
        and one.state_on(month.toordinal()) is not None
    ]
    won = sum(one.state_on(month + 90) == -1 for month, one in opened)
    base_rate = said[-1].base_rate
    assert base_rate is not None
    assert abs(base_rate - won / len(opened)) < 1e-9


def months_before(last: dt.date) -> set[dt.date]:
    days = (dt.date.fromordinal(worlds.BEGAN) + dt.timedelta(n) for n in range(3000))
    return {day for day in days if (day + dt.timedelta(1)).day == 1 and day <= last}


def test_nothing_later_is_known() -> None:
    made, day = journal(COURSES), END - dt.timedelta(200)
    before = snapshots(as_of(made, day), day, 90)
    assert before
    assert told(before) == told(snapshots(made, END, 90))[: len(before)]
    assert before == snapshots(made, day, 90)


def test_values_that_no_note_sets_change_nothing() -> None:
    plain, leaking = journal(COURSES), journal(COURSES, worlds.with_values)
    assert any(one.value for one in leaking.deals)
    assert snapshots(plain, END, 90) == snapshots(leaking, END, 90)


def test_estimates_and_values_are_those_of_notes_until_then() -> None:
    first = replace(note("2026-01-05", "call"), fields=NoteFields(probability=Decimal("0.3")))
    second = replace(
        note("2026-02-05", "call"), fields=NoteFields(probability=Decimal(1), value=eur(10, "USD"))
    )
    one = deal("a", OFFER, (first, second), probability=Decimal(1), value=eur(10, "USD"))
    assert [own_on(one, day(f"2026-0{n}-28")) for n in (1, 2)] == [0.3, 1]
    assert own_on(one, day("2026-01-01")) is None
    assert value_on(one, day("2026-01-28"), SCHEMA) is None
    assert value_on(one, day("2026-02-28"), SCHEMA) == 9
    assert value_on(one, day("2026-02-28"), replace(SCHEMA, rates={})) is None


def test_a_journal_without_ends_has_none() -> None:
    assert snapshots(by_hand.journal(), END, 90) == []
    assert (
        snapshots(by_hand.journal(deal("a"), deal("b", created=day("2021-01-01"))), END, 30) == []
    )
