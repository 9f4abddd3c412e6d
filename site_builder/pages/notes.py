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


class NoteLine(NamedTuple):
    """One note of a timeline.

    ``anchor`` is its id on the page it belongs to. ``home`` leads to that page, unless it is
    the one the timeline is on; of a note of another page only the ``gist`` is shown.
    """

    anchor: str
    body: NoteBody
    home: Link | None = None
    gist: Gist | None = None


def own_timeline(subject: Deal | Contact, context: Context) -> tuple[NoteLine, ...]:
    """The notes of a deal's or contact's own file, newest first."""
    return tuple(
        [NoteLine(note.anchor, context.body_of(note, subject)) for note in reversed(subject.notes)]
    )


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
            lines.append(NoteLine(note.anchor, body, home, gist))
    return tuple(lines)
