"""Numbers and percentages as exports write them, to how a journal writes them."""

from __future__ import annotations

import re
from collections.abc import Callable
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

MEND = "Mend the cell, or say in the map what to take instead: `otherwise: leave-out`."
"""What to do about a cell that can't be read."""

MONEY_DECIMALS = 6
_DECIMALS = 9
_MOST_DIGITS = 15
_LONGEST = 80
_SCALES = {
    "k": 3, "tsd": 3, "thousand": 3, "m": 6, "mn": 6, "mio": 6, "million": 6, "millions": 6,
    "b": 9, "bn": 9, "mrd": 9, "lakh": 5, "lakhs": 5, "crore": 7, "crores": 7,
}  # fmt: skip
_LONGEST_FIRST = "|".join(sorted(_SCALES, key=len, reverse=True))
_SCALED = re.compile(rf"({_LONGEST_FIRST})\.? *(.*)", re.IGNORECASE | re.ASCII)
_SIGNS = "+−–-"
_WORD = rf"(?:[^\d()\s.,:/='{_SIGNS}][^\d(){_SIGNS}]*?)?"
_AROUND = re.compile(
    rf"(?P<m1>[({_SIGNS}]?) *(?P<before>{_WORD}) *(?P<m2>[({_SIGNS}]?) *"
    r"(?P<digits>[0-9](?:[0-9.,' ]*[0-9])?|[.,][0-9]+)(?:[eE](?P<power>[+-]?[0-9]{1,3}))?"
    r"(?: ?(?:(?P<point>[.,:])(?:--?|[–—])|/[-=]))?"
    rf" *(?P<m3>[){_SIGNS}]?) *(?P<behind>{_WORD}) *(?P<m4>[){_SIGNS}]?)"
)
_DASH = re.compile(rf"(?P<before>{_WORD}) *[-–—] *(?P<behind>{_WORD})")
_GROUP_LIKE = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_SPACES = str.maketrans(
    dict.fromkeys("\u00a0\u202f\u2009\u2007\u3000\t\n_", " ")
    | dict.fromkeys("\u200b\u200e\u200f\u2060", "")
    | {"’": "'"}
)


class Fault(NamedTuple):
    """Why a cell can't be read: a code, a sentence, and what to do."""

    code: str
    message: str
    help: str


class Rounded(NamedTuple):
    """A value that a journal keeps with fewer decimals than the cell has."""

    text: str


class Amount(NamedTuple):
    """A number, and the words before and behind it: of money its currency."""

    value: Decimal
    before: str = ""
    behind: str = ""


def number(text: str, convention: str) -> Decimal | Fault:
    """A number in the stated convention; without one, only what can't be misread."""
    found = amount(text, convention, lambda word: False)
    if isinstance(found, Fault):
        return found
    return _not_a_number(text, convention) if found.before or found.behind else found.value


def amount(text: str, convention: str, is_unit: Callable[[str], bool]) -> Amount | Fault:
    """A number in any of the ways of accounting: signs before or behind, brackets for less
    than nothing, a dash for nothing, ``.-`` for no cents, ``10k``, ``1.5E+6``.

    ``is_unit`` tells a unit such as ``kr`` from a thousand of another.
    """
    bare = text.translate(_SPACES).strip(" ")
    if len(bare) > _LONGEST:
        return _not_a_number(text, convention)
    match = _AROUND.fullmatch(bare)
    if match is None:
        dash = _DASH.fullmatch(bare)
        if dash is not None and (dash["before"] or dash["behind"]):
            return Amount(Decimal(0), dash["before"].strip(" "), dash["behind"].strip(" "))
        return _not_a_number(text, convention)
    value = _signed(match, convention, text)
    if isinstance(value, Fault):
        return value
    scale, behind = _scaled(match["behind"].strip(" "), is_unit)
    made = value.scaleb(scale + int(match["power"] or 0))
    if made.adjusted() >= _MOST_DIGITS:
        what = f"`{shown(text)}` is too large."
        return Fault("invalid-value", what, f"Mend the cell: up to {_MOST_DIGITS} digits are kept.")
    return Amount(made, match["before"].strip(" "), behind)


def kept(value: Decimal, decimals: int = _DECIMALS) -> str | Rounded:
    """A number as a journal writes it, rounded to the decimals that are kept."""
    rounded = round(value, decimals)
    return plain(rounded) if rounded == value else Rounded(plain(rounded))


def percent(text: str, convention: str, style: str) -> str | Rounded | Fault:
    """A percentage. ``style`` says what a bare number is: ``whole`` (55 is 55%),
    ``fraction`` (0.55 is 55%), or nothing: then a number up to 1 is refused."""
    bare = text.translate(_SPACES).strip(" ")
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
    made = kept(value)
    return Rounded(f"{made.text}%") if isinstance(made, Rounded) else f"{made}%"


def plain(value: Decimal) -> str:
    """A number without exponent and idle zeros: ``48000``, ``0.5``."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def shown(text: str) -> str:
    """A cell's text for a message: one line, not too long."""
    line = " ".join(text.split()).replace("`", "'")
    return line if len(line) <= 60 else line[:59] + "…"


def _signed(match: re.Match[str], convention: str, text: str) -> Decimal | Fault:
    """The digits in the convention, less than nothing where one mark says so. ``text`` is
    what the cell has."""
    marks = "".join(match[m] for m in ("m1", "m2", "m3", "m4"))
    value = _unsigned(match["digits"], convention, text)
    _, point = CONVENTIONS.get(convention, ("", match["point"]))
    if marks not in ("", "()", *_SIGNS) or match["point"] not in (None, ":", point):
        return _not_a_number(match[0], convention)
    return value if isinstance(value, Fault) or marks in ("", "+") else -value


def _scaled(word: str, is_unit: Callable[[str], bool]) -> tuple[int, str]:
    """The power of ten that a word begins with, as in ``k€``, and the rest of it."""
    match = None if is_unit(word) else _SCALED.fullmatch(word)
    if match is None or (match[2] and not is_unit(match[2])):
        return 0, word
    return _SCALES[match[1].lower()], match[2]


def _unsigned(digits: str, convention: str, text: str) -> Decimal | Fault:
    written = digits if digits in text else text.strip()
    thousands, point = CONVENTIONS.get(convention, (" ", "."))
    if not convention and _is_ambiguous(digits):
        return Fault(
            "ambiguous-number",
            f"`{shown(written)}` can be read in more than one way.",
            "Say in the map how they are written: `numbers: 1,234.56` or `numbers: 1.234,56`.",
        )
    match = _pattern(thousands, point).fullmatch(digits)
    if match is None:
        return _not_a_number(written, convention)
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


def _not_a_number(text: str, convention: str) -> Fault:
    like = f" as in `{convention}`" if convention else ""
    digits = text.translate(_SPACES).strip(" ")
    fits = [c for c, marks in CONVENTIONS.items() if _pattern(*marks).fullmatch(digits)]
    help = (
        f"Mend the cell, or say in the map how numbers are written: `numbers: {fits[0]}`."
        if fits and convention not in fits
        else MEND
    )
    return Fault("invalid-value", f"`{shown(text)}` is not a number{like}.", help)
