"""Headings that are nearly those of notes, as they were meant: the line to type instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from site_builder.journal.kinds import WHATEVER, KindRole
from site_builder.journal.note import Direction
from site_builder.journal.pipeline import ids_of
from site_builder.parse.ids import is_id
from site_builder.parse.near_notes.dated_headings import (
    DASHES,
    EDGES,
    LONGEST,
    WORD,
    Words,
    end_of,
    time_in,
)
from site_builder.parse.people import People, people_in
from site_builder.problems.characters import plain, plain_dashes
from site_builder.problems.patterns import pattern
from site_builder.problems.suggest import nearest
from site_builder.source.yaml_values import quoted

ONE_OF_US = "PERSON-ID"
"""Stands behind `by` in place of a contact, who is none of the team."""
_MOST_READ = 600
_SECOND = r"([^\s,:;()\[\]|—–]+) +([^\s,:;()\[\]|—–]+)"
_GOES_ON = r" *(?:(?:to|from|with|by) |[—–-]|$)"
_HEADLINE = r"(?:^|\s)[—–-](?:\s|$)"
_BEFORE_HEADLINE = r"(?:(?!\s[—–-](?:\s|$)|[—–:|>]).)*"
_LOOSE_HEADLINE = r"(?:\s|^)(?:[—–-]{2,3}|[|>])(?:\s|$)|[:;](?:\s|$)|\s?[—–]\s?"
_SHUT_LINK = r"^([^\[\]]*)\]\([^()\s]*\)"
_LINK = r"\[([^\[\]]+)\]\([^()\s]*\)"
_ASKED = r"(?i)\b(to|from|with|by)(?: ?:|-) +(?=\S)"
_IN_BRACKETS = r"(?i)[(\[]((?:to|from|with|by)[: ][^()\[\]]*)[)\]]"
_DASHED = r"(?i)[a-z0-9]+(?:[-—–][a-z0-9]+)+"
_WAY = r"[ ,:]*([=–—-]*>|→|(?:in|on)?to(?= )|from(?= ))[ :]*"
_WENT = frozenset("closed close moved move went now is as in into to the".split())
_WAYS: Mapping[str, Direction] = {
    "call": "with", "meeting": "with", "event": "with", "payment": "from", "order": "from",
}  # fmt: skip


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
            ("headline", quoted(self.headline[:LONGEST]) if self.headline else ""),
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
            cut = self.headline[:LONGEST].rstrip()
            parts += ["—", cut if len(self.headline) <= LONGEST else f"{cut} …"]
        rest = " ".join(filter(None, parts))
        return tuple(f"## {day} {rest}" for day in self.days)


def stage_note(path: str, stage: str, day: str = "DATE") -> str:
    """A note into a stage as it is typed into a file."""
    return typed_note(path, KindRole.STAGE.value, stage, day)


def typed_note(path: str, kind: str, stage: str = "", day: str = "DATE") -> str:
    """A note as it is typed into a file: its heading or, in YAML, an item."""
    heading = Heading((day,), kind=kind, stage=stage)
    (typed,) = heading.lines() if path.endswith(".md") else heading.items()
    return typed


def mended(days: tuple[str, ...], rest: str, words: Words) -> Heading:
    """A heading from its days and all that is behind its date. What of it is neither kind nor
    people becomes its headline, so that nothing of it is lost."""
    rest, tail = _unwrapped(_opened(plain(rest[:_MOST_READ])), words), rest[_MOST_READ:]
    time, rest = time_in(rest, words)
    kind, stage, rest = _kind_in(rest, words)
    if kind and not time:
        time, rest = time_in(rest, words)
    rest, headline = _split(_with_commas(rest, words))
    people = people_in(rest.strip(), words.people._replace(is_all=bool(headline)))
    said = people.rest.strip(EDGES + DASHES)
    said += ")" * (said.count("(") > said.count(")"))
    headline = " — ".join(filter(None, (said, headline))) + tail
    made = Heading(days, time, kind or WHATEVER, stage, headline=headline)
    return _with_people(made, people, words)


def as_written(days: tuple[str, ...], rest: str) -> Heading:
    """A heading whose headline is all that is behind its date, for files in which guessing has
    taken long enough."""
    return Heading(days, kind=WHATEVER, headline=_opened(plain(rest)).strip(EDGES + DASHES))


def kind_said(rest: str, words: Words) -> str:
    """The kind of note that stands behind a heading's date, and perhaps its time; nothing where
    it only may be one."""
    begin = time_in(plain(rest[:LONGEST]), words)[1].strip(EDGES + DASHES)
    return next((kind for kind, _ in _kinds_at(begin, words)), "")


def says_stage(rest: str, words: Words) -> bool:
    """Whether nothing but a stage, and who moved it there, stands behind a heading's date."""
    begin = time_in(plain(rest[:LONGEST]), words)[1].strip(EDGES + DASHES)
    return _bare_stage(begin, words)[0] == KindRole.STAGE.value


def _opened(text: str) -> str:
    """A heading without the `##` that may close it."""
    stripped = text.rstrip()
    bare = stripped.rstrip("#")
    return text if bare and not bare[-1].isspace() else bare


def _unwrapped(text: str, words: Words) -> str:
    """A text whose people, before its headline, stand in no link or bracket and behind no colon,
    their ids in plain hyphens."""
    headline = pattern(_HEADLINE).search(text)
    end = headline.start() if headline else len(text)
    before = pattern(_LINK).sub(r"\1", pattern(_SHUT_LINK).sub(r"\1 ", text[:end]))
    before = pattern(_IN_BRACKETS).sub(lambda match: _of_people(match, words), before)
    before = pattern(_ASKED).sub(r"\1 ", before)
    if not before.isascii():
        before = pattern(_DASHED).sub(lambda match: _in_hyphens(match[0], words), before)
    return before + text[end:]


def _of_people(match: re.Match[str], words: Words) -> str:
    """What stands in brackets, without them where it names people alone."""
    people = people_in(pattern(_ASKED).sub(r"\1 ", match[1]), words.people)
    named = {*people.by, *(name for _, names in people.parties for name in names)}
    is_known = named and all(map(words.people.find, named)) and not (people.rest or people.alone)
    return f" {match[1]} " if is_known else match[0]


def _in_hyphens(word: str, words: Words) -> str:
    id = plain_dashes(word)
    return id if words.people.find(id) else word


def _kind_in(text: str, words: Words) -> tuple[str, str, str]:
    """The kind and the stage that a text begins with, and what is behind them. A text that
    says no kind is all behind."""
    begin = text.lstrip(EDGES + DASHES)
    first = pattern(WORD).match(begin)
    if first is None:
        return "", "", begin
    kind, end = _longest_kind(begin, words)
    if not kind:
        return _second_kind(begin, words) or _bare_stage(begin, words)
    if kind != KindRole.STAGE.value:
        return kind, "", begin[end:]
    rest = begin[end:].lstrip(EDGES + "→" + DASHES)
    rest = rest.removeprefix("to ").removeprefix("in ")
    return kind, *(_move_in(rest, words) or _entered(rest, words))


def _entered(text: str, words: Words) -> tuple[str, str]:
    stage, end = _stage_in(text, words)
    return stage, text[end:]


def _move_in(text: str, words: Words) -> tuple[str, str] | None:
    """The stage that a text says a deal went to, and what is behind, with the stage that it came
    from as words: `offer -> lead`, `from offer to lead`, `lead from offer`."""
    text = text.removeprefix("from ")
    one, end = _stage_in(text, words, may_guess=False)
    way = pattern(_WAY).match(text, end) if one else None
    if way is None:
        return None
    other, length = _stage_in(text[way.end() :], words, may_guess=False)
    to, came = (one, other) if way[1] == "from" else (other, one)
    return (to, f"{text[way.end() + length :]} — from {came}") if other else None


def _longest_kind(text: str, words: Words) -> tuple[str, int]:
    for kind, end in _kinds_at(text, words):
        return kind, end
    end = end_of(WORD, text, 0)
    near = nearest(text[:end], words.kinds) if end > 2 and words.people.may_guess else None
    return near or "", end


def _kinds_at(text: str, words: Words) -> Iterator[tuple[str, int]]:
    """The kinds that the first words of a text say, and where those end; the longest first."""
    ends = [match.end() for match, _ in zip(pattern(WORD).finditer(text), range(3), strict=False)]
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
    if not stage:
        stage, end = _stage_behind(text, words) or ("", 0)
    stage, behind = _move_in(text, words) or (stage, text[end:])
    rest = behind.lstrip()
    if stage and (not rest or rest[0] in DASHES or rest.startswith("by ")):
        return KindRole.STAGE.value, stage, behind
    return "", "", text


def _stage_in(text: str, words: Words, may_guess: bool = True) -> tuple[str, int]:
    """The stage that a text begins with, and where that ends."""
    ends = [match.end() for match in islice(pattern(WORD).finditer(text), 5)]
    for end in reversed(ends):
        if text[end - 1].isalnum() and (stage := words.stage(text[:end])):
            return stage, end
    if not ends or not may_guess:
        return "", 0
    if (went := _stage_behind(text, words)) is not None:
        return went
    first = text[: ends[0]].strip(EDGES)
    ids = ids_of(words.stages)
    near = nearest(first, ids)
    found = ids[near] if near else first if is_id(first) else ""
    return found, ends[0] if found else 0


def _stage_behind(text: str, words: Words) -> tuple[str, int] | None:
    """The stage that stands behind words which only say that the deal went there, as in
    `closed won`; None where none does."""
    at = 0
    for end in [match.end() for match in islice(pattern(WORD).finditer(text), 5)]:
        word = text[at:end].strip(EDGES + DASHES)
        if at and word.lower() not in _WENT:
            stage, length = _stage_in(text[at:], words, may_guess=False)
            return (stage, at + length) if stage else None
        if stage := words.stage(word):
            return stage, end
        if word.lower() not in _WENT:
            return None
        at = end
    return None


def _with_commas(text: str, words: Words) -> str:
    """A text without the colon before people at its beginning, and a comma for each semicolon
    behind somebody who goes before others."""
    begin = text.lstrip(":; ") if text[:1] in (":", ";") else text
    end = end_of(_BEFORE_HEADLINE, begin, 0)
    stretch = begin[:end].replace(";", ",")
    people = people_in(stretch.strip(), words.people)
    if people == People() or people.rest:
        return text
    return stretch + begin[end:]


def _split(text: str) -> tuple[str, str]:
    """What stands before the headline, and the headline."""
    found = [pattern(form).search(text) for form in (_HEADLINE, _LOOSE_HEADLINE)]
    match = min(filter(None, found), key=lambda match: match.start(), default=None)
    if match is None:
        return text, ""
    return text[: match.start()], text[match.end() :].strip(" \t" + DASHES)


def _ours_of(named: tuple[str, ...], words: Words) -> tuple[tuple[str, ...], list[str]]:
    """Who of those named behind `by` it can be, and the others."""
    contacts = [id for id in named if id in words.people.contacts and id not in words.people.team]
    ours = [id for id in named if id not in contacts]
    if ours or not named:
        return tuple(ours[:1]), [id for id in named if id not in ours[:1]]
    return (ONE_OF_US,), contacts[1:]


def _with_people(made: Heading, people: People, words: Words) -> Heading:
    by, parties = _ours_of(people.by, words)
    direction: Direction = ""
    team = words.people.team
    has_others = any(name not in team for _, names in people.parties for name in names)
    for way, names in people.parties:
        is_ours = len(names) == 1 and names[0] in team and len(people.parties) > 1
        if (direction or has_others) and is_ours and not by:
            by = names
            continue
        direction = "with" if direction and direction != way else way
        parties = [*parties, *names]
    alone = list(people.alone)
    if alone and not by and alone[0] in team:
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
