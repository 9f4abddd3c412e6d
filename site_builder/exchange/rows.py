"""A row to the fields and notes it makes, before they are put into a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from site_builder.diagnostics import Problem, Severity
from site_builder.exchange.cells import Cells, Refused
from site_builder.exchange.map_reader import NOTE_FIELDS
from site_builder.exchange.mapping import ImportMap, NoteMap, Origin
from site_builder.exchange.table import Row
from site_builder.exchange.writing import FrontValue, NewNote, one_line
from site_builder.fields import CONTACT_FIELDS, DEAL_FIELDS, Known
from site_builder.model import KindRole, Pipeline, Schema

_TEXT = Known("text")


@dataclass(frozen=True, slots=True)
class Made:
    """What a row makes: front matter in the order of the format, a summary, notes."""

    row: Row
    front: tuple[tuple[str, FrontValue], ...] = ()
    summary: str = ""
    notes: tuple[NewNote, ...] = ()
    pipeline: Pipeline | None = None


class Rows:
    """Makes fields and notes of rows, as a map says. All methods raise Refused, having
    reported why, where a row can't be taken; all faults of the row are reported first."""

    def __init__(self, map: ImportMap, schema: Schema, cells: Cells) -> None:
        self.map, self.schema, self.cells = map, schema, cells

    def file(self, row: Row) -> Made:
        """The fields and notes of a deal or contact."""
        pipeline = self.pipeline(row) if self.map.is_deal else None
        front: list[tuple[str, FrontValue]] = []
        notes: list[NewNote] = []
        summary, refused = "", False
        for name, origins in self._ordered(pipeline):
            try:
                front.extend(self._field(name, origins, row, pipeline))
            except Refused:
                refused = True
        try:
            summary = self.cells.text(self.map.summary, row).text if self.map.summary else ""
        except Refused:
            refused = True
        try:
            notes = self.notes(row, pipeline)
        except Refused:
            refused = True
        if refused:
            raise Refused
        return Made(row, tuple(front), summary, tuple(notes), pipeline)

    def notes(self, row: Row, pipeline: Pipeline | None) -> list[NewNote]:
        """The notes that a row makes."""
        made, refused = [], False
        for note in self.map.notes:
            if note.when and not self.cells.holds(note.when, row):
                continue
            try:
                made.append(self._note(note, row, pipeline))
            except Refused:
                refused = True
        if refused:
            raise Refused
        return made

    def pipeline(self, row: Row) -> Pipeline | None:
        """The pipeline that a row's deal goes to."""
        id = self.map.pipeline
        for origin in self.map.fields.get("pipeline", ()):
            id = self.cells.text(origin, row).text or id
        if not id and len(self.schema.pipelines) == 1:
            return self.schema.pipelines[0]
        folded = id.casefold()
        found = self.schema.pipeline(id) or next(
            (p for p in self.schema.pipelines if folded in (p.id, p.name.casefold())), None
        )
        if found is None:
            what = f"There is no pipeline `{id}`." if id else "The journal has several pipelines."
            self._refuse("unknown-pipeline", what, "Say in the map which: `pipeline: ID`.", row)
        return found

    def key(self, origin: Origin, row: Row, noun: str) -> str:
        """The text that identifies the row."""
        found = self.cells.text(origin, row)
        if not found.text:
            column = origin.columns[0].text if origin.columns else "key"
            span = self.cells.table.span(row, max(found.column, 0))
            self.cells.report(
                Problem(
                    "missing-field",
                    f"The row has no `{column}`, so its {noun} is not known.",
                    "Fill the cell, or take another column as key.",
                    span,
                )
            )
            raise Refused
        return one_line(found.text)

    def _ordered(self, pipeline: Pipeline | None) -> Iterable[tuple[str, tuple[Origin, ...]]]:
        known = [
            *(DEAL_FIELDS if self.map.is_deal else CONTACT_FIELDS),
            *(f.name for f in (pipeline.fields if pipeline else ())),
        ]
        place = {name: at for at, name in enumerate(known)}
        names = sorted(self.map.fields, key=lambda name: (place.get(name, len(place)), name))
        return ((name, self.map.fields[name]) for name in names if name != "pipeline")

    def _field(
        self, name: str, origins: tuple[Origin, ...], row: Row, pipeline: Pipeline | None
    ) -> list[tuple[str, FrontValue]]:
        known = self._known(name, pipeline)
        if known.is_list:
            items = self.cells.values(known, origins, row)
            return [(name, items)] if items else []
        texts = [
            text for origin in origins if (text := self.cells.value(known, origin, row, pipeline))
        ]
        if not texts:
            return []
        text = (
            texts[0]
            if name.startswith("x-")
            or name in ("their-win", "our-win")
            or (name not in DEAL_FIELDS and known.type == "text" and self.map.is_deal)
            else one_line(texts[0])
        )
        return [(name, text)]

    def _known(self, name: str, pipeline: Pipeline | None) -> Known:
        built_in = DEAL_FIELDS if self.map.is_deal else CONTACT_FIELDS
        if name in built_in:
            return built_in[name]
        own = next((f for f in (pipeline.fields if pipeline else ()) if f.name == name), None)
        return Known(own.type, options=own.options) if own is not None else _TEXT

    # --- notes ------------------------------------------------------------------------

    def _note(self, note: NoteMap, row: Row, pipeline: Pipeline | None) -> NewNote:
        moment = self.cells.moment(note.date, row, with_time=note.with_time)
        if moment is None:
            self._refuse(
                "missing-field",
                "The note has no date.",
                "Fill the cell, or let the map make the note only `when` the column is filled.",
                row,
                note.date,
            )
        stage = self.cells.value(Known("stage"), note.stage, row, pipeline) if note.stage else ""
        kind, role = self._kind(note, row)
        if role is KindRole.STAGE and not stage:
            self._refuse(
                "missing-field",
                "The stage note has no stage.",
                "Fill the cell, or skip the row in the map.",
                row,
                note.stage,
            )
        return NewNote(
            moment.date,
            kind,
            role,
            moment.time,
            stage,
            note.direction,
            self._parties(note, row),
            self.cells.value(Known("person"), note.by, row, None) if note.by else "",
            one_line(self.cells.text(note.headline, row).text) if note.headline else "",
            self._note_fields(note, row, pipeline),
            self.cells.text(note.text, row).text if note.text else "",
            f"{self.map.source}:{self.key(note.key, row, 'note')}" if note.key else "",
        )

    def _kind(self, note: NoteMap, row: Row) -> tuple[str, KindRole]:
        if note.kind is None:
            return "stage", KindRole.STAGE
        text = self.cells.text(note.kind, row).text.lower()
        kind = self.schema.kinds.get(text)
        if (
            kind is None
            or kind.role is KindRole.STAGE
            or (kind.role is KindRole.CHANGE and not self.map.is_deal)
        ):
            self._refuse(
                "unknown-kind",
                f"`{text}` is not a kind of note.",
                "List it in the map under the kind's `values`, "
                "as in `{column: Type, values: {Task: note}}`.",
                row,
                note.kind,
            )
        return kind.id, kind.role

    def _parties(self, note: NoteMap, row: Row) -> tuple[str, ...]:
        return self.cells.values(Known("participant", is_list=True), note.parties, row)

    def _note_fields(
        self, note: NoteMap, row: Row, pipeline: Pipeline | None
    ) -> tuple[tuple[str, str], ...]:
        found = []
        for name, origin in note.fields.items():
            text = one_line(self.cells.value(NOTE_FIELDS[name], origin, row, pipeline))
            if text:
                found.append((name, text))
        return tuple(found)

    def _refuse(
        self, code: str, message: str, help: str, row: Row, origin: Origin | None = None
    ) -> NoReturn:
        column = next(
            (self.cells.table.index[name.text] for name in (origin.columns if origin else ())), 0
        )
        self.cells.report(
            Problem(code, message, help, self.cells.table.span(row, column), Severity.ERROR)
        )
        raise Refused
