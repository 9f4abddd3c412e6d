"""The style sheet: parts, each in a file of its own, joined in one order.

What comes later wins among rules that weigh the same, so shared parts come before pages.
"""

from __future__ import annotations

import re
from pathlib import Path

PARTS = (
    "base",
    "header",
    "sections",
    "status",
    "tables",
    "facts",
    "strip",
    "bars",
    "overview",
    "picks",
    "board",
    "cards",
    "moves",
    "steps",
    "notes",
    "folds",
    "recorded",
    "phone",
    "lists",
    "contacts",
    "figures",
    "print",
    "charts",
    "forecast",
    "what-if",
    "stale",
    "problems",
    "sheet",
    "sheet-narrow",
    "team",
    "drawings",
    "falls",
    "ties",
    "filter",
    "search",
    "keys",
)
"""The files ``NAME.css`` in the order in which they are joined."""
_COMMENT = re.compile(rb"/\*.*?\*/\s*", re.DOTALL)


def joined(folder: Path) -> bytes:
    """The style sheet made of the parts in a folder, without their comments."""
    parts = [(folder / f"{name}.css").read_bytes() for name in PARTS]
    return _COMMENT.sub(b"", b"\n".join(parts))
