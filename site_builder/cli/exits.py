"""How a command ends: its exit codes, and refusing what can't be done."""

from __future__ import annotations

from pathlib import Path

import click

from site_builder.cli.printing import from_here, say
from site_builder.load.findings import Findings
from site_builder.problems.counting import count
from site_builder.problems.problem import errors_in

FINE, PROBLEMS, USAGE, BUG, INTERRUPTED = 0, 1, 2, 3, 130


class Refused(click.ClickException):
    """Wrong usage or configuration."""

    exit_code = USAGE

    def show(self, file: object = None) -> None:
        say(f"dealog: {self.message}")


def link_in_the_way(place: Path) -> Refused:
    """The refusal to write through a symbolic link."""
    return Refused(
        f"{from_here(place)} is a symbolic link, which is not followed; nothing was written."
    )


def bytes_of(place: Path) -> bytes:
    """What a file that a command was given holds. Raises Refused where it can't be read."""
    try:
        return place.read_bytes()
    except OSError as error:
        raise Refused(f"{place} can't be read: {error.strerror}.") from None


def exit_beside(found: Findings) -> None:
    """End a command that tells something else: with PROBLEMS where there are errors, which it says
    where to see."""
    if errors := errors_in(found.problems):
        say(f"The journal has {count(errors, 'error')}: `dealog check` tells.")
        raise SystemExit(PROBLEMS)


def exit_for(found: Findings, strict: bool) -> None:
    """End the command with PROBLEMS where there are errors; if ``strict``, also warnings."""
    if errors_in(found.problems) or (strict and found.problems):
        raise SystemExit(PROBLEMS)
