"""Who was forgotten: with whom there was real contact, and then for too long none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from site_builder.insights.follow_ups import won_with
from site_builder.insights.insights import Insights
from site_builder.insights.ladders import Ladders
from site_builder.insights.touch import rhythm
from site_builder.journal.contact import Contact
from site_builder.journal.field_types import written_duration
from site_builder.journal.journal import Journal
from site_builder.journal.pipeline import StageType

FORGOTTEN = dt.timedelta(90)
"""After so long without real contact somebody is forgotten, where nothing says how often to be in
touch."""
MISSED = 2
"""After so many times of what is said otherwise."""


class Forgotten(NamedTuple):
    """Somebody with whom there was no real contact for far longer than ``every``, which follows
    from the rule ``why``; None where nothing says how often."""

    contact: Contact
    last_contact: dt.date
    days: int
    every: dt.timedelta | None
    why: str


def forgotten(found: Mapping[str, Ladders], insights: Insights) -> tuple[Forgotten, ...]:
    """Contacts with whom we have something going, and were in touch with too long ago: the longest
    first. What sleeps is not forgotten, and companies are where their people are."""
    ones = (_forgotten(one, found, insights) for one in insights.journal.contacts)
    return tuple(sorted(filter(None, ones), key=lambda one: (-one.days, one.contact.id)))


def _forgotten(
    contact: Contact, found: Mapping[str, Ladders], insights: Insights
) -> Forgotten | None:
    last = insights.contact_standings[contact.id].last
    if last is None or not _matters(contact, contact.id in found, insights):
        return None
    days = (insights.today - last.note.date).days
    every, why = _rhythm(contact, insights)
    is_long = days > (every * MISSED if every else FORGOTTEN).days
    return Forgotten(contact, last.note.date, days, every, why) if is_long else None


def is_own(contact: Contact, journal: Journal) -> bool:
    """Whether what was said with a contact is not with its people: it is none with people."""
    return not (contact.is_company and journal.people_of.get(contact.id))


def _matters(contact: Contact, is_climber: bool, insights: Insights) -> bool:
    """Whether a contact is part of an open or a won deal; or has reached a rung, and none of its
    deals sleeps."""
    if not is_own(contact, insights.journal):
        return False
    types = {deal.stage.type for deal in insights.journal.deals_of.get(contact.id, ())}
    if types & {StageType.OPEN, StageType.WON}:
        return True
    return is_climber and StageType.PARKED not in types


def _rhythm(contact: Contact, insights: Insights) -> tuple[dt.timedelta | None, str]:
    """How often to be in touch with somebody, and by which rule: the shortest that holds."""
    rules: list[tuple[dt.timedelta | None, str]] = []
    standing, loop = insights.contact_standings[contact.id], insights.journal.schema.follow_up.loop
    often = rhythm(contact, standing.status, insights.journal)
    if often:
        name = f"touch: {often.rule.by} {often.rule.name}" if often.rule else "touch-every"
        rules.append((often.every, f"{name}: {written_duration(often.every)}"))
    if loop is not None and won_with(contact, insights.journal):
        rules.append((loop, f"loop: {written_duration(loop)}"))
    return min(rules, default=(None, ""))
