"""Deals and contacts as rows of fields, for other programs: all fields, or those that an audience
is shown."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from site_builder.exchange.facts import VERSION, Json, plain
from site_builder.exchange.listed import harmless
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.field_types import TYPES_BY_NAME
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, attribute
from site_builder.journal.journal import Journal
from site_builder.journal.note import DatedText

Subject = Deal | Contact
ALL_FIELDS: Mapping[str, Sequence[str]] = {
    "deals": ("id", *DEAL_FIELDS, "summary"),
    "contacts": ("id", *CONTACT_FIELDS, "summary"),
}
"""The columns of what is exported, before those of the fields that pipelines have."""


def columns(what: str, journal: Journal, shown: Sequence[str] | None = None) -> tuple[str, ...]:
    """The columns: all that there are, or of those ``shown`` the ones that are no notes' alone."""
    own = tuple(journal.schema.own_fields) if what == "deals" else ()
    known = ALL_FIELDS[what]
    if shown is None:
        return (*known, *(name for name in own if name not in known))
    of_notes = set(shown) - set(known) - {e.field.name for d in journal.deals for e in d.extras}
    return ("id", *(name for name in shown if name != "id" and name not in of_notes))


def as_csv(subjects: Iterable[Subject], names: Sequence[str]) -> str:
    """A row for each, for a spreadsheet, in which no cell is run as a formula; values are written
    as in the files, and those of a list with commas between them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    for subject in subjects:
        cells = [_written(value(subject, name), subject, name) for name in names]
        writer.writerow([harmless(cell) for cell in cells])
    return text.getvalue()


def as_facts(
    what: str, subjects: Iterable[Subject], names: Sequence[str], today: dt.date
) -> dict[str, Json]:
    """The same in values that JSON has, by the names of the fields; those without a value are
    null."""
    rows: list[Json] = [{name: _plain(value(one, name)) for name in names} for one in subjects]
    return {"version": VERSION, "today": today.isoformat(), what: rows}


# Of which type a value is depends on its field.
def value(subject: Subject, name: str) -> Any:
    """The value of a field as the files have it; None where there is none."""
    if name == "source" and isinstance(subject, Deal) and subject.referral:
        return f"referral {subject.referral}"
    found: Any = None
    if name in ALL_FIELDS["deals" if isinstance(subject, Deal) else "contacts"]:
        found = getattr(subject, attribute(name))
    elif isinstance(subject, Deal):
        found = next((e.value for e in subject.extras if e.field.name == name), None)
    return None if found == "" else getattr(found, "id", None) or found


def _written(found: Any, subject: Subject, name: str) -> str:
    if found is None or isinstance(found, str):
        return found or ""
    if isinstance(found, tuple):
        return ", ".join(_written(one, subject, name) for one in found)
    return _writer(subject, name)(found)


def _writer(subject: Subject, name: str) -> Callable[[Any], str]:
    known = DEAL_FIELDS if isinstance(subject, Deal) else CONTACT_FIELDS
    if name in known:
        return TYPES_BY_NAME[known[name].type].write
    extras = subject.extras if isinstance(subject, Deal) else ()
    type = next(extra.field.type for extra in extras if extra.field.name == name)
    return TYPES_BY_NAME[type].write


def _plain(found: Any) -> Json:
    match found:
        case tuple():
            return [_plain(one) for one in found]
        case DatedText():
            return {"date": found.date.isoformat(), "text": found.text}
        case Participant():
            return {"id": found.contact, "role": found.role}
    return plain(found)
