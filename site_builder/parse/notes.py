"""Drafts of notes to notes: kinds, parties, fields and steps understood."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields
from itertools import pairwise
from operator import attrgetter, lt
from typing import Any

from site_builder.journal import values
from site_builder.journal.fields import (
    COMPANY_STATE_FIELDS,
    KIND_FIELDS,
    NOTE_FIELDS,
    SOURCE_ID,
    STATE_FIELDS,
    Known,
    attribute,
)
from site_builder.journal.kinds import Kind, KindRole
from site_builder.journal.note import NO_FIELDS, Direction, Note, NoteFields, StepMark
from site_builder.journal.pipeline import Stage, StageType
from site_builder.journal.values import Bad
from site_builder.parse.near_notes.doubts import Doubtful
from site_builder.parse.reader import slug
from site_builder.problems import field_names
from site_builder.problems.problem import Span
from site_builder.problems.suggest import either, listed, nearest
from site_builder.source.note_drafts import NoteDraft, NoteField, Token
from site_builder.source.yaml_nodes import Scalar
from site_builder.source.yaml_notes import NOTE_KEYS

_NO_SPANS: Mapping[str, Span] = {}
_LONGEST = 600
_NAMES = [field.name for field in fields(Note)]
_before_ordinal = attrgetter(*_NAMES[: _NAMES.index("ordinal")])


class Noted(Doubtful):
    """Types the notes of one document."""

    lacks_notes = False
    """Whether some notes could not be read, or have no day."""
    _own_fields = 0

    def notes(self) -> tuple[Note, ...]:
        """The notes that make sense, oldest first."""
        made = [note for note in map(self._note, self.document.notes) if note is not None]
        self.lacks_notes = self.document.lacks_notes or len(made) < len(self.document.notes)
        days = [note.date for note in made]
        if all(map(lt, days, days[1:])):  # as in most files
            return tuple(made)
        return numbered(in_order(made))

    def _note(self, draft: NoteDraft, *, is_meant: bool = False) -> Note | None:
        date = values.date(draft.date)
        kind = self.schema.kinds.get(draft.kind)
        time = values.time(draft.time.text) if draft.time else None
        if draft.slip is None and kind and not isinstance(date, Bad) and not isinstance(time, Bad):
            before = self.errors + self._own_fields
            note = self._made(draft, date, kind, time)
            is_whole = self.errors + self._own_fields == before and draft.is_whole and not is_meant
            return note if is_whole else _again(note, note.ordinal, is_whole=False)
        meant = None if is_meant else self._corrected(draft)
        return None if meant is None else self._note(meant, is_meant=True)

    def _made(self, draft: NoteDraft, date: dt.date, kind: Kind, time: dt.time | None) -> Note:
        parties = self._parties(draft.parties) if draft.parties else ()
        by = self._member(draft.by.text, draft.by.span) if draft.by else None
        direction = draft.direction
        if kind.role is KindRole.RUNG:
            direction, parties = self._rung_parties(draft, kind, parties)
        stage = self._stage_of(draft) if kind.role is KindRole.STAGE else None
        fields, spans = NO_FIELDS, _NO_SPANS
        if draft.fields:
            fields, spans = self._note_fields(draft, kind, stage)
        if draft.text:
            self._look_alikes(draft, kind)
        return Note(
            date,
            kind,
            draft.places,
            time,
            direction,
            parties,
            by,
            draft.headline,
            draft.text,
            fields,
            spans,
            stage,
            self._steps(draft) if "[" in draft.text or self._may_have_odd_ticks else (),
            draft.text_line,
        )

    def _parties(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        contacts, team = self.known_ids.contacts, self.schema.team
        if len(tokens) == 1 and (id := tokens[0].text) in contacts:
            return (id,)
        known = [token.text for token in tokens if token.text in contacts or token.text in team]
        if len(known) == len(tokens):
            return tuple(known)
        if "team" in self.schema.unsure:
            return tuple(known)
        ids = either(contacts, frozenset(team))
        found: list[str] = []
        for token in tokens:
            several = [] if self._is_markdown or token.text in ids else self._several(token)
            one = "" if several else self._reference(Scalar(token.text, token.span), ids, "contact")
            found += several or filter(None, (one,))
        return tuple(found)

    def _several(self, token: Token) -> tuple[str, ...]:
        """The people that are named in one text instead of a list, which is reported."""
        if len(token.text) > _LONGEST:
            return ()
        from site_builder.parse.people import People, people_in

        people = people_in(token.text, self._words.people)
        if len(people.alone) < 2 or people != People(people.alone):
            return ()
        self.problem(
            "unknown-contact",
            f"There is no contact `{token.text}`.",
            f"Write them as a list: `[{', '.join(people.alone)}]`.",
            token.span,
        )
        return people.alone

    def _rung_parties(
        self, draft: NoteDraft, kind: Kind, parties: tuple[str, ...]
    ) -> tuple[Direction, tuple[str, ...]]:
        if draft.direction == "with":
            self.problem(
                "invalid-note",
                f"A `{kind.id}` note goes `from` them or `to` them, not `with`.",
                f"Write `{kind.id} from …` where they {kind.id} us, `to` where we {kind.id} them."
                if self._is_markdown
                else f"Write `from: …` where they {kind.id} us, `to: …` where we {kind.id} them.",
                draft.span,
            )
        if draft.parties:
            return ("from" if draft.direction == "with" else draft.direction), parties
        if self.own_id:
            return "from", (self.own_id,)
        self.problem(
            "invalid-note",
            f"This `{kind.id}` note does not say whose it is.",
            f"Write `{kind.id} from CONTACT-ID` where they {kind.id} us, "
            f"`to` where we {kind.id} them."
            if self._is_markdown
            else f"Add `from: CONTACT-ID` to it where they {kind.id} us, `to: CONTACT-ID` where we "
            f"{kind.id} them.",
            draft.places.kind,
        )
        return draft.direction, parties

    def _stage_of(self, draft: NoteDraft) -> Stage | None:  # noqa: ARG002 - deals override it
        """The stage a stage note enters."""
        return None

    def _note_fields(
        self, draft: NoteDraft, kind: Kind, stage: Stage | None
    ) -> tuple[NoteFields, Mapping[str, Span]]:
        found: dict[str, Any] = {}
        spans: dict[str, Span] = {}
        for field in draft.fields:
            name = field.name.text
            if name == SOURCE_ID:
                found["source_id"] = field.value.text
            elif name.startswith("x-"):
                self._own_fields += 1
            else:
                self._note_field(field, kind, stage, found, spans, draft.has_any_kind)
        return (NoteFields(**found) if found else NO_FIELDS), spans

    def _note_field(
        self,
        field: NoteField,
        kind: Kind,
        stage: Stage | None,
        found: dict[str, Any],
        spans: dict[str, Span],
        any_kind: bool = False,
    ) -> None:
        name, allowed = field.name.text, self._fields_of(kind)
        if any_kind and name not in allowed and name in self.settable:
            return
        if name not in allowed:
            self._misplaced(field, kind, allowed)
            # The field that was probably meant, so that nothing follows from the slip.
            meant = "" if name in NOTE_FIELDS else nearest(name, allowed)
            is_state = meant in STATE_FIELDS or meant in COMPANY_STATE_FIELDS
            if meant and meant not in spans and (not is_state or meant in self.spans):
                token = Token(meant, field.name.span)
                self._note_field(field._replace(name=token), kind, stage, found, spans)
        elif name == "lost-reason" and stage and stage.type is not StageType.LOST:
            self._nothing_lost(field, stage)
        elif name in spans:
            self.problem(
                "duplicate-key",
                f"`{name}` is given twice in this note.",
                "Keep one of the two lines.",
                field.name.span,
            )
        else:
            spans[name] = field.value.span
            self._note_value(field, allowed[name], found)

    def _nothing_lost(self, field: NoteField, stage: Stage) -> None:
        self.problem(
            "unknown-field",
            f"`{field.name.text}` is no field of notes into `{stage.id}`, where nothing is lost.",
            "Put it below the note with which the deal was lost.",
            field.name.span,
        )

    def _note_value(self, field: NoteField, known: Known, found: dict[str, Any]) -> None:
        name, token = field.name.text, field.value
        if not token.text:
            self.invalid(
                f"`{name}::` has no value.",
                "Write one behind it, or remove the line.",
                field.name.span,
            )
            return
        value = self._note_typed(name, known, Scalar(token.text, token.span))
        if value is not None:
            found[attribute(name)] = value

    def _note_typed(self, name: str, known: Known, scalar: Scalar) -> Any:
        if known.type == "date-or-text":
            date = values.date(scalar.text)
            return scalar.text if isinstance(date, Bad) else date
        if known.type == "money-or-text":
            money = values.money(scalar.text, self.schema.currency)
            if isinstance(money, Bad):
                return scalar.text
            self.clear(scalar, money)
            return money
        return self._value(name, known, scalar)

    def _misplaced(self, field: NoteField, kind: Kind, allowed: Mapping[str, Known]) -> None:
        name = field.name.text
        kinds = [id for id, group in KIND_FIELDS.items() if name in group]
        if kinds == [KindRole.STAGE.value] and not self._has_stages:
            help = "It belongs to `stage` notes, which stand in files of deals."
        elif kinds:
            help = f"It belongs to notes of kind {listed(kinds, ' or ')}."
        elif name in STATE_FIELDS:
            help = "It belongs to notes of deals."
        elif name in COMPANY_STATE_FIELDS:
            help = "It belongs to notes in a company's own file, which has `type: company`."
        elif self._is_markdown:
            help = self.guess(name, allowed) or "Put a blank line above it to make it text."
        else:
            near = nearest(name, allowed)
            help = f"Did you mean `{near}`?" if near else self._keys_there_are(name, allowed)
        self.problem(
            "unknown-field",
            f"`{name}` is not a field of `{kind.id}` notes{self.subject}.",
            help,
            field.name.span,
        )

    def _keys_there_are(self, name: str, allowed: Mapping[str, Known]) -> str:
        keys = field_names.choice([*NOTE_KEYS, *allowed])
        return f"{keys.removesuffix('.')}; write {field_names.kept(name, slug(name))}."

    def _steps(self, draft: NoteDraft) -> tuple[StepMark, ...]:  # noqa: ARG002 - as above
        """The steps that a note's text ticks."""
        return ()


def in_order(written: list[Note]) -> tuple[Note, ...]:
    """Notes from the oldest to the newest, whichever way the file runs.

    Notes of one day keep the file's order (turned where the file runs newest first),
    unless all of them have times.
    """
    notes = list(written)
    dates = [note.date for note in notes]
    if dates != sorted(dates):
        falls = sum(a > b for a, b in pairwise(dates))
        rises = sum(a < b for a, b in pairwise(dates))
        if falls > rises:
            notes.reverse()
        notes.sort(key=lambda note: note.date)
    if not [note for note in notes if note.time]:
        return tuple(notes)
    return tuple(_timed(notes))


def numbered(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """The same notes, oldest first, each with its number among those of its day."""
    if len({note.date for note in notes}) == len(notes):  # as in most files
        return notes
    seen: Counter[dt.date] = Counter()
    found = []
    for note in notes:
        seen[note.date] += 1
        ordinal = seen[note.date]
        found.append(_again(note, ordinal, note.is_whole) if ordinal > 1 else note)
    return tuple(found)


def _again(note: Note, ordinal: int, is_whole: bool) -> Note:
    # Many times as fast as `replace`, and there can be thousands.
    return Note(*(*_before_ordinal(note), ordinal, is_whole))


def _timed(notes: list[Note]) -> list[Note]:
    days: dict[dt.date, list[Note]] = {}
    for note in notes:
        days.setdefault(note.date, []).append(note)
    for day, same in days.items():
        if all(note.time for note in same):
            days[day] = sorted(same, key=lambda note: note.time or dt.time())
    return [note for same in days.values() for note in same]
