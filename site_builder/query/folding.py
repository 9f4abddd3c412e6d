"""Texts as they are compared: without case and accents."""

from __future__ import annotations

import unicodedata


def folded(text: str) -> str:
    """A text in lower case, without accents and other marks, with plain blanks.

    NFKD (Unicode 15) without combining marks, then lower case: what JavaScript's `normalize` and
    `toLowerCase` give too.
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if not unicodedata.category(c).startswith("M")).lower()
