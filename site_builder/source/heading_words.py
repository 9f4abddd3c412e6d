"""Headings of notes that are not of the usual form, read word by word:
DATE [HH:MM] KIND [PARTIES] [by PERSON] [— headline]."""

from __future__ import annotations

import re
from collections import deque

from site_builder.journal.note import Direction
from site_builder.journal.note_spans import Places
from site_builder.problems.characters import ODD, named
from site_builder.problems.patterns import late
from site_builder.problems.problem import Span
from site_builder.source.links import without_brackets
from site_builder.source.note_drafts import NoteDraft, Slip, Token

DIRECTIONS: dict[str, Direction] = {"to": "to", "from": "from", "with": "with"}
_DASH = late(r"\s[—–-](?:\s|$)")
STUCK_DATE = late(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[-_,:;./—–]+|T(?=[0-9])|(?=[a-z&]))((?![-_,:;./—–]).*)"
)
"""A date that something sticks to, and what that is."""
DAYS = late(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[/–—-]|\.{2,3})((?:[0-9]{4}-)?(?:[0-9]{1,2}-)?[0-9]{1,2})"
)
"""A date and the last day of what begins on it: ``2026-11-10/12``."""
_LAST_DAY = late(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\S)")
_WORD = late(r"\S+")
_TIME = late(r"0?[0-9]{1,2}(?::.*|[.h][0-9]{2}(?:[ap]\.?m\.?)?|[ap]\.?m\.?)", re.IGNORECASE)
_HALVES = ("am", "a.m.", "pm", "p.m.", "uhr")
_ENDS_LIST = late(r"by|#+")
_NO_ID = late(r"[:;—–()<>]")


def read_heading(path: str, heading: str, row: int) -> NoteDraft:
    """The draft of a note from its heading, with the first slip in it."""
    return _Heading(path, heading, row).read()


class _Heading:
    def __init__(self, path: str, heading: str, row: int) -> None:
        self.path, self.row, self.heading = path, row, heading
        self.whole = Span(path, row, 1, row, len(heading.rstrip()) + 1)
        self.mark = mark = heading.index("##") + 2
        self.slip: Slip | None = None
        bare = without_brackets(heading)
        dash = _DASH.search(bare, mark)
        self.headline = heading[dash.end() :].strip() if dash else ""
        end = dash.start() if dash else len(heading)
        self.words = deque(
            Token(heading[m.start() : m.end()], Span(path, row, m.start() + 1, row, m.end() + 1))
            for m in _WORD.finditer(bare, mark, end)
        )
        if not heading.isascii():
            self._see_through(heading[:end])

    def _see_through(self, text: str) -> None:
        """Looks for a character that nobody sees."""
        for match in ODD.finditer(text):
            if not match[0].isspace():
                place = Span(self.path, self.row, match.start() + 1, self.row, match.end() + 1)
                self._slipped(f"This heading has {named(match[0])}, in it.", "Write", place)
                return

    def read(self) -> NoteDraft:
        if self.heading[self.mark : self.mark + 1] not in (" ", "\t"):
            place = Span(self.path, self.row, self.mark - 1, self.row, self.mark + 1)
            self._slipped("A space is missing behind `##`.", "Write", place)
        date = self.words.popleft()
        if STUCK_DATE.fullmatch(date.text) is not None:
            message, help = "something sticks to it", "Put a space behind the date:"
            if DAYS.fullmatch(date.text):
                message, help = "a note is of one day", "Write the first day:"
            self._slipped(f"`{date.text}` is not a date: {message}.", help, date.span)
        time = self._time()
        kind = self.words.popleft() if self.words else None
        if kind is None:
            message, help = "This note does not say what kind it is.", "Write for example"
            if _LAST_DAY.match(self.headline):
                message, help = "A note is of one day.", "Write the first one:"
            self._slipped(message, help, self.whole)
            kind = Token("", self.whole)
        stage = self._stage(kind) if kind.text == "stage" else None
        places = Places(self.whole, date.span, kind.span, stage.span if stage else None)
        draft = NoteDraft(places, date.text, kind.text, time, headline=self.headline)
        draft.stage = stage.text if stage else ""
        self._parties(draft)
        self._by(draft)
        if self.words:
            self._unexpected(draft)
        draft.heading, draft.slip = self.heading, self.slip
        return draft

    def _time(self) -> Token | None:
        if not self.words or not _TIME.fullmatch(self.words[0].text):
            if len(self.words) < 2 or self.words[1].text.lower() not in _HALVES:
                return None
            hour, half = self.words.popleft(), self.words.popleft()
            span = hour.span._replace(end_column=half.span.end_column)
            return Token(f"{hour.text} {half.text}", span)
        return self.words.popleft()

    def _stage(self, kind: Token) -> Token | None:
        if self.words:
            stage = self.words.popleft()
            if _NO_ID.search(stage.text):
                self._slipped(f"`{stage.text}` is not the id of a stage.", "Write", stage.span)
            return stage
        self._slipped("This stage note does not say which stage.", "Name the stage:", kind.span)
        return None

    def _parties(self, draft: NoteDraft) -> None:
        if not self.words or self.words[0].text not in DIRECTIONS:
            return
        preposition = self.words.popleft()
        if self.words:
            draft.parties = self._listed()
        draft.direction = DIRECTIONS[preposition.text]
        if draft.parties:
            return
        self._slipped(
            f"Nobody is named behind `{preposition.text}`.",
            f"Write `{preposition.text} CONTACT-ID`, or else:",
            preposition.span,
        )

    def _listed(self) -> list[Token]:
        """Takes the words of a list with commas, and returns what stands between those."""
        found: list[Token] = []
        more = True
        while self.words and more and not _ENDS_LIST.fullmatch(self.words[0].text):
            word = self.words.popleft()
            more = word.text.endswith(",") or (
                bool(self.words) and self.words[0].text.startswith(",")
            )
            found.extend(_split(word))
        for name in found:
            if _NO_ID.search(name.text):
                self._slipped(f"`{name.text}` is nobody's id.", "Write", name.span)
        return found

    def _by(self, draft: NoteDraft) -> None:
        if not self.words or self.words[0].text != "by":
            return
        by = self.words.popleft()
        named = self._listed()
        if not named:
            help = "Write `by PERSON-ID`, or leave `by` out:"
            self._slipped("Nobody is named behind `by`.", help, by.span)
            return
        draft.by = named[0]
        if len(named) > 1:
            self._slipped(
                "Only one person fits behind `by`.",
                f"Write `by {named[0].text}`, and name others as parties before it:",
                named[1].span._replace(end_column=named[-1].span.end_column),
            )

    def _unexpected(self, draft: NoteDraft) -> None:
        first, rest = self.words[0], " ".join(word.text for word in self.words)
        span = first.span._replace(end_column=self.words[-1].span.end_column)
        headline = rest.strip("—–-# ")
        if first.text in DIRECTIONS and draft.by and not draft.direction:
            help = "Name parties before our person:"
        elif first.text in DIRECTIONS:
            help = "Name all parties behind one `to`, `from` or `with`, and our person behind `by`:"
        elif not headline:
            help = f"Remove `{rest}`:"
        else:
            help = "Write"
        self._slipped(f"`{rest}` is not expected here.", help, span)

    def _slipped(self, message: str, help: str, span: Span) -> None:
        self.slip = self.slip or Slip(message, help, span)


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
