"""The usual slips in YAML, in words: what is wrong, where it is mended, and what to type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml


def explain(error: yaml.YAMLError, text: str) -> tuple[str, str, Any]:
    """A YAML error in words: what is wrong, what to type, and its mark.

    Slips inside quotes and brackets are placed where the quote or bracket opens,
    for that is where they are mended.
    """
    problem = str(getattr(error, "problem", "") or error)
    context = str(getattr(error, "context", "") or "")
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return "This is not readable as YAML.", "Save the file as plain text.", None
    opened = getattr(error, "context_mark", None) or mark
    if "quoted scalar" in context:
        return (
            "This quote is never closed.",
            "Close it with the same mark at the end of the value.",
            opened,
        )
    if "flow node" in context:
        return _unclosed(text, mark)
    if "flow sequence" in context or "flow mapping" in context:
        shut = "]" if "sequence" in context else "}"
        return (
            f"This bracket is not closed by `{shut}`, or a comma is missing behind it.",
            f"Close the list with `{shut}`, and put commas between its values.",
            opened,
        )
    if "could not find expected ':'" in problem:
        return "This line has no colon, so it is no field.", "Write `name: value`.", opened
    return _at_mark(problem, context, mark, text)


def _unclosed(text: str, mark: Any) -> tuple[str, str, Any]:
    """A bracket with nothing behind it: the last one that opens before the mark."""
    before = text[: mark.index]
    at = max(before.rfind("["), before.rfind("{"))
    shut = "}" if before[at : at + 1] == "{" else "]"
    return (
        f"This bracket is not closed by `{shut}`.",
        f"Close it with `{shut}`, or put the whole value in quotes.",
        _Mark(before.count("\n", 0, max(at, 0)), at - before.rfind("\n", 0, max(at, 0)) - 1),
    )


def _at_mark(problem: str, context: str, mark: Any, text: str) -> tuple[str, str, Any]:
    """Slips that are mended where the parser stopped."""
    line = line_at(text, mark.line)
    char = line[mark.column : mark.column + 1]
    if "mapping values are not allowed" in problem:
        return _unquoted_colon(line, mark, text)
    if char == "\t":
        return "A tab stands where YAML wants spaces.", "Replace the tab by spaces.", mark
    if "cannot start any token" in problem:
        return f"A value can't begin with `{char}`.", "Put the value in quotes.", mark
    if "expected <block end>" in problem or "block mapping" in context:
        return (
            "This does not fit: it is indented differently, or stands behind a closed value.",
            "Begin each field at the start of its line, and quote the whole of a value.",
            mark,
        )
    return f"This is not YAML: {problem}.", "Put the value in quotes.", mark


def _unquoted_colon(line: str, mark: Any, text: str) -> tuple[str, str, Any]:
    name, _, value = line.partition(":")
    if mark.column > len(name):
        quoted = value.strip().replace("\\", "\\\\").replace('"', '\\"')
        return (
            "A colon followed by a space inside a value needs quotes around the value.",
            f'Write {name.strip()}: "{quoted}"',
            mark,
        )
    if line[:1] in (" ", "\t"):
        return (
            f"`{name.strip()}` is indented, as if it belonged to the value above it.",
            "Begin each field at the start of its line.",
            mark,
        )
    rows = range(mark.line - 1, -1, -1)
    above = next((row for row in rows if line_at(text, row).strip()), mark.line)
    return ("This line has no colon, so it is no field.", "Write `name: value`.", _Mark(above, 0))


@dataclass(frozen=True, slots=True)
class _Mark:
    line: int
    column: int


def line_at(text: str, row: int) -> str:
    """A line of a text, counted from 0; nothing behind the last."""
    lines = text.split("\n")
    return lines[row] if row < len(lines) else ""
