"""How often to be in touch with a contact."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from site_builder.insights.notes_by_contact import Mention
from site_builder.journal.contact import Contact
from site_builder.journal.journal import Journal
from site_builder.journal.schema import Touch


class Rhythm(NamedTuple):
    """How often to be in touch, and by which rule of the journal; none where the contact itself
    says it."""

    every: dt.timedelta
    rule: Touch | None = None


def rhythm(contact: Contact, status: str, journal: Journal) -> Rhythm | None:
    """How often to be in touch with a contact of this status; None where nothing says it.

    Its own `touch-every` wins, then the shortest of the rules that hold for it. The level of a
    company holds for its people.
    """
    if contact.touch_every is not None:
        return Rhythm(contact.touch_every)
    every = journal.schema.follow_up.touch
    holding = (rule for rule in every if _holds(rule, contact, status, journal))
    shortest = min(holding, key=lambda rule: rule.every, default=None)
    return Rhythm(shortest.every, shortest) if shortest else None


def days_left(found: Rhythm, last: Mention | None, today: dt.date) -> int | None:
    """In how many days it is time to be in touch again, counted from the last real contact; less
    than 0 where it was before today, None where there never was any."""
    return (last.note.date - today).days + found.every.days if last else None


def _holds(rule: Touch, contact: Contact, status: str, journal: Journal) -> bool:
    if rule.by == "tag":
        return rule.name in contact.tags
    return rule.name == (status if rule.by == "status" else _level(contact, journal))


def _level(contact: Contact, journal: Journal) -> str:
    company = contact if contact.is_company else journal.contact(contact.company)
    return company.level if company else ""
