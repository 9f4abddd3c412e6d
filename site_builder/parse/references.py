"""What deals and contacts refer to: people, contacts, deals. Names and addresses in place of
ids are told from one another, so that the id can be named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

from site_builder.journal.deal import Participant
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, Known
from site_builder.journal.pipeline import Step
from site_builder.journal.schema import Schema
from site_builder.journal.team import Person
from site_builder.parse.asked import Asked
from site_builder.parse.plain_values import Meanings, contact_in_role, meanings, participants_in
from site_builder.parse.reader import Reader, is_id, seen, slug
from site_builder.problems.patterns import late
from site_builder.problems.problem import Severity, Span
from site_builder.problems.suggest import listed
from site_builder.source.flat import side_by_side
from site_builder.source.links import first_id, linked_id
from site_builder.source.yaml_nodes import Report, Scalar

_ENDING = late(r"\.(?:md|ya?ml)$")
_LONGEST_NAME = 5
_REFERRALS = ("referral", "referrals", "referred", "referrer", "reference")
_OF_REFERRAL = late(r"([A-Za-z]+)[\s:,–—-]+(?=\S)")
_BY = late(r"^(?:(?:from|by|of|via|through|-|–|—|:)\s+)+")


@dataclass(frozen=True)
class Referents:
    """What a file may refer to: the schema, and the ids of all contacts and deals, also of
    those whose own files are broken."""

    schema: Schema
    contacts: frozenset[str]
    deals: frozenset[str]
    begun: dt.date = dt.date.max
    """The last day that has begun: no later one is proposed for what has happened."""
    called: Callable[[str], Mapping[str, str]] = lambda _folder: {}
    """Ids by the names and addresses in lower case, of `contacts` or `deals`. It takes a while,
    so it is for what is wrong."""
    asked: Asked = field(default_factory=Asked)
    """What is asked of these ids, if they note it down."""

    def named(self, name: str) -> str:
        """The contact of a name; nothing where there is none."""
        id = self.called("contacts").get(name.strip().lower(), "")
        return id if id in self.contacts else ""

    @cached_property
    def fields(self) -> Mapping[str, Mapping[str, Known]]:
        """The fields of deals, by the pipeline's id and the name."""
        return {
            pipeline.id: DEAL_FIELDS
            | {f.name: Known(f.type, options=f.options) for f in pipeline.fields}
            for pipeline in self.schema.pipelines
        }

    @cached_property
    def meanings(self) -> Mapping[str, Meanings]:
        """What texts mean in the fields of deals, by the pipeline's id."""
        return {
            pipeline.id: meanings(self.fields[pipeline.id], self.schema, *self._ids, pipeline)
            for pipeline in self.schema.pipelines
        }

    @cached_property
    def contact_meanings(self) -> Meanings:
        """What texts mean in the fields of contacts."""
        return meanings(CONTACT_FIELDS, self.schema, *self._ids)

    @cached_property
    def _ids(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        return {id: id for id in self.contacts}, {id: id for id in self.deals}

    @cached_property
    def steps(self) -> Mapping[str, Mapping[str, Step]]:
        """The steps of all stages, by the pipeline's id and their own."""
        return {
            pipeline.id: {step.id: step for stage in pipeline.stages for step in stage.steps}
            for pipeline in self.schema.pipelines
        }


class Referring(Reader):
    """Reads ids, and reports those of nobody."""

    def __init__(self, known: Referents, report: Report) -> None:
        super().__init__(report)
        self.known_ids = known
        self.schema = known.schema
        self._last = ""

    def meant(self, name: str, text: str) -> Iterable[str]:
        """The values of a list that a text is meant to be."""
        if name == "contacts":
            return participants_in(text, self.known_ids.contacts)
        return super().meant(name, text)

    def _contact(self, scalar: Scalar) -> str | None:
        return self._reference(scalar, self.known_ids.contacts, "contact")

    def _deal(self, scalar: Scalar) -> str | None:
        return self._reference(scalar, self.known_ids.deals, "deal")

    def _reference(self, scalar: Scalar, ids: frozenset[str], what: str) -> str | None:
        if scalar.text in ids:
            return scalar.text
        link = linked_id(scalar.text)
        if link is None:
            self._unknown_id(scalar.text, ids, what, scalar.span)
            return None
        if link.id not in ids:
            self._unknown_id(link.id, ids, what, stretch(scalar, link.at, len(link.id)))
            return None
        if more := link.rest.strip():
            self.invalid(
                f"Only one {what} fits here, and `{more}` stands behind it.",
                f"Write `[[{link.id}]]` alone.",
                stretch(scalar, len(scalar.text) - len(link.rest.lstrip()), len(more)),
            )
        return link.id

    def _unknown_id(
        self, text: str, ids: frozenset[str], what: str, span: Span, otherwise: str = ""
    ) -> None:
        if best := self._id_meant(text, ids, what):
            help = f"Did you mean `{best}`?"
        elif is_id(text):
            help = otherwise or f"Create `{what}s/{text}.md`, or name one that is there."
        else:
            help = f"Write the id of a {what}: its file's name without the ending."
        self.problem(f"unknown-{what}", f"There is no {what} `{text}`.", help, span)

    def _id_meant(self, text: str, ids: frozenset[str], what: str) -> str:
        """The id in a path or a mention, the id of what has this name or address, or one that
        is much like it."""
        if is_id(text):
            return self.near(text, ids)
        path = text.strip().strip("[]").partition("|")[0].rpartition("/")[2]
        id = slug(_ENDING.sub("", path))
        if id in ids:
            return id
        named = self.known_ids.called(f"{what}s").get(text.strip().lower(), "")
        return named if named in ids else self.near(text, ids)

    def _person(self, scalar: Scalar) -> Person | None:
        return self._member(scalar.text, scalar.span)

    def _member(self, text: str, span: Span) -> Person | None:
        person = self.schema.team.get(text)
        if person is None:
            named = _by_name(text, self.schema.team.values())
            self.problem(
                "unknown-person",
                f"`{text}` is not in the team.",
                f"Did you mean `{named}`?"
                if named
                else self.guess(text, self.schema.team, "The team")
                or f"Add them to `team` in pipeline.yml: `{text}: {{name: …}}`.",
                span,
            )
        return person

    def _participant(self, scalar: Scalar) -> Participant | None:
        id, at, role = first_id(scalar.text)
        ids = self.known_ids.contacts
        if id in ids:
            if other := contact_in_role(role, ids):
                begin = len(scalar.text) - len(role)
                self._missing_comma(scalar, begin + other.start(), other[0])
            self._last = "" if role else id
            return Participant(id, role.strip())
        if (bare := seen(scalar.text)) != scalar.text and first_id(bare).id in ids:
            message = f"`{scalar.text}` does not begin with the id of a contact."
            self.problem("unknown-contact", message, f"Write `{bare}`.", scalar.span)
            return None
        several = participants_in(scalar.text, ids)
        if len(several) > 1 and first_id(several[0]).id in ids:
            help = side_by_side(self.in_block, scalar, several)
            self.problem(
                "unknown-contact",
                f"There is no contact `{id}`.",
                help,
                stretch(scalar, at, len(id)),
            )
            return None
        if meant := self._named_first(scalar.text.split()):
            message = f"`{scalar.text}` does not begin with the id of a contact."
            self.problem("unknown-contact", message, f"Write `{meant}`.", scalar.span)
            return None
        behind = ""
        if self._last:
            behind = f"Create `contacts/{id}.md`, or take out the comma where it is the role of "
            behind += f"the one before: `{self._last} {id}`."
        self._unknown_id(id, ids, "contact", stretch(scalar, at, len(id)), behind)
        return None

    def _missing_comma(self, scalar: Scalar, at: int, word: str) -> None:
        """Warn of a contact that a role begins or goes on with."""
        self.problem(
            "role-is-contact",
            f"`{word}` is a contact, and is read as a role here.",
            side_by_side(
                self.in_block, scalar, participants_in(scalar.text, self.known_ids.contacts)
            ),
            stretch(scalar, at, len(word)),
            Severity.WARNING,
        )

    def _named_first(self, words: list[str]) -> str:
        """A participant that begins with a name in place of an id, as it should be written."""
        for count in range(min(len(words), _LONGEST_NAME), 1, -1):
            name = " ".join(words[:count])
            id = slug(name) if not is_id(words[0]) else ""
            id = id if id in self.known_ids.contacts else self.known_ids.named(name)
            if id:
                return " ".join([id, *words[count:]])
        return ""

    def _referral(self, text: str, node: Scalar) -> tuple[str, str]:
        """A source that begins with `referral`, and the id of the contact that it names."""
        word, _, rest = text.partition(" ")
        id, at, more = first_id(rest)
        if (bare := seen(text)) != text and self._referred_to(bare):
            self._referral_by_name(text, bare.partition(" ")[2], node.span)
            return text, ""
        if word != "referral" or not id or more:
            if name := self._referred(text):
                self._referral_by_name(text, name, node.span)
            return text, ""
        if id in self.known_ids.contacts:
            return f"referral {id}", id
        place = stretch(node, node.text.index(rest) + at, len(id))
        self._unknown_id(id, self.known_ids.contacts, "contact", place)
        return "", ""

    def _referred_to(self, text: str) -> bool:
        """Whether a source is a referral by a contact."""
        word, _, rest = text.partition(" ")
        return word == "referral" and first_id(rest).id in self.known_ids.contacts

    def _referred(self, text: str) -> str:
        """Who a source names that is a referral in other words or a link alone; nothing where it
        is no referral."""
        if linked_id(text):
            return text
        parts = _OF_REFERRAL.match(text)
        word = parts[1].lower() if parts else ""
        is_one = word == "referral" or bool(word and self.near(word, _REFERRALS))
        return _BY.sub("", text[parts.end() :].strip()) if parts and is_one else ""

    def _credited(self, name: str, is_sure: bool) -> tuple[str, ...]:
        """The contacts that a name is, or that stand side by side in it."""
        contacts = self.known_ids.contacts
        several = [first_id(one).id for one in participants_in(name, contacts)]
        if len(several) > 1:
            return tuple(id for one in several if (id := self._id_meant(one, contacts, "contact")))
        known = next((i for i in (*several, slug(name)) if i in contacts), "")
        known = known or (self.known_ids.named(name) if is_sure else "")
        return (known,) if known else ()

    def _referral_by_name(self, text: str, name: str, span: Span) -> None:
        """Warn of a source that is a referral and names no id. `Referral Program` can be what
        another program calls it, so what is not `referral` in small letters has to name one."""
        id, is_sure = slug(name), text.startswith("referral ")
        if credited := self._credited(name, is_sure):
            either = listed([f"source: referral {id}" for id in credited], " or ")
            help = f"Write {either}" + (": only one of them fits." if credited[1:] else ".")
        elif is_sure and id and name[0].isupper():
            help = (
                f"Create `contacts/{id}.md` and write `source: referral {id}`, or begin it with "
                "another word."
            )
        else:
            return
        self.problem(
            "referral-by-name",
            f"`{text}` is only text, so nobody is credited with this referral.",
            help,
            span,
            Severity.WARNING,
        )

    readers: ClassVar[dict[str, Callable[[Any, Scalar], Any]]] = {
        "contact": _contact,
        "deal": _deal,
        "person": _person,
        "participant": _participant,
    }
    """What types that refer to somebody or something are read by."""


def stretch(node: Scalar, at: int, length: int) -> Span:
    """Where a part of a value in one line stands; all of the value, where that is not known."""
    span, quote = node.span, 0
    if span.line == span.end_line and not node.is_block:
        around = span.end_column - span.column - len(node.text)
        if around not in (0, 2):
            return span
        quote = around // 2
    column = span.column + quote + at
    return Span(span.path, span.line, column, span.line, column + length)


def _by_name(text: str, team: Iterable[Person]) -> str:
    """The id of the one person with this name, address, first or last name."""
    folded, people = {text.strip().removeprefix("@").lower(), slug(text) or text}, list(team)
    for names in (_full_names, _half_names):
        found = [person.id for person in people if folded.intersection(names(person))]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def _full_names(person: Person) -> tuple[str, ...]:
    return person.id, person.name.lower(), person.email.lower(), slug(person.name)


def _half_names(person: Person) -> tuple[str, ...]:
    return *person.name.lower().split(), person.email.lower().partition("@")[0]
