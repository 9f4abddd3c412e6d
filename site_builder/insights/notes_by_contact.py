"""Which notes of a journal are about whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import NamedTuple

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.history import Moment, moments
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import WHATEVER, KindRole
from site_builder.journal.note import Note


class Mention(NamedTuple):
    """A note, and the deal or contact in whose file it stands.

    ``when`` sorts the oldest first, those of one minute by the paths of their files, and those
    of one file as they stand there.
    """

    note: Note
    subject: Deal | Contact
    when: tuple[Moment, str, int]


class _Lists(dict[tuple[str, ...], list[list[Mention]]]):
    """The lists of mentions that a note belongs in, by the ids that it names: those of these
    contacts and of their companies. Few notes name others than a note before them."""

    def __init__(self, contacts: Mapping[str, Contact]) -> None:
        super().__init__()
        self._contacts = contacts
        self.by_id: dict[str, list[Mention]] = {}

    def __missing__(self, ids: tuple[str, ...]) -> list[list[Mention]]:
        known = [id for id in ids if id in self._contacts]
        companies = [c for id in known if (c := self._contacts[id].company)]
        lists = [self.by_id.setdefault(id, []) for id in dict.fromkeys(known + companies)]
        self[ids] = lists
        return lists


def mentions(journal: Journal) -> Mapping[str, tuple[Mention, ...]]:
    """The notes about each contact, by its id, oldest first: those of its own file, those of
    deals that name it and, for a company, those that name its people. An exchange that names
    nobody, but not a mere `note`, is with the deal's main contact and company."""
    found = mentions_of(journal.subjects, journal)
    return {id: tuple(sorted(notes, key=_WHEN)) for id, notes in found.items()}


def mentions_of(
    subjects: Iterable[Deal | Contact], journal: Journal
) -> Mapping[str, list[Mention]]:
    """The notes of some files about each contact of a journal, file by file."""
    lists = _Lists(journal.contacts_by_id)
    for one in subjects:
        if isinstance(one, Deal):
            _mention(one, _about(one), lists)
        elif one.notes:
            _mention(one, [(one.id,)] * len(one.notes), lists)
    return lists.by_id


def _mention(subject: Deal | Contact, about: list[tuple[str, ...]], lists: _Lists) -> None:
    """Add the notes of one file to the lists of those whom they are about."""
    rows = zip(subject.notes, about, moments(subject.notes), strict=True)
    for place, (note, ids, moment) in enumerate(rows):
        if wanted := lists[ids]:
            mention = Mention(note, subject, (moment, subject.path, place))
            for found in wanted:
                found.append(mention)


def _about(deal: Deal) -> list[tuple[str, ...]]:
    """The ids of those whom each note of a deal is about."""
    main = tuple([id for id in (deal.main_contact, deal.company) if id])
    return [
        note.parties
        or (main if note.kind.role is KindRole.EXCHANGE and note.kind.id != WHATEVER else ())
        for note in deal.notes
    ]


_WHEN = attrgetter("when")
