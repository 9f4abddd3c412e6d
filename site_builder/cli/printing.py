"""What commands print, and where."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

import click

from site_builder.problems import report, terminal
from site_builder.problems.problem import Problem


def where_from(folder: Path) -> report.Where:
    """The paths of a journal's files from where one stands."""
    stand = from_here(folder)
    before = "" if stand == "." else f"{stand.rstrip('/')}/"
    return lambda path: before + path


def from_here(path: Path) -> str:
    """A path from where one stands, with slashes on every system."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except (OSError, ValueError):  # this folder is gone, or the other is on another drive
        return path.as_posix()


def print_text(
    problems: Sequence[Problem],
    sources: report.Sources,
    where: report.Where,
    err: bool = False,
) -> None:
    """Print problems with excerpts of their files, as wide and coloured as the terminal is."""
    stream = sys.stderr if err else sys.stdout
    is_coloured = terminal.is_coloured(os.environ, stream.isatty())
    display = report.Display(
        report.coloured if is_coloured else report.plain,
        terminal.columns(os.environ, columns_of(stream)),
        where,
    )
    click.echo(report.text(problems, sources, display), err=err, nl=False, color=is_coloured)


def columns_of(stream: TextIO) -> int:
    """How wide a stream's terminal is; 0 where it is none, or one that does not know."""
    try:
        return os.get_terminal_size(stream.fileno()).columns if stream.isatty() else 0
    except (OSError, ValueError):
        return 0


def has_ascii_alone() -> bool:
    """Whether what results are printed to can't hold every character."""
    return not (sys.stdout.encoding or "").lower().startswith("utf")


def progress() -> Callable[[int, int], None]:
    """Shows pages written on a terminal, once a build has taken a second."""
    started = time.monotonic()
    is_shown = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"

    def show(done: int, all: int) -> None:
        if is_shown and time.monotonic() - started > 1:
            end = "\r\033[K" if done >= all else ""
            click.echo(
                f"\r{done * 100 // max(all, 1)}% of {all} pages{end}",
                err=True,
                nl=False,
            )

    return show


def out(text: str) -> None:
    """Print a result, as it is."""
    click.echo(text, nl=False)


def say(text: str) -> None:
    """Print a message beside the results. It may name files and folders, in whose names nothing
    may drive a terminal."""
    click.echo(report.printable_lines(text), err=True)


def say_also(text: str) -> None:
    """Print what else there is to say of what was done, if there is anything."""
    if text:
        say(text)
