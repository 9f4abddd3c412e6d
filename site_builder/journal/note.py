"""Notes: what is written under a date in the file of a deal or contact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from site_builder.journal.kinds import Kind, KindRole
from site_builder.journal.money import Money
from site_builder.journal.note_spans import Places, UsualPlaces
from site_builder.journal.pipeline import Stage, Step
from site_builder.journal.record import quick
from site_builder.journal.team import Person
from site_builder.problems.problem import Span

Category = Literal["commit", "best-case", "pipeline", "omitted"]


@quick
class DatedText:
    """A date and what it is about: a next step, a milestone."""

    date: dt.date
    text: str
    span: Span


@quick
class StepMark:
    """A step ticked in a note, and the text behind its colon."""

    step: Step
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class NoteFields:
    """What a note sets or states, by the name it is written with; and `x-source-id`, which tells
    notes that were imported from one another."""

    value: Money | None = None
    close: dt.date | None = None
    probability: Decimal | None = None
    category: Category | None = None
    owner: Person | None = None
    asked_by: Literal["customer", "us"] | None = None
    override: str = ""
    amount: Money | None = None
    services: str = ""
    terms: str = ""
    deadline: dt.date | str | None = None
    budget: Money | str | None = None
    due: dt.date | None = None
    trigger: str = ""
    learned: str = ""
    who: str = ""
    lost_reason: str = ""
    level: str = ""
    source_id: str = ""


NO_FIELDS = NoteFields()

Direction = Literal["", "to", "from", "with"]


@quick
class Note:
    """One dated note. ``text`` is Markdown without the note's field lines.

    ``parties`` are ids of contacts or of people of the team. A rung note of a contact's
    own file that names nobody has that contact as its party and direction ``from``. ``ordinal``
    counts the notes of its day in its file, from 1. One that is not ``is_whole`` has more written
    in it than is here: what is wrong, or fields of the user's own.
    """

    date: dt.date
    kind: Kind
    places: Places | UsualPlaces
    time: dt.time | None = None
    direction: Direction = ""
    parties: tuple[str, ...] = ()
    by: Person | None = None
    headline: str = ""
    text: str = ""
    fields: NoteFields = NO_FIELDS
    field_spans: Mapping[str, Span] = field(default_factory=dict)
    stage: Stage | None = None
    steps: tuple[StepMark, ...] = ()
    text_line: int = 0
    ordinal: int = 1
    is_whole: bool = True

    @property
    def anchor(self) -> str:
        """Its id on the page of its deal or contact: its date, and a number if it is not the
        first of its day. Notes added later do not change it."""
        return f"note-{self.date}" if self.ordinal == 1 else f"note-{self.date}-{self.ordinal}"

    @property
    def span(self) -> Span:
        return self.places.whole

    @property
    def is_stage(self) -> bool:
        return self.kind.role is KindRole.STAGE

    @property
    def is_rung(self) -> bool:
        return self.kind.role is KindRole.RUNG
