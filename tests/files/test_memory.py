"""What is worked out once, and kept by what it is made of."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from site_builder.files.cache import cache_of
from site_builder.files.memory import Memory
from site_builder.files.plain import Form

FORM = Form(())
A, B = b"a", b"b"


class Maker:
    """Makes something else each time."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> tuple[int, float]:
        self.times += 1
        return self.times, self.times / 3


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Memory]:
    """That of a new process, for the same journal each time."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "journal").mkdir()
    return lambda: Memory(partial(cache_of, tmp_path / "journal"))


def test_what_is_known_is_not_made_again() -> None:
    known, make = Memory(), Maker()
    first = known.of("x", A, make)
    assert known.of("x", A, make) is first
    assert known.of("x", B, make) == (2, 2 / 3)
    assert known.of("y", A, make) == (3, 1.0)
    assert known.of("x", A, make) is first
    assert Memory().of("x", A, make) == (4, 4 / 3)


def test_those_that_were_asked_for_last_are_known() -> None:
    known, make = Memory(), Maker()
    for key in b"abcd":
        known.of("x", bytes([key]), make)
    known.of("x", A, make)
    known.of("x", b"e", make)
    assert make.times == 5
    assert known.of("x", A, make)[0] == 1
    assert known.of("x", B, make)[0] == 6


def test_what_has_a_form_is_kept_between_runs(memory: Callable[[], Memory]) -> None:
    make = Maker()
    assert memory().of("x", A, make, FORM) == (1, 1 / 3)
    assert memory().of("x", A, make, FORM) == (1, 1 / 3)
    assert memory().of("x", B, make, FORM) == (2, 2 / 3)
    assert memory().of("x", A, make, FORM) == (1, 1 / 3)
    assert memory().of("x", A, make) == (3, 1.0)
    assert Memory().of("x", A, make, FORM) == (4, 4 / 3)


def test_what_is_damaged_is_made_again(memory: Callable[[], Memory], tmp_path: Path) -> None:
    make = Maker()
    memory().of("x", A, make, FORM)
    (file,) = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    whole = file.read_bytes()
    for at in (0, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        times = make.times
        assert memory().of("x", A, make, FORM)[0] == times + 1
    file.write_bytes(b"")
    assert memory().of("x", A, make, FORM) == (5, 5 / 3)
    assert memory().of("x", A, make, FORM) == (5, 5 / 3)


def test_a_file_in_the_place_of_another_is_not_taken(
    memory: Callable[[], Memory], tmp_path: Path
) -> None:
    make = Maker()
    memory().of("x", A, make, FORM)
    cache = cache_of(tmp_path / "journal")
    assert cache is not None and cache.write("learned-x", (1, "something else"))
    assert memory().of("x", A, make, FORM) == (2, 2 / 3)


def test_parts_are_kept_when_that_is_asked_for(memory: Callable[[], Memory]) -> None:
    make, known = Maker(), memory()
    for key in range(150):
        assert known.part("x", bytes([key]), make, FORM)[0] == key + 1
    assert known.part("x", A, make, FORM)[0] == A[0] + 1
    assert memory().part("x", A, make, FORM)[0] == 151
    known.keep()
    assert memory().part("x", A, make, FORM) == (A[0] + 1, (A[0] + 1) / 3)
    for key in range(201):
        known.part("x", bytes([key, 1]), make, FORM)
    assert known.part("x", A, make, FORM)[0] == make.times == 353
    Memory().keep()


def test_parts_that_were_asked_for_last_are_kept(memory: Callable[[], Memory]) -> None:
    """Also where they were made long ago."""
    make, known = Maker(), memory()
    for key in range(200):
        known.part("x", bytes([key]), make, FORM)
    known.keep()
    again = memory()
    assert again.part("x", b"\0", make, FORM)[0] == 1
    again.part("x", b"more", make, FORM)
    again.keep()
    assert memory().part("x", b"\0", make, FORM)[0] == 1
    assert memory().part("x", b"\1", make, FORM)[0] == make.times == 202


def test_it_can_be_asked_what_is_known(memory: Callable[[], Memory]) -> None:
    make, known = Maker(), memory()
    assert not known.knows("x", A)
    known.of("x", A, make, FORM)
    assert known.knows("x", A) and not known.knows("x", B) and not known.knows("y", A)
    assert memory().knows("x", A) and not Memory().knows("x", A)
    assert make.times == 1


def test_nothing_is_written_where_nothing_new_was_made(
    memory: Callable[[], Memory], tmp_path: Path
) -> None:
    known = memory()
    known.part("x", A, Maker(), FORM)
    known.keep()
    for file in list((tmp_path / "cache").rglob("learned-x")):
        file.unlink()
    known.part("x", A, Maker(), FORM)
    known.keep()
    assert not list((tmp_path / "cache").rglob("learned-x"))
