"""How fast messages of customers were answered.

A message waits until we are in touch: of several in a row the first does. It is answered by the
next real contact in its file that is no message of theirs; one in the file of a contact by any
that is about the contact.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple, TypeAlias

from site_builder.insights.insights import Insights
from site_builder.insights.named import name_of
from site_builder.insights.share import Share
from site_builder.journal import history
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note
from site_builder.journal.pipeline import StageType
from site_builder.journal.team import Person

MESSAGES = ("email", "message")
DAY = dt.timedelta(1)
UP_TO = (0, 1, 2, 3, 7, 14)
"""The longest waits in days that stand together: answered on the same day, within one day, …"""


class Reply(NamedTuple):
    """An answered message: who answered it, and after how long. Where one of the two notes has no
    time that is the number of days from the one to the other."""

    subject: Deal | Contact
    message: Note
    person: Person | None
    wait: dt.timedelta


class Unanswered(NamedTuple):
    """The first message in a row that waits for an answer."""

    subject: Deal | Contact
    message: Note


class Waits(NamedTuple):
    """The messages answered within so many days, and later than those of the waits before; the
    last have no limit."""

    up_to: int | None
    replies: tuple[Reply, ...]

    @property
    def n(self) -> int:
        return len(self.replies)


class Answering(NamedTuple):
    """How somebody answered: the share within `reply-within`, and the median in days."""

    person: Person | None
    in_time: Share
    days: float


@dataclass(frozen=True, slots=True)
class ReplyTimes:
    """The answered messages by how long they waited; how many wait, and which these are
    (``unanswered``, the oldest first), parked deals not among them. ``in_time`` are those answered
    ``within`` what pipeline.yml says, or else a day."""

    within: dt.timedelta
    in_time: Share
    days: float | None
    waiting: int
    by_wait: tuple[Waits, ...]
    people: tuple[Answering, ...]
    unanswered: tuple[Unanswered, ...]


_Told: TypeAlias = tuple[list[Reply], list[Unanswered]]


def message_way(note: Note) -> str:
    """``to`` for a message of ours, ``from`` for one of theirs; nothing for what is none."""
    is_message = note.kind.id in MESSAGES and note.direction in ("to", "from")
    return note.direction if is_message else ""


def reply_times(insights: Insights) -> ReplyTimes:
    """How fast all messages of customers were answered."""
    within = insights.journal.schema.follow_up.reply_within
    limit = DAY if within is None else within
    replies: list[Reply] = []
    unanswered: list[Unanswered] = []
    for found, waits in _told(insights):
        replies += found
        unanswered += waits
    unanswered.sort(key=lambda one: (one.message.date, name_of(one.subject)))
    return ReplyTimes(
        limit,
        _in_time(replies, limit),
        _median(replies),
        len(unanswered),
        tuple(_by_wait(replies)),
        tuple(_people(replies, limit)),
        tuple(unanswered),
    )


def later(day: dt.date, time: dt.time | None, wait: dt.timedelta) -> dt.date:
    """The day so long after a day or, where it is known, its time."""
    try:
        return (dt.datetime.combine(day, time or dt.time.min) + wait).date()
    except OverflowError:
        return dt.date.max


def _told(insights: Insights) -> Iterator[_Told]:
    """The answers of each file, and what waits for one."""
    of_deals, of_contacts = insights.each_deal.of(_of_deal), insights.each_contact.of(_of_contact)
    yield from (of_deals[deal.id] for deal in insights.journal.deals)
    yield from (of_contacts[contact.id] for contact in insights.journal.contacts)


def _of_deal(deal: Deal, insights: Insights) -> _Told:
    notes = [(n, True) for n in deal.notes if history.is_contact(n, insights.journal)]
    found, waits = _answered(deal, notes)
    return found, [] if _sleeps(deal) else waits


def _of_contact(contact: Contact, insights: Insights) -> _Told:
    if not any(message_way(note) == "from" for note in contact.notes):
        return [], []
    about = insights.mentions.get(contact.id, ())
    notes = [(o.note, o.subject is contact) for o in about]
    return _answered(
        contact, [one for one in notes if history.is_contact(one[0], insights.journal)]
    )


def _sleeps(deal: Deal) -> bool:
    return deal.stage.type is StageType.PARKED


def _answered(subject: Deal | Contact, notes: Iterable[tuple[Note, bool]]) -> _Told:
    """The answers in a conversation, and the message that waits for one, if one does."""
    found: list[Reply] = []
    asked: Note | None = None
    for note, is_here in notes:
        if message_way(note) == "from":
            asked = asked or (note if is_here else None)
        elif asked is not None:
            person = note.by or subject.owner
            found.append(Reply(subject, asked, person, _wait(asked, note)))
            asked = None
    return found, [] if asked is None else [Unanswered(subject, asked)]


def _wait(asked: Note, answer: Note) -> dt.timedelta:
    if asked.time is None or answer.time is None:
        return answer.date - asked.date
    start = dt.datetime.combine(asked.date, asked.time)
    return max(dt.timedelta(), dt.datetime.combine(answer.date, answer.time) - start)


def _by_wait(replies: list[Reply]) -> Iterator[Waits]:
    found: list[list[Reply]] = [[] for _ in (*UP_TO, None)]
    for one in replies:
        found[_place(one)].append(one)
    return (Waits(up_to, tuple(f)) for up_to, f in zip((*UP_TO, None), found, strict=True))


def _place(one: Reply) -> int:
    """Among the waits; an answer by the clock within less than a day is of the next day, if it is
    not of the same."""
    is_next_day = dt.timedelta() < one.wait < DAY and _crosses_midnight(one)
    days = DAY if is_next_day else one.wait if one.wait >= DAY else dt.timedelta()
    return sum(days > dt.timedelta(up_to) for up_to in UP_TO)


def _crosses_midnight(one: Reply) -> bool:
    asked = dt.datetime.combine(one.message.date, one.message.time or dt.time.min)
    return (asked + one.wait).date() > one.message.date


def _in_time(replies: list[Reply], limit: dt.timedelta) -> Share:
    return Share(sum(one.wait <= limit for one in replies), len(replies))


def _median(replies: list[Reply]) -> float | None:
    return median([one.wait / DAY for one in replies]) if replies else None


def _people(replies: list[Reply], limit: dt.timedelta) -> Iterator[Answering]:
    by_person: dict[str, list[Reply]] = {}
    for one in replies:
        by_person.setdefault(one.person.id if one.person else "", []).append(one)
    for id in sorted(by_person, key=lambda id: (not id, id)):
        theirs = by_person[id]
        days = _median(theirs)
        assert days is not None
        yield Answering(theirs[0].person, _in_time(theirs, limit), days)
