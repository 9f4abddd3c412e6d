"""All files of a journal, for what changes mentions in any of them."""

from __future__ import annotations

from site_builder.edit.desk import Desk
from site_builder.edit.existing import Existing, shelve
from site_builder.edit.refusals import NotDone
from site_builder.problems import counting

_FOLDERS = ("deals", "contacts")


def whole_files(desk: Desk) -> list[Existing]:
    """All deals and contacts. Raises NotDone where one can't be read whole: nobody knows whom it
    names."""
    shelves = [shelve(desk.ready.tree, name, name[:-1]) for name in _FOLDERS]
    files = [file for shelf in shelves for file in shelf.files]
    unread = {problem.span.path for shelf in shelves for problem in shelf.problems}
    unread.update(file.path for file in files if file.document.lacks_notes)
    if unread:
        many = counting.count(len(unread), "file")
        raise NotDone(f"{many} can't be read whole, as {min(unread)}: see `dealog check`.")
    return files
