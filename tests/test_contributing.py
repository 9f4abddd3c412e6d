"""The map in CONTRIBUTING.md shows the rooms as they are."""

from __future__ import annotations

from tests import rooms
from tests.places import PACKAGE, ROOT


def test_the_map_shows_the_rooms_as_they_are() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert text == rooms.with_table(text), "run: python -m tests.rooms"


def test_every_folder_of_the_package_is_a_room_and_says_its_job() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders == set(rooms.rooms())
    for inner in PACKAGE.rglob("__init__.py"):
        assert rooms.job(inner.parent).endswith("."), inner
