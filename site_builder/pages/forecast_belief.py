"""The page that says how much to believe the forecast. Without a past there is nothing to say, and
nothing is imported that learns from one."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.forecast.used import has_ended
from site_builder.pages.context import Context
from site_builder.pages.forecast_sure import BELIEF, TITLE, lands
from site_builder.pages.page import PageKind
from site_builder.pages.sheet import Sheet

_EMPTY = (
    "Too few to say. Here stands how right forecasts would have been, once deals have been won and "
    "lost: by stage percentages, own estimates, and what your history has taught."
)


def forecast_belief(context: Context, _key: str = "") -> Sheet:
    """The page that says how much to believe it."""
    if not context.facts(has_ended):
        return Sheet(TITLE, "", (), empty=_EMPTY)
    from site_builder.pages.forecast_backtest import answer, rule, sections

    return Sheet(TITLE, answer(context), tuple(sections(context)), rule(context))


def _keys(context: Context) -> Iterable[str]:
    """One where the forecast leads to it."""
    return ("",) if lands(context).belief.path else ()


PAGE = PageKind(
    "forecast_belief",
    view=forecast_belief,
    keys=_keys,
    path=lambda _key: BELIEF,
    within="forecast",
    is_sheet=True,
    begins=(BELIEF,),
)
