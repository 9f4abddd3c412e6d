"""Of how many deals figures are, and over how many days."""

from __future__ import annotations

from site_builder.journal import history
from site_builder.pages.context import Context
from site_builder.pages.sheet import over
from site_builder.problems import counting


def deals(context: Context) -> str:
    """``57 deals over 1 500 days, from 15 Oct 2022 to 18 Nov 2026.``, by when they began."""
    return context.once(_deals)


def ended(context: Context) -> str:
    """``31 deals have ended over 700 days, …``; nothing of none."""
    return context.once(_ended)


def _deals(context: Context) -> str:
    every = context.journal.deals
    days = [day for deal in every if (day := history.created_on(deal))]
    return _sentence(counting.count(len(every), "deal"), over(days))


def _ended(context: Context) -> str:
    outcomes = [one.outcome for one in context.insights.every_deal if one.outcome]
    if not outcomes:
        return ""
    count = counting.count(len(outcomes), "deal has", "deals have")
    return _sentence(f"{count} ended", over(how.day for how in outcomes if how.day))


def _sentence(count: str, when: str) -> str:
    return f"{count} {when}." if when else f"{count}."
