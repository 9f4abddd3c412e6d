"""The notes that an audience is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from site_builder.audiences.lines import without_gone
from site_builder.audiences.values import Shown, projected
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.fields import KINDS, NOTE_FIELDS, attribute
from site_builder.journal.kinds import WHATEVER, Kind, KindRole, Tangibility
from site_builder.journal.note import NO_FIELDS, Note, NoteFields
from site_builder.journal.note_spans import NOWHERE, Places
from site_builder.journal.pipeline import Stage

_NO_PLACES = Places(NOWHERE)
_OF_STATE = (KindRole.CHANGE, KindRole.RUNG)
StageOf = Callable[[Stage], Stage | None]


def shown_notes(
    subject: Deal | Contact, names: tuple[str, ...], shown: Shown, stage_of: StageOf
) -> Iterator[Note]:
    """What is shown of the notes of a file: those of stages where ``stage_of`` has any, the fields
    of some names, and whom they name among those who are shown. A note of a rung, of a change or
    of the kind `note` of which nothing remains is none."""
    of_day: Counter[object] = Counter()
    for note in subject.notes:
        stage = stage_of(note.stage) if note.stage is not None else None
        if note.stage is not None and stage is None:
            continue
        of_day[note.date] += 1
        parties = () if _is_own_rung(note, subject) else note.parties
        made = _note(note, parties, names, shown, stage, of_day[note.date])
        if _tells_nothing(made, note.kind):
            of_day[note.date] -= 1
        else:
            yield made


def _is_own_rung(note: Note, subject: Deal | Contact) -> bool:
    """Whether a note is a rung of a contact's own file, of which the contact is the party though
    its heading names nobody, as that of no other kind is."""
    own = note.direction == "from" and note.parties == (subject.id,)
    return own and note.kind.role is KindRole.RUNG and isinstance(subject, Contact)


def _note(
    note: Note,
    named: Iterable[str],
    names: tuple[str, ...],
    shown: Shown,
    stage: Stage | None,
    ordinal: int,
) -> Note:
    parties = tuple([id for party in named if (id := _party(party, shown))])
    fields = _fields(note.fields, names, shown)
    return Note(
        date=note.date,
        kind=_kind(note.kind, fields),
        places=_NO_PLACES,
        time=note.time,
        direction=note.direction if parties else "",
        parties=parties,
        by=shown.people.get(note.by.id) if note.by else None,
        headline=shown.texts.free(note.headline),
        text=shown.texts.free(_without_steps(note) if note.steps else note.text),
        fields=fields,
        stage=stage,
        ordinal=ordinal,
    )


def _kind(kind: Kind, fields: NoteFields) -> Kind:
    """The kind that a note has for an audience: rungs and the sorts of a journal's own kinds are
    pipeline.yml's, and of what changed nothing is said where that is not shown."""
    if kind.role is KindRole.RUNG or (kind.role is KindRole.CHANGE and fields is NO_FIELDS):
        return KINDS[WHATEVER]
    return KINDS.get(kind.id) or Kind(kind.id, Tangibility.NEITHER)


def _without_steps(note: Note) -> str:
    """A note's text without the names of the steps that it ticks, which are pipeline.yml's: with
    what is said of each, where anything is."""
    lines: list[str | None] = [*note.text.split("\n")]
    for mark in note.steps:
        row = mark.span.line - note.text_line
        line = lines[row] if 0 <= row < len(lines) else None
        if line is not None:
            lines[row] = f"{line.partition(']')[0]}] {mark.text}" if mark.text.strip() else None
    return without_gone(lines)


def _party(id: str, shown: Shown) -> str:
    return shown.contacts.get(id) or (id if id in shown.people else "")


def _fields(fields: NoteFields, names: tuple[str, ...], shown: Shown) -> NoteFields:
    if fields is NO_FIELDS:
        return NO_FIELDS
    # Of which type a value is depends on that of its field.
    given: dict[str, Any] = {}
    for name in names:
        value = getattr(fields, attribute(name)) if name in NOTE_FIELDS else None
        made = None if value in (None, "") else projected(value, NOTE_FIELDS[name].type, shown)
        if made is not None:
            given[attribute(name)] = made
    return NoteFields(**given) if given else NO_FIELDS


def _tells_nothing(made: Note, kind: Kind) -> bool:
    """Whether a note, as it is shown, does not even tell that something was done."""
    if made.headline or made.text.strip() or made.fields is not NO_FIELDS:
        return False
    return kind.role in _OF_STATE or (kind.id == WHATEVER and not made.parties)
