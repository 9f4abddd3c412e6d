"""What is due in words: what to do, for whom, when and by which rule."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Literal, NamedTuple

from site_builder.insights.follow_ups import (
    LOST_REASON,
    Due,
    FollowUps,
    due_of_contact,
    due_of_deal,
    follow_ups,
)
from site_builder.insights.insights import Insights
from site_builder.insights.named import name_of
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note
from site_builder.journal.team import Person
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.links import named, party_link, subject_link
from site_builder.pages.note_paths import note_path
from site_builder.pages.sheet import Cell, Row, Table, texts
from site_builder.problems import counting

State = Literal["overdue", "today", "soon", "later"]
_RHYTHMS = ("loop", "touch")
_OF_DEALS = ("next", "wake")
NOBODY = "."
"""Who has what is nobody's, for scripts: no id of a person."""
SOON = 14
"""What is due within so many days is coming."""


class Task(NamedTuple):
    """What to do, more of it said quietly, and where what set it going is written."""

    text: str
    aside: str = ""
    path: str = ""


def found(context: Context) -> FollowUps:
    """All that is due, worked out once for all pages."""
    return context.facts(follow_ups)


def listed(due: Iterable[Due]) -> tuple[Due, ...]:
    """What pages list of it: of several rhythms of a contact the one that is due first."""
    every = list(due)
    first: dict[str, Due] = {}
    for one in every:
        if one.kind in _RHYTHMS:
            first.setdefault(one.subject.path, one)
    return tuple(
        [
            one
            for one in every
            if first.get(one.subject.path, one) is one or one.kind not in _RHYTHMS
        ]
    )


def else_due(due: Iterable[Due], today: dt.date) -> list[Due]:
    """What of it is due by now, beside the next steps and the waking of deals: those stand beside
    their deals."""
    return [one for one in listed(due) if one.date <= today and one.kind not in _OF_DEALS]


def else_due_now(insights: Insights) -> list[Due]:
    """The same of the whole journal, deal by deal and contact by contact."""
    of_deals = insights.each_deal.having(_else_of_deal).values()
    of_contacts = insights.each_contact.having(_else_of_contact).values()
    return [one for theirs in (*of_deals, *of_contacts) for one in theirs]


def _else_of_deal(deal: Deal, insights: Insights) -> list[Due]:
    return else_due(due_of_deal(deal, insights), insights.today)


def _else_of_contact(contact: Contact, insights: Insights) -> list[Due]:
    return else_due(due_of_contact(contact, insights), insights.today)


def state(due: Due, today: dt.date) -> State:
    """Where its day lies from today."""
    days = (due.date - today).days
    if days == 0:
        return "today"
    return "overdue" if days < 0 else "soon" if days <= SOON else "later"


def status_cell(due: Due, today: dt.date) -> Cell:
    """When it is due, from today, drawn as a status."""
    return Cell(f"due {formats.in_days(due.date, today)}", status=state(due, today))


def subject_cell(due: Due, context: Context) -> Cell:
    """The deal or contact, with the company beside it."""
    subject = due.subject
    text, path, _ = subject_link(subject)
    company = context.companies[subject.company].text
    return Cell(text, path, company if company not in text else "")


def task(due: Due, context: Context) -> Task:
    """What to do."""
    return _TASKS[due.kind](due, context)


def task_cell(due: Due, context: Context) -> Cell:
    """What to do and why, as a cell that leads to what set it going."""
    text, aside, path = task(due, context)
    return Cell(text, path, "; ".join(filter(None, (aside, why(due)))))


def table(label: str, every: Iterable[Due], context: Context) -> Table:
    """What is due, a row each."""
    rows = [
        Row(
            subject_cell(due, context),
            (task_cell(due, context), status_cell(due, context.today)),
            subject=name_of(due.subject),
        )
        for due in every
    ]
    return Table(label, texts("With", "What to do", "Due"), tuple(rows), is_lines=True)


def why(due: Due) -> str:
    """The rule that holds: ``every 30 days``."""
    if due.why == LOST_REASON:
        return "lost, and nothing says why"
    return _WHYS[due.kind].format(_wait(due))


def person_name(person: Person | None) -> str:
    """Who is to do something."""
    return person.name if person else "Nobody"


def _wait(due: Due) -> str:
    """How long the rule waits, as it stands behind its name in pipeline.yml."""
    rule, colon, wait = due.why.rpartition(": ")
    if not colon or due.kind not in _WAITS:
        return ""
    length = _length(wait)
    holds = rule.removeprefix("touch: ")
    return f"{length}: {holds}" if holds != rule else length


def _length(written: str) -> str:
    number, unit = int(written[:-1]), written[-1]
    return formats.short_length(dt.timedelta(hours=number * _HOURS[unit]))


_HOURS = {"h": 1, "d": 24, "w": 168, "m": 720}
_WAITS = ("after-meeting", "no-reply", "reply", "loop", "touch")


def _reply(due: Due, context: Context) -> Task:
    assert due.note is not None
    more = ""
    if due.messages > 1 and due.first:
        more = f"{counting.count(due.messages, 'message')} since {_day(due.first, context)}"
    head = due.note.headline and named(due.note.headline, context.journal)
    text = f"Answer {_whose(due, context)} {due.note.kind.id} of {_day(due.note.date, context)}"
    return Task(text, more or head, _note_path(due, due.note))


def _again(due: Due, context: Context) -> Task:
    assert due.note is not None and due.first is not None
    since = f"since {_day(due.first, context)}" if due.messages > 1 else ""
    which = f"of {_day(due.note.date, context)}"
    count = f"{counting.count(due.messages, 'message')} {since or which} unanswered"
    text = f"Write to {_who(due, context)} again"
    return Task(text, count, _note_path(due, due.note))


def _meeting(due: Due, context: Context) -> Task:
    assert due.note is not None
    text = f"Follow up the meeting of {_day(due.note.date, context)}"
    head = due.note.headline and named(due.note.headline, context.journal)
    return Task(text, head, _note_path(due, due.note))


def _touch(due: Due, context: Context) -> Task:
    standing = context.insights.contact_standings[due.subject.id]
    if standing.last is None:
        return Task("Be in touch", "no contact yet")
    last = standing.last
    return Task(
        "Be in touch",
        f"last contact {_day(last.note.date, context)}",
        note_path(last.subject, last.note),
    )


def _next(due: Due, context: Context) -> Task:
    if due.why == LOST_REASON:
        return Task("Ask them why", f"lost {_day(due.since, context)}" if due.since else "")
    return Task(named(due.why, context.journal))


def _wake(due: Due, context: Context) -> Task:
    deal = due.subject
    since = context.insights.standings[deal.id].days
    return Task("Wake it", f"asleep for {formats.days(since)}" if since is not None else "")


def _renewal(_due: Due, _context: Context) -> Task:
    return Task("Talk about the renewal", "they decide again")


def _milestone(due: Due, context: Context) -> Task:
    return Task(f"Congratulate: {named(due.why, context.journal)}")


_TASKS = {
    "reply": _reply,
    "no-reply": _again,
    "after-meeting": _meeting,
    "loop": _touch,
    "touch": _touch,
    "next": _next,
    "wake": _wake,
    "renewal": _renewal,
    "milestone": _milestone,
}
_WHYS = {
    "reply": "answer within {}",
    "no-reply": "{} of silence",
    "after-meeting": "within {} of a meeting",
    "loop": "every {} after a win",
    "touch": "every {}",
    "next": "next step",
    "wake": "wake date",
    "renewal": "renewal",
    "milestone": "milestone",
}


def _who(due: Due, context: Context) -> str:
    """With whom the note was: by name, or them."""
    note, subject = due.note, due.subject
    parties = note.parties if note else ()
    if parties:
        more = f" and {len(parties) - 1} more" if len(parties) > 1 else ""
        return party_link(context.journal, parties[0]).text + more
    return "them" if isinstance(subject, Deal) else subject.name


def _whose(due: Due, context: Context) -> str:
    who = _who(due, context)
    return "their" if who == "them" else f"{who}'s"


def _day(day: dt.date, context: Context) -> str:
    return formats.near_day(day, context.today)


def _note_path(due: Due, note: Note) -> str:
    return note_path(due.subject, note)
