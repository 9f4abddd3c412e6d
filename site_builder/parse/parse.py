"""Documents to deals and contacts.

What can't be understood is reported and left out, so that nothing later meets bad data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields
from typing import Any, ClassVar

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Extra
from site_builder.journal.fields import (
    COMPANY_STATE_FIELDS,
    CONTACT_FIELDS,
    CONTACT_REQUIRED,
    DEAL_FIELDS,
    DEAL_REQUIRED,
    KIND_FIELDS,
    STATE_FIELDS,
    Known,
)
from site_builder.journal.kinds import Kind
from site_builder.journal.note import StepMark
from site_builder.journal.pipeline import Pipeline, Stage, Step, ids_of
from site_builder.journal.team import Person
from site_builder.parse.fields import LOST_NOTES, is_unset
from site_builder.parse.plain_values import NO_MEANINGS
from site_builder.parse.reader import slug
from site_builder.parse.references import Referents
from site_builder.parse.ticks import Ticked
from site_builder.problems.characters import plain
from site_builder.problems.problem import Span
from site_builder.problems.suggest import listed, nearest, within
from site_builder.source.document import Document
from site_builder.source.links import first_id, linked_id
from site_builder.source.note_drafts import NoteDraft
from site_builder.source.yaml_nodes import Entry, Listing, Report, Scalar

_LONG_NAME = 20
_CALLED_NOW = ", as that stage is called now?"
_NOBODY = Person("", "nobody")


def _attributes(kind: type[Any]) -> tuple[list[str], list[Any]]:
    """What a deal or contact holds, as it is written, and what each is by default."""
    defaults = [None if f.default is MISSING else f.default for f in fields(kind)]
    return [f.name.replace("_", "-") for f in fields(kind)], defaults


_IN_DEALS, _IN_CONTACTS = _attributes(Deal), _attributes(Contact)


def parse_deal(document: Document, id: str, known: Referents, report: Report) -> Deal | None:
    """The deal a document describes, perhaps with gaps; None where there are no pipelines."""
    return _DealParser(document, known, report).deal(id)


def parse_contact(document: Document, id: str, known: Referents, report: Report) -> Contact:
    """The contact a document describes, perhaps with gaps."""
    return _ContactParser(document, known, report).contact(id)


def _by_place(found: dict[str, Any], names: list[str], defaults: list[Any]) -> Iterator[Any]:
    """A deal's or contact's attributes in order: to name them takes several times as long."""
    return map(found.get, names, defaults)


class _DealParser(Ticked):
    where = "deal"
    settable = Ticked.settable | STATE_FIELDS.keys()
    in_front = frozenset(DEAL_FIELDS)

    def deal(self, id: str) -> Deal | None:
        self.pipeline = self._pipeline()
        found = self._front()
        self._each_contact_once(found)
        notes = self.notes()
        self.summary_look_alikes()
        gaps = self.gaps(found, DEAL_REQUIRED)
        source, referral = self._source(found)
        pipeline = self.pipeline or next(iter(self.schema.pipelines), None)
        if pipeline is None:
            return None
        own = self.pipeline.fields if self.pipeline else ()
        extras = tuple([Extra(f, found[f.name]) for f in own if f.name in found])
        document = self.document
        found |= {
            "id": id,
            "path": document.path,
            "title": found.get("title", id),
            "owner": found.get("owner", _NOBODY),
            "pipeline": pipeline,
            "stage": found.get("stage") or pipeline.first_open,
            "gaps": gaps,
            "lacks-notes": self.lacks_notes or self.has_told_headings or LOST_NOTES in gaps,
            "source": source,
            "referral": referral,
            "extras": extras,
            "summary": document.summary,
            "summary-line": document.summary_line,
            "notes": notes,
            "spans": self.spans,
        }
        return Deal(*_by_place(found, *_IN_DEALS))

    def _front(self) -> dict[str, Any]:
        if self.pipeline is None:
            return self.fields(DEAL_FIELDS, NO_MEANINGS)
        known, id = self.known_ids, self.pipeline.id
        return self.fields(known.fields[id], known.meanings[id])

    def _each_contact_once(self, found: dict[str, Any]) -> None:
        contacts = found.get("contacts", ())
        if len(contacts) < 2 or len(contacts) == len({c.contact for c in contacts}):
            return
        node = self.document.front.get("contacts")
        seen: set[str] = set()
        for item in node.items if isinstance(node, Listing) else ():
            id = first_id(item.text).id if isinstance(item, Scalar) else ""
            if id in seen:
                self.invalid(
                    f"`{id}` stands twice in `contacts`.",
                    "Name each contact once; a role can have several words.",
                    item.span,
                )
            seen.add(id)
        found["contacts"] = tuple({c.contact: c for c in reversed(contacts)}.values())[::-1]

    def _pipeline(self) -> Pipeline | None:
        """The deal's pipeline, needed before its other fields can be read."""
        node = self.document.front.get("pipeline")
        if node is not None and not is_unset(node):
            return self.schema.pipeline(node.text) if isinstance(node, Scalar) else None
        if len(self.schema.pipelines) == 1:
            return self.schema.pipelines[0]
        if (written := self._misspelt_pipeline()) is not None:
            return self.schema.pipeline(written)
        if self.schema.pipelines and "pipelines" not in self.schema.unsure:
            names = listed([pipeline.id for pipeline in self.schema.pipelines])
            self.problem(
                "missing-field",
                "This deal has no `pipeline`, and the journal has several.",
                f"Add `pipeline:` with one of {names}.",
                node.span if node is not None else Span.start_of(self.document.path),
            )
        return None

    def _misspelt_pipeline(self) -> str | None:
        """What a field says whose name is nearly `pipeline`: the others are read by it."""
        for entry in self.document.front.entries:
            name = plain(entry.key.text).lower()
            if len(name) < _LONG_NAME and within(name, "pipeline", 2):
                return entry.value.text if isinstance(entry.value, Scalar) else ""
        return None

    def _known_pipeline(self, scalar: Scalar) -> Pipeline | None:
        pipeline = self.schema.pipeline(scalar.text)
        if pipeline is None:
            self.problem(
                "unknown-pipeline",
                f"There is no pipeline `{scalar.text}`.",
                self.guess(scalar.text, [p.id for p in self.schema.pipelines], "The pipelines")
                or "Name one of those under `pipelines` in pipeline.yml.",
                scalar.span,
            )
        return pipeline

    def _unknown(self, entry: Entry, names: Iterable[str]) -> None:
        may_be_own = "pipelines" in self.schema.unsure and not self.near(entry.key.text, names)
        if self.pipeline is not None and not may_be_own:
            super()._unknown(entry, names)

    def _stage(self, scalar: Scalar) -> Stage | None:
        """The stage that the deal stands in: not one that is retired, or by an old id."""
        if self.pipeline is None:
            return None
        stage, now = self.pipeline.stage(scalar.text), self.pipeline.renamed(scalar.text)
        if stage is None and now is not None and now.retired:
            stage = now
        if stage is None:
            self._unknown_stage(scalar, self.pipeline, self.pipeline.present)
        elif stage.retired:
            from site_builder.parse.near_notes.mending import stage_note

            ids = listed([s.id for s in self.pipeline.present])
            before = f"`{scalar.text}` is now called `{stage.id}`, which" if stage is now else ""
            self.problem(
                "retired-stage",
                f"{before or f'`{stage.id}`'} is retired, so no deal stands in it now.",
                f"Add a note `{stage_note(self.document.path, 'ID')}` of where it went, and write "
                f"`stage: ID`, with one of {ids}.",
                scalar.span,
            )
        return stage

    readers: ClassVar = {**Ticked.readers, "pipeline": _known_pipeline, "stage": _stage}

    def _unknown_stage(
        self, said: Scalar, pipeline: Pipeline, stages: tuple[Stage, ...], past: str = ""
    ) -> None:
        text, ids = said.text, ids_of(stages)
        if (now := pipeline.renamed(text)) is not None:
            help = f"Write `{now.id}`, as that stage is called now."
        elif named := _stage_named(text, stages):
            help = f"Did you mean `{named}`?"
        elif near := self.near(text, ids):
            help = f"Did you mean `{ids[near]}`" + ("?" if near in ids.values() else _CALLED_NOW)
        else:
            help = f"Its stages: {listed([stage.id for stage in stages])}."
            help += past
        self.problem(
            "unknown-stage",
            f"`{text}` is not a stage of the pipeline `{pipeline.id}`.",
            help,
            said.span,
        )

    def _stage_of(self, draft: NoteDraft) -> Stage | None:
        if self.pipeline is None:
            return None
        stage = self.pipeline.stage(draft.stage) or self.pipeline.renamed(draft.stage)
        unknown = draft.places.stage if stage is None else None
        if not unknown:
            return stage
        said = Scalar(draft.stage, unknown)
        self._unknown_stage(said, self.pipeline, self.pipeline.stages, _if_past(draft.stage))
        # The stage that was probably meant, so that nothing follows from the slip.
        stages = self.pipeline.stages
        ids = ids_of(stages)
        named = _stage_named(draft.stage, stages) or nearest(draft.stage, ids)
        return self.pipeline.stage(ids[named]) if named else None

    def _source(self, found: dict[str, Any]) -> tuple[str, str]:
        text: str = found.get("source", "")
        if text[:1] in ("r", "R", "["):
            node = self.document.front.get("source")
            if isinstance(node, Scalar):
                return self._referral(text, node)
        return text, ""

    def _fields_of(self, kind: Kind) -> Mapping[str, Known]:
        own = KIND_FIELDS.get(kind.id)
        return {**STATE_FIELDS, **own} if own else STATE_FIELDS


class _ContactParser(Ticked):
    where = "contact"
    subject = " of contacts"
    settable = (Ticked.settable - KIND_FIELDS["stage"].keys()) | COMPANY_STATE_FIELDS.keys()
    in_front = frozenset(CONTACT_FIELDS)
    _has_stages = False
    _has_level = False
    _outside_notes = "in a contact's file"
    _where_steps_are = "into a note of the deal"

    def contact(self, id: str) -> Contact:
        self.own_id = id
        found = self.fields(CONTACT_FIELDS, self.known_ids.contact_meanings)
        is_company = found.get("type") == "company"
        self._has_level = is_company or ("type" in self.spans and "type" not in found)
        notes = self.notes()
        self.summary_look_alikes()
        gaps = self.gaps(found, CONTACT_REQUIRED)
        if self.own_id in (found.get("company"), found.get("introduced-by")):
            self._not_itself(found)
        if "level" in found and not is_company:
            self._no_level(found)
        document = self.document
        found |= {
            "id": id,
            "path": document.path,
            "name": found.get("name", id),
            "is-company": self._is_company(found),
            "gaps": gaps,
            "lacks-notes": self.lacks_notes or self.has_told_headings or LOST_NOTES in gaps,
            "summary": document.summary,
            "summary-line": document.summary_line,
            "notes": notes,
            "spans": self.spans,
        }
        return Contact(*_by_place(found, *_IN_CONTACTS))

    def _not_itself(self, found: dict[str, Any]) -> None:
        """Report, and leave out, what the contact names itself as."""
        for name in ("company", "introduced-by"):
            if found.get(name) == self.own_id:
                self.invalid(
                    f"`{self.own_id}` is this contact itself.",
                    f"Name another contact as `{name}`, or leave it empty.",
                    self.spans[name],
                )
                del found[name]

    def _no_level(self, found: dict[str, Any]) -> None:
        """Leave out the level of a person; reported, unless its type is wrong itself."""
        if not self._has_level:
            self.invalid(
                "Only companies have a level.",
                f"{'Write' if 'type' in found else 'Add'} `type: company` where this is one; "
                "a person's level is their company's.",
                self.spans["level"],
            )
        del found["level"]

    def _is_company(self, found: dict[str, Any]) -> bool:
        """Whether it is one, or was meant to be: so nothing follows from a misspelt type."""
        if "type" in found or "type" not in self.spans:
            return bool(found.get("type") == "company")
        node = self.document.front.get("type")
        return not (isinstance(node, Scalar) and nearest(node.text, ("person",)))

    def _stage_of(self, draft: NoteDraft) -> Stage | None:
        self.problem(
            "invalid-note",
            "Only deals have stages.",
            "Move this note to the deal's file.",
            draft.places.kind,
        )
        return None

    @property
    def _known_steps(self) -> Mapping[str, Step]:
        return {id: step for steps in self.known_ids.steps.values() for id, step in steps.items()}

    def _steps(self, draft: NoteDraft) -> tuple[StepMark, ...]:
        if draft.text:
            self._ticks_outside(draft, [])
        return ()

    def _fields_of(self, kind: Kind) -> Mapping[str, Known]:
        own = super()._fields_of(kind)
        return {**own, **COMPANY_STATE_FIELDS} if self._has_level else own


def _stage_named(text: str, stages: tuple[Stage, ...]) -> str:
    """The stage that has this name, also in link brackets, or of whose type there is only this
    one."""
    name = slug(link.id if (link := linked_id(text)) else text)
    found = [s.id for s in stages if name in (s.id, slug(s.name))]
    words = name.split("-")
    ending = [s.id for s in stages if not s.is_open and s.type.value in words]
    return next((ids[0] for ids in (found, ending) if len(ids) == 1), "")


def _if_past(text: str) -> str:
    """What to type in pipeline.yml for the id of a stage that there was."""
    if slug(text) != text:
        return ""
    return (
        f" In pipeline.yml, write `was: [{text}]` at the stage that it is called now, or"
        f" `{text}: {{retired: yes}}` if there is none."
    )
