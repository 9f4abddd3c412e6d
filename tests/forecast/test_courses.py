"""Where deals stood at the end of each day."""

from __future__ import annotations

from site_builder.forecast.courses import LOST, WON, Course, course_of, courses_of, recorded_since
from tests import by_hand
from tests.by_hand import LEAD, OFFER, PARKED, PIPELINE, day, deal, note
from tests.by_hand import LOST as LOST_STAGE
from tests.by_hand import WON as WON_STAGE


def d(text: str) -> int:
    return day(text).toordinal()


def test_a_course_has_the_state_of_each_days_end() -> None:
    notes = (
        note("2026-01-01", "stage", stage=LEAD),
        note("2026-01-05", "stage", stage=OFFER),
        note("2026-01-05", "stage", stage=LOST_STAGE),
        note("2026-01-09", "stage", stage=OFFER),
        note("2026-01-12", "stage", stage=OFFER),
        note("2026-01-20", "stage", stage=WON_STAGE),
        note("2026-02-20", "stage", stage=PARKED),
    )
    found = course_of(deal("a", PARKED, notes))
    days = tuple(map(d, ("2026-01-01", "2026-01-05", "2026-01-09", "2026-01-20")))
    assert found == Course("a", days, (0, LOST, 1, WON), is_inferred=False)
    assert found.state_on(d("2025-12-31")) is None
    assert (found.state_on(d("2026-01-08")), found.since(d("2026-01-08"))) == (LOST, days[1])
    assert found.state_on(d("2027-01-01")) == WON


def test_before_its_first_stage_note_a_deal_stood_in_the_first_stage() -> None:
    one = deal("a", OFFER, (note("2026-02-01", "stage", stage=OFFER),), created=day("2026-01-01"))
    assert course_of(one) == Course("a", (d("2026-01-01"), d("2026-02-01")), (0, 1), True)
    other = deal("b", OFFER, created=day("2026-01-01"))
    assert course_of(other) == Course("b", (d("2026-01-01"),), (1,), True)


def test_what_nothing_dates_has_no_course() -> None:
    assert course_of(deal("a", OFFER)) is None
    assert course_of(deal("a", WON_STAGE, created=day("2026-01-01"))) is None
    assert course_of(deal("a", gaps=("stage",), created=day("2026-01-01"))) is None


def test_a_pipeline_is_recorded_from_its_tenth_stage_note_on() -> None:
    told = [Course(str(n), (100 + n,), (0,)) for n in range(20)]
    old = Course("old", (1, 300), (0, 1), is_inferred=True)
    assert recorded_since([old, *told]) == 109
    assert recorded_since([old]) == 300
    assert recorded_since([]) is None


def test_values_are_no_part_of_it() -> None:
    notes = (note("2026-01-01", "stage", stage=LEAD),)
    plain, rich = deal("a", LEAD, notes), deal("a", LEAD, notes, value=by_hand.eur(9))
    assert courses_of(PIPELINE, [plain]) == courses_of(PIPELINE, [rich])
