"""Rows that are deals or contacts: a file for each that is not there yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from site_builder.edit.attaching import not_yet_there
from site_builder.edit.existing import Existing
from site_builder.edit.writing import FrontValue, NewNote, document
from site_builder.exchange.cells import Refused
from site_builder.exchange.csv.numbers import shown
from site_builder.exchange.csv.table import Row
from site_builder.exchange.ids import Ids
from site_builder.exchange.map.mapping import Origin
from site_builder.exchange.merging import (
    Together,
    shown_value,
    state_after,
    tell_differences,
    together,
)
from site_builder.exchange.outcomes import tell_undated, undated
from site_builder.exchange.plan import FileWrite
from site_builder.exchange.rows import Made
from site_builder.exchange.run import Run
from site_builder.exchange.tracing import longest, origin_of, origin_of_field
from site_builder.journal.fields import SOURCE_ID
from site_builder.parse.contact import parse_contact
from site_builder.parse.deal import parse_deal
from site_builder.parse.referents import Referents
from site_builder.problems import counting
from site_builder.problems.problem import Problem, Severity
from site_builder.source.document import decode, read_document

Numbered = list[tuple[int, Made]]
"""What rows make, with their places in the table."""


@dataclass(slots=True)
class Candidate:
    """A new file: its id, the rows it is made of, and its bytes once they are good.
    ``undated`` is the row that says that it was won or lost, if nothing says when."""

    id: str
    path: str
    source_id: str
    rows: list[int]
    data: bytes = b""
    undated: Row | None = None
    refers: Mapping[tuple[str, str], Origin] = field(default_factory=dict)


def make_all(run: Run, good: list[int]) -> None:
    """Plan the files of the rows that are good."""
    _Making(run).make(good)


class _Making:
    def __init__(self, run: Run) -> None:
        self.run, self.map, self.shelf = run, run.map, run.shelf
        self.new: dict[str, Candidate] = {}
        self.by_id: dict[str, Candidate] = {}
        self.known = Referents(run.schema, frozenset(), frozenset())

    def make(self, good: list[int]) -> None:
        groups = self._grouped(good)
        there = self.shelf.by_source
        self._give_ids({s: rows for s, rows in groups.items() if s not in there})
        for source, rows in groups.items():
            self.run.references.used = {}
            made = self._made(rows)
            if not made:
                continue
            whole = together([each for _, each in made], newest_first=self.map.newest_first)
            tell_differences(self.run, whole)
            if source in there:
                self._again(there[source], made, whole)
            else:
                self._new_file(self.new[source], made, whole)
        self._refuse_dangling()
        tell_undated(self.run, [c.undated for c in self.new.values() if c.data and c.undated])
        good_files = (c for c in self.new.values() if c.data)
        self.run.writes.extend(FileWrite(c.path, c.data) for c in good_files)

    # --- rows to files ----------------------------------------------------------------

    def _grouped(self, good: list[int]) -> dict[str, list[int]]:
        """Rows by the source id of the file they make."""
        assert self.map.key is not None
        groups: dict[str, list[int]] = {}
        for at in good:
            try:
                key = self.run.rows.key(self.map.key, self.run.table.rows[at], self.run.noun)
            except Refused:
                continue
            source = f"{self.map.source}:{key}"
            if source in groups and not self.map.several_rows:
                self._duplicate(at, groups[source][0], key)
            else:
                groups.setdefault(source, []).append(at)
        return groups

    def _duplicate(self, at: int, first: int, key: str) -> None:
        noun, rows = self.run.noun, self.run.table.rows
        same = rows[at].cells == rows[first].cells
        if same:
            self.run.outcomes[at] = "already_there"
        alike = ", in a row just like this one" if same else ""
        self.run.problem(
            "duplicate-row",
            f"The key `{shown(key)}` stands in line {rows[first].line} too{alike}.",
            "Nothing to do."
            if same
            else f"Take a key that tells {noun}s apart, or write `several-rows: yes` "
            f"if a {noun} has several rows.",
            self.run.cells.span_of(self.map.key, rows[at]),
            Severity.WARNING if same else Severity.ERROR,
        )

    def _give_ids(self, groups: dict[str, list[int]]) -> None:
        ids = Ids(self.run.noun, self.shelf.ids)
        folder = f"{self.run.noun}s/{self.map.folder}/" if self.map.folder else f"{self.run.noun}s/"
        for source, rows in groups.items():
            id = ids.give(self._name(self.run.table.rows[rows[0]]), source.partition(":")[2])
            candidate = Candidate(id, f"{folder}{id}.md", source, rows)
            self.new[source] = self.by_id[id] = candidate
            self.run.references.new[source] = id
        contacts, deals = self.run.references.contacts.ids, self.run.references.deals.ids
        ours = frozenset(self.by_id)
        self.known = Referents(
            self.run.schema,
            contacts if self.map.is_deal else contacts | ours,
            deals | ours if self.map.is_deal else deals,
        )

    def _name(self, row: Row) -> str:
        """The text that a row's id is made from: by `id`, else by the title or name."""
        origins = self.map.fields.get("title" if self.map.is_deal else "name", ())
        if self.map.id is not None:
            origins = (self.map.id,)
        try:
            return " ".join(self.run.cells.quiet_text(origin, row) for origin in origins)
        except Refused:
            return ""

    def _made(self, rows: Iterable[int]) -> Numbered:
        """What each row of a file makes, rows that can't be taken left out."""
        made: Numbered = []
        for at in rows:
            try:
                made.append((at, self.run.rows.file(self.run.table.rows[at])))
            except Refused:
                continue
        return made

    # --- new files --------------------------------------------------------------------

    def _new_file(self, candidate: Candidate, made: Numbered, whole: Together) -> None:
        front = self._front(whole, candidate.source_id)
        if front is None:
            return
        data = document(front, whole.summary, whole.notes).encode()
        if self._reads(candidate, data, whole):
            candidate.data, candidate.refers = data, self.run.references.used
            candidate.undated = undated(dict(front), whole)
            for at, _ in made:
                self.run.outcomes[at] = "taken"

    def _front(self, whole: Together, source_id: str) -> list[tuple[str, FrontValue]] | None:
        """Front matter that agrees with the notes; None where the map contradicts itself."""
        front = dict(whole.front)
        for name, value in state_after(whole).items():
            if front.setdefault(name, value) != value:
                self._contradiction(name, str(front[name]), value, whole)
                return None
        if whole.pipeline is not None and len(self.run.schema.pipelines) > 1:
            front["pipeline"] = whole.pipeline.id
        names = self.run.rows.in_order(front, whole.pipeline)
        return [*((name, front[name]) for name in names), (SOURCE_ID, source_id)]

    def _contradiction(self, name: str, front: str, noted: str, whole: Together) -> None:
        self.run.refuse(
            whole.all_rows(),
            "stage-mismatch" if name == "stage" else "field-mismatch",
            f"The map makes `{name}: {front}` of this row, but its last note says `{noted}`.",
            f"Let a note of the map end in that value, or take `{name}` out of its `fields`.",
            origin_of_field(name, whole.notes, self.map),
        )

    def _reads(self, candidate: Candidate, data: bytes, whole: Together) -> bool:
        """Whether the new file is a good deal or contact; if not, its rows are refused."""
        found: list[Problem] = []
        text = decode(candidate.path, data, found.append)
        read = read_document(candidate.path, text, found.append) if text is not None else None
        if read is not None:
            parse = parse_deal if self.map.is_deal else parse_contact
            parse(read, candidate.id, self.known, found.append)
        errors = [problem for problem in found if problem.severity is Severity.ERROR]
        for problem in errors:
            message = f"{problem.message.rstrip('.')}, in the {self.run.noun} that this row makes."
            help = f"Mend the cell or the map. {problem.help}"
            if problem.code == "missing-field":
                help = "Fill the cell, or take the field from another column."
            origin = (
                origin_of(problem, read, whole.notes, self.map)
                if read is not None
                else longest(self.map, self.run.cells, whole.all_rows())
            )
            self.run.refuse(whole.all_rows(), problem.code, message, help, origin)
        return not errors

    def _refuse_dangling(self) -> None:
        """Refuse rows that refer to rows that were refused, and so on."""
        referring: dict[str, list[Candidate]] = {}
        for candidate in self.new.values():
            for noun, id in candidate.refers if candidate.data else ():
                if noun == self.run.noun and id in self.by_id:
                    referring.setdefault(id, []).append(candidate)
        bad = [id for id in referring if not self.by_id[id].data]
        for id in bad:  # which grows meanwhile
            for candidate in referring.get(id, ()):
                if candidate.data and (to := self._dangling(candidate)):
                    self._refuse_file(candidate, to)
                    bad.append(candidate.id)

    def _refuse_file(self, candidate: Candidate, origin: Origin) -> None:
        candidate.data = b""
        taken = [at for at in candidate.rows if self.run.outcomes[at] == "taken"]
        for at in taken:
            self.run.outcomes[at] = "refused"
        self.run.refuse(
            [self.run.table.rows[at] for at in taken],
            f"unknown-{self.run.noun}",
            f"The row refers to a {self.run.noun} whose own row can't be taken.",
            "Mend that row first.",
            origin,
        )

    def _dangling(self, candidate: Candidate) -> Origin | None:
        """Where a candidate refers to one that is not made, if it does."""
        for (noun, id), origin in candidate.refers.items():
            if noun == self.run.noun and id in self.by_id and not self.by_id[id].data:
                return origin
        return None

    # --- files that are there ---------------------------------------------------------

    def _again(self, file: Existing, made: Numbered, whole: Together) -> None:
        """Rows whose file is there: nothing is overwritten, several rows add their notes."""
        missing = not_yet_there(whole.notes, file, whole.pipeline)
        different = self._different(file, whole)
        if self.map.several_rows and missing:
            self._add(file, missing, made)
        else:
            for at, _ in made:
                unlike = different or missing
                self.run.outcomes[at] = "left_alone" if unlike else "already_there"
        self._tell_different(file, whole, different, [] if self.map.several_rows else missing)

    def _tell_different(
        self, file: Existing, whole: Together, different: dict[str, str], missing: list[NewNote]
    ) -> None:
        told = list(different.values())
        help = "Nothing is overwritten. Write into the file what is true of the row."
        if missing:
            told.append(f"{counting.count(len(missing), 'note')} of the row not there")
            help = (
                "Nothing is overwritten. Where a row that has changed is to add its notes, write "
                "`several-rows: yes` into the map; else edit the file."
            )
        if not told:
            return
        name = next(iter(different), "")
        origin = (
            origin_of_field(name, whole.notes, self.map)
            if name
            else self.map.notes[missing[0].by_map].date
        )
        self.run.problem(
            "left-alone",
            f"`{file.path}` is there already and differs: {'; '.join(told)}.",
            help,
            self.run.cells.span_of(origin, whole.row_of(name)),
            Severity.WARNING,
        )

    def _different(self, file: Existing, whole: Together) -> dict[str, str]:
        """What the rows say otherwise than the file, by field. Of several rows the notes say
        what they set."""
        found, state = {}, state_after(whole)
        for name, value in (whole.front | state).items():
            there = file.value(name)
            follows = self.map.several_rows and name in state
            if not follows and _words(there) != _words(value):
                found[name] = f"`{name}` is `{shown_value(there)}`, not `{shown_value(value)}`"
        return found

    def _add(self, file: Existing, missing: list[NewNote], made: Numbered) -> None:
        new = {id(note) for note in missing}
        notes = [(each.row, n) for _, each in made for n in each.notes if id(n) in new]
        if not self.run.add_notes(file, notes):
            return
        for at, each in made:
            is_new = any(id(note) in new for note in each.notes)
            self.run.outcomes[at] = "taken" if is_new else "already_there"


def _words(value: FrontValue) -> tuple[str, ...]:
    texts = (value,) if isinstance(value, str) else value
    return tuple(" ".join(text.split()) for text in texts if text)
