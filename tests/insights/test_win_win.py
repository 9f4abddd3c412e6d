"""What each side gains, by hand and recomputed from raw files."""

from __future__ import annotations

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.win_win import empty_sides, win_win
from site_builder.load.loader import load
from tests.by_hand import LOST, PARKED, TODAY, WON, deal, journal
from tests.insights.test_structure import ended, moved
from tests.stories import raw, story


def test_deals_stand_by_what_has_become_of_them_and_lost_ones_do_not() -> None:
    made = journal(
        deal("a", WON, their_win="Calm", our_win="Fame"),
        deal("b", their_win="Calm"),
        deal("c", our_win="Fame"),
        deal("d", LOST, our_win="Fame"),
        deal("e", PARKED),
        moved("f", ("2026-01-01", WON), ("2026-02-01", PARKED)),
    )
    found = win_win(Insights(made, TODAY))
    assert [
        (one.state, *([deal.id for deal in deals] for deals in one[1:])) for one in found.states
    ] == [("won", ["a"], [], ["f"]), ("open", [], ["b", "c"], []), ("parked", [], [], ["e"])]
    assert found.states[0].share == (1, 2)


def test_sides_are_counted() -> None:
    assert [empty_sides(deal(their_win=a, our_win=b)) for a, b in (("x", "y"), ("x", ""), ("", ""))] == [0, 1, 2]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    found = win_win(Insights(loaded.seen, TODAY))
    assert [one.state for one in found.states] == ["won", "open", "parked"]
    for one in found.states:
        here = [d for d in raw(files, "deals") if (ended(d)[0] or d.type) == one.state]
        sides = [(d.id, ("their-win" in d.front) + ("our-win" in d.front)) for d in here]
        for deals, n in ((one.both, 2), (one.one_sided, 1), (one.neither, 0)):
            assert [deal.id for deal in deals] == [id for id, said in sides if said == n]
