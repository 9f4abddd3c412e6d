"""What a sum covers, on a phone: a line of its own under the sum, beside what the sum is called."""

from __future__ import annotations

import pytest

from tests.browser.tabs import Tabs
from tests.pages.test_figures import OPEN, deals
from tests.sites import page

pytestmark = pytest.mark.browser

LINES = """e => {
  const range = document.createRange(), cell = e.getBoundingClientRect();
  range.selectNodeContents(e);
  const tops = [...range.getClientRects()].map(box => Math.round(box.top - cell.top));
  return [Math.min(...tops), new Set(tops.map(top => Math.round(top / 20))).size];
}"""
"""How far below its cell's top the first line of a cell's text is, and how many lines it has."""


@pytest.mark.parametrize(("width", "lines"), [(375, 2), (1280, 1)])
def test_it_stands_under_its_sum(tabs: Tabs, width: int, lines: int) -> None:
    omitted = OPEN + "value: 28500\ncategory: omitted\n"
    html = page(deals(OPEN + "value: 128500\n", omitted, OPEN), "index.html")
    with tabs.drawn(html, width) as shown:
        for label in ("Value", "Expected"):
            cell = shown.locator(f'.stages tbody td[data-label="{label}"]').first
            top, count = cell.evaluate(LINES)
            assert (top < 20, count) == (True, lines)
