"""Deals, and who takes part in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from typing import final

from site_builder.journal.money import Money
from site_builder.journal.note import Category, DatedText, Note
from site_builder.journal.pipeline import FieldType, Pipeline, Stage
from site_builder.journal.record import quick
from site_builder.journal.team import Person
from site_builder.problems.problem import Span

FieldValue = str | Decimal | Money | dt.date | dt.timedelta | bool | Person


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
    journal's day: after the last note when loaded, as of a day after ``history.as_of``.

    ``spans`` has the place of every field that was written, also where its value was bad.
    ``gaps`` names required fields without a good value; stand-ins are in their place, for
    the checks' sake, and the journal that views see has no such deal. A deal that ``lacks_notes``
    has not all that are written, for some have no day or could not be read. ``nearly_said`` are the
    fields and steps that lines of its notes seem to set or tick and do not, each of which is told.
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
    nearly_said: frozenset[str] = frozenset()

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
