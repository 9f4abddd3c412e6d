"""Headings that look as if they began a note and are only text: each gets a warning that says
what to type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from site_builder.parse.near_notes.in_text import in_text
from site_builder.parse.near_notes.signs import may_have_headings
from site_builder.parse.reader import MAX_GUESSES
from site_builder.parse.reading import Reading
from site_builder.problems.characters import ODD, named, odd_in, plain, plain_dashes
from site_builder.problems.patterns import pattern
from site_builder.problems.suggest import listed
from site_builder.source.comments import comments
from site_builder.source.note_drafts import NoteDraft
from site_builder.source.note_headings import fences, is_within

if TYPE_CHECKING:
    from site_builder.parse.near_notes.dated_headings import Dated
    from site_builder.parse.near_notes.mending import Heading

_MOST_GUESSED = 100
_LONG = 100
_NO_WORD = r"(?:[^\w\n#＃<|`\ufffd]++|[\u115f\u1160\u3164\uffa0])*+"
_MARKED = (
    rf"\n({_NO_WORD}(?:(?:_|[0-9]{{1,9}}[.)](?=[ \t])){_NO_WORD})*+)"
    r"([#＃]{1,6}+)(?=[^\n#＃][^\n]*\d|\d)([^\n]*+)"
)
_UNDERLINED = r"\n([ ]{0,3})()(?=[^\s>|#])(?=[^\n]*\d)([^\n]*+)(?=\n {0,3}(?:=+|-+)[ \t]*(?:\n|$))"
_IN_BLOCK = (
    r"\n([ ]{0,3}(?:>[ ]?|(?:[-*+]|[0-9]{1,9}[.)])[ ]+)++)()(?=[^\s>|#])(?=[^\n]*\d)([^\n]*+)"
    r"(?=\n(?:[ ]{2,}|[ ]{0,3}>[> ]*)(?:=+|-+)[ \t]*(?:\n|$))"
)
_BOLD = r"\n([ ]{0,3})(\*{2,3}|_{2,3})(?=[^\n]*\d)([^\n*_]++)\2[ \t]*+(?=\n|$)"
_BOLD_DATE = r"\n([ ]{0,3})(\*{2,3}|_{2,3})(?=[^\n*_]*\d)([^\n*_]++)\2(?=[^\n]*[^\W\d_])([^\n]*+)"
_ALONE = r"(?:(?<=\n)|(?<![^\n]))\n[^\n]*\n {0,3}-"
_PLAIN_LEAD = r" {0,3}"
_BEGINS = r" {0,3}##[ \t]*[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"
_NOTE = r"[ \t]*[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])"


class _Line(NamedTuple):
    """A line that may be meant as a note's heading: what stands before its text, ``mark`` being
    the signs that make it a heading, and where the mark and the text begin."""

    lead: str
    mark: str
    text: str
    at: int
    text_at: int
    is_alone: bool = False
    """Whether nothing but a line of hyphens below it makes it a heading."""
    is_words: bool = False
    """Whether it is a line of words that only begins in bold."""

    @property
    def is_second_level(self) -> bool:
        return self.is_alone or (
            plain(self.mark) == "##"
            and pattern(_PLAIN_LEAD).fullmatch(plain(self.lead)) is not None
        )


def loose_headings(reading: Reading, draft: NoteDraft) -> list[tuple[int, int]]:
    """Warn of headings that look like those of notes. Where they begin and end, in order."""
    text = f"\n{draft.text}"
    if not may_have_headings(text):
        return []
    found = sorted(_lines(text), key=lambda line: line.at)
    fenced = fences(draft.text) if found else []
    hidden = comments(draft.text, whole=reading.document.joined) if found else []
    meant: list[tuple[int, int]] = []
    for line in found:
        if is_within(line.at, fenced) or is_within(line.at, hidden):
            continue
        if meant and line.at < meant[-1][1]:
            continue  # which is the same line in two forms
        if _is_loose_heading(reading, line, draft):
            meant.append((line.at, line.text_at + len(line.text)))
    return meant


def _is_loose_heading(reading: Reading, line: _Line, draft: NoteDraft) -> bool:
    from site_builder.parse.near_notes.dated_headings import dated
    from site_builder.parse.near_notes.mending import as_written, mended

    words = reading.words if reading.headings_told < _MOST_GUESSED else reading.plain_words
    date = dated(line.text, words)
    if date is None or not (_is_meant(reading, date, line)):
        return False
    reading.headings_told += 1
    is_one_of_many = reading.headings_told > MAX_GUESSES
    heading = (
        as_written(date.date.days, date.rest)
        if is_one_of_many
        else mended(date.date.days, date.rest, words)
    )
    message, at, length = _what_is_wrong(line, date)
    place = in_text(draft, at, length)
    reading.warn("heading-like-note", message, how_to_begin(heading, reading.is_markdown), place)
    return True


def _is_meant(reading: Reading, date: Dated, line: _Line) -> bool:
    """Whether a heading with a date is surely meant as a note: of the second level, with
    the whole date; otherwise, with a kind of note as well."""
    if line.is_second_level and date.date.has_year:
        return True
    last = reading.words.begun.isoformat()
    if line.is_words and not (date.date.has_year and max(date.date.days) <= last):
        return False  # which may be what is planned
    from site_builder.parse.near_notes.mending import kind_said, says_stage

    return bool(kind_said(date.rest, reading.words)) or says_stage(date.rest, reading.words)


def _lines(text: str) -> Iterator[_Line]:
    """The lines of a text with an end before it that look like headings with a number."""
    if "#" in text or "＃" in text:
        for match in pattern(_MARKED).finditer(text):
            if len(match[2]) <= 6:
                yield _line(match)
    if "\n=" in text or "\n--" in text or "\n-\n" in text or text.endswith("\n-"):
        for match in pattern(_UNDERLINED).finditer(text):
            is_alone = pattern(_ALONE).match(text, match.start()) is not None
            yield _line(match)._replace(is_alone=is_alone)
    if "--" in text or "==" in text:
        yield from map(_line, pattern(_IN_BLOCK).finditer(text))
    if "\n**" in text or "\n__" in text:
        yield from _bold_lines(text)


def _bold_lines(text: str) -> Iterator[_Line]:
    for match in pattern(_BOLD).finditer(text):
        yield _line(match)
    for match in pattern(_BOLD_DATE).finditer(text):
        words = f"{match[3]}{' ' * len(match[2])}{match[4]}"
        yield _line(match)._replace(text=words, is_words=True)


def _line(match: re.Match[str]) -> _Line:
    # The text has a line's end before it that the note's does not have.
    return _Line(match[1], match[2], match[3], match.start(2) - 1, match.start(3) - 1)


def _what_is_wrong(line: _Line, date: Dated) -> tuple[str, int, int]:
    """Why a heading begins no note, and where in the text that stands."""
    if odd := (line.is_second_level and _odd_in_note(line)) or _odd_within(line):
        at = line.at - len(line.lead) + f"{line.lead}{line.mark}{line.text}".index(odd)
        return f"This heading is only text: it has {named(odd)}, in it.", at, 1
    where = "" if line.is_second_level else _somewhere_else(plain(line.lead))
    if not where and (line.is_second_level or line.mark[:1] not in ("#", "＃")):
        at = line.text.find(date.written)
        if at >= 0:
            return _only_text(date.written), line.text_at + at, len(date.written)
    if where:
        return f"This heading is only text: it {where}.", line.at, len(line.mark or line.text)
    return _only_text(line.mark or date.written), line.at, len(line.mark or line.text)


def _somewhere_else(lead: str) -> str:
    sign = lead.strip()[:1]
    if sign == ">":
        return "stands in a quote"
    if sign and (sign in "-*+•" or sign.isdigit()):
        return "stands in a list"
    return "is indented as code is" if not sign and (len(lead) > 3 or "\t" in lead) else ""


def _odd_in_note(line: _Line) -> str:
    """The odd character that keeps a line from being a note's heading."""
    date = pattern(_NOTE).match(plain_dashes(line.text[:_LONG]))
    if date is None:
        return ""
    end = next(n for n in range(_LONG + 1) if len(plain_dashes(line.text[:n])) >= date.end())
    return odd_in(f"{line.lead}{line.mark}{line.text[:end]}")


def _odd_within(line: _Line) -> str:
    """The character that nobody sees without which, or with a hyphen for which, a line would be
    a note's heading."""
    shown = f"{line.lead}{line.mark}{line.text[:_LONG]}"
    odd = None if shown.isascii() else ODD.search(shown)
    bare = (plain(ODD.sub(by, shown)) for by in ("", "-")) if odd else ()
    return odd[0] if odd and any(pattern(_BEGINS).match(each) for each in bare) else ""


def _only_text(shown: str) -> str:
    return f"This heading is only text: `{shown}` begins no note."


def how_to_begin(heading: Heading, is_markdown: bool) -> str:
    """A help sentence with what to type so that a heading begins a note."""
    if is_markdown:
        from site_builder.problems.written_dates import NO_DAY

        gap = f", with the day in place of `{NO_DAY}`," if heading.days[0].endswith(NO_DAY) else ""
        return f"Write {told(heading)}{gap} to begin a note."
    return f"Write {listed(heading.items(), ' or ')} below `notes` to begin a note."


def told(heading: Heading) -> str:
    """The line to type, or those that may be meant."""
    lines = heading.lines()
    if heading.is_guess:
        other = heading._replace(direction="to" if heading.direction == "from" else "from")
        lines += other.lines()
    return listed(lines, " or ")
