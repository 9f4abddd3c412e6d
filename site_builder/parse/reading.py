"""The file of a deal or contact while it is read: what it is, and what is found out on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, final

from site_builder.journal.fields import (
    COMPANY_STATE_FIELDS,
    CONTACT_FIELDS,
    DEAL_FIELDS,
    KIND_FIELDS,
    STATE_FIELDS,
    Known,
)
from site_builder.journal.kinds import Kind
from site_builder.journal.pipeline import Pipeline, Step
from site_builder.parse.near_notes.loose_ticks import may_have_odd_ticks
from site_builder.parse.near_notes.signs import may_have_headings
from site_builder.parse.plain_values import participants_in
from site_builder.parse.reader import Reader, one_or_address
from site_builder.parse.referents import Referents
from site_builder.problems.characters import may_have_odd_signs
from site_builder.problems.patterns import pattern
from site_builder.problems.problem import Severity, Span
from site_builder.source.document import Document
from site_builder.source.yaml_nodes import Report, Scalar

if TYPE_CHECKING:
    from site_builder.parse.near_notes.dated_headings import Words
    from site_builder.parse.step_names import StepNames

_YEAR = r"\b([12][0-9]{3})-[0-9]{2}-[0-9]{2}\b"
_ANY_KIND = frozenset(name for group in KIND_FIELDS.values() for name in group)
_NO_STEPS: Mapping[str, Step] = {}
_NO_FIELDS: Mapping[str, Known] = {}


class FileKind(NamedTuple):
    """What is true of all files of deals, or of all of contacts. ``in_front`` are the names of
    all fields that can stand in their front matter, ``settable`` those that their notes can set;
    ``outside_notes`` and ``where_steps_are`` say where ticks mark nothing, and where they do."""

    name: str
    in_front: frozenset[str]
    settable: frozenset[str]
    has_stages: bool
    outside_notes: str
    where_steps_are: str
    of_notes: str = ""
    """What is said behind `notes`, where only some are such."""


DEAL_FILE = FileKind(
    "deal",
    frozenset(DEAL_FIELDS),
    _ANY_KIND | STATE_FIELDS.keys(),
    has_stages=True,
    outside_notes="above the first note",
    where_steps_are="below the heading of the note in which it was done",
)
CONTACT_FILE = FileKind(
    "contact",
    frozenset(CONTACT_FIELDS),
    (_ANY_KIND - KIND_FIELDS["stage"].keys()) | COMPANY_STATE_FIELDS.keys(),
    has_stages=False,
    outside_notes="in a contact's file",
    where_steps_are="into a note of the deal",
    of_notes=" of contacts",
)


@final
class Reading:
    """A file, being read. ``own_id`` is the contact's, and nothing for deals.

    Known from the front matter on: the deal's ``pipeline``, whether notes can set a ``level``,
    the ``spans`` of the fields that are written. ``misspelt`` are the places of fields whose
    names are nearly right, by the right ones. ``own_fields`` counts fields of notes that are the
    user's own, and ``headings_told`` the headings that begin no note; ``last_party`` is the
    participant before, if nothing says in what role. ``nearly_said`` are fields and steps that
    lines of notes seem to set or tick and do not, each of which is told.
    """

    pipeline: Pipeline | None = None
    has_level = False
    own_fields = 0
    last_party = ""
    headings_told = 0

    def __init__(
        self, document: Document, kind: FileKind, known: Referents, report: Report, own_id: str = ""
    ) -> None:
        self.reader = Reader(report)
        self.document = document
        self.kind = kind
        self.known = known
        self.schema = known.schema
        self.own_id = own_id
        self.is_markdown = document.path.endswith(".md")
        texts = document.joined
        self.may_have_headings = may_have_headings(texts)
        self.may_have_odd_ticks = may_have_odd_ticks(texts)
        self.may_have_odd_signs = may_have_odd_signs(texts)
        self.spans: Mapping[str, Span] = {}
        self.misspelt: dict[str, Span] = {}
        self.nearly_said: set[str] = set()

    @property
    def has_told_headings(self) -> bool:
        """Whether a heading was told: a note that is meant and is not there yet."""
        return self.headings_told > 0

    def problem(self, code: str, message: str, help: str, span: Span) -> None:
        self.reader.problem(code, message, help, span)

    def warn(self, code: str, message: str, help: str, span: Span) -> None:
        self.reader.problem(code, message, help, span, Severity.WARNING)

    def invalid(self, message: str, help: str, span: Span) -> None:
        self.reader.invalid(message, help, span)

    def meant(self, name: str, text: str) -> Iterable[str]:
        """The values of a list that a text is meant to be."""
        if name == "contacts":
            return participants_in(text, self.known.contacts)
        return one_or_address(name, text)

    def fields_of(self, kind: Kind) -> Mapping[str, Known]:
        """The fields that notes of a kind can have here."""
        own = KIND_FIELDS.get(kind.id, _NO_FIELDS)
        if self.kind.has_stages:
            return {**STATE_FIELDS, **own} if own else STATE_FIELDS
        return {**own, **COMPANY_STATE_FIELDS} if self.has_level else own

    @cached_property
    def given(self) -> frozenset[str]:
        """The names in the front matter."""
        return frozenset(entry.key.text for entry in self.document.front.entries)

    @property
    def steps(self) -> Mapping[str, Step]:
        """The steps that can be meant here, by their ids: those of the deal's pipeline or, in the
        file of a contact, of all."""
        known = self.known.steps
        if self.kind.has_stages:
            return known[self.pipeline.id] if self.pipeline else _NO_STEPS
        return {id: step for steps in known.values() for id, step in steps.items()}

    @cached_property
    def step_names(self) -> StepNames:
        """What the same are called."""
        from site_builder.parse.step_names import StepNames

        return StepNames(self.steps)

    @cached_property
    def words(self) -> Words:
        """What the words of a heading can mean in this file."""
        from site_builder.parse.near_notes.dated_headings import Words
        from site_builder.parse.people import Directory

        people = Directory(self.known.contacts, self.schema.team, named=self.known.named)
        stages = self.pipeline.stages if self.pipeline else ()
        years = frozenset(self._years())
        return Words(self.schema.kinds, stages, people, years, self.known.begun)

    @cached_property
    def plain_words(self) -> Words:
        """The same without guesses, for files in which guessing has taken long enough."""
        return self.words._replace(people=self.words.people._replace(may_guess=False))

    def _years(self) -> Iterator[int]:
        texts = [draft.date for draft in self.document.notes]
        values = [entry.value for entry in self.document.front.entries]
        texts += [value.text[:100] for value in values if isinstance(value, Scalar)]
        for text in texts:
            for match in pattern(_YEAR).finditer(text):
                yield int(match[1])
