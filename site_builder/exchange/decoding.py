"""The bytes of a CSV file to text: by its byte order mark, by what the map says, or UTF-8."""

from __future__ import annotations

import codecs

from site_builder.diagnostics import Problem, Span
from site_builder.yaml_nodes import Report

ENCODINGS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254",
    "latin-1", "iso-8859-2", "iso-8859-15", "mac-roman", "shift-jis", "gb18030", "euc-kr",
)  # fmt: skip
"""What a map may state under ``csv: {encoding: …}``."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(path: str, data: bytes, stated: str, report: Report) -> str | None:
    """The file's text with ``\\n`` line ends and without its byte order mark.

    A byte order mark beats the stated encoding. None, with the problem reported, where
    the bytes are not in that encoding.
    """
    mark, encoding = next(
        ((m, e) for m, e in _MARKS if data.startswith(m)), (b"", stated or "utf-8")
    )
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        report(_undecodable(path, data[len(mark) :], encoding, error))
        return None
    if not mark and text.count("\0") > len(text) // 4:
        report(_looks_like_utf16(path))
        return None
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _undecodable(path: str, data: bytes, encoding: str, error: UnicodeDecodeError) -> Problem:
    before = data[: error.start].decode(encoding, "replace")
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    guess = data[max(0, error.start - 12) : error.start + 13].decode("cp1252", "replace")
    return Problem(
        "not-utf8" if encoding == "utf-8" else "invalid-csv",
        f"The byte 0x{data[error.start]:02X} is not {encoding.upper()}.",
        f"State the file's encoding in the map, for example `csv: {{encoding: cp1252}}`; "
        f"with that one the place reads `{' '.join(guess.split())}`.",
        Span(path, line, column, line, column + 1),
    )


def _looks_like_utf16(path: str) -> Problem:
    return Problem(
        "invalid-csv",
        "Every other character is NUL, so this looks like UTF-16 without a byte order mark.",
        "State it in the map: `csv: {encoding: utf-16-le}`.",
        Span.start_of(path),
    )
