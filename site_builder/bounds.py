"""What a text may be like to be shown as Markdown: its size, lines, brackets and nesting.

Some short texts take a Markdown parser minutes or all of the stack; within the bounds none
takes much more than 0.3 s. No Markdown parser is needed here, so none is loaded to check.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_CHARACTERS = 50_000
MAX_LINES = 1_500
MAX_SCAN = 1_500_000
MAX_INDENT = 60
MAX_MARKERS = 12

# With the line's end before it instead of `^`, for a search for a letter is many times faster.
_DEEP = re.compile(
    rf"\n(?:(?:[ \t]*(?:>|[-*+][ \t]|\d+\.[ \t])){{{MAX_MARKERS + 1}}}"
    rf"|(?:[ ]{{{MAX_INDENT + 1}}}|\t{{{MAX_INDENT // 4 + 1}}})[ \t]*(?:[-*+]|\d+\.)[ \t])"
)
_MARKS = bytes(ord("-" if chr(code) in "-*+>. \t0123456789" else "a") for code in range(256))
_RUN = b"-" * (MAX_MARKERS + 1)
_SHORT = 800  # characters, which are too few for so many lines or so much to scan

# A link's simple target ends before long; any other is looked for to the paragraph's end.
_BRACKET = re.compile(r"""\\.|\[|\]\([^()"'\n]*\)|\]\(|\]|\n[ \t]*\n""")


def all_within(texts: Sequence[str]) -> bool:
    """Whether texts surely are within the bounds, with one look at all of them, which is all
    that most take. If not, ``over_bounds`` tells of each."""
    if max(map(len, texts), default=0) > _SHORT:
        return False
    text = "\n" + "\n".join(texts)
    if text.isascii() and _RUN not in text.encode().translate(_MARKS):
        return True  # what nests so deep is a long run of marks, and looked for sooner
    return _DEEP.search(text) is None


def over_bounds(text: str) -> str | None:
    """Why a text is not shown as Markdown, as the end of a sentence; None if it is."""
    if len(text) > _SHORT and (reason := _too_long(text)):
        return reason
    if _DEEP.search("\n" + text):
        return f"nests lists or quotes more than {MAX_MARKERS} deep"
    return None


def _too_long(text: str) -> str | None:
    if len(text) > MAX_CHARACTERS:
        return f"has more than {MAX_CHARACTERS:,} characters"
    if text.count("\n") >= MAX_LINES:
        return f"has more than {MAX_LINES:,} lines"
    if text.count("[") * len(text) * 2 > MAX_SCAN and _scanned(text) > MAX_SCAN:
        return "leaves too many brackets open"
    return None


def _scanned(text: str) -> int:
    """How many characters the Markdown parser looks at one by one to find the ends of links:
    from each bracket to the one that closes it, or to the end of the paragraph."""
    scanned, opened, targets = 0, list[int](), list[int]()
    for match in _BRACKET.finditer(text):
        found, at = match[0], match.start()
        if found == "[":
            opened.append(at)
        elif found[0] == "]":
            scanned += at - opened.pop() if opened else 0
            if found == "](":
                targets.append(at)
        elif found[0] == "\n":
            scanned += sum(at - start for start in (*opened, *targets))
            opened, targets = [], []
    return scanned + sum(len(text) - start for start in (*opened, *targets))
