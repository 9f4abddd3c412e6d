"""What is told of the ways that tests go."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests import covered
from tests.commands import write
from tests.covered import Branches, by_module, by_room, told
from tests.places import ROOT

WHOLE = Branches(4, 4)

MODULES = {
    "site_builder/edit/a.py": Branches(9, 10),
    "site_builder/edit/deep/b.py": Branches(88, 90),
    "site_builder/edit/whole.py": Branches(4, 4),
    "site_builder/checks/none.py": Branches(0, 0),
    "site_builder/other/a.py": Branches(0, 100),
}


def test_the_ways_of_a_room_are_those_of_all_its_modules() -> None:
    rooms = by_room(MODULES, ["edit", "checks"])
    assert rooms == {"edit": (101, 104), "checks": (0, 0)}
    assert rooms["checks"].share == 100 and 97.1 < rooms["edit"].share < 97.2


def test_what_lacks_most_is_told_first() -> None:
    assert told(MODULES, ["edit"]).split("\n") == [
        "edit        97.1%  101 of 104",
        "             site_builder/edit/deep/b.py: 88 of 90",
        "             site_builder/edit/a.py: 9 of 10",
    ]


@pytest.mark.parametrize(
    ("gone", "code", "said"), [(94, 1, ["Below 95%: edit"]), (95, 0, []), (96, 0, [])]
)
def test_a_room_that_tests_go_too_little_of_is_a_failure(
    gone: int,
    code: int,
    said: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    modules = {"site_builder/edit/a.py": Branches(gone, 100), "site_builder/checks/b.py": WHOLE}
    monkeypatch.setattr(covered, "by_module", lambda *_: modules)
    assert covered.main(["edit", "checks"]) == code
    assert capsys.readouterr().out.split("\n")[3:-1] == said


SMALL = {
    "pyproject.toml": """
[tool.coverage.run]
branch = true
source = ["site_builder"]
[tool.pytest.ini_options]
timeout = 0.3
""",
    "site_builder/__init__.py": "",
    "site_builder/tiny/__init__.py": "",
    "site_builder/tiny/early.py": "IS_BIG = 1 > 2\nif IS_BIG:\n    IS_BIG = False\n",
    "site_builder/tiny/half.py": "def sign(n):\n    if n < 0:\n        return '-'\n    return ''\n",
    "site_builder/tiny/never.py": "def sign(n):\n    while n:\n        n -= 1\n",
    "site_builder/tiny/straight.py": "def sign(n):\n    return n\n",
    "site_builder/tiny/which.py": "def is_first(worker):\n    if worker == 'gw0':\n        return True\n",
    "tests/tiny/conftest.py": "from site_builder.tiny import early\n",
    "tests/tiny/test_tiny.py": """
import time
import pytest
from site_builder.tiny import half, straight, which

@pytest.mark.parametrize("n", [0, 1])
def test_a_process_each(worker_id, n):
    time.sleep(0.6)
    assert which.is_first(worker_id) is (True if worker_id == "gw0" else None)
    assert half.sign(straight.sign(n)) == ""
""",
}
"""A package with one room: its two tests take longer than they should, and are run in a process each,
which go one way each of `which`, and are gone as soon as they have said that they ran them."""


def test_all_processes_are_watched_from_start_to_end_and_what_none_goes_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, SMALL)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:hypothesispytest")
    monkeypatch.setattr(covered, "ROOT", tmp_path)
    (tmp_path / "seen").mkdir()
    modules = by_module(["tiny"], tmp_path / "seen")
    assert {path.rpartition("/")[2]: tuple(one) for path, one in modules.items()} == {
        "__init__.py": (0, 0),
        "early.py": (1, 2),
        "half.py": (1, 2),
        "never.py": (0, 2),
        "straight.py": (0, 0),
        "which.py": (2, 2),
    }
    assert told(modules, ["tiny"]).split("\n") == [
        "tiny        50.0%  4 of 8",
        "             site_builder/tiny/never.py: 0 of 2",
        "             site_builder/tiny/early.py: 1 of 2",
        "             site_builder/tiny/half.py: 1 of 2",
    ]


@pytest.mark.parametrize("code", [2, 3, 4, 5])
def test_where_tests_could_not_be_run_nothing_is_told(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = subprocess.CompletedProcess[bytes]([], code)
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_named: done)
    with pytest.raises(SystemExit, match=r"^The tests could not be run\.$"):
        by_module(["tiny"], tmp_path)
