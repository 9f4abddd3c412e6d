"""Values that are made once, and those of which only so many are kept."""

from __future__ import annotations

from site_builder.journal.made_once import Found, MadeOnce, Recent


def test_a_value_is_made_once() -> None:
    asked: list[str] = []

    def length(key: str) -> int:
        asked.append(key)
        return len(key)

    lengths = MadeOnce[str, int](length)
    assert (lengths["ab"], lengths["ab"], lengths["abc"]) == (2, 2, 3)
    assert asked == ["ab", "abc"] and len(lengths) == 2


def test_no_more_are_kept_than_the_most() -> None:
    recent = Recent[int, str](3)
    for number in range(10):
        assert recent.keep(number, str(number)) == str(number)
        assert len(recent) <= 3 and recent.get(number) == str(number)
    assert recent.get(0) is None


def test_what_was_made_is_taken_over_but_for_some() -> None:
    before, after = MadeOnce[str, str](lambda key: f"{key} then"), MadeOnce[str, str](str.upper)
    assert [before[key] for key in "abc"] == ["a then", "b then", "c then"]
    after.take(before, ["b", "d"])
    assert [after[key] for key in "abcd"] == ["a then", "B", "c then", "D"]
    assert len(before) == 0 and before["a"] == "a then"


def test_what_was_found_is_looked_for_again_of_some_alone_and_stays_sorted() -> None:
    asked: list[str] = []

    def find(key: str) -> str | None:
        asked.append(key)
        return there.get(key)

    there = {"a": "A", "b": "", "c": "C"}
    before = Found[str, str](find)
    assert dict(before.among("abc")) == {"a": "A", "c": "C"}
    there |= {"b": "B", "d": "D", "c": "C now"}
    del there["a"]
    asked.clear()
    between, after = Found[str, str](find), Found[str, str](find)
    between.take(before, "ab")
    after.take(between, "cdx")
    assert asked == []
    assert list(after.among("bcd").items()) == [("b", "B"), ("c", "C now"), ("d", "D")]
    assert sorted(asked) == ["a", "b", "c", "d", "x"]
    assert after.among("bcd") is after.among("bcd") and len(asked) == 5
    assert dict(before.among("b")) == {"b": "B"}
