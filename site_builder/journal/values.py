"""Texts to typed values: numbers, dates and the rest, one function a type; for amounts of money
see ``money_values``.

Each returns the value, or a ``Bad`` that says what is wrong and what to type instead.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from site_builder.problems import wording
from site_builder.problems.patterns import late
from site_builder.problems.suggest import did_you_mean, listed


@dataclass(frozen=True, slots=True)
class Bad:
    """A text that is not of its type: one sentence on it, and what to type."""

    message: str
    help: str


MAX_VALUE = 5_000
"""How many characters a value may have that is more than text; a longer one is never read."""
_MAX_NEAR = 200
EMPTY_YET = "Leave it empty until it is known."


def _help(text: str, meant: str, read: Callable[[str], object], forms: str) -> str:
    """What to type instead of a text: what it was meant to be where that is good, else the
    forms there are. A long text is near to nothing."""
    if wording.is_unknown(text):
        return EMPTY_YET
    is_near = meant and meant != text and len(text) <= _MAX_NEAR
    good = is_near and not isinstance(read(meant), Bad)
    return f"Write `{meant}`." if good else forms


_NUMBER = late(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")
LONG = late(r"-?[0-9]{16,}(\.[0-9]+)?")
_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DURATION = late(r"([0-9]+)([hdwm])")
_EMAIL = late(r"[^\s@<>\"',;:()\[\]\\]+@[^\s@<>\"',;:()\[\]\\.]+(\.[^\s@<>\"',;:()\[\]\\.]+)+")
_PHONE = late(
    r"(?=(?:[^0-9]*[0-9]){3})\+?[0-9 ()./\u2010-\u2013\u00a0-]+(?:(?:x|ext\.?|#) ?[0-9]+)?"
)
_URL = late(r"https?://[^\s/?#<>\"][^\s<>\"]*|mailto:[^\s<>\"]+|tel:[+0-9()./-]+", re.IGNORECASE)
_SCHEMES = ("http://", "https://", "mailto:", "tel:")
_HOURS = {"h": 1, "d": 24, "w": 7 * 24, "m": 30 * 24}
_MAX_HOURS = 100 * 365 * 24
_ONE_PERCENT = Decimal("0.01")
_YES = {"yes": True, "true": True, "no": False, "false": False}


def number(text: str) -> Decimal | Bad:
    """``12``, ``-3.5``."""
    if _NUMBER.fullmatch(text):
        return zero_unsigned(Decimal(text))
    if LONG.fullmatch(text):
        return too_large(text)
    help = _help(text, wording.number(text), number, "Write it like `12` or `-3.5`.")
    return Bad(f"`{text}` is not a number.", help)


def zero_unsigned(number: Decimal) -> Decimal:
    """The number; `-0`, which equals 0 and reads differently, as 0."""
    return number or abs(number)


def too_large(text: str) -> Bad:
    return Bad(f"`{text}` is too large.", "Write a number of up to 15 digits.")


def percent(text: str) -> Decimal | Bad:
    """``55%`` or ``0.55``, as a fraction from 0 to 1."""
    bare = text.removesuffix("%").rstrip()
    value = number(bare)
    if isinstance(value, Bad):
        help = _help(text, wording.percent(text), percent, "Write it like `55%` or `0.55`.")
        return Bad(f"`{text}` is not a percentage.", help)
    fraction = value / 100 if text.endswith("%") else value
    if 0 <= fraction <= 1:
        return fraction
    if 1 < fraction <= 100 and not text.endswith("%"):
        return Bad(f"`{text}` is more than 100%.", f"Write `{text}%`.")
    return Bad(f"`{text}` is not between 0% and 100%.", "Write it like `55%` or `0.55`.")


def either_percent(text: str, percent: Decimal) -> str:
    """What to write instead of a good percentage that may mean another: `1`, which is 100% and
    may be meant as 1%, and `0.5%`, which many write for 50%; nothing where it is clear."""
    if percent == 1 and not text.endswith("%") and "." not in text:
        return "Write `100%`, or `1%`."
    if 0 < percent < _ONE_PERCENT and text.endswith("%"):
        large, small = (percent * 10_000).normalize(), percent.normalize()
        return f"Write `{large:f}%`, or `{small:f}` if it is less than 1%."
    return ""


@lru_cache(maxsize=20_000)
def date(text: str) -> dt.date | Bad:
    """``2026-10-24``, a day that exists."""
    match = _DATE.fullmatch(text)
    if match is None:
        return Bad(f"`{text}` is not a date.", _date_help(text))
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    try:
        return dt.date(year, month, day)
    except ValueError:
        if not (year and 1 <= month <= 12 and day):
            return Bad(f"`{text}` does not exist.", "Write a date as year-month-day: `2026-10-24`.")
    last = _days_of(year, month)
    return Bad(
        f"`{text}` does not exist: that month has {last} days.",
        f"The last day of that month is `{text[:8]}{last}`.",
    )


def _days_of(year: int, month: int) -> int:
    """How many days a month has."""
    from calendar import monthrange

    return monthrange(year, month)[1]


def last_day(text: str) -> dt.date | None:
    """The last day of a month or quarter, or of the month of a date that does not exist, such as
    the 31st of June."""
    match = _DATE.fullmatch(text)
    if (
        match
        and 1 <= (month := int(match[2])) <= 12
        and (year := int(match[1]))
        and int(match[3]) > 28
    ):
        return dt.date(year, month, _days_of(year, month))
    last = wording.last_day(text)
    return dt.date.fromisoformat(last) if last else None


def _date_help(text: str) -> str:
    if (meant := wording.dates(text)) and not isinstance(date(meant[0]), Bad):
        return f"Write {listed(meant, ' or ')}."
    if last := wording.last_day(text):
        return f"Write a date as year-month-day, such as its last: `{last}`."
    if wording.is_unknown(text):
        return EMPTY_YET
    return "Write a date as year-month-day: `2026-10-24`."


def time(text: str) -> dt.time | Bad:
    """``09:10``."""
    if re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text):
        return dt.time(int(text[:2]), int(text[3:]))
    if re.fullmatch(r"[0-9]:[0-5][0-9]", text):
        return Bad(f"`{text}` is not a time of day.", f"Write `0{text}`.")
    return Bad(f"`{text}` is not a time of day.", "Write it like `09:10`, from `00:00` to `23:59`.")


def duration(text: str) -> dt.timedelta | Bad:
    """``36h``, ``14d``, ``2w``, ``6m``; a month is 30 days."""
    match = _DURATION.fullmatch(text)
    if match is None:
        forms = "Write a number and a unit: `36h`, `14d`, `2w` or `6m`."
        help = _help(text, wording.duration(text), duration, forms)
        return Bad(f"`{text}` is not a duration.", help)
    hours = int(match[1][:10]) * _HOURS[match[2]]
    if len(match[1]) > 10 or hours > _MAX_HOURS:
        return Bad(f"`{text}` is longer than a hundred years.", "Write a shorter one, as `6m`.")
    return dt.timedelta(hours=hours)


def interval(text: str) -> dt.timedelta | Bad:
    """A duration between two contacts, which is more than nothing."""
    found = duration(text)
    meant = duration(wording.duration(text)) if isinstance(found, Bad) else found
    if meant == dt.timedelta():
        return Bad(f"`{text}` is no time between two contacts.", "Write how often, as in `30d`.")
    return found


def yes_no(text: str) -> bool | Bad:
    """``yes``, ``no``, ``true``, ``false``."""
    found = _YES.get(text.lower())
    if found is not None:
        return found
    help = _help(text, wording.yes_no(text), yes_no, "Write `yes` or `no`.")
    return Bad(f"`{text}` is neither yes nor no.", help)


def choice(text: str, options: tuple[str, ...]) -> str | Bad:
    """One of the options, written as they are."""
    if text in options:
        return text
    help = did_you_mean(text, options) or f"Use one of: {listed(options)}."
    return Bad(f"`{text}` is not one of the options.", help)


def url(text: str) -> str | Bad:
    """An address with http, https, mailto or tel."""
    if _URL.fullmatch(text):
        return text
    meant = f"https://{text}"
    is_bare = re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/\S*)?", text, re.IGNORECASE)
    if is_bare and _URL.fullmatch(meant):
        return Bad(f"`{text}` has no scheme.", f"Write `{meant}`.")
    if sum(word.startswith(_SCHEMES) for word in text.split()) > 1:
        return Bad(f"`{text}` is not a web address.", "Write one of the addresses alone.")
    forms = "Write it with `https://`, `http://`, `mailto:` or `tel:`."
    help = _help(text, wording.url(text), url, forms)
    return Bad(f"`{text}` is not a web address.", help)


def email(text: str) -> str | Bad:
    """``jane@acme.example``."""
    if _EMAIL.fullmatch(text) and len(text) <= 254:
        return text
    help = _help(text, wording.email(text), email, "Write it like `jane@acme.example`.")
    return Bad(f"`{text}` is not an email address.", help)


def phone(text: str) -> str | Bad:
    """``+44 20 7946 0000``; digits with the usual marks between them."""
    if _PHONE.fullmatch(text) and len(text) <= 50:
        return text
    help = _help(text, wording.phone(text), phone, "Write it like `+44 20 7946 0000`.")
    return Bad(f"`{text}` is not a phone number.", help)
