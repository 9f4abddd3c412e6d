"""What is due by now for a contact and its deals, beside what the page of it says anyway."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.insights.follow_ups import Due, due_with
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.markup import formats
from site_builder.pages import dues
from site_builder.pages.context import Context
from site_builder.pages.links import FOLLOW_UPS, NO_LINK, Link, subject_link
from site_builder.problems import counting

SHOWN = 3
"""How many follow-ups stand on the page of a contact; more are counted."""


class ShownDue(NamedTuple):
    """What to do: ``state`` is a status code, ``when`` its day in words, ``what`` leads to the note
    that set it going, if one did; ``aside`` says why. ``deal`` is the one it is for, if any."""

    state: dues.State
    when: str
    what: Link
    aside: str
    deal: Link


class DueNow(NamedTuple):
    """What is due by now, the longest overdue first; ``more`` counts what is not shown."""

    shown: tuple[ShownDue, ...]
    more: Link


def due_now(contact: Contact, context: Context) -> DueNow:
    """The follow-ups that are overdue or for today. Next steps and the waking of deals stand beside
    these, and how often to be in touch under the name."""
    every = dues.else_due(due_with(contact, context.insights), context.today)
    found = [one for one in every if one.kind != "touch"]
    rest = len(found) - SHOWN
    return DueNow(
        tuple([_shown(one, context) for one in found[:SHOWN]]),
        Link(f"and {counting.count(rest, 'more follow-up')} due", f"../{FOLLOW_UPS}")
        if rest > 0
        else NO_LINK,
    )


def _shown(due: Due, context: Context) -> ShownDue:
    state, late = dues.state(due, context.today), (context.today - due.date).days
    text, path, aside, *_ = dues.task_cell(due, context)
    return ShownDue(
        state,
        f"{formats.days(late)} overdue" if late else "today",
        Link(text, f"../{path}" if path else ""),
        aside,
        subject_link(due.subject, "../") if isinstance(due.subject, Deal) else NO_LINK,
    )
