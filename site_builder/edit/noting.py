"""A note in the file of a deal or contact, as somebody says it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence

from site_builder.edit.desk import Desk, Opened
from site_builder.edit.entries import Fields
from site_builder.edit.job import BOTH, Job
from site_builder.edit.notes import with_note
from site_builder.edit.refusals import NotDone
from site_builder.edit.said import Said, headline_and_text, said_in
from site_builder.edit.said_values import said_value
from site_builder.edit.writing import NewNote
from site_builder.journal import values
from site_builder.journal.deal import Deal
from site_builder.journal.fields import NOTE_FIELDS
from site_builder.journal.kinds import KindRole
from site_builder.source.yaml_notes import NOTE_KEYS

_NAME = re.compile(r"[\w-]+")
Ways = Mapping[str, Sequence[str]]
"""Ids, or parts of them, of those `with` whom something was, `to` whom it went or `from` whom it
came."""


def log_note(
    job: Job,
    subject: str,
    ask: Callable[[], str],
    kind: str | None,
    ways: Ways,
    clock: str = "",
    fields: Sequence[str] = (),
) -> None:
    """Add a note of the text that ``ask`` gives, once it is known where to. Its first words may
    say of what kind it is, and with whom; ``fields`` are such as `value=48000`. Raises NotDone."""
    opened = job.open(subject, BOTH)
    _refuse_kind(opened, kind)
    text = ask()
    said = _said(job.desk, opened, text, kind, ways)
    headline, body = headline_and_text(text) if text else ("", "")
    note = NewNote(
        job.day,
        said.kind,
        time=_time(clock),
        direction=said.direction,
        parties=said.parties,
        by=job.person,
        headline=headline,
        fields=_fields(job.desk, opened, fields),
        text=body,
    )
    what = f"{note.kind}{f' — {headline}' if headline else ''}"
    job.change(opened, with_note(opened.file, note), what, notes=1)


def _refuse_kind(opened: Opened, kind: str | None) -> None:
    if kind == KindRole.STAGE:
        raise NotDone(f"A stage is entered by `dealog move {opened.file.id} STAGE`.")
    if kind is not None and not _NAME.fullmatch(kind):
        raise NotDone(f"`{kind}` is no kind of note: write one as `call`.")


def _said(desk: Desk, opened: Opened, text: str, kind: str | None, given: Ways) -> Said:
    ways = [(way, named) for way, named in given.items() if named]
    if len(ways) > 1:
        raise NotDone("A note goes with, to or from somebody: use one of them.")
    told = _told(opened, text) if kind is None else None
    if not ways:
        return told or Said(kind or "note", "", ())
    way, named = ways[0]
    parties = tuple(
        _party(desk, each) for names in named for each in names.split(",") if each.strip()
    )
    if not parties:
        raise NotDone(f"Whom does --{way} mean? Give an id of a contact.")
    return Said(kind or (told.kind if told else "note"), way, parties)


def _told(opened: Opened, text: str) -> Said | None:
    """What a text tells; with whom goes without saying in that contact's own file."""
    told = said_in(text, _contacts(opened))
    is_own = told is not None and told.parties == (opened.file.id,) and told.direction == "with"
    return told._replace(direction="", parties=()) if told and is_own else told


def _contacts(opened: Opened) -> tuple[str, ...]:
    if isinstance(opened.subject, Deal):
        return tuple(participant.contact for participant in opened.subject.contacts)
    return () if opened.subject.is_company else (opened.subject.id,)


def _party(desk: Desk, said: str) -> str:
    said = said.strip()
    return said if said in desk.schema.team else desk.find(said, ("contacts",)).id


def _time(clock: str) -> dt.time | None:
    time = values.time(clock) if clock else None
    if isinstance(time, values.Bad):
        raise NotDone(f"{time.message} {time.help}")
    return time


def _fields(desk: Desk, opened: Opened, said: Sequence[str]) -> Fields:
    fields = tuple(map(_field, said))
    names = [name for name, _ in fields]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise NotDone(f"`{twice}` is set twice: set it once.")
    return tuple((name, _value(desk, opened, name, value)) for name, value in fields)


def _value(desk: Desk, opened: Opened, name: str, said: str) -> str:
    known = NOTE_FIELDS.get(name)
    before = opened.file.text_of(name) if name == "value" else ""
    return said_value(desk, known.type, said, before) if known else said


def _field(said: str) -> tuple[str, str]:
    name, sign, value = (part.strip() for part in said.partition("="))
    if not sign or not value or not _NAME.fullmatch(name) or name in NOTE_KEYS:
        raise NotDone(f"`{said}` sets nothing: write FIELD=VALUE, as in value=48000.")
    return name, value
