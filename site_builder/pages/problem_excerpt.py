"""What a problem says and points at, to be shown: phrases, and the line of source around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.problems import counting
from site_builder.problems.problem import Span

_BEFORE, _MARKED, _WIDTH = 40, 80, 120
_TURNING = [0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), *range(0x7F, 0xA0)]
_CONTROLS = {code: chr(0x2400 + code) for code in range(32)} | {9: " "}
_VISIBLE = _CONTROLS | dict.fromkeys(_TURNING, "\ufffd")
"""How characters look that would otherwise hide, or turn the line around."""


class Phrase(NamedTuple):
    """A piece of a message; what stood in backticks is set as code."""

    text: str
    is_code: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of source around a problem: what stands before, in and behind its span.

    ``more`` says how many lines the span goes on for.
    """

    line: str
    before: str
    marked: str
    after: str
    more: str


def excerpt(lines: Sequence[str], span: Span) -> Excerpt | None:
    """The line of a file that a span begins in, cut around it where it is long; None behind
    the end.

    An empty span marks the character at its place, or a space at the line's end.
    """
    if span.line > len(lines):
        return None
    line = lines[span.line - 1].rstrip("\r")
    start = min(span.column - 1, len(line))
    end = min(span.end_column - 1, len(line)) if span.end_line == span.line else len(line)
    end = max(end, start + 1)
    marked = line[start:end] or " "
    more = span.end_line - span.line
    return Excerpt(
        str(span.line),
        _cut_before(line[:start]),
        _cut_behind(marked, _MARKED),
        _cut_behind(line[end:], max(_WIDTH - min(start, _BEFORE) - len(marked), _BEFORE)),
        f"and {counting.count(more, 'more line')}" if more > 0 else "",
    )


def phrases(message: str) -> tuple[Phrase, ...]:
    """A message in pieces, at its backticks; in one piece where they do not pair up."""
    pieces = visible(message).split("`")
    if len(pieces) % 2 == 0:
        return (Phrase("`".join(pieces), is_code=False),)
    found = (Phrase(piece, bool(number % 2)) for number, piece in enumerate(pieces))
    return tuple(phrase for phrase in found if phrase.text)


def visible(text: str) -> str:
    """A text with nothing in it that hides or turns the line around."""
    return text.translate(_VISIBLE)


def _cut_before(text: str) -> str:
    kept = text if len(text) <= _BEFORE else "…" + text[1 - _BEFORE :]
    return visible(kept)


def _cut_behind(text: str, width: int) -> str:
    kept = text if len(text) <= width else text[: width - 1] + "…"
    return visible(kept)
