"""Dates as people write them: which days they can mean."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from site_builder.problems.patterns import pattern
from site_builder.problems.suggest import within

_MONTHS = (
    "january januar janvier enero gennaio janeiro januari styczen",
    "february februar fevrier febrero febbraio fevereiro februari luty",
    "march marz maerz mars marzo marco maart marts marzec",
    "april avril abril aprile kwiecien",
    "may mai mayo maggio maio mei maj",
    "june juni juin junio giugno junho czerwiec",
    "july juli juillet julio luglio julho lipiec",
    "august aout agosto augustus augusti sierpien",
    "september septembre septiembre settembre setembro wrzesien",
    "october oktober octobre octubre ottobre outubro pazdziernik",
    "november novembre noviembre novembro listopad",
    "december dezember decembre diciembre dicembre dezembro grudzien",
)
_IN_FULL = (
    "stycznia ledna", "lutego unora februara", "marca brezna", "kwietnia dubna aprila",
    "maja kvetna", "czerwca cervna juna", "lipca cervence jula", "sierpnia srpna augusta",
    "wrzesnia zari septembra", "pazdziernika rijna oktobra", "listopada listopadu novembra",
    "grudnia prosince decembra desember",
)  # fmt: skip
"""What a day stands before in Polish, Czech and Slovak, and is begun by no other word."""
_MONTHS_TOO = ("mar",)
"""Weekdays only where a whole date stands behind them: `mar. 10/11/2026`."""
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_LONG_NAME = 6
_WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri "
    "sat sun montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr "
    "sa so lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miercoles jueves "
    "viernes sabado domingo lunedi martedi mercoledi giovedi venerdi maandag dinsdag woensdag "
    "donderdag vrijdag zaterdag zondag lun mar mer jeu ven sam dim mie jue vie sab dom gio ma "
    "wo vr za zo poniedzialek wtorek sroda czwartek piatek sobota niedziela pon wt sr czw pt "
    "sob niedz pondeli utery streda ctvrtek patek nedele po ut st ct pa ne mandag tirsdag "
    "onsdag torsdag fredag lordag sondag tisdag lor son man tir ons tor fre".split()
)
_WEEKDAY = r"([^\W\d_]{2,10})(?:\.?,?[ ]+|[.,)>\]])"
_NAME = r"([^\W\d_]{3,12})\.?"
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th|er|º|\.)?"
_OF = r"(?:[ .,/-]+(?:of |de |di )?)"
_END = r"(?![0-9]|[-/.][0-9]|[OoIl]+(?![^\W_]))"
_YEAR_FIRST = (
    rf"([0-9]{{4}})[ ]?[-/._ 年년][ ]?([0-9]{{1,2}})[ ]?[-/._ 月월][ ]?([0-9]{{1,2}})[日일]?{_END}"
)
_SOLID = r"([12][0-9]{3})([0-9]{2})([0-9]{2})(?:(?![0-9])|(?=[0-2][0-9][0-5][0-9](?![0-9])))"
_YEAR_LAST = rf"([0-9]{{1,2}})[ ]?[-/._ ][ ]?([0-9]{{1,2}})[ ]?[-/._ ][ ]?([0-9]{{4}}){_END}"
_SHORT = rf"([0-9]{{2}})([-/.])([0-9]{{2}})\2([0-9]{{2}}){_END}"
_YEAR_NAME = rf"([0-9]{{4}})[ .,/-]*{_NAME}[ .,/-]*{_DAY}{_END}"
_YEAR_DAY = rf"([0-9]{{4}})[ .,/-]+{_DAY}[ .,/-]*{_NAME}(?![^\W_])"
_YEAR = r"'?([0-9]{4}(?![0-9])|[0-9]{2}(?![0-9]|[:.h/-][0-9]))"
_DAY_NAME = rf"{_DAY}{_OF}?{_NAME}(?:{_OF}?{_YEAR})?"
_NAME_DAY = (
    rf"{_NAME}[ ./-]*(?:the )?{_DAY}(?!:?[0-9]|[/.][0-9]{{1,2}}[/.][0-9])(?:[ ./,-]+{_YEAR})?"
)
_ROMAN_MONTH = rf"{_DAY}[ ./-]*([IVX]{{1,4}})[ ./-]+([0-9]{{4}})(?![0-9])"
_DAY_MONTH = r"([0-9]{2})\.([0-9]{2})\.(?![0-9])|([0-9]{1,2})/([0-9]{1,2})(?![0-9/])"
NO_YEAR, NO_DAY = "YYYY", "DD"


class WrittenDate(NamedTuple):
    """A date that begins a text: where it ends, the days it can mean, as they should be
    written, with ``YYYY`` where nothing says which year and ``DD`` for a day that the month does
    not have, and whether it says the year itself."""

    end: int
    days: tuple[str, ...]
    has_year: bool


def date_at(text: str, at: int, years: Collection[int] = ()) -> WrittenDate | None:
    """The date that stands at a place of a text in plain signs, in any of the usual spellings.

    ``years`` are those that the text is likely to be about: they decide between two readings
    of a date with two digits for the year, and which year one without means.
    """
    for form, read in _FORMS:
        match = pattern(form).match(text, at)
        if match is not None:
            days = dict.fromkeys(day for day in read(match, frozenset(years)) if day)
            if days:
                there = [day for day in days if not day.endswith(NO_DAY)]
                return WrittenDate(match.end(), tuple(there or days), _says_year(form, match))
    return None


def _says_year(form: str, match: re.Match[str]) -> bool:
    return form != _DAY_MONTH and (form not in (_DAY_NAME, _NAME_DAY) or bool(match[3]))


def weekday_end(text: str, at: int) -> int:
    """Where a weekday that stands at a place of a text ends, with the blank or comma behind it."""
    match = pattern(_WEEKDAY).match(text, at)
    if match is None or (word := _folded(match[1])) not in _WEEKDAYS:
        return at
    if word in _MONTHS_TOO:
        date = date_at(text, match.end())
        return match.end() if date and date.has_year else at
    return match.end()


def _year_first(match: re.Match[str], _years: frozenset[int]) -> Iterator[str]:
    yield _day(int(match[1]), int(match[2]), int(match[3]))


def _year_last(match: re.Match[str], _years: frozenset[int]) -> Iterator[str]:
    yield _day(int(match[3]), int(match[2]), int(match[1]))
    yield _day(int(match[3]), int(match[1]), int(match[2]))


def _short(match: re.Match[str], years: frozenset[int]) -> Iterator[str]:
    first, second, last = int(match[1]), int(match[3]), int(match[4])
    read = [_day(2000 + last, second, first), _day(2000 + last, first, second)]
    if match[2] == "-":
        read = [_day(2000 + first, second, last), *read]
    likely = [day for day in read if day and _is_likely(int(day[:4]), years)]
    yield from likely or read


def _is_likely(year: int, years: frozenset[int]) -> bool:
    return any(abs(year - known) <= 1 for known in years)


def _year_name(match: re.Match[str], _years: frozenset[int]) -> Iterator[str]:
    yield _day(int(match[1]), _month(match[2]), int(match[3]))


def _year_day(match: re.Match[str], _years: frozenset[int]) -> Iterator[str]:
    yield _day(int(match[1]), _month(match[3]), int(match[2]))


def _roman_month(match: re.Match[str], _years: frozenset[int]) -> Iterator[str]:
    if (numeral := match[2].lower()) in _ROMAN:
        yield _day(int(match[3]), _ROMAN.index(numeral) + 1, int(match[1]))


def _day_name(match: re.Match[str], years: frozenset[int]) -> Iterator[str]:
    yield _in_year(match[3], _month(match[2]), int(match[1]), years)


def _name_day(match: re.Match[str], years: frozenset[int]) -> Iterator[str]:
    yield _in_year(match[3], _month(match[1]), int(match[2]), years)


def _day_month(match: re.Match[str], years: frozenset[int]) -> Iterator[str]:
    if match[1]:
        yield _in_year(None, int(match[2]), int(match[1]), years)
        return
    for day, month in ((match[3], match[4]), (match[4], match[3])):
        yield _in_year(None, int(month), int(day), years)


_FORMS = (
    (_YEAR_FIRST, _year_first),
    (_SOLID, _year_first),
    (_YEAR_LAST, _year_last),
    (_SHORT, _short),
    (_YEAR_NAME, _year_name),
    (_YEAR_DAY, _year_day),
    (_ROMAN_MONTH, _roman_month),
    (_DAY_NAME, _day_name),
    (_NAME_DAY, _name_day),
    (_DAY_MONTH, _day_month),
)


def _in_year(written: str | None, month: int, day: int, years: frozenset[int]) -> str:
    if written:
        return _day(int(written) + (2000 if len(written) == 2 else 0), month, day)
    if len(years) == 1:
        return _day(next(iter(years)), month, day)
    return (found := _day(2000, month, day)) and NO_YEAR + found[4:]


def _day(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat() if year >= 1000 else ""
    except ValueError:
        return f"{year}-{month:02}-{NO_DAY}" if 1 <= month <= 12 and 28 < day <= 31 else ""


@lru_cache(maxsize=256)
def _month(word: str) -> int:
    """The number of a month by its name or the beginning of it; 0 where it is none, or where
    two months begin like that. A long name may have a letter that is wrong."""
    folded = _folded(word)
    if number := next((n for n, some in enumerate(_IN_FULL, 1) if folded in some.split()), 0):
        return number
    found = {
        number
        for number, names in enumerate(_MONTHS, 1)
        if any(name.startswith(folded) for name in names.split())
    }
    return found.pop() if len(found) == 1 else 0 if found else _near_month(folded)


def _near_month(folded: str) -> int:
    found = {
        number
        for number, names in enumerate(_MONTHS, 1)
        for name in names.split()
        if len(name) >= _LONG_NAME and within(folded, name, 1)
    }
    return found.pop() if len(found) == 1 else 0


def month_number(text: str) -> int:
    """The number of a month by its English name, or three letters or more of it; 0 where it is
    none."""
    word = text.strip().removesuffix(".").lower()
    if not re.fullmatch("[a-z]{3,9}", word):
        return 0
    english = (names.partition(" ")[0] for names in _MONTHS)
    return next((number for number, name in enumerate(english, 1) if name.startswith(word)), 0)


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKD", word.lower()).encode("ascii", "ignore").decode()
