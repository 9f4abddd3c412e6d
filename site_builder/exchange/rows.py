"""A row to the fields and notes it makes, before they are put into a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NoReturn

from site_builder.edit.writing import FrontValue, NewNote, one_line
from site_builder.exchange.cells import Cells, Refused
from site_builder.exchange.csv.numbers import Fault
from site_builder.exchange.csv.table import Row
from site_builder.exchange.map.mapping import ImportMap, NoteMap, Origin
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, KIND_FIELDS, NOTE_FIELDS, Known
from site_builder.journal.kinds import KindRole
from site_builder.journal.pipeline import Pipeline, Stage, StageType
from site_builder.journal.schema import Schema
from site_builder.problems.problem import Problem, Severity

_TEXT = Known("text")


@dataclass(frozen=True, slots=True)
class Made:
    """What a row makes: front matter in the order of the format, a summary, notes.
    ``without`` are the fields that the map's conditions say it has not, empty cells aside."""

    row: Row
    front: tuple[tuple[str, FrontValue], ...] = ()
    summary: str = ""
    notes: tuple[NewNote, ...] = ()
    pipeline: Pipeline | None = None
    without: frozenset[str] = frozenset()


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
        return Made(row, tuple(front), summary, tuple(notes), pipeline, self._without(row))

    def _without(self, row: Row) -> frozenset[str]:
        return frozenset(
            name
            for name, origins in self.map.fields.items()
            if not any(self.cells.holds(origin.when, row) for origin in origins)
        )

    def notes(self, row: Row, pipeline: Pipeline | None) -> list[NewNote]:
        """The notes that a row makes."""
        made, refused = [], False
        for number, note in enumerate(self.map.notes):
            if note.when and not self.cells.holds(note.when, row):
                continue
            try:
                made.append(replace(self._note(note, row, pipeline), by_map=number))
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
            said = next(iter(self.map.fields.get("pipeline", ())), None)
            help = "Say in the map which: `pipeline: ID`."
            self._refuse("unknown-pipeline", what, help, row, said)
        return found

    def key(self, origin: Origin, row: Row, noun: str) -> str:
        """The text that identifies the row."""
        found = self.cells.text(origin, row)
        if not found.text:
            names = " and ".join(f"`{name.text}`" for name in origin.own_names()) or "key"
            what = f"The row has no {names}, so its {noun} is not known."
            self._refuse(
                "missing-field", what, "Fill the cell, or take another column as key.", row, origin
            )
        return one_line(found.text)

    def in_order(self, names: Iterable[str], pipeline: Pipeline | None) -> list[str]:
        """Names of fields in the order of the format, others behind them."""
        known = [
            *(DEAL_FIELDS if self.map.is_deal else CONTACT_FIELDS),
            *(f.name for f in (pipeline.fields if pipeline else ())),
        ]
        place = {name: at for at, name in enumerate(known)}
        return sorted(names, key=lambda name: (place.get(name, len(place)), name))

    def _ordered(self, pipeline: Pipeline | None) -> Iterable[tuple[str, tuple[Origin, ...]]]:
        names = self.in_order(self.map.fields, pipeline)
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
            time=moment.time,
            stage=stage,
            direction=note.direction,
            parties=self._parties(note, row),
            by=self.cells.value(Known("person"), note.by, row, None) if note.by else "",
            headline=one_line(self.cells.text(note.headline, row).text) if note.headline else "",
            fields=self._note_fields(note, kind, stage, row, pipeline),
            text=self.cells.text(note.text, row).text if note.text else "",
            source_id=f"{self.map.source}:{self.key(note.key, row, 'note')}" if note.key else "",
        )

    def _kind(self, note: NoteMap, row: Row) -> tuple[str, KindRole]:
        if note.kind is None:
            return "stage", KindRole.STAGE
        text = self.cells.text(note.kind, row).text.lower()
        kind = self.schema.kinds.get(text)
        if kind is None or kind.role is KindRole.STAGE:
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
        self, note: NoteMap, kind: str, stage: str, row: Row, pipeline: Pipeline | None
    ) -> tuple[tuple[str, str], ...]:
        """The fields of a note of a kind, into a stage if it is of that kind."""
        entered = pipeline.stage(stage) if pipeline and stage else None
        found = []
        for name, origin in note.fields.items():
            text = one_line(self.cells.value(NOTE_FIELDS[name], origin, row, pipeline))
            if text and (fault := _misplaced(name, kind, entered)):
                self._refuse(fault.code, fault.message, fault.help, row, origin)
            if text:
                found.append((name, text))
        return tuple(found)

    def _refuse(
        self, code: str, message: str, help: str, row: Row, origin: Origin | None = None
    ) -> NoReturn:
        in_map = origin is not None and not any(origin.own_names())
        place = origin.span if origin and in_map else self.cells.span_of(origin, row)
        self.cells.report(Problem(code, message, help, place, Severity.ERROR))
        raise Refused


def _misplaced(name: str, kind: str, stage: Stage | None) -> Fault | None:
    """What is wrong with a field in a note of a kind, if it can't have that."""
    kinds = [id for id, group in KIND_FIELDS.items() if name in group]
    if kinds and kind not in kinds:
        what = f"`{name}` is not a field of `{kind}` notes."
        wanted = " or ".join(f"`{id}`" for id in kinds)
        help = f"It belongs to notes of kind {wanted}: give it a `when` in the map that says so."
    elif name == "lost-reason" and stage and stage.type is not StageType.LOST:
        what = f"`{name}` is no field of notes into `{stage.id}`, where nothing is lost."
        help = "Empty the cell, or give it a `when` in the map that says which rows are lost."
    else:
        return None
    return Fault("unknown-field", what, help)
