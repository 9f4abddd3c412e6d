"""New notes into a file that is there: nothing else of it changes but the fields that
the newest note sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from site_builder.edit.existing import Existing, with_bytes
from site_builder.edit.notes import state_of, with_note
from site_builder.edit.splices import spliced
from site_builder.edit.writing import NewNote, guarded, harmless, in_order, one_line
from site_builder.journal.fields import SOURCE_ID
from site_builder.journal.pipeline import Pipeline
from site_builder.source.note_drafts import NoteDraft

Identity = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attached:
    """A file with its new notes: the bytes, and the front matter that followed them
    (field, before, after)."""

    data: bytes
    followed: tuple[tuple[str, str, str], ...] = ()


def not_yet_there(
    notes: Iterable[NewNote], file: Existing, pipeline: Pipeline | None = None
) -> list[NewNote]:
    """The notes that the file does not have.

    A note with a source id is known by it, so it may be edited in the file; any other by
    its date, time, kind, stage, headline and the first line of its text. Two alike in the
    CSV need two alike in the file. Stages that were called otherwise before are the same.
    """
    there = Counter(_identity_of(draft, pipeline) for draft in file.document.notes)
    there.update(_source_of(draft) for draft in file.document.notes)
    missing = []
    for new in notes:
        identity = (new.source_id,) if new.source_id else identity_of(new)
        if there[identity] > 0:
            there[identity] -= 1
        else:
            missing.append(new)
    return missing


def identity_of(new: NewNote) -> Identity:
    """What a note without a source id is recognised by."""
    first = guarded(new.text).partition("\n")[0]
    return (new.date.isoformat(), new.clock, new.kind, new.stage, one_line(new.headline), first)


def _identity_of(draft: NoteDraft, pipeline: Pipeline | None) -> Identity:
    now = pipeline.renamed(draft.stage) if pipeline and draft.stage else None
    return (
        draft.date,
        draft.time.text if draft.time else "",
        draft.kind,
        now.id if now else draft.stage,
        draft.headline,
        draft.text.partition("\n")[0],
    )


def _source_of(draft: NoteDraft) -> Identity:
    return tuple(f.value.text for f in draft.fields if f.name.text == SOURCE_ID)


def last_state(notes: Sequence[NewNote]) -> dict[str, str]:
    """The deal's fields after these notes, as far as the notes set them."""
    return {name: value for each in in_order(notes) for name, value in state_of(each)}


def attach(file: Existing, notes: Sequence[NewNote]) -> Attached:
    """The file with the notes put where their dates belong, in the file's own order.

    A field of front matter follows if the newest note that sets it is one of the new. Raises
    TooLarge and NotPlain.
    """
    now = file
    for new in in_order(notes):
        now = with_bytes(now, spliced(now.data, with_note(now, harmless(new))))
    set_by = ((name, file.text_of(name), now.text_of(name)) for name in last_state(notes))
    return Attached(now.data, tuple(row for row in set_by if row[1] != row[2]))
