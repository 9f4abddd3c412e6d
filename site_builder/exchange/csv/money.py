"""Amounts of money and their currencies as exports write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from site_builder.edit.writing import item
from site_builder.exchange.csv.numbers import (
    MEND,
    MONEY_DECIMALS,
    Fault,
    Rounded,
    amount,
    kept,
    shown,
)
from site_builder.journal.money_values import CURRENCIES
from site_builder.problems.currency_signs import SIGNS

_DOLLARS = ("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "MXN")
_WORDS = {
    **{sign: (code,) for sign, code in SIGNS.items()}, "euro": ("EUR",), "euros": ("EUR",),
    "rs": ("INR", "PKR", "LKR", "NPR", "MUR", "SCR"), "₨": ("PKR", "INR", "LKR", "NPR", "MUR"),
    "zł": ("PLN",), "kč": ("CZK",), "ft": ("HUF",), "₺": ("TRY",),
    "tl": ("TRY",), "₽": ("RUB",), "₴": ("UAH",), "₫": ("VND",), "฿": ("THB",), "₱": ("PHP",),
    "₦": ("NGN",), "rm": ("MYR",), "r": ("ZAR",), "r$": ("BRL",), "us$": ("USD",),
    "a$": ("AUD",), "au$": ("AUD",), "c$": ("CAD", "NIO"), "ca$": ("CAD",), "nz$": ("NZD",),
    "s$": ("SGD",), "hk$": ("HKD",), "nt$": ("TWD",), "mx$": ("MXN",), "$": _DOLLARS,
    "¥": ("JPY", "CNY"), "元": ("CNY",), "円": ("JPY",), "rmb": ("CNY",), "fr": ("CHF",),
    "sfr": ("CHF",), "kr": ("SEK", "NOK", "DKK", "ISK"), "us dollar": ("USD",),
    "us dollars": ("USD",), "dollar": _DOLLARS, "dollars": _DOLLARS, "yen": ("JPY",),
}  # fmt: skip
_CODE = re.compile(r"(?<![A-Z])[A-Z]{3}(?![A-Z])")


def currencies(word: str) -> tuple[str, ...]:
    """The ISO codes that a code or sign can mean, whatever its case; none if it is neither."""
    if word.isascii() and word.upper() in CURRENCIES:
        return (word.upper(),)
    return _WORDS.get(word.casefold().removesuffix("."), ())


def money(text: str, convention: str, currency: str, home: str,
          divide: Decimal | None = None, *, by_column: bool = False,
          ) -> str | Rounded | Fault:  # fmt: skip
    """An amount as a journal writes it. ``currency`` is what the map states, or nothing: it
    gives way to a clear word in the cell, unless the row's own currency column says it
    (``by_column``). The journal's own currency (``home``) is not written out. ``divide`` is
    what a cell is to be divided by."""
    found = amount(text, convention, lambda word: bool(currencies(word)))
    if isinstance(found, Fault):
        return found if found.code == "ambiguous-number" else _no_money(text, found)
    code = _currency(found.before, found.behind, currency, home, by_column)
    if isinstance(code, Fault):
        return code
    made = kept(found.value / divide if divide else found.value, MONEY_DECIMALS)
    unit = "" if code in ("", home) else f" {code}"
    return Rounded(made.text + unit) if isinstance(made, Rounded) else made + unit


def column_currency(text: str, column: str, stated: Iterable[str]) -> str | Fault:
    """The ISO code that a cell of a currency column means; of a sign that several share, the
    first that is ``stated`` and can be meant."""
    codes = currencies(text)
    meant = codes if len(codes) == 1 else [code for code in stated if code in codes]
    if meant:
        return meant[0]
    what = f"may be any of {', '.join(codes)}" if codes else "is not a currency code"
    code = _code_in(text)
    means = f"{{{item(column)}: {{{item(text)}: {code or 'CODE'}}}}}"
    which = "" if code else ", `CODE` being its ISO 4217 code"
    return Fault(
        "invalid-value",
        f"`{shown(text)}` {what}.",
        f"Mend it, or say in the map what it means: `replace: {means}`{which}.",
    )


def _code_in(text: str) -> str:
    """The one ISO code that stands in a text; nothing may be guessed, for it makes figures."""
    codes = {code for code in _CODE.findall(text) if code in CURRENCIES}
    return codes.pop() if len(codes) == 1 else ""


def _no_money(text: str, fault: Fault) -> Fault:
    if text in ("-", "–", "—"):
        return Fault(
            "invalid-value",
            f"`{text}` may be nothing or 0.",
            f'Say in the map which: `blank: ["{text}"]` leaves it out, '
            f'`{{column: COLUMN, values: {{"{text}": 0}}}}` makes it 0.',
        )
    if any(digit in "0123456789" for digit in text):
        return fault
    return Fault("invalid-value", f"`{shown(text)}` is not an amount of money.", MEND)


def _currency(before: str, behind: str, stated: str, home: str, by_column: bool) -> str | Fault:
    """The ISO code that a cell's words mean, or without words the stated one."""
    if not before and not behind:
        return stated
    for word in filter(None, (before, behind)):
        if not currencies(word):
            return _no_currency(word)
    both = [set(currencies(word)) for word in (before, behind) if word]
    codes = [code for code in currencies(before or behind) if all(code in each for each in both)]
    if not codes:
        what = f"Both `{before}` and `{behind}` stand beside the number."
        return Fault("invalid-value", what, "Mend the cell.")
    return _one_of(codes, before or behind, stated, home, by_column)


def _no_currency(word: str) -> Fault:
    if word == "%":
        what = "`%` makes it a part of a whole, not an amount of money."
        return Fault("invalid-value", what, "Mend the cell, or take another column in the map.")
    return Fault(
        "invalid-value",
        f"`{shown(word)}` beside the number is not a currency.",
        "Mend the cell: use a symbol or an ISO 4217 code, and `k`, `m` or `bn` for thousands, "
        "millions or thousands of millions.",
    )


def _one_of(codes: list[str], word: str, stated: str, home: str, by_column: bool) -> str | Fault:
    expected = stated or (home if home in codes else "")
    if expected in codes:
        return expected
    if by_column:
        return Fault(
            "invalid-value",
            f"The currency `{word}` is not clear: its currency column says {stated}.",
            "Mend the cell, or that of the currency column.",
        )
    if len(codes) == 1:
        return codes[0]
    if stated:
        return Fault(
            "invalid-value",
            f"The currency `{word}` is not clear: the map states {stated}.",
            f"Mend the cell: write in place of `{word}` the code that it means, "
            f"{' or '.join(codes)}.",
        )
    return Fault(
        "invalid-value",
        f"The currency `{word}` is not clear: it may be any of {', '.join(codes)}.",
        "Write its code in its place, or state it in the map, where it is then that of amounts "
        "without a sign too: `currency: CODE`.",
    )
