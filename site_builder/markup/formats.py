"""How values read on a page and in a message: money, percents, dates, durations.

Digits are grouped with a narrow no-break space, for a comma means different things in
different countries. Nothing here depends on a locale.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import cache, lru_cache
from typing import ParamSpec, cast

from site_builder.journal.field_types import written_duration
from site_builder.journal.money import NO_CURRENCY, Money
from site_builder.problems.counting import NARROW
from site_builder.problems.currency_signs import BY_CODE

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_ROUNDS_UP = Decimal("0.9995")
_WIDE = Context(prec=100)  # for an amount times a rate can have more digits than the usual 28
_SCALES = tuple(
    (scale, scale * _ROUNDS_UP, suffix)
    for scale, suffix in ((Decimal(10**9), "bn"), (Decimal(10**6), "m"), (Decimal(10**3), "k"))
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]").search
_LONG_WORD = re.compile(r"\w{15}|\S{24}").search

_FIGURE = re.compile(
    rf"(?<![\w.{NARROW}])\d[\d.{NARROW}]* (?:(?:days?|hours?)\b|(?:of|to|±) −?\d[\d.{NARROW}]*|"
    rf"(?:{'|'.join(_MONTHS)})\b(?: \d{{4}}\b)?)"
)

P = ParamSpec("P")


def kept(make: Callable[P, str]) -> Callable[P, str]:
    """A function that keeps the texts it made, for they recur from page to page."""
    # The cache takes what the function takes, but its type does not say so.
    return cast("Callable[P, str]", lru_cache(maxsize=20_000)(make))


@kept
def money(money: Money) -> str:
    """An exact amount, with two decimals or more where it has any: ``€48 000``,
    ``48 000.50 CHF``."""
    whole = int(money.amount)
    if whole == money.amount:
        return _in_currency(money, f"{abs(whole):,}")
    places = max(2, -int(money.amount.normalize().as_tuple().exponent))
    return _in_currency(money, f"{_round(abs(money.amount), places):,.{places}f}")


@kept
def rounded(money: Money) -> str:
    """An amount without its cents, for sums: ``€48 001``."""
    return _in_currency(money, f"{_round(abs(money.amount), 0):,f}")


@kept
def compact(money: Money) -> str:
    """An amount to about three digits, for headlines: ``€412k``, ``€1.25m``."""
    amount = abs(money.amount)
    for scale, least, suffix in _SCALES:
        if amount >= least:
            return _in_currency(money, _digits(amount / scale) + suffix)
    return _in_currency(money, f"{_round(amount, 0):,f}")


Write = Callable[[Money], str]
"""How an amount is written."""


def signed(money: Money, write: Write = compact) -> str:
    """An amount with its sign: ``+€40k``."""
    text = write(money)
    return text if money.amount < 0 else f"+{text}"


@kept
def percent(fraction: Decimal) -> str:
    """A fraction as a percentage: ``55%``, ``12.5%``."""
    share = _round(fraction * 100, 1).normalize()
    return f"{share or abs(share):f}%"


def percent_or_nothing(fraction: Decimal | None) -> str:
    """A fraction as a percentage; nothing where there is none."""
    return "" if fraction is None else percent(fraction)


@kept
def day(date: dt.date) -> str:
    """A date as written in the journal: ``2026-10-24``."""
    return date.isoformat()


@kept
def short_day(date: dt.date) -> str:
    """A date to be read at a glance: ``24 Oct 2026``."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


@kept
def day_in_year(date: dt.date) -> str:
    """The same where the year is told already: ``24 Oct``."""
    return f"{date.day} {_MONTHS[date.month - 1]}"


def near_day(date: dt.date, today: dt.date) -> str:
    """A date without its year where it is today's: ``24 Oct``, ``3 Jan 2027``."""
    return day_in_year(date) if date.year == today.year else short_day(date)


def weekday(date: dt.date) -> str:
    """``Sat 24 Oct``."""
    return f"{_WEEKDAYS[date.weekday()]} {day_in_year(date)}"


def month(date: dt.date) -> str:
    """``Oct 2026``."""
    return f"{_MONTHS[date.month - 1]} {date.year}"


@kept
def days(count: int) -> str:
    """``1 day``, ``12 days``."""
    return f"{count:,}".replace(",", NARROW) + (" day" if abs(count) == 1 else " days")


@kept
def duration(length: dt.timedelta) -> str:
    """A duration as written in the journal, in its largest whole unit: ``36h``, ``2w``."""
    return written_duration(length)


@kept
def length(time: dt.timedelta) -> str:
    """A duration as a number of days where it is one, else as written: ``21 days``, ``36h``."""
    whole = time == dt.timedelta(time.days)
    return days(time.days) if whole else duration(time)


def short_length(time: dt.timedelta) -> str:
    """A duration in hours where it is a day or no whole number of days: ``24 hours``,
    ``7 days``."""
    hours = int(time.total_seconds()) // 3600
    if hours > 24 and hours % 24 == 0:
        return length(time)
    return f"{hours} hour" if hours == 1 else f"{hours} hours"


def in_days(date: dt.date, today: dt.date) -> str:
    """How far a day is from today: ``3 days ago``, ``today``, ``in 1 day``."""
    return from_now((date - today).days)


def ago(date: dt.date, today: dt.date) -> str:
    """The same of what has happened: where a note's day has begun and is not ours yet, today."""
    return in_days(min(date, today), today)


@kept
def from_now(count: int) -> str:
    """So many days from today, as ``in_days`` says it."""
    if count == 0:
        return "today"
    return f"in {days(count)}" if count > 0 else f"{days(-count)} ago"


@kept
def unbroken(text: str) -> str:
    """A text whose figures no line breaks: with no-break spaces in ``12 days``, ``24 Oct 2026``,
    ``3 of 4``, ``26 to 49%``, ``0.42 ± 0.17``. Browsers find them by plain ones."""
    return _FIGURE.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), text)


def has_long_word(*texts: str) -> bool:
    """Whether any has a word that may have to be broken: of more letters than columns of a table
    on a small phone can keep together."""
    return any(map(_LONG_WORD, texts))


def isolated(name: str) -> str:
    """A name for a sentence that is no markup, so that it reorders nothing beside it: where it has
    letters that are read from right to left, between the signs that set it apart."""
    return (
        f"\N{FIRST STRONG ISOLATE}{name}\N{POP DIRECTIONAL ISOLATE}"
        if _RIGHT_TO_LEFT(name)
        else name
    )


def _round(amount: Decimal, places: int) -> Decimal:
    return amount.quantize(_unit(places), ROUND_HALF_UP, _WIDE)


@cache
def _unit(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


def _digits(amount: Decimal) -> str:
    places = 2 if amount < 10 else 1 if amount < 100 else 0
    text = f"{_round(amount, places):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _in_currency(money: Money, digits: str) -> str:
    sign = "\N{MINUS SIGN}" if money.amount < 0 and digits.strip("0.,") else ""
    digits = digits.replace(",", NARROW)
    if money.currency == NO_CURRENCY:
        return sign + digits
    symbol = BY_CODE.get(money.currency)
    return f"{sign}{symbol}{digits}" if symbol else f"{sign}{digits}{NARROW}{money.currency}"
