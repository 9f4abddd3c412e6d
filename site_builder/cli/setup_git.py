"""``dealog setup-git``: git merges a journal's files as what they are."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

import click

from site_builder.cli.exits import Refused, link_in_the_way
from site_builder.cli.loading import no_journal, refuse_missing
from site_builder.cli.printing import from_here, out
from site_builder.files import git, whole_files
from site_builder.files.tree import CONFIG
from site_builder.presets.attributes import DRIVER, FILE, with_attributes, without_attributes

_SECTION = f"merge.{DRIVER}"
_NAME = "notes by date, fields name by name"
# What the shell runs where dealog is gone, or fails: git's own merge, never one side alone. `-P`
# keeps Python from running modules that lie in the journal.
_DRIVER = (
    "{python} -P -m site_builder merge-file %O %A %B %P %L; s=$?; "
    "test $s -lt 2 || {{ git merge-file --marker-size=%L %A %O %B; s=$?; }}; "
    "test $s -eq 0"
)


@click.command(name="setup-git")
@click.option("--remove", is_flag=True, help="Take it back.")
@click.pass_obj
def setup_git(folder: Path, remove: bool) -> None:
    """Have git merge files by field and by note.

    Writes .gitattributes in the journal, which is to be committed, and the configuration of this
    clone, which every clone needs for itself.
    """
    refuse_missing(folder)
    if not (folder / CONFIG).is_file():
        raise no_journal(folder)
    if git.top_of(folder) is None:
        raise Refused("This journal is in no git repository: begin one with `git init`.")
    try:
        told = [*_attributes(folder, remove), *_configured(folder, remove)]
    except git.NoCommit as failed:
        raise Refused(f"git says: {failed}") from None
    out("".join(f"{line}\n" for line in told or ["All is as it should be."]))


def _attributes(folder: Path, remove: bool) -> list[str]:
    place = folder / FILE
    if place.is_symlink():
        raise link_in_the_way(place)
    try:
        before = place.read_bytes().decode() if place.exists() else ""
    except UnicodeDecodeError:
        raise Refused(f"{from_here(place)} is not UTF-8.") from None
    after = without_attributes(before) if remove else with_attributes(before)
    if after == before:
        return []
    if after:
        whole_files.replace(os.fspath(place), after.encode())
    else:
        place.unlink()
    did = "Took our lines out of" if remove else "Wrote the merge driver into"
    return [f"{did} {from_here(place)}: commit it."]


def _configured(folder: Path, remove: bool) -> list[str]:
    now = git.setting(folder, f"{_SECTION}.driver")
    if remove:
        if not now:
            return []
        git.drop_section(folder, _SECTION)
        return ["Took the merge driver out of this clone's configuration."]
    driver = _DRIVER.format(python=shlex.quote(Path(sys.executable).as_posix()))
    if now == driver:
        return []
    git.set_setting(folder, f"{_SECTION}.name", _NAME)
    git.set_setting(folder, f"{_SECTION}.driver", driver)
    return ["This clone merges deals, contacts and pipeline.yml with dealog from now on."]
