"""The dates of headings that are nearly those of notes: at the beginning, behind a time, behind a
kind, or at the end."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from site_builder.journal.kinds import Kind, KindRole
from site_builder.journal.pipeline import Stage
from site_builder.parse.people import Directory, people_in
from site_builder.parse.reader import slug
from site_builder.problems.characters import plain, plain_dashes
from site_builder.problems.patterns import pattern
from site_builder.problems.written_dates import NO_YEAR, WrittenDate, date_at, weekday_end

LONGEST = 300
EDGES = " \t*_~`\"'“”„«»()[]<>.,:;!|/\\="
DASHES = "—–-"
WORD = r"[^\s,:;()\[\]|—–]+"
_LEAD = r"[\W_]*"
_NUMBER = r"[0-9]{1,3}[.)] +[\W_]*"
_BEFORE_DATE = r"(?i)(?:date|datum|dated|on|am|at|the|le|el)\b[: ]*"
_BEHIND_KIND = r"(?i)[ ]*(?:(?:on|of|am|vom|le|el|the)\b|[^\w\s])*[\W_]*"
_BEFORE_LAST = r"(?i)[,(\[-] *|\b(?:on|am|le|el) "
_BEGINS_PEOPLE = r"(?i)(?:to|from|with|w/|by|mit|avec|con|von|an) "
_MOST_WORDS = 8
_BEHIND_DATE = r"T(?=[0-9])|(?:[^\w\s#-]|_)+|-(?=\S)"
_BEFORE_END = r"(?i)(?:[ ,:;_*]+(?:on|of|at|am|vom|den|le|el|the|dated))?[ ,:;_*(\[]+(?=[^\W_])"
_ENDS = r"[_*)\]]*(?:[ ]?[:—–]|[ ]+-|[ .]*$)"
_ENTITY = r"&#?[0-9A-Za-z]{1,31};"
_TIME = (
    r"(?i)(?:(?:at|um|@|à) ?)?([0-9]{1,2})(?:[:.h]([0-9]{2})(?::[0-9]{2})?)? ?"
    r"(a\.?m\.?|p\.?m\.?|uhr|o'clock|z)?(?: ?[–—-] ?[0-9]{1,2}(?:[:.h][0-9]{2})? ?"
    r"(?:a\.?m\.?|p\.?m\.?|uhr)?)?(?=[\s,;:)\]>]|$)"
)
_SOLID_TIME = r"([01][0-9]|2[0-3])([0-5][0-9])()(?=\s+(\S+))"
_SYNONYMS = {
    "mail": "email", "mailed": "email", "phone": "call", "phone-call": "call", "phoned": "call",
    "telephone": "call", "rang": "call", "met": "meeting", "sms": "message", "chat": "message",
    "text": "message", "whatsapp": "message", "quote": "proposal", "quotation": "proposal",
    "bill": "invoice", "paid": "payment", "memo": "note",
}  # fmt: skip  # fmt: skip


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
    text = plain(_unescaped(text))
    signs = plain_dashes(text[:LONGEST])
    begin = end_of(_LEAD, signs, 0)
    for at in (begin, *(end_of(form, signs, begin) for form in (_BEFORE_DATE, _NUMBER))):
        if (found := _dated_at(text, signs, at, words)) is not None:
            return found
    return _behind_time(text, signs, begin, words) or _behind_kind(text, signs, begin, words)


def _dated_at(text: str, signs: str, at: int, words: Words) -> Dated | None:
    start = weekday_end(signs, at)
    date = _date_at(signs, start, words)
    return date and Dated(date, text[start : date.end], text[_behind(signs, date.end) :])


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
    date = _date_at(signs, at, words)
    if date is not None and not _is_number(signs, at, date.end):
        rest = f"{text[begin : first.end()]} {text[_behind(signs, date.end) :]}"
        return Dated(date, text[at : date.end], rest)
    for before in pattern(_BEFORE_LAST).finditer(signs, first.end()):
        at = weekday_end(signs, before.end())
        date = _date_at(signs, at, words)
        if date is not None and not text[date.end :].strip(EDGES):
            return Dated(date, text[at : date.end], text[begin : before.start()])
    return _at_last(text, signs, first, words)


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
    return signs[at:end].isdigit() or signs[end : end + 1] == "-"


def _unescaped(text: str) -> str:
    """A text with the signs that stand in it as HTML writes them."""
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
