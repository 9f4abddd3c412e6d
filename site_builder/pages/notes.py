"""Notes as lines of a timeline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from site_builder.insights.notes_by_contact import Mention
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.pages.context import Context
from site_builder.pages.links import Link, subject_link
from site_builder.pages.note_body import Gist, NoteBody
from site_builder.pages.note_paths import note_path, paging


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


def own_timeline(
    subject: Deal | Contact, context: Context, number: int = 1
) -> tuple[NoteLine, ...]:
    """The notes of a deal's or contact's own file that stand on a page of it, newest first."""
    notes = paging(subject).part(subject.notes[::-1], number)
    return tuple([NoteLine(note.anchor, context.body_of(note, subject)) for note in notes])


def mixed_timeline(
    mentions: Sequence[Mention], contact: Contact, context: Context
) -> tuple[NoteLine, ...]:
    """Notes of several files, newest first: those of the contact's own file whole, with their
    anchors; of the others what they begin with, and a link to where they stand."""
    lines = []
    for note, subject, _ in reversed(mentions):
        body = context.body_of(note, subject)
        if subject is contact:
            lines.append(NoteLine(note.anchor, body))
        else:
            home, gist = subject_link(subject, "../"), context.gist_of(note, subject)
            path = note_path(subject, note, "../")
            lines.append(NoteLine(note.anchor, body, home, gist, path))
    return tuple(lines)
