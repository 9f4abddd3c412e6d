"""What all commands that change a journal's files have in common."""

from __future__ import annotations

import datetime as dt
import difflib
import functools
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import ParamSpec

import click

from site_builder.cli.exits import PROBLEMS, Refused
from site_builder.cli.loading import clock, no_journal, refuse_missing
from site_builder.cli.printing import out, print_text, say, where_from
from site_builder.edit import changes
from site_builder.edit.changes import Change
from site_builder.edit.desk import Desk, Opened
from site_builder.edit.refusals import NotDone, Wrong
from site_builder.edit.splices import Splice
from site_builder.edit.when import day_of
from site_builder.files import git
from site_builder.files.cache import cache_of
from site_builder.files.tree import FolderTree
from site_builder.load.loader import NoJournal, prepare
from site_builder.load.reading import Keep
from site_builder.problems.problem import Severity, by_place
from site_builder.problems.suggest import did_you_mean
from site_builder.problems.terminal import printable

P = ParamSpec("P")
UNDO = "undo"

commit_option = click.option(
    "--commit", "is_committed", is_flag=True, help="Commit the file, and nothing else, in git."
)
by_option = click.option(
    "--by",
    metavar="PERSON",
    help="Who of the team did it.  [default: whose email git has]",
)
date_option = click.option(
    "--date",
    "said_day",
    metavar="DAY",
    default="today",
    help="When: 2026-11-20, yesterday, fri (the last one), -3d.  [default: today]",
)


def edits(command: Callable[P, None]) -> Callable[P, None]:
    """A command that edits: what can't be done is told, with exit code 1 where it is problems of a
    file, and 2 else."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except Wrong as wrong:
            _tell(wrong)
            raise SystemExit(PROBLEMS) from None
        except UnicodeEncodeError:
            raise Refused("What you gave is no text in UTF-8; nothing was written.") from None
        except NotDone as refused:
            raise Refused(str(refused)) from None
        except changes.Changed as changed:
            raise Refused(
                f"{changed.path} was changed meanwhile; nothing was written. Try again."
            ) from None

    return run


def _tell(wrong: Wrong) -> None:
    folder = click.get_current_context().obj
    print_text(wrong.problems, wrong.sources, where_from(folder), err=True)
    say(f"dealog: {wrong}")


def desk_of(folder: Path, today: dt.date | None) -> Desk:
    """The journal that is to be edited. Raises Refused where there is none, or its pipeline.yml
    can't be understood."""
    refuse_missing(folder)
    try:
        ready = prepare(FolderTree(folder), clock, today, Keep.NOTHING)
    except NoJournal:
        raise no_journal(folder) from None
    if ready.schema is None:
        raise Refused("pipeline.yml can't be understood: see `dealog check`.")
    return Desk(ready, ready.schema)


def person_of(desk: Desk, folder: Path, said: str | None) -> str:
    """The id of who did something: as was said, or the one of the team whose email git has; nothing
    where nobody has. Raises Refused for somebody unknown."""
    team = desk.schema.team
    if said:
        if said not in team:
            raise Refused(
                f"Nobody of the team is `{said}`. {did_you_mean(said, list(team), 'The team')}"
            )
        return said
    address = git.email(folder).lower()
    return next((p.id for p in team.values() if address and p.email.lower() == address), "")


def past_day(desk: Desk, said: str) -> dt.date:
    """The day on which something was done."""
    return day_of(said, desk.today, is_past=True)


def carry_out(
    folder: Path,
    desk: Desk,
    opened: Opened,
    splices: Iterable[Splice],
    *,
    notes: int = 0,
    commit: str = "",
    gates: str = "",
) -> None:
    """Make an edit of one file, if it brings no error, and say what it did. ``commit`` is the
    message of a commit, where one is wanted; ``gates`` says what to do about those unmet."""
    change = desk.changed(opened, splices, notes)
    assert change.after is not None
    # What a note and the front matter after it say is one slip.
    told = {(p.code, p.message): p for p in reversed(by_place(desk.new_problems(opened, change)))}
    found = by_place(told.values())
    errors = [problem for problem in found if problem.severity is Severity.ERROR]
    source = {change.path: _text(change.after)}
    if errors:
        is_of_gates = any(problem.code == "gate-unmet" for problem in errors)
        said = gates if is_of_gates else ""
        raise Wrong(said or "Nothing was written, for this would be wrong.", errors, source)
    write(folder, [change], commit)
    if found:
        print_text(found, source, where_from(folder), err=True)


def write(folder: Path, made: Sequence[Change], commit: str = "") -> None:
    """Make changes, remember them for `undo`, show them and commit them where that is wanted."""
    before = kept_for_undo(folder)
    keep_for_undo(folder, made)  # first, so that what is killed halfway can be taken back
    try:
        changes.make(folder, made)
    except BaseException:
        keep_for_undo(folder, before)
        raise
    out(_shown(made, where_from(folder)))
    if commit:
        try:
            name = git.commit(folder, changes.paths_of(made), commit)
        except git.NoCommit as failed:
            raise Refused(f"The file is written, and not committed. git says: {failed}") from None
        say(f"Committed {name}: {commit}")


def kept_for_undo(folder: Path) -> list[Change]:
    """The changes of the last command, as far as they are known."""
    cache = cache_of(folder)
    return [Change(*row) for row in (cache.read(UNDO) if cache is not None else None) or ()]


def keep_for_undo(folder: Path, made: Sequence[Change]) -> None:
    cache = cache_of(folder)
    if cache is not None:
        cache.write(UNDO, [(change.path, change.before, change.after) for change in made])


def _shown(made: Sequence[Change], where: Callable[[str], str]) -> str:
    """What changes do; a file that was only moved is one line."""
    gone = {change.before: change.path for change in made if change.after is None}
    there = {change.after for change in made if change.before is None}
    rows = []
    for change in made:
        if change.before is None and change.after in gone:
            rows.append(
                f"{printable(where(gone[change.after]))} → {printable(where(change.path))}\n"
            )
        elif change.after is not None or change.before not in there:
            rows.append(shown(change, where))
    return "".join(rows)


def shown(change: Change, where: Callable[[str], str]) -> str:
    """The lines of a file that go and that come."""
    before, after = (
        _text(data).splitlines() for data in (change.before or b"", change.after or b"")
    )
    lines = difflib.unified_diff(before, after, n=0, lineterm="")
    body = [line for line in islice(lines, 2, None) if line[:1] in "+-"]
    rows = [f"  {line[0]} {printable(line[1:])}".rstrip() for line in body]
    return "\n".join([printable(where(change.path)), *rows]) + "\n"


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
