"""The notes of a file put among those of another, as they stand."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from site_builder.edit.existing import Existing, with_bytes
from site_builder.edit.notes import (
    Order,
    dash_row,
    in_time,
    orders_of,
    place_in_order,
    put,
    rows_of_item,
    runs_newest_first,
    yaml_note,
)
from site_builder.edit.refusals import NotDone
from site_builder.edit.splices import spliced
from site_builder.edit.writing import NewNote, note
from site_builder.journal import values
from site_builder.journal.kinds import KindRole
from site_builder.source.note_drafts import NoteDraft

Said = tuple[object, ...]


def moved_notes(gone: Existing, kept: Existing) -> Existing:
    """A file with the notes of another where their dates belong, each word of them as it stands
    where both are Markdown or both YAML. A note that stands in both is there once. Raises NotDone
    for one that can't be read in another form."""
    there, orders = Counter(said_in_notes(kept)), orders_of(kept.document.notes)
    blocks: dict[int, list[str]] = {}
    for order, draft in _with_orders(gone):
        said = _said(draft)
        if there[said] > 0:
            there[said] -= 1
        else:
            block = _block(gone, kept, draft)
            blocks.setdefault(place_in_order(orders, order), []).append(block)
    is_falling = runs_newest_first(orders)
    splices = [put(kept, at, found[::-1] if is_falling else found) for at, found in blocks.items()]
    return with_bytes(kept, spliced(kept.data, splices))


def said_in_notes(file: Existing) -> Iterator[Said]:
    """What each note of a file says, whatever its form."""
    return map(_said, file.document.notes)


def _said(draft: NoteDraft) -> Said:
    text = "\n".join(line.rstrip() for line in draft.text.strip().split("\n"))
    fields = tuple(sorted((f.name.text, f.value.text) for f in draft.fields))
    parties = tuple(token.text for token in draft.parties)
    time, by = draft.time and draft.time.text, draft.by and draft.by.text
    head = (draft.date, draft.kind, time, draft.stage, draft.direction, parties, by)
    return (*head, draft.headline.strip(), draft.slip and draft.heading, fields, text)


def _with_orders(file: Existing) -> list[tuple[Order, NoteDraft]]:
    """The notes from the oldest to the newest, with where they belong."""
    orders = dict(zip(map(id, file.document.notes), orders_of(file.document.notes), strict=True))
    return [(orders[id(draft)], draft) for draft in in_time(file)]


def _block(gone: Existing, kept: Existing, draft: NoteDraft) -> str:
    """A note in the form of the file that it goes into; in YAML without the indent."""
    is_markdown = kept.path.endswith(".md")
    if gone.path.endswith(".md") != is_markdown:
        new = _as_new(gone, draft)
        return note(new) if is_markdown else yaml_note(new)
    lines = gone.text.split("\n")
    if is_markdown:
        starts = [each.span.line for each in gone.document.notes]
        end = min((line - 1 for line in starts if line > draft.span.line), default=len(lines))
        return "\n".join(lines[draft.span.line - 1 : end]).rstrip("\n") + "\n"
    return "".join(f"{line}\n" for line in rows_of_item(lines, dash_row(lines, draft)))


def _as_new(gone: Existing, draft: NoteDraft) -> NewNote:
    date, time = values.date(draft.date), values.time(draft.time.text) if draft.time else None
    is_plain = draft.is_whole and draft.slip is None
    if not isinstance(date, dt.date) or not isinstance(time, dt.time | None) or not is_plain:
        raise NotDone(f"{gone.path} has a note that can't be read whole: see `dealog check`.")
    return NewNote(
        date,
        draft.kind,
        KindRole.CHANGE if draft.kind == KindRole.CHANGE.value else KindRole.EXCHANGE,
        time=time,
        direction=draft.direction,
        parties=tuple(token.text for token in draft.parties),
        by=draft.by.text if draft.by else "",
        headline=draft.headline,
        fields=tuple((f.name.text, f.value.text) for f in draft.fields),
        text=draft.text,
    )
