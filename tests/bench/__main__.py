"""Measure, print a table and say whether the targets hold. Exit code 1 where one does not.

Everything is timed as a user meets it, as a whole process, and in turns (ours, Hugo, ours
again …), so that a slow moment of the machine falls on both. Shown are medians. Each turn
writes to folders of its own, and nothing is removed before the end: some file systems take
long to make files where many have just been removed.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.bench import generate, hugo_site, processes

SIZES = (1_000, 10_000)
QUICK_SIZES = (200, 1_000)
ROWS = ("cold build", "rebuild, no change", "rebuild, one edit", "check", "hugo")


class Sums(NamedTuple):
    """What one size took: runs by row, and peak memory of all processes by row."""

    runs: dict[str, list[processes.Run]]
    together: dict[str, int | None]

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
    """Where one size lies, and the commands that are timed on it in one turn."""

    root: Path
    turn: str

    @property
    def edited(self) -> Path:
        return self.root / "journal" / "deals" / "deal-00007.md"

    def build(self) -> Sequence[str | Path]:
        return [*self._dealog(), "build", "-o", self.root / f"out-{self.turn}"]

    def check(self) -> Sequence[str | Path]:
        return [*self._dealog(), "check"]

    def hugo(self) -> Sequence[str | Path]:
        source, target = self.root / "hugo", self.root / f"hugo-out-{self.turn}"
        return [hugo_site.binary(), "--quiet", "--source", source, "--destination", target]

    def _dealog(self) -> Sequence[str | Path]:
        return [sys.executable, "-m", "site_builder", "-C", self.root / "journal"]

    def edit(self) -> None:
        """Add a line to the last note of one deal, in the file that Hugo reads too."""
        with self.edited.open("a", encoding="utf-8", newline="\n") as file:
            file.write("\nOne more line.\n")


def main() -> int:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small journals, one repetition")
    parser.add_argument("--repeat", type=int, default=5, help="how often (5)")
    parser.add_argument("--keep", type=Path, help="an empty folder for the journals, kept")
    options = parser.parse_args()
    sizes, repeat = (QUICK_SIZES, 1) if options.quick else (SIZES, options.repeat)
    if options.keep:
        return report(measure(options.keep, sizes, repeat))
    with tempfile.TemporaryDirectory() as folder:
        return report(measure(Path(folder), sizes, repeat))


def measure(folder: Path, sizes: Sequence[int], repeat: int) -> dict[int, Sums]:
    """Make the journals, and run everything on them in turns."""
    roots = {size: folder / str(size) for size in sizes}
    for size, root in roots.items():
        say(f"Writing {size} deals …")
        generate.write_journal(root / "journal", size)
        hugo_site.write_site(root / "hugo", root / "journal")
    sums = {size: Sums({row: [] for row in ROWS}, {}) for size in sizes}
    for turn in range(repeat):
        for size, root in roots.items():
            say(f"Run {turn + 1} of {repeat}, {size} deals …")
            one_turn(Site(root, str(turn)), sums[size])
    for size, root in roots.items():
        say(f"Memory, {size} deals …")
        memory_turn(Site(root, "memory"), sums[size])
    return sums


def one_turn(site: Site, sums: Sums) -> None:
    """Time each row once, into ``sums``."""
    sums.runs["cold build"].append(processes.run(site.build()))
    sums.runs["hugo"].append(processes.run(site.hugo()))
    sums.runs["rebuild, no change"].append(processes.run(site.build()))
    site.edit()
    sums.runs["rebuild, one edit"].append(processes.run(site.build()))
    sums.runs["check"].append(processes.run(site.check()))


def memory_turn(site: Site, sums: Sums) -> None:
    """Run what is compared once more, watched; watching would falsify the times."""
    watched: dict[str, Callable[[], Sequence[str | Path]]] = {
        "cold build": site.build,
        "hugo": site.hugo,
        "check": site.check,
    }
    for row, command in watched.items():
        sums.together[row] = processes.peak_of_tree(command())


def report(sums: dict[int, Sums]) -> int:
    """Print the table and the verdicts; return the exit code."""
    small, large = sums
    print(f"\n{'':20}" + "".join(f"{f'{size:,} deals':>36}" for size in sums) + f"{'ratio':>8}")
    for row in ROWS:
        cells = "".join(f"{_cell(sums[size], row):>36}" for size in sums)
        print(f"{row:20}{cells}{sums[large].seconds(row) / sums[small].seconds(row):>8.1f}")
    print("\nMedians: seconds on the clock / of the processors;")
    print(
        "peak memory of the largest process / of all together, where what they share counts once."
    )
    print(f"Repetitions: {len(sums[large].runs['hugo'])}\n")
    held = [verdict(*line) for line in targets(sums)]
    return 0 if all(held) else 1


def targets(sums: dict[int, Sums]) -> list[tuple[str, float, float, str]]:
    """What is to hold for the largest size: name, what is, what may be, unit."""
    small, large = sums
    most = sums[large]
    cold = most.seconds("cold build")
    growth = math.log(cold / sums[small].seconds("cold build"), large / small)
    return [
        ("cold build, of Hugo's time", most.ratio("cold build", "hugo"), 1, "×"),
        ("memory, of Hugo's", most.memory("cold build") / most.memory("hugo"), 1, "×"),
        ("growth of the cold build, exponent", growth, 1.1, ""),
        ("check, of the cold build", most.ratio("check", "cold build"), 1 / 3, "×"),
    ]


def verdict(name: str, value: float, limit: float, unit: str) -> bool:
    """Print one line on one target; return whether it holds."""
    held = value <= limit
    word = "holds " if held else "FAILS "
    print(f"{word} {name}: {value:.2f}{unit}, at most {limit:.2f}{unit}")
    return held


def say(message: str) -> None:
    """Show progress."""
    print(message, file=sys.stderr)


def _cell(sums: Sums, row: str) -> str:
    together = sums.together.get(row)
    shared = f"{together / 1e6:.0f}" if together else "–"
    times = f"{sums.seconds(row):.2f} s /{sums.cpu(row):6.2f}"
    return f"{times}  {sums.largest(row) / 1e6:5.0f} MB /{shared:>5}"


if __name__ == "__main__":
    sys.exit(main())
