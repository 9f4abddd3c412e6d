"""How many of the ways that code branches tests go, room by room.

``python -m tests.covered [ROOM…]`` runs the tests of these rooms and of those beside them, tells it of
each room, with the modules that lack most, and ends with 1 where one is below 95 of a hundred: see
``make coverage``.
Whether tests pass is for ``make test`` to say: some count time, and being watched takes some. None is
ended for the time it takes, as what it does from then on would be missed.

It is also what watches, as a plugin of pytest, in each of its processes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import coverage

from tests.mutants import ROOMS, tests_of
from tests.places import ROOT

LEAST = 95
_MOST_TOLD = 5
_watching = list[coverage.Coverage]()


class Branches(NamedTuple):
    """So many ways lead on where code branches, and tests go so many of them."""

    gone: int
    there: int

    @property
    def share(self) -> float:
        """Of a hundred; all of none."""
        return 100 * self.gone / self.there if self.there else 100


def pytest_load_initial_conftests(args: Sequence[str]) -> None:
    """Watch from before the first module of the package is imported."""
    folder = next(arg.partition("=")[2] for arg in args if arg.startswith("--basetemp="))
    data = Path(folder).parent / "branches"
    _watching.append(coverage.Coverage(data_file=data, data_suffix=True))
    _watching[0].start()


def pytest_sessionfinish() -> None:
    """Keep what was seen, before a process says that it has nothing left to run: from then on it may
    be ended."""
    _watching[0].stop()
    _watching[0].save()


def by_module(rooms: Iterable[str], folder: Path) -> dict[str, Branches]:
    """What the tests of some rooms go, and of those beside them, by module."""
    groups = [group for room in rooms for group in [*tests_of(f"site_builder/{room}/_.py")][1:3]]
    tests = dict.fromkeys(test for group in groups for test in group)
    how = ("-n", "2", "--dist", "worksteal", "--timeout=0", "-q", "-m", "not browser")
    made = ("-p", "tests.covered", f"--basetemp={folder / 'made'}")
    command = [sys.executable, "-m", "pytest", *how, *made, *tests]
    done = subprocess.run(command, cwd=ROOT, check=False)
    if done.returncode > 1:
        sys.exit("The tests could not be run.")
    return _read(folder)


def _read(folder: Path) -> dict[str, Branches]:
    seen = coverage.Coverage(data_file=folder / "branches")
    seen.combine([str(folder)])
    seen.json_report(outfile=str(folder / "told.json"))
    told = json.loads((folder / "told.json").read_text("utf-8"))["files"]
    return {
        Path(path).as_posix(): Branches(
            one["summary"]["covered_branches"], one["summary"]["num_branches"]
        )
        for path, one in told.items()
    }


def by_room(modules: Mapping[str, Branches], rooms: Sequence[str]) -> dict[str, Branches]:
    """The same by room."""
    sums = defaultdict[str, list[Branches]](list)
    for path, branches in modules.items():
        sums[path.split("/")[1]].append(branches)
    return {room: Branches(*map(sum, zip(*sums[room], strict=True))) for room in rooms}


def told(modules: Mapping[str, Branches], rooms: Sequence[str]) -> str:
    """The figures of rooms, and which of their modules lack most."""
    rows = list[str]()
    for room, branches in by_room(modules, rooms).items():
        rows.append(f"{room:10} {branches.share:5.1f}%  {branches.gone:,} of {branches.there:,}")
        within = [(path, one) for path, one in modules.items() if path.split("/")[1] == room]
        within.sort(key=lambda pair: (pair[1].gone - pair[1].there, pair[0]))
        lacking = [(path, one) for path, one in within if one.gone < one.there]
        rows += [
            f"             {path}: {one.gone} of {one.there}" for path, one in lacking[:_MOST_TOLD]
        ]
    return "\n".join(rows)


def main(rooms: Sequence[str]) -> int:
    """Tell it, and whether all rooms have enough."""
    with tempfile.TemporaryDirectory() as place:
        modules = by_module(rooms, Path(place))
    print(told(modules, rooms))  # noqa: T201
    below = [room for room, one in by_room(modules, rooms).items() if one.share < LEAST]
    if below:
        print(f"Below {LEAST}%: {', '.join(below)}")  # noqa: T201
    return int(bool(below))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ROOMS))
