"""The script of all pages: parts, each in a file of its own, joined in one order. And the data that
it is given, as scripts, for a page that is opened from a folder can load nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path

from site_builder.pages.data import Data

PARTS = (
    "decimals",
    "words",
    "folding",
    "near",
    "language",
    "spans",
    "matching",
    "deals",
    "elements",
    "scopes",
    "figures",
    "rows",
    "csv",
    "filter",
    "search",
    "keys",
    "sort",
    "spread",
    "what_if",
    "feeds",
    "begin",
)
"""The files ``NAME.js`` in the order in which they are joined."""
_COMMENT = re.compile(rb"^[ ]*//.*\n", re.MULTILINE)
_BEGIN, _END = b'(() => {\n"use strict";\n', b"})();\n"


def joined(folder: Path) -> bytes:
    """The script made of the parts in a folder, which see one another and nobody else does, without
    the lines that are comments."""
    parts = [(folder / f"{name}.js").read_bytes() for name in PARTS]
    return _COMMENT.sub(b"", _BEGIN + b"\n".join(parts) + _END)


def data(given: Data) -> bytes:
    """A script that hands a value over."""
    value = json.dumps(given.value, ensure_ascii=False, separators=(",", ":"))
    return f"dealog.given({json.dumps(given.name)},{value});\n".encode()
