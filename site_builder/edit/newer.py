"""Front matter and notes that disagree: which of the two was changed alone, as the past of the
file shows, and the file in which the other follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from site_builder.edit.existing import Existing, with_bytes
from site_builder.edit.front import set_field
from site_builder.edit.notes import with_note
from site_builder.edit.splices import spliced
from site_builder.edit.writing import NewNote, heading
from site_builder.files.git import Version
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.field_types import TYPES_BY_NAME
from site_builder.journal.fields import (
    COMPANY_STATE_FIELDS,
    NOTE_FIELDS,
    STATE_FIELDS,
    attribute,
)
from site_builder.journal.kinds import KindRole

Past = Callable[[str], Iterable[Version]]
"""Takes the path of a file, gives what it was with each commit, newest first."""
Read = Callable[[bytes], Deal | Contact | None]
"""Takes the bytes of a file, gives the deal or contact that it then is, or was."""
Who = Callable[[str], str]
"""Takes an address, gives the id of the one of the team who has it, if anybody has."""

_STAGE = "stage"
_NOTED = frozenset((_STAGE, *STATE_FIELDS, *COMPANY_STATE_FIELDS))


class Sides(NamedTuple):
    """What front matter and the last note that sets it say of a field, as one types it; nothing
    where they don't. Since which day that is so, and whose address made it so."""

    front: str
    noted: str
    date: dt.date
    email: str


class Agreed(NamedTuple):
    """A file in which front matter and notes agree, and what was written there."""

    data: bytes
    written: str


def agreed(
    file: Existing, name: str, versions: Iterable[Version], read: Read, who: Who
) -> Agreed | None:
    """The file in which what was left behind follows what was changed alone: the notes, by one
    for each change of front matter, dated by it; or the front matter. None where neither was
    changed alone, or the versions don't tell. Raises NotDone."""
    rows = list(_since_they_agreed(name, versions, read))
    if len(rows) < 2:
        return None
    *later, first = rows
    if name in _NOTED and all(row.noted == first.noted for row in later):
        own = file.text_of(name)  # which may be longer than it has to be
        same = [r._replace(front=own) if r.front == later[0].front else r for r in later[::-1]]
        return _with_notes(file, list(_notes(name, same, first.front, who)))
    if all(row.front == first.front for row in later):
        line = f"{name}: {later[0].noted}"
        return Agreed(spliced(file.data, [set_field(file, name, later[0].noted)]), line)
    return None


def filled(file: Existing, name: str, subject: Deal | Contact) -> Agreed | None:
    """The file with a field that a note sets and the front matter lacks. Raises NotDone."""
    noted = _noted(subject, name)
    if not noted:
        return None
    return Agreed(spliced(file.data, [set_field(file, name, noted)]), f"{name}: {noted}")


def stands_since(file: Existing, past: Past, today: dt.date) -> Iterator[Version]:
    """A file as it is and as it was, newest first, each with the day on which it became so: today,
    where that is not committed. Nothing where its past is not known."""
    versions = iter(past(file.path))
    last = next(versions, None)
    if last is None:
        return
    if _plain(last.data) != _plain(file.data):
        yield Version(today, "", file.data)
    yield last
    yield from versions


def _plain(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def _since_they_agreed(name: str, versions: Iterable[Version], read: Read) -> Iterator[Sides]:
    """What the two said in each version, back to the last in which they agreed; nothing where
    there is none, or one between can't be understood."""
    rows: list[Sides] = []
    for version in versions:
        subject = read(version.data)
        if subject is None or name in subject.gaps or subject.lacks_notes:
            return
        front, noted = _front(subject, name), _noted(subject, name)
        rows.append(Sides(front, noted, version.date, version.email))
        if noted in ("", front):
            yield from rows
            return


def _front(subject: Deal | Contact, name: str) -> str:
    if name == _STAGE:
        return subject.stage.id if isinstance(subject, Deal) else ""
    return _written(name, getattr(subject, attribute(name)))


def _noted(subject: Deal | Contact, name: str) -> str:
    for note in reversed(subject.notes):
        if name == _STAGE and note.stage is not None:
            return note.stage.id
        if name != _STAGE and name in note.field_spans:
            return _written(name, getattr(note.fields, attribute(name)))
    return ""


def _written(name: str, value: object) -> str:
    if value is None or value == "":
        return ""
    return TYPES_BY_NAME[NOTE_FIELDS[name].type].write(value)


def _notes(name: str, rows: Sequence[Sides], before: str, who: Who) -> Iterator[NewNote]:
    """A note for each change of front matter, oldest first."""
    for row in rows:
        if row.front == before or not row.front:
            continue
        before, by = row.front, who(row.email)
        if name == _STAGE:
            yield NewNote(row.date, "stage", KindRole.STAGE, stage=row.front, by=by)
        else:
            yield NewNote(row.date, "change", KindRole.CHANGE, by=by, fields=((name, row.front),))


def _with_notes(file: Existing, notes: Sequence[NewNote]) -> Agreed | None:
    now = file
    for note in notes:
        now = with_bytes(now, spliced(now.data, with_note(now, note)))
    told = [
        " ".join([heading(n), *(f"{name}:: {value}" for name, value in n.fields)]) for n in notes
    ]
    return Agreed(now.data, ", ".join(told)) if notes else None
