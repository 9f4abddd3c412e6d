"""The usual slips in YAML, in words: what is wrong, where it is mended, and what to type."""

from __future__ import annotations

import re

import yaml

from site_builder.problems.characters import ODD, plain
from site_builder.problems.patterns import late
from site_builder.source.brace_slips import brace_slip, no_hyphen
from site_builder.source.closing_slips import behind_closed, in_brackets, in_quotes, unquoted
from site_builder.source.indents import culprit, indent, says, spaces
from site_builder.source.item_slips import item_slip
from site_builder.source.line_slips import EMPTY_LINE, line_slip
from site_builder.source.lines import line_at, lines_of
from site_builder.source.list_slips import list_slip
from site_builder.source.marks import At, Mark, ParsersMark, PlacedSlip
from site_builder.source.yaml_values import (
    as_value,
    field_meant,
    is_field_name,
    is_list_name,
    quoted,
)

_ITEM = late(r"[ ]*- ")
_LISTED = late(r"([^\W\d][\w-]*)\s*(\[.*\])")
_SIGNED = ("while scanning an anchor", "while scanning an alias", "while scanning a tag")


def explain(error: yaml.YAMLError, text: str) -> tuple[str, str, Mark | None]:
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
    found = found or _in_line(mark, opened, text) or unquoted(text, mark)
    return found or _by_problem(problem, context, mark, opened, text)


def _in_braces(mark: Mark, opened: Mark, text: str) -> PlacedSlip | None:
    lines = lines_of(text)
    for row in dict.fromkeys((mark.line, opened.line)):
        line = lines[row] if row < len(lines) else ""
        if slip := brace_slip(line) or no_hyphen(lines, row):
            return slip.message, slip.help, At(row, slip.column)
    return None


def _in_list(mark: Mark, opened: Mark, text: str) -> PlacedSlip | None:
    lines = lines_of(text)
    rows = sorted({min(at.line, len(lines) - 1) for at in (mark, opened)})
    slip = item_slip(lines, mark.line) or list_slip(lines, rows)
    return (slip.message, slip.help, At(slip.row, slip.column)) if slip else None


def _in_line(mark: Mark, opened: Mark, text: str) -> PlacedSlip | None:
    for row in dict.fromkeys((mark.line, opened.line)):
        if row != mark.line and _ITEM.match(line_at(text, row)):
            continue  # which is where a list begins, and is right
        if (slip := line_slip(line_at(text, row))) is not None:
            return slip.message, slip.help, At(row, slip.column)
    return None


def _by_problem(
    problem: str, context: str, mark: ParsersMark, opened: Mark, text: str
) -> PlacedSlip:
    if "quoted scalar" in context:
        return in_quotes(problem, mark, opened, text)
    if "flow" in context:
        return in_brackets(context, mark, opened, text)
    if "expected '-' indicator" in problem:
        at = mark if opened.column and says(line_at(text, mark.line)) else opened
        return _indented(line_at(text, at.line), at, text)
    if context.startswith(_SIGNED):
        return _no_beginning(line_at(text, opened.line)[opened.column :][:1], opened)
    if "could not find expected ':'" in problem:
        return _no_colon(text, opened)
    return _at_mark(problem, context, mark, text)


def _no_colon(text: str, mark: Mark) -> PlacedSlip:
    line = line_at(text, mark.line)
    if re.match(r"-[^\s-]", line.strip()):
        message = "A space is missing behind the hyphen."
        return message, f"Write `- {as_value(line.strip()[1:])}`.", At(mark.line, indent(line))
    message = "This line has no colon, so it is no field."
    return message, no_colon(line), mark


def no_colon(line: str) -> str:
    """What to type for a line that was meant to be a field and has no colon."""
    listed = _LISTED.fullmatch(line.strip())
    if listed and is_list_name(name := field_meant(listed[1])):
        return f"Write `{name}: {listed[2]}`."
    word, _, rest = line.strip().partition(" ")
    value = re.sub(r"^(?:[-–—=>]+ )", "", rest.strip())
    name = word.lower() if is_field_name(word.lower()) else field_meant(word) if rest else ""
    if name:
        return f"Write `{name}: {as_value(value) if value else '…'}`."
    if line[:1] == " " and not rest:
        return f"Write `{word}:`, with a colon."
    return "Write `name: value`, or put the line behind the value above if it goes on with that."


def _at_mark(problem: str, context: str, mark: Mark, text: str) -> PlacedSlip:
    """Slips that are mended where the parser stopped."""
    line = line_at(text, mark.line)
    char = line[mark.column : mark.column + 1]
    if "mapping values are not allowed" in problem:
        return _unquoted_colon(line, mark, text)
    if char == "\t":
        return "A tab stands where YAML wants spaces.", _instead_of_tab(line, mark, text), mark
    if "document start" in problem:
        row, first = _first_line(text)
        if first[:1] == "%":
            return _directive(first.split()[0], At(row, 0))
        if first[:1] == " ":
            return _indented(first, At(row, indent(first)), text)
    if char and ("cannot start any token" in problem or "node content" in problem):
        return _no_beginning(char, mark)
    if "expected <block end>" in problem or "block mapping" in context or "document" in problem:
        return _misplaced(line, mark, text)
    return f"This is not YAML: {problem}.", "Put the value in quotes.", mark


def _no_beginning(char: str, at: Mark) -> PlacedSlip:
    return f"A value can't begin with `{char}`.", "Put the value in quotes.", at


def _directive(name: str, at: Mark) -> PlacedSlip:
    message = f"`{name}` is a YAML directive, which a journal does not allow."
    return message, "Leave out this line.", at


def _first_line(text: str) -> tuple[int, str]:
    lines = enumerate(lines_of(text))
    return next(((row, line) for row, line in lines if says(line)), (0, ""))


def _misplaced(line: str, mark: Mark, text: str) -> PlacedSlip:
    """A line that is indented as no line above it is, or something behind a closed value."""
    if line[: mark.column].strip():
        odd = ODD.match(line, mark.column)
        if odd and not plain(line[mark.column :]).strip():
            return behind_closed(line, mark, odd[0])
        return (
            "Something stands behind a value that is closed.",
            "Put the whole value in quotes, or take it into the next line.",
            mark,
        )
    return _indented(line, mark, text)


def _indented(line: str, mark: Mark, text: str) -> PlacedSlip:
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


def _elsewhere(mark: Mark, text: str) -> PlacedSlip | None:
    """A line above the mark that is indented wrongly, so that the one at the mark does not fit."""
    lines = lines_of(text)
    row = culprit(lines, mark.line)
    if row == mark.line:
        return None
    bare, own = lines[row].strip(), indent(lines[mark.line])
    message = f"`{bare.partition(':')[0]}` is indented otherwise than what it belongs to."
    help = f"Put {spaces(own)} before it, as before `{lines[mark.line].strip()[:60]}`."
    return message, help, At(row, indent(lines[row]))


def _instead_of_tab(line: str, mark: Mark, text: str) -> str:
    if line[: mark.column].strip():
        return "Replace the tab by spaces."
    if not line.strip():
        return EMPTY_LINE
    above = next((w for w in reversed(lines_of(text)[: mark.line]) if w.strip()), "")
    if above.rstrip()[-1:] in (":", "|", ">") or above[:1] in (" ", "\t", "-"):
        return "Replace the tab by spaces, as many as the lines beside it have."
    return f"Write `{line.strip()}` at the start of its line."


def _unquoted_colon(line: str, mark: Mark, text: str) -> PlacedSlip:
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
        return slip.message, slip.help, At(above, slip.column)
    return _no_colon(text, At(above, indent(lines[above])))


def _with_colon(name: str, value: str) -> str:
    """A value with a colon in it: in quotes, where it does not stand for nothing."""
    referral = re.fullmatch(r"referral:[ ]+([^:]+)", value) if name.strip() == "source" else None
    return f"referral {referral[1]}" if referral else quoted(value)
