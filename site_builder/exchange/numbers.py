"""Numbers, money and percentages as exports write them, to how a journal writes them."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

CONVENTIONS = {
    "1,234.56": (",", "."),
    "1.234,56": (".", ","),
    "1 234.56": (" ", "."),
    "1 234,56": (" ", ","),
    "1'234.56": ("'", "."),
    "1234,56": ("", ","),
    "1234.56": ("", "."),
}
"""Ways to write numbers, stated in a map by example: thousands and decimal separator."""

_SYMBOLS = {
    "€": ("EUR",), "£": ("GBP",), "₹": ("INR",), "₩": ("KRW",), "₪": ("ILS",), "zł": ("PLN",),
    "R$": ("BRL",), "US$": ("USD",), "A$": ("AUD",), "C$": ("CAD",), "HK$": ("HKD",),
    "¥": ("JPY", "CNY"), "kr": ("SEK", "NOK", "DKK", "ISK"), "Fr.": ("CHF",), "SFr.": ("CHF",),
    "$": ("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "MXN"),
}  # fmt: skip
_MONEY = re.compile(
    r"(?P<open>\()?(?P<s1>[-−+])?\s*(?P<before>[^\d\s.,'()+−-][^\d\s,'()+−-]*)?\s*(?P<s2>[-−+])?"
    r"(?P<number>[0-9][0-9.,' ]*|[.,][0-9]+)(?P<s3>[-−])?"
    r"\s*(?P<behind>[^\d\s.,'()+−-]\D*?)?(?P<close>\))?"
)
_GROUP_LIKE = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\t_", " ") | {"’": "'"})


class Fault(NamedTuple):
    """Why a cell can't be read: a code, a sentence, and what to do."""

    code: str
    message: str
    help: str


def number(text: str, convention: str) -> Decimal | Fault:
    """A number in the stated convention; without one, only what can't be misread."""
    digits = text.translate(_SPACES).strip()
    sign, digits = (
        (-1, digits[1:].lstrip()) if digits[:1] in ("-", "−") else (1, digits.removeprefix("+"))
    )
    value = _unsigned(digits, convention)
    return value if isinstance(value, Fault) else sign * value


def money(text: str, convention: str, currency: str, home: str) -> str | Fault:
    """An amount as a journal writes it. ``currency`` is what the map states, or nothing;
    the journal's own currency (``home``) is not written out."""
    match = _MONEY.fullmatch(text.translate(_SPACES).strip())
    if match is None or bool(match["open"]) != bool(match["close"]):
        return Fault(
            "invalid-value",
            f"`{shown(text)}` is not an amount of money.",
            "Mend the cell, or say in the map what to take instead: `otherwise: leave-out`.",
        )
    value = _unsigned(match["number"].strip(), convention)
    if isinstance(value, Fault):
        return value
    code = _currency(
        (match["before"] or "").strip(), (match["behind"] or "").strip(), currency, home
    )
    if isinstance(code, Fault):
        return code
    negative = bool(match["open"]) or any(match[s] in ("-", "−") for s in ("s1", "s2", "s3"))
    amount = plain(-value if negative else value)
    return amount if code in ("", home) else f"{amount} {code}"


def percent(text: str, convention: str, style: str) -> str | Fault:
    """A percentage. ``style`` says what a bare number is: ``whole`` (55 is 55%),
    ``fraction`` (0.55 is 55%), or nothing: then a number up to 1 is refused."""
    bare = text.strip()
    value = number(bare.removesuffix("%"), convention)
    if isinstance(value, Fault):
        return value
    if bare.endswith("%") or style == "whole":
        pass
    elif style == "fraction":
        value *= 100
    elif 0 < value <= 1:
        return Fault(
            "invalid-value",
            f"`{shown(text)}` may be a fraction or a percentage.",
            "Say in the map: `percents: whole` (1 is 1%) or `percents: fraction` (1 is 100%).",
        )
    if not 0 <= value <= 100:
        return Fault(
            "invalid-value", f"`{shown(text)}` is not between 0 and 100%.", "Mend the cell."
        )
    return f"{plain(value)}%"


def plain(value: Decimal) -> str:
    """A number without exponent and idle zeros: ``48000``, ``0.5``."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def shown(text: str) -> str:
    """A cell's text for a message: one line, not too long."""
    line = " ".join(text.split()).replace("`", "'")
    return line if len(line) <= 60 else line[:59] + "…"


def _unsigned(digits: str, convention: str) -> Decimal | Fault:
    thousands, point = CONVENTIONS.get(convention, (" ", "."))
    if not convention and _is_ambiguous(digits):
        return Fault(
            "ambiguous-number",
            f"`{digits}` can be read in more than one way.",
            "Say in the map how they are written: `numbers: 1,234.56` or `numbers: 1.234,56`.",
        )
    match = _pattern(thousands, point).fullmatch(digits)
    if match is None:
        return _not_a_number(digits, convention)
    whole = match[1].replace(thousands, "") if thousands else match[1]
    return Decimal(f"{whole or 0}.{match[2] or 0}")


@lru_cache
def _pattern(thousands: str, point: str) -> re.Pattern[str]:
    """Whole digits, grouped by threes (in India also by twos), and those behind the point."""
    mark = re.escape(thousands)
    grouped = rf"|[0-9]{{1,3}}(?:{mark}[0-9]{{2,3}})*{mark}[0-9]{{3}}" if thousands else ""
    return re.compile(rf"(?=.*[0-9])([0-9]*{grouped})(?:{re.escape(point)}([0-9]+))?")


def _is_ambiguous(digits: str) -> bool:
    return "," in digits or _GROUP_LIKE.fullmatch(digits) is not None


def _not_a_number(digits: str, convention: str) -> Fault:
    like = f" as in `{convention}`" if convention else ""
    return Fault(
        "invalid-value",
        f"`{shown(digits)}` is not a number{like}.",
        "Mend the cell, or say in the map how numbers are written: `numbers: 1,234.56`.",
    )


def _currency(before: str, behind: str, stated: str, home: str) -> str | Fault:
    """The ISO code that a cell's symbol means, checked against what the map states."""
    symbol = before or behind
    if not symbol:
        return stated
    if before and behind:
        return Fault(
            "invalid-value",
            f"Both `{before}` and `{behind}` stand beside the number.",
            "Mend the cell.",
        )
    codes = (symbol,) if re.fullmatch("[A-Z]{3}", symbol) else _SYMBOLS.get(symbol, ())
    if not codes:
        return Fault(
            "invalid-value",
            f"`{shown(symbol)}` is not a currency.",
            "Use a symbol or an ISO 4217 code.",
        )
    expected = stated or (home if home in codes else "")
    if expected in codes:
        return expected
    if len(codes) == 1 and not stated:
        return codes[0]
    wanted = f"the map states {stated}" if stated else f"it may be any of {', '.join(codes)}"
    return Fault(
        "invalid-value",
        f"The currency `{symbol}` is not clear: {wanted}.",
        f"State the currency in the map: `currency: {codes[0]}`.",
    )
