"""The beginning of what a note says, as plain text."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from site_builder.problems.patterns import late

MOST = 240
"""Characters of an excerpt: a few lines on any page."""

_BETWEEN = " · "
_BLOCK_END = late(r"</(?:p|li|h[1-6]|pre|t[rhd]|blockquote)>|<[hb]r>|<[uo]l\b")
_TAG = late(r"<(?:[^>\"]|\"[^\"]*\")*>")


class Excerpt(NamedTuple):
    """The beginning of a text; ``is_cut`` says that there is more of it."""

    text: str
    is_cut: bool


def excerpt(html: str, most: int = MOST) -> Excerpt:
    """The words that sanitised HTML begins with, at most so many characters, cut behind a word.
    A dot stands between its blocks: paragraphs, items, cells."""
    blocks = [_words(block) for block in _BLOCK_END.sub(_marked, html).split("\0")]
    text = _BETWEEN.join([block for block in blocks if block])
    if len(text) <= most:
        return Excerpt(text, False)
    whole = text[: most + 1].rpartition(" ")[0] or text[:most]
    return Excerpt(f"{whole.rstrip(' ·,;:–—-')}…", True)


def _marked(end: re.Match[str]) -> str:
    """The end of a block with a sign behind it that no HTML has; before, where one begins."""
    return f"\0{end[0]}" if end[0][-1] in "ul" else f"{end[0]}\0"


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())
