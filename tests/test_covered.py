"""What is told of the ways that tests go."""

from __future__ import annotations

from tests.covered import Branches, by_room, told

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
