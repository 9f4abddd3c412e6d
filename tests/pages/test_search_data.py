"""What the search of the site looks through."""

from __future__ import annotations

from site_builder.insights.insights import Insights
from site_builder.pages.context import Context
from site_builder.pages.search_data import Share, search_data
from tests.catalogue import BASE
from tests.journals import loaded

TICKED = """
## 2026-11-01 call with jane-roe

- [x] needs-analysis: Two lines stand still
"""


def test_steps_are_searched_by_name_and_not_by_id() -> None:
    found = loaded({"deals/acme.md": f"{BASE['deals/acme.md']}{TICKED}"})
    assert found.journal is not None
    data = search_data(Context(Insights(found.journal, found.today)), Share(0, ("deals/acme",)))
    said = str(data.value)
    assert "- [x] Needs analysis done: Two lines stand still" in said
    assert "needs-analysis" not in said
