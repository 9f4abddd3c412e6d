"""What all commands that change a journal's files have in common."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import click

from site_builder.cli.changing import text_of, write
from site_builder.cli.exits import PROBLEMS, Refused
from site_builder.cli.loading import clock, no_journal, refuse_missing
from site_builder.cli.options import Command, today_option
from site_builder.cli.printing import print_text, say, where_from
from site_builder.edit import changes
from site_builder.edit.beginnings import Beginning
from site_builder.edit.changes import Change
from site_builder.edit.desk import Desk, Opened
from site_builder.edit.refusals import NotDone, Wrong
from site_builder.edit.said_values import person_named
from site_builder.edit.splices import Splice
from site_builder.edit.when import day_of
from site_builder.files import git
from site_builder.files.tree import FolderTree
from site_builder.load.loader import NoJournal, prepare
from site_builder.load.reading import Keep
from site_builder.load.today import today_of
from site_builder.problems.problem import Problem, Severity, by_place

BOTH = ("deals", "contacts")
"""The folders of commands that take either kind."""

_EVERY = (
    click.option(
        "--commit",
        "is_committed",
        is_flag=True,
        help="Commit what changed, and nothing else, in git.",
    ),
    today_option,
)
_OF_A_DAY = (
    click.option(
        "--date",
        "said_day",
        metavar="DAY",
        default="today",
        help="When: 2026-11-20, yesterday, fri (the last one), -3d.  [default: today]",
    ),
    click.option(
        "--by", metavar="PERSON", help="Who of the team did it.  [default: whose email git has]"
    ),
)


@dataclass(frozen=True)
class Job:
    """What a command that edits works on: the journal in a folder, and what was said of today, of
    the day and the person of a deed, and of a commit."""

    folder: Path
    today: dt.date | None
    is_committed: bool
    said_day: str = "today"
    said_person: str | None = None

    @cached_property
    def desk(self) -> Desk:
        """The journal. Raises Refused where there is none, or its pipeline.yml can't be
        understood."""
        try:
            ready = prepare(FolderTree(self.folder), clock, self.today, Keep.NOTHING)
        except NoJournal:
            raise no_journal(self.folder) from None
        if ready.schema is None:
            raise Refused("pipeline.yml can't be understood: see `dealog check`.")
        return Desk(ready, ready.schema)

    @property
    def day(self) -> dt.date:
        """The day on which something was done. Raises NotDone."""
        return day_of(self.said_day, self.desk.today, is_past=True)

    @cached_property
    def person(self) -> str:
        """The id of who did it: as was said, or the one of the team whose email git has; nothing
        where nobody has. Raises NotDone for somebody unknown."""
        if self.said_person:
            return self.member(self.said_person)
        address = git.email(self.folder).lower()
        team = self.desk.schema.team.values()
        return next((p.id for p in team if address and p.email.lower() == address), "")

    def member(self, said: str) -> str:
        """Somebody of the team. Raises NotDone for others."""
        return person_named(self.desk, said).id

    def coming_day(self, said: str) -> dt.date:
        """A day for which something is planned. Raises NotDone."""
        return day_of(said, self.desk.today, is_past=False)

    def open(self, said: str, folders: Sequence[str] = ("deals",)) -> Opened:
        """The file of a deal or contact that is meant. Raises NotDone."""
        return self.desk.open(self.desk.find(said, folders))

    def change(
        self,
        opened: Opened,
        splices: Iterable[Splice],
        what: str,
        *,
        notes: int = 0,
        gates: str = "",
    ) -> None:
        """Make an edit of one file, if it brings no error, and say what it did: ``what``, for a
        commit. It adds so many ``notes``; ``gates`` says what to do about those that are unmet."""
        if notes:
            self._refuse_future()
        change = self.desk.changed(opened, splices, notes)
        problems = self.desk.new_problems(opened, change)
        self._write([change], problems, f"{opened.file.id}: {what}", gates)

    def change_all(self, made: Sequence[Change], message: str) -> None:
        """Make changes of several files, if they bring no error."""
        self._refuse_future()
        self._write(made, self.desk.problems_after(made), message)

    def begin(self, new: Beginning) -> None:
        """Write a new file, if nothing is wrong with it, and say what is in it."""
        data = new.text.encode()
        problems = self.desk.problems_of(new.path, new.id, data)
        noun = new.path.partition("/")[0].removesuffix("s")
        if noun == "deal":
            self._refuse_future()
        self._write([Change(new.path, None, data)], problems, f"{new.id}: new {noun}")

    def _refuse_future(self) -> None:
        """Refuse a note that lies ahead of the journal's own day, whatever day was asked for."""
        days = self.desk.ready.days
        own = today_of(days._replace(asked=None), clock)
        if days.asked is not None and self.day > own.begun:
            whose = "the day of `as-of` in pipeline.yml" if days.as_of else "today"
            raise NotDone(
                f"A note of {self.day} would be of the future, for {own.date} is {whose}: "
                "leave out --today, or say --date."
            )

    def write(self, made: Sequence[Change], message: str) -> None:
        """Make changes, and commit them where that is wanted."""
        write(self.folder, made, message if self.is_committed else "")

    def _write(
        self, made: Sequence[Change], problems: Iterable[Problem], message: str, gates: str = ""
    ) -> None:
        found = _each_once(problems)
        source = {change.path: text_of(change.after or b"") for change in made}
        errors = [problem for problem in found if problem.severity is Severity.ERROR]
        if errors:
            is_of_gates = gates and any(problem.code == "gate-unmet" for problem in errors)
            said = gates if is_of_gates else "Nothing was written, for this would be wrong."
            raise Wrong(said, errors, source)
        self.write(made, message)
        if found:
            print_text(found, source, where_from(self.folder), err=True)


def _each_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by place; what a note and the front matter after it say is one slip."""
    told = {(p.code, p.message): p for p in reversed(by_place(problems))}
    return by_place(told.values())


def edits(command: Command) -> Command:
    """A command that edits a journal: it is given a Job, and has the options of all of them."""
    return _editing(command, _EVERY)


def dated_edits(command: Command) -> Command:
    """The same for what somebody did on a day."""
    return _editing(command, (*_OF_A_DAY, *_EVERY))


def _editing(command: Command, options: Sequence[Callable[[Command], Command]]) -> Command:
    @functools.wraps(command)
    def run(
        folder: Path,
        today: dt.date | None,
        is_committed: bool,
        said_day: str = "today",
        by: str | None = None,
        **given: object,
    ) -> None:
        refuse_missing(folder)
        with refusals(folder):
            command(Job(folder, today, is_committed, said_day, by), **given)

    made: Command = click.pass_obj(run)
    for option in reversed(options):
        made = option(made)
    return made


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
    except NotDone as refused:
        raise Refused(str(refused)) from None
    except changes.Changed as changed:
        raise Refused(
            f"{changed.path} was changed meanwhile; nothing was written. Try again."
        ) from None
