"""Documents to deals.

What can't be understood is reported and left out, so that nothing later meets bad data.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from site_builder.journal.deal import Deal, Extra, Participant
from site_builder.journal.fields import DEAL_FIELDS, DEAL_REQUIRED
from site_builder.journal.team import Person
from site_builder.parse.fields import LOST_NOTES, by_attribute, gaps_in, read_fields
from site_builder.parse.near_notes.look_alikes import summary_look_alikes
from site_builder.parse.notes import read_notes
from site_builder.parse.pipeline_of_deal import pipeline_of
from site_builder.parse.plain_values import NO_MEANINGS
from site_builder.parse.reading import DEAL_FILE, Reading
from site_builder.parse.referents import Referents
from site_builder.parse.referrals import referral
from site_builder.source.document import Document
from site_builder.source.links import first_id
from site_builder.source.yaml_nodes import Listing, Report, Scalar

if TYPE_CHECKING:
    from site_builder.parse.fronts import DealFront

_NOBODY = Person("", "nobody")


def parse_deal(document: Document, id: str, known: Referents, report: Report) -> Deal | None:
    """The deal a document describes, perhaps with gaps; None where there are no pipelines."""
    reading = Reading(document, DEAL_FILE, known, report)
    reading.pipeline = pipeline_of(reading)
    found = _fields(reading)
    front, extras = _front(reading, found)
    if "contacts" in front:
        front["contacts"] = _each_once(reading, front["contacts"])
    notes, lacks_notes = read_notes(reading)
    summary_look_alikes(reading)
    gaps = gaps_in(reading, found, DEAL_REQUIRED)
    if "source" in front:
        front["source"], front["referral"] = _source(reading, front["source"])
    if not _is_placed(reading, front):
        return None
    front.setdefault("title", id)
    front.setdefault("owner", _NOBODY)
    return Deal(
        id=id,
        path=document.path,
        **front,
        extras=extras,
        summary=document.summary,
        summary_line=document.summary_line,
        notes=notes,
        spans=reading.spans,
        gaps=gaps,
        lacks_notes=lacks_notes or reading.has_told_headings or LOST_NOTES in gaps,
        nearly_said=frozenset(reading.nearly_said),
    )


def _is_placed(reading: Reading, front: DealFront) -> bool:
    """Whether there is a pipeline for the deal: in what is not said, its own or the first counts,
    and the first stage of that."""
    pipeline = reading.pipeline or next(iter(reading.schema.pipelines), None)
    if pipeline is None:
        return False
    front["pipeline"] = pipeline
    if "stage" not in front:
        front["stage"] = pipeline.first_open
    return True


def _front(reading: Reading, found: Mapping[str, Any]) -> tuple[DealFront, tuple[Extra, ...]]:
    """The fields that every deal has, and those that the pipeline declares."""
    own = reading.pipeline.fields if reading.pipeline else ()
    rest = dict(found)
    extras = tuple([Extra(f, rest.pop(f.name)) for f in own if f.name in rest])
    # The cast holds, for each value is of its field's type.
    return cast("DealFront", by_attribute(rest)), extras


def _fields(reading: Reading) -> dict[str, Any]:
    if reading.pipeline is None:
        return read_fields(reading, DEAL_FIELDS, NO_MEANINGS)
    known, id = reading.known, reading.pipeline.id
    return read_fields(reading, known.fields[id], known.meanings[id])


def _each_once(reading: Reading, contacts: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Each contact once; a second time is reported."""
    if len(contacts) < 2 or len(contacts) == len({c.contact for c in contacts}):
        return contacts
    node = reading.document.front.get("contacts")
    seen: set[str] = set()
    for item in node.items if isinstance(node, Listing) else ():
        id = first_id(item.text).id if isinstance(item, Scalar) else ""
        if id in seen:
            reading.invalid(
                f"`{id}` stands twice in `contacts`.",
                "Name each contact once; a role can have several words.",
                item.span,
            )
        seen.add(id)
    return tuple({c.contact: c for c in reversed(contacts)}.values())[::-1]


def _source(reading: Reading, text: str) -> tuple[str, str]:
    """Where the deal comes from, and the contact that referred it."""
    if text[:1] in ("r", "R", "["):
        node = reading.document.front.get("source")
        if isinstance(node, Scalar):
            return referral(reading, text, node)
    return text, ""
