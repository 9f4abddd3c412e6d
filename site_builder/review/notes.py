"""The notes of a file before a change and after it: which came, went, or say something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import fields
from typing import Literal, NamedTuple

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.note import NO_FIELDS, Note, NoteFields
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.team import Person
from site_builder.review.sides import Renames, stage_now

How = Literal["added", "removed", "edited", "redated"]
Content = tuple[Hashable, ...]
_TICKED = re.compile(r"(?m)^(\s*(?:[-*+]|[0-9]+[.)])\s+\[)[ xX](?=\])")
_NAMES = tuple(field.name for field in fields(NoteFields))


class NoteChange(NamedTuple):
    """What became of a note. One that is ``redated`` says what it said, on another day."""

    how: How
    before: Note | None
    after: Note | None

    @property
    def note(self) -> Note:
        """The note as it is now, or was."""
        note = self.after or self.before
        assert note is not None
        return note


def note_changes(
    before: Deal | Contact | None, after: Deal | Contact | None, names: Renames
) -> tuple[NoteChange, ...]:
    """What became of the notes of a file, those that are as they were left out: sorted by the days
    that they have now, or had."""
    if before is not None and after is not None and before.notes == after.notes:
        return ()
    now = after.pipeline if isinstance(after, Deal) else None
    old = [(note, content(note, names, now)) for note in (before.notes if before else ())]
    new = [(note, content(note)) for note in (after.notes if after else ())]
    _paired(old, new, lambda note, said: (note.date, note.time, said))
    found = [
        *_changes("edited", _paired(old, new, lambda note, _: (note.date, note.kind.id))),
        *_changes("redated", _paired(old, new, lambda _, said: said)),
        *_changes("redated", _paired(old, new, lambda note, _: _stage(note, now))),
        *(NoteChange("removed", note, None) for note, _ in old),
        *(NoteChange("added", None, note) for note, _ in new),
    ]
    return tuple(sorted(found, key=lambda one: (one.note.date, one.note.span)))


def content(note: Note, names: Renames | None = None, pipeline: Pipeline | None = None) -> Content:
    """All that a note says but for its day and time. Of one of the journal before, ids are told as
    they are now. Blanks and which boxes of lists are ticked make no difference, but for steps."""
    now, in_text = (names.contact, names.in_text) if names else (str, str)
    return (
        note.kind.id,
        note.direction,
        tuple(map(now, note.parties)),
        note.by and note.by.id,
        _words(in_text(note.headline)),
        _words(_TICKED.sub(r"\1 ", in_text(note.text))),
        tuple(_said(note, now)),
        _stage(note, pipeline),
        tuple(mark.step.id for mark in note.steps),
    )


_PARTS = ("kind", "direction", "parties", "`by`", "headline", "text", "fields", "stage", "steps")


def parts_changed(before: Note, after: Note) -> list[str]:
    """Which parts of a note say something else, of its fields their names."""
    pairs = zip(_PARTS, content(before), content(after), strict=True)
    parts = [name for name, was, now in pairs if was != now]
    if "fields" not in parts:
        return parts
    was, now = dict(_said(before, str)), dict(_said(after, str))
    names = [name for name in _NAMES if was.get(name) != now.get(name)]
    at = parts.index("fields")
    return [*parts[:at], *(f"`{name.replace('_', '-')}`" for name in names), *parts[at + 1 :]]


def _said(note: Note, now: Callable[[str], str]) -> Iterator[tuple[str, Hashable]]:
    if note.fields is NO_FIELDS:
        return
    for name in _NAMES:
        value: Hashable = getattr(note.fields, name)
        if value is not None and value != "":
            plain = value.id if isinstance(value, Person) else value
            yield name, now(plain) if name == "who" and isinstance(plain, str) else plain


def _words(text: str) -> str:
    return " ".join(text.split())


def _stage(note: Note, pipeline: Pipeline | None) -> str | None:
    """The stage that a note leads to, by the id that it has in a pipeline; None of other notes."""
    if note.stage is None:
        return None
    return stage_now(note.stage, pipeline) if pipeline else note.stage.id


Said = list[tuple[Note, Content]]


def _paired(
    old: Said, new: Said, key: Callable[[Note, Content], Hashable]
) -> list[tuple[Note, Note]]:
    """Take those out of both that have the same key, one by one, and give them."""
    places: dict[Hashable, Said] = {}
    for one in new:
        places.setdefault(key(*one), []).append(one)
    pairs, left = [], []
    taken: set[int] = set()
    for one in old:
        made = key(*one)
        same = None if made is None else places.get(made)
        if same:
            other = same.pop(0)
            taken.add(id(other[0]))
            pairs.append((one[0], other[0]))
        else:
            left.append(one)
    old[:], new[:] = left, [one for one in new if id(one[0]) not in taken]
    return pairs


def _changes(how: How, pairs: Sequence[tuple[Note, Note]]) -> Iterator[NoteChange]:
    return (NoteChange(how, before, after) for before, after in pairs)
