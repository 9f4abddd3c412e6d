"""What is timed on a journal of one size, and how it took its turns."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.bench import generate, hugo_site, processes

COLD, SAME, EDITED = "cold build", "build, no change", "build, one edit"
CHECK, CHECK_SAME, HUGO = "check", "check, no change", "hugo"
ROWS = (COLD, SAME, EDITED, CHECK, CHECK_SAME, HUGO)
PYTHON, TINY_CHECK, TINY_BUILD = "python", "tiny check", "tiny build"
TINY_ROWS = (PYTHON, TINY_CHECK, TINY_BUILD)

Command = Sequence[str | Path]
Target = tuple[str, float, float, str]
"""What is to hold: a name, what is, what may be, the unit."""


class Sums(NamedTuple):
    """What was timed: runs by row, and peak memory of all processes by row."""

    runs: dict[str, list[processes.Run]]
    together: dict[str, int | None]

    @classmethod
    def of(cls, rows: Sequence[str]) -> Sums:
        return cls({row: [] for row in rows}, {})

    def seconds(self, row: str) -> float:
        return statistics.median(run.seconds for run in self.runs[row])

    def ratio(self, row: str, other: str) -> float:
        """The median, over the turns, of how many times as long one took as the other."""
        pairs = zip(self.runs[row], self.runs[other], strict=True)
        return statistics.median(one.seconds / two.seconds for one, two in pairs)

    def cpu(self, row: str) -> float:
        return statistics.median(run.cpu for run in self.runs[row])

    def largest(self, row: str) -> float:
        return statistics.median(run.largest for run in self.runs[row])

    def memory(self, row: str) -> float:
        """Peak of all processes together in bytes, or else of the largest one."""
        return self.together.get(row) or self.largest(row)


class Site(NamedTuple):
    """Where one size lies, and the commands that are timed on it in one turn. Each turn has an
    output folder and a cache of its own."""

    root: Path
    turn: str

    @property
    def cache(self) -> Path:
        return self.root / f"cache-{self.turn}"

    @property
    def empty_cache(self) -> Path:
        return self.root / f"empty-cache-{self.turn}"

    def build(self) -> Command:
        return [*self._dealog(), "build", "-o", self.root / f"out-{self.turn}"]

    def check(self) -> Command:
        return [*self._dealog(), "check"]

    def hugo(self) -> Command:
        source, target = self.root / "hugo", self.root / f"hugo-out-{self.turn}"
        return [hugo_site.binary(), "--quiet", "--source", source, "--destination", target]

    def _dealog(self) -> Command:
        return dealog(self.root / "journal")

    def edit(self) -> None:
        """Add a line to the last note of one deal, in the file that Hugo reads too."""
        edited = self.root / "journal" / "deals" / "deal-00007.md"
        with edited.open("a", encoding="utf-8", newline="\n") as file:
            file.write("\nOne more line.\n")


def dealog(journal: Path) -> Command:
    return [sys.executable, "-m", "site_builder", "-C", journal]


def one_turn(site: Site, sums: Sums) -> None:
    """Time each row once, into ``sums``."""
    time(sums, COLD, site.build(), site.cache)
    time(sums, HUGO, site.hugo(), site.cache)
    time(sums, SAME, site.build(), site.cache)
    time(sums, CHECK_SAME, site.check(), site.cache)
    site.edit()
    time(sums, EDITED, site.build(), site.cache)
    time(sums, CHECK, site.check(), site.empty_cache)


def memory_turn(site: Site, sums: Sums) -> None:
    """Run what is compared once more, watched; watching would falsify the times."""
    watched: dict[str, Callable[[], Command]] = {
        COLD: site.build,
        HUGO: site.hugo,
        CHECK: site.check,
    }
    for row, command in watched.items():
        sums.together[row] = processes.peak_of_tree(command(), site.root / f"cache-for-{row}")


def tiny_turn(folder: Path, turn: str, sums: Sums) -> None:
    """Time what a journal of a few files takes beside a bare start of Python. Each turn has a
    journal of its own; only what dealog keeps for all journals is there from before."""
    journal, cache = folder / f"journal-{turn}", folder / "cache"
    generate.write_journal(journal, 3)
    time(sums, PYTHON, [sys.executable, "-c", "pass"], cache)
    time(sums, TINY_CHECK, [*dealog(journal), "check"], folder / f"empty-cache-{turn}")
    time(sums, TINY_BUILD, [*dealog(journal), "build", "-o", folder / f"out-{turn}"], cache)


def time(sums: Sums, row: str, command: Command, cache: Path) -> None:
    sums.runs[row].append(processes.run(command, cache))
