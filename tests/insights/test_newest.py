"""The newest notes of a journal, of deals and contacts."""

from __future__ import annotations

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.newest import newest
from site_builder.journal.history import moments
from site_builder.load.loader import load
from tests.by_hand import TODAY, deal, journal, note
from tests.stories import story


@pytest.mark.parametrize("most", [1, 12, 10_000])
def test_they_are_the_last_of_all_notes(most: int) -> None:
    seen = load(MemoryTree(story(3)), lambda: TODAY).seen
    assert seen is not None
    every = [
        (moment, subject.path, place, note)
        for subject in seen.subjects
        for place, (moment, note) in enumerate(
            zip(moments(subject.notes), subject.notes, strict=True)
        )
    ]
    every.sort(key=lambda row: row[:3], reverse=True)
    assert [one.note for one in newest(Insights(seen, TODAY), most)] == [
        row[3] for row in every[:most]
    ]


def test_of_one_day_the_last_in_its_file_is_the_newest() -> None:
    calls = tuple(note("2026-11-19", "call", line=line) for line in (1, 2, 3))
    found = newest(Insights(journal(deal("a", notes=calls), deal("b")), TODAY), 2)
    assert [(one.subject.id, one.note.places.whole.line) for one in found] == [("a", 3), ("a", 2)]
