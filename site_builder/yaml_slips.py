"""The usual slips in YAML, in words: what is wrong, where it is mended, and what to type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml

_MARKED = re.compile(r"([ ]*(?:- )?[A-Za-z][A-Za-z0-9_-]*: +)(['\"\[{@*&%`!|>].*?)[ ]*")


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
    if (whole := _unquoted(text, mark)) is not None:
        return whole
    if "quoted scalar" in context:
        return _in_quotes(problem, mark, opened, text)
    if "flow" in context:
        return _in_brackets(context, mark, opened, text)
    if "expected '-' indicator" in problem:
        return (
            "This item belongs to no list.",
            "Write `name: value`, or put the name of its field above it.",
            opened,
        )
    if "could not find expected ':'" in problem:
        return _no_colon(text, opened)
    return _at_mark(problem, context, mark, text)


def _unquoted(text: str, mark: Any) -> tuple[str, str, Any] | None:
    """A value that begins with a mark that means something to YAML, and goes on behind what
    that would mean: the whole line as it should be."""
    line = line_at(text, mark.line)
    found = _MARKED.fullmatch(line)
    if found is None or line[mark.column : mark.column + 1] == "\t":
        return None
    head, value = found[1], found[2]
    first = value[0]
    if first in "'\"":
        end = value.find(first, 1)
        if (
            mark.column < found.start(2)
            or end < 0
            or end == len(value) - 1
            or _commented(value, end)
        ):
            return None
        is_stray = value[-1] == first and value[end + 1].isalnum()
        meant = value[1:-1] if is_stray else value
        message = "This value goes on behind its closing quote."
    elif first in "[{":
        end = value.find("]" if first == "[" else "}")
        if end < 0 or mark.column <= found.start(2) + end or _commented(value, end):
            return None
        meant, message = value, "This value goes on behind its closing bracket."
    else:
        meant, message = value, f"A value can't begin with `{first}`."
    at = mark if first in "'\"[{" else _Mark(mark.line, found.start(2))
    return message, f"Write `{head}{quoted(meant)}`.", at


def _commented(value: str, end: int) -> bool:
    return re.match(r"\s+#|\s*$", value[end + 1 :]) is not None


def quoted(text: str) -> str:
    """A text in the quotes that suit it."""
    if ('"' in text or "\\" in text) and "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _in_quotes(problem: str, mark: Any, opened: Any, text: str) -> tuple[str, str, Any]:
    if "escape" in problem or "hexdecimal" in problem:
        return _escape(text, mark)
    return (
        "This quote is never closed.",
        "Close it with the same mark at the end of the value.",
        opened,
    )


def _in_brackets(context: str, mark: Any, opened: Any, text: str) -> tuple[str, str, Any]:
    if line_at(text, mark.line)[mark.column : mark.column + 1] == ",":
        return (
            "Nothing stands before this comma.",
            "Remove the comma, or write the value that is missing.",
            mark,
        )
    if "flow node" in context:
        return _unclosed(text, mark)
    shut = "]" if "sequence" in context else "}"
    return (
        f"This bracket is not closed by `{shut}`, or a comma is missing behind it.",
        f"Close the list with `{shut}`, and put commas between its values.",
        opened,
    )


def _escape(text: str, mark: Any) -> tuple[str, str, Any]:
    """A backslash in double quotes with something behind it that makes no character."""
    line = line_at(text, mark.line)
    at = line.rfind("\\", 0, mark.column + 1)
    written = re.match(r"\\(?:[xuU][0-9A-Fa-f]*|.?)", line[max(at, 0) :])
    shown = written[0] if written and at >= 0 else "\\"
    return (
        f"`{shown}` makes no character in double quotes.",
        "Write the character itself, or `\\\\` for a backslash.",
        _Mark(mark.line, max(at, 0)),
    )


def _no_colon(text: str, mark: Any) -> tuple[str, str, Any]:
    line = line_at(text, mark.line)
    glued = re.match(r"([A-Za-z][A-Za-z0-9_-]*):(?=\S)", line)
    if glued is None:
        return "This line has no colon, so it is no field.", "Write `name: value`.", mark
    return (
        "A space is missing behind the colon, so this line is no field.",
        f"Write `{glued[1]}: {line[glued.end() :].strip()}`.",
        _Mark(mark.line, glued.end() - 1),
    )


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
        return "A tab stands where YAML wants spaces.", _instead_of_tab(line, mark, text), mark
    if "cannot start any token" in problem:
        return f"A value can't begin with `{char}`.", "Put the value in quotes.", mark
    if "expected <block end>" in problem or "block mapping" in context:
        return (
            "This does not fit: it is indented differently, or stands behind a closed value.",
            "Begin each field at the start of its line, and quote the whole of a value.",
            mark,
        )
    return f"This is not YAML: {problem}.", "Put the value in quotes.", mark


def _instead_of_tab(line: str, mark: Any, text: str) -> str:
    if line[: mark.column].strip():
        return "Replace the tab by spaces."
    above = next((w for w in reversed(text.split("\n")[: mark.line]) if w.strip()), "")
    if above.rstrip()[-1:] in (":", "|", ">") or above[:1] in (" ", "\t", "-"):
        return "Replace the tab by spaces, as many as the lines beside it have."
    return "Begin the field at the start of its line."


def _unquoted_colon(line: str, mark: Any, text: str) -> tuple[str, str, Any]:
    name, _, value = line.partition(":")
    if mark.column > len(name):
        return (
            "A colon followed by a space inside a value needs quotes around the value.",
            f"Write {name.strip()}: {quoted(value.strip())}",
            mark,
        )
    if line[:1] in (" ", "\t"):
        return (
            f"`{name.strip()}` is indented, as if it belonged to the value above it.",
            "Begin each field at the start of its line.",
            mark,
        )
    lines = text.split("\n", mark.line)
    above = next((row for row in range(mark.line - 1, -1, -1) if lines[row].strip()), mark.line)
    return _no_colon(text, _Mark(above, 0))


@dataclass(frozen=True, slots=True)
class _Mark:
    line: int
    column: int


def line_at(text: str, row: int) -> str:
    """A line of a text, counted from 0; nothing behind the last."""
    lines = text.split("\n")
    return lines[row] if row < len(lines) else ""
