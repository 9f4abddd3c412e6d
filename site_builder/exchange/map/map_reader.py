"""An import map's YAML to an ``ImportMap``, with every mistake reported at its place."""

from __future__ import annotations

from dataclasses import replace

from site_builder.exchange.csv.decoding import ENCODINGS
from site_builder.exchange.csv.numbers import CONVENTIONS
from site_builder.exchange.map.mapping import MAKES, ImportMap, Origin, Skip
from site_builder.exchange.map.note_reader import NoteReader
from site_builder.exchange.map.origin_reader import Entries
from site_builder.files.tree import MAX_BYTES
from site_builder.journal import values
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS
from site_builder.journal.schema import Schema
from site_builder.parse.reader import is_id
from site_builder.problems.problem import Problem, Span
from site_builder.source.yaml_nodes import Entry, Listing, Mapping, Report
from site_builder.source.yaml_text import read_mapping

_COMMON = (
    "import", "source", "csv", "dates", "times", "numbers", "percents", "currency", "order",
    "skip", "blank", "replace", "stages", "people",
)  # fmt: skip
_FOR_FILES = (
    *_COMMON,
    *("pipeline", "folder", "key", "id", "several-rows", "fields", "summary", "notes"),
)
_FOR_NOTES = (*_COMMON, "deal", "contact", "note")
_CSV = ("encoding", "delimiter", "escape", "header", "short-rows")
_SOURCE_HELP = "Add a name for where the data comes from: `source: acme-crm-deals`."
_DELIMITERS = {
    "comma": ",",
    "semicolon": ";",
    "tab": "\t",
    "pipe": "|",
    **{mark: mark for mark in ",;|\t"},
}


def read_map(path: str, text: str, schema: Schema, report: Report) -> ImportMap | None:
    """The map that a YAML text describes; None, with the problems reported, if any part
    of it is wrong: half a map would import half a truth."""
    found: list[Problem] = []
    if len(text) > MAX_BYTES:
        report(
            Problem(
                "too-large",
                "The map is too large.",
                "Keep long tables in a CSV and use `lookup`.",
                Span.start_of(path),
            )
        )
        return None
    root = read_mapping(path, text, 1, found.append)
    made = _MapReader(path, schema, found.append).read(root) if root is not None else None
    for problem in found:
        report(problem)
    return None if found else made


class _MapReader(NoteReader):
    """Reads the parts of a map, one method a part."""

    def __init__(self, path: str, schema: Schema, report: Report) -> None:
        super().__init__(report)
        self.path, self.schema = path, schema

    def read(self, root: Mapping) -> ImportMap | None:
        node = root.get("import")
        scalar = self.scalar("import", node) if node is not None else None
        if scalar is None:
            self.problem(
                "missing-field",
                "The map does not say what it makes.",
                "Add `import: deals`, `contacts`, `notes` or `stages`.",
                Span.start_of(self.path),
            )
            return None
        named = self.one_of(scalar, MAKES, "something to import")
        makes = next((each for each in MAKES if each == named), None)
        if makes is None:
            return None
        made = ImportMap(makes)
        e = self.known("the map", root, _FOR_NOTES if made.makes_notes else _FOR_FILES)
        made = self._common(made, e)
        return self._for_notes(made, e) if made.makes_notes else self._for_files(made, e)

    # --- what all maps have -----------------------------------------------------------

    def _common(self, made: ImportMap, e: Entries) -> ImportMap:
        made = self._csv(made, e)
        return replace(
            made,
            source=self._id("source", e),
            dates=self._dates(e),
            in_utc=self._one_of("times", e, ("as-written", "utc"), "a way to read times") == "utc",
            numbers=self._one_of("numbers", e, tuple(CONVENTIONS), "a way to write numbers"),
            percents=self._one_of(
                "percents", e, ("whole", "fraction"), "a way to write percentages"
            ),
            currency=self._currency(e),
            newest_first=self._one_of("order", e, ("oldest-first", "newest-first"), "an order")
            == "newest-first",
            skips=self._skips(e),
            stages=self._table("stages", e),
            people=self._table("people", e),
            blank=frozenset(self.texts("blank", e["blank"].value)) if "blank" in e else frozenset(),
            replace=self._replace(e),
            replaced=tuple(self._name(entry.key) for entry in self._columns_of("replace", e)),
        )

    def _csv(self, made: ImportMap, e: Entries) -> ImportMap:
        node = e["csv"].value if "csv" in e else None
        if not isinstance(node, Mapping):
            self.entries("csv", node)
            return made
        c = self.known("`csv`", node, _CSV)
        delimiter = self._one_of("delimiter", c, tuple(_DELIMITERS), "a delimiter")
        return replace(
            made,
            encoding=self._one_of("encoding", c, ENCODINGS, "an encoding that is known here"),
            delimiter=_DELIMITERS.get(delimiter, ""),
            escape=self._one_of("escape", c, ("backslash", "none"), "a way to escape quotes")
            == "backslash",
            header=self.texts("header", c["header"].value) if "header" in c else (),
            fill_short_rows=self._one_of(
                "short-rows", c, ("fill", "refuse"), "a way to treat short rows"
            )
            == "fill",
        )

    def _skips(self, e: Entries) -> tuple[Skip, ...]:
        if "skip" not in e:
            return ()
        node = e["skip"].value
        found = []
        for each in node.items if isinstance(node, Listing) else (node,):
            if not isinstance(each, Mapping):
                self.invalid(
                    "`skip` takes conditions.",
                    "Write `- when: {IsDeleted: TRUE}` below it.",
                    each.span,
                )
                continue
            s = self.known("`skip`", each, ("when", "because"))
            when = self._when(s)
            if not when:
                self.problem(
                    "missing-field",
                    "This `skip` has no condition.",
                    "Add `when: {COLUMN: VALUE}`.",
                    each.span,
                )
            because = self.text("because", s["because"].value) if "because" in s else ""
            found.append(Skip(when, because or "the map skips them"))
        return tuple(found)

    def _replace(self, e: Entries) -> dict[str, dict[str, str]]:
        """For each column, what its cells are to be taken as."""
        return {
            self._name(x.key).text: self._table(x.key.text, {x.key.text: x})
            for x in self._columns_of("replace", e)
        }

    def _columns_of(self, name: str, e: Entries) -> tuple[Entry, ...]:
        node = e[name].value if name in e else None
        return node.entries if isinstance(node, Mapping) else self.entries(name, node)

    # --- maps of files and maps of notes ----------------------------------------------

    def _for_files(self, made: ImportMap, e: Entries) -> ImportMap:
        noun = "deal" if made.is_deal else "contact"
        self._required("source", e, _SOURCE_HELP)
        self._required("key", e, f"Add the column that identifies a {noun}: `key: Id`.")
        self._required("fields", e, f"Add `fields:` with the {noun}'s fields and their columns.")
        several = (
            self.typed("several-rows", e["several-rows"].value, values.yes_no)
            if "several-rows" in e
            else False
        )
        return replace(
            made,
            pipeline=self._pipeline(e),
            folder=self._folder(e, made.makes),
            several_rows=bool(several),
            key=self._origin("key", e),
            id=self._origin("id", e),
            fields=self._fields(e, made.is_deal),
            summary=self._origin("summary", e),
            notes=self._notes(e, made.is_deal),
        )

    def _for_notes(self, made: ImportMap, e: Entries) -> ImportMap:
        if ("deal" in e) == ("contact" in e) or (made.makes == "stages" and "contact" in e):
            what = "The map does not say which file a note goes to."
            help = "Add `deal:` (or, for notes, `contact:`) with the column that identifies it."
            self.problem("missing-field", what, help, Span.start_of(self.path))
        self._required("note", e, "Add `note:` with the note's parts and their columns.")
        node = e["note"].value if "note" in e else None
        note = (
            self._note(node, "contact" not in e, made.makes == "stages")
            if node is not None
            else None
        )
        if note is not None and note.key is not None and not made.source:
            self._required("source", e, _SOURCE_HELP)
        return replace(
            made,
            target=self._origin("contact" if "contact" in e else "deal", e),
            target_is_deal="contact" not in e,
            notes=(note,) if note is not None else (),
        )

    def _required(self, name: str, e: Entries, help: str) -> None:
        if name not in e:
            what = f"The map has no `{name}`."
            self.problem("missing-field", what, help, Span.start_of(self.path))

    def _pipeline(self, e: Entries) -> str:
        scalar = self.scalar("pipeline", e["pipeline"].value) if "pipeline" in e else None
        ids = [p.id for p in self.schema.pipelines]
        return (
            scalar and self.one_of(scalar, ids, "a pipeline of pipeline.yml", "unknown-pipeline")
        ) or ""

    def _folder(self, e: Entries, makes: str) -> str:
        scalar = self.scalar("folder", e["folder"].value) if "folder" in e else None
        if scalar is None:
            return ""
        parts = scalar.text.strip("/").split("/")
        if not all(is_id(part) for part in parts) or parts[0] == makes:
            self.invalid(
                f"`{scalar.text}` is not a folder below {makes}/.",
                "Write for example `folder: 2026`.",
                scalar.span,
            )
        return "/".join(parts)

    def _fields(self, e: Entries, is_deal: bool) -> dict[str, tuple[Origin, ...]]:
        own = {f.name for p in self.schema.pipelines for f in p.fields} if is_deal else set()
        names = [*(DEAL_FIELDS if is_deal else CONTACT_FIELDS), *sorted(own)]
        found: dict[str, tuple[Origin, ...]] = {}
        for entry in self.entries("fields", e["fields"].value if "fields" in e else None):
            name = entry.key.text
            if name not in names and not name.startswith("x-"):
                self.unknown_field(
                    name, "a deal" if is_deal else "a contact", names, entry.key.span
                )
                continue
            found[name] = self._several(name, entry.value)
        return found
