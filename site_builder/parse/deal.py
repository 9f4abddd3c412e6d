"""Documents to deals.

What can't be understood is reported and left out, so that nothing later meets bad data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from site_builder.journal.deal import Deal, Extra, Participant
from site_builder.journal.fields import DEAL_FIELDS, DEAL_REQUIRED
from site_builder.journal.team import Person
from site_builder.parse.fields import LOST_NOTES, gaps_in, read_fields
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
    front = cast("DealFront", found)  # for each value is of its field's type
    contacts = _each_once(reading, front.get("contacts", ()))
    notes, lacks_notes = read_notes(reading)
    summary_look_alikes(reading)
    gaps = gaps_in(reading, found, DEAL_REQUIRED)
    source, referred_by = _source(reading, front)
    pipeline = reading.pipeline or next(iter(reading.schema.pipelines), None)
    if pipeline is None:
        return None
    return Deal(
        id=id,
        path=document.path,
        title=front.get("title", id),
        owner=front.get("owner", _NOBODY),
        pipeline=pipeline,
        stage=front.get("stage") or pipeline.first_open,
        company=front.get("company", ""),
        contacts=contacts,
        value=front.get("value"),
        probability=front.get("probability"),
        category=front.get("category"),
        close=front.get("close"),
        created=front.get("created"),
        source=source,
        referral=referred_by,
        channel=front.get("channel", ""),
        next=front.get("next"),
        wake=front.get("wake"),
        renews=front.get("renews"),
        need=front.get("need"),
        want=front.get("want"),
        their_win=front.get("their-win", ""),
        our_win=front.get("our-win", ""),
        lost_reason=front.get("lost-reason", ""),
        tags=front.get("tags", ()),
        extras=_extras(reading, found),
        summary=document.summary,
        summary_line=document.summary_line,
        notes=notes,
        spans=reading.spans,
        gaps=gaps,
        lacks_notes=lacks_notes or reading.has_told_headings or LOST_NOTES in gaps,
        nearly_said=frozenset(reading.nearly_said),
    )


def _fields(reading: Reading) -> dict[str, Any]:
    if reading.pipeline is None:
        return read_fields(reading, DEAL_FIELDS, NO_MEANINGS)
    known, id = reading.known, reading.pipeline.id
    return read_fields(reading, known.fields[id], known.meanings[id])


def _extras(reading: Reading, found: dict[str, Any]) -> tuple[Extra, ...]:
    """The fields that the pipeline declares."""
    own = reading.pipeline.fields if reading.pipeline else ()
    return tuple([Extra(f, found[f.name]) for f in own if f.name in found])


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


def _source(reading: Reading, front: DealFront) -> tuple[str, str]:
    """Where the deal comes from, and the contact that referred it."""
    text = front.get("source", "")
    if text[:1] in ("r", "R", "["):
        node = reading.document.front.get("source")
        if isinstance(node, Scalar):
            return referral(reading, text, node)
    return text, ""
