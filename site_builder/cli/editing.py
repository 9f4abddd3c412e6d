"""Edits on a terminal: the journal of a folder, what is shown, and how refusals are told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from site_builder.cli.changing import write
from site_builder.cli.exits import PROBLEMS, Refused
from site_builder.cli.loading import clock, no_journal, refuse_missing
from site_builder.cli.printing import print_text, say, where_from
from site_builder.edit.changes import Change, Changed
from site_builder.edit.desk import Desk
from site_builder.edit.job import Job
from site_builder.edit.refusals import NotDone, Wrong
from site_builder.files.tree import FolderTree
from site_builder.load.preparing import NoJournal, prepare
from site_builder.load.reading import Keep
from site_builder.problems.problem import Problem


@dataclass(frozen=True)
class _Terminal:
    """Writes into a folder, and shows and tells it on a terminal."""

    folder: Path
    is_committed: bool

    def write(self, made: Sequence[Change], message: str) -> None:
        write(self.folder, made, message, is_committed=self.is_committed)

    def tell(self, problems: Sequence[Problem], sources: Mapping[str, str]) -> None:
        print_text(problems, sources, where_from(self.folder), err=True)


def _desk(folder: Path, today: dt.date | None) -> Desk:
    """The journal of a folder. Raises Refused where there is none, or its pipeline.yml can't be
    understood."""
    try:
        ready = prepare(FolderTree(folder), clock, today, Keep.NOTHING)
    except NoJournal:
        raise no_journal(folder) from None
    if ready.schema is None:
        raise Refused("pipeline.yml can't be understood: see `dealog check`.")
    return Desk(ready, ready.schema)


def done(
    edit: Callable[[Job], None],
    folder: Path,
    today: dt.date | None,
    is_committed: bool,
    said_day: str,
    by: str | None,
) -> None:
    """Do an edit in a folder, or tell why it can't be done."""
    refuse_missing(folder)
    with refusals(folder):
        lay = partial(_desk, folder, today)
        edit(Job(folder, lay, clock, _Terminal(folder, is_committed), said_day, by))


@contextmanager
def refusals(folder: Path) -> Iterator[None]:
    """What can't be done is told: with exit code 1 where it is problems of a file, and 2 else."""
    try:
        yield
    except Wrong as wrong:
        print_text(wrong.problems, wrong.sources, where_from(folder), err=True)
        say(f"dealog: {wrong}")
        raise SystemExit(PROBLEMS) from None
    except UnicodeEncodeError:
        raise Refused("What you gave is no text in UTF-8; nothing was written.") from None
    except (NotDone, Changed) as refused:
        raise Refused(str(refused)) from None
