"""Ids of contacts, deals and people; those of nobody are reported. Names and addresses in place
of ids are told from one another, so that the id can be named."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.journal.team import Person
from site_builder.parse.ids import is_id, slug
from site_builder.parse.reading import Reading
from site_builder.problems.patterns import late
from site_builder.problems.problem import Span
from site_builder.source.links import linked_id
from site_builder.source.yaml_nodes import Scalar

_ENDING = late(r"\.(?:md|ya?ml)$")


def contact(reading: Reading, scalar: Scalar) -> str | None:
    """The id of a contact; None, reported, where it is nobody's."""
    return reference(reading, scalar, reading.known.contacts, "contact")


def deal(reading: Reading, scalar: Scalar) -> str | None:
    """The id of a deal; None, reported, where there is none."""
    return reference(reading, scalar, reading.known.deals, "deal")


def reference(reading: Reading, scalar: Scalar, ids: frozenset[str], what: str) -> str | None:
    """One of some ids, also in the brackets of a link; None, reported, for others. ``what`` they
    are the ids of is said in problems."""
    if scalar.text in ids:
        return scalar.text
    link = linked_id(scalar.text)
    if link is None:
        unknown_id(reading, scalar.text, ids, what, scalar.span)
        return None
    if link.id not in ids:
        unknown_id(reading, link.id, ids, what, stretch(scalar, link.at, len(link.id)))
        return None
    if more := link.rest.strip():
        reading.invalid(
            f"Only one {what} fits here, and `{more}` stands behind it.",
            f"Write `[[{link.id}]]` alone.",
            stretch(scalar, len(scalar.text) - len(link.rest.lstrip()), len(more)),
        )
    return link.id


def unknown_id(
    reading: Reading, text: str, ids: frozenset[str], what: str, span: Span, otherwise: str = ""
) -> None:
    """Report an id of nobody. ``otherwise`` is the help where it is like none that there is."""
    if best := id_meant(reading, text, ids, what):
        help = f"Did you mean `{best}`?"
    elif is_id(text):
        help = otherwise or f"Create `{what}s/{text}.md`, or name one that is there."
    else:
        help = f"Write the id of a {what}: its file's name without the ending."
    reading.problem(f"unknown-{what}", f"There is no {what} `{text}`.", help, span)


def id_meant(reading: Reading, text: str, ids: frozenset[str], what: str) -> str:
    """The id in a path or a mention, the id of what has this name or address, or one that
    is much like it."""
    if is_id(text):
        return reading.reader.near(text, ids)
    path = text.strip().strip("[]").partition("|")[0].rpartition("/")[2]
    id = slug(_ENDING.sub("", path))
    if id in ids:
        return id
    named = reading.known.called(f"{what}s").get(text.strip().lower(), "")
    return named if named in ids else reading.reader.near(text, ids)


def person(reading: Reading, scalar: Scalar) -> Person | None:
    """Somebody of the team; None, reported, for others."""
    return member(reading, scalar.text, scalar.span)


def member(reading: Reading, text: str, span: Span) -> Person | None:
    """The same for a text that stands somewhere."""
    person = reading.schema.team.get(text)
    if person is None:
        reading.problem("unknown-person", *not_in_team(reading, text), span)
    return person


def not_in_team(reading: Reading, text: str) -> tuple[str, str]:
    """What to say of a text that names nobody of the team, and the help."""
    named = _by_name(text, reading.schema.team.values())
    help = (
        f"Did you mean `{named}`?"
        if named
        else reading.reader.guess(text, reading.schema.team, "The team")
        or f"Add them to `team` in pipeline.yml: `{text}: {{name: …}}`."
    )
    return f"`{text}` is not in the team.", help


def stretch(node: Scalar, at: int, length: int) -> Span:
    """Where a part of a value in one line stands, or the last of several lines; all of the value,
    where that is not known."""
    span, quote = node.span, 0
    if span.line < span.end_line:
        if node.style or at + length != len(node.text) or length >= span.end_column:
            return span
        return Span(span.path, span.end_line, span.end_column - length, *span[3:])
    if not node.is_block:
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
