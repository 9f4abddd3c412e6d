"""Ids in link brackets, `[[jane-roe]]` or `[[jane-roe|Jane]]`, as Obsidian writes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from site_builder.problems.patterns import late

_LINK = late(r"\[\[([^\[\]|#\n]+)(?:#[^\[\]|\n]*)?(?:\|[^\[\]\n]*)?\]\]")
_SHOWN = late(r"\[\[([a-z0-9-]{1,100})(?:\\?\|([^\[\]\n]*))?\]\]")
_LONGEST = 1_000
_BETWEEN = late(r",(?![^\[\]]*\]\])")


class LinkedId(NamedTuple):
    """The id in a link that a text begins with: where it stands, and what is behind the link."""

    id: str
    at: int
    rest: str


def linked_id(text: str) -> LinkedId | None:
    """The link that a text begins with; None where there is none.

    Folders before the id, a heading behind it and the words to show mean nothing.
    """
    match = _LINK.match(text) if text.startswith("[[") else None
    if match is None or not (id := _id(match)):
        return None
    return LinkedId(id, 2 + match[1].rindex(id), text[match.end() :])


def first_id(text: str) -> LinkedId:
    """The id that a text begins with, in link brackets or without, and what is behind it."""
    bare = text.lstrip()
    id, _, rest = bare.partition(" ")
    link = linked_id(bare) or LinkedId(id, 0, rest)
    return link._replace(at=link.at + len(text) - len(bare))


def with_quoted_links(value: str) -> str:
    """A flow list with quotes around the items that have links in them, which YAML would take
    for lists; nothing where it is no such list."""
    if not (value.startswith("[") and value.endswith("]") and len(value) <= _LONGEST):
        return ""
    items = [item.strip() for item in _BETWEEN.split(value[1:-1])]
    if not any(map(_LINK.match, items)) or any("'" in item or '"' in item for item in items):
        return ""
    quoted = (f'"{item}"' if _LINK.match(item) else item for item in items)
    return f"[{', '.join(quoted)}]"


def with_names(text: str, name: Callable[[str, str], str | None]) -> str:
    """A text with what ``name`` makes of the id and the words in each link; None leaves it."""

    def shown(link: re.Match[str]) -> str:
        found = name(link[1], (link[2] or "").strip())
        return link[0] if found is None else found

    return _SHOWN.sub(shown, text) if "[[" in text else text


def ids_in(text: str) -> Iterator[str]:
    """The ids in the links of a text."""
    return (link[1] for link in _SHOWN.finditer(text)) if "[[" in text else iter(())


def without_brackets(heading: str) -> str:
    """A heading with nothing but blanks around the ids in its links, all at their places; a
    blank in an id is `_`."""
    return _LINK.sub(_bare, heading) if "[[" in heading else heading


def _id(match: re.Match[str]) -> str:
    return match[1].rpartition("/")[2].strip()


def _bare(match: re.Match[str]) -> str:
    id = _id(match)
    if not id:
        return match[0]
    before = 2 + match[1].rindex(id)
    return (" " * before + id.replace(" ", "_")).ljust(len(match[0]))
