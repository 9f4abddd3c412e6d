"""The cells of a row to the texts that a journal's fields hold, or to what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from site_builder.exchange import date_faults
from site_builder.exchange.csv import dates
from site_builder.exchange.csv.dates import Decision, Moment
from site_builder.exchange.csv.numbers import Fault, Rounded, shown
from site_builder.exchange.csv.table import Row, Table
from site_builder.exchange.csv.texts import BLANKS, Text, bare, control_character
from site_builder.exchange.map.mapping import (
    LEAVE_OUT,
    Condition,
    Hole,
    ImportMap,
    Name,
    Origin,
    Template,
)
from site_builder.exchange.meanings import Meanings, in_table
from site_builder.exchange.notices import Notices
from site_builder.journal.fields import Known
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.schema import Schema
from site_builder.problems.problem import Problem, Span
from site_builder.problems.suggest import did_you_mean
from site_builder.source.yaml_nodes import Report

FindFile = Callable[[str, str, Origin], str | Fault]
"""Resolves a text to the id of a ``contact`` or ``deal``, as its origin says."""

Lookups = Mapping[tuple[str, str, str], Mapping[str, str]]
"""Tables in other files: by file, key column and value column."""


class Refused(Exception):
    """A value can't be taken; the reason has been reported."""


class Cells:
    """Reads the cells of one table as one map says."""

    def __init__(
        self,
        map: ImportMap,
        table: Table,
        schema: Schema,
        find: FindFile,
        report: Report,
        lookups: Lookups,
    ) -> None:
        self.map, self.table, self.schema = map, table, schema
        self.find, self.report, self.lookups = find, report, lookups
        self.decisions: dict[tuple[int, tuple[str, ...]], Decision] = {}
        self.notices = Notices()
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
        if (fault := control_character(found.text)) is not None:
            found = found._replace(column=self._control_column(origin, row, found))
            return found._replace(text=self._unreadable(origin, row, found, fault))
        if origin.values:
            found = found._replace(text=in_table(origin.values, found.text))
        if origin.lookup is not None and found.text:
            found = found._replace(text=self._look_up(origin, row, found))
        return found

    def _control_column(self, origin: Origin, row: Row, found: Text) -> int:
        columns = (name for name in origin.own_names() if control_character(self.cell(name, row)))
        return next((self.table.index[name.text] for name in columns), found.column)

    def _raw(self, origin: Origin, row: Row) -> Text:
        if origin.fixed:
            return Text(origin.fixed)
        for name in origin.columns:
            if cell := self.cell(name, row):
                return Text(cell, self.table.index[name.text])
        for number, template in enumerate(origin.templates, 1):
            filled = [bool(self.cell(hole.column, row)) for hole in template.holes]
            if all(filled) or (number == len(origin.templates) and any(filled)):
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
        return "".join(parts).strip(BLANKS)

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
        text = bare(cell)
        if text in self.map.blank:
            return ""
        table = self.map.replace.get(name.text)
        return text if table is None else table.get(text, text)

    def _look_up(self, origin: Origin, row: Row, found: Text) -> str:
        lookup = origin.lookup
        assert lookup is not None
        rows = self.lookups[lookup.file, lookup.key, lookup.value]
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
        return self._settled(origin, row, found, self._typed(known, origin, row, found, pipeline))

    def _settled(self, origin: Origin, row: Row, found: Text, made: str | Rounded | Fault) -> str:
        """The text that was made of one found, having told what is not as it was."""
        if isinstance(made, Fault):
            return self._unreadable(origin, row, found, made)
        if isinstance(made, Rounded):
            column = self.table.header[found.column] if found.column >= 0 else found.text
            self.notices.rounded(column, found.text, made.text, self._span(origin, row, found))
            return made.text
        return made

    def reference(self, noun: str, origin: Origin, row: Row) -> str:
        """The id of the deal or contact that a row refers to. Raises Refused."""
        return self.value(Known(noun), origin, row, None)

    def quiet_text(self, origin: Origin, row: Row) -> str:
        """The origin's text with nothing reported. Raises Refused."""
        report, notices = self.report, self.notices
        self.report, self.notices = lambda problem: None, Notices()
        try:
            return self.text(origin, row).text
        finally:
            self.report, self.notices = report, notices

    def values(self, known: Known, origins: Iterable[Origin], row: Row) -> tuple[str, ...]:
        """The items of a list field. Raises Refused."""
        items: list[str] = []
        for origin in origins:
            found = self.text(origin, row)
            parts = found.text.split(origin.split) if origin.split else [found.text]
            for part in filter(None, map(str.strip, parts)):
                made = self._typed(known, origin, row, found._replace(text=part), None)
                if item := self._settled(origin, row, found, made):
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
    ) -> str | Rounded | Fault:
        text = found.text
        if known.type in ("contact", "deal", "participant"):
            return self.find("deal" if known.type == "deal" else "contact", text, origin)
        if known.type == "stage":
            return self.meanings.stage(text, pipeline)
        if known.type == "date":
            day = self._moment(origin, row, found)
            return day.date.isoformat() if day is not None else ""
        if known.type == "date-or-text":
            moment = dates.read(text, self._decision(origin, found).formats)
            return moment.date.isoformat() if moment is not None else text
        if known.type in ("money", "money-or-text"):
            amount = self.meanings.money(text, origin, self._currency(origin, row))
            is_text = known.type == "money-or-text" and isinstance(amount, Fault)
            return text if is_text else amount
        return self.meanings.simple(known, text)

    def _currency(self, origin: Origin, row: Row) -> str:
        """The currency that a column of its own says; empty where there is none."""
        column = origin.currency_column
        cell = self.cell(column, row) if column else ""
        if not column or not cell:
            return ""
        code = self.meanings.currency(cell, origin, column.text)
        found = Text(cell, self.table.index[column.text])
        return self._unreadable(origin, row, found, code) if isinstance(code, Fault) else code

    # --- dates ------------------------------------------------------------------------

    def _moment(self, origin: Origin, row: Row, found: Text) -> Moment | None:
        """The moment a cell means; None where the map leaves out what can't be read."""
        decision = self._decision(origin, found)
        moment = dates.read(found.text, decision.formats)
        if moment is not None:
            return moment.in_utc() if self.map.in_utc and found.column >= 0 else moment
        fault = date_faults.unreadable(found.text, decision.formats)
        instead = self._unreadable(origin, row, found, fault)
        again = dates.read(instead, origin.dates or self.map.dates)
        if instead and again is None:
            what = f"`{shown(instead)}` is no date."
            self.report(Problem(fault.code, what, fault.help, origin.span))
            raise Refused
        return again

    def _decision(self, origin: Origin, found: Text) -> Decision:
        stated = origin.dates or self.map.dates
        return self.decisions.get((found.column, stated), Decision(stated))

    # --- what can't be taken ----------------------------------------------------------

    def _unreadable(self, origin: Origin, row: Row, found: Text, fault: Fault) -> str:
        """What the map wants instead; without that the row is refused."""
        span = self._span(origin, row, found)
        if origin.otherwise is None:
            self.report(Problem(fault.code, fault.message, fault.help, span))
            raise Refused
        instead = "" if origin.otherwise == LEAVE_OUT else origin.otherwise
        self.notices.replaced(fault.message, instead, span)
        return instead

    def _span(self, origin: Origin, row: Row, found: Text) -> Span:
        return self.table.span(row, found.column) if found.column >= 0 else origin.span

    def span_of(self, origin: Origin | None, row: Row) -> Span:
        """The cell that an origin's value comes from, the first filled one of several; the
        row's start where it comes from none."""
        columns = [self.table.index[name.text] for name in origin.own_names()] if origin else []
        filled = (at for at in columns if at < len(row.cells) and bare(row.cells[at]))
        return self.table.span(row, next(filled, columns[0] if columns else 0))
