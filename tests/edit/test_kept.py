from __future__ import annotations

from pathlib import Path

import pytest

from site_builder.edit import kept
from site_builder.edit.changes import Change, Changed
from site_builder.edit.refusals import NotDone

PATH = "deals/acme.md"


def test_the_last_change_can_be_taken_back_once_made(journal: Path) -> None:
    before = (journal / PATH).read_bytes()
    with pytest.raises(NotDone, match="Nothing is known here"):
        kept.undone(journal)
    kept.make(journal, [Change(PATH, before, b"new")])
    assert kept.undone(journal) == [Change(PATH, b"new", before)]
    with pytest.raises(Changed):
        kept.make(journal, [Change(PATH, before, b"other")])
    assert kept.undone(journal) == [Change(PATH, b"new", before)]
    (journal / PATH).write_bytes(b"else")
    with pytest.raises(NotDone, match=r"deals/acme\.md is no longer as the last command left it"):
        kept.undone(journal)
