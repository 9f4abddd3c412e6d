"""`views` of pipeline.yml: queries that are asked for by a name."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.journal.schema import View
from site_builder.parse import mappings
from site_builder.parse.ids import titled
from site_builder.parse.mappings import Entries, entries_of, node_of, text_of
from site_builder.parse.reader import Reader
from site_builder.source.yaml_nodes import Mapping, Node, Scalar, is_lost

VIEW_FIELDS = ("name", "query")


def read_views(reader: Reader, e: Entries) -> tuple[View, ...]:
    """The views by id, in their order; whether their queries mean anything is for the query
    language to say."""
    return tuple(_views(reader, e)) if "views" in e else ()


def _views(reader: Reader, e: Entries) -> Iterator[View]:
    for id, entry in mappings.own(reader, entries_of(reader, "views", e), "view"):
        name, node = titled(id), entry.value
        if isinstance(node, Mapping):
            said = mappings.known(reader, f"the view `{id}`", node, VIEW_FIELDS)
            name = text_of(reader, "name", said) or name
            node = node_of("query", said) or Scalar("", entry.key.span)
        query = _query(reader, id, node, entry.key)
        if query is not None:
            yield View(id, name, query.text.strip(), query.span)


def _query(reader: Reader, id: str, node: Node, key: Scalar) -> Scalar | None:
    """What a view asks for; None where that is nothing, which is reported."""
    query = reader.scalar("query" if isinstance(node, Mapping) else id, node)
    if query is None and isinstance(node, Scalar) and not node.text.strip() and not is_lost(node):
        message = f"The view `{id}` has no query."
        reader.problem("missing-field", message, f"Write `{id}: state:open`, say.", key.span)
    return query
