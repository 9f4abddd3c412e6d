"""Patterns that few journals need, compiled when one does."""

from __future__ import annotations

import re
from functools import cache


@cache
def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern, compiled at its first use: to compile takes longer than most files do."""
    return re.compile(text, flags)
