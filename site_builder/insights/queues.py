"""The queue of each role: what its people are to work on.

A deal in an open stage is for the role of that stage: ``outreach`` where there was no real contact
yet, ``proposal`` where it stands where proposals are written and has none, ``dialogue`` otherwise.
Proposals are written in the open stage in which most of the pipeline's deals had their first one,
or else in the one named `proposal`, and what stands later should have one.

Contacts are for two roles: to ``complete`` one that lacks what `contact-requires` names, and the
first ``outreach`` to a person who lacks nothing, was never in contact and is part of no open deal.
One role looks after all: deals ``forgotten``, messages ``unanswered``, ``follow-up`` missed, and a
``note`` missing. These three roles are those usually named so; where a journal has no such role,
contacts are completed by that of the first stage and written to by the next along the stages, and
the role that looks after all is the one that works no open stage.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from site_builder.insights.follow_ups import Due, follow_ups, keeper
from site_builder.insights.insights import Insights
from site_builder.insights.staleness import silent_since
from site_builder.journal import history
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.fields import attribute
from site_builder.journal.kinds import KindRole
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.journal.schema import Schema
from site_builder.journal.team import Person

What = Literal[
    "complete", "outreach", "dialogue", "proposal", "unanswered", "forgotten", "follow-up", "note"
]
WHATS: tuple[What, ...] = (
    "complete", "outreach", "dialogue", "proposal", "unanswered", "forgotten", "follow-up", "note",
)  # fmt: skip
"""All tasks, in the order of the work."""
NO_ROLE = ""
"""The role of what is no role's."""
_PROPOSAL = "proposal"
_NEWS = "news"
_OF_PEOPLE = ("company", "role")
_OF_COMPANIES = ("level",)
_THROUGH_PEOPLE = ("email", "phone")
"""By what a company is reached where one of its people is."""
_SILENT = (KindRole.STAGE, KindRole.CHANGE)
"""What notes do that say nothing of what was said."""


class Task(NamedTuple):
    """Something to work on, and who is to: the owner of a deal, or who keeps in touch with a
    contact. ``since`` is when it began, if anything says. ``lacks`` are the fields that a contact
    lacks, or the kinds of follow-ups that were missed."""

    subject: Deal | Contact
    task: What
    since: dt.date | None
    person: Person | None
    lacks: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, dt.date, str]:
        """Sorts by task, the oldest of each first, and last what has no day."""
        return WHATS.index(self.task), self.since or dt.date.max, self.subject.path


@dataclass(frozen=True, slots=True)
class Queues:
    """The tasks of each role, by its id; of none by an empty one, where there are such."""

    roles: Mapping[str, tuple[Task, ...]]


class Roles(NamedTuple):
    """Who completes contacts, who writes to them first, and who looks after all; nothing for
    nobody."""

    completes: str
    reaches_out: str
    supervises: str


def queues(insights: Insights, due: Sequence[Due] | None = None) -> Queues:
    """The queue of each role. ``due`` are the follow-ups, where they are known."""
    schema = insights.journal.schema
    found: dict[str, list[Task]] = {id: [] for id in role_ids(schema)}
    due = follow_ups(insights).due if due is None else due
    for role, task in _tasks(insights, due):
        found.setdefault(role, []).append(task)
    return Queues(
        {role: tuple(sorted(tasks, key=lambda task: task.order)) for role, tasks in found.items()}
    )


def role_ids(schema: Schema) -> tuple[str, ...]:
    """The roles that a journal names: those that it explains, and those of stages and people."""
    stages = [stage.role for pipeline in schema.pipelines for stage in pipeline.present]
    people = [role for person in schema.team.values() for role in person.roles]
    return tuple(dict.fromkeys([role for role in (*schema.roles, *stages, *people) if role]))


def roles_of(schema: Schema) -> Roles:
    """Who does what is no stage's."""
    known = role_ids(schema)
    along = list(dict.fromkeys([s.role for s in _open_stages(schema) if s.role]))
    idle = [role for role in known if role not in along]
    return Roles(
        _usual("data-miner", known, along[:1]),
        _usual("lead-generator", known, along[1:2] or along[:1]),
        _usual("pipeline-supervisor", known, idle),
    )


def _usual(name: str, known: Iterable[str], others: Sequence[str]) -> str:
    return name if name in known else others[0] if others else NO_ROLE


def _open_stages(schema: Schema) -> Iterator[Stage]:
    for pipeline in schema.pipelines:
        yield from (stage for stage in pipeline.present if stage.is_open)


def _tasks(insights: Insights, due: Sequence[Due]) -> Iterator[tuple[str, Task]]:
    roles = roles_of(insights.journal.schema)
    places = _proposal_places(insights)
    for deal in insights.journal.deals:
        if deal.stage.is_open:
            yield deal.stage.role, _of_deal(deal, places[deal.pipeline.id], insights)
            for task in _wrong(deal, insights):
                yield roles.supervises, task
    for contact in insights.journal.contacts:
        yield from _of_contact(contact, roles, insights)
    for task in _missed(due, insights.today):
        yield roles.supervises, task


def _of_deal(deal: Deal, place: int | None, insights: Insights) -> Task:
    last = history.last_contact(deal, insights.journal)
    if last is None:
        return Task(deal, "outreach", history.created_on(deal), deal.owner)
    is_late = place is not None and deal.stage.number >= place
    if is_late and not any(note.kind.id == _PROPOSAL for note in deal.notes):
        return Task(deal, "proposal", history.stage_since(deal), deal.owner)
    return Task(deal, "dialogue", last.date, deal.owner)


def _proposal_places(insights: Insights) -> dict[str, int | None]:
    """The number of the stage of each pipeline in which proposals are written, if there is one."""
    found: dict[str, Counter[int]] = {p.id: Counter() for p in insights.journal.schema.pipelines}
    for deal in insights.journal.deals:
        stage = _stage_of_proposal(deal)
        if stage is not None and stage.is_open and stage.number:
            found[deal.pipeline.id][stage.number] += 1
    return {p.id: _place(p, found[p.id]) for p in insights.journal.schema.pipelines}


def _place(pipeline: Pipeline, counts: Counter[int]) -> int | None:
    if counts:
        return min(counts, key=lambda number: (-counts[number], number))
    named = pipeline.stage(_PROPOSAL)
    return named.number if named and named.is_open and not named.retired else None


def _stage_of_proposal(deal: Deal) -> Stage | None:
    """The stage in which a deal stood when its first proposal was noted."""
    for place, note in enumerate(deal.notes):
        if note.kind.id == _PROPOSAL:
            before = (one.stage for one in reversed(deal.notes[:place]) if one.stage is not None)
            after = any(one.stage is not None for one in deal.notes)
            return next(before, deal.pipeline.first_open if after else deal.stage)
    return None


def _wrong(deal: Deal, insights: Insights) -> Iterator[Task]:
    """What whoever looks after all sees of an open deal."""
    if any(reason.code == "silent" for reason in insights.standings[deal.id].reasons):
        yield Task(deal, "forgotten", silent_since(deal, insights.journal), deal.owner)
    if not any(note.kind.role not in _SILENT for note in deal.notes):
        yield Task(deal, "note", history.created_on(deal), deal.owner)


def _of_contact(contact: Contact, roles: Roles, insights: Insights) -> Iterator[tuple[str, Task]]:
    about = insights.mentions.get(contact.id, ())
    opened = [d for d in insights.journal.deals_of.get(contact.id, ()) if d.stage.is_open]
    since = min([d for deal in opened if (d := history.created_on(deal))], default=None)
    first = about[0].note.date if about else None
    person = keeper(contact, insights)
    lacks = tuple(lacking(contact, insights))
    if lacks:
        oldest = min([first, since], key=lambda d: d or dt.date.max)
        yield roles.completes, Task(contact, "complete", oldest, person, lacks)
    if contact.is_company:  # its people are written to, and noted about
        return
    if not lacks and not opened and insights.contact_standings[contact.id].last is None:
        yield roles.reaches_out, Task(contact, "outreach", first, person)
    if opened and not about:
        yield roles.supervises, Task(contact, "note", since, person)


def lacking(contact: Contact, insights: Insights) -> Iterator[str]:
    """The fields of `contact-requires` that a contact lacks, of those that it can have: a company
    has neither company nor role, and a person no level. Who reaches one of its people by mail or
    phone reaches a company. News are a note of that kind about it, or in the file of its
    company."""
    others = _OF_PEOPLE if contact.is_company else _OF_COMPANIES
    for name in insights.journal.schema.contact_requires:
        if name not in others and not _has(contact, name, insights):
            yield name


def _has(contact: Contact, name: str, insights: Insights) -> bool:
    if name == _NEWS:
        return _has_news(contact, insights)
    ones = (contact, *_people(contact, insights)) if name in _THROUGH_PEOPLE else (contact,)
    return any(getattr(one, attribute(name), True) for one in ones)  # everybody has a type


def _people(contact: Contact, insights: Insights) -> tuple[Contact, ...]:
    return insights.journal.people_of.get(contact.id, ()) if contact.is_company else ()


def _has_news(contact: Contact, insights: Insights) -> bool:
    company = insights.journal.contact(contact.company)
    about = [mention.note for mention in insights.mentions.get(contact.id, ())]
    notes = (*about, *contact.notes, *(company.notes if company else ()))
    return any(note.kind.id == _NEWS for note in notes)


def _missed(due: Iterable[Due], today: dt.date) -> Iterator[Task]:
    """What is overdue: answers, and once for each file all else."""
    kinds: dict[str, list[Due]] = {}
    for one in due:
        if one.date >= today:
            continue
        if one.kind == "reply":
            yield Task(one.subject, "unanswered", one.first, one.person)
        else:
            kinds.setdefault(one.subject.path, []).append(one)
    for ones in kinds.values():
        lacks = tuple(dict.fromkeys(one.kind for one in ones))
        first = min(one.date for one in ones)
        yield Task(ones[0].subject, "follow-up", first, ones[0].person, lacks)
