"""Where a file names a contact, and what takes it out there: of fields, of lists, of headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NoReturn

from site_builder.edit.desk import Desk
from site_builder.edit.existing import Existing
from site_builder.edit.front import set_field, take_field
from site_builder.edit.mentions import Renaming, naming
from site_builder.edit.notes import dash_row, rows_of_item
from site_builder.edit.refusals import NotDone
from site_builder.edit.splices import Splice, raw_lines
from site_builder.journal.kinds import KindRole
from site_builder.source.links import first_id
from site_builder.source.note_drafts import NoteDraft, Token
from site_builder.source.yaml_nodes import Entry, Listing, Scalar

_OPENS = re.compile(r"[\"']?(?:\[\[[ ]*(?:[^\[\]|#\n]*/)?)?$")
_CLOSES = re.compile(r"(?:[ ]*(?:\\?\||#)[^\]\n]*)?(?:\]\])?[\"']?")
_LEADS = re.compile(r"[ \t]+(?:to|from|with)[ \t]*$", re.IGNORECASE)
_KEY = re.compile(r"^[ \t]+(?:to|from|with|who):[ \t]*\[?[ \t]*$")


def unnamed(desk: Desk, file: Existing, renaming: Renaming) -> list[Splice]:
    """What takes a contact out of the fields and the notes of a file. A note that says nothing but
    how it stands with that contact goes as a whole. Raises NotDone where it is named in a form that
    can't be changed."""
    fields = [each for e in naming(file, renaming) for each in _of_field(file, e, renaming)]
    return [*fields, *_in_notes(desk, file, renaming)]


def _of_field(file: Existing, entry: Entry, renaming: Renaming) -> Iterator[Splice]:
    node, name = entry.value, entry.key.text
    if isinstance(node, Scalar):
        if renaming.at_first.match(node.text) and (
            name != "source" or node.text.strip().lower().startswith("referral")
        ):
            yield from _taken(file, name)
        return
    if not isinstance(node, Listing):
        return
    items = [item for item in node.items if isinstance(item, Scalar)]
    kept = [item for item in items if first_id(item.text).id != renaming.old]
    if len(kept) == len(items):
        return
    if not kept:
        yield from _taken(file, name)
    elif node.is_block:
        gone = [item for item in items if item not in kept]
        yield from (Splice(i.span.line, 1, i.span.end_line + 1, 1, "") for i in gone)
    else:
        yield set_field(file, name, tuple([item.text for item in kept]))


def _taken(file: Existing, name: str) -> Iterator[Splice]:
    splice = take_field(file, name)
    if splice is not None:
        yield splice


def _in_notes(desk: Desk, file: Existing, renaming: Renaming) -> Iterator[Splice]:
    for draft in file.document.notes:
        gone = [token for token in draft.parties if first_id(token.text).id == renaming.old]
        kept = [token for token in draft.parties if token not in gone]
        if gone and not kept and _is_of_rung(desk, draft):
            yield _whole(file, draft)
            continue
        for field in draft.fields:
            if field.name.text == "who" and first_id(field.value.text).id == renaming.old:
                yield _line(file, field.value)
        if gone:
            yield _parties(file, draft.parties, kept)


def _is_of_rung(desk: Desk, draft: NoteDraft) -> bool:
    kind = desk.schema.kinds.get(draft.kind)
    return kind is not None and kind.role is KindRole.RUNG


def _whole(file: Existing, draft: NoteDraft) -> Splice:
    lines = file.text.split("\n")
    first = draft.span.line
    if file.path.endswith(".md"):
        starts = [each.span.line for each in file.document.notes if each.span.line > first]
        return Splice(first, 1, min(starts, default=len(raw_lines(file.text)) + 1), 1, "")
    row = dash_row(lines, draft)
    return Splice(row + 1, 1, row + 1 + len(rows_of_item(lines, row)), 1, "")


def _line(file: Existing, token: Token) -> Splice:
    """What takes away the line of a field of a note."""
    line = file.text.split("\n")[token.span.line - 1]
    if not file.path.endswith(".md") and not _KEY.search(line[: _start(line, token)]):
        _refuse(file, token)
    return Splice(token.span.line, 1, token.span.line + 1, 1, "")


def _parties(file: Existing, every: Sequence[Token], kept: Sequence[Token]) -> Splice:
    """What leaves some of the parties of a heading, or none and so no direction either."""
    row = every[0].span.line
    line = file.text.split("\n")[row - 1]
    if any(token.span.line != row or token.span.end_line != row for token in every):
        _refuse(file, every[0])
    spans = {id(token): (_start(line, token), _end(line, token)) for token in every}
    first, last = spans[id(every[0])][0], spans[id(every[-1])][1]
    if kept:
        text = ", ".join([line[slice(*spans[id(token)])] for token in kept])
        return Splice(row, first + 1, row, last + 1, text)
    if file.path.endswith(".md"):
        lead = _LEADS.search(line[:first])
        return Splice(row, (lead.start() if lead else first) + 1, row, last + 1, "")
    if not _KEY.search(line[:first]) or line[last:].strip(" \t]"):
        _refuse(file, every[0])
    return Splice(row, 1, row + 1, 1, "")


def _start(line: str, token: Token) -> int:
    opens = _OPENS.search(line[: token.span.column - 1])
    return opens.start() if opens else token.span.column - 1


def _end(line: str, token: Token) -> int:
    at = token.span.column - 1 + len(token.text)
    match = _CLOSES.match(line, at)
    return match.end() if match else at


def _refuse(file: Existing, token: Token) -> NoReturn:
    raise NotDone(
        f"{file.path}:{token.span.line} names `{token.text}` in a form that can't be changed "
        "without you: write that line as others are, or without them, and try again."
    )
