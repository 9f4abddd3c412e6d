"""Notes in Markdown: where they begin, the grammar of their headings, their fields.

A note is a draft of texts and spans here; ``parse`` gives the texts their meaning.
"""

from __future__ import annotations

import re
from bisect import bisect

from site_builder.journal.note_spans import UsualPlaces
from site_builder.problems.problem import Span
from site_builder.source.heading_words import DIRECTIONS, read_heading
from site_builder.source.note_drafts import NoteDraft, NoteField, Token

_new = tuple.__new__  # makes a named tuple several times as fast as calling its class

# With the line's end before it instead of `^`, for a search for a letter is many times faster.
_SECTION = re.compile(r"\n {0,3}##(?=[ \t]*[0-9]{4}-)")
_LINE_END = re.compile("\n")
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)::(?:[ \t]+(.*)|)")

# The usual heading in one step; whatever it does not match is read word by word.
_AN_ID = r"((?!(?:-|to|from|with|by)(?: |$))[a-z0-9-]+)"
_HEADING = re.compile(
    r"## ([0-9]{4}-[0-9]{2}-[0-9]{2}) (?:([0-9]{2}:[0-9]{2}) )?"
    rf"(?:stage {_AN_ID}|(?!stage(?: |$))([a-z][a-z-]*))"
    rf"(?: (to|from|with) {_AN_ID})?(?: by {_AN_ID})?(?: [—–-] ([^ ].*))?$"
)


def note_starts(body: str) -> list[int]:
    """Where notes begin: dated second-level headings outside closed code fences."""
    starts = section_starts(body)
    if starts and (fenced := fences(body, has_notes=True)):
        starts = [at for at in starts if not is_within(at, fenced)]
    return starts


def section_starts(body: str) -> list[int]:
    """Where dated second-level headings begin, also those in code."""
    return [match.start() for match in _SECTION.finditer("\n" + body)]


def is_within(at: int, stretches: list[tuple[int, int]]) -> bool:
    """Whether a place is inside one of the stretches, which are in order."""
    found = bisect(stretches, (at, 0)) - 1
    return found >= 0 and stretches[found][0] < at < stretches[found][1]


def may_have_fences(text: str) -> bool:
    """Whether there may be fences of code in a text."""
    # A single sign is looked for in a fraction of the time, and most texts have none.
    return ("`" in text and "```" in text) or ("~" in text and "~~~" in text)


def fences(text: str, *, has_notes: bool = False) -> list[tuple[int, int]]:
    """Where fences of code begin and end, in order, in a text that may be a whole file's, with
    notes; an unclosed one must not swallow those after it."""
    if not may_have_fences(text):
        return []
    from site_builder.source.code_blocks import code_rows

    rows = code_rows(text, has_notes=has_notes)
    ends = [match.start() for match in _LINE_END.finditer(text)] if rows else []
    ends.append(len(text))
    return [(ends[first - 1] + 1 if first else 0, ends[last]) for first, last in rows]


def markdown_note(path: str, body: str, start: int, end: int, row: int) -> NoteDraft:
    """The draft of the note that a stretch of ``body`` is, whose heading is in line ``row``."""
    stop = body.find("\n", start, end)
    if stop < 0:
        stop = end
    draft = _usual_heading(path, body, start, stop, row) or read_heading(
        path, body[start:stop], row
    )
    at, line = stop + 1, row + 1
    if not body.startswith("\n", at):
        draft.fields, at = _fields(path, body, at, end, line)
        line += len(draft.fields)
    rest = body[at:end]
    text = rest.lstrip("\n")
    draft.text_line = line + len(rest) - len(text)
    draft.text = text.rstrip()
    return draft


def _usual_heading(path: str, body: str, start: int, stop: int, row: int) -> NoteDraft | None:
    match = _HEADING.match(body, start, stop)
    if match is None:
        return None
    date, time, stage, kind, direction, party, by, headline = match.groups()
    # All stands one blank apart, so that the columns need no looking up.
    column = 21 if time else 15
    kind = kind or "stage"
    kind_end = at = column + len(kind)
    if stage:
        at += 1 + len(stage)
    places = _new(UsualPlaces, (path, row, stop - start + 1, column, kind_end, at if stage else 0))
    parties: tuple[Token, ...] = ()
    if party:
        at += len(direction) + 2
        parties = (_token(path, row, at, party),)
        at += len(party)
    return NoteDraft(
        places,
        date,
        kind,
        _token(path, row, 15, time) if time else None,
        stage or "",
        DIRECTIONS[direction] if direction else "",
        parties,
        _token(path, row, at + 4, by) if by else None,
        headline.rstrip() if headline else "",
    )


def _fields(path: str, body: str, start: int, end: int, row: int) -> tuple[list[NoteField], int]:
    """The lines ``name:: value`` that a stretch of ``body`` begins with, and where they end."""
    found: list[NoteField] = []
    while start < end:
        stop = body.find("\n", start, end)
        if stop < 0:
            stop = end
        match = _FIELD.fullmatch(body, start, stop)
        if match is None:
            break
        value = (match[2] or "").rstrip()
        column = (match.start(2) if match[2] else match.end()) - start + 1
        line = row + len(found)
        found.append(NoteField(_token(path, line, 1, match[1]), _token(path, line, column, value)))
        start = stop + 1
    return found, start


def _token(path: str, line: int, column: int, text: str) -> Token:
    return _new(Token, (text, _new(Span, (path, line, column, line, column + len(text)))))
