"""The strip under a contact's name: how to reach them, how often that is to be, and by whom."""

from __future__ import annotations

from site_builder.insights.standing import ContactStanding
from site_builder.insights.touch import days_left, rhythm
from site_builder.markup import formats
from site_builder.markup.formats import from_now
from site_builder.pages.context import Context
from site_builder.pages.facts import Fact, filled, linked
from site_builder.pages.links import email_link, phone_link


def strip(one: ContactStanding, context: Context) -> tuple[Fact, ...]:
    """Phone, email, how often to be in touch and when next, and the owner."""
    contact = one.contact
    return filled(
        (
            linked("Phone", phone_link(contact.phone)) if contact.phone else None,
            linked("Email", email_link(contact.email)) if contact.email else None,
            _touch(one, context),
            Fact("Owner", contact.owner.name) if contact.owner else None,
        )
    )


def _touch(one: ContactStanding, context: Context) -> Fact | None:
    found = rhythm(one.contact, one.status, context.journal)
    if found is None:
        return None
    left = days_left(found, one.last, context.today)
    due = "no contact yet" if left is None else _next(left)
    why = f", by {found.rule.by} {found.rule.name.replace('-', ' ')}" if found.rule else ""
    state = "" if left is None or left > 0 else "overdue" if left else "today"
    every = formats.length(found.every)
    return Fact("Keep in touch every", every, aside=f"{due}{why}", state=state)


def _next(days: int) -> str:
    return f"next {'was due ' if days < 0 else ''}{from_now(days)}"
