"""Journals built as a user builds them: the demo of this repository, and one of odd texts."""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import sys
from pathlib import Path

from site_builder.files.tree import FolderTree
from site_builder.load.loader import load
from tests import page_types
from tests.commands import write
from tests.odd_texts import odd_journal
from tests.places import ROOT

_CLOCK = dt.date(2026, 11, 20)
_OLDER = re.compile(r"20(1.|2[0-5])-\d\d-\d\d")
_ESTIMATED = ROOT / "deals" / "kormos-dye-house.md"


def build(folder: Path, journal: Path = ROOT) -> Path:
    """Build the site of a journal into a folder, through the command line; return the folder.

    Raises AssertionError, with what the command said, where it does not end well.
    """
    command = [sys.executable, "-m", "site_builder", "-C", str(journal), "build", "-o", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def write_odd(folder: Path) -> Path:
    """Write the journal of odd texts into a folder; return the folder."""
    write(folder, dict(odd_journal()))
    return folder


def write_few(folder: Path, every: int = 3) -> Path:
    """Write one of so many (``every``) of the deals of the demo that this year's notes alone tell of
    into a folder, one more that is open and whose chance is estimated, and all contacts, so that much
    less is to be learned; return the path of that one."""
    shutil.copytree(ROOT / "contacts", folder / "contacts")
    (folder / "deals").mkdir()
    young = [
        path for path in sorted(ROOT.glob("deals/*.md")) if not _OLDER.search(path.read_text())
    ]
    for path in (ROOT / "pipeline.yml", *young[::every], _ESTIMATED):
        shutil.copy(path, folder / path.relative_to(ROOT))
    return folder / _ESTIMATED.relative_to(ROOT)


def one_of_each(site: Path, journal: Path = ROOT) -> dict[str, str]:
    """The path of a page of each type that the site of a journal has."""
    return page_types.one_of_each(load(FolderTree(journal), lambda: _CLOCK), site)
