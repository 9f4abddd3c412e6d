"""One import under way: its rows, what became of each, and what is to be written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from site_builder.edit.attaching import attach, last_state
from site_builder.edit.existing import Existing, shelve
from site_builder.edit.refusals import NotDone, TooLarge
from site_builder.edit.writing import NewNote
from site_builder.exchange import columns
from site_builder.exchange.cells import Cells, Lookups
from site_builder.exchange.csv.table import Row, Table
from site_builder.exchange.csv.texts import bare
from site_builder.exchange.map.mapping import ImportMap, Origin
from site_builder.exchange.plan import Counts, FileWrite, ImportPlan
from site_builder.exchange.references import References
from site_builder.exchange.rows import Rows
from site_builder.exchange.tracing import longest, origin_of_field
from site_builder.files.tree import Tree
from site_builder.journal.schema import Schema
from site_builder.problems.problem import Problem, Severity, Span, by_place

Outcome = Literal["taken", "already_there", "left_alone", "skipped", "refused"]


class Run:
    """What the parts of an import share. A row is refused until something else is said."""

    def __init__(
        self,
        map: ImportMap,
        table: Table,
        schema: Schema,
        tree: Tree,
        problems: list[Problem],
        lookups: Lookups,
    ) -> None:
        self.map, self.table, self.schema, self.problems = map, table, schema, problems
        self.noun = "deal" if map.is_deal else "contact"
        self.references = References(
            shelve(tree, "deals", "deal"), shelve(tree, "contacts", "contact"), self.noun
        )
        self.shelf = self.references.deals if map.is_deal else self.references.contacts
        self.cells = Cells(map, table, schema, self.references.find, problems.append, lookups)
        self.rows = Rows(map, schema, self.cells)
        self.outcomes: list[Outcome] = ["refused"] * len(table.rows)
        self.writes: list[FileWrite] = []
        self.skipped: dict[str, int] = {}

    def good_rows(self) -> list[int]:
        """The rows that are whole and that the map does not skip, by their place."""
        good = []
        for at, row in enumerate(self.table.rows):
            names = self.table.names_again(row)
            if names and not self.table.is_header(names):
                self._another_order(row)
                break
            if names:
                self._header_again(at, row)
            elif self._is_good(at, row):
                good.append(at)
        return good

    def _header_again(self, at: int, row: Row) -> None:
        self.skip(at, "rows that repeat the header")
        what = "This row repeats the header, so it is skipped."
        help = "Nothing to do: files that were put together have such rows."
        place = self.table.span(row)
        self.problem("repeated-header", what, help, place, Severity.WARNING)

    def _another_order(self, row: Row) -> None:
        what = "This row has the names of the header in another order."
        help = "Import what stands below it from a file of its own; none of its rows was taken."
        self.problem("repeated-header", what, help, self.table.span(row))

    def _is_good(self, at: int, row: Row) -> bool:
        if not any(map(bare, row.cells)):
            self.skip(at, "empty rows")
            return False
        if not columns.whole(self.map, self.table, row, self.problems.append):
            return False
        for skip in self.map.skips:
            if self.cells.holds(skip.when, row):
                self.skip(at, skip.because)
                return False
        return True

    def skip(self, at: int, because: str) -> None:
        """Count a row as left out on purpose."""
        self.skipped[because] = self.skipped.get(because, 0) + 1
        self.outcomes[at] = "skipped"

    def problem(
        self, code: str, message: str, help: str, span: Span, severity: Severity = Severity.ERROR
    ) -> None:
        """Report a problem."""
        self.problems.append(Problem(code, message, help, span, severity))

    def refuse(
        self, rows: Iterable[Row], code: str, message: str, help: str, origin: Origin | None
    ) -> None:
        """Report a problem of each of the rows that together make a file, at the cell that
        the wrong value comes from."""
        for row in rows:
            self.problem(code, message, help, self.cells.span_of(origin, row))

    def add_notes(self, file: Existing, made: Sequence[tuple[Row, NewNote]]) -> bool:
        """Plan to add notes, each with its row, to a file; False, with problems, where that
        can't be done."""
        rows = list({id(row): row for row, _ in made}.values())
        try:
            attached = attach(file, [note for _, note in made])
        except TooLarge as refused:
            help = "Shorten the long texts of its rows."
            origin = longest(self.map, self.cells, rows)
            self.refuse(rows, "too-large", str(refused), help, origin)
            return False
        except NotDone as refused:
            help = "Mend it by hand, and import again."
            self.refuse(rows, "invalid-value", str(refused), help, self.map.target or self.map.key)
            return False
        self.writes.append(FileWrite(file.path, attached.data, file.data))
        for name, before, after in attached.followed:
            self._followed(file, made, name, before, after)
        return True

    def _followed(
        self,
        file: Existing,
        made: Sequence[tuple[Row, NewNote]],
        name: str,
        before: str,
        after: str,
    ) -> None:
        """Tell that a field of front matter is now what the newest note says."""
        row, note = next(
            (row, note) for row, note in reversed(made) if last_state([note]).get(name) == after
        )
        was = f"was `{before}`" if before else "was not set"
        self.problem(
            "front-matter-followed",
            f"`{name}` {was} and is now `{after}`, after the {self.noun}'s newest note.",
            f"Nothing to do, unless `{file.path}` was right.",
            self.cells.span_of(origin_of_field(name, [note], replace(self.map, fields={})), row),
            Severity.WARNING,
        )

    def planned(self) -> ImportPlan:
        """The plan, with everything that was found on the way."""
        shelves = (self.references.deals, self.references.contacts)
        found = [problem for shelf in shelves for problem in shelf.problems]
        count = self.outcomes.count
        return ImportPlan(
            writes=tuple(sorted(self.writes, key=lambda write: write.path)),
            problems=by_place([*self.problems, *found, *self.cells.notices.problems()]),
            counts=Counts(
                rows=len(self.outcomes),
                taken=count("taken"),
                already_there=count("already_there"),
                left_alone=count("left_alone"),
                skipped=count("skipped"),
                refused=count("refused"),
            ),
            strangers=tuple(sorted(self.cells.meanings.strangers.items())),
            skipped=tuple(self.skipped.items()),
            unused=tuple(columns.unused(self.map, self.table)),
        )
