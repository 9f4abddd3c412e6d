"""Contacts: people and companies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from typing import final

from site_builder.journal.note import DatedText, Note
from site_builder.journal.record import quick
from site_builder.journal.team import Person
from site_builder.problems.problem import Span

PARTICLES = frozenset("al bin da de del della den der di dos du el la le ten ter van von".split())
"""Words within a name, which are small also where names are large."""


@final
@quick
class Contact:
    """A person or a company. ``notes`` run from the oldest to the newest; ``spans``, ``gaps``,
    ``lacks_notes`` and ``nearly_said`` are what they are of deals."""

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
    nearly_said: frozenset[str] = frozenset()

    @property
    def type(self) -> str:
        """What its file calls it: `company` or `person`."""
        return "company" if self.is_company else "person"
