"""The calendar feeds of what is due: one of all, and one of each of the team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import NamedTuple

from site_builder.insights.follow_ups import Due, of_person
from site_builder.insights.named import name_of
from site_builder.pages import dues
from site_builder.pages.context import Context
from site_builder.pages.follow_ups import HELD
from site_builder.pages.links import feed_path
from site_builder.pages.page import PageKind

_CUT = 12


class Day(NamedTuple):
    """Something to do on a whole day. ``uid`` stays the same while it is the same thing, whatever
    day it moves to."""

    uid: str
    date: dt.date
    title: str
    text: str
    category: str


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar feed as of today."""

    name: str
    today: dt.date
    days: tuple[Day, ...]


def follow_ups_feed(context: Context, key: str) -> Feed:
    """The feed of all, or of the person whose id the key is."""
    schema = context.journal.schema
    due = dues.listed(dues.found(context).due)
    person = schema.team.get(key)
    name = f"Follow-ups: {person.name if person else schema.name}"
    mine = of_person(due, person) if person else due
    days = _days(_nearest(mine, context.today), context, with_names=person is None)
    return Feed(name, context.today, tuple(days))


def _nearest(due: Iterable[Due], today: dt.date) -> list[Due]:
    """What is nearest to today of very much, by day."""
    nearest = sorted(due, key=lambda one: (abs(one.date - today), one.order))
    return sorted(nearest[:HELD], key=lambda one: one.order)


def _days(due: Iterable[Due], context: Context, with_names: bool) -> Iterator[Day]:
    journal = _digest(context.journal.schema.name)
    for one in due:
        yield Day(
            f"{_id(one)}@{journal}.dealog",
            one.date,
            _title(one, context, with_names),
            _text(one, context),
            one.kind,
        )


def _id(due: Due) -> str:
    """The same for the same thing to do, which of most kinds there is one of a file."""
    which = f"-{due.date}-{_digest(due.why)}" if due.kind == "milestone" else ""
    return f"{due.kind}-{name_of(due.subject).replace('/', '-')}{which}"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_CUT]


def _title(due: Due, context: Context, with_name: bool) -> str:
    subject = dues.subject_cell(due, context)
    company = f" ({subject.aside})" if subject.aside else ""
    who = f"{dues.person_name(due.person)}: " if with_name else ""
    return f"{who}{dues.task(due, context).text} – {subject.text}{company}"


def _text(due: Due, context: Context) -> str:
    aside = dues.task(due, context).aside
    why = dues.why(due)
    return "\n".join(filter(None, (aside, f"{why[:1].upper()}{why[1:]}", name_of(due.subject))))


PAGE = PageKind(
    name="follow-ups-feed",
    view=follow_ups_feed,
    keys=lambda context: ("", *sorted(context.journal.schema.team)),
    path=feed_path,
    is_file=True,
    begins=("follow-ups",),
)
