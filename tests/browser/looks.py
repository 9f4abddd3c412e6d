"""What is wrong with how a page looks, as texts; nothing where all is well. See looks.js."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import CDPSession, Page

LOOKS = Path(__file__).with_name("looks.js").read_text(encoding="utf-8")
AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
AXE_IF_ASKED = f"window.giveAxe = () => {{\n{AXE}\n}};"
"""A script for each page of a tab: axe is sent there once, not with each page."""
GIVEN = "'axe' in window || (window.giveAxe?.(), 'axe' in window)"
"""Whether a page has axe."""
AXE_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
TARGETS = "target-size"
"""A rule of wcag22aa that axe leaves out unless it is asked for."""
CONTRAST = ("color-contrast",)
SEEN = (*CONTRAST, TARGETS, "link-in-text-block", "scrollable-region-focusable")
"""What depends on the width and the scheme, and takes nearly all of axe's time."""
SESSIONS = WeakKeyDictionary[Page, CDPSession]()
USUAL_SIZE = {"standard": 16, "fixed": 13}
TWICE_AS_LARGE = {"standard": 32, "fixed": 26}


def look(page: Page, *calls: str) -> list[str]:
    """What functions of looks.js find on a page, in their order."""
    return [one for each in looked(page, *calls) for one in each]


def looked(page: Page, *calls: str) -> list[list[str]]:
    """What each of some functions of looks.js finds on a page."""
    asked = ", ".join(f"looks.{call}" for call in ("afresh()", *calls))
    asked = f"'looks' in window ? [{asked}] : null"
    found = page.evaluate(asked)
    if found is None:
        page.evaluate(LOOKS)
        found = page.evaluate(asked)
    return [[str(one) for one in each or ()] for each in found[1:]]


def violations(
    page: Page, rules: Sequence[str] = AXE_RULES, without: Sequence[str] = ()
) -> list[str]:
    """What axe has to say: rule, and the first places it found it in."""
    asked = {TARGETS: {"enabled": True}} if rules == AXE_RULES else {}
    options = {
        "runOnly": list(rules),
        "resultTypes": ["violations"],
        "rules": asked | {rule: {"enabled": False} for rule in without},
        "preload": page.url.startswith("http"),  # of files no style sheet can be fetched
    }
    if not page.evaluate(GIVEN):
        page.evaluate(AXE)
    result = page.evaluate(f"axe.run({json.dumps(options)})")
    return [
        f"{found['id']}: {found['help']} at {_places(found['nodes'])}"
        for found in result["violations"]
    ]


def _places(nodes: list[dict[str, Any]]) -> str:
    """The first places that axe names, and what is wrong there."""
    return "; ".join(f"{node['target']} {node.get('failureSummary', '')}" for node in nodes[:3])


@contextmanager
def large_text(page: Page) -> Iterator[None]:
    """Text twice as large as usual, as readers set it in their browser."""
    session = SESSIONS.get(page) or page.context.new_cdp_session(page)
    SESSIONS[page] = session
    session.send("Page.setFontSizes", {"fontSizes": TWICE_AS_LARGE})
    try:
        yield
    finally:
        session.send("Page.setFontSizes", {"fontSizes": USUAL_SIZE})
