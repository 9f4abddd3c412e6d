"""Calendar feeds, read back by the library that others read them with."""

from __future__ import annotations

import datetime as dt

import pytest
from icalendar import Calendar

from site_builder.pages.follow_ups_feed import Day, Feed
from site_builder.site.calendars import calendar
from tests.by_hand import TODAY

DAY = Day("a@b", dt.date(2026, 11, 24), "Ring, then write; \\o/", "Why\nnot", "next")


def made_of(*days: Day, name: str = "Ours") -> bytes:
    return calendar(Feed(name, TODAY, days))


def test_a_day_is_a_whole_day_that_blocks_nothing() -> None:
    (event,) = Calendar.from_ical(made_of(DAY)).walk("VEVENT")
    assert (event["uid"], event["summary"], event["description"]) == ("a@b", DAY.title, DAY.text)
    assert event.decoded("dtstart") == DAY.date
    assert event["transp"] == "TRANSPARENT"
    assert event.decoded("dtstamp") == dt.datetime(2026, 11, 20, tzinfo=dt.UTC)


def test_the_same_days_make_the_same_bytes() -> None:
    made = made_of(DAY)
    assert made == made_of(DAY)
    assert made.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//dealog//")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in made


def test_nothing_due_is_an_empty_calendar() -> None:
    made = Calendar.from_ical(made_of())
    assert (made["x-wr-calname"], made.walk("VEVENT")) == ("Ours", [])


@pytest.mark.parametrize("days", [(), (DAY,)])
def test_a_calendar_has_a_component_with_all_that_it_needs(days: tuple[Day, ...]) -> None:
    """RFC 5545, sections 3.6 and 3.6.5: a zone has a TZID, and an observance its three lines."""
    made = Calendar.from_ical(made_of(*days))
    assert made.subcomponents and made["version"] == "2.0" and made["prodid"]
    for zone in made.walk("VTIMEZONE"):
        (observed,) = zone.subcomponents
        assert (zone["tzid"], observed.decoded("dtstart")) == ("Etc/UTC", dt.datetime(1970, 1, 1))  # noqa: DTZ001 # of the zone itself
        assert observed.decoded("tzoffsetfrom") == observed.decoded("tzoffsetto") == dt.timedelta()


@pytest.mark.parametrize("name", ["Ours", "A, b; c \\ d\r\ne\x00"])
def test_an_empty_one_is_as_the_library_has_it(name: str) -> None:
    made = made_of(name=name)
    assert without("VTIMEZONE", made) == without("VEVENT", made_of(DAY, name=name))
    assert Calendar.from_ical(made).to_ical(sorted=False) == made


def test_a_long_name_is_folded_between_characters() -> None:
    made = made_of(name="Übermäßig " * 20)
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
    assert Calendar.from_ical(made)["x-wr-calname"] == ("Übermäßig " * 20).strip()


def without(component: str, data: bytes) -> bytes:
    before, _, rest = data.partition(f"BEGIN:{component}".encode())
    return before + rest.rpartition(f"END:{component}\r\n".encode())[2]


def test_no_text_breaks_out_of_its_line() -> None:
    evil = DAY._replace(title="x\r\nEND:VEVENT\nBEGIN:VALARM\x07", text="y\r\n\x00" + "y" * 300)
    made = made_of(evil, name="A\r\nB")
    assert b"\x00" not in made and b"\x07" not in made
    assert [line for line in made.split(b"\r\n") if line in (b"END:VEVENT", b"BEGIN:VALARM")] == [
        b"END:VEVENT"
    ]
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))
