"""Bytes of a deal's or contact's file to front matter and notes, each with its place.

Nothing is typed here. ``parse`` gives the texts their meaning.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, pairwise

from site_builder.files.tree import MAX_BYTES
from site_builder.journal.record import quick
from site_builder.problems.problem import Problem, Span
from site_builder.source.comments import commented_notes, may_have_comments
from site_builder.source.conflicts import is_half_merged
from site_builder.source.fenced_notes import fenced_notes
from site_builder.source.front_matter import find_front, is_astray
from site_builder.source.lines import place_in, row_and_column
from site_builder.source.note_drafts import NoteDraft
from site_builder.source.note_headings import markdown_note, note_starts
from site_builder.source.notes_astray import with_keys_astray
from site_builder.source.yaml_comments import (
    NO_HEADINGS,
    CommentedHeadings,
    commented_headings,
    with_markdown_told,
)
from site_builder.source.yaml_entries import read_entries
from site_builder.source.yaml_nodes import Listing, Mapping, Node, Report, Scalar, is_empty, is_lost
from site_builder.source.yaml_notes import text_place, yaml_note
from site_builder.source.yaml_plain import PlainMapping, read_plain

MAX_NOTES = 2_000
MAX_CONTROLS = 100
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Bytes of UTF-8 that are no part of a control character: all of a usual text is such.
_HARMLESS = bytes(
    b for b in range(256) if b != 0xC2 and not _CONTROL.match(chr(b) if b < 0x80 else " ")
)


@quick
class Document:
    """One file: its front matter, the text above the first note, and its notes in the
    order they are written in. ``whole`` is false where part of the front matter could
    not be read, and `notes` stand in it only where they could not. ``summary_lead`` is what stands
    before a Markdown summary in its line; ``summary_span`` is given where places in the summary are
    not exact. A document that ``lacks_notes`` has all but some that are no notes, or are too many.
    In a YAML file ``headings`` are comments that look like some. ``joined`` has each of its texts
    behind a line's end, for what is looked for in all of them."""

    path: str
    front: Mapping | PlainMapping
    summary: str = ""
    summary_line: int = 0
    notes: tuple[NoteDraft, ...] = ()
    whole: bool = True
    summary_column: int = 1
    summary_span: Span | None = None
    lacks_notes: bool = False
    headings: CommentedHeadings = NO_HEADINGS
    summary_lead: str = ""
    joined: str = ""

    def texts(self) -> list[str]:
        """The summary and the texts of the notes."""
        return [self.summary, *[note.text for note in self.notes]]


def decode(path: str, data: bytes, report: Report) -> str | None:
    """The text of a file with ``\\n`` line ends and without its byte order mark.

    None, with a problem reported, where the file is too large or not UTF-8.
    """
    if len(data) > MAX_BYTES:
        report(
            Problem(
                "too-large",
                f"The file is larger than {MAX_BYTES // 1024} KB.",
                "Split it, or keep long attachments elsewhere and link to them.",
                Span.start_of(path),
            )
        )
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        report(_not_utf8(path, data, error))
        return None
    return _with_plain_ends(text.removeprefix("\ufeff"))


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _not_utf8(path: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    before = _with_plain_ends(data[: error.start].decode("utf-8").removeprefix("\ufeff"))
    guess = ""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        guess = " It looks like UTF-16."
    return Problem(
        "not-utf8",
        f"The byte 0x{data[error.start]:02X} is not UTF-8.{guess}",
        "Save the file as UTF-8.",
        place_in(path, before, len(before)),
    )


def read_document(path: str, text: str, report: Report) -> Document | None:
    """Split a decoded file into front matter and notes.

    None, with a problem reported, where the file has no front matter at all, or is left
    half merged.
    """
    if is_half_merged(path, text, report):
        return None
    if path.endswith(".md"):
        return _read_markdown(path, text, report)
    return _read_yaml(path, text, report)


def _read_markdown(path: str, text: str, report: Report) -> Document | None:
    place = find_front(path, text, report)
    if place is None:
        return None
    start, end, below = place
    front: Mapping | PlainMapping | None = read_plain(path, text[start:end], 2)
    whole = True
    if front is None:
        if is_astray(path, text, place, report):
            return None
        front, whole = read_entries(path, text[start:end], 2, report)
    line = 2 + text.count("\n", start, end) + 1
    body = _without_controls(path, text[below:], line, report)
    starts = note_starts(body)
    if starts and may_have_comments(body):
        for problem in commented_notes(path, body, starts, line):
            report(problem)
    hidden = fenced_notes(path, body, starts, line)
    if hidden is not None:
        report(hidden)
    notes = _markdown_notes(path, body, starts, line, report)
    summary = body[: starts[0]] if starts else body
    lead = summary[: len(summary) - len(summary.lstrip())]
    row, column = row_and_column(lead, len(lead))
    lacks = len(notes) < len(starts) or hidden is not None
    summary = summary.strip()
    lead = lead[len(lead) - column + 1 :]
    return Document(
        *(path, front, summary, line + row, notes, whole, column),
        lacks_notes=lacks,
        summary_lead=lead,
        joined=_joined(summary, notes),
    )


def _joined(summary: str, notes: tuple[NoteDraft, ...]) -> str:
    return "\n".join(["", summary, *[note.text for note in notes]])


def _markdown_notes(
    path: str, body: str, starts: list[int], line: int, report: Report
) -> tuple[NoteDraft, ...]:
    if len(starts) > MAX_NOTES:
        report(_too_many_notes(path))
        starts = starts[:MAX_NOTES]
    found = []
    at = 0
    for start, end in pairwise([*starts, len(body)]):
        line += body.count("\n", at, start)
        at = start
        found.append(markdown_note(path, body, start, end, line))
    return tuple(found)


def _without_controls(path: str, body: str, line: int, report: Report) -> str:
    if not _has_controls(body):
        return body
    _report_controls(path, body, line, report)
    return _CONTROL.sub(" ", body)


def _has_controls(text: str) -> bool:
    # The bytes are gone through many times faster than the characters.
    doubtful = text.encode("utf-8", "surrogatepass").translate(None, _HARMLESS)
    return bool(doubtful) and _CONTROL.search(text) is not None


def _report_controls(path: str, body: str, line: int, report: Report) -> None:
    """Report each control character of a text that begins in ``line``, up to a number."""
    for bad in islice(_CONTROL.finditer(body), MAX_CONTROLS):
        report(
            Problem(
                "invalid-note",
                f"The control character U+{ord(bad[0]):04X} can't stand in a note.",
                "Write a blank in its place, or nothing: it is invisible in most editors.",
                place_in(path, body, bad.start(), first_line=line),
            )
        )


def _read_yaml(path: str, text: str, report: Report) -> Document:
    front, whole = read_entries(path, text, 1, with_markdown_told(path, text, report))
    written = front.get("notes")
    are_lost = written is not None and not isinstance(written, Listing) and not is_empty(written)
    apart = ("summary",) if are_lost else ("notes", "summary")
    entries = front.entries
    if isinstance(written, Listing):
        written, entries = with_keys_astray(entries, written, report)
    rest = tuple(e for e in entries if e.key.text not in apart)
    drafts = _yaml_drafts(path, written, report)
    summary = front.get("summary")
    lacks = isinstance(written, Listing) and len(drafts) < len(written.items)
    fields = Mapping(rest, front.span)
    headings = commented_headings(path, text, front.entries) if whole else NO_HEADINGS
    document = Document(
        *(path, fields, "", 0, drafts, whole),
        lacks_notes=lacks,
        headings=headings,
        joined=_joined("", drafts),
    )
    if isinstance(summary, Scalar):
        (line, column), text = text_place(summary), summary.text.strip()
        return replace(
            document,
            summary=text,
            joined=_joined(text, drafts),
            summary_line=line,
            summary_column=column,
            summary_span=None if summary.is_block else summary.span,
        )
    if summary is not None:
        help = "Write `summary: |` and the text below it."
        report(Problem("invalid-value", "`summary` is not text.", help, summary.span))
    return document


def _yaml_drafts(path: str, notes: Node | None, report: Report) -> tuple[NoteDraft, ...]:
    if isinstance(notes, Listing):
        if len(notes.items) > MAX_NOTES:
            report(_too_many_notes(path))
        made = [_yaml_draft(item, report) for item in notes.items[:MAX_NOTES]]
        return tuple(draft for draft in made if draft is not None)
    if notes is not None and not is_lost(notes) and not is_empty(notes):
        help = "Write each note as `- date: …` below it."
        report(Problem("invalid-value", "`notes` is not a list.", help, notes.span))
    return ()


def _yaml_draft(node: Node, report: Report) -> NoteDraft | None:
    told: list[Problem] = []
    draft = yaml_note(node, told.append)
    for problem in told:
        report(problem)
    if draft is not None and told:
        draft.is_whole = False
    return draft


def _too_many_notes(path: str) -> Problem:
    message = f"The file has more than {MAX_NOTES:,} notes."
    return Problem("too-large", message, "Split it.", Span.start_of(path))
