"""The map in CONTRIBUTING.md shows the rooms as they are."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests import rooms
from tests.places import PACKAGE, ROOT

TESTS = ROOT / "tests"
MIRRORED = [
    path
    for path in sorted(TESTS.rglob("test_*.py"))
    if path.parent != TESTS and path.relative_to(TESTS).parts[0] in rooms.rooms()
]


def test_the_map_shows_the_rooms_as_they_are() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert text == rooms.with_table(text), "run: python -m tests.rooms"


def test_every_folder_of_the_package_is_a_room_and_says_its_job() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders == set(rooms.rooms())
    for inner in PACKAGE.rglob("__init__.py"):
        assert rooms.job(inner.parent).endswith("."), inner


@pytest.mark.parametrize("path", MIRRORED, ids=lambda path: str(path.relative_to(TESTS)))
def test_a_file_of_tests_is_of_a_module_of_its_room_or_of_a_topic_named_there(path: Path) -> None:
    name, room = path.stem.removeprefix("test_"), path.parent.relative_to(TESTS)
    topics = ast.get_docstring(ast.parse((path.parent / "__init__.py").read_text("utf-8"))) or ""
    assert (PACKAGE / room / f"{name}.py").is_file() != (f"- ``{name}``: " in topics)


def test_topics_of_rooms_have_tests() -> None:
    for inner in {path.parent for path in MIRRORED}:
        text = ast.get_docstring(ast.parse((inner / "__init__.py").read_text("utf-8"))) or ""
        for line in text.splitlines():
            if line.startswith("- ``"):
                assert (inner / f"test_{line.split('``')[1]}.py").is_file(), line
