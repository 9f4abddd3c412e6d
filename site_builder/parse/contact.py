"""Documents to contacts.

What can't be understood is reported and left out, so that nothing later meets bad data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from site_builder.journal.contact import Contact
from site_builder.journal.fields import CONTACT_FIELDS, CONTACT_REQUIRED
from site_builder.parse.fields import LOST_NOTES, by_attribute, gaps_in, read_fields
from site_builder.parse.near_notes.look_alikes import summary_look_alikes
from site_builder.parse.notes import read_notes
from site_builder.parse.reading import CONTACT_FILE, Reading
from site_builder.parse.referents import Referents
from site_builder.problems.suggest import nearest
from site_builder.source.document import Document
from site_builder.source.yaml_nodes import Report, Scalar

if TYPE_CHECKING:
    from site_builder.parse.fronts import ContactFront


def parse_contact(document: Document, id: str, known: Referents, report: Report) -> Contact:
    """The contact a document describes, perhaps with gaps."""
    reading = Reading(document, CONTACT_FILE, known, report, id)
    found = read_fields(reading, CONTACT_FIELDS, known.contact_meanings)
    front, type = _front(found)
    reading.has_level = type == "company" or (type is None and "type" in reading.spans)
    notes, lacks_notes = read_notes(reading)
    summary_look_alikes(reading)
    gaps = gaps_in(reading, found, CONTACT_REQUIRED)
    if front.get("company") == id:
        front["company"] = _itself(reading, "company")
    if front.get("introduced_by") == id:
        front["introduced_by"] = _itself(reading, "introduced-by")
    if "level" in front and type != "company":
        front["level"] = _no_level(reading, is_person=type is not None)
    front.setdefault("name", id)
    return Contact(
        id=id,
        path=document.path,
        **front,
        is_company=_is_company(reading, type),
        summary=document.summary,
        summary_line=document.summary_line,
        notes=notes,
        spans=reading.spans,
        gaps=gaps,
        lacks_notes=lacks_notes or reading.has_told_headings or LOST_NOTES in gaps,
        nearly_said=frozenset(reading.nearly_said),
    )


def _front(found: Mapping[str, Any]) -> tuple[ContactFront, str | None]:
    """The fields that a contact has as they are, and its type."""
    front = by_attribute(found)
    type = front.pop("type", None)
    return cast("ContactFront", front), type  # for each value is of its field's type


def _itself(reading: Reading, name: str) -> str:
    """Report a field that names this contact itself; nobody in its place."""
    reading.invalid(
        f"`{reading.own_id}` is this contact itself.",
        f"Name another contact as `{name}`, or leave it empty.",
        reading.spans[name],
    )
    return ""


def _no_level(reading: Reading, *, is_person: bool) -> str:
    """Report the level of a person, unless the type is wrong itself; none in its place."""
    if not reading.has_level:
        reading.invalid(
            "Only companies have a level.",
            f"{'Write' if is_person else 'Add'} `type: company` where this is one; "
            "a person's level is their company's.",
            reading.spans["level"],
        )
    return ""


def _is_company(reading: Reading, type: str | None) -> bool:
    """Whether it is one, or was meant to be: so nothing follows from a misspelt type."""
    if type is not None or "type" not in reading.spans:
        return type == "company"
    node = reading.document.front.get("type")
    return not (isinstance(node, Scalar) and nearest(node.text, ("person",)))
