"""What pipeline.yml says: how a journal's team sells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from site_builder.journal.audience import Audience
from site_builder.journal.kinds import Kind
from site_builder.journal.money import Money, Rate
from site_builder.journal.pipeline import FieldType, Pipeline, ProbabilityFrom
from site_builder.journal.repository import NO_REPOSITORY, Repository
from site_builder.journal.team import Person
from site_builder.problems.problem import Span


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
class View:
    """A query that is asked for by a name, and where it stands in pipeline.yml."""

    id: str
    name: str
    query: str
    span: Span = field(compare=False)


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
    probability_from: ProbabilityFrom = "best"
    views: tuple[View, ...] = ()
    unsure: frozenset[str] = frozenset()
    audiences: Mapping[str, Audience] = field(default_factory=dict)

    @property
    def reasons_of_loss(self) -> Mapping[str, str]:
        """Why a deal can be lost: the journal's reasons by id, and `other`; none where it names
        none, for then anything may be said."""
        own = self.lost_reasons
        return {**own, "other": own.get("other", "Other")} if own else {}

    @property
    def own_fields(self) -> Mapping[str, FieldType]:
        """The fields of deals that pipelines have of their own, by name."""
        return {own.name: own for p in self.pipelines for own in p.fields}

    def person_at(self, email: str) -> str:
        """The id of the one of the team who has an address; nothing where nobody has it."""
        address = email.lower()
        return next(
            (p.id for p in self.team.values() if address and p.email.lower() == address), ""
        )

    def name_at(self, email: str, otherwise: str) -> str:
        """The name of the one of the team who has an address; ``otherwise`` where nobody has it."""
        id = self.person_at(email)
        return self.team[id].name if id else otherwise

    def pipeline(self, id: str) -> Pipeline | None:
        return next((p for p in self.pipelines if p.id == id), None)
