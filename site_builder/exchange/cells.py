"""The cells of a row to the texts that a journal's fields hold, or to what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from site_builder.diagnostics import Problem, Severity, Span
from site_builder.exchange import dates
from site_builder.exchange.dates import Decision, Moment
from site_builder.exchange.mapping import (
    LEAVE_OUT,
    Condition,
    Hole,
    ImportMap,
    Name,
    Origin,
    Template,
)
from site_builder.exchange.meanings import MEND, Meanings, in_table
from site_builder.exchange.numbers import Fault, shown
from site_builder.exchange.table import Row, Table
from site_builder.fields import Known
from site_builder.model import Pipeline, Schema
from site_builder.suggest import did_you_mean
from site_builder.yaml_nodes import Report

_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

FindFile = Callable[[str, str, Origin], str | Fault]
"""Resolves a text to the id of a ``contact`` or ``deal``, as its origin says."""


class Text(NamedTuple):
    """A text, and the column it was taken from: -1 for none."""

    text: str
    column: int = -1


class Refused(Exception):
    """A value can't be taken; the reason has been reported."""


@dataclass(frozen=True, slots=True)
class Lookups:
    """Tables in other files: by file, key column and value column."""

    tables: Mapping[tuple[str, str, str], Mapping[str, str]] = field(default_factory=dict)


class Cells:
    """Reads the cells of one table as one map says."""

    def __init__(self, map: ImportMap, table: Table, schema: Schema, find: FindFile, report: Report,
                 lookups: Lookups = Lookups()) -> None:  # fmt: skip
        self.map, self.table, self.schema = map, table, schema
        self.find, self.report, self.lookups = find, report, lookups
        self.decisions: dict[tuple[int, tuple[str, ...]], Decision] = {}
        self.replaced: dict[tuple[str, str], list[Span]] = {}
        self.meanings = Meanings(map, schema)
        self.timed: dict[int, bool] = {}

    # --- texts ------------------------------------------------------------------------

    def holds(self, conditions: Iterable[Condition], row: Row) -> bool:
        """Whether all conditions are true of the row."""
        return all(
            self._holds(condition, self.cell(condition.column, row)) for condition in conditions
        )

    @staticmethod
    def _holds(condition: Condition, cell: str) -> bool:
        if condition.filled is not None and bool(cell) != condition.filled:
            return False
        return (
            condition.among is None or cell in condition.among
        ) and cell not in condition.besides

    def text(self, origin: Origin, row: Row) -> Text:
        """What the origin says before it is typed: empty where it does not apply.

        Raises Refused for control characters and for a text that no lookup has.
        """
        if origin.when and not self.holds(origin.when, row):
            return Text("")
        found = self._raw(origin, row)
        if not found.text:
            return Text(origin.empty)
        if _CONTROL.search(found.text):
            return Text(self._unreadable(origin, row, found, _control(found.text)), found.column)
        if origin.values:
            found = found._replace(text=in_table(origin.values, found.text))
        if origin.lookup is not None and found.text:
            found = found._replace(text=self._look_up(origin, row, found))
        return found

    def _raw(self, origin: Origin, row: Row) -> Text:
        if origin.fixed:
            return Text(origin.fixed)
        for name in origin.columns:
            if cell := self.cell(name, row):
                return Text(cell, self.table.index[name.text])
        for number_, template in enumerate(origin.templates, 1):
            filled = [bool(self.cell(hole.column, row)) for hole in template.holes]
            if all(filled) or (number_ == len(origin.templates) and any(filled)):
                return Text(
                    self._fill(template, origin, row),
                    self.table.index[template.holes[0].column.text],
                )
        return Text("", self.table.index[origin.columns[0].text] if origin.columns else -1)

    def _fill(self, template: Template, origin: Origin, row: Row) -> str:
        parts = (
            self._hole(part, origin, row) if isinstance(part, Hole) else part
            for part in template.parts
        )
        return "".join(parts).strip()

    def _hole(self, hole: Hole, origin: Origin, row: Row) -> str:
        cell = self.cell(hole.column, row)
        if hole.filter == "lower":
            return cell.lower()
        if not hole.filter or not cell:
            return cell
        moment = self._moment(origin, row, Text(cell, self.table.index[hole.column.text]))
        if moment is None:
            return ""
        if hole.filter == "date":
            return moment.date.isoformat()
        return moment.time.strftime("%H:%M") if moment.time else ""

    def cell(self, name: Name, row: Row) -> str:
        """A cell's text without blanks at its ends, as `blank` and `replace` have it."""
        at = self.table.index[name.text]
        cell = row.cells[at] if at < len(row.cells) else ""
        text = _BREAKS.sub("\n", cell).replace("\ufeff", "").strip()
        if text in self.map.blank:
            return ""
        table = self.map.replace.get(name.text)
        return text if table is None else table.get(text, text)

    def _look_up(self, origin: Origin, row: Row, found: Text) -> str:
        lookup = origin.lookup
        assert lookup is not None
        rows = self.lookups.tables[lookup.file, lookup.key, lookup.value]
        if found.text in rows:
            return rows[found.text]
        fault = Fault(
            "invalid-value",
            f"`{shown(found.text)}` is not in the column `{lookup.key}` of {lookup.file}.",
            did_you_mean(found.text, rows) or "Add it there, or to the map under `values`.",
        )
        return self._unreadable(origin, row, found, fault)

    # --- typed ------------------------------------------------------------------------

    def value(self, known: Known, origin: Origin, row: Row, pipeline: Pipeline | None) -> str:
        """A field's text as a journal writes it, empty to leave it out. Raises Refused."""
        found = self.text(origin, row)
        if not found.text:
            return ""
        made = self._typed(known, origin, row, found, pipeline)
        return self._unreadable(origin, row, found, made) if isinstance(made, Fault) else made

    def reference(self, noun: str, origin: Origin, row: Row) -> str:
        """The id of the deal or contact that a row refers to. Raises Refused."""
        return self.value(Known(noun), origin, row, None)

    def quiet_text(self, origin: Origin, row: Row) -> str:
        """The origin's text with nothing reported. Raises Refused."""
        report, replaced = self.report, self.replaced
        self.report, self.replaced = lambda problem: None, {}
        try:
            return self.text(origin, row).text
        finally:
            self.report, self.replaced = report, replaced

    def values(self, known: Known, origins: Iterable[Origin], row: Row) -> tuple[str, ...]:
        """The items of a list field. Raises Refused."""
        items: list[str] = []
        for origin in origins:
            found = self.text(origin, row)
            parts = found.text.split(origin.split) if origin.split else [found.text]
            for part in filter(None, map(str.strip, parts)):
                made = self._typed(known, origin, row, found._replace(text=part), None)
                item = (
                    self._unreadable(origin, row, found, made) if isinstance(made, Fault) else made
                )
                if item:
                    items.append(f"{item} {origin.role}" if origin.role else item)
        return tuple(dict.fromkeys(items))

    def moment(self, origin: Origin, row: Row, *, with_time: bool) -> Moment | None:
        """A day and, if its column really has them, a time of day. Raises Refused."""
        found = self.text(origin, row)
        if not found.text:
            return None
        moment = self._moment(origin, row, found)
        real = with_time and found.column >= 0 and self.timed.get(found.column, False)
        return moment if real or moment is None else Moment(moment.date)

    def _typed(
        self, known: Known, origin: Origin, row: Row, found: Text, pipeline: Pipeline | None
    ) -> str | Fault:
        text = found.text
        if known.type in ("contact", "deal", "participant"):
            return self.find("deal" if known.type == "deal" else "contact", text, origin)
        if known.type == "stage":
            return self.meanings.stage(text, pipeline)
        if known.type == "date":
            day = self._moment(origin, row, found)
            return day.date.isoformat() if day is not None else ""
        if known.type == "date-or-text":
            moment = dates.read(text, origin.dates or self.map.dates)
            return moment.date.isoformat() if moment is not None else text
        if known.type in ("money", "money-or-text"):
            column = origin.currency_column
            amount = self.meanings.money(text, origin, self.cell(column, row) if column else "")
            is_text = known.type == "money-or-text" and isinstance(amount, Fault)
            return text if is_text else amount
        return self.meanings.simple(known, text)

    # --- dates ------------------------------------------------------------------------

    def _moment(self, origin: Origin, row: Row, found: Text) -> Moment | None:
        """The moment a cell means; None where the map leaves out what can't be read."""
        stated = origin.dates or self.map.dates
        decision = self.decisions.get((found.column, stated), Decision(stated))
        moment = dates.read(found.text, decision.formats)
        if moment is not None:
            return moment.in_utc() if self.map.in_utc and found.column >= 0 else moment
        like = f" like `{decision.formats[0]}`" if decision.formats else ""
        help = "Mend the cell, or add its format to the map: `dates: [DD/MM/YYYY, D Mon, YYYY]`."
        fault = Fault("invalid-value", f"`{shown(found.text)}` is not a date{like}.", help)
        instead = self._unreadable(origin, row, found, fault)
        again = dates.read(instead, stated)
        if instead and again is None:
            self.report(Problem(fault.code, f"`{shown(instead)}` is no date.", help, origin.span))
            raise Refused
        return again

    # --- what can't be taken ----------------------------------------------------------

    def _unreadable(self, origin: Origin, row: Row, found: Text, fault: Fault) -> str:
        """What the map wants instead; without that the row is refused."""
        span = self.table.span(row, found.column) if found.column >= 0 else origin.span
        if origin.otherwise is None:
            self.report(Problem(fault.code, fault.message, fault.help, span))
            raise Refused
        instead = "" if origin.otherwise == LEAVE_OUT else origin.otherwise
        self.replaced.setdefault((fault.message, instead), []).append(span)
        return instead

    def replacements(self) -> Iterable[Problem]:
        """A warning for each sort of value that ``otherwise`` stood in for."""
        for (message, instead), spans in self.replaced.items():
            times = f" ({len(spans)} rows, the first is this)" if len(spans) > 1 else ""
            did = f"It was taken as `{instead}`" if instead else "It was left out"
            yield Problem(
                "value-replaced",
                f"{message} {did}, as the map says{times}.",
                "Nothing to do, unless it was meant to be read.",
                spans[0],
                Severity.WARNING,
            )


def _control(text: str) -> Fault:
    found = _CONTROL.search(text)
    code = ord(found[0]) if found else 0
    return Fault("invalid-value", f"The cell has the control character U+{code:04X} in it.", MEND)
