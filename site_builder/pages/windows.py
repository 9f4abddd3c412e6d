"""Of how many deals figures are, and over how many days."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.pages.context import Context
from site_builder.pages.sheet import Sheet, over
from site_builder.problems import counting

Key = TypeVar("Key")


def footed(view: Callable[[Context, Key], Sheet]) -> Callable[[Context, Key], Sheet]:
    """The same page with the deals of the journal at its foot."""
    return lambda context, key: replace(view(context, key), foot=deals(context))


def deals(context: Context) -> str:
    """``Of 57 deals, begun over 1 500 days, from 15 Oct 2022 to 18 Nov 2026.``; nothing of none."""
    return context.once(_deals)


def of(deals: Iterable[Deal]) -> str:
    """The same of some deals."""
    every = list(deals)
    if not every:
        return ""
    days = [day for deal in every if (day := history.created_on(deal))]
    count, undated = counting.count(len(every), "deal"), len(every) - len(days)
    rest = f"; nobody knows when {counting.grouped(undated)} of them began" if undated else ""
    return (
        f"Of {count}, begun {over(days)}{rest}."
        if days
        else f"Of {count}, begun nobody knows when."
    )


def ended(context: Context) -> str:
    """``31 deals have ended over 700 days, …``; nothing of none."""
    return context.once(_ended)


def _deals(context: Context) -> str:
    return of(context.journal.deals)


def _ended(context: Context) -> str:
    outcomes = [one.outcome for one in context.insights.every_deal if one.outcome]
    if not outcomes:
        return ""
    count = counting.count(len(outcomes), "deal has", "deals have")
    when = over(how.day for how in outcomes if how.day)
    return f"{count} ended {when}." if when else f"{count} ended."
