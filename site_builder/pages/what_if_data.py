"""What scripts work out a quarter by, where somebody asks what if: its deals, and the largest of
those that are expected to close at other times."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.pages.context import Context
from site_builder.pages.data import Data
from site_builder.pages.forecast_sure import lands
from site_builder.pages.page import PageKind

PATH = "what-if.js"


def what_if_data(context: Context, _key: str = "") -> Data:
    """The data of the current quarter."""
    from site_builder.pages.forecast_what_if import what_if

    return Data("what-if", what_if(context))


def _keys(context: Context) -> Iterable[str]:
    """One where the page says what money the quarter brings."""
    return ("",) if lands(context).asked else ()


PAGE = PageKind(
    "what-if-data",
    view=what_if_data,
    keys=_keys,
    path=lambda _key: PATH,
    is_file=True,
    begins=(PATH,),
)
