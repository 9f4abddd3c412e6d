"""What an import map says of notes, with every mistake reported at its place."""

from __future__ import annotations

from site_builder.exchange.map.mapping import NoteMap, Origin
from site_builder.exchange.map.origin_reader import origins_of, read_origin, read_when
from site_builder.journal import values
from site_builder.journal.fields import COMPANY_STATE_FIELDS, NOTE_FIELDS, STATE_FIELDS
from site_builder.parse import mappings
from site_builder.parse.mappings import Entries
from site_builder.parse.reader import Reader
from site_builder.source.yaml_nodes import Listing, Mapping, Node

_NOTE = (
    "date", "time", "kind", "stage", "to", "from", "with", "by", "headline", "text", "key", "when",
)  # fmt: skip


def read_notes(reader: Reader, e: Entries, is_deal: bool) -> tuple[NoteMap, ...]:
    """The notes that a row makes; what is wrong is reported and left out."""
    if "notes" not in e:
        return ()
    node = e["notes"].value
    if not isinstance(node, Listing):
        reader.invalid(
            "`notes` takes a list.",
            "Write each kind of note as `- date: COLUMN` below it.",
            node.span,
        )
        return ()
    made = (read_note(reader, each, is_deal, False) for each in node.items)
    return tuple(note for note in made if note is not None)


def read_note(reader: Reader, node: Node, is_deal: bool, is_stage: bool) -> NoteMap | None:
    """A note that a row makes; None, reported, where it can't be told which."""
    if not isinstance(node, Mapping):
        reader.invalid(
            "A note is a list of its parts.",
            "Write `date: COLUMN` and so on, indented below it.",
            node.span,
        )
        return None
    allowed = (
        tuple(n for n in NOTE_FIELDS if n not in COMPANY_STATE_FIELDS)
        if is_deal
        else tuple(n for n in NOTE_FIELDS if n not in STATE_FIELDS)
    )
    e = mappings.known(reader, "a note", node, (*_NOTE, *allowed))
    if "date" not in e or ("stage" in e) == ("kind" in e) or (is_stage and "stage" not in e):
        reader.problem(
            "missing-field",
            "A note needs a `date`, and a `stage` or a `kind`.",
            "Write `stage: COLUMN` for a stage note, else `kind: {fixed: call}`.",
            node.span,
        )
        return None
    if "stage" in e and not is_deal:
        reader.invalid("Only deals have stages.", "Write `kind:` instead.", e["stage"].key.span)
    date = read_origin(reader, "date", e)
    return None if date is None else _whole_note(reader, date, e, allowed)


def _whole_note(reader: Reader, date: Origin, e: Entries, allowed: tuple[str, ...]) -> NoteMap:
    directions = [d for d in ("to", "from", "with") if d in e]
    if len(directions) > 1:
        reader.invalid(
            "A note has only one of `to`, `from` and `with`.",
            "Keep one of them.",
            e[directions[1]].key.span,
        )
    with_time = reader.typed("time", e["time"].value, values.yes_no) if "time" in e else True
    direction = directions[0] if directions else ""
    return NoteMap(
        date,
        kind=read_origin(reader, "kind", e),
        stage=read_origin(reader, "stage", e),
        with_time=with_time is not False,
        direction=direction,
        parties=origins_of(reader, direction, e[direction].value) if direction else (),
        by=read_origin(reader, "by", e),
        headline=read_origin(reader, "headline", e),
        text=read_origin(reader, "text", e),
        key=read_origin(reader, "key", e),
        fields={n: o for n in allowed if n in e and (o := read_origin(reader, n, e)) is not None},
        when=read_when(reader, e),
    )
