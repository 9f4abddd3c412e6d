"""Journals on the desk, for tests of edits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from site_builder.edit.desk import Desk, Opened
from site_builder.edit.existing import Existing
from site_builder.edit.splices import Splice, spliced
from site_builder.files.tree import MemoryTree
from site_builder.load.preparing import prepare
from site_builder.load.reading import Keep
from site_builder.source.document import decode, read_document
from tests.catalogue import BASE

TODAY = dt.date(2026, 11, 20)


def desk(files: Mapping[str, bytes | str]) -> Desk:
    """A journal of the catalogue's pipeline.yml and contacts and these files."""
    ready = prepare(MemoryTree({**BASE, **files}), lambda: TODAY, TODAY, Keep.NOTHING)
    assert ready.schema is not None
    return Desk(ready, ready.schema)


def opened(text: bytes | str, path: str = "deals/a.md") -> tuple[Desk, Opened]:
    """A file on the desk."""
    made = desk({path: text})
    id = path.rpartition("/")[2].rpartition(".")[0]
    return made, made.open(made.find(id, (path.partition("/")[0],)))


def existing(data: bytes | str, path: str = "deals/a.md") -> Existing:
    """A file, whatever its journal says of it."""
    data = data.encode() if isinstance(data, str) else data
    text = decode(path, data, lambda _problem: None)
    assert text is not None
    document = read_document(path, text, lambda _problem: None)
    assert document is not None
    return Existing("a", path, data, text, document)


def after(file: Existing, *splices: Splice) -> str:
    """The text of a file after some splices, with its line ends."""
    return spliced(file.data, splices).decode()
