"""Facts in words: a label and what it says, a text or links."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from site_builder.journal.deal import Extra
from site_builder.journal.field_types import TYPES_BY_NAME
from site_builder.journal.journal import Journal
from site_builder.journal.schema import Schema
from site_builder.markup import formats
from site_builder.pages.links import (
    Link,
    address_link,
    contact_link,
    deal_path,
    email_link,
    phone_link,
)


class Fact(NamedTuple):
    """A label and what it says, a text or links; ``aside`` is said more quietly behind it, or as
    the status of the code ``state``."""

    label: str
    text: str
    aside: str = ""
    links: tuple[Link, ...] = ()
    state: str = ""


_TEXT = attrgetter("text")


def linked(label: str, *links: Link, aside: str = "") -> Fact:
    """A fact of links."""
    return Fact(label, "", aside, links)


def filled(facts: Sequence[Fact | None]) -> tuple[Fact, ...]:
    """The facts that say something."""
    return tuple([f for f in facts if f is not None and (f.text or any(map(_TEXT, f.links)))])


_LINKS = {"url": address_link, "email": email_link, "phone": phone_link}
"""How texts of these types become links."""
# Of which type a value is depends on that of its field.
_SHOWN: Mapping[str, Callable[[Any], str]] = {
    "money": formats.money,
    "percent": formats.percent,
    "date": formats.short_day,
    "person": attrgetter("name"),
}
"""What values of these types are in words."""


def extra_fact(extra: Extra, journal: Journal, up: str) -> Fact:
    """A field that the pipeline defines, written by its type."""
    label, value, type = extra.field.label or extra.field.name, extra.value, extra.field.type
    if not isinstance(value, str):
        return Fact(label, _value_text(value, type))
    if type == "contact":
        return linked(label, contact_link(journal, value, up))
    if type == "deal" and value in journal.deals_by_id:
        deal = journal.deals_by_id[value]
        return linked(label, Link(deal.title, up + deal_path(deal)))
    link = _LINKS.get(type)
    return linked(label, link(value)) if link else Fact(label, value)


def _value_text(value: Any, type: str) -> str:
    """A value as its type is shown: as it is written, where there is no more to it."""
    return _SHOWN.get(type, TYPES_BY_NAME[type].write)(value)


def lost_because(reason: str, schema: Schema) -> Fact:
    """Why a deal was lost, by the name of the reason."""
    other = reason.capitalize() if reason == "other" else reason
    return Fact("Lost because", schema.lost_reasons.get(reason, other))


def yes_no(value: bool | None) -> str:
    """``yes`` or ``no``; nothing where nothing is known."""
    return "" if value is None else "yes" if value else "no"
