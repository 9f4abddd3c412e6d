from __future__ import annotations

import contextlib
import os
import queue
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from site_builder.serve.watching import Watch
from tests.commands import write


class Seen:
    """The bursts of a watch, as they come."""

    def __init__(self, root: Path) -> None:
        self.watch = Watch(root)
        self._bursts: queue.Queue[frozenset[str]] = queue.Queue()
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        for burst in self.watch.bursts():
            self._bursts.put(burst)

    def until(self, path: str, again: Callable[[], None] | None = None) -> set[str]:
        """All that changes until a path is told, and is changed ``again`` while it is not."""
        found: set[str] = set()
        for _ in range(400):
            with contextlib.suppress(queue.Empty):
                found |= self._bursts.get(timeout=0.05)
            if path in found:
                return found
            if again is not None:
                again()
        pytest.fail(f"{path} was never told, but {found}")

    def is_still(self) -> bool:
        threading.Event().wait(0.3)
        return self._bursts.empty()


@pytest.fixture
def seen(journal: Path) -> Iterator[Seen]:
    made = Seen(journal)
    yield made
    made.watch.stop()


def test_files_that_are_written_moved_and_removed(journal: Path, seen: Seen) -> None:
    write(journal, {"deals/one.md": "x"})
    seen.until("deals/one.md")
    write(journal, {"deals/.one.md.swp": "y"})
    os.replace(journal / "deals/.one.md.swp", journal / "deals/one.md")
    seen.until("deals/one.md")
    os.rename(journal / "deals/one.md", journal / "deals/two.md")
    assert {"deals/one.md", "deals/two.md"} <= seen.until("deals/two.md") | {"deals/one.md"}
    (journal / "deals/two.md").unlink()
    seen.until("deals/two.md")
    write(journal, {"pipeline.yml": "x"})
    seen.until("pipeline.yml")


def test_a_burst_is_told_once(journal: Path, seen: Seen) -> None:
    for _ in range(20):
        write(journal, {"deals/one.md": "x", "contacts/two.md": "y"})
    first = seen.until("deals/one.md")
    assert first <= {"deals/one.md", "contacts/two.md"}


def test_other_files_are_not_told(journal: Path, seen: Seen) -> None:
    write(journal, {"_site/index.html": "x", "notes.txt": "x", ".git/index": "x", "docs/a.md": "x"})
    write(journal, {"deals/.hidden": "x"})
    (journal / "deals/acme.md").read_text()
    assert seen.is_still()


def test_folders_that_come_and_are_replaced_are_watched(journal: Path, seen: Seen) -> None:
    write(journal, {"templates/base.html": "x"})
    seen.until("templates/")
    shutil.rmtree(journal / "deals")
    seen.until("deals/")
    write(journal, {"deals/one.md": "x"})
    seen.until("deals/")  # which may be that it went, so that it is not watched again yet
    seen.until("deals/later.md", lambda: write(journal, {"deals/later.md": "x"}))
    write(journal, {"deals/2026/in.md": "x"})
    seen.until("deals/2026/")
