"""Who writes and who answers: the messages between us and a contact.

A message of ours is answered by the next real contact that is not from us alone, and so are those
before it; one of theirs by the next real contact that is no message of theirs.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.notes_by_contact import Mention
from site_builder.insights.reply_times import message_way
from site_builder.journal import history
from site_builder.journal.schema import FollowUp

WAITS = 3
"""How often a message is followed up where pipeline.yml does not say."""


class Messages(NamedTuple):
    """How many messages went to a contact (``sent``), how many of these are ``answered``, and the
    day of the first that is not (``since``); how many came from it (``received``), and how many of
    these wait for us (``waiting``). ``last`` is the last real contact."""

    sent: int = 0
    answered: int = 0
    since: dt.date | None = None
    received: int = 0
    waiting: int = 0
    last: Mention | None = None


def messages_with(id: str, insights: Insights) -> Messages:
    """The messages between us and the contact of an id: all that are about it, so that those with
    a company's people are the company's too."""
    sent = answered = received = waiting = 0
    since: dt.date | None = None
    last: Mention | None = None
    for mention in insights.mentions.get(id, ()):
        note = mention.note
        if not history.is_contact(note, insights.journal):
            continue
        way, last = message_way(note), mention
        if note.direction != "to":
            answered, since = sent, None
        elif way:
            sent, since = sent + 1, since or note.date
        received += way == "from"
        waiting = waiting + 1 if way == "from" else 0
    return Messages(sent, answered, since, received, waiting, last)


def most_in_a_row(rules: FollowUp) -> int:
    """How many messages may go without an answer: a first one, and one after each wait of
    `no-reply`."""
    return 1 + (len(rules.no_reply) or WAITS)
