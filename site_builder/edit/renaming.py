"""A deal or contact under another id: its file, every mention and every link."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.edit.beginnings import free_id
from site_builder.edit.changes import Change
from site_builder.edit.desk import Desk
from site_builder.edit.existing import Existing
from site_builder.edit.job import BOTH, Job
from site_builder.edit.mentions import renamed, renaming_of
from site_builder.edit.refusals import NotDone
from site_builder.edit.shelves import whole_files
from site_builder.edit.splices import spliced
from site_builder.load.listing import Found


def rename(job: Job, said: str, new: str) -> None:
    """Give a deal or contact another id everywhere. Raises NotDone."""
    desk = job.desk
    found = desk.find(said, BOTH)
    free_id(desk, found.folder, new)
    _refuse_the_others(desk, found, new)
    made = list(_changes(desk, found, new))
    job.write(made, f"Rename {found.folder}/{found.id} to {new}")


def _refuse_the_others(desk: Desk, found: Found, new: str) -> None:
    """A link means the deal where a contact has the same id: no link may come to mean another."""
    other = "contacts" if found.folder == "deals" else "deals"
    if new in desk.ids(other):
        raise NotDone(
            f"There is a {other[:-1]} `{new}`, and links could not mean both: choose another id."
        )


def _changes(desk: Desk, found: Found, new: str) -> Iterator[Change]:
    renaming = renaming_of(desk, found.folder, found.id, new)
    for file in whole_files(desk):
        data = spliced(file.data, renamed(file, renaming))
        if file.path == found.path:
            yield from _moved(file, new, data)
        elif data != file.data:
            yield Change(file.path, file.data, data)


def _moved(file: Existing, new: str, data: bytes) -> Iterator[Change]:
    folder, _, name = file.path.rpartition("/")
    yield Change(f"{folder}/{new}.{name.rpartition('.')[2]}", None, data)
    yield Change(file.path, file.data, None)
