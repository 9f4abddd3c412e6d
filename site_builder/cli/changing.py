"""Changes of files made, shown, remembered and committed."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from site_builder.cli.exits import Refused
from site_builder.cli.printing import out, say, say_also, where_from
from site_builder.edit import changes, kept
from site_builder.edit.changes import Change
from site_builder.edit.job import text_of
from site_builder.files import git
from site_builder.problems.terminal import printable

NOT_KEPT = "`dealog undo` can't take this back: what it needs could not be kept."


def write(folder: Path, made: Sequence[Change], message: str, *, is_committed: bool) -> None:
    """Make changes, remember them for `undo`, show them and commit them where that is wanted."""
    is_kept = kept.make(folder, made, message)
    out(shown(made, where_from(folder)))
    say_also("" if is_kept else NOT_KEPT)
    if is_committed:
        _commit(folder, changes.paths_of(made), message)


def _commit(folder: Path, paths: Sequence[str], message: str) -> None:
    try:
        name = git.commit(folder, paths, message)
    except git.NoCommit as failed:
        why = f"git says: {failed}"
        if git.is_merging(folder):
            why = "A merge is going on, with which it will be committed: end that by `git commit`."
        raise Refused(f"The file is written, and not committed. {why}") from None
    say(f"Committed {name}: {message}")


def shown(made: Sequence[Change], where: Callable[[str], str]) -> str:
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
            rows.append(_lines_of(change, where))
    return "".join(rows)


def _lines_of(change: Change, where: Callable[[str], str]) -> str:
    """The lines of a file that go and that come."""
    before, after = (
        text_of(data).splitlines() for data in (change.before or b"", change.after or b"")
    )
    lines = difflib.unified_diff(before, after, n=0, lineterm="")
    body = [line for line in islice(lines, 2, None) if line[:1] in "+-"]
    rows = [f"  {line[0]} {printable(line[1:])}".rstrip() for line in body]
    return "\n".join([printable(where(change.path)), *rows]) + "\n"
