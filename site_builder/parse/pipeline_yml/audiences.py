"""`audiences` of pipeline.yml: who is shown which part of the journal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from site_builder.journal import values
from site_builder.journal.audience import SHOWN_OF_CONTACTS, SHOWN_OF_DEALS, Audience
from site_builder.journal.note_spans import NOWHERE
from site_builder.journal.pipeline import Pipeline
from site_builder.parse import mappings
from site_builder.parse.mappings import Entries, entries_of, node_of, typed_of
from site_builder.parse.pipeline_yml.config import Config
from site_builder.parse.pipeline_yml.vocabulary import has_nothing
from site_builder.problems.problem import Severity, Span
from site_builder.source.yaml_nodes import Entry, Listing, Mapping, Node, Scalar, is_empty

AUDIENCE_FIELDS = ("deals", "contacts", "notes")
DEALS_FIELDS = ("where", "show")
CONTACTS_FIELDS = ("show",)
_PEOPLE = ("company", "contacts")
_FEW = 20


class _Part(NamedTuple):
    """What is said of the deals or of the contacts: the fields shown, with their places, and which
    deals, with the place of that."""

    show: tuple[str, ...] = ()
    where: str = ""
    where_span: Span = NOWHERE
    places: tuple[Scalar, ...] = ()


def read_audiences(
    config: Config, e: Entries, pipelines: Iterable[Pipeline]
) -> dict[str, Audience]:
    """The audiences by id. One in which anything is wrong is not sound, and none is where not all
    of the file could be read: what is left out may have shown less."""
    reader = config.reader
    own = tuple(dict.fromkeys(field.name for p in pipelines for field in p.fields))
    found: dict[str, Audience] = {}
    before = reader.errors
    for id, entry in mappings.own(reader, entries_of(reader, "audiences", e), "audience"):
        made = _audience(config, id, entry, own)
        is_sound = made.is_sound and reader.errors == before and not config.is_half_read
        found[id] = replace(made, is_sound=is_sound, span=entry.key.span)
        before = reader.errors
    return found


def _audience(config: Config, id: str, entry: Entry, own: tuple[str, ...]) -> Audience:
    reader, node = config.reader, entry.value
    if not isinstance(node, Mapping) or not node.entries:
        message = f"The audience `{id}` is shown nothing."
        help = (
            f"Write `{id}: {{deals: {{show: [title, stage]}}}}`, with the fields that it may see."
        )
        reader.problem("missing-field", message, help, entry.key.span)
        return Audience(id, is_sound=False)
    e = mappings.known(reader, f"the audience `{id}`", node, AUDIENCE_FIELDS)
    deals = _part(config, "deals", e, DEALS_FIELDS, (*SHOWN_OF_DEALS, *own))
    contacts = _part(config, "contacts", e, CONTACTS_FIELDS, SHOWN_OF_CONTACTS)
    notes = typed_of(reader, "notes", e, values.yes_no) is True
    if contacts is not None and deals is not None and "name" not in contacts.show:
        _warn_of_nameless(config, deals)
    if deals is None or contacts is None:
        return Audience(id, is_sound=False)
    return Audience(id, deals.show, contacts.show, notes, deals.where, deals.where_span)


def _part(
    config: Config, name: str, e: Entries, fields: tuple[str, ...], known: tuple[str, ...]
) -> _Part | None:
    """What is said of deals or contacts; None where that could not be read."""
    node = node_of(name, e)
    if node is None:
        return _Part()
    if not isinstance(node, Mapping):
        help = f"Write `{name}: {{show: {_as_list(node)}}}`."
        config.reader.invalid(f"`{name}` does not say which fields it shows.", help, node.span)
        return None
    own = mappings.known(config.reader, f"`{name}` of an audience", node, fields)
    if "show" not in own or _is_bare(own["show"].value):
        help = f"Add `show: [{'title' if name == 'deals' else 'name'}]`, with all that it may see."
        message = f"`{name}` does not say which fields it shows."
        config.reader.problem("missing-field", message, help, e[name].key.span)
        return None
    places = _shown(config, name, own["show"].value, known)
    where, span = _where(config, own)
    return _Part(tuple(dict.fromkeys(place.text for place in places)), where, span, places)


def _is_bare(node: Node) -> bool:
    return not node.items if isinstance(node, Listing) else has_nothing(node)


def _as_list(node: Node) -> str:
    """What is written in place of names and values as the list that it was to be."""
    items = node.items[:_FEW] if isinstance(node, Listing) else (node,)
    names = [item.text.strip() for item in items if isinstance(item, Scalar)]
    return f"[{', '.join(filter(None, names)) or '…'}]"


def _shown(config: Config, name: str, node: Node, known: tuple[str, ...]) -> tuple[Scalar, ...]:
    """The names of fields that there are."""
    reader = config.reader
    what = f"a field of {name}"
    found = [
        item
        for item in reader.items("show", node)
        if item.text in known or reader.one_of(item, known, what, "unknown-field")
    ]
    reader.each_once("show", found)
    return tuple(found)


def _where(config: Config, own: Entries) -> tuple[str, Span]:
    """Which deals, as it is written: what it means is told where queries are known."""
    if "where" not in own:
        return "", NOWHERE
    node = own["where"].value
    if is_empty(node):
        help = 'Write a query, as `where: "tag:partner"`, or leave `where` out to show all deals.'
        config.reader.problem("invalid-value", "`where` is empty.", help, own["where"].key.span)
        return "", NOWHERE
    scalar = config.reader.scalar("where", node)
    return (scalar.text, scalar.span) if scalar else ("", NOWHERE)


def _warn_of_nameless(config: Config, deals: _Part) -> None:
    """Say that those whom deals name have no names that could be shown."""
    for place in deals.places:
        if place.text in _PEOPLE:
            config.reader.problem(
                "audience-nameless",
                f"`{place.text}` of deals is shown, and the names of contacts are not.",
                "Add `name` to `contacts: {show: [name]}` of this audience, or nobody is named.",
                place.span,
                Severity.WARNING,
            )
            return
