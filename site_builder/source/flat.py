"""Lists and mappings as the single values or flat lists that they should be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from site_builder.problems.patterns import late
from site_builder.source.yaml_nodes import Listing, Mapping, Node, Scalar, only_item
from site_builder.source.yaml_values import quoted

_MOST = 200
_ODD = late(r"[\s\-?:,\[\]{}#&*!|>'\"%@`]|.*(?::(?: |$)| #|[\[\]{},])")
_LINK = late(r"\[\[([^\[\],;\n]+)\]\]")
_BULLET = late(r"(?:^|\s)[-*•·–](?=\S)|(?:^|\s)(?:[*•·–+]|[0-9]{1,2}[.)])\s")
_HYPHEN = late(r"(?:^|\s)-\s")
_BRACKET = late(r"(?<!\[)\[(?!\[)|(?<!\])\](?!\])")
_BESIDE = late(r"(?<!\])\]\s*\[(?!\[)")


def unquoted_link(node: Listing | Mapping) -> str | None:
    """What stands in a link that lacks its quotes, `[[jane-roe]]` or `[[jane-roe|Jane]]`."""
    inner = only_item(node)
    item = only_item(inner) if inner else None
    return item.text if isinstance(item, Scalar) else None


def in_one_line(node: Node) -> str:
    """What single value a list or mapping stands for; nothing where it is long or empty."""
    words = " ".join(_words(node))
    return _as_item(words) if 0 < len(words) <= _MOST else ""


def _words(node: Node) -> list[str]:
    if isinstance(node, Scalar):
        return node.text.split()
    if isinstance(node, Listing):
        return [word for item in node.items[:20] for word in _words(item)]
    entries = node.entries[:20]
    # The names in `{date: …, text: …}` say nothing; those in `jane-roe: champion` do.
    says = len(entries) == 1 or not all(map(_is_filled, (e.value for e in entries)))
    return [w for e in entries for w in (*([e.key.text] if says else []), *_words(e.value))]


def _is_filled(node: Node) -> bool:
    return not isinstance(node, Scalar) or bool(node.text.strip())


def in_a_list(
    node: Node, keeps_links: bool = False, meant: Callable[[str], Iterable[str]] | None = None
) -> str:
    """The flow list that a text or mapping stands for; nothing where it is long or empty.
    Links stay in their brackets only where they are read. ``meant`` tells which values a text
    is meant to be."""
    if isinstance(node, Scalar):
        found = split(node.text)
        found = found if keeps_links else [_LINK.sub(r"\1", text) for text in found]
    elif isinstance(node, Mapping):
        found = [" ".join([e.key.text, *_words(e.value)]) for e in node.entries[:20]]
    else:
        found = [" ".join(_words(item)) for item in node.items[:20]]
    if meant is not None:
        found = [text for one in found for text in meant(one)]
    made = as_items(found)
    return f"[{made}]" if 0 < len(made) <= _MOST else ""


def split(text: str) -> list[str]:
    """The values in a text that should be a list: `a, b`, `a; b`, `(a, b)`, `-a -b`."""
    bare = _BESIDE.sub("], [", text[: 2 * _MOST].strip())
    while len(bare) > 1 and bare[0] in "([{" and bare[-1] in ")]}" and not _LINK.match(bare):
        bare = bare[1:-1].strip()
    if bare[-1:] in ("]", "}") and not re.search(r"[\[{]", bare):
        bare = bare[:-1]
    bare = _BULLET.sub("\n", _BRACKET.sub(" ", bare))
    if bare.startswith("- "):  # which is a text's own sign elsewhere
        bare = _HYPHEN.sub("\n", bare)
    parts = (" ".join(item.split()) for item in re.split("[,;\n]", bare))
    return [part for part in parts if part]


def as_items(texts: Iterable[str]) -> str:
    """Values as they are written side by side in a list."""
    return ", ".join(_as_item(text) for text in texts if text)


def side_by_side(in_block: bool, scalar: Scalar, several: Iterable[str]) -> str:
    """How what stands in one value of a list is written as several; ``in_block`` tells that each
    value of the list has a line of its own."""
    if in_block:
        return (
            f"Give each a line of its own: {' and '.join(f'`- {as_items([s])}`' for s in several)}."
        )
    made = as_items(several)
    if scalar.style not in ("'", '"'):
        return f"Put a comma between the two: `{made}`; or give each a line of its own."
    how = "quotes around each alone" if made.startswith('"') else "no quotes around them"
    return f"Put a comma between the two, and {how}: `{made}`."


def _as_item(text: str) -> str:
    return quoted(text) if _ODD.match(text) or text.endswith(":") else text
