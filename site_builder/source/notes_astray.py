"""Keys of a YAML file's last note that stand at the start of their lines, and so outside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from site_builder.problems.problem import Problem
from site_builder.source.indents import spaces
from site_builder.source.yaml_nodes import Entry, Listing, Mapping, Report, is_lost
from site_builder.source.yaml_notes import is_note_key
from site_builder.source.yaml_values import is_field_name


def with_keys_astray(
    entries: tuple[Entry, ...], notes: Listing, report: Report
) -> tuple[Listing, tuple[Entry, ...]]:
    """The notes, the last of which has the keys that stand below it, which is reported; and the
    other entries. Only where it has no kind otherwise: a field of deals may be called `text`."""
    last = notes.items[-1] if notes.items else None
    if not isinstance(last, Mapping) or last.get("kind") is not None or not notes.is_block:
        return notes, entries
    below = list(_below(entries, last))
    if not below or below[0].key.text != "kind":
        return notes, entries
    kept = tuple(entry for entry in entries if entry not in below)
    if is_lost(below[0].value):  # that it stands there is told
        return notes._replace(items=(*notes.items[:-1], below[0].value)), kept
    first, more = last.entries[0].key, len(below) - 1
    lines = f" and before the next {'line' if more == 1 else f'{more} lines'}" if more else ""
    help = f"Put {spaces(first.span.column - 1)} before it{lines}, so that it stands below "
    message = "`kind` stands at the start of its line, so it is no part of the note above it."
    report(Problem("invalid-note", message, f"{help}`{first.text}`.", below[0].key.span))
    whole = Mapping((*last.entries, *below), last.span)
    return notes._replace(items=(*notes.items[:-1], whole)), kept


def _below(entries: Sequence[Entry], note: Mapping) -> Iterator[Entry]:
    """The keys of notes that stand straight below a note."""
    line = note.entries[-1].key.span.line
    after = sorted((e for e in entries if e.key.span.line > line), key=lambda e: e.key.span)
    return takewhile(lambda entry: _is_of_notes(entry.key.text), after)


def _is_of_notes(name: str) -> bool:
    return is_note_key(name) and not is_field_name(name)
