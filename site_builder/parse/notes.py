"""Drafts of notes to notes: kinds, parties, fields and steps understood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from operator import lt

from site_builder.journal import values
from site_builder.journal.kinds import WHATEVER, Kind, KindRole
from site_builder.journal.note import NO_FIELDS, Direction, Note
from site_builder.journal.values import Bad
from site_builder.parse.near_notes.look_alikes import note_look_alikes
from site_builder.parse.note_fields import note_fields
from site_builder.parse.note_order import again, in_order, numbered
from site_builder.parse.reading import Reading
from site_builder.parse.references import member, reference
from site_builder.parse.stage_of_deal import stage_as_party, stage_of_note
from site_builder.parse.ticks import ticked_steps
from site_builder.problems.problem import Span
from site_builder.problems.suggest import either
from site_builder.source.note_drafts import NoteDraft, Token
from site_builder.source.yaml_nodes import Scalar

_NO_SPANS: Mapping[str, Span] = {}
_LONGEST = 600


def read_notes(reading: Reading) -> tuple[tuple[Note, ...], bool]:
    """The notes that make sense, oldest first; and whether some could not be read, or have no
    day."""
    drafts = reading.document.notes
    made = [note for note in map(partial(_note, reading), drafts) if note is not None]
    lacks_notes = reading.document.lacks_notes or len(made) < len(drafts)
    days = [note.date for note in made]
    if all(map(lt, days, days[1:])):  # as in most files
        return tuple(made), lacks_notes
    return numbered(in_order(made)), lacks_notes


def _note(reading: Reading, draft: NoteDraft, *, is_meant: bool = False) -> Note | None:
    date = values.date(draft.date)
    kind = reading.schema.kinds.get(draft.kind)
    if kind is None and is_meant and draft.has_any_kind:
        kind = reading.schema.kinds[WHATEVER]
    time = values.time(draft.time.text) if draft.time else None
    if kind is not None and kind.role is KindRole.STAGE and draft.parties and not is_meant:
        draft.slip = draft.slip or stage_as_party(reading, draft)
    if draft.slip is None and kind and not isinstance(date, Bad) and not isinstance(time, Bad):
        reader = reading.reader
        before = reader.errors + reading.own_fields
        note = _made(reading, draft, date, kind, time)
        is_whole = draft.is_whole and not is_meant
        if is_whole and reader.errors + reading.own_fields == before:
            return note
        return again(note, note.ordinal, is_whole=False)
    if is_meant:
        return None
    from site_builder.parse.near_notes.doubts import corrected

    meant = corrected(reading, draft)
    return None if meant is None else _note(reading, meant, is_meant=True)


def _made(
    reading: Reading, draft: NoteDraft, date: dt.date, kind: Kind, time: dt.time | None
) -> Note:
    parties = _parties(reading, draft.parties) if draft.parties else ()
    by = member(reading, draft.by.text, draft.by.span) if draft.by else None
    direction = draft.direction
    if kind.role is KindRole.RUNG:
        direction, parties = _rung_parties(reading, draft, kind, parties)
    stage = stage_of_note(reading, draft) if kind.role is KindRole.STAGE else None
    fields, spans = NO_FIELDS, _NO_SPANS
    if draft.fields:
        fields, spans = note_fields(reading, draft, kind, stage)
    if draft.text:
        note_look_alikes(reading, draft, kind)
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
        ticked_steps(reading, draft) if "[" in draft.text or reading.may_have_odd_ticks else (),
        draft.text_line,
    )


def _parties(reading: Reading, tokens: Sequence[Token]) -> tuple[str, ...]:
    known = reading.known
    if len(tokens) == 1 and (id := tokens[0].text) in known.there[0]:
        return (id,)
    contacts, team = known.contacts, reading.schema.team
    sure = [token.text for token in tokens if token.text in contacts or token.text in team]
    if len(sure) == len(tokens) or "team" in reading.schema.unsure:
        return tuple(sure)
    ids = either(contacts, frozenset(team))
    found: list[str] = []
    for token in tokens:
        several = () if reading.is_markdown or token.text in ids else _several(reading, token)
        one = "" if several else reference(reading, Scalar(token.text, token.span), ids, "contact")
        found += several or filter(None, (one,))
    return tuple(found)


def _several(reading: Reading, token: Token) -> tuple[str, ...]:
    """The people that are named in one text instead of a list, which is reported."""
    if len(token.text) > _LONGEST:
        return ()
    from site_builder.parse.people import People, people_in

    people = people_in(token.text, reading.words.people)
    if len(people.alone) < 2 or people != People(people.alone):
        return ()
    reading.problem(
        "unknown-contact",
        f"There is no contact `{token.text}`.",
        f"Write them as a list: `[{', '.join(people.alone)}]`.",
        token.span,
    )
    return people.alone


def _rung_parties(
    reading: Reading, draft: NoteDraft, kind: Kind, parties: tuple[str, ...]
) -> tuple[Direction, tuple[str, ...]]:
    if draft.direction == "with":
        who = ", ".join(parties) or "…"
        if not reading.is_markdown and len(parties) > 1:
            who = f"[{who}]"
        reading.problem(
            "invalid-note",
            f"A `{kind.id}` note goes `from` them or `to` them, not `with`.",
            f"Write `{kind.id} from {who}` where they {kind.id} us, `{kind.id} to {who}` where we "
            f"{kind.id} them."
            if reading.is_markdown
            else f"Write `from: {who}` where they {kind.id} us, `to: {who}` where we {kind.id} "
            "them.",
            draft.span,
        )
    if draft.parties:
        return ("from" if draft.direction == "with" else draft.direction), parties
    if reading.own_id:
        return "from", (reading.own_id,)
    reading.problem(
        "invalid-note",
        f"This `{kind.id}` note does not say whose it is.",
        f"Write `{kind.id} from CONTACT-ID` where they {kind.id} us, `to` where we {kind.id} them."
        if reading.is_markdown
        else f"Add `from: CONTACT-ID` to it where they {kind.id} us, `to: CONTACT-ID` where we "
        f"{kind.id} them.",
        draft.places.kind,
    )
    return draft.direction, parties
