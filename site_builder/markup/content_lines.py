"""The lines that calendars (RFC 5545) and cards (RFC 2426) are made of."""

from __future__ import annotations

import re

_WIDTH = 75
_SPECIAL = re.compile(r"[\\;,]")


def escaped(text: str) -> str:
    """A text of one line as a value."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def folded(line: str) -> list[str]:
    """The line in pieces of which none has more than 75 bytes, cut nowhere within a character."""
    pieces, size = [""], 0
    for character in line:
        size += len(character.encode())
        if size > _WIDTH:
            pieces.append(" ")
            size = 1 + len(character.encode())
        pieces[-1] += character
    return pieces
