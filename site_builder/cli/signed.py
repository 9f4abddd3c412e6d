"""Words of the command line that begin with `-` and are no options: `-2d`, `-500`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import click

_SIGNED = re.compile(r"-\d")
_MARK = "\0"
"""Stands before such a word on its way through the parser of options."""


class Signed(click.Command):
    """A command whose arguments may be days and numbers below today and zero."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take `-` before a digit for a sign, for no option has a digit."""
        rest = super().parse_args(ctx, list(_marked(args, valued(self, ctx))))
        ctx.params = {name: _plain(value) for name, value in ctx.params.items()}
        return rest


def valued(command: click.Command, ctx: click.Context) -> frozenset[str]:
    """The options of a command behind which a value stands."""
    return frozenset(
        name
        for param in command.get_params(ctx)
        if isinstance(param, click.Option) and not param.is_flag
        for name in (*param.opts, *param.secondary_opts)
    )


def _marked(args: Sequence[str], options: Collection[str]) -> Iterator[str]:
    """The words, those with a sign marked that are not the value of an option."""
    before = ""
    for arg in args:
        yield _MARK + arg if _SIGNED.match(arg) and before not in options else arg
        before = arg


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    return value.removeprefix(_MARK) if isinstance(value, str) else value
