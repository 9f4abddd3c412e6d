"""The figures of each deal in the forecast, for other programs: its probabilities, and why
nothing is learned of it. Amounts are texts with two decimals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from site_builder.forecast.chances import TERMS, Lack
from site_builder.forecast.estimators import Estimator
from site_builder.forecast.outlook import Part
from site_builder.forecast.used import Used
from site_builder.insights.won_deals import Won
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.journal.team import Person


class Probability(NamedTuple):
    """How probable a deal is, 0 to 1: by its stage, by its owner's own estimate, and to be won
    within the horizon by what the past has taught."""

    stage: Decimal | None
    own: Decimal | None
    learned: float | None


class OpenDeal(NamedTuple):
    """A deal that is not won or lost. ``used`` names the probability that counts. ``within`` says
    how probable it is by what the past has taught that it is won within so many days, and
    eventually; that rests on ``n`` past stays in its stage."""

    id: Deal
    pipeline: Pipeline
    stage: Stage
    owner: Person
    value: str | None
    currency: str | None
    close: dt.date | None
    category: str | None
    probability: Probability
    used: Estimator | None
    n: int
    within: Mapping[str, float | None]


class Unlearned(NamedTuple):
    """A deal that is not won or lost and of which nothing is learned, and ``why``."""

    id: Deal
    why: Lack


class WonDeal(NamedTuple):
    """A won deal, with owner and value of the ``day`` it was won."""

    id: Deal
    owner: Person
    day: dt.date | None
    value: str | None
    currency: str | None


def open_deals(parts: Iterable[Part], used: Used) -> tuple[OpenDeal, ...]:
    """What is known of deals that are open or parked, by their ids."""
    deals = sorted((part.deal for part in parts), key=lambda deal: deal.id)
    return tuple(_open_deal(deal, used) for deal in deals)


def _open_deal(deal: Deal, used: Used) -> OpenDeal:
    chance = used.chances.get(deal.id)
    within: dict[str, float | None] = {
        str(term): chance.within[term] if chance else None for term in TERMS
    }
    within["eventually"] = chance.eventually if chance else None
    return OpenDeal(
        deal,
        deal.pipeline,
        deal.stage,
        deal.owner,
        *_told(deal.value),
        deal.close,
        deal.category or None,
        Probability(deal.stage.probability, deal.probability, used.probability(deal)),
        used.counts(deal)[0],
        chance.n if chance else 0,
        within,
    )


def unlearned(parts: Iterable[Part], used: Used) -> tuple[Unlearned, ...]:
    """Those of them of which nothing is learned, by their ids."""
    deals = sorted((part.deal for part in parts), key=lambda deal: deal.id)
    whys = used.lacks(deals)
    return tuple(Unlearned(deal, whys[deal.id]) for deal in deals if deal.id in whys)


def won_deals(won: Iterable[Won]) -> tuple[WonDeal, ...]:
    """Won deals, by their ids."""
    return tuple(
        WonDeal(one.deal, one.ended.owner, one.ended.day, *_told(one.ended.value))
        for one in sorted(won, key=lambda one: one.deal.id)
    )


def _told(money: Money | None) -> tuple[str | None, str | None]:
    return (written(money.amount), money.currency) if money else (None, None)


def written(amount: Decimal) -> str:
    """An amount as other programs get it: with two decimals."""
    return f"{amount:.2f}"
