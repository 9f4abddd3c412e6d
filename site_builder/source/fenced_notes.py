"""Notes that a fence of code hides because it was not closed where the code ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from site_builder.problems.patterns import pattern
from site_builder.problems.problem import Problem, Severity, Span
from site_builder.source.note_headings import may_have_fences, section_starts

if TYPE_CHECKING:
    from site_builder.source.code_blocks import Code

_BEGINS_CODE = r" {0,3}(`{3,}[^`]*[^`\s][^`]*|~{3,}.*[^~\s].*)"
_LONG = 100
_FENCE = r" {0,3}(?:`{3,}[^`]*|~{3,}.*)"


def fenced_notes(path: str, body: str, starts: list[int], line: int) -> Problem | None:
    """A warning of the first fence that seems to go on over notes by mistake; None where there
    is none. ``starts`` has where the notes of a body begin, which begins in a ``line``.

    A note may be put in a fence to hide it or as an example. By mistake it is there where the
    fences do not come out even, or one that ends the code looks as if it began some.
    """
    if not may_have_fences(body):
        return None
    sections = section_starts(body)
    if len(sections) == len(starts):
        return None
    from site_builder.source.code_blocks import codes

    lines, rows = body.split("\n"), [body.count("\n", 0, at) for at in sections]
    found = codes(body, has_notes=True)
    is_odd = _is_odd(lines, found)
    for code in found:
        hidden = [row for row in rows if code.first < row < code.last]
        if hidden and (is_odd or _goes_on(lines, code)):
            return _hides(path, code, line, lines[hidden[0]].strip(), len(hidden))
    return None


def _is_odd(lines: list[str], found: list[Code]) -> bool:
    """Whether a fence is left over, behind the first that there is."""
    in_code = {row for code in found for row in range(code.first, code.last + 1)}
    fence = pattern(_FENCE)
    return any(row not in in_code and fence.fullmatch(text) for row, text in enumerate(lines))


def _goes_on(lines: list[str], code: Code) -> bool:
    """Whether there is another fence in the code that begins some, or its last one seems to."""
    begins = pattern(_BEGINS_CODE)
    if any(begins.fullmatch(text) for text in lines[code.first + 1 : code.last]):
        return True
    below = "".join(lines[code.last + 1 : code.last + 2]).strip()
    return not lines[code.last - 1].strip() and bool(below) and not below.startswith("#")


def _hides(path: str, code: Code, line: int, heading: str, count: int) -> Problem:
    row, column = line + code.first, len(code.before) + 1
    what = "a note" if count == 1 else f"{count:,} notes"
    sign = "backticks" if code.fence[0] == "`" else "tildes"
    return Problem(
        "fenced-note",
        f"The code that begins here ends in line {line + code.last}, and hides {what}: "
        f"`{heading[:_LONG]}`.",
        f"Write a line of {len(code.fence)} {sign} where the code ends, before that heading.",
        Span(path, row, column, row, column + len(code.fence)),
        Severity.WARNING,
    )
