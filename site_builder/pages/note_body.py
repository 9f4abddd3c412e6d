"""What a note says, in words and markup."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from markupsafe import Markup

from site_builder.insights.insights import Insights
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import KindRole, Tangibility
from site_builder.journal.money import Money
from site_builder.journal.note import NO_FIELDS, Note, NoteFields
from site_builder.journal.team import Person
from site_builder.markup import formats
from site_builder.markup.excerpts import excerpt, first_words, shortened
from site_builder.markup.prose import Writer, written
from site_builder.pages.facts import Fact, linked, lost_because, yes_no
from site_builder.pages.links import Link, contact_link, named

_LEVEL = 5
"""The level of the headings within a note: below its own, which stands below its year's."""
_LINE = 60
"""Characters of what stands for a note beside others."""


class NoteBody(NamedTuple):
    """What a note says, wherever it is shown: every page in a folder has the same.

    ``day_text`` is the day without its year. ``tangibility`` is ``tangible``, ``intangible`` or
    empty. ``by`` is who wrote it; ``is_owners`` says that it is the owner of the deal or contact.
    ``plain`` says that its text was too much for Markdown.
    """

    day: str
    day_text: str
    time: str
    kind: str
    tangibility: str
    direction: str
    parties: tuple[Link, ...]
    by: str
    is_owners: bool
    headline: str
    fields: tuple[Fact, ...]
    html: Markup
    plain: bool


class Gist(NamedTuple):
    """What a note says in a few lines, wherever another page than its own shows it; ``text`` is
    that of an Excerpt. ``is_cut`` says that there is more of it."""

    headline: str
    text: str
    is_cut: bool


class NoteLine(NamedTuple):
    """One note of a timeline.

    ``anchor`` is its id on the page it belongs to. ``home`` leads to whose page that is, unless it
    is the one the timeline is on; of such a note only the ``gist`` is shown, and the whole is at
    ``path``.
    """

    anchor: str
    body: NoteBody
    home: Link | None = None
    gist: Gist | None = None
    path: str = ""


def gist(body: NoteBody) -> Gist:
    """The gist of a note."""
    text, is_cut = excerpt(body.html)
    return Gist(body.headline, written(text), is_cut or bool(body.fields))


def in_a_line(note: Note, journal: Journal, writer: Writer) -> str:
    """What a note says, as plain text: its headline, or else how its text begins; nothing of one
    that says nothing."""
    if note.headline:
        return shortened(named(note.headline, journal), _LINE)
    text = with_step_names(note) if note.steps else note.text
    return first_words(writer.html(text, _LEVEL).html, _LINE)


def note_body(
    note: Note,
    subject: Deal | Contact,
    insights: Insights,
    writer: Writer,
    parties: tuple[Link, ...],
) -> NoteBody:
    """What a note of a deal's or contact's file says; ``parties`` are those whom it names."""
    prose = writer.html(with_step_names(note) if note.steps else note.text, _LEVEL)
    tangibility = note.kind.tangibility
    return NoteBody(
        formats.day(note.date),
        formats.day_in_year(note.date),
        note.time.strftime("%H:%M") if note.time else "",
        kind_text(note, subject, insights),
        "" if tangibility is Tangibility.NEITHER else str(tangibility),
        note.direction,
        parties,
        note.by.name if note.by else "",
        note.by is not None and note.by == subject.owner,
        writer.line(note.headline),
        _field_facts(note.fields, insights.journal) if note.fields is not NO_FIELDS else (),
        prose.html,
        prose.plain,
    )


def with_step_names(note: Note) -> str:
    """A note's text that calls the steps it ticks by their names, for ids are no words."""
    lines = note.text.split("\n")
    for mark in note.steps:
        row = mark.span.line - note.text_line
        if 0 <= row < len(lines):
            box, bracket, rest = lines[row].partition("]")
            lines[row] = box + bracket + rest.replace(mark.step.id, _meant(mark.step.name), 1)
    return "\n".join(lines)


def kind_text(note: Note, subject: Deal | Contact, insights: Insights) -> str:
    """What kind of note of a deal's or contact's file it is, in words: ``Entered Solution
    design``, ``Statement of work``."""
    if note.stage is not None:
        verb = "Still in" if note.anchor in insights.restated[subject.id] else "Entered"
        return f"{verb} {note.stage.name}"
    if note.kind.role is KindRole.CHANGE:
        return "Change"
    return _words(note.kind.id)


@formats.kept
def _words(id: str) -> str:
    return id[:1].upper() + id[1:].replace("-", " ")


_MEANT = re.compile(r"([\\`*_~\[\]])")
"""What would mean something in Markdown, and can be written as itself."""


@formats.kept
def _meant(name: str) -> str:
    """A step's name so that Markdown takes it as it is."""
    return _MEANT.sub(r"\\\1", name)


_ASKED = {"customer": "the customer", "us": "us"}
_PLAIN = (
    ("value", "Value"),
    ("close", "Expected close"),
    ("probability", "Own probability"),
    ("category", "Category"),
    ("owner", "Owner"),
    ("override", "Gate passed because"),
    ("amount", "Amount"),
    ("services", "Services"),
    ("terms", "Terms"),
    ("deadline", "Deadline"),
    ("budget", "Budget"),
    ("due", "Due"),
    ("trigger", "Trigger"),
    ("learned", "The customer now knows"),
)


_PLAIN_FIELDS = attrgetter(*(name for name, _ in _PLAIN))


def _field_facts(fields: NoteFields, journal: Journal) -> tuple[Fact, ...]:
    found = [Fact("Asked for by", _ASKED[fields.asked_by])] if fields.asked_by else []
    for (name, label), value in zip(_PLAIN, _PLAIN_FIELDS(fields), strict=True):
        if value is not None and value != "":
            found.append(Fact(label, field_text(name, value)))
    if fields.level:
        found.append(Fact("Level", fields.level.replace("-", " ")))
    if fields.lost_reason:
        found.append(lost_because(fields.lost_reason, journal.schema))
    if fields.who:
        found.append(linked("Referred", contact_link(journal, fields.who, "../")))
    return tuple(found)


def field_text(name: str, value: object) -> str:
    """The value of a note's field, to be read."""
    match value:
        case bool():
            return yes_no(value)
        case Money():
            return formats.money(value)
        case dt.date():
            return formats.short_day(value)
        case Person():
            return value.name
        case Decimal() if name == "probability":
            return formats.percent(value)
    return str(value)
