"""Audiences: who is shown a part of a journal, and which part."""

from __future__ import annotations

from dataclasses import dataclass, field

from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, KIND_FIELDS
from site_builder.journal.note_spans import NOWHERE
from site_builder.problems.problem import Span

_ALIKE = ("id", "summary")
_OF_NOTES = tuple([name for group in KIND_FIELDS.values() for name in group])
SHOWN_OF_DEALS = tuple(dict.fromkeys([*DEAL_FIELDS, *_ALIKE, *_OF_NOTES]))
SHOWN_OF_CONTACTS = tuple(dict.fromkeys([*CONTACT_FIELDS, *_ALIKE, *_OF_NOTES]))
"""What can be shown, beside the fields that pipelines give their deals: fields of front matter, the
`id`, the text above the notes (`summary`), and what notes say in fields."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Readers of a part of a journal: the fields of ``deals`` and ``contacts`` that they are shown,
    and whether the notes. Of deals they are shown those that ``where`` means, or all; without
    fields none. One that is not ``is_sound`` has something in it that could not be read, so that
    nobody knows what they are to be shown."""

    id: str
    deals: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    notes: bool = False
    where: str = ""
    where_span: Span = field(default=NOWHERE, compare=False)
    is_sound: bool = True
    span: Span = field(default=NOWHERE, compare=False)


EVERYBODY = Audience("")
"""Those who are shown the journal itself."""
