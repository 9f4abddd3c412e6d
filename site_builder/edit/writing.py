"""Texts from elsewhere into a journal's files, so that they read back as the same texts.

Front matter values are quoted exactly where they would be read differently unquoted.
In notes, what looks like a heading, a field, a step, a fence or a link of the journal is
made plain text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from site_builder.journal.fields import SOURCE_ID
from site_builder.journal.kinds import KindRole
from site_builder.problems.problem import Problem
from site_builder.source.yaml_nodes import Scalar, only_item
from site_builder.source.yaml_text import read_mapping

FrontValue = str | tuple[str, ...]

_SAFE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ,.()'/+%$€@_-]*[A-Za-z0-9.)%])?")
_SAFE_ITEM = re.compile(r"[a-z0-9](?:[a-z0-9 -]*[a-z0-9])?")
_NOT_YAML = re.compile(
    "[^\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_ESCAPES = (
    (re.compile(r"^( {0,3})(##[ \t]*[0-9]{4}-)", re.MULTILINE), r"\1\\\2"),  # a note's heading
    (
        re.compile(r"^( {0,3})((?:-{2,}|={2,})[ \t]*)$", re.MULTILINE),
        r"\1\\\2",
    ),  # a rule, an underlined heading
    (re.compile(r"^( {0,3})(`{3,}|~{3,})", re.MULTILINE), r"\1\\\2"),  # a code fence
    (
        re.compile(r"^([ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)(\[[ xX]\])", re.MULTILINE),
        r"\1\\\2",
    ),  # a step
    (re.compile(r"^( {0,3})(<!--|%%)", re.MULTILINE), r"\1\\\2"),  # a comment
    (re.compile(r"^([A-Za-z][A-Za-z0-9_-]*::)", re.MULTILINE), r" \1"),  # a field
    (re.compile(r"\[(?=\[)"), r"[\\"),  # a link
    (re.compile(r"^((?:<{7}|>{7}|\|{7})(?: |$))", re.MULTILINE), r" \1"),  # a mark of a conflict
)


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note to be written; values are texts as a journal has them. ``by_map`` says which of
    the map's notes it is, counted from 0."""

    date: dt.date
    kind: str
    role: KindRole = KindRole.EXCHANGE
    time: dt.time | None = None
    stage: str = ""
    direction: str = ""
    parties: tuple[str, ...] = ()
    by: str = ""
    headline: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    text: str = ""
    source_id: str = ""
    by_map: int = field(default=0, compare=False)

    @property
    def clock(self) -> str:
        return self.time.strftime("%H:%M") if self.time else ""

    @property
    def order(self) -> tuple[dt.date, dt.time, bool]:
        """By day and time; a ``change`` sums up, so it stands behind others of its minute."""
        return self.date, self.time or dt.time(), self.role is KindRole.CHANGE


def shown(value: FrontValue) -> str:
    """A value for people: a list with commas."""
    return value if isinstance(value, str) else ", ".join(value)


def one_line(text: str) -> str:
    """The text with its line breaks and runs of blanks as single spaces."""
    return " ".join(text.split())


def scalar(text: str) -> str:
    """One line of text as a YAML value, quoted only if it has to be."""
    if _SAFE.fullmatch(text) or _reads_back(f"x: {text}\n", text):
        return text
    return quoted(text)


def item(text: str) -> str:
    """One line of text as an item of a YAML list in brackets."""
    if _SAFE_ITEM.fullmatch(text) or _reads_back(f"x: [{text}]\n", text, in_list=True):
        return text
    return quoted(text)


def front_line(name: str, value: FrontValue) -> str:
    """A field of front matter with its line end; text of several lines as a block."""
    if isinstance(value, tuple):
        return f"{name}: [{', '.join(item(one_line(v)) for v in value)}]\n"
    if "\n" in value.strip():
        lines = (f"  {line}\n" if line.strip() else "\n" for line in value.strip().split("\n"))
        return f"{name}: |-\n{''.join(lines)}"
    return f"{name}: {scalar(value.strip())}\n"


def document(
    front: Iterable[tuple[str, FrontValue]], summary: str, notes: Sequence[NewNote]
) -> str:
    """A deal's or contact's file: front matter, summary, and notes, oldest first."""
    head = "".join(front_line(name, value) for name, value in front)
    parts = [f"---\n{head}---\n"]
    if summary.strip():
        parts.append(f"{guarded(summary)}\n")
    parts.extend(note(harmless(n)) for n in in_order(notes))
    return "\n".join(parts)


def in_order(notes: Iterable[NewNote]) -> list[NewNote]:
    """Notes from the oldest to the newest; equals stay as they come."""
    return sorted(notes, key=lambda n: n.order)


def heading(n: NewNote) -> str:
    """A note's heading: ``## 2026-10-24 09:10 call with jane-roe by maria — Two sites``."""
    words = ["##", n.date.isoformat(), n.clock, n.kind, n.stage]
    if n.parties:
        words += [n.direction or "with", ", ".join(n.parties)]
    if n.by:
        words += ["by", n.by]
    if n.headline:
        words += ["—", one_line(n.headline)]
    return " ".join(word for word in words if word)


def note(n: NewNote) -> str:
    """A note with its heading, fields and text, ending in a line end."""
    fields = (f"{name}:: {one_line(value)}" for name, value in n.fields if value.strip())
    text = n.text.strip("\n").rstrip()
    return "\n".join([heading(n), *fields]) + "\n" + (f"\n{text}\n" if text else "")


def harmless(n: NewNote) -> NewNote:
    """A note from elsewhere, with where it is from among its fields, whose text stays text."""
    return replace(n, text=guarded(n.text), fields=(*n.fields, (SOURCE_ID, n.source_id)))


def guarded(text: str) -> str:
    """Text that stays text in a note, whatever it looks like."""
    lines = [line.rstrip() for line in text.strip().split("\n")]
    bare = "\n".join(lines).strip("\n")
    for pattern, replacement in _ESCAPES:
        bare = pattern.sub(replacement, bare)
    return bare


def _reads_back(line: str, text: str, *, in_list: bool = False) -> bool:
    if "\n" in text or _NOT_YAML.search(text):
        return False
    found: list[Problem] = []
    mapping = read_mapping("", line, 1, found.append)
    node = mapping.get("x") if mapping is not None and len(mapping.entries) == 1 else None
    if in_list:
        node = only_item(node) if node else None
    return not found and isinstance(node, Scalar) and node.text == text and not node.style


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{_NOT_YAML.sub(_escape, escaped)}"'


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return (
        f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 65536 else f"\\U{code:08x}"
    )
