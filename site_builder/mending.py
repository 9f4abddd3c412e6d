"""Headings that are nearly those of notes, as they were meant: the line to type instead."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Mapping
from html import unescape
from typing import NamedTuple

from site_builder.characters import plain, plain_dashes
from site_builder.line_slips import quoted
from site_builder.model import Direction, Kind, KindRole, Stage, ids_of
from site_builder.patterns import pattern
from site_builder.people import Directory, People, people_in
from site_builder.reading import is_id, slug
from site_builder.suggest import nearest
from site_builder.written_dates import NO_YEAR, WrittenDate, date_at, weekday_end

_LONGEST = 300
_MOST_READ = 600
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
_EDGES = " \t*_~`\"'“”„«»()[]<>.,:;!|/\\="
_DASHES = "—–-"
_TIME = (
    r"(?i)(?:(?:at|um|@|à) ?)?([0-9]{1,2})(?:[:.h]([0-9]{2})(?::[0-9]{2})?)? ?"
    r"(a\.?m\.?|p\.?m\.?|uhr|o'clock|z)?(?: ?[–—-] ?[0-9]{1,2}(?:[:.h][0-9]{2})? ?"
    r"(?:a\.?m\.?|p\.?m\.?|uhr)?)?(?=[\s,;:)\]>]|$)"
)
_SOLID_TIME = r"([01][0-9]|2[0-3])([0-5][0-9])()(?=\s+(\S+))"
_WORD = r"[^\s,:;()\[\]|—–]+"
_SECOND = r"([^\s,:;()\[\]|—–]+) +([^\s,:;()\[\]|—–]+)"
_GOES_ON = r" *(?:(?:to|from|with|by) |[—–-]|$)"
_HEADLINE = r"(?:^|\s)[—–-](?:\s|$)"
_BEFORE_HEADLINE = r"(?:(?!\s[—–-](?:\s|$)|[—–:|>]).)*"
_LOOSE_HEADLINE = r"(?:\s|^)(?:[—–-]{2,3}|[|>])(?:\s|$)|[:;](?:\s|$)|\s?[—–]\s?"
_SYNONYMS = {
    "mail": "email", "mailed": "email", "phone": "call", "phone-call": "call", "phoned": "call",
    "telephone": "call", "rang": "call", "met": "meeting", "sms": "message", "chat": "message",
    "text": "message", "whatsapp": "message", "quote": "proposal", "quotation": "proposal",
    "bill": "invoice", "paid": "payment", "memo": "note",
}  # fmt: skip
_WAYS: Mapping[str, Direction] = {
    "call": "with", "meeting": "with", "event": "with", "payment": "from", "order": "from",
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


class Heading(NamedTuple):
    """The parts of a heading as they were meant. ``days`` has those that its date can mean;
    ``is_guess`` tells whether it does not say who began, so that the direction is a guess."""

    days: tuple[str, ...] = ()
    time: str = ""
    kind: str = ""
    stage: str = ""
    direction: Direction = ""
    parties: tuple[str, ...] = ()
    by: str = ""
    headline: str = ""
    is_guess: bool = False

    def items(self) -> tuple[str, ...]:
        """The same as items of a list in YAML."""
        stage = self.kind == KindRole.STAGE.value
        pairs = [
            ("time", self.time),
            ("kind", self.kind),
            ("stage", (self.stage or "STAGE-ID") if stage else ""),
            (self.direction, f"[{', '.join(self.parties)}]" if self.parties else ""),
            ("by", self.by),
            ("headline", quoted(self.headline[:_LONGEST]) if self.headline else ""),
        ]
        rest = ", ".join(f"{name}: {value}" for name, value in pairs if value)
        return tuple(f"- {{date: {day}, {rest}}}" for day in self.days)

    def lines(self) -> tuple[str, ...]:
        """The line to type, for each of the days."""
        parts = [self.time, self.kind]
        if self.kind == KindRole.STAGE.value:
            parts.append(self.stage or "STAGE-ID")
        if self.parties:
            parts += [self.direction, ", ".join(self.parties)]
        if self.by:
            parts += ["by", self.by]
        if self.headline:
            cut = self.headline[:_LONGEST].rstrip()
            parts += ["—", cut if len(self.headline) <= _LONGEST else f"{cut} …"]
        rest = " ".join(filter(None, parts))
        return tuple(f"## {day} {rest}" for day in self.days)


def stage_note(path: str, stage: str, day: str = "DATE") -> str:
    """A note into a stage as it is typed into a file: its heading or, in YAML, an item."""
    heading = Heading((day,), kind=KindRole.STAGE.value, stage=stage)
    (typed,) = heading.lines() if path.endswith(".md") else heading.items()
    return typed


class Dated(NamedTuple):
    """The date of a heading, how it is written in plain signs, and the heading without it."""

    date: WrittenDate
    written: str
    rest: str


def dated(text: str, words: Words) -> Dated | None:
    """The date that a heading without its marks begins with, or that stands behind its kind."""
    text = plain(_unescaped(text))
    signs = plain_dashes(text[:_LONGEST])
    begin = _end(_LEAD, signs, 0)
    for at in (begin, *(_end(form, signs, begin) for form in (_BEFORE_DATE, _NUMBER))):
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
    at = _end(_BEFORE_DATE, signs, _end(_LEAD, signs, time.end()))
    found = _dated_at(text, signs, at, words)
    return found and found._replace(rest=f"{time[0]} {found.rest}")


def _behind_kind(text: str, signs: str, begin: int, words: Words) -> Dated | None:
    """The date behind a kind, at once or at the heading's end."""
    first = pattern(_WORD).match(signs, begin)
    if first is None or not words.kind(first[0]):
        return None
    at = weekday_end(signs, _end(_BEHIND_KIND, signs, first.end()))
    date = _date_at(signs, at, words)
    if date is not None and not _is_number(signs, at, date.end):
        rest = f"{text[begin : first.end()]} {text[_behind(signs, date.end) :]}"
        return Dated(date, text[at : date.end], rest)
    for before in pattern(_BEFORE_LAST).finditer(signs, first.end()):
        at = weekday_end(signs, before.end())
        date = _date_at(signs, at, words)
        if date is not None and not text[date.end :].strip(_EDGES):
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
        time, behind = _time_in(text[date.end :], words)
        between = text[first.end() : before.start()].strip(_EDGES)
        if pattern(_ENDS).match(behind) and _says_whom(between, kind, words):
            lead = text[first.start() : before.start()]
            return Dated(date, text[at : date.end], f"{time} {lead} {behind}")
    return None


def _says_whom(text: str, kind: str, words: Words) -> bool:
    """Whether nothing but a time, people, or the stage of a stage note stands in a text."""
    text = _time_in(text, words)[1]
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
    return pattern(_ENTITY).sub(lambda match: unescape(match[0]), text) if "&" in text else text


def _behind(signs: str, end: int) -> int:
    """Where what belongs to a date ends: brackets, quotes and the like."""
    while (match := pattern(_BEHIND_DATE).match(signs, end)) is not None:
        end = match.end()
    return end


def _end(form: str, text: str, at: int) -> int:
    match = pattern(form).match(text, at)
    return match.end() if match else at


def mended(days: tuple[str, ...], rest: str, words: Words) -> Heading:
    """A heading from its days and all that is behind its date. What of it is neither kind nor
    people becomes its headline, so that nothing of it is lost."""
    rest, tail = _opened(plain(rest[:_MOST_READ])), rest[_MOST_READ:]
    time, rest = _time_in(rest, words)
    kind, stage, rest = _kind_in(rest, words)
    if kind and not time:
        time, rest = _time_in(rest, words)
    rest, headline = _split(_with_commas(rest, words))
    people = people_in(rest.strip(), words.people)
    headline = " — ".join(filter(None, (people.rest.strip(_EDGES + _DASHES), headline))) + tail
    made = Heading(days, time, kind or "note", stage, headline=headline)
    return _with_people(made, people, words)


def kind_said(rest: str, words: Words) -> str:
    """The kind of note that stands behind a heading's date, and perhaps its time; nothing where
    it only may be one."""
    begin = _time_in(plain(rest[:_LONGEST]), words)[1].strip(_EDGES + _DASHES)
    return next((kind for kind, _ in _kinds_at(begin, words)), "")


def _opened(text: str) -> str:
    """A heading without the `##` that may close it."""
    stripped = text.rstrip()
    bare = stripped.rstrip("#")
    return text if bare and not bare[-1].isspace() else bare


def _time_in(text: str, words: Words) -> tuple[str, str]:
    """The time of day that a text begins with, as it should be written, and what is behind."""
    begin = text.lstrip(_EDGES)
    begin = begin[weekday_end(begin, 0) :].lstrip(_EDGES)
    solid = pattern(_SOLID_TIME).match(begin)
    match = solid if solid and words.kind(solid[4]) else pattern(_TIME).match(begin)
    if match is None or not (match[2] or match[3]):
        return "", text if begin == text.lstrip(_EDGES) else begin
    hour, half = int(match[1]), (match[3] or "").lower()[:1]
    if half in ("a", "p") and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    minute = match[2] or "00"
    is_time = hour < 24 and int(minute) < 60
    return f"{hour:02}:{minute}" if is_time else "", begin[match.end() :]


def _kind_in(text: str, words: Words) -> tuple[str, str, str]:
    """The kind and the stage that a text begins with, and what is behind them. A text that
    says no kind is all behind."""
    begin = text.lstrip(_EDGES + _DASHES)
    first = pattern(_WORD).match(begin)
    if first is None:
        return "", "", begin
    kind, end = _longest_kind(begin, words)
    if not kind:
        return _second_kind(begin, words) or _bare_stage(begin, words)
    if kind != KindRole.STAGE.value:
        return kind, "", begin[end:]
    rest = begin[end:].lstrip(_EDGES + "→" + _DASHES)
    rest = rest.removeprefix("to ").removeprefix("in ")
    stage, end = _stage_in(rest, words)
    return kind, stage, rest[end:]


def _longest_kind(text: str, words: Words) -> tuple[str, int]:
    for kind, end in _kinds_at(text, words):
        return kind, end
    end = _end(_WORD, text, 0)
    near = nearest(text[:end], words.kinds) if end > 2 and words.people.may_guess else None
    return near or "", end


def _kinds_at(text: str, words: Words) -> Iterator[tuple[str, int]]:
    """The kinds that the first words of a text say, and where those end; the longest first."""
    ends = [match.end() for match, _ in zip(pattern(_WORD).finditer(text), range(3), strict=False)]
    for end in reversed(ends):
        if text[end - 1].isalnum() and (kind := words.kind(text[:end])):
            yield kind, end


def _second_kind(text: str, words: Words) -> tuple[str, str, str] | None:
    """The kind that is the second word, as in `kick-off meeting`."""
    match = pattern(_SECOND).match(text)
    kind = words.kind(match[2]) if match else ""
    if match is None or not kind or kind == KindRole.STAGE.value:
        return None
    if not pattern(_GOES_ON).match(text, match.end()):
        return None
    return kind, "", match[1] + text[match.end() :]


def _bare_stage(text: str, words: Words) -> tuple[str, str, str]:
    """A stage that stands alone in place of a kind."""
    stage, end = _stage_in(text, words, may_guess=False)
    rest = text[end:].lstrip()
    if stage and (not rest or rest[0] in _DASHES or rest.startswith("by ")):
        return KindRole.STAGE.value, stage, text[end:]
    return "", "", text


def _stage_in(text: str, words: Words, may_guess: bool = True) -> tuple[str, int]:
    """The stage that a text begins with, and where that ends."""
    ends = [match.end() for match, _ in zip(pattern(_WORD).finditer(text), range(5), strict=False)]
    for end in reversed(ends):
        if text[end - 1].isalnum() and (stage := words.stage(text[:end])):
            return stage, end
    if not ends or not may_guess:
        return "", 0
    first = text[: ends[0]].strip(_EDGES)
    ids = ids_of(words.stages)
    near = nearest(first, ids)
    found = ids[near] if near else first if is_id(first) else ""
    return found, ends[0] if found else 0


def _with_commas(text: str, words: Words) -> str:
    """A text without the colon before people at its beginning, and a comma for each semicolon
    behind somebody who goes before others."""
    begin = text.lstrip(":; ") if text[:1] in (":", ";") else text
    end = _end(_BEFORE_HEADLINE, begin, 0)
    stretch = begin[:end].replace(";", ",")
    people = people_in(stretch.strip(), words.people)
    if people == People(rest="") or people.rest:
        return text
    return stretch + begin[end:]


def _split(text: str) -> tuple[str, str]:
    """What stands before the headline, and the headline."""
    found = [pattern(form).search(text) for form in (_HEADLINE, _LOOSE_HEADLINE)]
    match = min(filter(None, found), key=lambda match: match.start(), default=None)
    if match is None:
        return text, ""
    return text[: match.start()], text[match.end() :].strip(" \t" + _DASHES)


def _with_people(made: Heading, people: People, words: Words) -> Heading:
    by, parties = people.by[:1], list(people.by[1:])
    direction: Direction = ""
    for way, names in people.parties:
        is_ours = len(names) == 1 and names[0] in words.people.team
        if direction and is_ours and not by:
            by = names
            continue
        direction = "with" if direction and direction != way else way
        parties = [*parties, *names]
    alone = list(people.alone)
    if alone and not by and alone[0] in words.people.team:
        by = (alone.pop(0),)
    is_guess = not direction and bool(alone)
    parties = list(dict.fromkeys([*alone, *parties]))
    if parties and not direction:
        direction = "with" if not is_guess else _WAYS.get(made.kind, "to")
    kind = words.kinds.get(made.kind)
    if kind is not None and kind.role is KindRole.RUNG and (is_guess or direction == "with"):
        direction, is_guess = "from", True
    is_guess = is_guess and made.kind not in _WAYS
    return made._replace(
        direction=direction, parties=tuple(parties), by=by[0] if by else "", is_guess=is_guess
    )
