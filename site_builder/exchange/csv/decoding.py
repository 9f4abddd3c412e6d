"""The bytes of a CSV file to text: by its byte order mark, by what the map says, or UTF-8."""

from __future__ import annotations

import codecs

from site_builder.exchange.csv.encoded_twice import look_for_text_encoded_twice
from site_builder.problems.problem import Problem, Span
from site_builder.source.lines import place_in
from site_builder.source.yaml_nodes import Report

ENCODINGS = (
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be",
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "latin-1", "iso-8859-2", "iso-8859-15",
    "mac-roman", "shift-jis", "gb18030", "euc-kr",
)  # fmt: skip
"""What a map may state under ``csv: {encoding: …}``."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = {"utf-32-le": (4, 0), "utf-32-be": (4, 3), "utf-16-le": (2, 0), "utf-16-be": (2, 1)}
"""How many bytes a character has, and which of them is not NUL in those of ASCII."""

_SAMPLE = 4_096
_OTHER_FILES = (
    (b"PK\x03\x04", "a spreadsheet or an archive"),
    (b"\xd0\xcf\x11\xe0", "a spreadsheet or a document of an older office program"),
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "compressed"),
)
_MARKS_OF_TABLES = ",;\t|\n\r"


def decode(path: str, data: bytes, stated: str, report: Report) -> str | None:
    """The file's text with ``\\n`` line ends and without its byte order mark.

    A byte order mark beats the stated encoding. None, with the problem reported, where
    the bytes are not in that encoding.
    """
    other = next((what for begin, what in _OTHER_FILES if data.startswith(begin)), "")
    if other:
        what, help = f"The file is {other}, not CSV.", "Open it, and save or export it as CSV."
        report(Problem("invalid-csv", what, help, Span.start_of(path)))
        return None
    mark, encoding = next(
        ((m, e) for m, e in _MARKS if data.startswith(m)), (b"", stated or "utf-8")
    )
    wide = "" if mark else _wide(data)
    if wide and encoding != wide and not wide.startswith(f"{encoding}-"):
        report(_is_wide(path, wide, stated))
        return None
    try:
        text = data[len(mark) :].decode(wide or encoding)
    except UnicodeDecodeError as error:
        report(_undecodable(path, data[len(mark) :], wide or encoding, error))
        return None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    look_for_text_encoded_twice(path, text, _way_out(data[len(mark) :], encoding), report)
    return text


def _wide(data: bytes) -> str:
    """The encoding of two or four bytes a character that data without a mark seems to have:
    NULs are many, and most marks of a table have theirs beside them."""
    sample = data[:_SAMPLE]
    if sample.count(0) * 50 < len(sample) or not sample:
        return ""
    return next((name for name, (width, at) in _WIDE.items() if _fits(sample, name, width, at)), "")


def _fits(sample: bytes, name: str, width: int, at: int) -> bool:
    whole = sample[: len(sample) // width * width]
    text = whole.decode(name, "replace")
    marks = sum(map(text.count, _MARKS_OF_TABLES))
    bytes_of_marks = sum(map(whole.count, _MARKS_OF_TABLES.encode()))
    is_text = "\0" not in text and "\ufffd" not in text[:-1] and not whole[at::width].count(0)
    return is_text and marks > 0 and bytes_of_marks <= 2 * marks


def _is_wide(path: str, encoding: str, stated: str) -> Problem:
    name = encoding.upper()
    unlike = f", not {stated.upper()}" if stated else ""
    return Problem(
        "invalid-csv",
        f"The file has no byte order mark, and its NULs say that it is {name}{unlike}.",
        f"State it in the map: `csv: {{encoding: {encoding}}}`.",
        Span.start_of(path),
    )


def _undecodable(path: str, data: bytes, encoding: str, error: UnicodeDecodeError) -> Problem:
    before = data[: error.start].decode(encoding, "replace")
    return Problem(
        "not-utf8" if encoding == "utf-8" else "invalid-csv",
        f"The byte 0x{data[error.start]:02X} is not {encoding.upper()}.",
        _other_encoding(data, encoding, error.start),
        place_in(path, before, len(before)),
    )


def _other_encoding(data: bytes, encoding: str, at: int) -> str:
    if _is_utf8(data):
        return f"The file is UTF-8: take `encoding: {encoding}` out of the map."
    if encoding in _WIDE:
        return "The file is damaged or cut off: export it again."
    other = "cp1252" if encoding != "cp1252" else "mac-roman"
    guess = data[max(0, at - 12) : at + 13].decode(other, "replace")
    return (
        f"State the file's encoding in the map, for example `csv: {{encoding: {other}}}`; "
        f"with that one the place reads `{' '.join(guess.split())}`."
    )


def _way_out(data: bytes, encoding: str) -> str:
    """What helps where text was encoded twice: it may be the map that did it."""
    if encoding not in ("utf-8", *_WIDE) and _is_utf8(data):
        return f"The file is UTF-8: take `encoding: {encoding}` out of the map."
    return "Export it again, or mend the cells: something on its way took UTF-8 for cp1252."


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
