"""Options that several commands have."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    _DayType = click.ParamType[dt.date]
    StringType = click.ParamType[str]
else:  # older versions of click have no generic types
    _DayType = StringType = click.ParamType

Command = Callable[..., None]


class Day(_DayType):
    """A calendar day, written as 2026-11-20."""

    name = "YYYY-MM-DD"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        if isinstance(value, dt.date):
            return value
        from site_builder.journal import values

        date = values.date(str(value))
        if isinstance(date, values.Bad):
            self.fail(f"{date.message} {date.help}", param, ctx)
        return date


today_option = click.option(
    "--today",
    type=Day(),
    help="See the journal as of this day.  [default: as-of, SOURCE_DATE_EPOCH, the clock]",
)

rev_option = click.option(
    "--rev",
    metavar="REV",
    help="See the journal as a commit, branch or tag of git has it.",
)

no_cache_option = click.option(
    "--no-cache",
    is_flag=True,
    help="Neither use nor keep what was found the last time.",
)


def format_option(*shapes: str, help: str) -> Callable[[Command], Command]:
    """The option of how to print: the first of some shapes, where nothing is said."""
    return click.option(
        "--format",
        "shape",
        type=click.Choice(shapes),
        default=shapes[0],
        show_default=True,
        help=help,
    )


def horizon_option(days: int) -> Callable[[Command], Command]:
    """The option of how many days ahead to look."""
    return click.option(
        "--horizon",
        type=click.IntRange(1, 3650),
        metavar="DAYS",
        default=days,
        show_default=True,
        help="How many days ahead.",
    )
