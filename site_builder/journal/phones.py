"""Phone numbers, by their digits, and where they stand in texts, however they are written there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from site_builder.journal.money_values import CURRENCIES
from site_builder.problems.characters import DASHES
from site_builder.problems.currency_signs import SIGNS
from site_builder.problems.patterns import late

FEWEST_DIGITS = 7
"""So many digits at the end of a number tell whose it is; fewer are found behind a word alone that
says that they are a number."""
SURELY = 9
"""So many digits are that number with any signs between them; fewer may be other figures."""
_EXTENSION = re.compile(r"(?i)\(0\)|(?:ext|x|app|dw|#).*$")
_SEVEN = re.compile(r"[0-9](?:[^0-9]*+[0-9]){6}")
_RUN = re.compile(r"[0-9](?:[\W_]{0,8}+[0-9])*+")
_NARROW = re.compile(rf"[\s()./>{DASHES}-]{{1,4}}")
"""What stands between the digits of a number, and seldom between two figures of a sentence."""
_OTHER_DIGIT = late(
    r"(?![0-9])\d|[\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u2468\u2474-\u247c\u2488-\u2490"
    r"\u24ea\u24f5-\u24fd\u24ff\u2776-\u277e\u2780-\u2788\u278a-\u2792]"
)
"""Digits of other scripts, small ones and those in circles."""
_ENCODED = late(r"%(?:2[0B-Fb-f89]|[Cc]2%[Aa]0)")
_WORDS = frozenset(
    "tel tél telefon telefonnummer telephone phone phones fon mobil mobile handy cell fax whatsapp "
    "dial dialed dialled call called ring rang ext extension durchwahl dw apparat".split()
)
"""What says of the digits behind it that they are a number to call."""
_CALLS = "☎☏✆📞📱"
_SHORT = late(
    rf"(?:(?<![^\W\d_])(?P<word>[^\W\d_]++)|[{_CALLS}]|(?P<plus>\+))"
    rf"(?:(?![+{_CALLS}])[\W_]){{0,8}}+"
    r"(?P<number>[0-9]++(?:[ ./-]?[0-9])*+)(?![^\W_])"
)
_DAY, _YEAR = "[0-9]{1,2}", "(?:19|20)[0-9]{2}"
_DATE = late(rf"{_YEAR}([-./ ]?){_DAY}\1{_DAY}|{_DAY}([-./ ]?){_DAY}\2{_YEAR}")
_SIGNS = "".join(SIGNS)
_BEHIND_FIGURE = late(rf"[.,][0-9]|[^\W_]|\s?[%{_SIGNS}]|\s?(?P<word>[A-Z]{{3}})(?![^\W_])")
_BACK = late(r"([\W_]{0,8}+)([^\W\d_]*)")
_AREA_BACK = late(
    r"[ ().\/-]{1,3}(?:[0-9]{1,4}[ ()./-]{1,3})?(?:[0-9]{1,4}[(+]|[0-9]{2,4}0(?![0-9]))"
)
"""Digits of an area, and of a country, from right to left."""
_COUNTRY = late(r"(?:(?:\+|(?<![0-9])00)[0-9]{1,3}[ ()./\u00a0-]{0,3}(?:\(0\)[ ]?)?)?[+(]{0,2}\Z")
_BEHIND = late(
    r"(?i)[\s,;.()/-]{0,3}(?:ext(?:ension)?|x|#|app(?:arat)?|dw|durchwahl)[\s.:]{0,2}"
    r"(?P<number>[0-9]{1,6})(?![0-9])"
)
_MOST_ZEROS = 3
"""So many are dialled before a country or an area."""
_NEAR = 40


class Number(NamedTuple):
    """Where a number stands in a text; it ``is_sure`` where that can hardly be another."""

    start: int
    end: int
    is_sure: bool


class _Place(NamedTuple):
    """The first and the last of the digits of a run, of which ``said`` is that of a number."""

    first: int
    last: int
    said: str


class _Run:
    """Digits of a text that may be one number or several, and where they stand."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.places = [at for at in range(start, end) if text[at] in "0123456789"]
        self.digits = "".join([text[at] for at in self.places])

    def is_first(self, at: int) -> bool:
        """Whether a digit begins a group of them."""
        return at == 0 or self.places[at - 1] != self.places[at] - 1

    def is_last(self, at: int) -> bool:
        """Whether one ends a group."""
        return at + 1 == len(self.places) or self.places[at + 1] != self.places[at] + 1

    def is_narrow(self, first: int, last: int) -> bool:
        """Whether between digits stands only what is usual in a number."""
        gaps = (
            self.text[self.places[at - 1] + 1 : self.places[at]]
            for at in range(first + 1, last + 1)
            if self.is_first(at)
        )
        return all(_NARROW.fullmatch(gap) for gap in gaps)


class _Ends:
    """Numbers by their digits, and all their ends that tell whose they are."""

    def __init__(self, numbers: Collection[str]) -> None:
        self._whole = frozenset(numbers)
        self._ends = frozenset(
            one[at:] for one in numbers for at in range(len(one) - FEWEST_DIGITS + 1)
        )

    def __bool__(self) -> bool:
        return bool(self._ends)

    def ending(self, run: _Run, last: int) -> _Place | None:
        """The longest of the numbers that ends with a digit of a run."""
        every = [*self._reaching(run, last)]
        return next((place for place in reversed(every) if self._is_one(run, place)), None)

    def _reaching(self, run: _Run, last: int) -> Iterator[_Place]:
        """All ends of numbers that end with a digit, also with the zeros that are dialled before
        an area."""
        at, zeros = last + 1 - FEWEST_DIGITS, 0
        said = run.digits[at : last + 1] if at >= 0 else ""
        while said in self._ends:
            yield _Place(at, last, said)
            at -= 1
            if at >= 0 and run.digits[at] + said in self._ends:
                said, zeros = run.digits[at] + said, 0
            elif at >= 0 and run.digits[at] == "0" and zeros < _MOST_ZEROS:
                zeros += 1
            else:
                return

    def _is_one(self, run: _Run, place: _Place) -> bool:
        is_whole, is_first = place.said in self._whole, run.is_first(place.first)
        if len(place.said) >= SURELY:
            return is_first or is_whole
        return (
            is_first
            and run.is_narrow(place.first, place.last)
            and (is_whole or not _has_other_area(run, place))
            and not _is_figure(run, place)
        )

    def is_sure(self, place: _Place) -> bool:
        return len(place.said) >= SURELY or place.said in self._whole


class Phones:
    """Numbers to be found in texts; what is one of ``others`` there, or the end of one, is none."""

    def __init__(self, numbers: Iterable[str], others: Iterable[str] = ()) -> None:
        known = {_parts_of(one) for phone in others for one in numbers_in(phone)}
        mine = {_parts_of(one) for phone in numbers for one in numbers_in(phone)} - known
        others_digits = {digits for digits, _ in known}
        self._extended = frozenset((digits[-FEWEST_DIGITS:], more) for digits, more in mine if more)
        self._mine = _Ends({digits for digits, _ in mine})
        self._others = _Ends(others_digits)
        self._short = frozenset(
            digits for digits, _ in mine if 0 < len(digits) < FEWEST_DIGITS
        ).difference(others_digits)

    def __bool__(self) -> bool:
        return bool(self._mine or self._short)

    def may_be_in(self, text: str) -> bool:
        """Whether one of more than a few digits may stand in a text, as it is written or read."""
        return bool(self._mine) and _SEVEN.search(_in_digits(text)) is not None

    def spans(self, text: str) -> Iterator[Number]:
        """Where the numbers stand in a text, in any grouping, with any signs between digits."""
        said = _in_digits(text)
        if self._mine and _SEVEN.search(said):
            for match in _RUN.finditer(said):
                run = _Run(said, *match.span())
                yield from self._in_run(run)
        for match in _SHORT.finditer(said) if self._short else ():
            if _digits(match["number"]) in self._short and _is_said(match):
                start = match.start("plus" if match["plus"] else "number")
                yield Number(start, match.end("number"), is_sure=True)

    def _in_run(self, run: _Run) -> Iterator[Number]:
        for last in range(FEWEST_DIGITS - 1, len(run.digits)):
            place = self._mine.ending(run, last) if run.is_last(last) else None
            if place is not None and not self._is_others(run, place):
                yield _around(run, place, is_sure=self._mine.is_sure(place))

    def _is_others(self, run: _Run, place: _Place) -> bool:
        """Whether a number is another's, of which this is a part, and no extension tells them
        apart."""
        if not self._others:
            return False
        ends = range(place.last, min(place.last + FEWEST_DIGITS, len(run.digits)))
        lasts = [at for at in ends if run.is_last(at)]
        theirs = [self._others.ending(run, last) for last in lasts]
        if not any(one and one.first <= place.first for one in theirs):
            return False
        behind = _BEHIND.match(run.text, run.places[place.last] + 1)
        return behind is None or (
            (place.said[-FEWEST_DIGITS:], behind["number"]) not in self._extended
        )


def numbers_in(phone: str) -> tuple[str, ...]:
    """The numbers that somebody's ``phone`` names, which may be two with a slash between them; a
    slash also parts an area from the rest, and one extension from another."""
    parts = phone.split("/")
    if len(parts) > 1 and all(len(digits_of(part)) >= FEWEST_DIGITS for part in parts):
        return tuple(parts)
    return (phone,)


def digits_of(phone: str) -> str:
    """The digits of a phone number without what stands before an area, and without an extension."""
    return _digits(_EXTENSION.sub("", phone))


def _parts_of(phone: str) -> tuple[str, str]:
    """The digits of a number, and of its extension."""
    bare = phone.replace("(0)", "")
    extension = _EXTENSION.search(bare)
    return digits_of(phone), "".join(filter(str.isdigit, extension[0])) if extension else ""


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text)).lstrip("0")


def _in_digits(text: str) -> str:
    """A text with plain digits for all others, and blanks for signs that an address encodes, each
    in its place."""
    if not text.isascii():
        text = _OTHER_DIGIT.sub(_digit, text)
    if "%" in text:
        text = _ENCODED.sub(lambda sign: " " * len(sign[0]), text)
    return text


def _digit(char: re.Match[str]) -> str:
    return str(unicodedata.digit(char[0], char[0]))


def _is_said(short: re.Match[str]) -> bool:
    """Whether what stands before a short number says that it is one: a plus alone also stands
    before amounts."""
    if short["plus"]:
        return not _is_before_figure(short.string, short.end())
    return short["word"] is None or short["word"].lower() in _WORDS


def _around(run: _Run, place: _Place, *, is_sure: bool) -> Number:
    """A number with its country, brackets and extension."""
    text, start = run.text, run.places[place.first]
    end = run.places[place.last] + 1
    behind = _BEHIND.match(text, end)
    lead = _COUNTRY.search(text[max(0, start - _NEAR) : start])
    before = lead[0] if lead else ""
    if text.count(")", start, end) <= text.count("(", start, end):
        before = before.lstrip("(")  # which is closed behind the number, if at all
    return Number(start - len(before), behind.end() if behind else end, is_sure)


def _is_figure(run: _Run, place: _Place) -> bool:
    """Whether a number is a date, or has beside it what makes it an amount or another's number, and
    no word that says that it is a phone's."""
    start, end = run.places[place.first], run.places[place.last] + 1
    gap, word = _before(run.text, start)
    if _is_called(gap, word):
        return False
    return bool(
        _is_before_figure(run.text, end)
        or (word in CURRENCIES and {*gap}.isdisjoint(",;"))
        or not {*gap}.isdisjoint(_SIGNS)
        or (gap in ("", "-") and word)
        or gap[:1] == "#"
        or _DATE.fullmatch(run.text, start, end)
    )


def _is_before_figure(text: str, end: int) -> bool:
    """Whether behind digits stands what makes them an amount, a part or a longer word."""
    behind = _BEHIND_FIGURE.match(text, end)
    return behind is not None and (not behind["word"] or behind["word"] in CURRENCIES)


def _before(text: str, start: int) -> tuple[str, str]:
    """What stands before a number, sign by sign to the left, and the word before that."""
    back = _BACK.match(text[max(0, start - _NEAR) : start][::-1])
    return (back[1], back[2][::-1]) if back else ("", "")


def _is_called(gap: str, word: str) -> bool:
    return word.lower() in _WORDS or not {*gap}.isdisjoint(_CALLS)


def _has_other_area(run: _Run, place: _Place) -> bool:
    """Whether other digits stand before those of a number, as those of an area."""
    start = run.places[place.first]
    return _AREA_BACK.match(run.text[max(0, start - _NEAR) : start][::-1]) is not None


NO_PHONES = Phones(())
