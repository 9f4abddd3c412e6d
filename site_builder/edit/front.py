"""Fields of a file, set or taken away: the lines of others stay as they are."""

from __future__ import annotations

from collections.abc import Sequence

from site_builder.edit.existing import Existing
from site_builder.edit.refusals import NotDone
from site_builder.edit.splices import Splice, over
from site_builder.edit.writing import FrontValue, front_line, item, one_line, quoted, scalar
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS
from site_builder.source.yaml_nodes import Entry, Listing, Scalar


class NotPlain(NotDone):
    """A field that can't be set in the form that its file has; the text says why."""


def set_field(file: Existing, name: str, value: FrontValue) -> Splice:
    """What sets a field: in its place, or in a line of its own behind the fields that usually
    stand before it. Quotes stay as they are where they can. Raises NotPlain."""
    refuse_braces(file)
    entry = _entry(file, name)
    if entry is None:
        return _added(file, name, value)
    node = entry.value
    if isinstance(node, Scalar) and isinstance(value, str) and _is_one_line(node, value):
        follows = node.span[1:3] == (entry.key.span.line, entry.key.span.end_column + 1)
        gap = " " if follows else ""
        return over(node.span, gap + _in_style(node.style, value.strip()))
    if isinstance(node, Listing) and not node.is_block and isinstance(value, tuple):
        return over(node.span, f"[{', '.join(item(one_line(v)) for v in value)}]")
    return _whole(file, entry, front_line(name, value))


def take_field(file: Existing, name: str) -> Splice | None:
    """What takes a field and its line away; None where it is not there. Raises NotPlain."""
    refuse_braces(file)
    entry = _entry(file, name)
    return None if entry is None else _whole(file, entry, "")


def _entry(file: Existing, name: str) -> Entry | None:
    return next((e for e in file.document.front.entries if e.key.text == name), None)


def refuse_braces(file: Existing) -> None:
    """Raise NotPlain where the fields of a file stand in braces: no line can be put there."""
    entries = file.document.front.entries
    lines = [entry.key.span.line for entry in entries]
    is_open = entries and _before(file, entries[0]).endswith("{")
    if is_open or len(set(lines)) < len(lines) or any(e.key.span.column > 2 for e in entries):
        raise NotPlain(f"The fields of {file.path} stand in braces: give each a line of its own.")


def _before(file: Existing, entry: Entry) -> str:
    """What stands in a file before the name of a field, without the blanks."""
    lines = file.text.split("\n")[: entry.key.span.line]
    lines[-1] = lines[-1][: entry.key.span.column - 1]
    return "\n".join(lines).rstrip()


def _is_one_line(node: Scalar, value: str) -> bool:
    span = node.span
    return not node.is_block and span.line == span.end_line and "\n" not in value.strip()


def _in_style(style: str, value: str) -> str:
    if style == '"':
        return quoted(value)
    if style == "'":
        return "'" + value.replace("'", "''") + "'" if value.isprintable() else quoted(value)
    return scalar(value)


def _whole(file: Existing, entry: Entry, lines: str) -> Splice:
    """A splice in the place of all lines of a field."""
    first = entry.key.span.line
    following = [e.key.span.line for e in file.document.front.entries if e.key.span.line > first]
    last = min(following, default=_behind_fields(file, first)) - 1
    texts = file.text.split("\n")
    while last > first and not texts[last - 1][:1].isspace() and not _is_item(texts[last - 1]):
        last -= 1  # a comment or blank line that stands before the next field is that one's
    return Splice(first, 1, last + 1, 1, lines)


def _is_item(line: str) -> bool:
    return line.startswith(("- ", "-\n")) or line == "-"


def _behind_fields(file: Existing, last: int = 0) -> int:
    """The line behind all fields, the ``last`` of which begins in a line: that of the closing
    `---`, or of the notes in YAML."""
    texts = file.text.split("\n")
    if file.path.endswith(".md"):
        return next(n for n, line in enumerate(texts[1:], 2) if line.rstrip() == "---")
    apart = (n for n, line in enumerate(texts, 1) if line.startswith(("notes:", "summary:")))
    return next((n for n in apart if n > last), len(texts) if texts[-1] == "" else len(texts) + 1)


def _added(file: Existing, name: str, value: FrontValue) -> Splice:
    line = _place(file, name)
    text = front_line(name, value)
    is_last_line_open = line > file.text.count("\n") + 1
    return Splice(line, 1, line, 1, f"\n{text}" if is_last_line_open else text)


def _place(file: Existing, name: str) -> int:
    """The line before which a new field stands: behind the one that usually stands before it, or
    behind all, where it is none that has a usual place."""
    entries = file.document.front.entries
    if not entries:
        return _behind_fields(file)
    order = _usual_order(file)
    if name not in order:
        return _whole(file, entries[-1], "").end_line
    before = order[: order.index(name)]
    near = [entry for entry in entries if entry.key.text in before]
    if not near:
        return entries[0].key.span.line
    last = max(near, key=lambda entry: before.index(entry.key.text))
    return _whole(file, last, "").end_line


def _usual_order(file: Existing) -> Sequence[str]:
    return tuple(DEAL_FIELDS if file.path.startswith("deals/") else CONTACT_FIELDS)
