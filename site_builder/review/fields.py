"""Fields of a deal or contact before a change and after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Extra, Participant
from site_builder.journal.field_types import written_duration
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, attribute
from site_builder.journal.money import Money
from site_builder.journal.note import DatedText
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.team import Person
from site_builder.review.sides import Renames

Value = Money | Decimal | dt.date | str | bool | None
STATE = ("value", "close", "probability", "category", "owner")
"""What sums are made of, and who answers for it."""


class FieldChange(NamedTuple):
    """A field that is not what it was; None where it is empty."""

    field: str
    before: Value
    after: Value


def field_changes(
    before: Deal | Contact, after: Deal | Contact, names: Renames
) -> tuple[FieldChange, ...]:
    """The fields that are not what they were, but for a deal's stage; those of state first."""
    was, now = dict(_fields(before, names)), dict(_fields(after, _AS_THEY_ARE))
    was["summary"], now["summary"] = _words(names.in_text(before.summary)), _words(after.summary)
    order = dict.fromkeys([*STATE, *was, *now])
    changes = (FieldChange(name, was.get(name), now.get(name)) for name in order)
    return tuple(change for change in changes if change.before != change.after)


_AS_THEY_ARE = Renames({}, {})


def _fields(subject: Deal | Contact, names: Renames) -> Iterator[tuple[str, Value]]:
    known = DEAL_FIELDS if isinstance(subject, Deal) else CONTACT_FIELDS
    for name in known:
        if name in ("stage", "type"):
            continue
        if name == "source" and isinstance(subject, Deal):
            by = names.either(subject.referral)
            said = f"referral {by}" if subject.referral else subject.source
            yield name, said or None
            continue
        named = name in ("company", "introduced-by")
        value = getattr(subject, attribute(name))
        yield name, (names.contact(value) or None) if named else plain(value, names.contact)
    if isinstance(subject, Contact):
        yield "type", subject.type
        return
    for extra in subject.extras:
        yield extra.field.name, _of_extra(extra, names)


def _of_extra(extra: Extra, names: Renames) -> Value:
    value = plain(extra.value)
    if extra.field.type == "deal" and isinstance(value, str):
        return names.deals.get(value, value)
    if extra.field.type == "contact" and isinstance(value, str):
        return names.contact(value)
    return value


# What a field holds is `Any`: which type it has depends on the name.
def plain(value: Any, now: Callable[[str], str] = str) -> Value:
    """A value of a field without its place; a list as one text."""
    if isinstance(value, tuple):
        return ", ".join(str(plain(one, now)) for one in value) or None
    for kind, write in _WRITTEN.items():
        if isinstance(value, kind):
            return write(value)
    if isinstance(value, Participant):
        return f"{now(value.contact)} {value.role}".strip()
    if value is None or value == "":
        return None
    assert isinstance(value, Money | Decimal | dt.date | str | bool)
    return value


_WRITTEN: Mapping[type, Callable[[Any], str]] = {
    Person: lambda person: str(person.id),
    Pipeline: lambda pipeline: str(pipeline.id),
    DatedText: lambda dated: f"{dated.date} {dated.text}",
    dt.timedelta: written_duration,
}


def _words(text: str) -> str | None:
    return " ".join(text.split()) or None
