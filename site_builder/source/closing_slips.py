"""Slips in YAML around quotes and brackets: those that are not closed, what stands behind one that
is, and what makes no character between quotes."""

from __future__ import annotations

import re

from site_builder.problems.characters import ODD, named, plain
from site_builder.problems.patterns import late
from site_builder.source.brace_slips import brace_slip
from site_builder.source.line_slips import line_slip
from site_builder.source.lines import line_at, row_and_column
from site_builder.source.links import with_quoted_links
from site_builder.source.list_slips import closed_once
from site_builder.source.marks import At, Mark, ParsersMark, PlacedSlip
from site_builder.source.yaml_values import NAME, is_list_name, quoted

_MARKED = late(rf"[ ]*((?:-[ ]+)?{NAME}: +|-[ ]+)(['\"\[{{@*&%`!|>].*)")


def unquoted(text: str, mark: Mark) -> PlacedSlip | None:
    """A value that begins with a mark that means something to YAML, and goes on behind what
    that would mean: the whole line as it should be."""
    line = line_at(text, mark.line)
    found = _MARKED.fullmatch(line)
    if found is None or mark.column < found.start(2) or line[mark.column :][:1] == "\t":
        return None
    head, value = found[1], found[2].rstrip(" ")
    first = value[0]
    if (odd := ODD.match(line, mark.column)) and not plain(line[mark.column :]).strip():
        return behind_closed(line, mark, odd[0])
    if first in "'\"":
        return _behind_quote(head, value, mark)
    if first in "[{":
        return _behind_bracket(head, value, mark, found.start(2))
    help = f"Write `{head}{quoted(value)}`."
    return f"A value can't begin with `{first}`.", help, At(mark.line, found.start(2))


def _behind_quote(head: str, value: str, mark: Mark) -> PlacedSlip | None:
    end = value.find(value[0], 1)
    if end < 0 or end == len(value) - 1 or _commented(value, end):
        return None
    is_stray = value[-1] == value[0] and value[end + 1].isalnum()
    meant = value[1:-1] if is_stray else value
    message = "This value goes on behind its closing quote."
    return message, f"Write `{head}{quoted(meant)}`.", mark


def _behind_bracket(head: str, value: str, mark: Mark, begin: int) -> PlacedSlip | None:
    end = value.find("]" if value[0] == "[" else "}")
    if end < 0 or mark.column <= begin + end or _commented(value, end):
        return None
    name = head.strip().removeprefix("- ").rstrip(": ")
    meant = with_quoted_links(value) or closed_once(name, value) or quoted(value)
    if meant == value:
        return None  # what is wrong stands between its brackets
    return "This value goes on behind its closing bracket.", f"Write `{head}{meant}`.", mark


def behind_closed(line: str, mark: Mark, odd: str) -> PlacedSlip:
    """A character that looks like a plain one, and stands behind a value that is closed."""
    message = f"The character {named(odd)}, stands behind a value that is closed."
    return message, f"Write `{line[: mark.column].strip()}`.", mark


def _commented(value: str, end: int) -> bool:
    return re.match(r"\s+#|\s*$", value[end + 1 :]) is not None


def in_quotes(problem: str, mark: Mark, opened: Mark, text: str) -> PlacedSlip:
    """A quote that is never closed, or a backslash in it that makes no character."""
    if "escape" in problem or "hexdecimal" in problem:
        return _escape(text, mark)
    line = line_at(text, opened.line)
    help = "Close it with the same mark at the end of the value"
    if within := re.fullmatch(r"([ ]*[^\s:'\"]+:[ ]+)['\"](\[(?!\[).*\]|\{.*\})", line):
        return "This quote is never closed.", f"Write `{within[1].strip()} {within[2]}`.", opened
    if re.fullmatch(r"[ ]*[^\s:'\"]+:[ ]+['\"][^'\"]*", line):
        help += f": `{line.strip()}{line[opened.column]}`"
    return "This quote is never closed.", f"{help}.", opened


def in_brackets(context: str, mark: ParsersMark, opened: Mark, text: str) -> PlacedSlip:
    """A bracket that is not closed, or something in it that is out of place."""
    if line_at(text, mark.line)[mark.column : mark.column + 1] == ",":
        return (
            "Nothing stands before this comma.",
            "Remove the comma, or write the value that is missing.",
            mark,
        )
    if "flow node" in context:
        return _unclosed(text, mark)
    if (pair := _colon_in_pair(mark, text)) is not None:
        return pair
    return _not_closed("]" if "sequence" in context else "}", opened, text)


def _not_closed(shut: str, opened: Mark, text: str) -> PlacedSlip:
    """A bracket behind which the one that would close it is missing, or a comma."""
    line = line_at(text, opened.line).rstrip()
    if opened.column == len(line) - 1:
        help = f"Write `{line.strip()[:-1].rstrip()}` without the bracket, and each value in a "
        help += f"line of its own below it; or put `{shut}` behind the last."
        return f"This bracket is not closed by `{shut}`.", help, opened
    is_open = not re.search(r"[\]}]", line[opened.column :])
    is_open &= shut == "}" or is_list_name(line.strip().partition(":")[0])
    return (
        f"This bracket is not closed by `{shut}`, or a comma is missing behind it.",
        f"Close the list with `{shut}`"
        + (f", as `{line.strip().rstrip(',')}{shut}`," if is_open else ",")
        + " and put commas between its values.",
        opened,
    )


def _colon_in_pair(mark: Mark, text: str) -> PlacedSlip | None:
    """A colon in a value between braces, as in `{headline: Halden: the day}`."""
    line = line_at(text, mark.line)
    begin = max(line.rfind(sign, 0, mark.column) for sign in ",{") + 1
    if line[mark.column : mark.column + 1] != ":" or not begin:
        return None
    end = min((at for sign in ",}" if (at := line.find(sign, mark.column)) > 0), default=len(line))
    name, colon, value = line[begin:end].strip().partition(": ")
    if not colon or not value.strip():
        return None
    message = "A colon followed by a space inside a value needs quotes around the value."
    return message, f"Write `{name}: {quoted(value.strip())}`.", mark


def _escape(text: str, mark: Mark) -> PlacedSlip:
    """A backslash in double quotes with something behind it that makes no character."""
    line = line_at(text, mark.line)
    at = line.rfind("\\", 0, mark.column + 1)
    written = re.match(r"\\(?:[xuU][0-9A-Fa-f]*|.?)", line[max(at, 0) :])
    shown = written[0] if written and at >= 0 else "\\"
    return (
        f"`{shown}` makes no character in double quotes.",
        "Write the character itself, or `\\\\` for a backslash.",
        At(mark.line, max(at, 0)),
    )


def _unclosed(text: str, mark: ParsersMark) -> PlacedSlip:
    """A bracket with nothing behind it: the last one that opens before the mark."""
    before = text[: mark.index]
    at = max(before.rfind("["), before.rfind("{"))
    shut = "}" if before[at : at + 1] == "{" else "]"
    row, column = row_and_column(before, max(at, 0))
    line = line_at(text, row)
    if (slip := brace_slip(line) or line_slip(line)) is not None:
        return slip.message, slip.help, At(row, slip.column)
    return (
        f"This bracket is not closed by `{shut}`.",
        f"Close it with `{shut}`, or put the whole value in quotes.",
        At(row, column - 1),
    )
