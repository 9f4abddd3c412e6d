"""Notes as they are written: texts that still have to be understood, and their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.journal.note import Direction
from site_builder.journal.note_spans import Places, UsualPlaces
from site_builder.problems.problem import Span


class Token(NamedTuple):
    """A word or value of a note, and where it stands."""

    text: str
    span: Span


class NoteField(NamedTuple):
    """A ``name:: value`` line of a note."""

    name: Token
    value: Token


def field_sign(path: str) -> str:
    """What stands behind the name of a field in the notes of a file: ``::``, or ``:`` in YAML."""
    return "::" if path.endswith(".md") else ":"


def field_place(path: str) -> str:
    """Where a field of a note of a file is put."""
    return "below this heading" if path.endswith(".md") else "into this note"


def why_in_text(path: str) -> str:
    """What is written, ``why``, and where in the text of a note of a file."""
    return "below this heading why" if path.endswith(".md") else "why into `text` of this note"


class Slip(NamedTuple):
    """What is wrong with a heading, beside its date, time and kind: one sentence, the place,
    and what to say before the line that is to be typed."""

    message: str
    help: str
    span: Span


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
    heading: str = ""
    """The line, where it is not of the usual form."""
    slip: Slip | None = None
    is_whole: bool = True
    """Whether nothing of it was left out, as what is wrong in YAML is."""
    has_any_kind: bool = False
    """Whether nothing tells its kind, so that its fields may be those of any."""

    @property
    def span(self) -> Span:
        return self.places.whole
