"""What an import map says: how the columns of one CSV file become a journal's files.

Read by ``map_reader``; nothing here reads YAML or CSV.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, get_args

from site_builder.problems.problem import Span

Makes = Literal["deals", "contacts", "notes", "stages"]
MAKES: tuple[Makes, ...] = get_args(Makes)
LEAVE_OUT = "leave-out"


@dataclass(frozen=True, slots=True)
class Name:
    """A column's name as the map has it, and where."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Hole:
    """``{Column}`` or ``{Column|date}`` in a template."""

    column: Name
    filter: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """Texts and the holes between them."""

    parts: tuple[str | Hole, ...]

    @property
    def holes(self) -> tuple[Hole, ...]:
        return tuple(part for part in self.parts if isinstance(part, Hole))


@dataclass(frozen=True, slots=True)
class Condition:
    """What a cell has to be: one of some texts, none of some, filled or empty."""

    column: Name
    among: frozenset[str] | None = None
    besides: frozenset[str] = frozenset()
    filled: bool | None = None


@dataclass(frozen=True, slots=True)
class Lookup:
    """A table in another CSV file: find the row whose ``key`` is the text, take ``value``."""

    file: str
    key: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value comes from, and what is done to it on the way."""

    span: Span
    columns: tuple[Name, ...] = ()
    templates: tuple[Template, ...] = ()
    fixed: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    lookup: Lookup | None = None
    empty: str = ""
    otherwise: str | None = None
    when: tuple[Condition, ...] = ()
    split: str = ""
    dates: tuple[str, ...] = ()
    currency: str = ""
    currency_column: Name | None = None
    divide: Decimal | None = None
    source: str = ""
    match: str = ""
    role: str = ""

    def own_names(self) -> Iterator[Name]:
        """The columns that the value is made from."""
        yield from self.columns
        yield from (hole.column for hole in self.holes)

    @property
    def holes(self) -> tuple[Hole, ...]:
        """Those of all its templates."""
        return tuple(hole for template in self.templates for hole in template.holes)

    def names(self) -> Iterator[Name]:
        """All columns that the value is made from or depends on."""
        yield from self.own_names()
        yield from (condition.column for condition in self.when)
        if self.currency_column is not None:
            yield self.currency_column


@dataclass(frozen=True, slots=True)
class NoteMap:
    """How a row becomes a note."""

    date: Origin
    kind: Origin | None = None
    stage: Origin | None = None
    with_time: bool = True
    direction: str = ""
    parties: tuple[Origin, ...] = ()
    by: Origin | None = None
    headline: Origin | None = None
    text: Origin | None = None
    key: Origin | None = None
    fields: Mapping[str, Origin] = field(default_factory=dict)
    when: tuple[Condition, ...] = ()

    def origins(self) -> Iterator[Origin]:
        """All places that the note's values come from."""
        single = (self.date, self.kind, self.stage, self.by, self.headline, self.text, self.key)
        yield from (origin for origin in single if origin is not None)
        yield from self.parties
        yield from self.fields.values()


@dataclass(frozen=True, slots=True)
class Skip:
    """Rows to leave out on purpose, and why."""

    when: tuple[Condition, ...]
    because: str


@dataclass(frozen=True, slots=True)
class ImportMap:
    """One map: for one kind of CSV file."""

    makes: Makes
    source: str = ""
    encoding: str = ""
    delimiter: str = ""
    escape: bool = False
    header: tuple[str, ...] = ()
    fill_short_rows: bool = False
    dates: tuple[str, ...] = ()
    numbers: str = ""
    percents: str = ""
    in_utc: bool = False
    currency: str = ""
    pipeline: str = ""
    folder: str = ""
    several_rows: bool = False
    newest_first: bool = False
    key: Origin | None = None
    id: Origin | None = None
    target: Origin | None = None
    target_is_deal: bool = True
    skips: tuple[Skip, ...] = ()
    stages: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    replace: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    blank: frozenset[str] = frozenset()
    replaced: tuple[Name, ...] = ()
    fields: Mapping[str, tuple[Origin, ...]] = field(default_factory=dict)
    summary: Origin | None = None
    notes: tuple[NoteMap, ...] = ()

    @property
    def makes_notes(self) -> bool:
        """Whether its rows are notes of files that are there, and no files themselves."""
        return self.makes in ("notes", "stages")

    @property
    def is_deal(self) -> bool:
        """Whether the files it writes are deals."""
        return self.target_is_deal if self.makes_notes else self.makes == "deals"

    def origins(self) -> Iterator[Origin]:
        """All places that values come from."""
        yield from (o for o in (self.key, self.id, self.target, self.summary) if o is not None)
        for origins in self.fields.values():
            yield from origins
        for note in self.notes:
            yield from note.origins()

    def names(self) -> Iterator[Name]:
        """All columns that the map speaks of."""
        for origin in self.origins():
            yield from origin.names()
        yield from self.replaced
        for conditions in (*(skip.when for skip in self.skips), *(n.when for n in self.notes)):
            yield from (condition.column for condition in conditions)

    def lookups(self) -> tuple[Lookup, ...]:
        """All tables in other files."""
        return tuple(o.lookup for o in self.origins() if o.lookup is not None)
