"""``dealog log``: a note in the file of a deal or contact."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Sequence

import click

from site_builder.cli.edits import dated_edits
from site_builder.cli.exits import Refused
from site_builder.cli.signed import Signed
from site_builder.edit.desk import Desk, Opened
from site_builder.edit.entries import Fields
from site_builder.edit.job import BOTH, Job
from site_builder.edit.notes import with_note
from site_builder.edit.said import Said, headline_and_text, said_in
from site_builder.edit.said_values import said_value
from site_builder.edit.writing import NewNote
from site_builder.journal import values
from site_builder.journal.deal import Deal
from site_builder.journal.fields import NOTE_FIELDS
from site_builder.journal.kinds import KindRole
from site_builder.source.yaml_notes import NOTE_KEYS

_NAME = re.compile(r"[\w-]+")


@click.command(cls=Signed)
@click.argument("subject", metavar="DEAL|CONTACT")
@click.argument("words", nargs=-1, metavar="[TEXT|-]")
@click.option("--kind", "-k", metavar="KIND", help="call, meeting, email, proposal …")
@click.option("--with", "with_", multiple=True, metavar="CONTACT", help="With whom.")
@click.option("--to", multiple=True, metavar="CONTACT", help="To whom it went.")
@click.option("--from", "from_", multiple=True, metavar="CONTACT", help="From whom it came.")
@click.option("--time", "clock", metavar="HH:MM", help="At what time.")
@click.option(
    "--set",
    "fields",
    multiple=True,
    metavar="FIELD=VALUE",
    help="A field of the note: value=48000, due=2026-12-01, who=jane-roe …",
)
@dated_edits
def log(
    job: Job,
    subject: str,
    words: Sequence[str],
    kind: str | None,
    with_: Sequence[str],
    to: Sequence[str],
    from_: Sequence[str],
    clock: str | None,
    fields: Sequence[str],
) -> None:
    """Add a note: `dealog log acme "Called Jane, she wants two sites"`.

    The first line is its headline. Text that begins with Called, Met or Emailed is a call, a
    meeting or an email, with whom of the deal's contacts it names next. With - the text comes
    from standard input; without text an editor asks for it.
    """
    opened = job.open(subject, BOTH)
    _refuse_kind(opened, kind)
    text = _text(words)
    said = _said(job.desk, opened, text, kind, {"with": with_, "to": to, "from": from_})
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
        raise Refused(f"A stage is entered by `dealog move {opened.file.id} STAGE`.")
    if kind is not None and not _NAME.fullmatch(kind):
        raise Refused(f"`{kind}` is no kind of note: write one as `call`.")


def _text(words: Sequence[str]) -> str:
    if list(words) == ["-"]:
        return _some(sys.stdin.read())
    text = " ".join(words).strip()
    if text:
        return text
    if not sys.stdin.isatty():
        raise Refused("What is to be noted? Give a text, or - to read it from standard input.")
    return _some(click.edit("") or "")


def _some(written: str) -> str:
    if not written.strip():
        raise Refused("Nothing was written, so nothing is noted.")
    return written.strip()


def _said(
    desk: Desk, opened: Opened, text: str, kind: str | None, given: dict[str, Sequence[str]]
) -> Said:
    ways = [(way, named) for way, named in given.items() if named]
    if len(ways) > 1:
        raise Refused("A note goes with, to or from somebody: use one of them.")
    told = said_in(text, _contacts(opened)) if kind is None else None
    if not ways:
        return told or Said(kind or "note", "", ())
    way, named = ways[0]
    parties = tuple(
        _party(desk, each) for names in named for each in names.split(",") if each.strip()
    )
    if not parties:
        raise Refused(f"Whom does --{way} mean? Give an id of a contact.")
    return Said(kind or (told.kind if told else "note"), way, parties)


def _contacts(opened: Opened) -> tuple[str, ...]:
    if isinstance(opened.subject, Deal):
        return tuple(participant.contact for participant in opened.subject.contacts)
    return () if opened.subject.is_company else (opened.subject.id,)


def _party(desk: Desk, said: str) -> str:
    said = said.strip()
    return said if said in desk.schema.team else desk.find(said, ("contacts",)).id


def _time(clock: str | None) -> dt.time | None:
    time = values.time(clock) if clock else None
    if isinstance(time, values.Bad):
        raise Refused(f"{time.message} {time.help}")
    return time


def _fields(desk: Desk, opened: Opened, said: Sequence[str]) -> Fields:
    fields = tuple(map(_field, said))
    names = [name for name, _ in fields]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise Refused(f"`{twice}` is set twice: set it once.")
    return tuple((name, _value(desk, opened, name, value)) for name, value in fields)


def _value(desk: Desk, opened: Opened, name: str, said: str) -> str:
    known = NOTE_FIELDS.get(name)
    before = opened.file.text_of(name) if name == "value" else ""
    return said_value(desk, known.type, said, before) if known else said


def _field(said: str) -> tuple[str, str]:
    name, sign, value = (part.strip() for part in said.partition("="))
    if not sign or not value or not _NAME.fullmatch(name) or name in NOTE_KEYS:
        raise Refused(f"`{said}` sets nothing: write FIELD=VALUE, as in value=48000.")
    return name, value
