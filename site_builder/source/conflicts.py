"""What git leaves in a file that is half merged: its marks, all of them or some.

A note may have lines like these of its own: a heading that is underlined, a mail that is
quoted seven deep, a table's bars, code in a fence. Where that can be told it is no conflict.
"""

from __future__ import annotations

import re

from site_builder.problems.counting import together
from site_builder.problems.patterns import late
from site_builder.problems.problem import Problem, Severity, Span
from site_builder.source.front_matter import CLOSING
from site_builder.source.note_headings import fences, is_within
from site_builder.source.yaml_nodes import Report

_MARK = late(r"^(?:(<{7})|(={7})|(>{7})|(\|{7}))(?(2)|(?: .*)?)$", re.MULTILINE)
_NO_PARAGRAPH = late(r"#{1,6}(?= |$)|[-*+>|]|[0-9]{1,9}[.)] |[`~]{3}")
_SIGNS = "<|=>"
_MAX_MARKS = 1_000
_NEAR = 1_000


def is_half_merged(path: str, text: str, report: Report) -> bool:
    """Whether a file can't be read for git's marks of a conflict, which are reported once.

    A single mark that was left in the Markdown of a file is reported too, and harms nothing.
    """
    if not _may_have_marks(text):
        return False
    closing = CLOSING.search(text) if path.endswith(".md") else None
    body = closing.end() if closing else len(text)
    marks = _marks(text, body)
    if not marks:
        return False
    signs = "".join(mark[0][0] for mark in marks)
    is_whole = "<" in signs and re.search("<.*[=>]", signs) is not None
    first = marks[signs.index("<")] if is_whole else _surest(marks, body)
    report(_problem(path, text, first, signs, is_whole, first.start() >= body))
    return is_whole or first.start() < body


def _may_have_marks(text: str) -> bool:
    # A single sign is looked for in a fraction of the time, and most texts have none.
    return (
        ("=" in text and "=======" in text)
        or ("<" in text and "<<<<<<<" in text)
        or (">" in text and ">>>>>>>" in text)
        or ("|" in text and "|||||||" in text)
    )


def _surest(marks: list[re.Match[str]], body: int) -> re.Match[str]:
    """Which of some marks is to be told: one among the fields, which are not read for it, or
    else the first that nobody but git writes."""
    sure = (mark for mark in marks if mark.start() < body or mark[0][0] != "=")
    return next(sure, marks[0])


def _marks(text: str, body: int) -> list[re.Match[str]]:
    """Git's marks in a text whose Markdown begins at ``body``."""
    found = [mark for _, mark in zip(range(_MAX_MARKS), _MARK.finditer(text), strict=False)]
    code = fences(text[body:], has_notes=True) if found and found[-1].start() >= body else []
    return [
        mark
        for mark in found
        if mark.start() < body
        or not (is_within(mark.start() - body, code) or _is_text(text, mark, body))
    ]


def _is_text(text: str, mark: re.Match[str], body: int) -> bool:
    """Whether a mark in Markdown is an underline, a quote or a table."""
    before = text[max(body, mark.start() - _NEAR) : mark.start()].split("\n")[-3:-1]
    last = before[-1].lstrip() if before else ""
    sign = mark[0][0]
    if sign == "=":
        is_alone = len(before) < 2 or not before[0].strip()
        return bool(last) and is_alone and _NO_PARAGRAPH.match(last) is None
    following = text[mark.end() + 1 : mark.end() + _NEAR].lstrip(" ")
    return sign in ">|" and sign in (last[:1], following[:1])


def _problem(
    path: str, text: str, mark: re.Match[str], signs: str, is_whole: bool, is_in_text: bool
) -> Problem:
    line = text.count("\n", 0, mark.start()) + 1
    message, help, is_doubtful = "This file has a merge conflict.", _help(signs), False
    if not is_whole:
        message = f"`{mark[0][:7]}` is left of a merge conflict."
        is_doubtful = is_in_text and mark[0][0] == "="
    if is_doubtful:
        message = "`=======` looks as if it were left of a merge conflict."
        help += " A line across is written `***`."
    return Problem(
        "invalid-note" if is_in_text and not is_whole else "yaml-syntax",
        message,
        help,
        Span(path, line, 1, line, 8),
        Severity.WARNING if is_doubtful else Severity.ERROR,
    )


def _help(signs: str) -> str:
    """What to do about marks with these signs."""
    named = together([f"`{sign * 7}`" for sign in _SIGNS if sign in signs])
    lines = "lines that begin" if len(signs) > 1 else "line that begins"
    base = ""
    if "|" in signs and "=" in signs:
        base = " From `|||||||` to `=======` stands what both sides had before."
    return f"Keep what is true of both sides, then take out the {lines} with {named}.{base}"
