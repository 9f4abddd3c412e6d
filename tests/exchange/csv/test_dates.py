from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.exchange.csv.dates import Moment, ambiguous_example, decide, is_format, read
from site_builder.exchange.date_faults import unreadable

DAY = dt.date(2026, 2, 3)


@pytest.mark.parametrize(
    ("text", "format"),
    [
        ("03/02/2026", "DD/MM/YYYY"),
        ("3.2.26", "DD.MM.YY"),
        ("02/03/26", "MM/DD/YY"),
        ("2026-02-03", ""),
        ("2026/2/3", ""),
        ("3 Feb, 2026", ""),
        ("Feb 3, 2026", ""),
        ("03-February-2026", ""),
        ("20260203", "YYYYMMDD"),
        ("46056", "excel"),
    ],
)
def test_reads_a_day(text: str, format: str) -> None:
    assert read(text, (format,) if format else ()) == Moment(DAY)


MONTHS = "January February March April May June July August September October November December"


@pytest.mark.parametrize(("number", "name"), list(enumerate(MONTHS.split(), 1)))
def test_every_month_is_read_whole_and_short(number: int, name: str) -> None:
    day = Moment(dt.date(2026, number, 5))
    for written in (name, name.upper(), name[:3], f"{name[:3]}."):
        assert read(f"5 {written} 2026", ()) == day, written
        assert read(f"{written} 5, 2026", ()) == day, written
    assert read(f"5 {name}x 2026", ()) is None


def test_september_has_a_short_form_of_four_letters() -> None:
    assert read("5 Sept 2026", ()) == read("5 Sept. 2026", ()) == Moment(dt.date(2026, 9, 5))


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("02/03/26 08:55 PM", "20:55"),
        ("02/03/26 12:05 AM", "00:05"),
        ("02/03/26, 12:05 p.m.", "12:05"),
        ("02/03/26 19:58", "19:58"),
        ("2026-02-03T19:58:54.123", "19:58"),
    ],
)
def test_a_time_behind_the_date_needs_no_format(text: str, time: str) -> None:
    assert read(text, ("MM/DD/YY",)) == Moment(DAY, dt.time.fromisoformat(time))


@pytest.mark.parametrize(
    ("zone", "east"),
    [("+00", 0), ("+02", 120), ("-07", -420), (" +02", 120), ("+02:00", 120), ("+0530", 330),
     ("-0330", -210), ("\N{MINUS SIGN}02:00", -120), ("Z", 0), ("z", 0), (" UTC", 0),
     (" UTC+2", 120), (" GMT-05:00", -300), ("+14", 840)],
)  # fmt: skip
def test_a_zone_of_hours_or_of_hours_and_minutes(zone: str, east: int) -> None:
    moment = read(f"2026-02-03 11:36:16.393654{zone}", ("YYYY-MM-DD",))
    assert moment == Moment(DAY, dt.time(11, 36), east)


@pytest.mark.parametrize("zone", ["+15", "+02:60", "+2026", "+", "EST", "02"])
def test_no_clock_is_elsewhere(zone: str) -> None:
    assert read(f"2026-02-03 11:36{zone}", ()) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("46056", Moment(DAY)),
        ("46056.5", Moment(DAY, dt.time(12))),
        ("46056,5", Moment(DAY, dt.time(12))),
        ("46056.604166666664", Moment(DAY, dt.time(14, 30))),
        ("46056.99999", Moment(DAY, dt.time(23, 59))),
        ("46056.999999", Moment(DAY + dt.timedelta(days=1))),
        ("61", Moment(dt.date(1900, 3, 1))),
        ("60", None),
        ("59", None),
        ("1", None),
        ("0", None),
        ("0.5", None),
        ("00", None),
        ("-1", None),
        ("0\x1f", None),
        ("46056\x1f", None),
        ("\u0664\u0665\u0666\u0667\u0668", None),
        ("2958465", Moment(dt.date.max)),
        ("2958465.5", Moment(dt.date.max, dt.time(12))),
        ("2958465.999999", None),
        ("2958466", None),
        ("4605600", None),
    ],
)
def test_numbers_of_days_begin_in_march_1900(text: str, moment: Moment | None) -> None:
    assert read(text, ("excel",)) == moment


@pytest.mark.parametrize("mark", ["\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\u2028", "\0"])
def test_separators_are_no_part_of_a_date(mark: str) -> None:
    for text, way in (("46056", "excel"), ("2026-02-03", ""), ("03/02/26", "DD/MM/YY")):
        for cell in (text + mark, mark + text, text[:2] + mark + text[2:]):
            assert read(cell, (way,) if way else ()) is None


@pytest.mark.parametrize(
    ("text", "formats", "help"),
    [
        ("0", ("excel",), '`values: {"0": ""}`'),
        ("31/12/2026", (), "`dates: DD/MM/YYYY`"),
        ("20261231", (), "`dates: YYYYMMDD`"),
        ("46056", (), "`dates: excel`"),
        ("46056", ("DD/MM/YYYY",), "`dates: [DD/MM/YYYY, excel]`"),
        ("0000-00-00", (), '`blank: ["0000-00-00"]`'),
        ("0000-00-00 00:00:00", ("DD/MM/YYYY",), '`blank: ["0000-00-00 00:00:00"]`'),
        ("1/0/1900", (), '`blank: ["1/0/1900"]`'),
        ("00.01.1900", (), '`blank: ["00.01.1900"]`'),
        ("0", (), '`values: {"0": ""}`'),
        ("59", ("excel",), '`values: {"59": ""}`'),
        ("2026-00-00", (), "`dates: [DD/MM"),
        ("soon", (), '`dates: [DD/MM/YYYY, "D Mon, YYYY"]`'),
        ("46056", ("Mon D, YYYY",), '`dates: ["Mon D, YYYY", excel]`'),
    ],
)
def test_what_can_not_be_read_is_told_its_format(
    text: str, formats: tuple[str, ...], help: str
) -> None:
    assert help in unreadable(text, formats).help
    assert f"`{text}`" in unreadable(text, formats).message


@pytest.mark.parametrize(
    ("text", "formats", "why", "help"),
    [
        ("0", ("excel",), "spreadsheets show an empty cell as 0.", ""),
        ("0,5", ("excel",), "spreadsheets show an empty cell as 0.", ""),
        ("-1", ("excel",), "run from 61, in March 1900, to 2958465, in 9999.", '{"-1": ""}'),
        ("60", ("excel",), "run from 61, in March 1900, to 2958465, in 9999.", '{"60": ""}'),
        ("2958466", ("excel",), "run from 61, in March 1900, to 2958465, in 9999.", ""),
        ("1e5", ("excel",), "run from 61, in March 1900, to 2958465, in 9999.", '{"1e5": ""}'),
        ("45,631", ("excel",), "for thousands: `45631` would be 2024-12-05.", "cell: `45631`."),
        ("45.631", ("excel",), "for thousands: `45631` would be 2024-12-05.", "cell: `45631`."),
        ("45,631.5", ("excel",), "thousands: `45631` would be 2024-12-05.", "cell: `45631.5`."),
        ("45 631", ("excel",), "for thousands: `45631` would be 2024-12-05.", "cell: `45631`."),
        ("23:36:16 CET", ("excel",), "is no day: it is a time alone.", '{"23:36:16 CET": ""}'),
        ("23:36", (), "is no day: it is a time alone.", '{"23:36": ""}'),
        ("2024-12-05 23:36 CET", (), "`CET` behind the time of", "cell, or write how far it is"),
        ("5.12.24 9:36 PST", ("DD.MM.YY",), "`PST` behind the time of", "such as `+01:00`"),
    ],
)
def test_what_is_no_day_is_told_why(
    text: str, formats: tuple[str, ...], why: str, help: str
) -> None:
    fault = unreadable(text, formats)
    assert why in fault.message
    assert help in fault.help
    assert "add its format" not in fault.help
    assert read(text, formats) is None


def test_times_stay_as_written_unless_turned_to_utc() -> None:
    moment = read("2026-02-03T01:30:00+10:00", ())
    assert moment == Moment(DAY, dt.time(1, 30), 600)
    assert moment.in_utc()[:2] == (dt.date(2026, 2, 2), dt.time(15, 30))
    early = Moment(dt.date.min, dt.time(0), 60)
    assert early.in_utc() == early


@pytest.mark.parametrize(
    "text", ["31/02/2026", "13:00 PM", "02/03/2026 13:00 PM", "x", "2026-13-01"]
)
def test_refuses_what_is_no_day(text: str) -> None:
    assert read(text, ("DD/MM/YYYY", "MM/DD/YYYY")) is None


def test_two_stated_formats_that_disagree_say_nothing() -> None:
    both = ("DD/MM/YYYY", "MM/DD/YYYY")
    assert read("03/02/2026", both) is None
    assert read("23/02/2026", both) == Moment(dt.date(2026, 2, 23))


def test_a_two_digit_year_turns_at_69() -> None:
    years = [m.date.year for t in ("01/01/68", "01/01/69") if (m := read(t, ("MM/DD/YY",)))]
    assert years == [2068, 1969]


def test_a_column_is_decided_by_all_its_cells() -> None:
    decision = decide(["05-06-2018", "26-02-2018 19:58", "08-05-2018"], ())
    assert (decision.formats, decision.guessed) == (("DD-MM-YYYY",), True)


def test_a_column_that_nothing_decides_has_rivals() -> None:
    decision = decide(["05/06/2018", "01/02/2018"], ())
    assert decision.rivals == ("DD/MM/YYYY", "MM/DD/YYYY")
    cell, days = ambiguous_example(["05/05/2018", "05/06/2018"], decision.rivals)
    assert cell == "05/06/2018"
    assert days == [dt.date(2018, 6, 5), dt.date(2018, 5, 6)]


def test_iso_dates_need_no_decision() -> None:
    assert decide(["2018-05-06", "5 Jun 2018"], ()) == decide([], ())


def test_formats_have_year_month_and_day_once() -> None:
    good = ("DD/MM/YYYY", "D Mon, YYYY", "YYYY-MM-DD HH:MM", "MM/DD/YY hh:mm AM", "excel")
    assert all(map(is_format, good))
    assert not any(map(is_format, ("DD/MM", "YYYY", "DD/DD/YYYY", "%d.%m.%Y", "")))


@given(
    st.dates(dt.date(1970, 1, 1), dt.date(2068, 1, 1)), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"])
)
@settings(deadline=None)
def test_reads_what_was_written(day: dt.date, way: str) -> None:
    format = way.replace("%d", "DD").replace("%m", "MM").replace("%Y", "YYYY")
    assert read(day.strftime(way), (format,)) == Moment(day)


@given(st.text(max_size=30))
@settings(deadline=None)
def test_nothing_crashes_it(text: str) -> None:
    read(text, ("DD/MM/YYYY", "excel", "MM.DD.YY"))
