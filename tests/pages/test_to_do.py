from __future__ import annotations

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.follow_ups import follow_ups
from site_builder.insights.insights import Insights
from site_builder.load.loader import load
from site_builder.pages.context import Context
from site_builder.pages.dues import listed
from site_builder.pages.links import Link
from site_builder.pages.to_do import attention
from tests.stories import TODAY, story


@pytest.mark.parametrize("seed", range(4))
def test_what_else_is_due_is_counted_and_leads_to_the_follow_ups(seed: int) -> None:
    loaded = load(MemoryTree(story(seed)), lambda: TODAY)
    assert loaded.seen is not None
    context = Context(Insights(loaded.seen, loaded.today))
    due = [
        one
        for one in listed(follow_ups(context.insights).due)
        if one.kind not in ("next", "wake") and one.date <= loaded.today
    ]
    late = sum(one.date < loaded.today for one in due)
    found = attention(context)
    words = f"Other follow-ups: {late} overdue" + (
        f", {len(due) - late} today" if len(due) > late else ""
    )
    assert found.counts[-1] == Link(words, "follow-ups.html")
    for desk in found.desks:
        theirs = sum(one.person is not None and one.person.name == desk.owner for one in due)
        said = f"and {theirs} other follow-up{'s' if theirs != 1 else ''} due" if theirs else ""
        assert desk.due.text == said
