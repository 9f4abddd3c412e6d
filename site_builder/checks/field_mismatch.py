"""``field-mismatch``: the front matter and the notes disagree on a field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.field_types import TYPES_BY_NAME
from site_builder.journal.fields import NOTE_FIELDS, attribute
from site_builder.journal.history import COMPANY_STATE, NOTE_STATE
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.journal.pipeline import StageType
from site_builder.problems.problem import Problem
from site_builder.source.note_drafts import field_sign

_NOTHING = (None, "")


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """Front matter is the state after the last note, so both must say the same.

    What a deal was lost for need not stand there once it is open again.

    Bad: `value: 40000` above a last note that has `value:: 48000`.
    """
    for deal in journal.deals:
        if not deal.lacks_notes:
            yield from _fields(deal, NOTE_STATE)
    for contact in journal.contacts:
        if contact.is_company and contact.notes and not contact.lacks_notes:
            yield from _fields(contact, COMPANY_STATE)


def _fields(subject: Deal | Contact, names: tuple[str, ...]) -> Iterator[Problem]:
    last: dict[str, Note] = {}
    for note in subject.notes:
        for name in note.field_spans:
            last[name] = note
    for name in names if last else ():
        if name in last and name not in subject.gaps and name not in subject.nearly_said:
            yield from _field(subject, name, last[name])


def _field(subject: Deal | Contact, name: str, note: Note) -> Iterator[Problem]:
    said, held = getattr(note.fields, attribute(name)), getattr(subject, attribute(name))
    if said == held or said in _NOTHING:
        return
    span = subject.spans.get(name)
    if held in _NOTHING and span is not None:
        return
    text = _written(name, said)
    if span is None and not _is_over(subject, name):
        yield Problem(
            "field-mismatch",
            f"The note of {note.date} sets `{name}` to `{text}`, and the front matter has none.",
            f"Add `{name}: {text}` to the front matter.",
            note.field_spans[name],
        )
    elif span is not None:
        yield Problem(
            "field-mismatch",
            f"`{name}` is `{_written(name, held)}` here, and `{text}` in the note of {note.date}.",
            f"Write `{name}: {text}`, or {_note_it(subject, name, held)}.",
            span,
        )


def _is_over(subject: Deal | Contact, name: str) -> bool:
    if not isinstance(subject, Deal) or name != "lost-reason":
        return False
    return subject.stage.type is not StageType.LOST


def _note_it(subject: Deal | Contact, name: str, held: object) -> str:
    if name == "lost-reason":
        line = f"lost-reason{field_sign(subject.path)} {_written(name, held)}"
        return f"put `{line}` below the note in which it was lost last"
    return "add a note that changes it"


def _written(name: str, value: object) -> str:
    """A value of a note's field as one types it."""
    return TYPES_BY_NAME[NOTE_FIELDS[name].type].write(value)
