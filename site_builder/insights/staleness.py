"""How a deal stands today: its next step, and why it is stale, if it is.

Stale rules, for deals in open stages:

- ``silent``: longer without real contact than the stage's `stale-after`. Silence counts
  from the last real contact with the customer, or from the day the deal began if there
  never was any. Entering a stage, planning a next step or a note among ourselves does
  not end it; a stage without `stale-after` never goes silent.
- ``next-step-overdue``: the next step was due before today.
- ``no-next-step``: none is planned.
- ``close-in-past``: the expected close is before today.

For parked deals there is one: ``overslept``, from the wake date on. A parked deal
without a wake date sleeps on. Won and lost deals are never stale.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from site_builder.journal.deal import Deal
from site_builder.journal.history import created_on, last_contact
from site_builder.journal.journal import Journal
from site_builder.journal.pipeline import StageType

NextState = Literal["overdue", "today", "later", "none"]


class Reason(NamedTuple):
    """Why a deal is stale: the code of a rule. ``days`` is for how long it holds, None for a
    rule that holds at once; ``late`` is how many days of them are past what was ``allowed``."""

    code: str
    days: int | None = None
    late: int = 0
    allowed: dt.timedelta | None = None


CODES = ("silent", "next-step-overdue", "no-next-step", "close-in-past", "overslept")
"""The rules, in the order in which reasons are told."""


def next_state(deal: Deal, today: dt.date) -> NextState:
    """Where the deal's next step lies from today; ``none`` without one."""
    if deal.next is None:
        return "none"
    if deal.next.date == today:
        return "today"
    return "overdue" if deal.next.date < today else "later"


def silent_since(deal: Deal, journal: Journal) -> dt.date | None:
    """The day of the last real contact, or else the day the deal began; None if unknown."""
    contact = last_contact(deal, journal)
    return contact.date if contact else created_on(deal)


def reasons(deal: Deal, journal: Journal, today: dt.date) -> tuple[Reason, ...]:
    """Why the deal is stale today, in the order of CODES; empty if it is not."""
    if deal.stage.type is StageType.PARKED:
        reason = _overslept(deal, today)
        return (reason,) if reason else ()
    if not deal.stage.is_open:
        return ()
    every = (_silent(deal, journal, today), _next_step(deal, today), _close(deal, today))
    return tuple([reason for reason in every if reason])


def is_silent(deal: Deal, journal: Journal, today: dt.date) -> bool:
    """Whether an open deal has been silent for longer than it may."""
    return deal.stage.is_open and _silent(deal, journal, today) is not None


def _silent(deal: Deal, journal: Journal, today: dt.date) -> Reason | None:
    allowed = deal.stage.stale_after
    since = silent_since(deal, journal) if allowed is not None else None
    if allowed is None or since is None or today - since <= allowed:
        return None
    days = (today - since).days
    return Reason("silent", days, days - allowed.days, allowed)


def _next_step(deal: Deal, today: dt.date) -> Reason | None:
    if deal.next is None:
        return Reason("no-next-step")
    if deal.next.date >= today:
        return None
    days = (today - deal.next.date).days
    return Reason("next-step-overdue", days, days)


def _close(deal: Deal, today: dt.date) -> Reason | None:
    if deal.close is None or deal.close >= today:
        return None
    days = (today - deal.close).days
    return Reason("close-in-past", days, days)


def _overslept(deal: Deal, today: dt.date) -> Reason | None:
    if deal.wake is None or deal.wake > today:
        return None
    days = (today - deal.wake).days
    return Reason("overslept", days, days)
