"""Queries on the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from site_builder.cli.exits import Refused
from site_builder.cli.loading import cache_for, loaded_by, look_at, refuse_missing
from site_builder.cli.options import StringType
from site_builder.cli.signed import valued
from site_builder.files.memory import Memory
from site_builder.insights.insights import Insights
from site_builder.journal.recordings import Recordings
from site_builder.load.loaded import Loaded
from site_builder.query.fields import fields_of
from site_builder.query.language import Mistake
from site_builder.query.matching import Query, query
from site_builder.query.spans import Calendar
from site_builder.query.strangers import strangers, there_in

_TERM = "\0"
"""Stands before a term on its way through the parser of options."""


class Asking(click.Command):
    """A command that takes a query, whose terms may begin with ``-``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what begins with one ``-`` for a term, but for options and their values."""
        own = {name for param in self.get_params(ctx) for name in param.opts}
        behind = valued(self, ctx)
        pairs = zip(["", *args], args, strict=False)
        kept = [arg if before in behind else _kept(arg, own) for before, arg in pairs]
        return super().parse_args(ctx, kept)


class Words(StringType):
    """A term of a query."""

    name = "term"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        return str(value).removeprefix(_TERM)


def _kept(arg: str, own: set[str]) -> str:
    is_term = arg[:1] == "-" and arg[:2] != "--" and len(arg) > 1 and arg not in own
    return _TERM + arg if is_term else arg


def looked_at(
    folder: Path, today: dt.date | None, rev: str | None = None, *, is_recorded: bool = False
) -> tuple[Loaded, Insights]:
    """A journal, as a revision has it if one is named, and what follows from it, with what git has
    recorded if that is asked for. Raises Refused where there is none."""
    refuse_missing(folder)
    loaded = loaded_by(look_at(folder, today, None, rev).load, folder)
    if loaded.seen is None:
        raise Refused("pipeline.yml has errors: `dealog check` tells them.")
    known = _recorded(folder, rev, loaded) if is_recorded else None
    memory = Memory(partial(cache_for, folder, rev is not None))
    return loaded, Insights(loaded.seen, loaded.today, recorded=known, memory=memory)


def _recorded(folder: Path, rev: str | None, loaded: Loaded) -> Recordings | None:
    from site_builder.files.cache import cache_of
    from site_builder.review.recorded import recorded

    known = recorded(folder, rev, cache_of(folder))
    return known and known.until(loaded.begun or loaded.today)


def asked(words: Sequence[str], insights: Insights, left_out: Sequence[str] = ()) -> Query:
    """What a query means in a journal. Raises Refused, showing the place of a mistake; it is one to
    ask with `=` for a contact or deal that is not there, not even in the files that errors keep
    out, by their paths."""
    schema = insights.journal.schema
    text, fields = " ".join(words), fields_of(schema)
    calendar = Calendar(insights.today, schema.fiscal_year_starts)
    try:
        meant = query(text, fields, calendar)
        for stranger in strangers(text, fields, there_in(insights.journal, left_out)):
            raise stranger
        return meant
    except Mistake as mistake:
        mark = " " * mistake.start + "^" * max(1, mistake.end - mistake.start)
        raise Refused(f"{mistake}\n  {text}\n  {mark}") from None
