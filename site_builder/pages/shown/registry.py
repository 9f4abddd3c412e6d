"""Every page that an audience can be shown, in one place. A kind of page that is not here is shown
to none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from site_builder.insights.insights import Insights
from site_builder.journal.audience import Audience
from site_builder.journal.journal import Journal
from site_builder.markup import formats
from site_builder.pages import contact_notes, deal_notes, notfound, search_data
from site_builder.pages.context import Context
from site_builder.pages.frame import NavItem, SiteContext
from site_builder.pages.page import Page, PageKind, once
from site_builder.pages.shown import board, lists, overview, subject

_NOT_FOUND = PageKind(
    "notfound",
    view=lambda _context, _key: notfound.not_found(has_lists=False),
    keys=once,
    path=lambda _key: notfound.PATH,
)
# Each kind has keys of a type of its own.
SHOWN: tuple[tuple[PageKind[Any], str], ...] = (
    (overview.PAGE, "Overview"),
    (board.PAGE, "Board"),
    (lists.DEALS, "Deals"),
    (lists.CONTACTS, "Contacts"),
    (_NOT_FOUND, ""),
    (search_data.PAGE, ""),
    (subject.DEAL, "Deals"),
    (deal_notes.PAGE, "Deals"),
    (subject.CONTACT, "Contacts"),
    (contact_notes.PAGE, "Contacts"),
)
"""The kinds of pages, each with the entry of the navigation that its pages belong to."""
_ENTRIES = {
    "Overview": overview.PATH,
    "Board": board.FIRST,
    "Deals": "deals.html",
    "Contacts": "contacts.html",
}


def shown_pages(journal: Journal, audience: Audience, today: dt.date) -> tuple[Page, ...]:
    """All pages of an audience's site: ``journal`` is what it is shown."""
    return tuple(_pages(Context(Insights(journal, today), audience=audience)))


def shown_site(journal: Journal, pages: tuple[Page, ...], today: dt.date) -> SiteContext:
    """What all of them say."""
    paths = {page.path for page in pages}
    return SiteContext(
        name=journal.schema.name,
        day=today.isoformat(),
        day_text=formats.short_day(today),
        nav=tuple([NavItem(e, path, group=e) for e, path in _ENTRIES.items() if path in paths]),
        private=journal.schema.visibility != "public",
        is_part=True,
    )


def _pages(context: Context) -> Iterator[Page]:
    for kind, entry in SHOWN:
        for key in kind.keys(context):
            yield kind.page(context, key, _ENTRIES.get(entry, ""))
