"""Stamps: what is trusted, and what is read again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from site_builder.files.stamps import is_fresh, stamp_of, stamps_below

SECOND = 1_000_000_000
MOMENT = 1_795_000_000 * SECOND


@pytest.mark.parametrize(
    ("written", "changed", "fresh"),
    [
        (MOMENT - 9 * SECOND + 1, MOMENT - 9 * SECOND + 1, False),
        (MOMENT - SECOND // 100 + 1, MOMENT - SECOND // 100 + 1, True),
        (MOMENT + 9 * SECOND, MOMENT - 9 * SECOND + 1, True),  # a file from the future
        (MOMENT - 9 * SECOND, MOMENT - SECOND // 100 + 1, True),  # with an old time on purpose
        (MOMENT - SECOND + 1, MOMENT - SECOND + 1, False),
        (MOMENT - SECOND, MOMENT - SECOND, True),  # on a file system of whole seconds
        (MOMENT - 3 * SECOND, MOMENT - 3 * SECOND, False),
    ],
)
def test_what_may_have_been_written_in_the_same_step_is_fresh(
    written: int, changed: int, fresh: bool
) -> None:
    assert is_fresh((written, changed, 10, 1), MOMENT) is fresh


def test_a_file_of_the_same_size_and_time_has_another_stamp(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("one")
    before = file.stat()
    file.write_text("two")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert os.name == "nt" or stamp_of(file.stat()) != stamp_of(before)


def test_all_but_folders_is_listed_and_no_link_followed(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / ".c").write_text("")
    (tmp_path / "a" / "d").symlink_to("b", target_is_directory=True)
    assert sorted(stamps_below(str(tmp_path))) == ["a/b/.c", "a/d"]
    assert stamps_below(str(tmp_path / "none")) == {}
