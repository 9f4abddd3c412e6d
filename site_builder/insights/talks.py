"""Whom a deal is talked about with, and when that was last."""

from __future__ import annotations

from site_builder.insights.insights import Insights
from site_builder.insights.notes_by_contact import Mention
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal


def own_people(deal: Deal, journal: Journal) -> list[str]:
    """The ids of the people of a deal that there are; of one that names none its company, which
    contact with any of its people counts for."""
    known = [one.contact for one in deal.contacts if one.contact in journal.contacts_by_id]
    is_known = deal.company in journal.contacts_by_id
    return list(dict.fromkeys(known)) or ([deal.company] if is_known else [])


def last_talk(id: str, insights: Insights) -> Mention | None:
    """The last real contact with a contact that was not from us alone: what we write and nobody
    answers is no talk."""
    for mention in reversed(insights.mentions.get(id, ())):
        note = mention.note
        if note.direction != "to" and history.is_contact(note, insights.journal):
            return mention
    return None
