"""What all edits have in common: the journal, who did something and when, and making it so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from site_builder.edit.beginnings import Beginning
from site_builder.edit.changes import Change
from site_builder.edit.desk import Desk, Opened
from site_builder.edit.refusals import GATE, NotDone, Wrong
from site_builder.edit.said_values import person_named
from site_builder.edit.splices import Splice
from site_builder.edit.when import day_of
from site_builder.files import git
from site_builder.load.today import today_of
from site_builder.problems.problem import Problem, Severity, by_place

_ASKED = ("ambiguous-amount",)
"""Warnings of a file that an edit does not leave behind, for who makes it can say what is meant."""
BOTH = ("deals", "contacts")
"""The folders of edits that take either kind."""


class Hand(Protocol):
    """Makes changes, and tells of them."""

    def write(self, made: Sequence[Change], message: str) -> None:
        """Make changes; ``message`` says in a few words what they do."""

    def tell(self, problems: Sequence[Problem], sources: Mapping[str, str]) -> None:
        """Tell what is to be said of a change that was made."""


@dataclass(frozen=True)
class Job:
    """What an edit works on: the journal in a folder, how its desk is laid, the clock, whose hand
    makes the changes, and what was said of the day and the person of a deed."""

    folder: Path
    lay: Callable[[], Desk]
    clock: Callable[[], dt.date]
    hand: Hand
    said_day: str = "today"
    said_person: str | None = None

    @cached_property
    def desk(self) -> Desk:
        """The journal. Raises what laying it does."""
        return self.lay()

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
        return self.desk.schema.person_at(git.email(self.folder))

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
        """Make an edit of one file, if it brings no error: ``what`` says what it does. It adds so
        many ``notes``; ``gates`` says what to do about those that are unmet. Raises NotDone."""
        if notes:
            self._refuse_future()
        change = self.desk.changed(opened, splices, notes)
        problems = self.desk.new_problems(opened, change)
        self._write([change], problems, f"{opened.file.id}: {what}", gates)

    def change_all(self, made: Sequence[Change], message: str) -> None:
        """Make changes of several files, if they bring no error. Raises NotDone."""
        self._refuse_future()
        self._write(made, self.desk.problems_after(made), message)

    def begin(self, new: Beginning) -> None:
        """Write a new file, if nothing is wrong with it. Raises NotDone."""
        data = new.text.encode()
        problems = self.desk.problems_of(new.path, new.id, data)
        noun = new.path.partition("/")[0].removesuffix("s")
        if noun == "deal":
            self._refuse_future()
        self._write([Change(new.path, None, data)], problems, f"{new.id}: new {noun}")

    def _refuse_future(self) -> None:
        """Refuse a note that lies ahead of the journal's own day, whatever day was asked for."""
        days = self.desk.ready.days
        own = today_of(days._replace(asked=None), self.clock)
        if days.asked is not None and self.day > own.begun:
            whose = "the day of `as-of` in pipeline.yml" if days.as_of else "today"
            raise NotDone(
                f"A note of {self.day} would be of the future, for {own.date} is {whose}: "
                "leave out --today, or say --date."
            )

    def write(self, made: Sequence[Change], message: str) -> None:
        """Make changes as they are."""
        self.hand.write(made, message)

    def _write(
        self, made: Sequence[Change], problems: Iterable[Problem], message: str, gates: str = ""
    ) -> None:
        if all(change.before == change.after for change in made):
            raise NotDone("It is so already: nothing was written.")
        found = _each_once(problems)
        source = {change.path: text_of(change.after or b"") for change in made}
        errors = [p for p in found if p.severity is Severity.ERROR or p.code in _ASKED]
        if errors:
            is_of_gates = gates and any(problem.code == GATE for problem in errors)
            said = gates if is_of_gates else "Nothing was written, for this would be wrong."
            raise Wrong(said, errors, source)
        self.write(made, message)
        if found:
            self.hand.tell(found, source)


def text_of(data: bytes) -> str:
    """The text of a file, for people."""
    return data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")


def _each_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by place, those of one in the order in which they are found, as gates are by
    their stages; what a note and the front matter after it say is one slip."""
    found = tuple(problems)
    order = {problem: at for at, problem in enumerate(dict.fromkeys(found))}
    told = {(p.code, p.message): p for p in reversed(by_place(found))}
    return tuple(sorted(told.values(), key=lambda p: (p.span, p.code, order[p])))
