"""What comes next with a contact."""

from __future__ import annotations

import datetime as dt
from operator import attrgetter
from typing import Literal, NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.standing import ContactStanding
from site_builder.insights.touch import days_left, rhythm
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import StageType


class NextUp(NamedTuple):
    """What comes next with a contact, so many ``days`` from today: the next step of an open deal,
    the waking of a parked one or, of no ``deal``, being in touch as often as is said. ``days`` are
    None where an open deal has no next step."""

    deal: Deal | None
    days: int | None

    @property
    def state(self) -> Literal["overdue", "today", "later", "none"]:
        """A status code; ``none`` where nothing is planned."""
        if self.days is None:
            return "none"
        return "today" if self.days == 0 else "overdue" if self.days < 0 else "later"

    @property
    def is_due(self) -> bool:
        """Whether its day has come."""
        return self.days is not None and self.days <= 0

    @property
    def urgency(self) -> tuple[int, int, str]:
        """Sorts the most urgent first: what is due in a deal, the longest overdue before the
        others; whom to be in touch with; what is not planned; the others by their day."""
        place = (0 if self.deal else 1) if self.is_due else 2 if self.days is None else 3
        return place, self.days or 0, self.deal.id if self.deal else ""


def next_up(one: ContactStanding, insights: Insights) -> NextUp | None:
    """The most urgent of all that is to be done with a contact; None where there is nothing. Who
    is to be kept in touch with, and never was, is due today."""
    deals = insights.journal.deals_of.get(one.contact.id, ())
    found = [up for deal in deals if (up := _of_deal(deal, insights.today)) is not None]
    found_rhythm = rhythm(one.contact, one.status, insights.journal)
    if found_rhythm is not None:
        left = days_left(found_rhythm, one.last, insights.today)
        found.append(NextUp(None, left or 0))
    return min(found, key=attrgetter("urgency"), default=None)


def _of_deal(deal: Deal, today: dt.date) -> NextUp | None:
    if deal.stage.type is StageType.PARKED:
        return NextUp(deal, (deal.wake - today).days) if deal.wake else None
    if not deal.stage.is_open:
        return None
    return NextUp(deal, (deal.next.date - today).days if deal.next else None)
