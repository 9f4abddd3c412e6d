"""Texts to amounts of money, and what to type in place of one that is none or can be two.

Each returns the value, or a ``Bad`` that says what is wrong and what to type instead.
"""

from __future__ import annotations

import re
from decimal import Decimal

from site_builder.journal.money import Money
from site_builder.journal.values import EMPTY_YET, LONG, Bad, too_large, zero_unsigned
from site_builder.problems import wording
from site_builder.problems.currency_signs import SIGNS
from site_builder.problems.patterns import late

# ISO 4217 (2024), list one: the codes of currencies and funds in use.
CURRENCIES = frozenset(
    """AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD
    BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP
    ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK
    JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK
    MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN
    PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS
    TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XAG XAU
    XCD XCG XDR XOF XPD XPF XPT XSU XUA XXX YER ZAR ZMW ZWG ZWL HRK""".split()
)

_AMOUNT = late(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:[ _\u00a0\u202f][0-9]{3}){1,4})(?:\.[0-9]{1,6})?")
_CODED = late(
    r"(?:([A-Za-z]{3})[ \u00a0\u202f]?)?([-0-9][^A-Za-z]*?)(?:[ \u00a0\u202f]?([A-Za-z]{3}))?"
)
_MAX_AMOUNT = 100
_GROUPING = late("[ _\u00a0\u202f]")
_THREE_DECIMALS = frozenset("BHD IQD JOD KWD LYD OMR TND".split())
_THOUSANDS = late(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.(?![0-9]{3}$)[0-9]{1,6})?")
_POINTS = late(r"-?[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_DECIMAL_COMMA = late(
    r"(-?(?:[0-9]{1,15}|[0-9]{1,3}(?:[. _\u00a0\u202f'’][0-9]{3})+)),((?![0-9]{3}$)[0-9]{1,6})"
)
_EITHER_WAY = late(r"(-?[1-9][0-9]{0,2})\.([0-9]{3})")


def money(text: str, currency: str) -> Money | Bad:
    """``48000``, ``48 000.50 USD``; without a code the amount is in ``currency``."""
    if len(text) < 16 and text.isdecimal() and text.isascii() and currency in CURRENCIES:
        return Money(Decimal(text), currency)  # what most amounts are, at a fraction of the cost
    if any(sign in text for sign in SIGNS):
        return Bad(
            f"`{text}` has a currency's sign, which several currencies can share.",
            _without_symbol(text),
        )
    if "," in text:
        return Bad(
            f"`{text}` has a comma, which means thousands to some and decimals to others.",
            _without_comma(text, currency),
        )
    match = _coded(text)
    amount = match[2].strip() if match else ""
    if match is None or not _AMOUNT.fullmatch(amount) or (match[1] and match[3]):
        if LONG.fullmatch(_GROUPING.sub("", amount) or text):
            return too_large(text)
        return Bad(
            f"`{text}` is not an amount of money.",
            _one_form(text, amount) if _POINTS.fullmatch(amount) else _amount_help(text, currency),
        )
    code = match[1] or match[3] or currency
    if code not in CURRENCIES:
        meant = _code_meant(code)
        help = _offered(text.replace(code, meant), currency) if meant else SOME_CODES
        return Bad(f"`{code}` is not a currency code.", help)
    return Money(zero_unsigned(Decimal(_GROUPING.sub("", amount))), code)


def _amount_help(text: str, currency: str) -> str:
    """What to type where a text is no amount, though it may nearly be one."""
    if (ends := wording.two_amounts(text)) is not None:
        return f"Write one amount: `{ends[0]}` or `{ends[1]}`."
    if wording.is_unknown(text):
        return EMPTY_YET
    meant = wording.amount(text)
    return _offered(meant, currency) if meant else _FORMS


def _offered(amount: str, currency: str) -> str:
    """What to type where an amount may be meant: the amount, or the two that it can be, or what
    is said of one that is none itself."""
    read = money(amount, currency)
    if isinstance(read, Bad):
        return read.help
    return either_way(amount, read) or f"Write `{amount}`."


def _coded(text: str) -> re.Match[str] | None:
    return _CODED.fullmatch(text) if len(text) <= _MAX_AMOUNT else None


SOME_CODES = "Use an ISO 4217 code such as `EUR`, `USD` or `GBP`."
"""What to type in place of what is like no currency code."""
_FORMS = "Write it like `48000`, `48 000` or `48000 USD`."


def either_way(text: str, money: Money) -> str:
    """What to write instead of a good amount whose point can be one of thousands too, as in
    `25.000`; nothing where it is clear."""
    match = _EITHER_WAY.search(text) if "." in text else None
    if match is None or money.currency in _THREE_DECIMALS:
        return ""
    if _GROUPING.sub("", text[: match.start()])[-1:].isdigit() or text[match.end() :][:1].isdigit():
        return ""
    small = match[2].rstrip("0")
    # As it stands, in another number of digits.
    exact = match[1] + (f".{small}" if 0 < len(small) < 3 else f".{match[2]}0" if small else "")
    whole = text.replace(match[0], match[1] + match[2])
    return f"Write `{whole}`, or `{text.replace(match[0], exact)}` if the point is a decimal point."


def _without_comma(text: str, currency: str) -> str:
    """Which amount a text with commas means. One with a point before exactly three digits is
    never offered, for it could be misread in turn."""
    match = _coded(text)
    amount = match[2].strip() if match else ""
    decimal = _DECIMAL_COMMA.fullmatch(amount)
    if _THOUSANDS.fullmatch(amount):
        plain = amount.replace(",", "")
    elif decimal is not None:
        plain = re.sub("[^-0-9]", "", decimal[1]) + "." + decimal[2]
    else:
        return _amount_help(text, currency)
    return _offered(text.replace(amount, plain), currency)


def _one_form(text: str, amount: str) -> str:
    return f"Write `{text.replace(amount, amount.replace('.', ''))}`."


def _without_symbol(text: str) -> str:
    """The amount with the code that a currency's sign most often stands for."""
    found = [sign for sign in SIGNS if sign in text]
    if len(found) > 1 or text.count(found[0]) > 1:
        return _FORMS
    return _offered(f"{text.replace(found[0], '').strip()} {SIGNS[found[0]]}", "")


def did_you_mean_code(code: str) -> str:
    """A help sentence for a mistyped currency code, or nothing."""
    meant = _code_meant(code)
    return f"Did you mean `{meant}`?" if meant else ""


def _code_meant(code: str) -> str:
    """The code in other letters, or that of the currency with this sign or name, or nothing."""
    return code.upper() if code.upper() in CURRENCIES else wording.currency(code)
