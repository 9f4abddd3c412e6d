"""The beginning of what a note says: plain text, but for the boxes of tasks and steps."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from markupsafe import Markup, escape

from site_builder.markup.prose import BOX_DONE, BOX_OPEN
from site_builder.problems.patterns import late

MOST = 240
"""Characters of an excerpt: a few lines on any page."""

_BETWEEN = " · "
_BLOCK_END = late(r"</(?:p|li|h[1-6]|pre|t[rhd]|blockquote)>|<[hb]r>|<[uo]l\b")
_TAG = late(r"<(?:[^>\"]|\"[^\"]*\")*>")
_BOXES = {"\1": BOX_DONE, "\2": BOX_OPEN}
"""Signs that no HTML of a note has, for boxes: a box is counted as one character."""
_BOXED = late(r"[\1\2](?:\S{1,24}(?!\S))?")
"""A box and its first word, which stand on one line if that is no long one."""


class Excerpt(NamedTuple):
    """The beginning of a text, markup if there are boxes in it; ``is_cut`` says that there is
    more of it."""

    text: str
    is_cut: bool


def excerpt(html: str, most: int = MOST) -> Excerpt:
    """The words that sanitised HTML begins with, at most so many characters, cut behind a word.
    A dot stands between its blocks: paragraphs, items, cells."""
    blocks = [_words(block) for block in _BLOCK_END.sub(_marked, _signed(str(html))).split("\0")]
    text = _BETWEEN.join([block for block in blocks if block])
    return Excerpt(_drawn(shortened(text, most)), len(text) > most)


def first_words(html: str, most: int) -> str:
    """The words of the first block of sanitised HTML that has any, plain and without boxes, at most
    so many characters, cut behind a word."""
    for box in _BOXES.values():
        html = html.replace(box, "")
    blocks = map(_words, _BLOCK_END.sub(_marked, html).split("\0"))
    return shortened(next(filter(None, blocks), ""), most)


def shortened(text: str, most: int) -> str:
    """The beginning of a text, at most so many characters, cut behind a word."""
    if len(text) <= most:
        return text
    whole = text[: most + 1].rpartition(" ")[0] or text[:most]
    return f"{whole.rstrip(' ·,;:–—-')}…"


def _signed(html: str) -> str:
    for sign, box in _BOXES.items():
        html = html.replace(box, sign)
    return html


def _drawn(text: str) -> str:
    if not any(sign in text for sign in _BOXES):
        return text
    return Markup(_BOXED.sub(_with_word, str(escape(text))))


def _with_word(boxed: re.Match[str]) -> str:
    sign, word = boxed[0][0], boxed[0][1:]
    return f'<span class="nowrap">{_BOXES[sign]}{word}</span>'


def _marked(end: re.Match[str]) -> str:
    """The end of a block with a sign behind it that no HTML has; before, where one begins."""
    return f"\0{end[0]}" if end[0][-1] in "ul" else f"{end[0]}\0"


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())
