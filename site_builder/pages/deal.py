"""A deal's page: where it stands, its way so far, its facts, its people, its notes."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from site_builder.insights.standing import Standing
from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import StageType
from site_builder.markup import formats
from site_builder.markup.formats import in_days
from site_builder.pages import reads, reasons
from site_builder.pages.cards import Card
from site_builder.pages.context import Context
from site_builder.pages.deal_recorded import RecordedHistory, recorded_history
from site_builder.pages.deal_strip import day_fact, strip
from site_builder.pages.facts import Fact, extra_fact, filled, linked, yes_no
from site_builder.pages.forecast_each import has_row
from site_builder.pages.form_links import deal_forms
from site_builder.pages.links import (
    Involved,
    Link,
    contact_link,
    contact_path,
    deal_path,
    forecast_page,
    forecast_row,
    forecast_share,
)
from site_builder.pages.moves import Move, moves
from site_builder.pages.notes import Timeline, own_timeline, timeline
from site_builder.pages.older_notes import older_link
from site_builder.pages.page import PageKind
from site_builder.pages.stage_path import AtStage, StageSteps, Stop, stages, stops
from site_builder.problems import counting


class NextStep(NamedTuple):
    """What is to be done next, and when; ``state`` is a status code, with the words for it."""

    text: str
    date: str
    day: str
    state: str
    state_text: str


class DealPage(NamedTuple):
    """What a deal's page shows."""

    title: str
    answer: tuple[Link, ...]
    card: Card
    strip: tuple[Fact, ...]
    next: NextStep | None
    is_open: bool
    pipeline: Link
    stage: Link
    reasons: tuple[str, ...]
    stops: tuple[Stop, ...]
    moves: tuple[Move, ...]
    wins: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    people: tuple[Involved, ...]
    stages: tuple[StageSteps, ...]
    tags: tuple[str, ...]
    summary: Markup
    summary_plain: bool
    notes: Timeline
    notes_count: str
    older: Link
    file: str
    source: str
    edit: str
    forms: tuple[Link, ...]
    recorded: RecordedHistory | None
    forecast: str


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
        strip=strip(one, context),
        next=_next(deal, card, context),
        is_open=deal.stage.is_open,
        pipeline=at_stage.pipeline,
        stage=at_stage.stage,
        reasons=tuple(map(reasons.in_words, one.reasons)),
        stops=stops(deal, context.today),
        moves=moves(deal),
        wins=_wins(deal),
        facts=_facts(deal, context),
        people=(*_company(card), *_people(deal, context)),
        stages=stages(deal, at_stage, context.writer),
        tags=deal.tags,
        summary=summary.html,
        summary_plain=summary.plain,
        notes=timeline(own_timeline(deal, context), context.today),
        notes_count=counting.count(len(deal.notes), "note"),
        older=older_link(deal),
        file=deal.path,
        source=repository.source_of(deal.path),
        edit=repository.edit_of(deal.path),
        forms=deal_forms(deal, repository),
        recorded=recorded_history(deal, context),
        forecast=_forecast(one, context),
    )


def _forecast(one: Standing, context: Context) -> str:
    """Where it stands how probable it is that a deal is won; nothing where it is or can't be."""
    if not has_row(one):
        return ""
    page = forecast_page(forecast_share(one.deal, has_heaps=context.has_heaps))
    return f"../{page}#{forecast_row(one.deal)}"


def answer(one: Standing, card: Card, at_stage: AtStage) -> tuple[Link, ...]:
    """Where a deal stands, in one line: ``Stage 3 of 7, Solution design · 12 days · 3/5
    steps``, or how and when it ended."""
    name, parts = one.deal.stage.name, _since(one, card)
    if not one.deal.stage.is_open:
        first = [Link(name), Link(card.status_text, lead=": ")]
    elif one.deal.stage.retired:
        first = [Link(name), Link("a retired stage", lead=", ")]
    else:
        first = [Link(name, lead=f"{at_stage.place}, ")]
    return (*first, *[Link(part, lead=" · ") for part in parts])


def _since(one: Standing, card: Card) -> list[str]:
    """For how long it has stood so, and what else is to be said of that."""
    deal, day = one.deal, one.ended_on
    if deal.stage.type is StageType.OPEN:
        parts = [card.days_text] if card.days_text else []
        return [*parts, f"{one.done}/{len(deal.stage.steps)} steps"] if deal.stage.steps else parts
    if deal.stage.type is StageType.PARKED:
        parts = [f"won {formats.short_day(day)}"] if day else []
        return [*parts, f"here for {card.days_text}"] if card.days_text else parts
    began = history.created_on(deal)
    return [f"after {formats.days((day - began).days)}"] if day and began and day > began else []


def _next(deal: Deal, card: Card, context: Context) -> NextStep | None:
    """The next step. Of a deal that is not open none is overdue."""
    step = deal.next
    if step is None:
        return None
    is_open = deal.stage.is_open
    return NextStep(
        context.writer.line(step.text),
        formats.day(step.date),
        f"{formats.weekday(step.date)} {step.date.year}",
        card.status if is_open else "later",
        card.status_text if is_open else in_days(step.date, context.today),
    )


def _company(card: Card) -> tuple[Involved, ...]:
    text, path, _ = card.company
    return (Involved(text, f"../{path}" if path else "", "company"),) if text else ()


def _wins(deal: Deal) -> tuple[Fact, ...]:
    """What each side gains, also of a side that is empty; nothing where both are."""
    if not deal.their_win and not deal.our_win:
        return ()
    return Fact("Their win", deal.their_win), Fact("Our win", deal.our_win)


def _facts(deal: Deal, context: Context) -> tuple[Fact, ...]:
    """What is known of it and does not stand in the strip."""
    today, is_parked = context.today, deal.stage.type is StageType.PARKED
    created = history.created_on(deal)
    return filled(
        (
            Fact("Category", deal.category) if deal.category else None,
            day_fact("Wakes", deal.wake, today) if not is_parked else None,
            day_fact("Renews", deal.renews, today) if deal.stage.type is StageType.WON else None,
            Fact("Created", formats.short_day(created)) if created else None,
            _source(deal, context) if deal.referral or deal.source else None,
            Fact("Channel", deal.channel) if deal.channel else None,
            Fact("Need it", yes_no(deal.need)) if deal.need is not None else None,
            Fact("Want it", yes_no(deal.want)) if deal.want is not None else None,
            *[extra_fact(extra, context.journal, "../") for extra in deal.extras],
        )
    )


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
