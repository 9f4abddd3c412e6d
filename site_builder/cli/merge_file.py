"""``dealog merge-file``: two versions of a file in one, as git's merge driver."""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path

import click

from site_builder.cli.exits import PROBLEMS, Refused, bytes_of
from site_builder.cli.printing import out, say
from site_builder.edit.three_way import Merged, merged
from site_builder.edit.weave import Three
from site_builder.files import git, whole_files
from site_builder.problems import counting

_FILE = click.Path(path_type=Path)
_USUAL_SIZE = 7


@click.command(name="merge-file")
@click.argument("base", type=_FILE)
@click.argument("ours", type=_FILE)
@click.argument("theirs", type=_FILE)
@click.argument("path", required=False, default="")
@click.argument("size", type=int, required=False, default=_USUAL_SIZE)
@click.option("-p", "--print", "is_printed", is_flag=True, help="Print it instead of writing OURS.")
@click.pass_obj
def merge_file(
    folder: Path, base: Path, ours: Path, theirs: Path, path: str, size: int, is_printed: bool
) -> None:
    """Merge THEIRS into OURS, of which both began with BASE.

    Notes are united by date, fields name by name, lists by their items. PATH is what the file is
    called in the journal, SIZE that of the marks of a conflict. Exits with 1 if there is one.
    """
    label = path or ours.name
    three = Three(base, ours, theirs).each(lambda place: bytes_of(folder / place))
    try:
        made = merged(_in_journal(path or os.fspath(ours)), three, partial(merge_lines, size))
    except git.NoCommit as failed:
        raise Refused(f"{label} can't be merged: {failed}") from None
    if is_printed:
        out(made.data.decode("utf-8", "replace"))
    elif made.data != three.ours:
        whole_files.replace(os.fspath(folder / ours), made.data)
    if made.conflicts:
        many = counting.count(made.conflicts, "conflict")
        say(f"{label}: {many}; mend it, see `dealog check`, then `git add` it.")
        raise SystemExit(PROBLEMS)


def merge_lines(size: int, ours: bytes, base: bytes, theirs: bytes) -> Merged:
    return Merged(*git.merge_lines(ours, base, theirs, ("ours", "base", "theirs"), size))


def _in_journal(path: str) -> str:
    """A path from the journal's folder, for one from the top of the repository or elsewhere."""
    found = re.search(r"(?:^|/)((?:deals|contacts)/.*|pipeline\.yml)$", path.replace(os.sep, "/"))
    return found[1] if found else path
