"""Each deal that may be won: how probable that is by its stage, its owner and what history has
taught, in some days and eventually, and which of these counts.

A page of a deal leads to its row here, and has none of these figures itself: what is learned of one
deal changes with any other, and so all their pages would.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from math import fsum
from typing import TYPE_CHECKING, NamedTuple

from site_builder.forecast.estimators import HORIZON, Estimator, said_of, unproven
from site_builder.forecast.frame import frame
from site_builder.forecast.used import has_ended
from site_builder.insights.standing import Standing
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import StageType
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.forecast_belief_words import LACKS, learned_percent
from site_builder.pages.forecast_sure import lands
from site_builder.pages.links import Link, deal_path, forecast_page, forecast_row, forecast_share
from site_builder.pages.page import PageKind
from site_builder.problems import counting

if TYPE_CHECKING:
    from site_builder.forecast.chances import Lack
    from site_builder.forecast.used import Used

_UNPROVEN = "No deal has been won or lost yet, so that there is nothing to learn from."


class EachDeal(NamedTuple):
    """A deal that may be won, and where its row is: how probable that is by its ``stage``, by its
    owner (``own``), and by what was learned in the days of the page's columns and ``eventually``,
    which rests on ``n`` past stays; which of these counts (``used``; none of a parked or omitted
    one, which is in no sum), and what its notes tell that moves it."""

    anchor: str
    path: str
    title: str
    told: str
    place: str
    stage: str
    own: str
    within: tuple[str, ...]
    eventually: str
    n: str
    used: str


class ForecastEach(NamedTuple):
    """One page of them, the most probable first. ``is_learned`` where anything is; ``terms`` are
    the days, in words. ``pages`` leads to all pages, where there are several. ``belief`` leads to
    how much to believe it, if anything is known of that."""

    answer: str
    is_learned: bool
    terms: tuple[str, ...]
    deals: tuple[EachDeal, ...]
    path: str
    pages: tuple[Link, ...]
    belief: Link


def has_row(one: Standing) -> bool:
    """Whether a deal may be won: it is open, or parked and was not won before."""
    is_won = one.outcome is not None and one.outcome.is_won
    return one.deal.stage.is_open or (one.deal.stage.type is StageType.PARKED and not is_won)


Pages = Mapping[int, tuple[Deal, ...]]
"""The deals of each page, by its number."""


def pages(context: Context) -> Pages:
    """All that may be won, each on its page."""
    found = defaultdict[int, list[Deal]](list)
    for one in context.insights.every_deal:
        if has_row(one):
            found[forecast_share(one.deal, has_heaps=context.has_heaps)].append(one.deal)
    return {number: tuple(found[number]) for number in sorted(found)}


def first_page(context: Context) -> str:
    """The address of the first page, if there is any."""
    number = next(iter(context.once(pages)), None)
    return "" if number is None else forecast_page(number)


def forecast_each(context: Context, number: int) -> ForecastEach:
    """A page of them."""
    every, path = context.once(pages), forecast_page(number)
    links = tuple([Link(str(n), forecast_page(n)) for n in every]) if len(every) > 1 else ()
    belief, deals = lands(context).belief, every[number]
    if not context.facts(has_ended):
        choices = unproven(context.journal.schema)
        rows = [
            _row(deal, choices[deal.pipeline.id].used(said_of(deal, None)))
            for deal in sorted(deals, key=_title)
        ]
        return ForecastEach(_UNPROVEN, False, (), tuple(rows), path, links, belief)
    from site_builder.forecast.chances import TERMS
    from site_builder.pages.forecast_landing import tells, used

    known, told = context.once(used), context.once(tells)
    deals = tuple(sorted(deals, key=lambda deal: (-known.counts(deal)[1], _title(deal))))
    lacks = context.once(_lacks)
    rows = [_learned(deal, known, _lacking(lacks.get(deal.id)) or told.of(deal)) for deal in deals]
    terms = tuple([counting.count(days, "day") for days in TERMS])
    return ForecastEach(context.once(_answer), True, terms, tuple(rows), path, links, belief)


def _answer(context: Context) -> str:
    """How many of all open deals are expected to be won."""
    from site_builder.forecast.backtest import wins
    from site_builder.pages.forecast_landing import used

    known, parts = context.once(used), context.facts(frame).everything.parts
    chances = [known.chances[part.deal.id] for part in parts if part.deal.id in known.chances]
    if not parts:
        return _none_open(context)
    if not chances:
        whys = {context.once(_lacks)[part.deal.id] for part in parts}
        why = f": {LACKS[whys.pop()]}" if len(whys) == 1 else "; each says why"
        return f"Nothing is learned of any open deal{why}."
    expected = wins(fsum(one.within[HORIZON] for one in chances))
    of = counting.count(len(chances), "open deal")
    without = len(parts) - len(chances)
    rest = f"; of {counting.grouped(without)} more nothing is learned" if without else ""
    learned = "what your history has taught"
    counts = any(known.counts(part.deal)[0] == "learned" for part in parts)
    no_part = "" if counts else " It counts for none of them."
    return f"By {learned} {expected} of {of} are expected in {HORIZON} days{rest}.{no_part}"


def _none_open(context: Context) -> str:
    """What there is where no open deal counts."""
    look = context.facts(frame).look
    kinds = (len(look.parked), "parked deal"), (len(look.omitted), "omitted deal")
    told = counting.together(counting.counts(*kinds))
    stands = "stands" if sum([number for number, _ in kinds]) == 1 else "stand"
    return f"No open deal is in the forecast's sums; here {stands} {told}."


def _lacking(lack: Lack | None) -> str:
    return f"nothing learned: {LACKS[lack]}" if lack else ""


def _lacks(context: Context) -> Mapping[str, Lack]:
    """Why nothing is learned of a deal, by its id, where that is so."""
    from site_builder.pages.forecast_landing import used

    deals = [deal for some in context.once(pages).values() for deal in some]
    return context.once(used).lacks(deals)


def _title(deal: Deal) -> tuple[str, str]:
    return deal.title.casefold(), deal.id


def _row(deal: Deal, by: Estimator | None, told: str = "") -> EachDeal:
    """What is known of a deal without a past, and the estimator that counts."""
    return EachDeal(
        forecast_row(deal),
        deal_path(deal),
        deal.title,
        told,
        deal.stage.name,
        formats.percent_or_nothing(deal.stage.probability),
        formats.percent_or_nothing(deal.probability),
        (),
        "",
        "",
        _counting(deal, by),
    )


def _counting(deal: Deal, by: Estimator | None) -> str:
    """Whose probability of a deal counts: none of one that is in no sum."""
    if not deal.stage.is_open:
        return ""
    return "omitted" if deal.category == "omitted" else by or ""


def _learned(deal: Deal, known: Used, told: str) -> EachDeal:
    """The same with what was learned of it."""
    from site_builder.forecast.chances import TERMS

    row, chance = _row(deal, known.counts(deal)[0], told), known.chances.get(deal.id)
    if chance is None:
        return row._replace(within=("",) * len(TERMS))
    return row._replace(
        within=tuple([learned_percent(chance.within[days]) for days in TERMS]),
        eventually=learned_percent(chance.eventually),
        n=counting.grouped(chance.n),
    )


PAGE = PageKind(
    "forecast_each",
    view=forecast_each,
    keys=lambda context: context.once(pages),
    path=forecast_page,
    within="forecast",
    begins=("forecast-deals",),
)
