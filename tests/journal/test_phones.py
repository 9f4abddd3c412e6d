"""Phone numbers in texts, however they are written there."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from site_builder.audiences.texts import Texts
from site_builder.journal.phones import Phones, digits_of, numbers_in
from tests.audiences.disguises import PHONE, phone_texts, phones_read, without

PHONES = Phones([PHONE, "+45 12 34 56 78", "4711", "+49 30 555-123"], ["+44 20 1234567"])


def without_phones(text: str, phones: Phones = PHONES) -> str:
    """A text with `…` for each of its numbers."""
    return without(text, phones.spans(text))


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("+49 30 7755332, 030 7755332; +49 (0)30 7755332", "…, …; …"),
        ("0049 30 7755332 +49 (30) 7755-332 +49.30.77.55.332", "… … …"),
        ("tel:+49307755332 wa.me/49307755332 a (030) 77 55 332 b", "tel:… wa.me/… a … b"),
        ("(030 7755332) (+49) 30/7755332 x", "(…) … x"),
        ("030\u00a077\u200955\u202f332 ０３０７７５５３３２ 030 77\n> 55 332.", "… … …."),
        ("2026-10-24 030 7755332 10:30; 1. 7755332", "2026-10-24 … 10:30; 1. …"),
        ("030 7755332 ext. 12, 030 7755332-12, 030 775533212", "…, …-12, 030 775533212"),
        ("tel:%2B49%2030%207755332, 99307755332", "tel:%2B…, 99307755332"),
        ("7755332 EUR, €7755332, 7 755 332.50, INV-7755332, #7755332", None),
        ("7755332 kg, 7755332 m", "… kg, … m"),
        ("Phone 7755332 EUR, 5 EUR, 7755332", "Phone … EUR, 5 EUR, …"),
        ("+1 415 7755332, 0221 7755332, 030 775 5333, 7 * 755332, 755332", None),
        ("12345678, 12 34 56 78; 12.34.56.78", "…, …; …"),
        ("1, 2, 34, 56, 78 and 123,456,78", None),
        ("4711 EUR, 47 11, in 4711, +4711 EUR, +4711 %, +4711,5", None),
        ("Call 4711, Tel.: 47-11, ext. 4711, +4711, ☎ 4711", "Call …, Tel.: …, ext. …, …, ☎ …"),
        ("+44 20 1234567, 1234567", None),
        ("2026-10-24, 2026-10-24 1234 EUR 5678", None),
        ("555-123, (030) 555123", "555-123, …"),
    ],
)  # fmt: skip
def test_a_number_is_found_by_its_digits_and_other_figures_are_none(
    said: str, left: str | None
) -> None:
    assert without_phones(said) == (said if left is None else left)


def test_dates_are_no_numbers_that_end_so() -> None:
    phones = Phones(["+49 30 20261024", "+49 30 4102026"])
    said = "2026-10-24, 20261024, 24.10.2026, 4.10.2026"
    assert without_phones(said, phones) == said
    assert without_phones("call 20261024, 030 20261024", phones) == "call …, …"


def test_an_extension_tells_two_of_one_number_apart() -> None:
    phones = Phones(["+49 30 7755332 ext 12"], [PHONE])
    assert (
        without_phones("030 7755332, 030 7755332 x12, ext. 13", phones) == "030 7755332, …, ext. 13"
    )
    longer = Phones([PHONE], [f"{PHONE}-12"])
    assert without_phones("030 7755332-12, 030 7755332-13", longer) == "030 7755332-12, …-13"


def test_two_numbers_with_a_slash_between_them_are_two() -> None:
    phones = Phones(["030 7755332 / 0170 1234567"])
    assert (
        without_phones("030 7755332, +49 170 1234567; 030 7755332/0170 1234567", phones)
        == "…, …; …/…"
    )
    assert numbers_in("030 / 7755332") == ("030 / 7755332",)
    assert numbers_in("030 7755332/33") == ("030 7755332/33",)


@pytest.mark.parametrize(
    ("phone", "digits"),
    [("+49 (0)30 12", "493012"), ("0049 30 12", "493012"), ("030 12 ext 7", "3012"), ("", "")],
)
def test_digits_of_a_number(phone: str, digits: str) -> None:
    assert digits_of(phone) == digits


def test_which_are_sure() -> None:
    said = "030 7755332 7755332 Tel. 4711"
    assert [number.is_sure for number in PHONES.spans(said)] == [True, False, True]


def test_nobody_reads_a_number_however_it_is_written() -> None:
    every = [*phone_texts(1, 150)]
    assert phones_read(every, Texts({}, (), (), phones=Phones([PHONE]))) == []
    assert len(phones_read(every, Texts({}, (), [PHONE]))) > 120


@pytest.mark.parametrize(
    "text",
    [
        lambda n: "1 " * n,
        lambda n: "0" * n,
        lambda n: "7755332 " * n,
        lambda n: "(" * n + "+" * n,
        lambda n: "a" * n,
        lambda n: f"call {'1' * n}x",
    ],
)
def test_long_texts_take_no_longer_than_they_are_long(text: Callable[[int], str]) -> None:
    def seconds(count: int) -> float:
        said, start = text(count), time.process_time()
        list(PHONES.spans(said))
        return time.process_time() - start

    assert seconds(4_000) < 16 * seconds(500) + 0.1
