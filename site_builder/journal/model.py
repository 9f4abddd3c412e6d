"""The nouns of a journal. Everything is frozen, typed, and knows where it was written.

Nothing here reads files or the clock. A contact or deal is referred to by its id,
which the loader has checked: ``journal.contact(id)`` never fails on an id found in a
journal. People, stages and pipelines are referred to directly.

Probabilities are fractions from 0 to 1; durations are ``timedelta``; money is
``Decimal`` with an ISO 4217 code (``XXX``, "no currency", where a journal names none).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Literal, final

from site_builder.journal.note_spans import Places, UsualPlaces
from site_builder.journal.record import quick
from site_builder.journal.repository import NO_REPOSITORY, Repository
from site_builder.problems.problem import Span

NO_CURRENCY = "XXX"


@quick
class Money:
    """An amount in one currency (ISO 4217 code)."""

    amount: Decimal
    currency: str


class StageType(StrEnum):
    """What standing in a stage means for the deal."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    PARKED = "parked"


class Tangibility(StrEnum):
    """Formal and contractual, or informal and human; some notes are neither."""

    TANGIBLE = "tangible"
    INTANGIBLE = "intangible"
    NEITHER = "neither"


class KindRole(StrEnum):
    """What a kind of note does to the state of its deal or contact."""

    EXCHANGE = "exchange"  # an interaction; with the customer unless the kind is `note`
    MARK = "mark"  # milestone, news, referral: something learned, no exchange
    STAGE = "stage"
    RUNG = "rung"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of note, built in or the journal's own."""

    id: str
    tangibility: Tangibility
    role: KindRole = KindRole.EXCHANGE


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the team."""

    id: str
    name: str
    email: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A mini-step of a stage; a required one must be done before a later stage."""

    id: str
    name: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """A stage's target: a fraction, a count or a duration, reached within a time."""

    measure: str
    target: Decimal | dt.timedelta
    within: dt.timedelta | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a pipeline. ``number`` counts from 1 in the pipeline's order.

    ``was`` are the ids it had before, which old notes still have. A ``retired`` stage, in
    which only old notes say that a deal stood, has no number (0), gates or measures.
    """

    id: str
    name: str
    number: int
    type: StageType = StageType.OPEN
    probability: Decimal | None = None
    role: str = ""
    goal: str = ""
    measures: tuple[Measure, ...] = ()
    knowledge: str = ""
    buyer: str = ""
    steps: tuple[Step, ...] = ()
    requires: tuple[str, ...] = ()
    relationship: str = ""
    stale_after: dt.timedelta | None = None
    was: tuple[str, ...] = ()
    retired: bool = False

    @property
    def is_open(self) -> bool:
        return self.type is StageType.OPEN


@dataclass(frozen=True, slots=True)
class FieldType:
    """What a front matter field holds: a type of FORMAT, and a choice's options."""

    name: str
    label: str
    type: str
    options: tuple[str, ...] = ()


def ids_of(stages: Iterable[Stage]) -> dict[str, str]:
    """The ids that stages have today, by all that they have or had."""
    return {id: stage.id for stage in stages for id in (stage.id, *stage.was)}


@dataclass(frozen=True, slots=True)
class Pipeline:
    """An ordered row of stages and the deal fields that go with them."""

    id: str
    name: str
    stages: tuple[Stage, ...]
    fields: tuple[FieldType, ...] = ()

    def stage(self, id: str) -> Stage | None:
        for stage in self.stages:
            if stage.id == id:
                return stage
        return None

    def renamed(self, id: str) -> Stage | None:
        """The stage that had this id before."""
        return next((stage for stage in self.stages if id in stage.was), None)

    @property
    def present(self) -> tuple[Stage, ...]:
        """The stages that a deal can stand in today."""
        return tuple([stage for stage in self.stages if not stage.retired])

    @property
    def first_open(self) -> Stage:
        """Where a deal stands before its first stage note."""
        present = self.present or self.stages
        return next((s for s in present if s.is_open), present[0])


@dataclass(frozen=True, slots=True)
class Touch:
    """How often to be in touch with contacts of a `level`, `tag` or `status` (``by``)."""

    by: str
    name: str
    every: dt.timedelta


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How soon to be in touch again. See `follow-up` in pipeline.yml."""

    after_meeting: dt.timedelta | None = None
    no_reply: tuple[dt.timedelta, ...] = ()
    reply_within: dt.timedelta | None = None
    loop: dt.timedelta | None = None
    touch: tuple[Touch, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What is to be won in a period: `2026`, `2026-Q4` or `2026-11`, perhaps by one person."""

    period: str
    money: Money
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a currency is worth in the journal's own: ``steps`` are days and what it
    is worth from then on, the first day first. Before that day it is worth the same."""

    steps: tuple[tuple[dt.date, Decimal], ...]

    @classmethod
    def always(cls, worth: Decimal) -> Rate:
        """A rate that never changes."""
        return cls(((dt.date.min, worth),))

    def on(self, day: dt.date) -> Decimal:
        """What one unit is worth on a day."""
        worth = self.steps[0][1]
        for since, later in self.steps:
            if since > day:
                break
            worth = later
        return worth


@dataclass(frozen=True, slots=True)
class Schema:
    """pipeline.yml: how this journal's team sells. There is at least one pipeline.

    ``visibility`` is empty where it is missing or wrong: nobody then knows who may read the
    site. ``unsure`` are the parts that could not be read whole: what they lack may be there.
    """

    name: str
    currency: str
    visibility: Literal["private", "public", ""]
    pipelines: tuple[Pipeline, ...]
    team: Mapping[str, Person]
    as_of: dt.date | None = None
    time_zone: str = ""
    fiscal_year_starts: int = 1
    rates: Mapping[str, Rate] = field(default_factory=dict)
    repository: Repository = NO_REPOSITORY
    roles: Mapping[str, str] = field(default_factory=dict)
    lost_reasons: Mapping[str, str] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    rungs: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    follow_up: FollowUp = FollowUp()
    contact_requires: tuple[str, ...] = ()
    unsure: frozenset[str] = frozenset()

    def pipeline(self, id: str) -> Pipeline | None:
        return next((p for p in self.pipelines if p.id == id), None)


FieldValue = str | Decimal | Money | dt.date | dt.timedelta | bool | Person
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


@quick
class Participant:
    """A contact's part in a deal; the role is free text such as `champion`."""

    contact: str
    role: str = ""


@quick
class Extra:
    """The value of a field that the deal's pipeline defines."""

    field: FieldType
    value: FieldValue


@final
@quick
class Deal:
    """A deal. ``notes`` run from the oldest to the newest.

    The fields of state (stage, value, close, probability, category, owner) hold on the
    journal's day: after the last note when loaded, as of a day after ``states.as_of``.

    ``spans`` has the place of every field that was written, also where its value was bad.
    ``gaps`` names required fields without a good value; stand-ins are in their place, for
    the checks' sake, and the journal that views see has no such deal. A deal that ``lacks_notes``
    has not all that are written, for some have no day or could not be read.
    """

    id: str
    path: str
    title: str
    owner: Person
    pipeline: Pipeline
    stage: Stage
    company: str = ""
    contacts: tuple[Participant, ...] = ()
    value: Money | None = None
    probability: Decimal | None = None
    category: Category | None = None
    close: dt.date | None = None
    created: dt.date | None = None
    source: str = ""
    referral: str = ""
    channel: str = ""
    next: DatedText | None = None
    wake: dt.date | None = None
    renews: dt.date | None = None
    need: bool | None = None
    want: bool | None = None
    their_win: str = ""
    our_win: str = ""
    lost_reason: str = ""
    tags: tuple[str, ...] = ()
    extras: tuple[Extra, ...] = ()
    summary: str = ""
    summary_line: int = 0
    notes: tuple[Note, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)
    gaps: tuple[str, ...] = ()
    lacks_notes: bool = False

    @property
    def is_placed(self) -> bool:
        """Whether the stage is the deal's own, not a stand-in for one that is unknown or one that
        is retired, and the notes could be read."""
        gaps = self.gaps
        return not (self.stage.retired or (gaps and ("stage" in gaps or "notes" in gaps)))

    @property
    def main_contact(self) -> str:
        """The id of the first contact, or nothing."""
        return self.contacts[0].contact if self.contacts else ""

    @property
    def people(self) -> tuple[str, ...]:
        """Ids of the company and all contacts of the deal, each once."""
        ids = [self.company] if self.company else []
        return tuple(dict.fromkeys(ids + [c.contact for c in self.contacts]))


@final
@quick
class Contact:
    """A person or a company. ``notes`` run from the oldest to the newest."""

    id: str
    path: str
    name: str
    is_company: bool = False
    company: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    social: tuple[str, ...] = ()
    website: str = ""
    status: str = ""
    level: str = ""
    introduced_by: str = ""
    owner: Person | None = None
    touch_every: dt.timedelta | None = None
    milestones: tuple[DatedText, ...] = ()
    tags: tuple[str, ...] = ()
    summary: str = ""
    summary_line: int = 0
    notes: tuple[Note, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)
    gaps: tuple[str, ...] = ()
    lacks_notes: bool = False


@dataclass(frozen=True)
class Journal:
    """Everything a journal says that could be understood, sorted by id."""

    schema: Schema
    deals: tuple[Deal, ...] = ()
    contacts: tuple[Contact, ...] = ()

    @cached_property
    def deals_by_id(self) -> Mapping[str, Deal]:
        return {d.id: d for d in self.deals}

    @cached_property
    def contacts_by_id(self) -> Mapping[str, Contact]:
        return {c.id: c for c in self.contacts}

    @property
    def subjects(self) -> tuple[Deal | Contact, ...]:
        """Contacts and deals: everything that has notes."""
        return (*self.contacts, *self.deals)

    @cached_property
    def rung_notes(self) -> tuple[Note, ...]:
        """The notes that a rung has been reached."""
        rung = KindRole.RUNG
        return tuple([n for s in self.subjects for n in s.notes if n.kind.role is rung])

    def contact(self, id: str) -> Contact | None:
        """The contact with this id; None where its own file could not be understood."""
        return self.contacts_by_id.get(id)

    @cached_property
    def deals_of(self) -> Mapping[str, tuple[Deal, ...]]:
        """Deals by the id of each company and contact that takes part in them."""
        found: dict[str, list[Deal]] = {}
        for deal in self.deals:
            for id in deal.people:
                found.setdefault(id, []).append(deal)
        return {id: tuple(deals) for id, deals in found.items()}

    @cached_property
    def people_of(self) -> Mapping[str, tuple[Contact, ...]]:
        """The people of each company, by the company's id."""
        found: dict[str, list[Contact]] = {}
        for contact in self.contacts:
            if contact.company:
                found.setdefault(contact.company, []).append(contact)
        return {id: tuple(people) for id, people in found.items()}
