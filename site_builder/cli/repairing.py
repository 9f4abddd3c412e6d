"""``dealog check --fix``: the safe repairs made, or shown."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from site_builder.cli.changing import NOT_KEPT
from site_builder.cli.editing import refusals
from site_builder.cli.loading import clock, no_journal
from site_builder.cli.printing import out, say, where_from
from site_builder.edit import kept
from site_builder.edit.changes import Change
from site_builder.edit.repairs import Repair, Repaired, repaired
from site_builder.edit.splices import raw_lines
from site_builder.files import git
from site_builder.files.tree import FolderTree
from site_builder.load.findings import Findings
from site_builder.load.preparing import NoJournal
from site_builder.problems import counting
from site_builder.problems.report import Where
from site_builder.problems.terminal import printable

_MOST_SHOWN = 100


def fix(folder: Path, today: dt.date | None, *, is_text: bool) -> Findings:
    """Make all safe repairs, say what they are, and return what remains."""
    made = _repaired(folder, today)
    if made.changes:
        repairs = counting.count(len(made.repairs), "repair")
        with refusals(folder):
            is_kept = kept.make(folder, made.changes, f"check --fix: {repairs}")
        where = where_from(folder)
        lines = [_line(repair, where) for repair in made.repairs]
        out("\n".join([*lines, "", ""])) if is_text else say("\n".join(lines))
        them = "it" if len(made.repairs) == 1 else "them"
        back = f"`dealog undo` takes {them} back." if is_kept else NOT_KEPT
        say(f"{repairs} made; {back}")
    return made.loaded.findings


def show(folder: Path, today: dt.date | None) -> None:
    """Show all safe repairs as a unified diff; nothing is written."""
    made, where = _repaired(folder, today), where_from(folder)
    for change in made.changes:
        out("".join(f"{printable(line)}\n" for line in _diff(change, where)))
    left = counting.count(len(made.loaded.problems), "problem")
    say(f"{counting.count(len(made.repairs), 'repair')} to be made; {left} would remain.")


def _repaired(folder: Path, today: dt.date | None) -> Repaired:
    try:
        return repaired(FolderTree(folder), clock, today, partial(git.versions, folder))
    except NoJournal:
        raise no_journal(folder) from None


def _line(repair: Repair, where: Where) -> str:
    """What a repair did, in a line."""
    before, after = (_cut(printable(text)) for text in (repair.before, repair.after))
    did = f"`{before}` → `{after}`" if before and after else f"`{before or after}`"
    verb = "" if before and after else "took out " if before else "added "
    return f"{printable(where(repair.path))}:{repair.line}: fixed {repair.code}: {verb}{did}"


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


def _diff(change: Change, where: Where) -> Iterator[str]:
    """The lines of a unified diff of a file."""
    before, after = (
        raw_lines((data or b"").decode("utf-8", "replace"))
        for data in (change.before, change.after)
    )
    path = where(change.path)
    for line in difflib.unified_diff(before, after, f"a/{path}", f"b/{path}"):
        yield line.rstrip("\r\n")
        if line[-1:] not in "\r\n":
            yield "\\ No newline at end of file"
