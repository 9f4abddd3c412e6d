"""Two contacts that are one: what both say in one file, and what does not fit in a note of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from site_builder.edit.existing import Existing, with_bytes
from site_builder.edit.front import set_field, take_field
from site_builder.edit.leftovers import comments_of
from site_builder.edit.moved_notes import moved_notes, said_in_notes
from site_builder.edit.notes import below_summary, in_time, with_note
from site_builder.edit.refusals import NotDone
from site_builder.edit.splices import Splice, spliced
from site_builder.edit.writing import FrontValue, NewNote, one_line, shown
from site_builder.journal.fields import CONTACT_FIELDS, SOURCE_ID
from site_builder.journal.kinds import KindRole
from site_builder.source.links import first_id

_OTHERS = ("company", "introduced-by")
"""What names another contact: one that is the same now is nobody's."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field of which two contacts say two things."""

    name: str
    gone: FrontValue
    kept: FrontValue


@dataclass(slots=True)
class _Merged:
    """The file that is kept, step by step, and what of both does not fit."""

    file: Existing
    gone: Existing
    left: list[str] = field(default_factory=list)

    def splice(self, *splices: Splice | None) -> None:
        self.file = with_bytes(self.file, spliced(self.file.data, filter(None, splices)))

    def leave(self, name: str, value: FrontValue, of: Existing) -> None:
        self.left.append(f"- {name}: {one_line(shown(value))} (of {of.id})")


def differences(gone: Existing, kept: Existing) -> list[Difference]:
    """The fields in which two contacts differ, of those that hold one value. Both name one another
    by the id that is kept."""
    found = []
    for name in _names(gone):
        mine, other = _value(gone, name), _value(kept, name)
        is_self = _is_self(name, mine, kept) or _is_self(name, other, kept)
        if other and not is_self and not _is_united(name) and not _is_same(name, mine, other):
            found.append(Difference(name, mine, other))
    return found


def merged(
    gone: Existing, kept: Existing, choices: Mapping[str, FrontValue], day: dt.date, by: str
) -> bytes:
    """The file of a contact with all that another says, which is the same. ``choices`` has a value
    for each difference; what is not chosen, and what else does not fit, stands in a note of a day.

    Raises NotDone where notes would come to say something else.
    """
    made = _Merged(kept, gone)
    for name in _OTHERS:
        if _is_self(name, _value(made.file, name), kept):
            made.leave(name, kept.id, kept)
            made.splice(take_field(made.file, name))
    for name in _names(gone):
        _take(made, name, choices)
    _take_summary(made)
    made.file = moved_notes(gone, made.file)
    made.left.extend(f"- {text}" for text in comments_of(gone))
    _note(made, day, by)
    _refuse_loss(kept, made, gone)
    return made.file.data


def _names(gone: Existing) -> Iterator[str]:
    """The fields that a contact has, but for what both have to be alike in."""
    names = (entry.key.text for entry in gone.document.front.entries)
    return (name for name in names if name != "type" and _value(gone, name))


def _value(file: Existing, name: str) -> FrontValue:
    value = file.value(name)
    return (value,) if _is_united(name) and isinstance(value, str) and value else value


def _is_united(name: str) -> bool:
    """Whether a field can hold the values of both."""
    known = CONTACT_FIELDS.get(name)
    return name == SOURCE_ID or (known is not None and known.is_list)


def _is_self(name: str, value: FrontValue, kept: Existing) -> bool:
    return name in _OTHERS and isinstance(value, str) and first_id(value).id == kept.id


def _is_same(name: str, one: FrontValue, other: FrontValue) -> bool:
    if name == "phone":
        return _digits(shown(one)) == _digits(shown(other))
    return one == other or (name == "email" and shown(one).lower() == shown(other).lower())


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit() or c == "+")


def _take(made: _Merged, name: str, choices: Mapping[str, FrontValue]) -> None:
    """The value of a field, as far as it is not there."""
    mine, there = _value(made.gone, name), _value(made.file, name)
    if _is_self(name, mine, made.file):
        made.leave(name, mine, made.gone)
    elif _is_united(name):
        values = tuple(dict.fromkeys([*there, *mine]))
        _set(made, name, values[0] if name == SOURCE_ID and len(values) == 1 else values)
    elif not there:
        _set(made, name, mine)
    elif name in choices:
        chosen = choices[name]
        for value, file in ((mine, made.gone), (there, made.file)):
            if value != chosen:
                made.leave(name, value, file)
        _set(made, name, chosen)


def _set(made: _Merged, name: str, value: FrontValue) -> None:
    if value != made.file.value(name):
        made.splice(set_field(made.file, name, value))


def _take_summary(made: _Merged) -> None:
    """The text above the first note, below the one that is there; in YAML it goes to what is
    left."""
    text, there = made.gone.document.summary, made.file.document.summary
    if not text or text == there:
        return
    if made.file.path.endswith(".md"):
        made.splice(below_summary(made.file, text + "\n"))
    else:
        made.left.append(text)


def _note(made: _Merged, day: dt.date, by: str) -> None:
    """The note of what is left, which sets the level that the last of all notes does not."""
    level = made.file.text_of("level")
    noted = _last_level(made.file)
    is_change = bool(noted and level and noted != level)
    if not made.left and not is_change:
        return
    lists = [line for line in made.left if line.startswith("- ")]
    texts = [line for line in made.left if not line.startswith("- ")]
    new = NewNote(
        day,
        "change" if is_change else "note",
        KindRole.CHANGE if is_change else KindRole.EXCHANGE,
        by=by,
        headline=f"Merged with {made.gone.id}",
        fields=(("level", level),) if is_change else (),
        text="\n\n".join([*(["\n".join(lists)] if lists else []), *texts]),
    )
    made.splice(*with_note(made.file, new))


def _last_level(file: Existing) -> str:
    """What the last note of a company that sets its level says."""
    set_by = [f.value.text for d in in_time(file) for f in d.fields if f.name.text == "level"]
    return set_by[-1] if set_by else ""


def _refuse_loss(kept: Existing, made: _Merged, gone: Existing) -> None:
    """Refuse where the notes of both are not all there, and at most one more."""
    now = Counter(said_in_notes(made.file))
    wanted = Counter(said_in_notes(kept)) | Counter(said_in_notes(gone))
    if wanted - now or sum((now - wanted).values()) > 1:
        raise NotDone(
            f"The notes of {gone.path} can't be put into {kept.path} without changing what they "
            "say: look whether a code block in one of them is left open."
        )


def refuse_kinds(gone: Existing, kept: Existing, are_companies: Sequence[bool]) -> None:
    """Raises NotDone for a person and a company."""
    if len(set(are_companies)) > 1:
        kinds = ["a company" if is_company else "a person" for is_company in are_companies]
        raise NotDone(
            f"`{gone.id}` is {kinds[0]} and `{kept.id}` {kinds[1]}. If they are one, say first "
            f"what it is: `dealog set {gone.id} type {kinds[1].split()[1]}`."
        )
