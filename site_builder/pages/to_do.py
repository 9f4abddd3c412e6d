"""What needs attention today, the most pressing first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.insights.insights import Standing
from site_builder.journal.pipeline import StageType
from site_builder.markup.formats import in_days
from site_builder.pages.cards import Card
from site_builder.pages.context import Context
from site_builder.pages.links import NO_LINK, Link
from site_builder.pages.reasons import NAMES, in_words
from site_builder.problems import counting

CLOSING_SOON = 14
"""How many days before its expected close a deal is closing soon."""
SHOWN = 8
"""How many deals of a group are listed."""


class Task(NamedTuple):
    """A deal that needs attention: a status code and its words, and what it is about."""

    code: str
    word: str
    deal: Link
    what: str
    owner: str
    value: str


@dataclass(frozen=True, slots=True)
class Group:
    """Deals that need the same kind of attention: ``count`` is of all of them. Those that a
    group before names are not named again, ``above`` says how many. ``more`` leads to those
    not shown."""

    anchor: str
    title: str
    count: str
    tasks: tuple[Task, ...]
    more: Link
    above: str


_ALIVE = (StageType.OPEN, StageType.PARKED)
"""Where deals stand that may need something."""


class Need(NamedTuple):
    """What a deal needs: ``order`` sorts the most pressing first."""

    order: int
    word: str
    what: str


Needs = Callable[[Standing, Context], Need | None]


def attention(context: Context) -> Iterator[Group]:
    """Deals by what they need, the most pressing first; each deal is named once, and counted
    wherever it belongs, so that the counts are those of the stale page."""
    alive = [one for one in context.insights.every_deal if one.deal.stage.type in _ALIVE]
    named: set[str] = set()
    for title, code, needs, more in _NEEDS:
        every = [(need, one) for one in alive if (need := needs(one, context)) is not None]
        found = [(need, one) for need, one in every if one.deal.id not in named]
        named.update(one.deal.id for _, one in found)
        found.sort(key=lambda pair: (pair[0].order, pair[1].deal.id))
        if every:
            yield _group(title, code, found, more, len(every), context)


def _group(
    title: str,
    code: str,
    found: list[tuple[Need, Standing]],
    more: str,
    count: int,
    context: Context,
) -> Group:
    tasks = tuple(_task(code, need, context.cards[one.deal.id]) for need, one in found[:SHOWN])
    rest = len(found) - len(tasks)
    return Group(
        f"needs-{title.lower().replace(' ', '-')}",
        title,
        counting.grouped(count),
        tasks,
        Link(f"{counting.grouped(rest)} more", more) if rest else NO_LINK,
        f"{counting.grouped(count - len(found))} named above" if count > len(found) else "",
    )


def _task(code: str, need: Need, card: Card) -> Task:
    return Task(code, need.word, Link(card.title, card.path), need.what, card.owner, card.value)


def _overdue(one: Standing, context: Context) -> Need | None:
    step = one.deal.next
    if one.status != "overdue" or step is None or not one.deal.stage.is_open:
        return None
    card = context.cards[one.deal.id]
    return Need(step.date.toordinal(), card.status_text, card.next)


def _due(one: Standing, context: Context) -> Need | None:
    if one.status != "today" or one.deal.next is None:
        return None
    return Need(0, "today", context.cards[one.deal.id].next)


def _overslept(one: Standing, context: Context) -> Need | None:
    wake = one.deal.wake
    if one.deal.stage.type is not StageType.PARKED or wake is None or wake > context.today:
        return None
    return Need(wake.toordinal(), in_days(wake, context.today), "time to wake it")


def _close_passed(one: Standing, context: Context) -> Need | None:
    close = one.deal.close
    if not one.deal.stage.is_open or close is None or close >= context.today:
        return None
    return Need(close.toordinal(), in_days(close, context.today), "expected close has passed")


def _closing(one: Standing, context: Context) -> Need | None:
    close = one.deal.close
    if not one.deal.stage.is_open or close is None:
        return None
    days = (close - context.today).days
    if not 0 <= days <= CLOSING_SOON:
        return None
    step = context.cards[one.deal.id].next
    return Need(days, in_days(close, context.today), step or "no next step")


def _silent(one: Standing, _context: Context) -> Need | None:
    reason = next((r for r in one.reasons if r.code == "silent"), None)
    if reason is None:
        return None
    return Need(-(reason.days or 0), "silent", in_words(reason))


def _stepless(one: Standing, context: Context) -> Need | None:
    if not any(reason.code == "no-next-step" for reason in one.reasons):
        return None
    card = context.cards[one.deal.id]
    return Need(-(one.days or 0), "no next step", f"in {card.stage} for {card.days_text}")


_NEEDS: tuple[tuple[str, str, Needs, str], ...] = (
    (NAMES["next-step-overdue"], "overdue", _overdue, "stale.html#reason-next-step-overdue"),
    ("Due today", "today", _due, "deals.html"),
    (NAMES["overslept"], "overdue", _overslept, "stale.html#reason-overslept"),
    (NAMES["close-in-past"], "overdue", _close_passed, "stale.html#reason-close-in-past"),
    (f"Closing within {CLOSING_SOON} days", "soon", _closing, "forecast.html"),
    (NAMES["silent"], "stale", _silent, "stale.html#reason-silent"),
    (NAMES["no-next-step"], "none", _stepless, "stale.html#reason-no-next-step"),
)
