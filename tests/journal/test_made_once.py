"""Values that are made once, and those of which only so many are kept."""

from __future__ import annotations

from site_builder.journal.made_once import MadeOnce, Recent


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
