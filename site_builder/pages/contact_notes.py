"""Further pages of a contact with very many notes."""

from __future__ import annotations

from site_builder.pages import reads
from site_builder.pages.note_paths import further_pages
from site_builder.pages.older_notes import older_notes
from site_builder.pages.page import PageKind

PAGE = PageKind(
    "contact_notes",
    view=lambda context, key: older_notes(
        context, context.journal.contacts_by_id[key.id], key.number
    ),
    keys=lambda context: further_pages(context.journal.contacts),
    path=lambda key: f"contacts/{key.file}",
    reads=lambda context, key: reads.with_named(context.journal.contacts_by_id[key.id]),
    within="contacts",
)
