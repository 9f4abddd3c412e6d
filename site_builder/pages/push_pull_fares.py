"""How deals fare by how far their customers asked for their moves."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.insights.push_pull import Fare, PushPull
from site_builder.insights.share import Share
from site_builder.pages.sheet import (
    Cell,
    Row,
    Section,
    Table,
    groups,
    number,
    numbers,
    percent_from,
    share_or_few,
    share_text,
    sure,
    too_few,
)
from site_builder.problems import counting

FEWEST = 10
"""Of fewer deals with an outcome nothing is said about how they fare."""
_RULE = (
    "Counted are the moves up to the outcome, without those into won and lost stages, of the won "
    f"and lost deals of which any says who asked for it. {percent_from(FEWEST, 'deals')}"
)
_PULLS = {
    "none": "None",
    "up-to-half": "Up to half",
    "most": "More than half",
    "all": "All",
}
_COLUMNS = numbers("The customer asked for", "Won", "Lost", "Share won")


def fares(found: PushPull) -> Section:
    """How deals fare by how far their customers asked for their moves."""
    rows = tuple(_fare(fare) for fare in found.fares)
    unsaid = counting.count(len(found.unsaid), "deal")
    verb = "says" if len(found.unsaid) == 1 else "say"
    left_out = f"; {unsaid} with an outcome {verb} nothing" if found.unsaid else ""
    made_of = [
        (f":fare:{fare.pull}.{how}", f"{_PULLS[fare.pull]} pulled, {how}", deals)
        for fare in found.fares
        for how, deals in (("won", fare.won_deals), ("lost", fare.lost_deals))
    ]
    return Section(
        "::fares",
        "How deals fare",
        _in_words(found.fares) + left_out,
        tables=(Table("Outcomes by what customers asked for", _COLUMNS, rows),),
        rule=_RULE,
        made_of=groups((*made_of, (":fare:unsaid", "Says nothing", found.unsaid))),
        is_closed=True,
    )


def _fare(fare: Fare) -> Row:
    return Row(
        Cell(_PULLS[fare.pull], aside="of the moves"),
        (
            number(len(fare.won_deals), f"push-pull.html#:fare:{fare.pull}.won"),
            number(len(fare.lost_deals), f"push-pull.html#:fare:{fare.pull}.lost"),
            share_or_few(fare.won, FEWEST),
        ),
    )


def _in_words(every: Sequence[Fare]) -> str:
    """What was won where the customer asked for more than half, and of the others."""
    parts = {fare.pull: fare.won for fare in every}
    pulled = Share(*map(sum, zip(parts["most"], parts["all"], strict=True)))
    pushed = Share(*map(sum, zip(parts["none"], parts["up-to-half"], strict=True)))
    fewer = min(pulled.of, pushed.of)
    if fewer < FEWEST:
        side = "pulled" if pulled.of == fewer else "pushed"
        few = counting.count(fewer, f"{side} deal")
        return f"{few} with an outcome: {too_few(fewer, FEWEST)}"
    return (
        f"{share_text(pulled)} of {counting.grouped(pulled.of)} won where customers asked for more "
        f"than half ({sure(pulled)}), {share_text(pushed)} of {counting.grouped(pushed.of)} others "
        f"({sure(pushed)})"
    )
