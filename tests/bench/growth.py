"""How the cold build grows with the journal: the exponent of its time."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.bench import generate
from tests.bench.turns import COLD, Site, Sums, Target, time

SIZES = (1_000, 3_000, 10_000, 30_000)
MOST = 1.05


def exponent(seconds: Mapping[int, float]) -> float:
    """The slope of the line of least squares through the logarithms of sizes and times."""
    sizes = [math.log(size) for size in seconds]
    times = [math.log(each) for each in seconds.values()]
    return statistics.linear_regression(sizes, times).slope


def target(sums: Mapping[int, Sums]) -> Target:
    """What is to hold of cold builds of several sizes."""
    found = exponent({size: one.seconds(COLD) for size, one in sums.items()})
    return "growth of the cold build, exponent", found, MOST, ""


def measured(folder: Path, sizes: Sequence[int], repeat: int, laden: bool) -> Target:
    """Time cold builds of these sizes in turns, print a line for each; what is to hold."""
    for size in sizes:
        generate.write_journal(folder / str(size) / "journal", size, laden)
    sums = {size: Sums.of([COLD]) for size in sizes}
    for turn in range(repeat):
        for size in sizes:
            site = Site(folder / str(size), str(turn))
            time(sums[size], COLD, site.build(), site.cache)
    for size, one in sums.items():
        print(f"{size:>6,} deals: {one.seconds(COLD):7.2f} s, {one.largest(COLD) / 1e6:5.0f} MB")
    return target(sums)
