"""A small journal's pages, held byte for byte, so that a change of the site is seen in review.

After a wanted change: `DEALOG_GOLDEN=write python -m pytest tests/test_golden.py`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.catalogue import BASE
from tests.sites import page

GOLDEN = Path(__file__).parent / "golden"
PAGES = (
    "index.html", "board.html", "forecast.html", "stale.html", "problems.html",
    "deals/acme.html", "deals/quiet.html", "contacts/jane-roe.html",
)  # fmt: skip

FILES = {
    **BASE,
    "deals/acme.md": """\
---
title: ACME <rollout>
owner: maria
stage: qualification
value: 48000
close: 2026-12-15
probability: 60%
contacts: [jane-roe champion]
next: 2026-11-20 Call Jane
---
Two sites, then ten.

## 2026-10-01 stage lead — Met at the fair

## 2026-10-12 stage qualification
asked-by:: customer
value:: 48000

## 2026-11-12 09:30 call with jane-roe by maria — Knows *what* she wants

- [x] needs-analysis: see [[quiet]]
- nothing else
""",
    "deals/quiet.md": "---\ntitle: Quiet\nowner: maria\nstage: lead\nvalue: 9000 USD\ncreated: 2026-09-01\n---\n",
}


@pytest.mark.parametrize("path", PAGES)
def test_page(path: str) -> None:
    html = page(FILES, path)
    golden = GOLDEN / path.replace("/", ".")
    if os.environ.get("DEALOG_GOLDEN") == "write":
        golden.write_bytes(html.encode())
    assert html == golden.read_text("utf-8")
