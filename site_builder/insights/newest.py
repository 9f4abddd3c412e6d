"""The newest notes of a whole journal."""

from __future__ import annotations

import datetime as dt
from heapq import nlargest
from operator import itemgetter
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.history import Moment, moments
from site_builder.journal.note import Note


class Newest(NamedTuple):
    """A note, and the deal or contact in whose file it stands."""

    subject: Deal | Contact
    note: Note


class _Written(NamedTuple):
    """A deal or contact with notes, and the day of the last."""

    last: dt.date
    subject: Deal | Contact


def newest(insights: Insights, most: int) -> tuple[Newest, ...]:
    """So many notes, the newest first; those of one moment by the paths of their files, the
    last path first."""
    deals, contacts = insights.each_deal.having(_written), insights.each_contact.having(_written)
    written = [*deals.values(), *contacts.values()]
    last = nlargest(most, [one.last for one in written])
    since = last[-1] if len(last) == most else dt.date.min  # there are enough since then
    recent = [one.subject for one in written if one.last >= since]
    found = [row for subject in recent for row in _notes(subject, most)]
    return tuple([row[-1] for row in nlargest(most, found, key=itemgetter(0, 1, 2))])


def _written(subject: Deal | Contact, _insights: Insights) -> _Written | None:
    return _Written(subject.notes[-1].date, subject) if subject.notes else None


def _notes(subject: Deal | Contact, most: int) -> list[tuple[Moment, str, int, Newest]]:
    """The last notes of a file with what sorts them."""
    rows = enumerate(zip(moments(subject.notes), subject.notes, strict=True))
    found = [(moment, subject.path, at, Newest(subject, note)) for at, (moment, note) in rows]
    return found[-most:]
