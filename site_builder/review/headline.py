"""What a change does in one line: what is expected, which deals moved, and what to look at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from site_builder.journal.history import outcome
from site_builder.journal.money import Money
from site_builder.journal.periods import Period, quarter_of
from site_builder.markup import formats
from site_builder.problems import counting
from site_builder.review.compare import Comparison
from site_builder.review.deals import DealChange

UNCHANGED = "no change to the pipeline"
_PIPELINE = frozenset(("value", "close", "probability", "category", "owner", "pipeline"))


class Slip(NamedTuple):
    """A deal whose close is in another quarter than it was."""

    change: DealChange
    before: Period
    after: Period

    @property
    def is_later(self) -> bool:
        return self.after.first > self.before.first


def slips(made: Comparison) -> list[Slip]:
    """The deals, open before and after, that were put off into a later quarter or pulled into an
    earlier one."""
    starts = made.after.schema.fiscal_year_starts
    found = []
    for change in made.deals:
        was, now = change.before, change.after
        if was and now and was.close and now.close and was.stage.is_open and now.stage.is_open:
            one = Slip(change, quarter_of(was.close, starts), quarter_of(now.close, starts))
            if one.before != one.after:
                found.append(one)
    return found


def weighted_deltas(made: Comparison) -> list[Money]:
    """By how much what is expected of open deals went up or down, in each currency in which it
    did."""
    total = made.forecast[-1]
    was, now = total.before.weighted, total.after.weighted
    codes = {line.currency for line in (*was.lines, *now.lines)}
    home = made.after.schema.currency
    deltas = [Money(now.in_currency(c) - was.in_currency(c), c) for c in sorted(codes)]
    return sorted((m for m in deltas if m.amount), key=lambda m: m.currency != home)


def touches_pipeline(made: Comparison) -> bool:
    """Whether the change does anything to deals that sums, stages or owners tell of."""
    return bool(
        weighted_deltas(made)
        or any(row.before != row.after for row in made.forecast)
        or made.schema
        or any(_is_of_pipeline(change) for change in made.deals)
    )


def _is_of_pipeline(change: DealChange) -> bool:
    if change.what != "changed" or change.turn or change.moves:
        return True
    return any(one.field in _PIPELINE for one in change.fields)


def headline(made: Comparison) -> str:
    """The line; where nothing of the pipeline changed it begins with that, and it ends with how
    much of the journal that does not speak of."""
    of_pipeline = list(_of_pipeline(made)) if touches_pipeline(made) else []
    others = list(_of_others(made))
    if of_pipeline:
        said = ", ".join(of_pipeline)
    else:
        said = UNCHANGED + (f": {', '.join(others)}" if others else "")
    looks = len(made.suspicions)
    if looks:
        said += f"; {counting.count(looks, 'thing')} to look at twice"
    left = len(made.uncompared)
    if left:
        said += f"; {counting.count(left, 'file')} with errors not compared"
    return said[0].upper() + said[1:]


def _of_pipeline(made: Comparison) -> Iterator[str]:
    deltas = weighted_deltas(made)
    if deltas:
        yield f"weighted {' '.join(map(formats.signed, deltas))}"
    won = [one for one in made.deals if one.turn == "won"]
    if won:
        yield f"{len(won)} won{_worth(won)}"
    for number, word in _counted(made.deals):
        if number:
            yield f"{number} {word}"
    yield from _slipped(slips(made))
    if not any(_is_of_pipeline(change) for change in made.deals) and not deltas:
        yield "settings in pipeline.yml changed"


def _worth(won: Sequence[DealChange]) -> str:
    """What deals were won for, each currency by itself."""
    sums: dict[str, Decimal] = {}
    for change in won:
        ended = outcome(change.deal)
        if ended is not None and ended.value is not None:
            code = ended.value.currency
            sums[code] = sums.get(code, Decimal(0)) + ended.value.amount
    worth = [formats.compact(Money(amount, code)) for code, amount in sorted(sums.items())]
    return f" ({' + '.join(worth)})" if worth else ""


def _counted(deals: Sequence[DealChange]) -> Iterator[tuple[int, str]]:
    for turn in ("lost", "reopened", "parked", "woken"):
        yield sum(one.turn == turn for one in deals), turn
    moves = [move for one in deals if not one.turn for move in one.moves[-1:]]
    yield sum(not move.back for move in moves), "moved on"
    yield sum(move.back for move in moves), "moved back"
    yield sum(one.what == "added" for one in deals), "new"
    yield sum(one.what == "removed" for one in deals), "removed"
    yield sum(one.what == "renamed" for one in deals), "renamed"
    plain = [one for one in deals if not (one.turn or one.moves) and one.what == "changed"]
    yield sum(any(f.field in _PIPELINE for f in one.fields) for one in plain), "changed"


def _slipped(found: Sequence[Slip]) -> Iterator[str]:
    for is_later, word in ((True, "slipped"), (False, "pulled in")):
        some = [slip for slip in found if slip.is_later is is_later]
        ways = {(slip.before, slip.after) for slip in some}
        if len(ways) == 1:
            was, now = next(iter(ways))
            yield f"{len(some)} {word} from {_quarter(was, now)} to {_quarter(now, was)}"
        elif some:
            yield f"{len(some)} {word} to {'a later' if is_later else 'an earlier'} quarter"


def _quarter(one: Period, other: Period) -> str:
    """``Q4``; with its year where the other's is another by more than one."""
    year, quarter = one.label.split("-")
    return quarter if abs(int(year) - int(other.label[:4])) <= 1 else one.label


def _of_others(made: Comparison) -> Iterator[str]:
    notes = [*(one.notes for one in made.deals), *(one.notes for one in made.contacts)]
    added = sum(note.how == "added" for of_one in notes for note in of_one)
    come = sum(one.what == "added" for one in made.contacts)
    changed = sum(one.what != "added" for one in made.contacts)
    steps = sum(len(one.steps) for one in made.deals)
    if added:
        yield f"{counting.count(added, 'note')} added"
    if steps:
        yield f"{counting.count(steps, 'step')} done"
    if come:
        yield f"{counting.count(come, 'contact')} added"
    if changed:
        yield f"{counting.count(changed, 'contact')} changed"
    left = len(made.deals) + len(made.contacts)
    if not (added or steps or come or changed) and left:
        yield f"{counting.count(left, 'file')} changed"
