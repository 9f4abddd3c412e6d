"""Values as people write them, put into the form in which a journal has them.

Each function returns a text that may be of its type, or nothing; ``values`` tries it before
it is offered to anyone.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from site_builder.problems.currency_signs import SIGNS
from site_builder.problems.patterns import late
from site_builder.problems.written_dates import NO_DAY, NO_YEAR, date_at, month_number, weekday_end

_LONG = 60
_UNKNOWN = frozenset(
    "tbd tba tbc n/a n.a. na none null nil ? ?? ??? - – — … ... . unknown todo ~".split()
)
_ABOUT = late(
    r"(?:about|approx\.?|approximately|around|circa|ca\.?|c\.|est\.?|~|≈|±)\s*"
    rf"(?=[-+0-9A-Z{''.join(SIGNS)}])",
    re.IGNORECASE,
)
_NO_CENTS = late(r"(?<=[0-9])(?:[.,](?:-|–|—|--)|/-)(?=\s|$)")
_APOSTROPHE = late(r"(?<=[0-9])['’`´](?=[0-9]{3})")
_SIZED = late(
    r"([0-9]+(?:[.,][0-9]{1,3})?)\s*(k|thousand|tsd\.?|m|mn|mio\.?|mil\.?|million)(?![A-Za-z])",
    re.IGNORECASE,
)
_CURRENCY_WORDS = {"euro": "EUR", "dollar": "USD", "pound": "GBP", "yen": "JPY", "franc": "CHF"}
_CURRENCY_WORD = late(
    rf"(?<![A-Za-z])({'|'.join(_CURRENCY_WORDS)})s?(?: sterling)?(?![A-Za-z])", re.IGNORECASE
)
_RANGE = late(r"([0-9][0-9 _.]*[0-9]|[0-9])\s*(?:-|–|—|to|\.\.+)\s*([0-9][0-9 _.]*)")
_PERCENT_WORD = late(
    r"\s*(?:per ?cent|pct\.?|percentage|percents|prozent|p\.?c\.?)$", re.IGNORECASE
)
_YES = frozenset("y yep yeah ja oui si sí ok on 1 x ✓ ✔ ☑ ✅ t done affirmative".split())
_NO = frozenset("n nope nein non not off 0 ✗ ✘ ☐ ❌ f never".split())
_UNITS = {"hour": "h", "hr": "h", "day": "d", "week": "w", "wk": "w", "month": "m", "mo": "m"}
_DURATION = late(r"(?:P|every )?([0-9]{1,6}|an?|one) ?-?([a-z]+?)s?\.?", re.IGNORECASE)
_OFTEN = {
    "daily": "1d", "weekly": "1w", "fortnightly": "2w", "biweekly": "2w", "monthly": "1m",
    "quarterly": "3m", "half-yearly": "6m", "yearly": "12m", "annually": "12m",
}  # fmt: skip
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_MINUS = late(r"^[\u02d7\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d]\s*(?=[0-9.])")
_ON = late(r"^on\s+", re.IGNORECASE)
_ONE_DIGIT = late(r"(?<![0-9])[0-9](?=[./])")
_TIME_BEHIND = late(
    r"[T ,]+(?:at )?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r" ?(?:[ap]\.?m\.?|(?-i:[A-Z]{1,5})|[+-][0-9]{2}(?::?[0-9]{2})?|uhr)?$",
    re.IGNORECASE,
)
_MONTH_ONLY = late(r"([0-9]{4})[-/.](0?[1-9]|1[0-2])|(0?[1-9]|1[0-2])[-/.]([0-9]{4})")
_MONTH_NAME = late(r"([A-Za-z]{3,9})\.? ?([0-9]{4})")
_HOST = late(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/\S*)?", re.IGNORECASE)
_GLUED = late(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[:,;–—-]*(?=[^\s0-9])")
_BY = late(r" (?:on|by|until|till|before|at|am)$", re.IGNORECASE)
_LONGEST_DATE = 5
_MOST_WORDS = 100
_BEGUN = late(r"([1-9][0-9]{3})-(?:(0[1-9]|1[0-2])(?![0-9]))?")
_QUARTER = late(r"([0-9]{4})[ /-]*Q([1-4])|Q([1-4])[ /-]*([0-9]{4})", re.IGNORECASE)


def is_unknown(text: str) -> bool:
    """Whether a text only says that something is not known: `TBD`, `n/a`, `?`."""
    return text.strip().lower() in _UNKNOWN


def amount(text: str) -> str:
    """`about 48k`, `1.2m EUR`, `48'000.-`, `48 euros`, as an amount of money."""
    if len(text) > _LONG:
        return ""
    bare = _NO_CENTS.sub("", _APOSTROPHE.sub("", _ABOUT.sub("", text)))
    bare = _MINUS.sub("-", _CURRENCY_WORD.sub(lambda m: _CURRENCY_WORDS[m[1].lower()], bare))
    bare = _SIZED.sub(_in_full, bare).strip(" ;!?")
    return "" if bare == text else bare


def _in_full(match: re.Match[str]) -> str:
    times = 1000 if match[2][0] in "kKtT" else 1_000_000
    return f"{(Decimal(match[1].replace(',', '.')) * times).normalize():f}"


def two_amounts(text: str) -> tuple[str, str] | None:
    """The ends of a range such as `48000-50000`."""
    match = _RANGE.fullmatch(text) if len(text) <= _LONG else None
    return (match[1].strip(), match[2].strip()) if match else None


def number(text: str) -> str:
    """`1,5`, `1 000`, `.5`, `+3`, as a number."""
    bare = _MINUS.sub("-", text.strip().removeprefix("+"))
    if re.fullmatch(r"-?[0-9]{1,3}(?:[ _'’\u00a0\u202f][0-9]{3}){1,4}(?:\.[0-9]{1,9})?", bare):
        return re.sub("[ _'’\u00a0\u202f]", "", bare)
    if re.fullmatch(r"-?[0-9]{1,3}(?:,[0-9]{3}){1,4}", bare):
        return bare.replace(",", "")
    if re.fullmatch(r"-?(?=[.,]?[0-9])[0-9]{0,15}[.,][0-9]{0,9}", bare):
        whole, _, small = bare.replace(",", ".").partition(".")
        return (whole if whole.strip("-") else f"{whole}0") + (f".{small}" if small else "")
    return bare


def percent(text: str) -> str:
    """`50 percent`, `0,5`, `.5`, `about 50%`, as a percentage."""
    if len(text) > _LONG:
        return ""
    bare = _ABOUT.sub("", text)
    sign = "%" if "%" in bare or _PERCENT_WORD.search(bare) else ""
    return number(_PERCENT_WORD.sub("", bare).replace("%", " ")) + sign


def yes_no(text: str) -> str:
    """`y`, `on`, `✓`, `Nope.`, as yes or no."""
    word = text.strip(" .!,;\"'").lower()
    if word in _YES or word in ("yes", "true"):
        return "yes"
    return "no" if word in _NO or word in ("no", "false") else ""


def duration(text: str) -> str:
    """`14 days`, `3 Weeks`, `a month`, `1y`, `weekly`, as a duration."""
    word = text.strip().lower()
    match = _DURATION.fullmatch(word)
    if match is None:
        return f"{word}d" if re.fullmatch("[0-9]{1,5}", word) else _OFTEN.get(word, "")
    count = int(match[1]) if match[1].isdecimal() else 1
    if match[2] in ("y", "yr", "year"):
        return f"{count * 12}m"
    return f"{count}{_UNITS.get(match[2], match[2])}"


def email(text: str) -> str:
    """`Jane Roe <jane@acme.example>`, `mailto:jane@…`, as an address."""
    inside = re.search(r"<([^<>\s]+)>", text)
    bare = (inside[1] if inside else text).strip(" .,;<>()\"'")
    return bare.removeprefix("mailto:")


def url(text: str) -> str:
    """`<https://…>`, `[words](https://…)`, `http:/…`, `acme.example/x`, as an address."""
    inside = re.fullmatch(r"\[[^\]\[]*\]\((\S+)\)", text)
    bare = (inside[1] if inside else text).strip(" <>\"'").replace(" ", "%20")
    slip = re.match(r"(?:h+t+ps?|https?)(?::/{0,3}|;//|//)(?=[A-Za-z0-9])", bare, re.IGNORECASE)
    if slip:
        secure = "s" if "s" in slip[0].lower() else ""
        return f"http{secure}://{bare[slip.end() :]}"
    return f"https://{bare}" if _HOST.fullmatch(bare) else bare


def phone(text: str) -> str:
    """`tel:+44 20…`, `Tel. 020 …`, as a number."""
    return re.sub(r"^[A-Za-z.:]+ *(?=[+(0-9])", "", text.strip()).strip(" ;,.")


def dates(text: str) -> tuple[str, ...]:
    """The days that a date of another form can mean, as they should be written: one, or two
    where day and month could be either way round, or none."""
    if len(text) > 2 * _LONG or len(bare := text.strip(" .,;:~()[]\"'")) > _LONG:
        return ()
    bare = _ON.sub("", bare.translate(_DASHES))
    bare = " ".join(_TIME_BEHIND.sub("", bare[weekday_end(bare, 0) :], count=1).split())
    found = date_at(bare, 0) or date_at(bare := _ONE_DIGIT.sub(r"0\g<0>", bare), 0)
    if found is None or found.end < len(bare):
        return ()
    return tuple([day for day in found.days if NO_YEAR not in day and NO_DAY not in day])


def dated(text: str) -> tuple[tuple[str, ...], str]:
    """The days that a text such as `1.12.2026: Call` or `Call by Dec 1 2026` may name, and what
    else it says."""
    words = text.split()[:_MOST_WORDS]
    for count in range(min(len(words), _LONGEST_DATE), 0, -1):
        if days := dates(" ".join(words[:count]).rstrip(",:;-–—")):
            return days, " ".join(words[count:]).lstrip(",:;-–— ")
        if days := dates(" ".join(words[-count:])):
            return days, _BY.sub("", " ".join(words[:-count])).rstrip(",:;-–— ")
    glued = _GLUED.match(text)
    return ((glued[1],), text[glued.end() :].strip()) if glued else ((), text)


def last_day(text: str) -> str:
    """The last day of a month or quarter such as `2026-10`, `10/2026` or `Q4 2026`."""
    if month := _MONTH_ONLY.fullmatch(text.strip()):
        year, number = int(month[1] or month[4]), int(month[2] or month[3])
    elif quarter := _QUARTER.fullmatch(text.strip()):
        year, number = int(quarter[1] or quarter[4]), 3 * int(quarter[2] or quarter[3])
    else:
        return ""
    from calendar import monthrange

    last = monthrange(year, number)[1] if year else 0
    return dt.date(year, number, last).isoformat() if last else ""


def with_gaps(text: str) -> str:
    """What a text tells of a date, with `MM` and `DD` for what it does not: `2026-11-DD` of
    `2026-11`, `11/2026`, `2026-11-XX` and `2026-11-31`; nothing where no year begins it."""
    if (day := last_day(text)) and not _QUARTER.fullmatch(text.strip()):
        return f"{day[:7]}-DD"
    begun = _BEGUN.match(day or text)
    return f"{begun[1]}-{'MM' if day else begun[2] or 'MM'}-DD" if begun else ""


def how_to_fill(gaps: str) -> str:
    """What to say before a date that has `MM` and `DD` in it."""
    what = "month and day in place of `MM-DD`" if "MM" in gaps else "the day in place of `DD`"
    return f"Write the date as year-month-day, with {what}:"


def period(text: str) -> str:
    """`Q4 2026`, `2026 Q4`, `Nov 2026`, `11/2026`, `FY2026`, as a period; nothing where it is
    none."""
    owner, slash, rest = text.strip().rpartition("/") if re.match("[a-z]", text) else ("", "", text)
    bare = rest.strip()
    if quarter := _QUARTER.fullmatch(bare):
        found = f"{quarter[1] or quarter[4]}-Q{quarter[2] or quarter[3]}"
    elif month := _MONTH_ONLY.fullmatch(bare):
        found = f"{month[1] or month[4]}-{int(month[2] or month[3]):02}"
    elif (named := _MONTH_NAME.fullmatch(bare)) and (number := month_number(named[1])):
        found = f"{named[2]}-{number:02}"
    elif year := re.fullmatch(r"(?:FY|year)[ -]?([0-9]{4})", bare, re.IGNORECASE):
        found = year[1]
    else:
        return ""
    return f"{owner}{slash}{found}"


def currency(text: str) -> str:
    """The code of a currency by its sign or English name; nothing where it is none."""
    word = text.strip().lower()
    return SIGNS.get("$" if word == "us$" else word) or _CURRENCY_WORDS.get(
        word.removesuffix("s"), ""
    )
