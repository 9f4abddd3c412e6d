"""Rows that are deals or contacts: a file for each that is not there yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from site_builder.diagnostics import Problem, Severity
from site_builder.exchange.attaching import last_state, not_yet_there
from site_builder.exchange.cells import Refused
from site_builder.exchange.existing import Existing
from site_builder.exchange.ids import Ids
from site_builder.exchange.numbers import shown
from site_builder.exchange.plan import FileWrite
from site_builder.exchange.rows import Made
from site_builder.exchange.run import Run
from site_builder.exchange.table import Row
from site_builder.exchange.writing import SOURCE_ID, FrontValue, NewNote, document, in_order
from site_builder.fields import DEAL_FIELDS
from site_builder.parse import parse_contact, parse_deal
from site_builder.references import Referents
from site_builder.source import decode, read_document
from site_builder.states import NOTE_STATE

Numbered = list[tuple[int, Made]]
"""What rows make, with their places in the table."""


@dataclass(slots=True)
class Candidate:
    """A new file: its id, the rows it is made of, and its bytes once they are good."""

    id: str
    path: str
    source_id: str
    rows: list[int]
    data: bytes = b""
    refers: frozenset[tuple[str, str]] = frozenset()


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
            self.run.references.used = set()
            made = self._made(rows)
            if made and source in there:
                self._again(there[source], made)
            elif made:
                self._new_file(self.new[source], made)
        self._refuse_dangling()
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
            self.run.table.span(rows[at]),
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

    def _new_file(self, candidate: Candidate, made: Numbered) -> None:
        newest, notes = self._newest(made), self._all_notes(made)
        rows = [each.row for _, each in made]
        front = self._front(newest, notes, candidate.source_id, rows)
        if front is None:
            return
        data = document(front, newest.summary, notes).encode()
        if self._reads(candidate, data, rows):
            candidate.data, candidate.refers = data, frozenset(self.run.references.used)
            for at, _ in made:
                self.run.outcomes[at] = "taken"

    def _all_notes(self, made: Numbered) -> list[NewNote]:
        rows = reversed(made) if self.map.newest_first else made
        return in_order(note for _, each in rows for note in each.notes)

    def _newest(self, made: Numbered) -> Made:
        """The row that says how a file's fields are now: the one with the latest note."""
        rows = [each for _, each in (reversed(made) if self.map.newest_first else made)]
        dated = [each for each in reversed(rows) if each.notes]
        return max(dated, key=lambda m: max(n.order for n in m.notes)) if dated else rows[-1]

    def _front(
        self, made: Made, notes: list[NewNote], source_id: str, rows: list[Row]
    ) -> list[tuple[str, FrontValue]] | None:
        """Front matter that agrees with the notes; None where the map contradicts itself."""
        front = dict(made.front)
        for name, value in self._state(notes).items():
            if front.setdefault(name, value) != value:
                self._contradiction(name, str(front[name]), value, rows)
                return None
        if made.pipeline is not None and len(self.run.schema.pipelines) > 1:
            front["pipeline"] = made.pipeline.id
        place = {name: at for at, name in enumerate(DEAL_FIELDS)} if self.map.is_deal else {}
        names = sorted(front, key=lambda name: place.get(name, len(place)))
        return [*((name, front[name]) for name in names), (SOURCE_ID, source_id)]

    def _state(self, notes: list[NewNote]) -> dict[str, str]:
        return last_state(notes) if self.map.is_deal else {}

    def _contradiction(self, name: str, front: str, noted: str, rows: list[Row]) -> None:
        self.run.refuse(
            rows,
            "stage-mismatch" if name == "stage" else "field-mismatch",
            f"The map makes `{name}: {front}` of this row, but its last note says `{noted}`.",
            f"Let a note of the map end in that value, or take `{name}` out of its `fields`.",
        )

    def _reads(self, candidate: Candidate, data: bytes, rows: list[Row]) -> bool:
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
            self.run.refuse(rows, problem.code, message, help)
        return not errors

    def _refuse_dangling(self) -> None:
        """Refuse rows that refer to rows that were refused, and so on."""
        while bad := [c for c in self.new.values() if c.data and self._is_dangling(c)]:
            for candidate in bad:
                candidate.data = b""
                taken = [at for at in candidate.rows if self.run.outcomes[at] == "taken"]
                for at in taken:
                    self.run.outcomes[at] = "refused"
                self.run.refuse(
                    [self.run.table.rows[at] for at in taken],
                    f"unknown-{self.run.noun}",
                    f"The row refers to a {self.run.noun} whose own row can't be taken.",
                    "Mend that row first.",
                )

    def _is_dangling(self, candidate: Candidate) -> bool:
        ours = (id for noun, id in candidate.refers if noun == self.run.noun and id in self.by_id)
        return any(not self.by_id[id].data for id in ours)

    # --- files that are there ---------------------------------------------------------

    def _again(self, file: Existing, made: Numbered) -> None:
        """Rows whose file is there: nothing is overwritten, several rows add their notes."""
        newest, notes = self._newest(made), self._all_notes(made)
        missing = not_yet_there(notes, file, newest.pipeline)
        if self.map.several_rows and missing:
            self._add(file, missing, made)
            return
        different = self._different(file, newest, notes)
        if missing:
            different.append(f"{len(missing)} note{'s' * (len(missing) > 1)} of the row not there")
        for at, _ in made:
            self.run.outcomes[at] = "left_alone" if different else "already_there"
        if different:
            self.run.problem(
                "left-alone",
                f"`{file.path}` is there already and differs: {'; '.join(different)}.",
                "Nothing is overwritten. Edit the file, or delete it and import again.",
                self.run.table.span(newest.row),
                Severity.WARNING,
            )

    def _different(self, file: Existing, made: Made, notes: list[NewNote]) -> list[str]:
        found = []
        for name, value in (dict(made.front) | self._state(notes)).items():
            there = file.value(name)
            follows = self.map.several_rows and name in ("stage", *NOTE_STATE)
            if not follows and _words(there) != _words(value):
                found.append(f"`{name}` is `{_shown(there)}`, not `{_shown(value)}`")
        return found

    def _add(self, file: Existing, missing: list[NewNote], made: Numbered) -> None:
        if not self.run.add_notes(file, missing, [each.row for _, each in made]):
            return
        new = {id(note) for note in missing}
        for at, each in made:
            is_new = any(id(note) in new for note in each.notes)
            self.run.outcomes[at] = "taken" if is_new else "already_there"


def _words(value: FrontValue) -> tuple[str, ...]:
    texts = (value,) if isinstance(value, str) else value
    return tuple(" ".join(text.split()) for text in texts if text)


def _shown(value: FrontValue) -> str:
    return shown(value if isinstance(value, str) else ", ".join(value))
