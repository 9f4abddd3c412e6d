"""How much to believe the forecast, in words, on pages and in the terminal: whose probabilities
count and why, by how far these were wrong, and what is not in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from site_builder.forecast.estimators import HORIZON, NAMES, Choice
from site_builder.forecast.outlook import Part
from site_builder.forecast.used import Used
from site_builder.journal.money import Money
from site_builder.markup.formats import compact, isolated
from site_builder.problems.counting import count, decimal, grouped, together

if TYPE_CHECKING:
    from site_builder.forecast.arrivals import NotYet
    from site_builder.forecast.chances import Lack
    from site_builder.forecast.drift import Drift
    from site_builder.forecast.figures_periods import Period


UNPROVEN = "Nothing is proven yet, for no deal has been won or lost."
"""What is said of all figures then."""
LACKS: Mapping[Lack, str] = {
    "unended": "no deal of its pipeline has been won or lost yet",
    "unseen": "no notes date how a deal of its pipeline was won or lost, clean-ups aside",
    "new": "the first deal of its pipeline is less than 30 days old",
    "unplaced": "its stage is retired or unknown, or its notes can't be read",
    "undated": "its stage has no date",
    "later": "it begins on a later day",
    "ended": "by its notes it has ended",
}
"""Why nothing is learned of a deal."""


def why(choice: Choice) -> str:
    """Whose probabilities count in a pipeline, and why."""
    usual = _whose(choice)
    if choice.why == "said":
        return f"{usual}, as pipeline.yml says"
    if choice.why == "too-little" and not choice.n:
        return f"{usual}, for there are no past forecasts yet to choose by"
    if choice.why == "too-little":
        few = "are of too few deals or month ends to choose by"
        return f"{usual}, for {count(choice.n, 'past forecast')} {few}"
    told = "which did best" if len(choice.briers) > 1 else "which alone could be tried"
    return f"{usual}, {told} {count(HORIZON, 'day')} ahead in {count(choice.n, 'past forecast')}"


def _whose(choice: Choice) -> str:
    """Whose probabilities count, and where it was not tried who did best, whose where these say
    nothing."""
    return ", or else ".join([NAMES[name] for name in choice.order[: 1 + (choice.why != "best")]])


def scored(choice: Choice) -> str:
    """The Brier scores by which they were chosen; nothing where none were compared."""
    return ", ".join(f"{NAMES[name]} {brier:.3f}" for name, brier in choice.briers.items())


def chosen_words(choices: Iterable[Choice]) -> str:
    """Whose probabilities count in each pipeline of which there are past forecasts, in a sentence;
    nothing where there are not several, for then the verdict says it."""
    told = [f"in {isolated(one.pipeline.name)}, {_whose(one)}" for one in choices if one.n]
    if len(told) < 2:
        return ""
    return f"What counts by pipeline: {'; '.join(told)}."


def drift_words(found: Iterable[Drift], told: int = HORIZON) -> str:
    """Where far more or fewer wins were expected than came, but for the horizon of which that is
    ``told`` already, in a sentence; nothing where nowhere."""
    said = [one.said for one in found if one.far and one.days != told]
    return f"{'; '.join(said)}." if said else ""


def further_words(found: Iterable[Drift], ends: Mapping[str, int]) -> str:
    """Which periods, by in how many days they end, lean on what has not helped so far ahead, though
    it does in the usual time: all that end after the longest time of which that is not so. Nothing
    where there are none."""
    helps = {one.days: one.helps for one in found if one.days >= HORIZON}
    unlike = [days for days, one in helps.items() if one == "no"]
    if helps.get(HORIZON) != "yes" or not unlike:
        return ""
    known = max(days for days in helps if days < unlike[0])
    periods = [label for label, days in ends.items() if days > known]
    if not periods:
        return ""
    return (
        f"What was learned of {together(periods)}, further off than {known} days, leans on what "
        f"did not help {together([str(days) for days in unlike])} days ahead."
    )


def until_words(loose: Sequence[str], horizon: int) -> str:
    """By when what was learned counts, of periods and of what has none (``loose``)."""
    return (
        f"What was learned counts until a period's end; of {together(loose)}, for "
        f"{count(horizon, 'day')} from today. A deal that may be won in several rows has a part in "
        "each."
    )


def arrivals_words(found: NotYet, currency: str) -> str:
    """What deals that are not in the journal yet have brought to periods that are over, in a
    sentence; nothing where these had no wins."""
    if not found.of:
        return ""
    return (
        "Deals that are not in the journal yet are not in it: such deals brought "
        f"{_brought(found, currency)} on average to each of the last {found.periods} such "
        f"periods, from as far before its end ({grouped(found.won)} of {count(found.of, 'win')})."
    )


def coming_words(currency: str, periods: Iterable[Period]) -> str:
    """The same of all periods to come, in short; nothing where nothing is known of any."""
    told = [
        f"{one.period} {_brought(one.not_yet, currency)} ({grouped(one.not_yet.won)} of "
        f"{count(one.not_yet.of, 'win')} of {count(one.not_yet.periods, 'period')})"
        for one in periods
        if one.not_yet and one.not_yet.of
    ]
    if not told:
        return ""
    return (
        "Not in it are deals that are not in the journal yet. Such brought to past periods on "
        f"average, from as far before their ends: {', '.join(told)}."
    )


def _brought(found: NotYet, currency: str) -> str:
    wins = f"{decimal(found.deals)} wins"
    if found.amount is None:
        return wins
    return f"{wins} and {compact(Money(Decimal(found.amount), currency))}"


def lacking_words(lacks: Iterable[Lack], of: int) -> str:
    """Of how many of so many open deals nothing is learned, and why, in a sentence; nothing where
    something is learned of all."""
    found = Counter(lacks)
    if not found:
        return ""
    some = len(found) > 1
    whys = [f"{LACKS[why]}{f' ({grouped(found[why])})' * some}" for why in LACKS if why in found]
    lacking = f"{grouped(found.total())} of {count(of, 'open deal')}"
    return f"Of each of {lacking} nothing is learned, for {', or '.join(whys)}."


def unplaced_words(out: int, of: int, what: str) -> str:
    """How many open deals ``what`` lacks, periods to come, and why, in a sentence."""
    return f"{what} {grouped(out)} of {count(of, 'open deal')}: nothing tells when."


def percent(chance: float | None) -> str:
    """A chance in whole percents: one that is not certain is told neither as 0% nor as 100%."""
    if chance is None:
        return ""
    if 0 < chance < 0.01:
        return "under 1%"
    return "over 99%" if 0.99 < chance < 1 else f"{chance:.0%}"


def learned_percent(chance: float | None) -> str:
    """What history has taught of a deal that has not ended, which is never certain: where no deal
    like it was ever won, as of parked ones none may have been, that is not 0%."""
    if chance in (0, 1):
        return "over 99%" if chance else "under 1%"
    return percent(chance)


def counting_words(used: Used, parts: Iterable[Part]) -> str:
    """Whose probabilities count in the pipelines that some deals are in, and why: in one sentence
    where all are alike."""
    ids = dict.fromkeys(part.deal.pipeline.id for part in parts)
    told = {id: why(used.choices[id]) for id in ids}
    if len({(used.choices[id].why, used.choices[id].order) for id in ids}) == 1:
        n = sum([used.choices[id].n for id in ids])
        (first, *_) = (used.choices[id] for id in ids)
        return f"By {why(first._replace(n=n))}."
    names = ((used.choices[id].pipeline.name, words) for id, words in told.items())
    return " ".join([f"{name}: by {words}." for name, words in names])
