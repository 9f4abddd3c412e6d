"""The strip under a deal's title: what one looks for first."""

from __future__ import annotations

import datetime as dt

from site_builder.insights.standing import Standing
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import StageType
from site_builder.markup import formats
from site_builder.markup.formats import in_days
from site_builder.pages.context import Context
from site_builder.pages.facts import Fact, filled, linked, lost_because
from site_builder.pages.links import contact_link, email_link, phone_link


def strip(one: Standing, context: Context) -> tuple[Fact, ...]:
    """Value, owner and main contact of a deal; of an open one its probability and expected close,
    of another when it was won, why it was lost, or when it wakes."""
    deal, today = one.deal, context.today
    by_type = {
        StageType.OPEN: (_probability(deal), day_fact("Close", deal.close, today)),
        StageType.WON: (day_fact("Won", one.ended_on, today),),
        StageType.LOST: (lost_because(deal.lost_reason, context.journal.schema),),
        StageType.PARKED: (day_fact("Wakes", deal.wake, today),),
    }
    return filled(
        (_value(one), *by_type[deal.stage.type], _owner(one), _main_contact(deal, context))
    )


def day_fact(label: str, day: dt.date | None, today: dt.date) -> Fact | None:
    """A day, and how far it is from today."""
    return Fact(label, formats.short_day(day), aside=in_days(day, today)) if day else None


def _value(one: Standing) -> Fact | None:
    """The value today; beside it the one that counts, where the deal ended with another."""
    value, ended = one.deal.value, one.outcome
    now = formats.money(value) if value else ""
    if ended is None or ended.value == value:
        return Fact("Value", now) if now else None
    then = formats.money(ended.value) if ended.value else "none"
    return Fact("Value", now or "none", aside=f"{then} when {ended.type}")


def _probability(deal: Deal) -> Fact | None:
    """The owner's own estimate beside the stage's default; neither hides the other."""
    stage, own = deal.stage.probability, deal.probability
    default = formats.percent_or_nothing(stage)
    if own is None:
        return Fact("Probability", default, aside="the stage's")
    return Fact("Probability", formats.percent(own), aside=f"stage {default}" if default else "own")


def _owner(one: Standing) -> Fact:
    """Who owns it today; beside them who it was when it ended, if somebody else."""
    owner, ended = one.deal.owner, one.outcome
    other = ended is not None and ended.owner.id != owner.id
    return Fact(
        "Owner",
        owner.name,
        aside=f"{ended.owner.name} when {ended.type}" if ended and other else "",
    )


def _main_contact(deal: Deal, context: Context) -> Fact | None:
    """The first of the deal's contacts, with the ways to reach them."""
    if not deal.main_contact:
        return None
    contact = context.journal.contacts_by_id.get(deal.main_contact)
    links = [contact_link(context.journal, deal.main_contact, "../")]
    if contact is not None and contact.phone:
        links.append(phone_link(contact.phone))
    if contact is not None and contact.email:
        links.append(email_link(contact.email))
    return linked("Main contact", *links)
