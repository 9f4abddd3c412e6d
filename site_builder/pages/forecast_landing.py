"""Where the current quarter will land, in words: its range, the chance of its target, the deals
that decide it, and how much to believe that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from site_builder.forecast.expecting import Expecting
from site_builder.forecast.frame import Frame, frame, is_filled
from site_builder.forecast.landing import Deciding, Landing, deciding, is_told, landing
from site_builder.forecast.outlook import Bucket
from site_builder.forecast.used import Used
from site_builder.forecast.wins import wins
from site_builder.insights.totals import Totals
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.forecast_apart import asides
from site_builder.pages.forecast_belief_words import (
    UNPROVEN,
    arrivals_words,
    counting_words,
    drift_words,
    further_words,
    percent,
    unplaced_words,
)
from site_builder.pages.forecast_rows import IN_TIME
from site_builder.pages.forecast_sure import BELIEF, TITLE, DecidingRow, Lands
from site_builder.pages.forecast_told import Told
from site_builder.pages.forecast_words import name, short
from site_builder.pages.links import Link, deal_path
from site_builder.problems import counting

if TYPE_CHECKING:
    from site_builder.forecast.belief import Belief
    from site_builder.forecast.drift import Drift

ALMOST = "in more than eight of ten cases"
"""Where the ends of a range are the same."""
_DECIDING = 5
"""So many deals at most are told to decide."""
_SEEN = 0.01
"""A chance that moves by less is told to be the same."""
_UNVALUED = "No open deal has a value, so nothing is said of them in money."


def used(context: Context) -> Used:
    """What the past has taught of the open deals."""
    return Used.of(context.facts(frame), context.insights)


def beliefs(context: Context) -> Belief:
    """How much to believe that."""
    from site_builder.forecast.belief import belief

    return belief(context.once(used), context.insights)


def drifted(context: Context) -> tuple[Drift, ...]:
    """Whether more wins were expected than came, at each horizon."""
    return context.once(used).lessons.drifts


def tells(context: Context) -> Told:
    """What the notes of open deals tell, of the signals that count for what was learned."""
    known = context.once(used)
    found = () if known.learned is None else context.once(beliefs).backtest.signals
    counts = {one.pipeline: one.counts for one in found}
    return Told(counts, context.insights.past, context.today)


def told_of(deal: Deal, bucket: Bucket, context: Context) -> str:
    """How probable an open deal is by what was learned, in a period or within the usual time, and
    what its notes tell that moves that; nothing where nothing of that counts."""
    words, period = context.once(tells).of(deal), bucket.period
    chance = context.once(used).probability(deal, period)
    when = f"in {name(bucket)[0]}" if period else IN_TIME
    return f"by your history {percent(chance)} {when}: {words}" if words and chance else ""


def expecting(context: Context) -> Expecting:
    """What periods are expected to bring."""
    return Expecting(context.facts(frame), context.once(used))


def landings(context: Context) -> dict[str, Landing]:
    """Where each quarter to which open deals can bring anything lands, by its label, as far as that
    can be said: of those to come, where any is dated in it."""
    made, known = context.facts(frame), context.once(used)
    asked = (one for one in made.quarters if one.parts or made.is_current(one))
    coming = (one for one in asked if known.coming(one, made.everything))
    return {one.label: landing(one, made, known) for one in coming if is_told(one, made, known)}


def lands(context: Context) -> Lands:
    """Where the current quarter lands."""
    made, known, found = context.facts(frame), context.once(used), context.once(landings)
    current = made.current
    counts = counting_words(known, current.parts or made.everything.parts)
    if not counts and not _has_belief(context):
        return Lands()
    ahead = Lands(
        believing=tuple(filter(None, (counts, *_proof(context)))),
        belief=Link(TITLE, BELIEF),
        ranges={label: (one.low, one.middle, one.high) for label, one in found.items()},
    )
    if current.label not in found or not counts:
        return ahead
    whole = found[current.label]
    asked = "Chance of the target" if whole.target is not None else f"Expected in {current.label}"
    words = _lands(current, whole, made, known)
    if is_unvalued(current, made, known):
        return ahead._replace(sentence=words, undecided=_UNVALUED) if words else ahead
    decide = deciding(whole, current, made, known)
    return ahead._replace(
        sentence=words,
        asked=asked,
        deciding=_rows(decide, whole, made, context.once(tells)),
        undecided=_undecided(current, whole, made),
    )


def _has_belief(context: Context) -> bool:
    """Whether past forecasts can be judged and the forecast shows any deal, though none is open."""
    made = context.facts(frame)
    is_shown = is_filled(made.everything) or bool(asides(made))
    return (
        is_shown and context.once(used).learned is not None and context.once(beliefs).backtest.n > 0
    )


def _lands(bucket: Bucket, found: Landing, frame: Frame, known: Used) -> str:
    """Where a period lands, in money or in deals, and that nothing is proven where that is so."""
    is_in_deals = is_unvalued(bucket, frame, known)
    words = in_deals(bucket, frame, known) if is_in_deals else sentence(bucket, found, frame)
    return f"{words} {UNPROVEN}" if words and known.learned is None else words


def _proof(context: Context) -> Iterator[str]:
    """How much of that is proven, and what of the current quarter is not in it."""
    made, known = context.facts(frame), context.once(used)
    if known.learned is None:
        yield UNPROVEN
        return
    yield lacks(made.current, context)
    yield context.once(beliefs).backtest.verdict.brief
    yield further_words(context.once(drifted), _ends(made))
    yield drift_words(context.once(drifted))
    yield moved(context.once(landings).get(made.current.label), made, known)
    yield not_yet(made.current, context)


def _ends(frame: Frame) -> dict[str, int]:
    """In how many days the quarters and years shown end, where any deal is open."""
    found = (*frame.quarters, *frame.years) if frame.everything.parts else ()
    return {one.label: (one.period.last - frame.today).days for one in found if one.period}


def not_yet(bucket: Bucket, context: Context) -> str:
    """What deals that are not in the journal yet have brought to periods like this, in a sentence;
    nothing where that is not known."""
    if bucket.period is None or context.once(used).learned is None:
        return ""
    from site_builder.forecast.arrivals import arrivals

    found = context.facts(arrivals).not_yet(bucket.period)
    return arrivals_words(found, context.journal.schema.currency) if found else ""


def lacks(bucket: Bucket, context: Context) -> str:
    """How many open deals a period lacks, in a sentence; nothing where it has all."""
    every = context.facts(frame).everything
    out = len(context.once(used).unplaced(bucket, every))
    return unplaced_words(out, len(every.parts), f"{bucket.label} lacks") if out else ""


def told(bucket: Bucket, context: Context) -> tuple[str, ...]:
    """What is said of where a coming quarter lands, and of what is not in that."""
    found = context.once(landings).get(bucket.label)
    if found is None:
        return ()
    made, known = context.facts(frame), context.once(used)
    lands = _lands(bucket, found, made, known)
    more = lacks(bucket, context), moved(found, made, known), not_yet(bucket, context)
    return tuple(filter(None, (lands, *more)))


def is_unvalued(bucket: Bucket, frame: Frame, known: Used) -> bool:
    """Whether no open deal that a period can win has a value, though there are such."""
    coming = known.coming(bucket, frame.everything)
    return bool(coming) and all(part.worth is None for part in coming)


def in_deals(bucket: Bucket, frame: Frame, known: Used) -> str:
    """How many deals a period wins, in a sentence; nothing where nobody says anything of any."""
    found = wins(bucket, frame, known)
    if found is None:
        return ""
    if found.p10 == found.p90:
        return f"{counting.count(found.p50, 'deal')} won {ALMOST}. {_UNVALUED}"
    low, middle = counting.grouped(found.p10), counting.grouped(found.p50)
    return (
        f"{low} to {counting.count(found.p90, 'deal')} won in eight of ten cases, {middle} in the "
        f"middle. {_UNVALUED}"
    )


def moved(found: Landing | None, frame: Frame, known: Used) -> str:
    """What close dates that are not kept move, in a sentence; nothing where they move nothing."""
    into, out = map(partial(_brought, frame), found.moved) if found and found.moved else ("", "")
    if not (into or out):
        return ""
    if known.keeps_dates:
        return f"{into} of what is expected comes from deals without a close date."
    told = (
        into and f"{into} of what is expected comes from deals with another date or none",
        out and f"{out} of what its own would bring is expected at other times",
    )
    return f"As far as past close dates slipped, {', and '.join(filter(None, told))}."


def _brought(frame: Frame, sums: Totals) -> str:
    """What deals bring, in all currencies in which that is anything."""
    told = tuple([one for one in sums.lines if round(one.amount, 2)])
    return short(replace(sums, lines=told), frame) if told else ""


def without(bucket: Bucket, frame: Frame) -> str:
    """How many open deals a range leaves out, and why, behind it."""
    home = frame.schema.currency
    missing = [one for one in bucket.parts if not (one.worth and one.worth.currency == home)]
    lacks = "a value", "a rate"
    lack = " or ".join([lacks[rate] for rate in sorted({one.worth is not None for one in missing})])
    return f"; {counting.count(len(missing), 'open deal')} without {lack}" if missing else ""


def sentence(bucket: Bucket, found: Landing, frame: Frame) -> str:
    """The range of a period, its middle, and the chance of its target."""
    low, middle, high = (_compact(one, frame) for one in (found.low, found.middle, found.high))
    lack = without(bucket, frame)
    if found.low == found.high:
        words = f"{middle} {ALMOST}{lack}"
    else:
        words = f"{low} to {high} in eight of ten cases, {middle} in the middle{lack}"
    return f"{words}. {_chance(found)}" if found.target is not None else f"{words}."


def _chance(found: Landing) -> str:
    return f"The target is reached in {percent(found.chance)}."


def _undecided(bucket: Bucket, whole: Landing, frame: Frame) -> str:
    """Why no deal decides anything, where that is so."""
    lack = without(bucket, frame)
    if whole.target is None or whole.chance is None:
        return f"No deal alone changes what is expected by so much that it can be seen{lack}."
    if whole.won >= whole.target:
        return "The target is reached by what is won, whatever becomes of the open deals."
    if not whole.chance:
        return f"All that {bucket.label} can bring by these estimates is below the target{lack}."
    if whole.chance == 1:
        return "By these estimates it is certain that the target is reached."
    said = percent(whole.chance)
    return f"The target is reached in {said}, whatever becomes of any one deal."


def _rows(
    found: Sequence[Deciding], whole: Landing, frame: Frame, tells: Told
) -> tuple[DecidingRow, ...]:
    """The deals that decide most, of those that move what is asked by what can be seen."""

    def told(asked: float) -> str:
        if whole.target is not None:
            return percent(asked)
        return _compact(Decimal(f"{asked:.2f}"), frame)

    rows = (
        DecidingRow(
            deal_path(one.bringing.deal),
            one.bringing.deal.title,
            formats.rounded(one.bringing.deal.value) if one.bringing.deal.value else "",
            percent(one.bringing.probability),
            one.bringing.used or "",
            tells.of(one.bringing.deal) if one.bringing.used == "learned" else "",
            told(one.if_won),
            told(one.if_lost),
        )
        for one in found
        if whole.target is None or abs(one.if_won - one.if_lost) >= _SEEN
    )
    return tuple([row for row in rows if row.if_won != row.if_lost][:_DECIDING])


def _compact(amount: Decimal, frame: Frame) -> str:
    return formats.compact(Money(amount, frame.schema.currency))
