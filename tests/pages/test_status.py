"""The page of statuses."""

from __future__ import annotations

from site_builder.pages.status import status
from tests.by_hand import context, deal, journal


def test_each_count_leads_to_the_contacts() -> None:
    made = status(context(journal(deal("a"))))
    assert made.answer == "1 cold"
    (section,) = made.sections
    assert [(row.head.text, row.cells[0].text, row.cells[0].path) for row in section.tables[0].rows][2] == (
        "cold", "1", "status.html#cold")  # fmt: skip
    assert [one.anchor for one in section.made_of] == ["cold"]
