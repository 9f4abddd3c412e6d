"""The deals of the current quarter as scripts need them to work it out anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.forecast.frame import Frame, frame
from site_builder.forecast.landing import Bringing, bringing
from site_builder.forecast.outlook import Part, by_value
from site_builder.forecast.used import Used
from site_builder.journal.periods import Period
from site_builder.pages.context import Context
from site_builder.pages.data import Plain
from site_builder.pages.forecast_landing import landings, used, without
from site_builder.pages.links import deal_path

_OTHERS = 25
"""So many deals of other periods can be moved into the quarter."""


def what_if(context: Context) -> Mapping[str, Plain]:
    """All that the range and the chance of the quarter are worked out by."""
    made, known = context.facts(frame), context.once(used)
    now, brings = made.current, bringing(made.current, made, known)
    found, period = context.once(landings)[now.label], now.period
    assert period is not None
    goal = None if found.target is None else found.target - found.won
    return {
        "label": now.label,
        "first": max(period.first, context.today).isoformat(),
        "last": period.last.isoformat(),
        "currency": made.schema.currency,
        "won": str(found.won),
        "goal": "" if goal is None else repr(float(goal)),
        "without": without(now, made),
        "deals": tuple(_row(one, known, period) for one in brings),
        "others": tuple(others(brings, made, known)),
    }


def _row(one: Bringing, known: Used, period: Period) -> tuple[str, ...]:
    """A deal with its probability, and with that which it has with a date in the quarter."""
    deal = one.deal
    dated = repr(known.by_date(deal, period))
    close = deal.close.isoformat() if deal.close else ""
    worth, probability = repr(one.worth), repr(one.probability)
    about = (deal.id, deal.title, deal_path(deal), worth, probability)
    return (*about, deal.owner.id, deal.company, close, repr(known.together([deal])), dated)


def others(brings: tuple[Bringing, ...], made: Frame, known: Used) -> Iterator[Plain]:
    """The largest deals of other periods, with the probability that they would have in this."""
    inside, period = {one.deal.id for one in brings}, made.current.period
    assert period is not None
    outside = [part for part in made.everything.parts if _is_other(part, inside, made)]
    for deal, worth, *_ in by_value(outside, made.schema)[:_OTHERS]:
        assert worth is not None
        name, p = known.counts(deal)[0], known.by_date(deal, period)
        yield _row(Bringing(deal, p, float(worth.amount), name), known, period)


def _is_other(part: Part, inside: set[str], made: Frame) -> bool:
    worth = part.worth
    is_home = worth is not None and worth.currency == made.schema.currency
    return is_home and part.deal.id not in inside
