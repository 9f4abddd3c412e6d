"""What is told of the ways that tests go."""

from __future__ import annotations

import pytest

from tests import covered
from tests.covered import Branches, by_room, told

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
