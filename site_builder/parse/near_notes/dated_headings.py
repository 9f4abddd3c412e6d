"""The dates of headings that are nearly those of notes: at the beginning, behind a time, behind a
kind, or at the end."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from site_builder.journal.kinds import Kind, KindRole
from site_builder.journal.pipeline import Stage
from site_builder.parse.ids import slug
from site_builder.parse.near_notes.date_slips import first_of_days, last_day, slipped_date
from site_builder.parse.people import Directory, people_in
from site_builder.problems.characters import ODD, plain, plain_dashes
from site_builder.problems.patterns import pattern
from site_builder.problems.written_dates import NO_DAY, NO_YEAR, WrittenDate, date_at, weekday_end

LONGEST = 300
EDGES = " \t*_~`\"'“”„«»()[]<>.,:;!|/\\="
DASHES = "—–-"
WORD = r"[^\s,:;()\[\]|—–]+"
_TAG = r"</?[A-Za-z][^<>\n]{0,20}>"
_LEAD = rf"(?:{_TAG}|\[[xX]\]|[\W_])*+"
_NUMBER = r"(?:[0-9]{1,3}|[A-Za-z])[.)] +[\W_]*"
_BEFORE_DATE = (
    r"(?i)(?:date|datum|dated|on|am|at|the|le|el|circa|ca|c|approx|about|around|vom)\b[.: ]*"
)
_BEHIND_KIND = r"(?i)[ ]*(?:(?:on|of|am|vom|le|el|the)\b|[^\w\s])*[\W_]*"
_BEFORE_LAST = r"(?i)[,(\[] *|(?<=\s)- *|\b(?:on|am|le|el) "
_PLANNED = r"(?i).*\b(?:due|expected|planned|scheduled|valid|ends?|until|till|by|before|from)\W*"
_FRACTION = r"([0-9]{1,2})/([0-9]{1,2})"
_NUMBER_OF = rf"24/7|{_FRACTION}|[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}"
_AS_OF_NOTES = r" *(?:(?:to|from|with|by) |[—–:-]|$)"
_MOVED = (
    r"(?i)(?:moved?|moves|went|entered|enters)(?: from (\S[^0-9]*?)(?= to ))?"
    r"(?: (?:on ?|in)?to)? (\S(?:.*?\S)?)"
    r"[ ,:(\[—–-]{1,3}(?:on )?(?=[0-9])"
)
_UP_TO = r"(?i).*[0-9] ?(?:to|till|until|bis|[—–-])"
_BEGINS_PEOPLE = r"(?i)(?:to|from|with|w/|by|mit|avec|con|von|an) "
_MOST_WORDS = 8
_BEHIND_DATE = rf"\]\([^()\s]*\)|T(?=[0-9])|{_TAG}|(?:[^\w\s#<-]|_)+|<|-(?=\S)"
_BEFORE_END = r"(?i)(?:[ ,:;_*]+(?:on|of|at|am|vom|den|le|el|the|dated))?[ ,:;_*(\[]+(?=[^\W_])"
_ENDS = r"[_*)\]]*(?:[ ]?[:—–]|[ ]+-|[ .]*$)"
_TYPED = r"[ \t]*[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"
_ESCAPED = r"\\([!-/:-@\[-`{-~])"
_ENTITY = r"&#?[0-9A-Za-z]{1,31};"
_TIME = (
    r"(?i)(?:(?:at|um|@|à) ?|t(?=[0-9]))?0{0,2}([0-9]{1,2})"
    r"(?:[:.h]([0-9]{2})(?:[:.][0-9]{2}(?:[.,][0-9]{1,9})?)?(?:h|[+-][0-9]{2}:?00)?)? ?"
    r"(a\.?m\.?|p\.?m\.?|uhr|o'clock|z)?(?: ?[–—-] ?[0-9]{1,2}(?:[:.h][0-9]{2})? ?"
    r"(?:a\.?m\.?|p\.?m\.?|uhr)?)?(?=[\s,;:)\]>]|$)"
)
_SOLID_TIME = r"([01][0-9]|2[0-3]|[0-9](?=[,;]))[,;]?([0-5][0-9])()(?=\s+(\S+))"
_SYNONYMS = {
    "mail": "email", "mailed": "email", "phone": "call", "phone-call": "call", "phoned": "call",
    "telephone": "call", "rang": "call", "met": "meeting", "sms": "message", "chat": "message",
    "text": "message", "whatsapp": "message", "quote": "proposal", "quotation": "proposal",
    "bill": "invoice", "paid": "payment", "memo": "note",
}  # fmt: skip


class Words(NamedTuple):
    """What the words of a heading can mean. ``years`` are those that the file is about,
    ``begun`` the last day that has come."""

    kinds: Mapping[str, Kind]
    stages: tuple[Stage, ...]
    people: Directory
    years: Collection[int] = ()
    begun: dt.date = dt.date.max

    def kind(self, word: str) -> str:
        """The kind that a word says in other letters: `Call`, `E-Mail`, `calls`."""
        folded = slug(word)
        for said in (word, folded, folded.replace("-", ""), folded.removesuffix("s")):
            if said in self.kinds:
                return said
        return kind if (kind := _SYNONYMS.get(folded, "")) in self.kinds else ""

    def stage(self, name: str) -> str:
        """The stage that has this id or name."""
        id = slug(name)
        return next((s.id for s in self.stages if id and id in (s.id, slug(s.name))), "")


class Dated(NamedTuple):
    """The date of a heading, how it is written in plain signs, and the heading without it."""

    date: WrittenDate
    written: str
    rest: str


def dated(text: str, words: Words) -> Dated | None:
    """The date that a heading without its marks begins with, or that stands behind its kind."""
    found = _dated(plain(_unescaped(text)), words)
    if found is not None or text.isascii() or not ODD.search(text[:LONGEST]):
        return found
    typed = [plain(ODD.sub(by, text[:LONGEST])) + text[LONGEST:] for by in ("", "-")]
    return next((_dated(t, words) for t in typed if pattern(_TYPED).match(t)), None)


def _dated(text: str, words: Words) -> Dated | None:
    signs = plain_dashes(text[:LONGEST])
    begin = end_of(_LEAD, signs, 0)
    for at in (begin, *(end_of(form, signs, begin) for form in (_BEFORE_DATE, _NUMBER))):
        if (found := _dated_at(text, signs, at, words)) is not None:
            return found
    return (
        _behind_time(text, signs, begin, words)
        or _behind_kind(text, signs, begin, words)
        or _behind_move(text, signs, begin, words)
        or _with_slip(text, signs, begin, words)
    )


def _dated_at(text: str, signs: str, at: int, words: Words) -> Dated | None:
    start = weekday_end(signs, at)
    several = first_of_days(signs, start, words.years)
    date = several[0] if several else _date_at(signs, start, words)
    if date is None or (not several and _may_be_fraction(signs, start, date.end, words)):
        return None
    last, end = (several[1], date.end) if several else last_day(signs, date, words.years)
    rest = text[_behind(signs, end) :]
    rest = f"{rest.rstrip()} (until {last})" if last else rest
    return Dated(date, text[start : date.end], rest)


def _with_slip(text: str, signs: str, begin: int, words: Words) -> Dated | None:
    """The date whose year or whose hyphens have a slip, as in `202-11-10 call`."""
    date = slipped_date(signs, begin, words.years, words.begun)
    return date and Dated(date, text[begin : date.end], text[_behind(signs, date.end) :])


def _may_be_fraction(signs: str, at: int, end: int, words: Words) -> bool:
    """Whether what looks like a day and its month may be `24/7`, or the `2/3` of something."""
    match = pattern(_FRACTION).fullmatch(signs, at, end)
    if match is None or match[0] == "24/7" or int(match[1]) >= int(match[2]):
        return match is not None and match[0] == "24/7"
    rest = time_in(signs[end:], words)[1].lstrip(EDGES + DASHES)
    kind = pattern(WORD).match(rest)
    return not (kind and words.kind(kind[0]) and pattern(_AS_OF_NOTES).match(rest, kind.end()))


def _behind_time(text: str, signs: str, begin: int, words: Words) -> Dated | None:
    """The date behind a time, as in `09:30 on 2026-11-10 call`."""
    time = pattern(_TIME).match(signs, begin)
    if time is None or not (time[2] or time[3]):
        return None
    at = end_of(_BEFORE_DATE, signs, end_of(_LEAD, signs, time.end()))
    found = _dated_at(text, signs, at, words)
    return found and found._replace(rest=f"{time[0]} {found.rest}")


def _behind_kind(text: str, signs: str, begin: int, words: Words) -> Dated | None:
    """The date behind a kind, at once or at the heading's end."""
    first = pattern(WORD).match(signs, begin)
    if first is None or not words.kind(first[0]):
        return None
    at = weekday_end(signs, end_of(_BEHIND_KIND, signs, first.end()))
    date = _past_at(signs, at, words)
    if date is not None:
        last, end = last_day(signs, date, words.years)
        if last > words.begun.isoformat():
            return None  # which is how long something holds
        rest = f"{text[begin : first.end()]} {text[_behind(signs, end) :]}"
        rest = f"{rest.rstrip()} (until {last})" if last else rest
        return Dated(date, text[at : date.end], rest)
    return _at_end(text, signs, first, words) or _at_last(text, signs, first, words)


def _past_at(signs: str, at: int, words: Words) -> WrittenDate | None:
    """The date at a place behind a kind: no number of an order or the like, and nothing that is
    planned."""
    date = _date_at(signs, at, words)
    if date is None or _is_number(signs, at, date.end):
        return None
    first = min(day.replace(NO_DAY, "01") for day in date.days)
    return None if date.has_year and first > words.begun.isoformat() else date


def _at_end(text: str, signs: str, first: re.Match[str], words: Words) -> Dated | None:
    """The date behind a kind and whatever it was about, as in `Call about prices, 2026-11-10`."""
    for before in pattern(_BEFORE_LAST).finditer(signs, first.end()):
        at = weekday_end(signs, before.end())
        date = _past_at(signs, at, words)
        if date is not None and not text[date.end :].strip(EDGES):
            if pattern(_PLANNED).fullmatch(signs, first.end(), before.start()):
                return None
            return Dated(date, text[at : date.end], text[first.start() : before.start()])
    return None


def _behind_move(text: str, signs: str, begin: int, words: Words) -> Dated | None:
    """The past date behind a move, as in `Moved to offer 2026-11-10`."""
    match = pattern(_MOVED).match(signs, begin)
    stage = words.stage(match[2]) if match else ""
    date = _past_at(signs, match.end(), words) if match and stage else None
    if match is None or date is None or not date.has_year or signs[date.end :].strip(EDGES):
        return None
    came = f" — from {words.stage(match[1]) or match[1]}" if match[1] else ""
    return Dated(date, text[match.end() : date.end], f"{KindRole.STAGE.value} {stage}{came}")


def _at_last(text: str, signs: str, first: re.Match[str], words: Words) -> Dated | None:
    """The past date behind a kind and whom it was with, as in `Call with Jane 2026-11-10`."""
    kind = words.kind(first[0])
    for before in [*pattern(_BEFORE_END).finditer(signs, first.end())][-_MOST_WORDS:]:
        at = weekday_end(signs, before.end())
        date = _date_at(signs, at, words)
        if date is None or not date.has_year or _is_number(signs, at, date.end):
            continue
        if max(date.days) > words.begun.isoformat():
            continue  # which is planned
        if pattern(_UP_TO).fullmatch(signs, first.end(), before.start()):
            continue  # which is how long something held
        time, behind = time_in(text[date.end :], words)
        between = text[first.end() : before.start()].strip(EDGES)
        if pattern(_ENDS).match(behind) and _says_whom(between, kind, words):
            lead = text[first.start() : before.start()]
            return Dated(date, text[at : date.end], f"{time} {lead} {behind}")
    return None


def _says_whom(text: str, kind: str, words: Words) -> bool:
    """Whether nothing but a time, people, or the stage of a stage note stands in a text."""
    text = time_in(text, words)[1]
    if kind == KindRole.STAGE.value:
        return bool(words.stage(text.removeprefix("to ")))
    people = people_in(text, words.people)
    return not people.rest or bool(pattern(_BEGINS_PEOPLE).match(text))


def _date_at(signs: str, at: int, words: Words) -> WrittenDate | None:
    """The date at a place; one that does not say its year is of none that it has not come in."""
    date = date_at(signs, at, words.years)
    if date is None or date.has_year or max(date.days) <= words.begun.isoformat():
        return date
    return date._replace(days=tuple([NO_YEAR + day[4:] for day in date.days]))


def _is_number(signs: str, at: int, end: int) -> bool:
    """Whether what looks like a date may be the number of an order or invoice."""
    if signs[at:end].isdigit() or signs[end : end + 1] == "-":
        return True
    match = pattern(_NUMBER_OF).fullmatch(signs, at, end)
    return match is not None and not (match[1] and int(match[1]) >= int(match[2]))


def _unescaped(text: str) -> str:
    """A text with the signs that stand in it behind a backslash, or as HTML writes them."""
    text = pattern(_ESCAPED).sub(r"\1", text) if "\\" in text else text
    if "&" not in text:
        return text
    from html import unescape

    return pattern(_ENTITY).sub(lambda match: unescape(match[0]), text)


def _behind(signs: str, end: int) -> int:
    """Where what belongs to a date ends: brackets, quotes and the like."""
    while (match := pattern(_BEHIND_DATE).match(signs, end)) is not None:
        end = match.end()
    return end


def end_of(form: str, text: str, at: int) -> int:
    """Where what has this form ends, if it stands at a place of a text; else that place."""
    match = pattern(form).match(text, at)
    return match.end() if match else at


def time_in(text: str, words: Words) -> tuple[str, str]:
    """The time of day that a text begins with, as it should be written, and what is behind."""
    begin = text.lstrip(EDGES)
    begin = begin[weekday_end(begin, 0) :].lstrip(EDGES)
    solid = pattern(_SOLID_TIME).match(begin)
    match = solid if solid and words.kind(solid[4]) else pattern(_TIME).match(begin)
    if match is None or not (match[2] or match[3]):
        return "", text if begin == text.lstrip(EDGES) else begin
    hour, half = int(match[1]), (match[3] or "").lower()[:1]
    if half in ("a", "p") and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    minute = match[2] or "00"
    is_time = hour < 24 and int(minute) < 60
    return f"{hour:02}:{minute}" if is_time else "", begin[match.end() :]
