"""What stands where a list should, or a single value: what to type instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from site_builder.problems.characters import ODD, named, seen
from site_builder.problems.suggest import listed
from site_builder.source.flat import in_a_list, in_one_line, unquoted_link
from site_builder.source.yaml_nodes import Listing, Mapping, Node, Scalar, only_item
from site_builder.source.yaml_values import takes_no_text

_MOST_SEEN = 20


def instead_of_many(name: str, node: Listing | Mapping) -> str:
    """What to write as a field's single value in place of a list or mapping."""
    if (link := unquoted_link(node)) is not None:
        id = link.partition("|")[0].strip()
        if name == "source":
            return f"Write `source: referral {id.removeprefix('referral ')}`."
        return f'Write `{id}`, or in quotes `"[[{link}]]"`.'
    if isinstance(node, Listing) and _holds_mapping(node):
        return f"Leave out the square brackets behind `{name}:`."
    if isinstance(node, Listing) and takes_no_text(name) and (each := _scalars(node)):
        return f"Write one value behind `{name}:`, as {listed(each, ' or ')}."
    if flat := in_one_line(node):
        return f"Write one value behind `{name}:`, as `{flat}`."
    return f"Write one value behind `{name}:`."


def _scalars(node: Listing) -> list[str]:
    """The few values of a list that holds nothing else."""
    texts = [item.text for item in node.items[:_MOST_SEEN] if isinstance(item, Scalar)]
    return texts if len(texts) == len(node.items) < _MOST_SEEN else []


def instead_of_one(
    name: str, node: Scalar | Mapping, meant: Callable[[str], Iterable[str]]
) -> tuple[str, str]:
    """What is wrong with a text or mapping in place of a list, and the list to write. ``meant``
    says which values a text is meant to be."""
    message = f"`{name}` takes a list."
    if isinstance(node, Scalar) and (bare := seen(node.text)) != node.text:
        odd = ODD.search(node.text)
        message = f"{message[:-1]}; there is {named(odd[0])}, in it." if odd else message
        node = node._replace(text=bare)
    made = in_a_list(node, name == "contacts", meant) or "[one, another]"
    is_glued = isinstance(node, Scalar) and re.match(r"-\S", node.text)
    blank = "Put a blank behind each `-`, or write" if is_glued else "Write"
    return message, f"{blank} `{name}: {made}`."


def instead_of_inner(name: str, item: Listing | Mapping, is_alone: bool) -> str:
    """What to write in place of an item of a list that is a list or mapping itself."""
    if is_alone and isinstance(item, Listing) and (made := _as_all(item)):
        return f"Write `{name}: {made}`."
    if flat := _as_one(item):
        return f"Write the values side by side, this one as `{flat}`."
    return f"Write the values side by side: `{name}: [one, another]`."


def _as_one(item: Listing | Mapping) -> str:
    """The single value that an item of a list stands for: often a link without its quotes."""
    if (link := unquoted_link(item)) is not None:
        return f'"[[{link}]]"'
    only = only_item(item)
    if isinstance(only, Scalar) and "|" in only.text:
        return only.text.partition("|")[0].strip()
    return in_one_line(item)


def _as_all(item: Listing) -> str:
    """The whole list that a list in brackets too many stands for."""
    while isinstance(only := only_item(item), Listing):
        item = only
    if isinstance(only, Scalar) and "|" in only.text:
        return f"[{_as_one(item)}]"
    return in_a_list(item)


def _holds_mapping(node: Node) -> bool:
    if isinstance(node, Listing):
        return any(map(_holds_mapping, node.items[:_MOST_SEEN]))
    return isinstance(node, Mapping)
