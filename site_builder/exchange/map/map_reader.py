"""An import map's YAML to an ``ImportMap``, with every mistake reported at its place."""

from __future__ import annotations

from dataclasses import replace

from site_builder.exchange.csv.decoding import ENCODINGS
from site_builder.exchange.csv.numbers import CONVENTIONS
from site_builder.exchange.map.mapping import MAKES, ImportMap, Name, Origin, Skip
from site_builder.exchange.map.note_reader import read_note, read_notes
from site_builder.exchange.map.origin_reader import (
    name_of,
    one_of,
    origins_of,
    read_currency,
    read_dates,
    read_id,
    read_origin,
    read_table,
    read_when,
)
from site_builder.files.tree import MAX_BYTES
from site_builder.journal import values
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS
from site_builder.journal.schema import Schema
from site_builder.parse import mappings
from site_builder.parse.ids import is_id
from site_builder.parse.mappings import Entries, entries_of, node_of, scalar_of, text_of, typed_of
from site_builder.parse.reader import Reader
from site_builder.parse.unknown_fields import unknown_field
from site_builder.problems.problem import Problem, Span
from site_builder.source.yaml_nodes import Listing, Mapping, Report
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
    made = _read(Reader(found.append), path, schema, root) if root is not None else None
    for problem in found:
        report(problem)
    return None if found else made


def _read(reader: Reader, path: str, schema: Schema, root: Mapping) -> ImportMap | None:
    node = root.get("import")
    scalar = reader.scalar("import", node) if node is not None else None
    if scalar is None:
        reader.problem(
            "missing-field",
            "The map does not say what it makes.",
            "Add `import: deals`, `contacts`, `notes` or `stages`.",
            Span.start_of(path),
        )
        return None
    named = reader.one_of(scalar, MAKES, "something to import")
    makes = next((each for each in MAKES if each == named), None)
    if makes is None:
        return None
    made, start = ImportMap(makes), Span.start_of(path)
    e = mappings.known(reader, "the map", root, _FOR_NOTES if made.makes_notes else _FOR_FILES)
    made = _common(reader, made, e)
    if made.makes_notes:
        return _for_notes(reader, start, made, e)
    return _for_files(reader, start, schema, made, e)


# --- what all maps have -----------------------------------------------------------


def _common(reader: Reader, made: ImportMap, e: Entries) -> ImportMap:
    made, replaced = _csv(reader, made, e), _replaced(reader, e)
    return replace(
        made,
        source=read_id(reader, "source", e),
        dates=read_dates(reader, e),
        in_utc=one_of(reader, "times", e, ("as-written", "utc"), "a way to read times") == "utc",
        numbers=one_of(reader, "numbers", e, tuple(CONVENTIONS), "a way to write numbers"),
        percents=one_of(reader, "percents", e, ("whole", "fraction"), "a way to write percentages"),
        currency=read_currency(reader, e),
        newest_first=one_of(reader, "order", e, ("oldest-first", "newest-first"), "an order")
        == "newest-first",
        skips=_skips(reader, e),
        stages=read_table(reader, "stages", e),
        people=read_table(reader, "people", e),
        blank=frozenset(reader.texts("blank", e["blank"].value)) if "blank" in e else frozenset(),
        replace={name.text: table for name, table in replaced},
        replaced=tuple(name for name, _ in replaced),
    )


def _csv(reader: Reader, made: ImportMap, e: Entries) -> ImportMap:
    node = node_of("csv", e)
    if not isinstance(node, Mapping):
        mappings.entries(reader, "csv", node)
        return made
    c = mappings.known(reader, "`csv`", node, _CSV)
    delimiter = one_of(reader, "delimiter", c, tuple(_DELIMITERS), "a delimiter")
    return replace(
        made,
        encoding=one_of(reader, "encoding", c, ENCODINGS, "an encoding that is known here"),
        delimiter=_DELIMITERS.get(delimiter, ""),
        escape=one_of(reader, "escape", c, ("backslash", "none"), "a way to escape quotes")
        == "backslash",
        header=reader.texts("header", c["header"].value) if "header" in c else (),
        fill_short_rows=one_of(
            reader, "short-rows", c, ("fill", "refuse"), "a way to treat short rows"
        )
        == "fill",
    )


def _skips(reader: Reader, e: Entries) -> tuple[Skip, ...]:
    if "skip" not in e:
        return ()
    node = e["skip"].value
    found = []
    for each in node.items if isinstance(node, Listing) else (node,):
        if not isinstance(each, Mapping):
            reader.invalid(
                "`skip` takes conditions.",
                "Write `- when: {IsDeleted: TRUE}` below it.",
                each.span,
            )
            continue
        s = mappings.known(reader, "`skip`", each, ("when", "because"))
        when = read_when(reader, s)
        if not when:
            reader.problem(
                "missing-field",
                "This `skip` has no condition.",
                "Add `when: {COLUMN: VALUE}`.",
                each.span,
            )
        because = text_of(reader, "because", s)
        found.append(Skip(when, because or "the map skips them"))
    return tuple(found)


def _replaced(reader: Reader, e: Entries) -> list[tuple[Name, dict[str, str]]]:
    """Columns, each with what its cells are to be taken as."""
    return [
        (name_of(entry.key), read_table(reader, entry.key.text, {entry.key.text: entry}))
        for entry in entries_of(reader, "replace", e)
    ]


# --- maps of files and maps of notes ----------------------------------------------


def _for_files(
    reader: Reader, start: Span, schema: Schema, made: ImportMap, e: Entries
) -> ImportMap:
    noun = "deal" if made.is_deal else "contact"
    _required(reader, start, "source", e, _SOURCE_HELP)
    _required(reader, start, "key", e, f"Add the column that identifies a {noun}: `key: Id`.")
    _required(
        reader, start, "fields", e, f"Add `fields:` with the {noun}'s fields and their columns."
    )
    return replace(
        made,
        pipeline=_pipeline(reader, schema, e),
        folder=_folder(reader, e, made.makes),
        several_rows=typed_of(reader, "several-rows", e, values.yes_no) is True,
        key=read_origin(reader, "key", e),
        id=read_origin(reader, "id", e),
        fields=_fields(reader, schema, e, made.is_deal),
        summary=read_origin(reader, "summary", e),
        notes=read_notes(reader, e, made.is_deal),
    )


def _for_notes(reader: Reader, start: Span, made: ImportMap, e: Entries) -> ImportMap:
    if ("deal" in e) == ("contact" in e) or (made.makes == "stages" and "contact" in e):
        what = "The map does not say which file a note goes to."
        help = "Add `deal:` (or, for notes, `contact:`) with the column that identifies it."
        reader.problem("missing-field", what, help, start)
    _required(reader, start, "note", e, "Add `note:` with the note's parts and their columns.")
    node = node_of("note", e)
    note = (
        read_note(reader, node, "contact" not in e, made.makes == "stages")
        if node is not None
        else None
    )
    if note is not None and note.key is not None and not made.source:
        _required(reader, start, "source", e, _SOURCE_HELP)
    return replace(
        made,
        target=read_origin(reader, "contact" if "contact" in e else "deal", e),
        target_is_deal="contact" not in e,
        notes=(note,) if note is not None else (),
    )


def _required(reader: Reader, start: Span, name: str, e: Entries, help: str) -> None:
    if name not in e:
        what = f"The map has no `{name}`."
        reader.problem("missing-field", what, help, start)


def _pipeline(reader: Reader, schema: Schema, e: Entries) -> str:
    scalar = scalar_of(reader, "pipeline", e)
    ids = [p.id for p in schema.pipelines]
    return (
        scalar and reader.one_of(scalar, ids, "a pipeline of pipeline.yml", "unknown-pipeline")
    ) or ""


def _folder(reader: Reader, e: Entries, makes: str) -> str:
    scalar = scalar_of(reader, "folder", e)
    if scalar is None:
        return ""
    parts = scalar.text.strip("/").split("/")
    if not all(is_id(part) for part in parts) or parts[0] == makes:
        reader.invalid(
            f"`{scalar.text}` is not a folder below {makes}/.",
            "Write for example `folder: 2026`.",
            scalar.span,
        )
    return "/".join(parts)


def _fields(
    reader: Reader, schema: Schema, e: Entries, is_deal: bool
) -> dict[str, tuple[Origin, ...]]:
    names = [*DEAL_FIELDS, *sorted(schema.own_fields)] if is_deal else [*CONTACT_FIELDS]
    found: dict[str, tuple[Origin, ...]] = {}
    for entry in entries_of(reader, "fields", e):
        name = entry.key.text
        if name not in names and not name.startswith("x-"):
            unknown_field(reader, name, "a deal" if is_deal else "a contact", names, entry.key.span)
            continue
        found[name] = origins_of(reader, name, entry.value)
    return found
