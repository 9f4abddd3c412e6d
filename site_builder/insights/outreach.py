"""First outreach: to whom we spoke first, and who answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.notes_by_contact import Mention
from site_builder.insights.reply_times import message_way
from site_builder.journal import history
from site_builder.journal.contact import Contact
from site_builder.journal.schema import Schema


class Outreach(NamedTuple):
    """A person with whom the first exchange was a message of ours, its day, and that of the first
    answer: an exchange that was not from us alone."""

    contact: Contact
    sent: dt.date
    answered: dt.date | None

    def is_answered(self, within: dt.timedelta | None) -> bool:
        """Whether an answer came within a time; None is whenever."""
        if self.answered is None:
            return False
        return within is None or self.answered - self.sent <= within

    def is_waiting(self, within: dt.timedelta | None, today: dt.date) -> bool:
        """Whether there is none and the time is not over."""
        return self.answered is None and within is not None and today - self.sent < within


def outreaches(insights: Insights) -> Iterator[Outreach]:
    """The first outreach to each person, in the order of contacts. Whoever spoke to us first, was
    first met, or came to a deal that was under way and got its proposal, needed none."""
    for contact in insights.journal.contacts:
        if not contact.is_company:
            found = _first(contact, _exchanges(contact, insights))
            if found:
                yield found


def window(schema: Schema) -> dt.timedelta | None:
    """Within which time an answer counts: the longest that a measure of the response rate gives;
    None where there is none, and an answer may come whenever."""
    lengths = [
        measure.within
        for pipeline in schema.pipelines
        for stage in pipeline.stages
        for measure in stage.measures
        if measure.measure == "response-rate" and measure.within is not None
    ]
    return max(lengths, default=None)


def _exchanges(contact: Contact, insights: Insights) -> list[Mention]:
    every = insights.mentions.get(contact.id, ())
    return [one for one in every if history.is_contact(one.note, insights.journal)]


def _first(contact: Contact, exchanges: Sequence[Mention]) -> Outreach | None:
    if not exchanges or message_way(exchanges[0].note) != "to":
        return None
    answers = (one.note.date for one in exchanges if one.note.direction != "to")
    return Outreach(contact, exchanges[0].note.date, next(answers, None))
