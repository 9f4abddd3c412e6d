"""Where things lie in this repository."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "site_builder"
DOCS = ROOT / "docs"
DATA = ROOT / "tests" / "data"
