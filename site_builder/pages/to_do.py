"""What needs attention today: a row a deal with all its reasons, the most urgent first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import NamedTuple

from site_builder.insights.follow_ups import Due
from site_builder.insights.standing import Standing
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import StageType
from site_builder.markup import formats
from site_builder.pages import dues
from site_builder.pages.cards import Card
from site_builder.pages.context import Context
from site_builder.pages.deals import PATH as DEALS
from site_builder.pages.links import FOLLOW_UPS, NO_LINK, Link, filtered
from site_builder.pages.reasons import NAMES, in_words
from site_builder.pages.stale_deals import reason_path
from site_builder.problems import counting

CLOSING_SOON = 14
"""How many days before its expected close a deal is closing soon."""
SHOWN = 8
"""How many deals of a person are listed."""
OPEN = 24
"""How many deals are listed at once: those of further people are folded."""


class Task(NamedTuple):
    """A deal that needs attention: a status code and its word for the most urgent reason, what to
    do about that, and the other reasons, ``also``."""

    code: str
    word: str
    deal: Link
    what: str
    also: str
    value: str


@dataclass(frozen=True, slots=True)
class Desk:
    """The deals of an owner that need attention: ``count`` is of all of them, ``more`` leads to
    those not shown, and ``due`` to what else of theirs is due. Where there are many, they are
    folded."""

    owner: str
    count: str
    tasks: tuple[Task, ...]
    more: Link
    due: Link
    is_folded: bool


@dataclass(frozen=True, slots=True)
class Attention:
    """All that needs attention: ``counts`` lead from how many deals have each reason to them."""

    counts: tuple[Link, ...]
    desks: tuple[Desk, ...]


_ALIVE = (StageType.OPEN, StageType.PARKED)
"""Where deals stand that may need something."""


class Need(NamedTuple):
    """What a deal needs: ``order`` sorts the most pressing of a kind first. ``word`` and ``what``
    say it where it is the most urgent reason, ``beside`` where it is another."""

    order: int
    word: str
    what: str
    beside: str


class _Needy(NamedTuple):
    """A deal and all that it needs, by the place of each kind among all; ``order`` sorts the most
    urgent first."""

    order: tuple[int, int, str]
    one: Standing
    needs: tuple[tuple[int, Need], ...]


Needs = Callable[[Standing, Context], Need | None]


def attention(context: Context) -> Attention:
    """The deals that need attention, by owner: who has most comes first. A deal is named once, and
    counted with each of its reasons, so that the counts are those of the stale page."""
    found = tuple(context.each_deal.having(_needy).values())
    due = dues.else_due_now(context.insights)
    desks = tuple(_desks(found, due, context))
    is_cut = any(desk.more.path for desk in desks)
    return Attention((*_counts(found, is_cut=is_cut), *_count_of(due, context)), desks)


def _count_of(due: Sequence[Due], context: Context) -> Iterator[Link]:
    late = sum(one.date < context.today for one in due)
    said = [f"{counting.grouped(late)} overdue"] if late else []
    said += [f"{counting.grouped(len(due) - late)} today"] if len(due) > late else []
    if said:
        yield Link(f"Other follow-ups: {', '.join(said)}", FOLLOW_UPS)


def _needy(deal: Deal, context: Context) -> _Needy | None:
    if deal.stage.type not in _ALIVE:
        return None
    one = context.insights.standings[deal.id]
    every = ((kind, needs(one, context)) for kind, (_, _, needs, _) in enumerate(_NEEDS))
    found = tuple([(kind, need) for kind, need in every if need is not None])
    return _Needy((found[0][0], found[0][1].order, deal.id), one, found) if found else None


def _counts(found: Sequence[_Needy], *, is_cut: bool) -> Iterator[Link]:
    """How many deals have each reason. What has no list of its own stands below or, where not all
    do, in the list of all deals, which scripts filter."""
    counts = Counter(kind for needy in found for kind, _ in needy.needs)
    for kind, (title, _, _, path) in enumerate(_NEEDS):
        if counts[kind]:
            is_here = title in _ASKED and not is_cut
            place = "#attention" if is_here else path or filtered(DEALS, _ASKED[title])
            yield Link(f"{title}: {counting.grouped(counts[kind])}", place)


def _desks(found: Sequence[_Needy], due: Sequence[Due], context: Context) -> Iterator[Desk]:
    else_due = Counter(one.person.name for one in due if one.person)
    by_owner: dict[str, list[_Needy]] = {}
    for needy in found:
        by_owner.setdefault(needy.one.owner.name, []).append(needy)
    listed = 0
    for owner, theirs in sorted(by_owner.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        first, rest = nsmallest(SHOWN, theirs), len(theirs) - SHOWN
        listed += min(SHOWN, len(theirs))
        yield Desk(
            owner,
            counting.grouped(len(theirs)),
            tuple([_task(needy, context.cards[needy.one.deal.id]) for needy in first]),
            Link(f"{counting.grouped(rest)} more", "stale.html") if rest > 0 else NO_LINK,
            _due_link(else_due[owner]),
            listed > OPEN,
        )


def _due_link(number: int) -> Link:
    if not number:
        return NO_LINK
    return Link(f"and {counting.count(number, 'other follow-up')} due", FOLLOW_UPS)


def _task(needy: _Needy, card: Card) -> Task:
    kind, first = needy.needs[0]
    also = "; ".join([need.beside for _, need in needy.needs[1:] if need.beside])
    code = _NEEDS[kind][1]
    return Task(code, first.word, Link(card.title, card.path), first.what, also, card.value)


def _late(day: dt.date, context: Context) -> str:
    """That a day has come: ``due today``, ``46 days overdue``."""
    late = (context.today - day).days
    return f"{formats.days(late)} overdue" if late else "due today"


def _overdue(one: Standing, context: Context) -> Need | None:
    step = one.deal.next
    if one.status != "overdue" or step is None or not one.deal.stage.is_open:
        return None
    return Need(step.date.toordinal(), _late(step.date, context), _step(one, context), "")


def _due(one: Standing, context: Context) -> Need | None:
    step = one.deal.next
    if one.status != "today" or step is None:
        return None
    return Need(0, _late(step.date, context), _step(one, context), "")


def _overslept(one: Standing, context: Context) -> Need | None:
    wake = one.deal.wake
    if one.deal.stage.type is not StageType.PARKED or wake is None or wake > context.today:
        return None
    return Need(wake.toordinal(), _late(wake, context), "time to wake it", "")


def _close_passed(one: Standing, context: Context) -> Need | None:
    close = one.deal.close
    if not one.deal.stage.is_open or close is None or close >= context.today:
        return None
    passed = f"was to close {formats.in_days(close, context.today)}"
    what = "; ".join(filter(None, (passed, _step(one, context))))
    return Need(close.toordinal(), "close passed", what, passed)


def _closing(one: Standing, context: Context) -> Need | None:
    close = one.deal.close
    if not one.deal.stage.is_open or close is None:
        return None
    days = (close - context.today).days
    if not 0 <= days <= CLOSING_SOON:
        return None
    word = formats.in_days(close, context.today)
    return Need(days, f"closes {word}", _step(one, context), f"closes {word}")


def _step(one: Standing, context: Context) -> str:
    return context.cards[one.deal.id].next


def _silent(one: Standing, _context: Context) -> Need | None:
    reason = next((r for r in one.reasons if r.code == "silent"), None)
    if reason is None:
        return None
    return Need(-(reason.days or 0), "silent", in_words(reason), in_words(reason))


def _stepless(one: Standing, context: Context) -> Need | None:
    if not any(reason.code == "no-next-step" for reason in one.reasons):
        return None
    card = context.cards[one.deal.id]
    what = f"in {card.stage}" + (f" for {card.days_text}" if card.days_text else "")
    return Need(-(one.days or 0), "no next step", what, "no next step")


_TODAY, _CLOSING = "Due today", f"Closing within {CLOSING_SOON} days"
_ASKED = {
    _TODAY: "state:open next:today",
    _CLOSING: f"state:open close>=today close<=+{CLOSING_SOON}d",
}
"""The queries by which the deals with a reason are found that has no list of its own."""
_NEEDS: tuple[tuple[str, str, Needs, str], ...] = (
    (NAMES["next-step-overdue"], "overdue", _overdue, reason_path("next-step-overdue")),
    (_TODAY, "today", _due, ""),
    (NAMES["overslept"], "overdue", _overslept, reason_path("overslept")),
    (NAMES["close-in-past"], "overdue", _close_passed, reason_path("close-in-past")),
    (_CLOSING, "soon", _closing, ""),
    (NAMES["silent"], "stale", _silent, reason_path("silent")),
    (NAMES["no-next-step"], "none", _stepless, reason_path("no-next-step")),
)
