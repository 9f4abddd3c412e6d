"""Deals as queries see them: by each field that has any, its values as texts and numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from site_builder.insights.insights import Insights
from site_builder.insights.standing import Standing
from site_builder.insights.totals import convert
from site_builder.journal import history
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Extra
from site_builder.journal.journal import Journal
from site_builder.journal.ladder import rungs_reached
from site_builder.journal.money import Money
from site_builder.journal.schema import Schema
from site_builder.journal.team import Person
from site_builder.query.fields import own_names
from site_builder.query.folding import folded

Value = str | Decimal | None
"""A text, folded; an ISO day; a number; or None for an amount whose currency has no rate."""


@dataclass(frozen=True, slots=True)
class Record:
    """A deal as queries see it. ``words`` is what words alone are looked for in."""

    deal: Deal
    values: Mapping[str, tuple[Value, ...]]
    words: str


def records(insights: Insights) -> Iterator[Record]:
    """Each deal of a journal, in the journal's order."""
    rungs, names = rungs_reached(insights.journal), own_names(insights.journal.schema)
    for one in insights.every_deal:
        yield _record(one, insights, rungs.get((one.deal.main_contact, "from"), ""), names)


def meant_alone(insights: Insights, means: Callable[[Record], bool]) -> Insights:
    """What follows from a journal that has of all deals those that a query means. It has no
    targets, for these are of all deals."""
    deals = tuple(record.deal for record in records(insights) if means(record))
    journal = insights.journal
    alone = Journal(replace(journal.schema, targets=()), deals, journal.contacts)
    return Insights(alone, insights.today, insights.past, insights.recorded, insights.memory)


def _record(one: Standing, insights: Insights, rung: str, names: Mapping[str, str]) -> Record:
    deal, journal = one.deal, insights.journal
    people = [c for id in deal.people if (c := journal.contact(id)) is not None]
    company = journal.contact(deal.company)
    made: dict[str, tuple[Value, ...]] = {
        "id": (deal.id,),
        "title": (folded(deal.title),),
        "company": _named(people, [deal.company] if deal.company else []),
        "contact": _named(people, [p.contact for p in deal.contacts]),
        "owner": (one.owner.id,),
        "pipeline": (deal.pipeline.id,),
        "stage": (deal.stage.id,),
        "state": (one.state,),
        "tag": tuple(map(folded, deal.tags)),
        "step": tuple(history.steps_done(deal)),
        "stale": ("yes", *[r.code for r in one.reasons]) if one.reasons else ("no",),
        "rung": _text(rung),
        "level": _text(company.level if company else ""),
        "need": _yes_no(deal.need),
        "want": _yes_no(deal.want),
        "days": () if one.days is None else (Decimal(one.days),),
        **_told(deal, journal.schema),
        **_days(one, insights),
        **_amounts(one, insights),
    }
    for extra in deal.extras:
        made[names[extra.field.name]] = _extra(extra, insights)
    words = [
        deal.id,
        deal.title,
        *deal.tags,
        *(c.name for c in people),
        deal.next.text if deal.next else "",
    ]
    return Record(
        deal, {name: found for name, found in made.items() if found}, folded("\n".join(words))
    )


def _told(deal: Deal, schema: Schema) -> dict[str, tuple[Value, ...]]:
    reason = deal.lost_reason
    return {
        "category": _text(deal.category or ""),
        "lost-reason": _text(reason if schema.lost_reasons else folded(reason)),
        "source": _text(folded(deal.source)),
        "channel": _text(folded(deal.channel)),
        "their-win": _text(folded(deal.their_win)),
        "our-win": _text(folded(deal.our_win)),
    }


def _days(one: Standing, insights: Insights) -> dict[str, tuple[Value, ...]]:
    deal = one.deal
    last = history.last_contact(deal, insights.journal)
    days = {
        "close": deal.close,
        "created": history.created_on(deal),
        "next": deal.next.date if deal.next else None,
        "wake": deal.wake,
        "renews": deal.renews,
        "last": last.date if last else None,
        "since": history.stage_since(deal),
        "won": one.ended_on if one.state == "won" else None,
        "lost": one.ended_on if one.state == "lost" else None,
    }
    return {name: (day.isoformat(),) for name, day in days.items() if day is not None}


def _amounts(one: Standing, insights: Insights) -> dict[str, tuple[Value, ...]]:
    home, deal = insights.journal.schema.currency, one.deal
    own = deal.probability if deal.probability is not None else deal.stage.probability
    return {
        "value": _amount(one.worth, home),
        "expected": _amount(_at_home(one.expected, insights), home),
        "probability": () if own is None else (own,),
    }


def _at_home(money: Money | None, insights: Insights) -> Money | None:
    return None if money is None else convert(money, insights.journal.schema, insights.today)


def _amount(money: Money | None, home: str) -> tuple[Value, ...]:
    if money is None:
        return ()
    return (money.amount if money.currency == home else None,)


def _named(people: Iterable[Contact], ids: Iterable[str]) -> tuple[Value, ...]:
    names = {contact.id: contact.name for contact in people}
    return tuple(folded(f"{id}\n{names.get(id, '')}".rstrip()) for id in ids)


def _text(text: str) -> tuple[Value, ...]:
    return (text,) if text else ()


def _yes_no(value: bool | None) -> tuple[Value, ...]:
    return () if value is None else ("yes" if value else "no",)


def _extra(extra: Extra, insights: Insights) -> tuple[Value, ...]:
    value = extra.value
    match value:
        case bool():
            return _yes_no(value)
        case Money():
            return _amount(_at_home(value, insights), insights.journal.schema.currency)
        case Person():
            return (value.id,)
        case dt.timedelta():
            return (Decimal(int(value.total_seconds())) / 86_400,)
        case dt.date():
            return (value.isoformat(),)
        case Decimal():
            return (value,)
    return (folded(value) if extra.field.type != "choice" else value,)
