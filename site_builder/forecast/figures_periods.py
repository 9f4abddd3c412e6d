"""The figures of each period of the forecast, for other programs: what it sums up to, and what it
will bring. Sums are in the journal's currency; amounts in one without a rate stand ``apart``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from site_builder.forecast.arrivals import Arrivals, NotYet
from site_builder.forecast.expecting import Expecting
from site_builder.forecast.figures_deals import written
from site_builder.forecast.landing import Landing, Moved, goal_of, is_told, landing
from site_builder.forecast.outlook import Bucket
from site_builder.forecast.wins import Wins, wins
from site_builder.insights.totals import EMPTY, Totals
from site_builder.journal.money import Money
from site_builder.journal.team import Person


class Weighted(NamedTuple):
    """What deals are worth, weighted by their stages, by what their owners say, and by what the
    past has taught of their being won by the end of the period."""

    stage: str
    own: str
    learned: str | None


class Apart(NamedTuple):
    """Sums in a currency without a rate, and what is ``moved`` of it."""

    currency: str
    open: str
    weighted: Weighted
    won: str
    target: str | None
    moved: Moved[str] | None


class Period(NamedTuple):
    """What a period, or what has none, sums up to: how many ``deals`` are open, how many of them
    have a value (``valued``) and an own estimate (``estimated``), how many are won.

    What it will bring, with what is won, is less than ``p10`` in one of ten cases, than ``p50`` in
    five, than ``p90`` in nine: None where open deals may bring something to it, and nobody says
    how probably or when; ``chance`` is that of the target. Deals that are not in the journal
    yet are not in it: what such have brought to periods that are over stands in ``not_yet``. What
    close dates that are not kept have ``moved`` is in it, and in what is weighted by what is
    learned. Of those that are won so many have a value (``won_valued``). ``wins`` are told in
    deals, whatever they are worth. Of so many open deals nothing tells when they are won, so that
    they have no part in it where others do that are not dated in it (``unplaced``)."""

    period: str | None
    open: str
    weighted: Weighted
    won: str
    target: str | None
    deals: int
    valued: int
    estimated: int
    won_deals: int
    p10: str | None
    p50: str | None
    p90: str | None
    chance: float | None
    apart: tuple[Apart, ...]
    not_yet: NotYet | None
    moved: Moved[str] | None
    won_valued: int
    wins: Wins | None
    unplaced: int


def coming(bucket: Bucket, expects: Expecting, arrivals: Arrivals) -> Period:
    """A period, with what deals that are not in the journal yet have brought to such."""
    not_yet = arrivals.not_yet(bucket.period) if bucket.period else None
    return period_of(bucket, expects, not_yet=not_yet)


def period_of(
    bucket: Bucket,
    expects: Expecting,
    person: Person | None = None,
    not_yet: NotYet | None = None,
) -> Period:
    """What a period, or what has none, sums up to, of the team or of a person."""
    made, used = expects.made, expects.used
    sums, lands = made.sums(bucket), landing(bucket, made, used, person)
    home, *apart = _by_currency(bucket, expects, person, lands.moved)
    is_range = is_told(bucket, made, used, person)
    low, middle, high = map(written, (lands.low, lands.middle, lands.high))
    return Period(
        bucket.label if bucket.period else None,
        home.open,
        home.weighted,
        home.won,
        home.target,
        sums.deals,
        sums.open.counted,
        sums.own,
        sums.won_deals,
        low if is_range else None,
        middle if is_range else None,
        high if is_range else None,
        _chance(lands, is_range),
        tuple(apart),
        not_yet,
        home.moved,
        sums.won.counted,
        wins(bucket, made, used, person) if is_range else None,
        len(expects.unplaced(bucket, person)),
    )


def _by_currency(
    bucket: Bucket, expects: Expecting, person: Person | None, moves: Moved[Totals] | None
) -> list[Apart]:
    """The sums in the journal's currency, and in each that has no rate."""
    sums, home = expects.made.sums(bucket), expects.made.schema.currency
    goal, learned = goal_of(bucket, expects.made, person), expects.learned(bucket, person)
    lines = (sums.open, sums.by_stage, sums.by_own, learned or EMPTY, sums.won)
    codes = {line.currency for found in lines for line in found.lines}
    codes |= {goal.currency} if goal else set()
    return [
        _sums(code, lines, goal, moves, learned is not None)
        for code in (home, *sorted(codes - {home}))
    ]


def _chance(lands: Landing, is_range: bool) -> float | None:
    """That of the target: without a range it is known only where it is reached."""
    is_reached = lands.target is not None and lands.won >= lands.target
    return lands.chance if is_range or is_reached else None


def _sums(
    code: str,
    lines: Iterable[Totals],
    goal: Money | None,
    moves: Moved[Totals] | None,
    is_known: bool,
) -> Apart:
    """The sums in a currency; of nothing learned where none of it ``is_known``."""
    opened, stage, own, taught, won = (written(found.in_currency(code)) for found in lines)
    target = written(goal.amount) if goal and goal.currency == code else None
    into, out = (written(found.in_currency(code)) for found in moves or (EMPTY, EMPTY))
    moved = Moved(into, out) if moves else None
    by = Weighted(stage, own, taught if is_known else None)
    return Apart(code, opened, by, won, target, moved)
