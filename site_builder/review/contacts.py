"""What a change does to contacts: who came and went, what is told of them, and which rungs they
climbed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from site_builder.journal.contact import Contact
from site_builder.journal.journal import Journal
from site_builder.journal.ladder import rungs_reached
from site_builder.review.deals import What
from site_builder.review.fields import FieldChange, field_changes
from site_builder.review.notes import NoteChange, note_changes
from site_builder.review.sides import Renames


class ContactChange(NamedTuple):
    """What became of a contact. ``was`` is its id before where that was another."""

    id: str
    what: What
    was: str | None
    before: Contact | None
    after: Contact | None
    fields: tuple[FieldChange, ...]
    notes: tuple[NoteChange, ...]

    @property
    def contact(self) -> Contact:
        """The contact as it is now, or was."""
        contact = self.after or self.before
        assert contact is not None
        return contact


class Climb(NamedTuple):
    """The highest rung of a contact, ``from`` it or ``to`` it, before and after; None where there
    was none."""

    contact: str
    direction: str
    before: str | None
    after: str | None
    up: bool


def contact_change(
    before: Contact | None, after: Contact | None, names: Renames
) -> ContactChange | None:
    """What became of a contact; None of one that is as it was."""
    contact = after or before
    if contact is None:
        return None
    notes = note_changes(before, after, names)
    if before is None or after is None:
        what: What = "removed" if after is None else "added"
        return ContactChange(contact.id, what, None, before, after, (), notes)
    fields = field_changes(before, after, names)
    if before.id != after.id:
        return ContactChange(after.id, "renamed", before.id, before, after, fields, notes)
    if not (fields or notes):
        return None
    return ContactChange(after.id, "changed", None, before, after, fields, notes)


def climbs(before: Journal, after: Journal, names: Renames) -> Iterator[Climb]:
    """Whose highest rung is another, by contact, of those that are in both or new."""
    height = {rung: number for number, rung in enumerate(after.schema.rungs)}
    was = {(names.contact(id), way): rung for (id, way), rung in rungs_reached(before).items()}
    now = rungs_reached(after)
    for id, way in sorted({*was, *now}):
        old, new = was.get((id, way)), now.get((id, way))
        if old != new and id in after.contacts_by_id:
            is_up = height.get(new or "", -1) > height.get(old or "", -1)
            yield Climb(id, way, old, new, is_up)
