"""What an import map says of notes, with every mistake reported at its place."""

from __future__ import annotations

from site_builder.exchange.map.mapping import NoteMap, Origin
from site_builder.exchange.map.origin_reader import Entries, OriginReader
from site_builder.journal import values
from site_builder.journal.fields import COMPANY_STATE_FIELDS, NOTE_FIELDS, STATE_FIELDS
from site_builder.source.yaml_nodes import Listing, Mapping, Node

_NOTE = (
    "date", "time", "kind", "stage", "to", "from", "with", "by", "headline", "text", "key", "when",
)  # fmt: skip


class NoteReader(OriginReader):
    """Reads the parts of a map that say how a row becomes a note."""

    def _notes(self, e: Entries, is_deal: bool) -> tuple[NoteMap, ...]:
        if "notes" not in e:
            return ()
        node = e["notes"].value
        if not isinstance(node, Listing):
            self.invalid(
                "`notes` takes a list.",
                "Write each kind of note as `- date: COLUMN` below it.",
                node.span,
            )
            return ()
        made = (self._note(each, is_deal, False) for each in node.items)
        return tuple(note for note in made if note is not None)

    def _note(self, node: Node, is_deal: bool, is_stage: bool) -> NoteMap | None:
        if not isinstance(node, Mapping):
            self.invalid(
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
        e = self.known("a note", node, (*_NOTE, *allowed))
        if "date" not in e or ("stage" in e) == ("kind" in e) or (is_stage and "stage" not in e):
            self.problem(
                "missing-field",
                "A note needs a `date`, and a `stage` or a `kind`.",
                "Write `stage: COLUMN` for a stage note, else `kind: {fixed: call}`.",
                node.span,
            )
            return None
        if "stage" in e and not is_deal:
            self.invalid("Only deals have stages.", "Write `kind:` instead.", e["stage"].key.span)
        date = self._origin("date", e)
        return None if date is None else self._whole_note(date, e, allowed)

    def _whole_note(self, date: Origin, e: Entries, allowed: tuple[str, ...]) -> NoteMap:
        directions = [d for d in ("to", "from", "with") if d in e]
        if len(directions) > 1:
            self.invalid(
                "A note has only one of `to`, `from` and `with`.",
                "Keep one of them.",
                e[directions[1]].key.span,
            )
        with_time = self.typed("time", e["time"].value, values.yes_no) if "time" in e else True
        direction = directions[0] if directions else ""
        return NoteMap(
            date,
            kind=self._origin("kind", e),
            stage=self._origin("stage", e),
            with_time=with_time is not False,
            direction=direction,
            parties=self._several(direction, e[direction].value) if direction else (),
            by=self._origin("by", e),
            headline=self._origin("headline", e),
            text=self._origin("text", e),
            key=self._origin("key", e),
            fields={n: o for n in allowed if n in e and (o := self._origin(n, e)) is not None},
            when=self._when(e),
        )
