from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from site_builder.edit import changes, kept
from site_builder.edit.changes import Change, Changed
from site_builder.edit.job import Job
from site_builder.edit.refusals import NotDone
from site_builder.files.lock import lock
from site_builder.files.whole_files import HalfDone
from site_builder.problems.problem import Problem
from tests.edit.desks import TODAY, desk

PATH = "deals/acme.md"


class Keeping:
    """A hand that writes into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, made: Sequence[Change], message: str) -> None:
        kept.make(self.folder, made, message)

    def tell(self, problems: Sequence[Problem], sources: Mapping[str, str]) -> None:
        raise AssertionError


def test_the_last_change_can_be_taken_back_once_made(journal: Path) -> None:
    before = (journal / PATH).read_bytes()
    job = Job(journal, lambda: desk({}), lambda: TODAY, Keeping(journal))
    with pytest.raises(NotDone, match="Nothing is known here"):
        kept.undo(job)
    made = [Change(PATH, before, b"new")]
    job.write(made, "acme: new")
    with pytest.raises(Changed):
        job.write([Change(PATH, before, b"other")], "acme: other")
    last = kept.undo(job)
    assert (last.what, last.changes) == ("acme: new", made)
    assert (journal / PATH).read_bytes() == before
    assert [kept.undo(job).what for _ in range(3)] == [
        "Undo acme: new",
        "Redo acme: new",
        "Undo acme: new",
    ]
    (journal / PATH).write_bytes(b"else")
    with pytest.raises(NotDone, match=r"deals/acme\.md is no longer as the last command left it"):
        kept.undo(job)


@pytest.mark.parametrize(
    ("is_kept", "told"), [(True, "`dealog undo` puts back"), (False, "`dealog undo` does not know")]
)
def test_what_could_not_be_put_back_is_told(
    journal: Path, monkeypatch: pytest.MonkeyPatch, is_kept: bool, told: str
) -> None:
    before, write, written = (journal / PATH).read_bytes(), changes._write, list[str]()

    def fills(root: Path, change: Change) -> None:
        if written:
            raise OSError(28, "No space left on device", change.path)
        write(root, change)
        written.append(change.path)

    with monkeypatch.context() as patched:
        patched.setattr(changes, "_write", fills)
        if not is_kept:
            patched.setattr(kept, "_cache", lambda _folder: None)
        made = [Change(PATH, before, b"new"), Change("deals/b.md", None, b"b")]
        with pytest.raises(HalfDone, match=f"No space left on device .{told}"):
            kept.make(journal, made, "acme: both")
    assert (journal / PATH).read_bytes() == b"new"
    if is_kept:
        kept.undo(Job(journal, lambda: desk({}), lambda: TODAY, Keeping(journal)))
        assert (journal / PATH).read_bytes() == before


def test_what_a_killed_edit_left_beside_files_is_removed(journal: Path) -> None:
    left = journal / "deals/.acme.md.1.dealog-tmp"
    left.write_bytes(b"half")
    kept.make(journal, [Change(PATH, (journal / PATH).read_bytes(), b"new")], "acme: new")
    assert not left.exists() and (journal / PATH).read_bytes() == b"new"


def test_edits_of_a_journal_wait_for_each_other(journal: Path) -> None:
    before = (journal / PATH).read_bytes()
    other = lock(journal.resolve())
    assert other is not None
    edit = threading.Thread(
        target=kept.make, args=(journal, [Change(PATH, before, b"new")], "acme: new")
    )
    edit.start()
    edit.join(0.2)
    assert edit.is_alive() and (journal / PATH).read_bytes() == before
    other.release()
    edit.join(10)
    assert (journal / PATH).read_bytes() == b"new"


def test_a_journal_that_is_gone_is_not_waited_for(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        kept.make(tmp_path / "gone", [], "nothing")
