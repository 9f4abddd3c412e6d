"""All that somebody would hand over: their deals and contacts, what they promised, what is due.

Theirs are the deals that they own and the contacts that they keep in touch with. Promised is, in a
deal that is not lost: its next step, unless it is parked; a ``delivery`` by the deadline of its
last proposal, which no delivery followed; a ``payment`` by the day on which its last invoice is
due, which no payment followed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, NamedTuple, TypeVar

from site_builder.insights.follow_ups import Due, follow_ups, keeper
from site_builder.insights.insights import Insights
from site_builder.insights.queues import Queues, Task, queues
from site_builder.insights.share import Share
from site_builder.insights.standing import ContactStanding, Standing
from site_builder.journal import history
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Stage, StageType, Step
from site_builder.journal.team import Person

T = TypeVar("T")

Promise = Literal["next", "delivery", "payment"]
_ORDER = (StageType.OPEN, StageType.PARKED, StageType.WON)


class DealState(NamedTuple):
    """Where a deal stands: since when in its stage, which of its steps are done and which are
    ``left``, what it is worth, the last note of real contact and the newest note of all."""

    id: Deal
    stage: Stage
    since: dt.date | None
    days: int | None
    done: Share
    left: tuple[Step, ...]
    value: Money | None
    close: dt.date | None
    last_contact: Note | None
    last_note: Note | None
    stale: tuple[str, ...]


class ContactState(NamedTuple):
    """Where a contact stands, the day of the last real contact, and in how many open deals it
    takes part."""

    id: Contact
    status: str
    last_contact: dt.date | None
    open_deals: int


class Promised(NamedTuple):
    """What was promised for a day, in the words of the file where it has some."""

    subject: Deal
    what: Promise
    date: dt.date
    text: str = ""
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Handover(Generic[T]):
    """All that is somebody's. ``deals`` tell of the open ones, the most urgent first, then of the
    parked and the won ones; of the lost ones there is the count. ``due`` and ``tasks`` are what is
    theirs of follow-ups and queues."""

    person: Person
    deals: tuple[T, ...]
    lost: int
    contacts: tuple[ContactState, ...]
    promised: tuple[Promised, ...]
    due: tuple[Due, ...]
    tasks: tuple[Task, ...]


class Works(NamedTuple):
    """What is whose, by the ids of people; what is nobody's is left out. Each holds for all, so
    that nobody's is looked for among everybody's."""

    deals: Mapping[str, Sequence[Standing]]
    contacts: Mapping[str, Sequence[ContactStanding]]
    due: Mapping[str, Sequence[Due]]
    tasks: Mapping[str, Sequence[Task]]


def works(insights: Insights, due: Sequence[Due], queued: Queues) -> Works:
    """What is whose of a journal, with its follow-ups and its queues."""
    every_contact = insights.every_contact
    keepers = [keeper(one.contact, insights) for one in every_contact]
    tasks = [task for tasks in queued.roles.values() for task in tasks]
    return Works(
        _by_person((one.deal.owner, one) for one in insights.every_deal),
        _by_person(zip(keepers, every_contact, strict=True)),
        _by_person((one.person, one) for one in due),
        _by_person((one.person, one) for one in tasks),
    )


def _by_person(found: Iterable[tuple[Person | None, T]]) -> dict[str, list[T]]:
    by_person: dict[str, list[T]] = {}
    for person, one in found:
        if person is not None:
            by_person.setdefault(person.id, []).append(one)
    return by_person


def theirs(person: Person, every: Works, tell: Callable[[Standing], T]) -> Handover[T]:
    """All that is somebody's, of what is whose, with what is told of each deal."""
    owned = every.deals.get(person.id, ())
    alive = [one for one in owned if one.deal.stage.type is not StageType.LOST]
    alive.sort(key=lambda one: (_ORDER.index(one.deal.stage.type), one.urgency))
    promised = [promise for one in alive for promise in _promised(one.deal)]
    return Handover(
        person,
        tuple(map(tell, alive)),
        len(owned) - len(alive),
        tuple(map(_contact, every.contacts.get(person.id, ()))),
        tuple(sorted(promised, key=lambda one: (one.date, one.subject.id, one.what))),
        tuple(every.due.get(person.id, ())),
        tuple(every.tasks.get(person.id, ())),
    )


def handover(insights: Insights, person: Person) -> Handover[DealState]:
    """All that is somebody's, with the state of each deal."""
    due = follow_ups(insights).due
    every = works(insights, due, queues(insights, due))
    return theirs(person, every, lambda one: state(one, insights))


def state(one: Standing, insights: Insights) -> DealState:
    """Where a deal stands."""
    deal, ticked = one.deal, history.steps_done(one.deal)
    left = tuple(step for step in deal.stage.steps if step.id not in ticked)
    steps = len(deal.stage.steps)
    return DealState(
        deal,
        deal.stage,
        history.stage_since(deal),
        one.days,
        Share(steps - len(left), steps),
        left,
        one.value,
        deal.close,
        history.last_contact(deal, insights.journal),
        deal.notes[-1] if deal.notes else None,
        tuple(reason.code for reason in one.reasons),
    )


def _contact(one: ContactStanding) -> ContactState:
    last = one.last.note.date if one.last else None
    return ContactState(one.contact, one.status, last, one.open_deals)


def _promised(deal: Deal) -> Iterator[Promised]:
    if deal.next and deal.stage.type is not StageType.PARKED:
        yield Promised(deal, "next", deal.next.date, deal.next.text)
    offer = _last(deal, "proposal", "delivery")
    if offer and isinstance(offer.fields.deadline, dt.date):
        yield Promised(deal, "delivery", offer.fields.deadline, offer.fields.services, offer)
    invoice = _last(deal, "invoice", "payment")
    if invoice and invoice.fields.due:
        yield Promised(deal, "payment", invoice.fields.due, "", invoice)


def _last(deal: Deal, kind: str, follows: str) -> Note | None:
    """The last note of a kind, if none of another follows it."""
    for note in reversed(deal.notes):
        if note.kind.id == follows:
            return None
        if note.kind.id == kind:
            return note
    return None
