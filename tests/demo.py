"""The demo journal of this repository, built as a user builds it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from site_builder.pages.registry import pages_of_facts
from tests.places import ROOT

PAGES = {
    "index": "index.html",
    "board": "board.html",
    "board of a pipeline": "board-*.html",
    "forecast": "forecast.html",
    "deals of the forecast": "forecast-*.html",
    "stale": "stale.html",
    "stale deals": "stale-*.html",
    "deals": "deals.html",
    "deals of a stage": "deals-*.html",
    "a deal": "deals/*.html",
    "contacts": "contacts.html",
    "companies": "companies.html",
    "a contact": "contacts/*.html",
    "handing over": "handover-*.html",
    "problems": "problems.html",
    "not found": "404.html",
    **{name: f"{name}.html" for name in pages_of_facts()},
    "another map": "map-*.html",
}
"""Every type of page, and the files that are one. Of several, the longest is looked at."""


def build(folder: Path, journal: Path = ROOT) -> Path:
    """Build the demo site, or that of another journal, into a folder, through the command line,
    and return the folder.

    Raises AssertionError, with what the command said, where it does not end well.
    """
    command = [sys.executable, "-m", "site_builder", "-C", str(journal), "build", "-o", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def page_path(site: Path, page_type: str) -> str:
    """The path, within the site, of the longest page of a type. AssertionError if none."""
    found = sorted(site.glob(PAGES[page_type]), key=lambda path: (-path.stat().st_size, path))
    assert found, f"the site has no {PAGES[page_type]}"
    return found[0].relative_to(site).as_posix()
