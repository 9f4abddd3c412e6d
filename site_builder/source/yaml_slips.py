"""The usual slips in YAML, in words: what is wrong, where it is mended, and what to type."""

from __future__ import annotations

import re
from typing import NamedTuple, Protocol

import yaml

from site_builder.problems.characters import ODD, named, plain
from site_builder.problems.patterns import late
from site_builder.source.brace_slips import brace_slip, no_hyphen
from site_builder.source.indents import culprit, indent, says, spaces
from site_builder.source.item_slips import item_slip
from site_builder.source.line_slips import EMPTY_LINE, line_slip
from site_builder.source.lines import line_at, lines_of, row_and_column
from site_builder.source.links import with_quoted_links
from site_builder.source.list_slips import closed_once, list_slip
from site_builder.source.yaml_values import (
    NAME,
    as_value,
    field_meant,
    is_field_name,
    is_list_name,
    quoted,
)

_ITEM = late(r"[ ]*- ")
_MARKED = late(rf"([ ]*(?:- )?{NAME}: +)(['\"\[{{@*&%`!|>].*)")


class _Mark(Protocol):
    """A place in a text, counted from 0: ours, or that of one of PyYAML's two parsers, whose
    marks have no class in common."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class _ParsersMark(_Mark, Protocol):
    """A place that PyYAML names, which counts characters too."""

    @property
    def index(self) -> int: ...


class _At(NamedTuple):
    line: int
    column: int


_Slip = tuple[str, str, _Mark]
"""What is wrong, what to type, and where."""


def explain(error: yaml.YAMLError, text: str) -> tuple[str, str, _Mark | None]:
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
    found = _in_braces(mark, opened, text) or _in_list(mark, opened, text)
    found = found or _in_line(mark, opened, text) or _unquoted(text, mark)
    return found or _by_problem(problem, context, mark, opened, text)


def _in_braces(mark: _Mark, opened: _Mark, text: str) -> _Slip | None:
    lines = lines_of(text)
    for row in dict.fromkeys((mark.line, opened.line)):
        line = lines[row] if row < len(lines) else ""
        if slip := brace_slip(line) or no_hyphen(lines, row):
            return slip.message, slip.help, _At(row, slip.column)
    return None


def _in_list(mark: _Mark, opened: _Mark, text: str) -> _Slip | None:
    lines = lines_of(text)
    rows = sorted({min(at.line, len(lines) - 1) for at in (mark, opened)})
    slip = item_slip(lines, mark.line) or list_slip(lines, rows)
    return (slip.message, slip.help, _At(slip.row, slip.column)) if slip else None


def _in_line(mark: _Mark, opened: _Mark, text: str) -> _Slip | None:
    for row in dict.fromkeys((mark.line, opened.line)):
        if row != mark.line and _ITEM.match(line_at(text, row)):
            continue  # which is where a list begins, and is right
        if (slip := line_slip(line_at(text, row))) is not None:
            return slip.message, slip.help, _At(row, slip.column)
    return None


def _by_problem(problem: str, context: str, mark: _ParsersMark, opened: _Mark, text: str) -> _Slip:
    if "quoted scalar" in context:
        return _in_quotes(problem, mark, opened, text)
    if "flow" in context:
        return _in_brackets(context, mark, opened, text)
    if "expected '-' indicator" in problem:
        at = mark if opened.column and says(line_at(text, mark.line)) else opened
        return _indented(line_at(text, at.line), at, text)
    if "could not find expected ':'" in problem:
        return _no_colon(text, opened)
    return _at_mark(problem, context, mark, text)


def _unquoted(text: str, mark: _Mark) -> _Slip | None:
    """A value that begins with a mark that means something to YAML, and goes on behind what
    that would mean: the whole line as it should be."""
    line = line_at(text, mark.line)
    found = _MARKED.fullmatch(line)
    if found is None or mark.column < found.start(2) or line[mark.column :][:1] == "\t":
        return None
    head, value = found[1], found[2].rstrip(" ")
    first = value[0]
    if (odd := ODD.match(line, mark.column)) and not plain(line[mark.column :]).strip():
        return _behind_closed(line, mark, odd[0])
    if first in "'\"":
        end = value.find(first, 1)
        if end < 0 or end == len(value) - 1 or _commented(value, end):
            return None
        is_stray = value[-1] == first and value[end + 1].isalnum()
        meant = value[1:-1] if is_stray else value
        message = "This value goes on behind its closing quote."
    elif first in "[{":
        end = value.find("]" if first == "[" else "}")
        if end < 0 or mark.column <= found.start(2) + end or _commented(value, end):
            return None
        message = "This value goes on behind its closing bracket."
        name = head.strip().removeprefix("- ").rstrip(": ")
        if listed := with_quoted_links(value) or closed_once(name, value):
            return message, f"Write `{head}{listed}`.", mark
        meant = value
    else:
        meant, message = value, f"A value can't begin with `{first}`."
    at = mark if first in "'\"[{" else _At(mark.line, found.start(2))
    return message, f"Write `{head}{quoted(meant)}`.", at


def _behind_closed(line: str, mark: _Mark, odd: str) -> _Slip:
    message = f"The character {named(odd)}, stands behind a value that is closed."
    return message, f"Write `{line[: mark.column].strip()}`.", mark


def _commented(value: str, end: int) -> bool:
    return re.match(r"\s+#|\s*$", value[end + 1 :]) is not None


def _in_quotes(problem: str, mark: _Mark, opened: _Mark, text: str) -> _Slip:
    if "escape" in problem or "hexdecimal" in problem:
        return _escape(text, mark)
    line = line_at(text, opened.line)
    help = "Close it with the same mark at the end of the value"
    if within := re.fullmatch(r"([ ]*[^\s:'\"]+:[ ]+)['\"](\[.*\]|\{.*\})", line):
        return "This quote is never closed.", f"Write `{within[1].strip()} {within[2]}`.", opened
    if re.fullmatch(r"[ ]*[^\s:'\"]+:[ ]+['\"][^'\"]*", line):
        help += f": `{line.strip()}{line[opened.column]}`"
    return "This quote is never closed.", f"{help}.", opened


def _in_brackets(context: str, mark: _ParsersMark, opened: _Mark, text: str) -> _Slip:
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
    shut = "]" if "sequence" in context else "}"
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


def _colon_in_pair(mark: _Mark, text: str) -> _Slip | None:
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


def _escape(text: str, mark: _Mark) -> _Slip:
    """A backslash in double quotes with something behind it that makes no character."""
    line = line_at(text, mark.line)
    at = line.rfind("\\", 0, mark.column + 1)
    written = re.match(r"\\(?:[xuU][0-9A-Fa-f]*|.?)", line[max(at, 0) :])
    shown = written[0] if written and at >= 0 else "\\"
    return (
        f"`{shown}` makes no character in double quotes.",
        "Write the character itself, or `\\\\` for a backslash.",
        _At(mark.line, max(at, 0)),
    )


def _no_colon(text: str, mark: _Mark) -> _Slip:
    line = line_at(text, mark.line)
    if re.match(r"-[^\s-]", line.strip()):
        message = "A space is missing behind the hyphen."
        return message, f"Write `- {as_value(line.strip()[1:])}`.", _At(mark.line, indent(line))
    message = "This line has no colon, so it is no field."
    return message, no_colon(line), mark


def no_colon(line: str) -> str:
    """What to type for a line that was meant to be a field and has no colon."""
    word, _, rest = line.strip().partition(" ")
    value = re.sub(r"^(?:[-–—=>]+ )", "", rest.strip())
    name = word.lower() if is_field_name(word.lower()) else field_meant(word) if rest else ""
    if name:
        return f"Write `{name}: {as_value(value) if value else '…'}`."
    if line[:1] == " " and not rest:
        return f"Write `{word}:`, with a colon."
    return "Write `name: value`, or put the line behind the value above if it goes on with that."


def _unclosed(text: str, mark: _ParsersMark) -> _Slip:
    """A bracket with nothing behind it: the last one that opens before the mark."""
    before = text[: mark.index]
    at = max(before.rfind("["), before.rfind("{"))
    shut = "}" if before[at : at + 1] == "{" else "]"
    row, column = row_and_column(before, max(at, 0))
    line = line_at(text, row)
    if (slip := brace_slip(line) or line_slip(line)) is not None:
        return slip.message, slip.help, _At(row, slip.column)
    return (
        f"This bracket is not closed by `{shut}`.",
        f"Close it with `{shut}`, or put the whole value in quotes.",
        _At(row, column - 1),
    )


def _at_mark(problem: str, context: str, mark: _Mark, text: str) -> _Slip:
    """Slips that are mended where the parser stopped."""
    line = line_at(text, mark.line)
    char = line[mark.column : mark.column + 1]
    if "mapping values are not allowed" in problem:
        return _unquoted_colon(line, mark, text)
    if char == "\t":
        return "A tab stands where YAML wants spaces.", _instead_of_tab(line, mark, text), mark
    if "document start" in problem and (first := _first_line(text))[1][:1] == " ":
        return _indented(first[1], _At(first[0], indent(first[1])), text)
    if "cannot start any token" in problem:
        return f"A value can't begin with `{char}`.", "Put the value in quotes.", mark
    if "expected <block end>" in problem or "block mapping" in context or "document" in problem:
        return _misplaced(line, mark, text)
    return f"This is not YAML: {problem}.", "Put the value in quotes.", mark


def _first_line(text: str) -> tuple[int, str]:
    lines = enumerate(lines_of(text))
    return next(((row, line) for row, line in lines if says(line)), (0, ""))


def _misplaced(line: str, mark: _Mark, text: str) -> _Slip:
    """A line that is indented as no line above it is, or something behind a closed value."""
    if line[: mark.column].strip():
        odd = ODD.match(line, mark.column)
        if odd and not plain(line[mark.column :]).strip():
            return _behind_closed(line, mark, odd[0])
        return (
            "Something stands behind a value that is closed.",
            "Put the whole value in quotes, or take it into the next line.",
            mark,
        )
    return _indented(line, mark, text)


def _indented(line: str, mark: _Mark, text: str) -> _Slip:
    """A line that should be indented as the nearest line above it that it could belong to."""
    if (elsewhere := _elsewhere(mark, text)) is not None:
        return elsewhere
    bare, own = line.strip(), indent(line)
    is_item = bare.startswith("- ")
    name = bare.partition(":")[0] if ":" in bare else bare.partition(" ")[0]
    above = [row for row in lines_of(text)[: mark.line] if says(row)]
    alike = [row for row in above if row.lstrip().startswith("- ") is is_item]
    beside = min(reversed(alike), key=lambda row: abs(indent(row) - own), default="")
    message = f"`{name}` is indented otherwise than what it belongs to."
    if is_item and not any(row.lstrip().startswith("- ") for row in above[-1:]):
        message, help = "This item belongs to no list.", f"Write `{bare[2:].strip()}`, or put the "
        return message, help + "name of its field above it.", mark
    if indent(beside) == 0:
        return message, f"Write `{bare}` at the start of its line.", mark
    help = f"Put {spaces(indent(beside))} before it, as before `{beside.strip()[:60]}`."
    return message, help, mark


def _elsewhere(mark: _Mark, text: str) -> _Slip | None:
    """A line above the mark that is indented wrongly, so that the one at the mark does not fit."""
    lines = lines_of(text)
    row = culprit(lines, mark.line)
    if row == mark.line:
        return None
    bare, own = lines[row].strip(), indent(lines[mark.line])
    message = f"`{bare.partition(':')[0]}` is indented otherwise than what it belongs to."
    help = f"Put {spaces(own)} before it, as before `{lines[mark.line].strip()[:60]}`."
    return message, help, _At(row, indent(lines[row]))


def _instead_of_tab(line: str, mark: _Mark, text: str) -> str:
    if line[: mark.column].strip():
        return "Replace the tab by spaces."
    if not line.strip():
        return EMPTY_LINE
    above = next((w for w in reversed(lines_of(text)[: mark.line]) if w.strip()), "")
    if above.rstrip()[-1:] in (":", "|", ">") or above[:1] in (" ", "\t", "-"):
        return "Replace the tab by spaces, as many as the lines beside it have."
    return f"Write `{line.strip()}` at the start of its line."


def _unquoted_colon(line: str, mark: _Mark, text: str) -> _Slip:
    name, _, value = line.partition(":")
    if mark.column > len(name):
        return (
            "A colon followed by a space inside a value needs quotes around the value.",
            f"Write `{name.strip()}: {_with_colon(name, value.strip())}`.",
            mark,
        )
    lines = lines_of(text)
    above = next((row for row in range(mark.line - 1, -1, -1) if says(lines[row])), mark.line)
    is_named = ":" in lines[above]
    if is_named and line[:1] == " " and (elsewhere := _elsewhere(mark, text)) is not None:
        return elsewhere
    if is_named and line[:1] in (" ", "\t") and indent(line) > indent(lines[above]):
        return (
            f"`{name.strip()}` is indented, as if it belonged to the value above it.",
            f"Write `{line.strip()}` at the start of its line."
            if indent(lines[above]) == 0
            else f"Put {spaces(indent(lines[above]))} before it, as before the line above.",
            mark,
        )
    if (slip := line_slip(lines[above])) is not None:
        return slip.message, slip.help, _At(above, slip.column)
    return _no_colon(text, _At(above, indent(lines[above])))


def _with_colon(name: str, value: str) -> str:
    """A value with a colon in it: in quotes, where it does not stand for nothing."""
    referral = re.fullmatch(r"referral:[ ]+([^:]+)", value) if name.strip() == "source" else None
    return f"referral {referral[1]}" if referral else quoted(value)
