"""Where a deal stands, and where a contact does, on a day."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from site_builder.insights import staleness, totals
from site_builder.insights.notes_by_contact import Mention
from site_builder.insights.totals import Totals
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.history import Outcome
from site_builder.journal.money import Money
from site_builder.journal.pipeline import StageType
from site_builder.journal.team import Person

Status = Literal["overdue", "today", "later", "none", "asleep", "won", "lost"]
"""Of an open deal where its next step lies; of a parked one whether it sleeps on."""

State = Literal["won", "lost", "open", "parked"]
"""What has become of a deal: `open` or `parked` where it has not ended."""
STATES: tuple[State, ...] = ("won", "lost", "open", "parked")


class Standing(NamedTuple):
    """Where a deal stands.

    ``outcome`` is how it ended, if it has; ``stands`` says that it stands so today. ``owner``,
    ``value`` and ``worth``, the value in sums, are of that day while it stands so, and of today
    otherwise. ``days`` is for how long it has been in its stage, ``done`` how many steps of
    that are done.
    """

    deal: Deal
    owner: Person
    value: Money | None
    worth: Money | None
    days: int | None
    done: int
    status: Status
    reasons: tuple[staleness.Reason, ...]
    outcome: Outcome | None
    stands: bool

    @property
    def state(self) -> State:
        """What has become of the deal; what was won and is parked by now is `won`."""
        return state_of(self.deal, self.outcome)

    @property
    def urgency(self) -> tuple[int, int, str]:
        """Sorts the most urgent first: a next step overdue the longest, one due today, none
        planned for the longest in its stage, the others by their day; parked deals by the day
        that they wake."""
        return _URGENT.get(self.status, len(_URGENT)), self._waits, self.deal.id

    @property
    def _waits(self) -> int:
        deal = self.deal
        if deal.stage.type is StageType.PARKED:
            return (deal.wake or dt.date.max).toordinal()
        return deal.next.date.toordinal() if deal.next else -(self.days or 0)

    @property
    def expected(self) -> Money | None:
        """What the deal counts with in what is expected. None for one of the category `omitted`,
        and where its value or its probability is missing."""
        return totals.expected(self.deal) if self.is_expected else None

    @property
    def is_expected(self) -> bool:
        """Whether it counts in what is expected."""
        return self.deal.category != "omitted" and totals.is_expected(self.deal)

    @property
    def ended_on(self) -> dt.date | None:
        """The day the deal was won or lost, if it is and the day is known."""
        return self.outcome.day if self.outcome else None


_URGENT = {"overdue": 0, "today": 1, "none": 2}


class ContactStanding(NamedTuple):
    """Where a contact stands. ``status_worked`` says that the status was worked out. Won deals
    that are parked by now are among the won ones, as in sums."""

    contact: Contact
    status: str
    status_worked: bool
    last: Mention | None
    open_deals: int
    open_total: Totals
    won_total: Totals


def state_of(deal: Deal, ended: Outcome | None) -> State:
    """What has become of a deal that ``ended`` so, if it has."""
    if ended is not None:
        return "won" if ended.is_won else "lost"
    return "open" if deal.stage.is_open else "parked"
