"""The text of a cell: what counts as blank at its ends, and what can't be text at all."""

from __future__ import annotations

import re
from typing import NamedTuple

from site_builder.exchange.csv.numbers import MEND, Fault

BLANKS = (
    " \t\n\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
"""Blanks, without the control characters that Python counts among them (U+001C to U+001F)."""

_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


class Text(NamedTuple):
    """A text, and the column it was taken from: -1 for none."""

    text: str
    column: int = -1


def bare(cell: str) -> str:
    """A cell's text with plain line breaks and without blanks at its ends. Control characters
    stay, so that they are told."""
    return _BREAKS.sub("\n", cell).replace("\ufeff", "").strip(BLANKS)


def control_character(text: str) -> Fault | None:
    """What is wrong with a text that has a character that no text has."""
    found = _CONTROL.search(text)
    if found is None:
        return None
    what = f"The cell has the control character U+{ord(found[0]):04X} in it."
    return Fault("invalid-value", what, MEND)
