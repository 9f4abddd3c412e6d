from __future__ import annotations

import datetime as dt

from site_builder.journal.recordings import Commit, Entry, Recordings


def entry(id: str, day: int) -> Entry:
    commit = Commit(id * 40, dt.date(2026, 11, day), "Maria", "maria@kestrel.example")
    return Entry(commit, False, (), ())


ALL = Recordings({"deals/a": (entry("a", 1), entry("b", 9)), "deals/b": (entry("c", 5),)})


def test_what_was_recorded_after_a_day_is_not_there() -> None:
    assert ALL.until(dt.date(2026, 11, 9)) is ALL
    assert ALL.until(dt.date(2026, 11, 4)).of == {"deals/a": (entry("a", 1),)}
    assert ALL.until(dt.date(2026, 10, 1)).of == {}


def test_a_mark_changes_with_the_commits() -> None:
    assert ALL.marks.keys() == ALL.of.keys() and len(set(ALL.marks.values())) == 2
    assert ALL.marks["deals/a"] != ALL.until(dt.date(2026, 11, 4)).marks["deals/a"]
    assert entry("0123456789abcdef", 1).commit.short == "0123456789"
