"""The status of contacts: cold, warm, hot, won or lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.standing import ContactStanding
from site_builder.journal.contact import Contact

STATUSES = ("hot", "warm", "cold", "won", "lost")


class OfStatus(NamedTuple):
    """The contacts of a status, those with the newest contact first; ``said`` is of how many of
    them their files say it themselves."""

    status: str
    contacts: tuple[Contact, ...]
    said: int


@dataclass(frozen=True, slots=True)
class ContactStatuses:
    """All contacts by status."""

    statuses: tuple[OfStatus, ...]


def contact_statuses(insights: Insights) -> ContactStatuses:
    """All contacts by status: see ``insights.worked_out_status`` for the rule."""
    found: dict[str, list[Contact]] = {status: [] for status in STATUSES}
    said = dict.fromkeys(STATUSES, 0)
    for one in sorted(insights.every_contact, key=_newest_first):
        found[one.status].append(one.contact)
        said[one.status] += not one.status_worked
    return ContactStatuses(tuple(OfStatus(s, tuple(found[s]), said[s]) for s in STATUSES))


def _newest_first(one: ContactStanding) -> tuple[int, str]:
    return -one.last.note.date.toordinal() if one.last else 0, one.contact.id
