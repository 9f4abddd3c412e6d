"""The page that a host shows for an address that leads nowhere."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NotFound:
    """What the page says. Its links are relative to the site's root, the only place from
    which a static page can lead: below a folder they lead nowhere, hence the advice."""

    answer: str


def not_found() -> NotFound:
    return NotFound("No page has this address: the deal or contact may have been renamed.")
