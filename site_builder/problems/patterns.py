"""Patterns that few journals need, compiled when one does: to compile one takes longer than to
read and check most files."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, cast


@cache
def pattern(text: str) -> re.Pattern[str]:
    """A pattern, compiled at its first use."""
    return re.compile(text)


def late(text: str, flags: int = 0) -> re.Pattern[str]:
    """What can be used as a pattern, and is compiled at its first use."""
    return cast("re.Pattern[str]", _Late(text, flags))  # for it has all that one has


class _Late:
    def __init__(self, text: str, flags: int) -> None:
        self._written = text, flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(*self._written), name)
        setattr(self, name, found)  # from now on it is found without asking here
        return found
