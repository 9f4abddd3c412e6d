"""The lists of all deals and of all contacts that are shown, on as many pages as they need."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.pages.context import Context
from site_builder.pages.links import numbered
from site_builder.pages.page import PageKind
from site_builder.pages.paging import Paging
from site_builder.pages.sheet import Section, Sheet
from site_builder.pages.shown.tables import RULE, contacts_table, counted, deals_table
from site_builder.problems import counting

_PER_PAGE = 200
_DEALS, _CONTACTS = "deals", "contacts"


def deals(context: Context, number: int) -> Sheet:
    """A page of the list of deals, by stage where those are shown, and then by title."""
    every = context.once(in_order)
    paged = Paging(len(every), _PER_PAGE)
    table = deals_table(paged.part(every, number), context, "Deals")
    section = Section("list", paged.range(number) or "All deals", tables=(table,))
    return Sheet(
        "Deals",
        f"{counted(every, context)}.",
        (section,) if every else (),
        RULE,
        "No deals are shown.",
        paged.links(partial(numbered, _DEALS)),
        numbered(_DEALS, number),
    )


def contacts(context: Context, number: int) -> Sheet:
    """A page of the list of contacts, by name."""
    every = sorted(context.journal.contacts, key=lambda one: (one.name.casefold(), one.id))
    paged = Paging(len(every), _PER_PAGE)
    table = contacts_table(paged.part(every, number), context, "Contacts")
    section = Section("list", paged.range(number) or "All contacts", tables=(table,))
    return Sheet(
        "Contacts",
        f"{counting.count(len(every), 'contact')} of the deals shown.",
        (section,) if every else (),
        "",
        "No contacts are shown.",
        paged.links(partial(numbered, _CONTACTS)),
        numbered(_CONTACTS, number),
    )


def in_order(context: Context) -> tuple[Deal, ...]:
    """All deals by pipeline and stage, where those are shown, and by title."""
    places = {id(s): n for p in context.journal.schema.pipelines for n, s in enumerate(p.stages)}
    by_title = sorted(context.journal.deals, key=lambda deal: (deal.title.casefold(), deal.id))
    by_title.sort(key=lambda deal: (deal.pipeline.id, places[id(deal.stage)]))
    return tuple(by_title)


def _numbers(every: Sequence[Deal | Contact]) -> Sequence[int]:
    return Paging(len(every), _PER_PAGE).numbers


DEALS = PageKind(
    "deals",
    view=deals,
    keys=lambda context: _numbers(context.journal.deals),
    path=partial(numbered, _DEALS),
    is_sheet=True,
)
CONTACTS = PageKind(
    "contacts",
    view=contacts,
    keys=lambda context: _numbers(context.journal.contacts) if context.journal.contacts else (),
    path=partial(numbered, _CONTACTS),
    is_sheet=True,
)
