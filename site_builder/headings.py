"""Notes in Markdown: where they begin, the grammar of their headings, their fields.

A note is a draft of texts and spans here; ``notes`` gives the texts their meaning.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.block_reader import code_rows
from site_builder.diagnostics import Problem, Span
from site_builder.links import without_brackets
from site_builder.model import Direction
from site_builder.places import Places, UsualPlaces
from site_builder.yaml_nodes import Report


class Token(NamedTuple):
    """A word or value of a note, and where it stands."""

    text: str
    span: Span


class NoteField(NamedTuple):
    """A ``name:: value`` line of a note."""

    name: Token
    value: Token


_new = tuple.__new__  # makes a named tuple several times as fast as calling its class


@dataclass(slots=True)
class NoteDraft:
    """A note as written: texts that still have to be understood, and their places."""

    places: Places | UsualPlaces
    date: str
    kind: str
    time: Token | None = None
    stage: str = ""
    direction: Direction = ""
    parties: Sequence[Token] = ()
    by: Token | None = None
    headline: str = ""
    text: str = ""
    text_line: int = 0
    fields: Sequence[NoteField] = ()
    text_column: int = 1
    text_span: Span | None = None
    """Where places in the text have to end, where they are not exact: text in YAML's quotes."""

    @property
    def span(self) -> Span:
        return self.places.whole


# With the line's end before it instead of `^`, for a search for a letter is many times faster.
_SECTION = re.compile(r"\n {0,3}##(?=[ \t]*[0-9]{4}-)")
_LINE_END = re.compile("\n")
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)::(?:[ \t]+(.*)|)")
_DASH = re.compile(r"\s[—–-](?:\s|$)")
_STUCK_DATE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[-_,:;./—–]+|T(?=[0-9])|(?=[a-z]))((?![-_,:;./—–]).*)"
)
_WORD = re.compile(r"\S+")
DIRECTIONS: dict[str, Direction] = {"to": "to", "from": "from", "with": "with"}

# The usual heading in one step; whatever it does not match is read word by word.
_AN_ID = r"((?!(?:-|to|from|with|by)(?: |$))[a-z0-9-]+)"
_HEADING = re.compile(
    r"## ([0-9]{4}-[0-9]{2}-[0-9]{2}) (?:([0-9]{2}:[0-9]{2}) )?"
    rf"(?:stage {_AN_ID}|(?!stage(?: |$))([a-z][a-z-]*))"
    rf"(?: (to|from|with) {_AN_ID})?(?: by {_AN_ID})?(?: [—–-] ([^ ].*))?$"
)


def note_starts(body: str) -> list[int]:
    """Where notes begin: dated second-level headings outside closed code fences."""
    starts = [match.start() for match in _SECTION.finditer("\n" + body)]
    if starts and (fenced := fences(body, has_notes=True)):
        starts = [at for at in starts if not is_within(at, fenced)]
    return starts


def is_within(at: int, stretches: list[tuple[int, int]]) -> bool:
    """Whether a place is inside one of the stretches, which are in order."""
    found = bisect(stretches, (at, 0)) - 1
    return found >= 0 and stretches[found][0] < at < stretches[found][1]


def fences(text: str, *, has_notes: bool = False) -> list[tuple[int, int]]:
    """Where fences of code begin and end, in order, in a text that may be a whole file's, with
    notes; an unclosed one must not swallow those after it."""
    # A single sign is looked for in a fraction of the time, and most texts have none.
    if not (("`" in text and "```" in text) or ("~" in text and "~~~" in text)):
        return []
    rows = code_rows(text, has_notes=has_notes)
    ends = [match.start() for match in _LINE_END.finditer(text)] if rows else []
    ends.append(len(text))
    return [(ends[first - 1] + 1 if first else 0, ends[last]) for first, last in rows]


def markdown_note(
    path: str, body: str, start: int, end: int, row: int, report: Report
) -> NoteDraft | None:
    """The draft of the note that a stretch of ``body`` is, whose heading is in line ``row``;
    None, with a problem reported, where its heading makes no sense."""
    stop = body.find("\n", start, end)
    if stop < 0:
        stop = end
    draft = (
        _usual_heading(path, body, start, stop, row)
        or _Heading(path, body[start:stop], row, report).read()
    )
    if draft is None:
        return None
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


class _Heading:
    """A note's heading read word by word: DATE [HH:MM] KIND [PARTIES] [by PERSON] [— headline]."""

    def __init__(self, path: str, heading: str, row: int, report: Report) -> None:
        self.path, self.row, self.report = path, row, report
        self.whole = Span(path, row, 1, row, len(heading.rstrip()) + 1)
        mark = heading.index("##") + 2
        self.glued = heading[mark : mark + 1] not in (" ", "\t")
        self.mark = mark
        bare = without_brackets(heading)
        dash = _DASH.search(bare, mark)
        self.headline = heading[dash.end() :].strip() if dash else ""
        end = dash.start() if dash else len(heading)
        self.words = deque(
            Token(heading[m.start() : m.end()], Span(path, row, m.start() + 1, row, m.end() + 1))
            for m in _WORD.finditer(bare, mark, end)
        )

    def read(self) -> NoteDraft | None:
        if self.glued:
            self._invalid(
                "A space is missing behind `##`.",
                f"Write `## {self.words[0].text} …`.",
                Span(self.path, self.row, self.mark - 1, self.row, self.mark + 1),
            )
        date = self.words.popleft()
        if (stuck := _STUCK_DATE.fullmatch(date.text)) is not None:
            self._invalid(
                f"`{date.text}` is not a date: something sticks to it.",
                f"Put a space behind the date: `{f'## {stuck[1]} {stuck[2]}'.rstrip()}`.",
                date.span,
            )
            return None
        time = (
            self.words.popleft()
            if self.words and re.match(r"[0-9]{1,2}:", self.words[0].text)
            else None
        )
        if not self.words:
            self._invalid(
                "This note does not say what kind it is.",
                f"Write for example `## {date.text} call — what was said`.",
                self.whole,
            )
            return None
        kind = self.words.popleft()
        stage = self._stage(date, kind) if kind.text == "stage" else None
        places = Places(self.whole, date.span, kind.span, stage.span if stage else None)
        draft = NoteDraft(places, date.text, kind.text, time, headline=self.headline)
        draft.stage = stage.text if stage else ""
        self._parties(draft)
        self._by(draft)
        if self.words:
            self._unexpected(draft)
        return draft

    def _stage(self, date: Token, kind: Token) -> Token | None:
        if self.words:
            return self.words.popleft()
        self._invalid(
            "This stage note does not say which stage.",
            f"Write `## {date.text} stage STAGE-ID`.",
            kind.span,
        )
        return None

    def _parties(self, draft: NoteDraft) -> None:
        if not self.words or self.words[0].text not in ("to", "from", "with"):
            return
        preposition = self.words.popleft()
        draft.direction = DIRECTIONS[preposition.text]
        if self.words and self.words[0].text != "by":
            draft.parties = self._listed()
        if not draft.parties:
            self._invalid(
                f"Nobody is named behind `{preposition.text}`.",
                f"Write `{preposition.text} CONTACT-ID`.",
                preposition.span,
            )

    def _listed(self) -> list[Token]:
        """Takes the words of a list with commas, and returns what stands between those."""
        found: list[Token] = []
        more = True
        while self.words and more and self.words[0].text != "by":
            word = self.words.popleft()
            more = word.text.endswith(",") or (
                bool(self.words) and self.words[0].text.startswith(",")
            )
            found.extend(_split(word))
        return found

    def _by(self, draft: NoteDraft) -> None:
        if not self.words or self.words[0].text != "by":
            return
        by = self.words.popleft()
        named = self._listed()
        if not named:
            self._invalid("Nobody is named behind `by`.", "Write `by PERSON-ID`.", by.span)
            return
        draft.by = named[0]
        if len(named) > 1:
            names = ", ".join(other.text for other in named[1:])
            others = names if draft.direction else f"with {names}"
            self._invalid(
                "Only one person fits behind `by`.",
                f"Write `by {named[0].text}`, and name others as parties before it: `{others}`.",
                named[1].span._replace(end_column=named[-1].span.end_column),
            )

    def _unexpected(self, draft: NoteDraft) -> None:
        first, rest = self.words[0], " ".join(word.text for word in self.words)
        span = first.span._replace(end_column=self.words[-1].span.end_column)
        headline = rest.strip("—–-# ")
        if first.text in DIRECTIONS and draft.by and not draft.direction:
            help = f"Name parties before our person: `{rest} by {draft.by.text}`."
        elif first.text in DIRECTIONS:
            help = "Name all parties behind one `to`, `from` or `with`, and our person behind `by`."
        elif not headline:
            help = f"Remove `{rest}`."
        elif draft.direction and draft.by is None and first.text[0] not in "—–-#":
            help = f"Put commas between parties, and ` — ` before a headline: `— {headline}`."
        else:
            help = f"Put ` — ` before the headline: `— {headline}`."
        self._invalid(f"`{rest}` is not expected here.", help, span)

    def _invalid(self, message: str, help: str, span: Span) -> None:
        self.report(Problem("invalid-note", message, help, span))


def _split(word: Token) -> list[Token]:
    """The ids of ``a,b,`` with their places."""
    column = word.span.column
    found: list[Token] = []
    for part in word.text.split(","):
        if part:
            found.append(
                Token(part, word.span._replace(column=column, end_column=column + len(part)))
            )
        column += len(part) + 1
    return found
