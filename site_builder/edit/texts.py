"""A file's text as a page edits it, and its bytes again: line ends and byte order mark stay."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from hashlib import sha256

from site_builder.edit.splices import alike, line_end, raw_lines

_BOM = b"\xef\xbb\xbf"
_MOST_COMPARED = 2_000


def revision(data: bytes) -> str:
    """What tells whether a file is still what it was."""
    return sha256(data).hexdigest()


def plain(text: str) -> str:
    """A text whose lines end as those of a page do."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def text_of(data: bytes) -> str:
    """The text of a file, without its mark and with plain line ends. Raises UnicodeDecodeError."""
    return plain(data.removeprefix(_BOM).decode("utf-8"))


def with_text(data: bytes, text: str) -> bytes:
    """The bytes of a file with another text: lines that stay keep their ends, new ones end as most
    of the file's do. Raises UnicodeDecodeError where it is not UTF-8."""
    mark = _BOM if data.startswith(_BOM) else b""
    lines = raw_lines(data[len(mark) :].decode("utf-8"))
    wanted = raw_lines(plain(text))
    usual = line_end(lines)
    ends = Counter(_end(line) for line in lines if _end(line))
    if len(ends) > 1:
        made = "".join(_with_old_ends(lines, wanted, usual))
        if plain(made) == "".join(wanted):  # or two kinds of ends have met, and become one
            return mark + made.encode("utf-8")
    return mark + "".join(line.replace("\n", usual) for line in wanted).encode("utf-8")


def _with_old_ends(lines: list[str], wanted: list[str], usual: str) -> list[str]:
    """Lines of a file with several kinds of line ends: those that stay as they were."""
    before = [plain(line) for line in lines]
    made = [line.replace("\n", usual) for line in wanted]
    start = alike(before, wanted)
    stop = alike(before[start:][::-1], wanted[start:][::-1])
    old, new = range(start, len(before) - stop), range(start, len(wanted) - stop)
    made[:start] = lines[:start]
    if stop:
        made[-stop:] = lines[-stop:]
    if max(len(old), len(new)) <= _MOST_COMPARED:
        match = SequenceMatcher(
            None, before[old.start : old.stop], wanted[new.start : new.stop], autojunk=False
        )
        for a, b, size in match.get_matching_blocks():
            made[start + b : start + b + size] = lines[start + a : start + a + size]
    return made


def _end(line: str) -> str:
    return "\r\n" if line.endswith("\r\n") else line[-1:] if line[-1:] in "\r\n" else ""
