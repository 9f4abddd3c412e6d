"""Measure, print a table and say whether the targets hold. Exit code 1 where one does not.

Everything is timed as a user meets it, as a whole process, and in turns (ours, Hugo, ours
again …), so that a slow moment of the machine falls on both. Shown are medians. Each turn
writes to folders of its own, with a cache of its own, and nothing is removed before the end:
some file systems take long to make files where many have just been removed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench import generate, growth, history, hugo_site, ways
from tests.bench.turns import (
    CHECK,
    CHECK_SAME,
    COLD,
    EDITED,
    HUGO,
    PYTHON,
    ROWS,
    SAME,
    TINY_BUILD,
    TINY_CHECK,
    TINY_ROWS,
    Site,
    Sums,
    Target,
    memory_turn,
    one_turn,
    tiny_turn,
)

SIZES = (1_000, 10_000)
QUICK_SIZES = (200, 1_000)
TINY_TURNS = 4
"""How often a tiny journal is timed where a large one is once: its times vary more."""


def main() -> int:
    """Measure as the command line says."""
    options = _parser().parse_args()
    sizes = tuple(options.sizes or (QUICK_SIZES if options.quick else SIZES))
    repeat = 1 if options.quick else options.repeat
    if options.keep:
        return measure(options.keep, sizes, repeat, options)
    with tempfile.TemporaryDirectory() as folder:
        return measure(Path(folder), sizes, repeat, options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small journals, one repetition")
    parser.add_argument("--sizes", type=int, nargs="+", metavar="DEALS", help="1000 10000")
    parser.add_argument("--repeat", type=int, default=5, help="how often (5)")
    parser.add_argument("--laden", action="store_true", help="bold, a link and a list in all notes")
    parser.add_argument(
        "--growth", action="store_true", help="cold builds up to 30,000 deals alone"
    )
    parser.add_argument(
        "--serve", action="store_true", help="from save to reloaded page alone, in Chromium"
    )
    parser.add_argument(
        "--history", action="store_true", help="what is learned of 10,000 deals alone"
    )
    parser.add_argument("--keep", type=Path, help="an empty folder for the journals, kept")
    return parser


def measure(folder: Path, sizes: Sequence[int], repeat: int, options: argparse.Namespace) -> int:
    """Measure in a folder and report; return the exit code."""
    if options.serve:
        from tests.bench import serving

        targets = serving.measured(folder, max(sizes), max(repeat, 5))
    elif options.history:
        deals = max(options.sizes or [200 if options.quick else history.DEALS])
        targets = history.measured(folder, deals, repeat)
    elif options.growth:
        _say_ways(options.laden)
        targets = [growth.measured(folder, options.sizes or growth.SIZES, repeat, options.laden)]
    else:
        _say_ways(options.laden)
        sums = large(folder, sizes, repeat, options.laden)
        targets = report(sums) + small(folder / "tiny", repeat * TINY_TURNS)
    print()
    held = [verdict(*target) for target in targets]
    return 0 if all(held) else 1


def _say_ways(laden: bool) -> None:
    journal = ways.journal_of(generate.journal_files(min(SIZES), laden))
    share = ways.fast_share(journal)
    print(f"Texts that took the fast way: {share:.0%}; through Python-Markdown: {1 - share:.0%}.")


def large(folder: Path, sizes: Sequence[int], repeat: int, laden: bool) -> dict[int, Sums]:
    """Make the journals, and run everything on them in turns."""
    roots = {size: folder / str(size) for size in sizes}
    for size, root in roots.items():
        say(f"Writing {size} deals …")
        generate.write_journal(root / "journal", size, laden)
        hugo_site.write_site(root / "hugo", root / "journal")
    sums = {size: Sums.of(ROWS) for size in sizes}
    for turn in range(repeat):
        for size, root in roots.items():
            say(f"Run {turn + 1} of {repeat}, {size} deals …")
            one_turn(Site(root, str(turn)), sums[size])
    for size, root in roots.items():
        say(f"Memory, {size} deals …")
        memory_turn(Site(root, "memory"), sums[size])
    return sums


def small(folder: Path, repeat: int) -> list[Target]:
    """Time a tiny journal beside Python's start, and print a line on it."""
    tiny_turn(folder, "first", Sums.of(TINY_ROWS))  # which compiles the templates
    sums = Sums.of(TINY_ROWS)
    for turn in range(repeat):
        tiny_turn(folder, str(turn), sums)
    shown = ", ".join(f"{row} {sums.seconds(row) * 1000:.0f} ms" for row in TINY_ROWS)
    print(f"\n{shown} (medians of {repeat})")
    return [
        ("check of a tiny journal, of Python's start", sums.ratio(TINY_CHECK, PYTHON), 6, "×"),
        ("build of a tiny journal, of Python's start", sums.ratio(TINY_BUILD, PYTHON), 14, "×"),
    ]


def report(sums: dict[int, Sums]) -> list[Target]:
    """Print the table; return what is to hold for the largest size."""
    print(f"\n{'':20}" + "".join(f"{f'{size:,} deals':>36}" for size in sums))
    for row in ROWS:
        print(f"{row:20}" + "".join(f"{_cell(one, row):>36}" for one in sums.values()))
    print("\nMedians: seconds on the clock / of the processors;")
    print("peak memory of the largest process / of all together, what they share counted once.")
    most = sums[max(sums)]
    print(f"Repetitions: {len(most.runs[HUGO])}")
    return [
        ("cold build, of Hugo's time", most.ratio(COLD, HUGO), 1, "×"),
        ("memory, of Hugo's", most.memory(COLD) / most.memory(HUGO), 0.4, "×"),
        *([growth.target(sums)] if len(sums) > 1 else []),
        ("build without a change, of the cold build", most.ratio(SAME, COLD), 0.05, "×"),
        ("build after an edit, of the cold build", most.ratio(EDITED, COLD), 0.15, "×"),
        ("check, of the cold build", most.ratio(CHECK, COLD), 1 / 3, "×"),
        ("check without a change", most.seconds(CHECK_SAME), 0.15, " s"),
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
