"""The page that a host shows for an address that leads nowhere."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.pages.links import Link
from site_builder.pages.page import PageKind, once


@dataclass(frozen=True, slots=True)
class NotFound:
    """What the page says. Its links are relative to the site's root, the only place from
    which a static page can lead: below a folder they lead nowhere, hence the advice."""

    answer: str
    links: tuple[Link, ...]


def not_found(has_lists: bool = True) -> NotFound:
    """The page; a journal that could not be understood has no lists to lead to."""
    lists = (Link("list of deals", "deals.html"), Link("list of contacts", "contacts.html"))
    return NotFound(
        "No page has this address: the deal or contact may have been renamed.",
        (Link("start page", "index.html"), *(lists if has_lists else ())),
    )


PATH = "404.html"
PAGE = PageKind(
    "notfound",
    view=lambda _context, _key: not_found(),
    keys=once,
    path=lambda _key: PATH,
    begins=(PATH,),
)
