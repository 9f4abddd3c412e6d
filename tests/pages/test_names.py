"""Links where texts are no Markdown: in headlines, next steps and behind ticks."""

from __future__ import annotations

import pytest

from tests.catalogue import BASE
from tests.sites import page, words

FILES = {
    **BASE,
    "deals/acme.md": """\
---
title: ACME
owner: maria
stage: qualification
next: 2026-11-10 Call [[jane-roe]] about [[quiet|<that>]]
---

## 2026-11-12 call — Ask [[jane-roe|her & him]], not [[nobody]] or [[quiet]]

- [x] needs-analysis: with [[jane-roe]]
""",
    "deals/quiet.md": "---\ntitle: Quiet <one>\nowner: maria\nstage: lead\n---\n",
}
JANE = '<a href="../contacts/jane-roe.html">{}</a>'
QUIET = '<a href="../deals/quiet.html">{}</a>'
HEADLINE = (
    f"Ask {JANE.format('her &amp; him')}, not [[nobody]] or {QUIET.format('Quiet &lt;one&gt;')}"
)


@pytest.mark.parametrize(
    "text",
    [
        f'<bdi class="note-headline">{HEADLINE}</bdi>',
        f"Call {JANE.format('Jane Roe')} about {QUIET.format('&lt;that&gt;')}",
        f'<bdi class="muted small">with {JANE.format("Jane Roe")}</bdi>',
    ],
)
def test_on_the_page_of_a_deal_they_are_links(text: str) -> None:
    assert text in page(FILES, "deals/acme.html")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("board.html", "Call Jane Roe about <that>"),
        ("deals.html", "Call Jane Roe about <that>"),
        ("deals-sales.qualification.html", "Call Jane Roe about <that>"),
        ("stale.html", "Call Jane Roe about <that>"),
        ("index.html", "Call Jane Roe about <that>"),
        ("index.html", "Ask her & him, not [[nobody]] or Quiet <one>"),
    ],
)
def test_in_lists_and_on_cards_they_are_names(path: str, text: str) -> None:
    html = page(FILES, path)
    assert text in words(html)
    assert html.count("[[") == html.count("[[nobody]]")
