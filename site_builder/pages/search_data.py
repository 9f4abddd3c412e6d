"""What the search of the site looks through: deals, contacts and their notes, as data for scripts
in files by a digest of their names, so that a changed file changes one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple
from zlib import crc32

from site_builder.insights.named import name_of
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.note import Note
from site_builder.pages.context import Context
from site_builder.pages.data import Data, Plain, trimmed
from site_builder.pages.note_body import with_step_names
from site_builder.pages.note_paths import note_path
from site_builder.pages.page import PageKind

SHARES = 16
"""How many files there are."""
NOTE, NOTES = 1_000, 20_000
"""So many characters of a note are searched, and of all notes of a file, the newest first."""
_FOLDER = "search/"


class Share(NamedTuple):
    """One of the files, and the deals and contacts that it is of, ``deals/acme``."""

    number: int
    names: tuple[str, ...]


def share_of(name: str) -> str:
    """The file that a deal or contact is in, without its ending: ``search/07``."""
    return _name(crc32(name.encode()) % SHARES)


def is_share(name: str) -> bool:
    """Whether a name is that of such a file."""
    return name.startswith(_FOLDER)


def share_path(share: str) -> str:
    """Its address."""
    return f"{share}.js"


def search_data(context: Context, share: Share) -> Data:
    """What one of the files says."""
    journal = context.journal
    rows = []
    for name in share.names:
        folder, _, id = name.partition("/")
        by_id = journal.deals_by_id if folder == "deals" else journal.contacts_by_id
        rows.append(_row(by_id[id]))
    return Data(_name(share.number), tuple(rows))


def _row(subject: Deal | Contact) -> Plain:
    """Its name, what it is called, whom it names, words about it, its phone, and its notes with the
    summary before them."""
    words = _of_deal(subject) if isinstance(subject, Deal) else _of_contact(subject)
    return trimmed(
        (
            name_of(subject),
            subject.title if isinstance(subject, Deal) else subject.name,
            subject.people if isinstance(subject, Deal) else _company(subject),
            " ".join(filter(None, (*words, *subject.tags))),
            "" if isinstance(subject, Deal) else subject.phone,
            subject.summary[:NOTE],
            tuple(_notes(subject)),
        )
    )


def _of_deal(deal: Deal) -> tuple[str, ...]:
    return (
        deal.next.text if deal.next else "",
        deal.source,
        deal.channel,
        deal.their_win,
        deal.our_win,
    )


def _of_contact(contact: Contact) -> tuple[str, ...]:
    return (contact.role, contact.email, contact.website, *contact.social)


def _company(contact: Contact) -> tuple[str, ...]:
    return (contact.company,) if contact.company else ()


def _notes(subject: Deal | Contact) -> Iterator[Plain]:
    """Day, kind, headline and text of the newest notes, and where a note is where its anchor does
    not follow from its day."""
    room = NOTES
    for note in reversed(subject.notes):
        text = with_step_names(note)[:NOTE]
        room -= len(text) + len(note.headline)
        if room < 0:
            return
        if text or note.headline:
            place = _place(subject, note)
            yield trimmed((note.date.isoformat(), note.kind.id, note.headline, text, place))


def _place(subject: Deal | Contact, note: Note) -> str:
    path = note_path(subject, note).removeprefix(f"{name_of(subject)}.html")
    return "" if path == f"#note-{note.date}" else path


def _name(number: int) -> str:
    return f"{_FOLDER}{number:02}"


def _shares(context: Context) -> Iterator[Share]:
    found = defaultdict[str, list[str]](list)
    for subject in context.journal.subjects:
        name = name_of(subject)
        found[share_of(name)].append(name)
    for number in range(SHARES):
        yield Share(number, tuple(sorted(found[_name(number)])))


PAGE = PageKind(
    "search-data",
    view=search_data,
    keys=_shares,
    path=lambda share: share_path(_name(share.number)),
    reads=lambda _context, share: frozenset(share.names),
    is_file=True,
)
