"""Documents to contacts.

What can't be understood is reported and left out, so that nothing later meets bad data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from site_builder.journal.contact import Contact
from site_builder.journal.fields import CONTACT_FIELDS, CONTACT_REQUIRED
from site_builder.parse.fields import LOST_NOTES, gaps_in, read_fields
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
    front = cast("ContactFront", found)  # for each value is of its field's type
    is_company = front.get("type") == "company"
    reading.has_level = is_company or ("type" in reading.spans and "type" not in front)
    notes, lacks_notes = read_notes(reading)
    summary_look_alikes(reading)
    gaps = gaps_in(reading, found, CONTACT_REQUIRED)
    return Contact(
        id=id,
        path=document.path,
        name=front.get("name", id),
        is_company=_is_company(reading, front),
        company=_other(reading, "company", front.get("company", "")),
        role=front.get("role", ""),
        email=front.get("email", ""),
        phone=front.get("phone", ""),
        social=front.get("social", ()),
        website=front.get("website", ""),
        status=front.get("status", ""),
        level=_level(reading, front),
        introduced_by=_other(reading, "introduced-by", front.get("introduced-by", "")),
        owner=front.get("owner"),
        touch_every=front.get("touch-every"),
        milestones=front.get("milestones", ()),
        tags=front.get("tags", ()),
        summary=document.summary,
        summary_line=document.summary_line,
        notes=notes,
        spans=reading.spans,
        gaps=gaps,
        lacks_notes=lacks_notes or reading.has_told_headings or LOST_NOTES in gaps,
        nearly_said=frozenset(reading.nearly_said),
    )


def _other(reading: Reading, name: str, id: str) -> str:
    """The contact that a field names, if that is not this one itself, which is reported."""
    if id != reading.own_id:
        return id
    reading.invalid(
        f"`{id}` is this contact itself.",
        f"Name another contact as `{name}`, or leave it empty.",
        reading.spans[name],
    )
    return ""


def _level(reading: Reading, front: ContactFront) -> str:
    """The level of a company; that of a person is reported, unless its type is wrong itself."""
    level = front.get("level", "")
    if not level or front.get("type") == "company":
        return level
    if not reading.has_level:
        reading.invalid(
            "Only companies have a level.",
            f"{'Write' if 'type' in front else 'Add'} `type: company` where this is one; "
            "a person's level is their company's.",
            reading.spans["level"],
        )
    return ""


def _is_company(reading: Reading, front: ContactFront) -> bool:
    """Whether it is one, or was meant to be: so nothing follows from a misspelt type."""
    if "type" in front or "type" not in reading.spans:
        return front.get("type") == "company"
    node = reading.document.front.get("type")
    return not (isinstance(node, Scalar) and nearest(node.text, ("person",)))
