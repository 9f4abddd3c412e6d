"""Whom to be in touch with, when and why: meetings to follow up, silence after a message, messages
to answer, rhythms, milestones, next steps, deals to wake, renewals, and losses without a reason.

The clock of a file runs from its last real contact. For that of a contact all notes about it
count, wherever they stand; for that of a deal its own. Where that contact is

- a meeting, ``after-meeting`` is due;
- a message of ours, ``no-reply``: after the n-th in a row the n-th wait, and none after the last;
- a message of theirs, ``reply``.

A message is an email or a message `to` or `from` somebody. Any other real contact ends a row of
them. Parked deals owe nothing but to be woken, lost ones but replies and asking why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, takewhile
from typing import Literal, NamedTuple

from site_builder.insights.closings import closings
from site_builder.insights.insights import Insights
from site_builder.insights.named import name_of
from site_builder.insights.reply_times import ReplyTimes, later, message_way, reply_times
from site_builder.insights.touch import rhythm
from site_builder.journal import history
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.field_types import written_duration
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.journal.pipeline import StageType
from site_builder.journal.schema import FollowUp
from site_builder.journal.team import Person

Kind = Literal[
    "after-meeting", "no-reply", "reply", "loop", "touch", "milestone", "next", "wake", "renewal"
]
KINDS: tuple[Kind, ...] = (
    "reply", "after-meeting", "no-reply", "next", "wake", "renewal", "milestone", "loop", "touch",
)  # fmt: skip
"""All kinds, the most pressing first."""
MEETING = "meeting"
LOST_REASON = "lost-reason"
"""Why a lost deal is owed a next step: to ask the customer."""
LAPSES = dt.timedelta(90)
"""So long after a milestone nobody is congratulated on it any more."""


class Due(NamedTuple):
    """Something to do for a deal or contact on a day, and who is to.

    ``why`` is the rule of pipeline.yml, ``no-reply: 4d``, or what is written in the file:
    the next step, the milestone. ``since`` is the day from which the clock runs, ``first`` that of
    the first of ``messages`` in a row; ``note`` is the note in the file of the subject that set it
    going, if one did.
    """

    subject: Deal | Contact
    kind: Kind
    date: dt.date
    person: Person | None
    why: str
    since: dt.date | None = None
    first: dt.date | None = None
    messages: int = 0
    note: Note | None = None

    @property
    def order(self) -> tuple[dt.date, int, str]:
        """Sorts by day, the most pressing of a day first."""
        return self.date, KINDS.index(self.kind), name_of(self.subject)


class _Turn(NamedTuple):
    """Where a conversation stands: its last real contact, which way that went if it is a message,
    and the messages of that way in a row."""

    last: Note
    way: str
    row: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class FollowUps:
    """All that is due, by day, and how fast messages were answered."""

    due: tuple[Due, ...]
    replies: ReplyTimes


def follow_ups(insights: Insights) -> FollowUps:
    """All that is due on any day."""
    return FollowUps(_by_day(_due(insights)), reply_times(insights))


def _due(insights: Insights) -> Iterator[Due]:
    yield from chain.from_iterable(insights.each_deal.having(due_of_deal).values())
    yield from chain.from_iterable(insights.each_contact.having(due_of_contact).values())


def due_with(contact: Contact, insights: Insights) -> tuple[Due, ...]:
    """All that is due for a contact and for the deals that it is part of. Who is to do what is due
    for the contact itself is left open, for that depends on other deals of its company."""
    deals = insights.journal.deals_of.get(contact.id, ())
    found = [due for deal in deals for due in due_of_deal(deal, insights)]
    return _by_day([*found, *insights.each_contact.of(_due_of_contact)[contact.id]])


def _by_day(due: Iterable[Due]) -> tuple[Due, ...]:
    return tuple(sorted(due, key=lambda one: one.order))


def keeper(contact: Contact, insights: Insights) -> Person | None:
    """Who keeps in touch with a contact: its owner or else that of its deal, an open one before the
    others and the one with the newest note first, or else its company's. None if nobody."""
    for one in (contact, insights.journal.contact(contact.company)):
        if one and one.owner:
            return one.owner
        if one and (deal := insights.nearest_deals[one.id]):
            return deal.owner
    return None


def due_of_deal(deal: Deal, insights: Insights) -> tuple[Due, ...]:
    """What of it is due for a deal, by day. It is worked out once."""
    return insights.each_deal.of(_due_of_deal)[deal.id]


def due_of_contact(contact: Contact, insights: Insights) -> tuple[Due, ...]:
    """What of it is due for a contact, by day."""
    found = insights.each_contact.of(_due_of_contact)[contact.id]
    person = keeper(contact, insights) if found else None
    return tuple([due._replace(person=person) for due in found])


def _due_of_deal(deal: Deal, insights: Insights) -> tuple[Due, ...]:
    return _by_day(_of_deal(deal, insights))


def _due_of_contact(contact: Contact, insights: Insights) -> tuple[Due, ...]:
    """What is due for a contact, whoever is to do it."""
    return _by_day(_of_contact(contact, insights))


def _of_deal(deal: Deal, insights: Insights) -> Iterator[Due]:
    subject, rules = deal, insights.journal.schema.follow_up
    match deal.stage.type:
        case StageType.PARKED:
            if deal.wake:
                yield Due(subject, "wake", deal.wake, deal.owner, "wake")
            return
        case StageType.LOST:
            yield from _why_lost(deal, insights)
        case _:
            if deal.next and _is_ahead(deal, insights):
                yield Due(subject, "next", deal.next.date, deal.owner, deal.next.text)
    if deal.renews and deal.stage.type is StageType.WON:
        yield Due(subject, "renewal", deal.renews, deal.owner, "renews")
    turn = _turn([note for note in deal.notes if history.is_contact(note, insights.journal)])
    due = _owed(turn, subject, deal.owner, rules) if turn else None
    if due and (due.kind == "reply" or deal.stage.type is not StageType.LOST):
        yield due


def _is_ahead(deal: Deal, insights: Insights) -> bool:
    """Whether the next step of a deal is one still: of a won one that of a day after the win, for
    what was planned before was to win it."""
    won_on = insights.standings[deal.id].ended_on
    return won_on is None or deal.next is None or deal.next.date > won_on


def _why_lost(deal: Deal, insights: Insights) -> Iterator[Due]:
    loss = closings(deal)[-1]
    if not loss.reason:
        yield Due(deal, "next", loss.day or insights.today, deal.owner, LOST_REASON, loss.day)


def _of_contact(contact: Contact, insights: Insights) -> Iterator[Due]:
    standing, rules = insights.contact_standings[contact.id], insights.journal.schema.follow_up
    last = standing.last.note.date if standing.last else None
    turn = _turn_of_contact(contact, insights)
    due = _owed(turn, contact, None, rules) if turn else None
    if due:
        yield due
    if rules.loop is not None and (won := won_with(contact, insights.journal)):
        wins = [insights.standings[deal.id].ended_on for deal in won]
        since = last or min(filter(None, wins), default=None)
        yield _again("loop", contact, "loop", rules.loop, since, insights.today)
    often = rhythm(contact, standing.status, insights.journal)
    if often:
        rule = f"touch: {often.rule.by} {often.rule.name}" if often.rule else "touch-every"
        yield _again("touch", contact, rule, often.every, last, insights.today)
    yield from _milestones(contact, last, insights.today)


def _again(
    kind: Kind,
    contact: Contact,
    rule: str,
    every: dt.timedelta,
    since: dt.date | None,
    today: dt.date,
) -> Due:
    """Being in touch again so long after a day: today, where there never was one."""
    day = later(since, None, every) if since else today
    return Due(contact, kind, day, None, f"{rule}: {written_duration(every)}", since)


def _milestones(contact: Contact, last: dt.date | None, today: dt.date) -> Iterator[Due]:
    for milestone in contact.milestones:
        is_past = today - milestone.date > LAPSES or (last is not None and last >= milestone.date)
        if not is_past:
            yield Due(contact, "milestone", milestone.date, None, milestone.text)


def won_with(contact: Contact, journal: Journal) -> tuple[Deal, ...]:
    """The won deals after which a contact is kept in the loop: those that name it, and those of
    the company that name nobody."""
    return tuple(
        [
            deal
            for deal in journal.deals_of.get(contact.id, ())
            if deal.stage.type is StageType.WON
            and (not deal.contacts or contact.id in [one.contact for one in deal.contacts])
        ]
    )


def _turn_of_contact(contact: Contact, insights: Insights) -> _Turn | None:
    """Where the conversation with a contact stands, if its last note is in the contact's file."""
    journal = insights.journal
    about = insights.mentions.get(contact.id, ())
    here = takewhile(
        lambda one: one.subject is contact,
        (one for one in reversed(about) if history.is_contact(one.note, journal)),
    )
    return _turn([one.note for one in here][::-1])


def _turn(contacts: Sequence[Note]) -> _Turn | None:
    """Where the conversation of these real contacts, the oldest first, stands."""
    if not contacts:
        return None
    way = message_way(contacts[-1])
    row = tuple(takewhile(lambda note: message_way(note) == way, reversed(contacts)))
    return _Turn(contacts[-1], way, row[::-1])


def _owed(
    turn: _Turn, subject: Deal | Contact, person: Person | None, rules: FollowUp
) -> Due | None:
    """What is due after the last real contact, if anything."""
    rule = _rule(turn, rules)
    if rule is None:
        return None
    kind, name, wait = rule
    last, why = turn.last, f"{name}: {written_duration(wait)}"
    day = later(last.date, last.time, wait)
    first = turn.row[0].date if turn.way else None
    count = len(turn.row) if turn.way else 0
    return Due(subject, kind, day, person, why, last.date, first, count, last)


def _rule(turn: _Turn, rules: FollowUp) -> tuple[Kind, str, dt.timedelta] | None:
    """The rule that holds: its kind, its name in pipeline.yml and how long to wait."""
    if turn.way == "from":
        wait = rules.reply_within
        return ("reply", "reply-within", wait) if wait is not None else None
    if turn.way == "to":
        waits = rules.no_reply[len(turn.row) - 1 : len(turn.row)]
        return ("no-reply", "no-reply", waits[0]) if waits else None
    wait = rules.after_meeting
    is_meeting = turn.last.kind.id == MEETING
    return ("after-meeting", "after-meeting", wait) if is_meeting and wait is not None else None


def of_person(due: Iterable[Due], person: Person | None) -> tuple[Due, ...]:
    """What is for somebody to do, or for nobody."""
    id = person.id if person else None
    return tuple([one for one in due if (one.person.id if one.person else None) == id])
