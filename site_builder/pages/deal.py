"""A deal's page: where it stands, its way so far, its facts, its people, its notes."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from markupsafe import Markup

from site_builder.insights.insights import Standing
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import StageType
from site_builder.journal.schema import Schema
from site_builder.markup import formats
from site_builder.markup.formats import in_days
from site_builder.pages import reads, reasons
from site_builder.pages.cards import Card
from site_builder.pages.context import Context
from site_builder.pages.facts import Fact, extra_fact, filled, linked, lost_because, yes_no
from site_builder.pages.links import Involved, Link, contact_link, contact_path, deal_path
from site_builder.pages.notes import NoteLine, own_timeline
from site_builder.pages.older_notes import older_link
from site_builder.pages.page import PageKind
from site_builder.pages.stage_path import AtStage, StageSteps, Stop, stages, stops
from site_builder.problems import counting


class DealPage(NamedTuple):
    """What a deal's page shows."""

    title: str
    answer: str
    card: Card
    is_open: bool
    next: str
    next_day: str
    pipeline: Link
    stage: Link
    reasons: tuple[str, ...]
    stops: tuple[Stop, ...]
    facts: tuple[Fact, ...]
    people: tuple[Involved, ...]
    stages: tuple[StageSteps, ...]
    tags: tuple[str, ...]
    summary: Markup
    summary_plain: bool
    notes: tuple[NoteLine, ...]
    notes_count: str
    older: Link
    source: str
    edit: str


def deal_page(context: Context, deal: Deal) -> DealPage:
    """The page of a deal of the journal."""
    one = context.insights.standings[deal.id]
    card = context.cards[deal.id]
    at_stage = context.at_stage_of(deal)
    summary = context.writer.html(deal.summary, 3)
    repository = context.journal.schema.repository
    return DealPage(
        title=deal.title,
        answer=answer(one, card, at_stage),
        card=card,
        is_open=deal.stage.is_open,
        next=context.writer.line(deal.next.text) if deal.next else "",
        next_day=formats.short_day(deal.next.date) if deal.next else "",
        pipeline=at_stage.pipeline,
        stage=at_stage.stage,
        reasons=tuple(map(reasons.in_words, one.reasons)),
        stops=stops(deal, at_stage, context.today),
        facts=_facts(one, context),
        people=(*_company(card), *_people(deal, context)),
        stages=stages(deal, at_stage, context.writer),
        tags=deal.tags,
        summary=summary.html,
        summary_plain=summary.plain,
        notes=own_timeline(deal, context),
        notes_count=counting.count(len(deal.notes), "note"),
        older=older_link(deal),
        source=repository.source_of(deal.path),
        edit=repository.edit_of(deal.path),
    )


def answer(one: Standing, card: Card, at_stage: AtStage) -> str:
    """Where a deal stands, in one line: ``Stage 3 of 7, Solution design · 12 days · 3/5
    steps``, or how and when it ended."""
    deal = one.deal
    if deal.stage.type is StageType.OPEN:
        parts = [at_stage.words]
        parts += [card.days_text] if card.days_text else []
        parts += [f"{one.done}/{len(deal.stage.steps)} steps"] if deal.stage.steps else []
        return " · ".join(parts)
    parts = [f"{deal.stage.name}: {card.status_text}"]
    began = history.created_on(deal)
    day = one.ended_on
    if deal.stage.type is StageType.PARKED:
        parts += [f"won {formats.short_day(day)}"] if day else []
        parts += [f"here for {card.days_text}"] if card.days_text else []
    elif day and began and day > began:
        parts.append(f"after {formats.days((day - began).days)}")
    return " · ".join(parts)


def _company(card: Card) -> tuple[Involved, ...]:
    text, path, _ = card.company
    return (Involved(text, f"../{path}" if path else "", "company"),) if text else ()


def _facts(one: Standing, context: Context) -> tuple[Fact, ...]:
    deal, today = one.deal, context.today
    created = history.created_on(deal)
    return filled(
        (
            _value(one),
            _probability(deal) if deal.stage.is_open else None,
            Fact("Category", deal.category) if deal.category else None,
            _day("Expected close", deal.close, today) if deal.stage.is_open else None,
            _day("Wakes", deal.wake, today),
            _day("Renews", deal.renews, today) if deal.stage.type is StageType.WON else None,
            _lost(deal, context.journal.schema),
            _owner(one),
            Fact("Created", formats.short_day(created)) if created else None,
            _source(deal, context) if deal.referral or deal.source else None,
            Fact("Channel", deal.channel) if deal.channel else None,
            Fact("Need it", yes_no(deal.need)) if deal.need is not None else None,
            Fact("Want it", yes_no(deal.want)) if deal.want is not None else None,
            Fact("Their win", deal.their_win) if deal.their_win else None,
            Fact("Our win", deal.our_win) if deal.our_win else None,
            *[extra_fact(extra, context.journal, "../") for extra in deal.extras],
        )
    )


def _lost(deal: Deal, schema: Schema) -> Fact | None:
    """Why it was lost, while it stands so: front matter knows what comes after today."""
    if deal.stage.type is not StageType.LOST:
        return None
    return lost_because(deal.lost_reason, schema)


def _value(one: Standing) -> Fact | None:
    """The value today; beside it the one that counts, where the deal ended with another."""
    value, ended = one.deal.value, one.outcome
    now = formats.money(value) if value else ""
    if ended is None or ended.value == value:
        return Fact("Value", now) if now else None
    then = formats.money(ended.value) if ended.value else "none"
    return Fact("Value", now or "none", aside=f"{then} when {ended.type}")


def _owner(one: Standing) -> Fact:
    """Who owns it today; beside them who it was when it ended, if somebody else."""
    owner, ended = one.deal.owner, one.outcome
    other = ended is not None and ended.owner.id != owner.id
    return Fact(
        "Owner",
        owner.name,
        aside=f"{ended.owner.name} when {ended.type}" if ended and other else "",
    )


def _probability(deal: Deal) -> Fact | None:
    """The owner's own estimate beside the stage's default; neither hides the other."""
    stage, own = deal.stage.probability, deal.probability
    default = "" if stage is None else formats.percent(stage)
    if own is None:
        return Fact("Probability", default, aside="the stage’s")
    beside = f", the stage’s {default}" if default else ""
    return Fact("Probability", formats.percent(own), aside=f"own estimate{beside}")


def _day(label: str, day: dt.date | None, today: dt.date) -> Fact | None:
    return Fact(label, formats.short_day(day), aside=in_days(day, today)) if day else None


def _source(deal: Deal, context: Context) -> Fact:
    if not deal.referral:
        return Fact("Source", deal.source)
    other = context.journal.deals_by_id.get(deal.referral)
    if deal.referral not in context.journal.contacts_by_id and other is not None:
        return linked("Referral from", Link(other.title, f"../{deal_path(other)}"))
    return linked("Referral from", contact_link(context.journal, deal.referral, "../"))


def _people(deal: Deal, context: Context) -> tuple[Involved, ...]:
    """Contacts with their roles in the deal, and their own where they have one."""
    found = []
    for number, part in enumerate(deal.contacts):
        role = part.role.replace("-", " ") or ("main contact" if number == 0 else "")
        contact = context.journal.contacts_by_id.get(part.contact)
        if contact is None:
            found.append(Involved(part.contact, "", role))
        else:
            aside = f"{role}, {contact.role}" if role and contact.role else role or contact.role
            found.append(Involved(contact.name, f"../{contact_path(contact)}", aside))
    return tuple(found)


def _company_of(context: Context, id: str) -> str:
    deal = context.journal.deals_by_id[id]
    return deal.company or deal.main_contact or id


PAGE = PageKind(
    "deal",
    view=lambda context, id: deal_page(context, context.journal.deals_by_id[id]),
    keys=lambda context: (deal.id for deal in context.journal.deals),
    path=lambda id: f"deals/{id}.html",
    reads=lambda context, id: reads.with_named(context.journal.deals_by_id[id]),
    within="deals",
    beside=_company_of,
)
