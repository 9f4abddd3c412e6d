"""Further pages of a deal with very many notes."""

from __future__ import annotations

from site_builder.pages import reads
from site_builder.pages.note_paths import further_pages
from site_builder.pages.older_notes import older_notes
from site_builder.pages.page import PageKind

PAGE = PageKind(
    "deal_notes",
    view=lambda context, key: older_notes(context, context.journal.deals_by_id[key.id], key.number),
    keys=lambda context: further_pages(context.journal.deals),
    path=lambda key: f"deals/{key.file}",
    reads=lambda context, key: reads.with_named(context.journal.deals_by_id[key.id]),
    within="deals",
)
