"""Names of files that are no deal's or contact's: which id and ending they were to have."""

from __future__ import annotations

import re
from collections.abc import Callable

from site_builder.parse.ids import is_id, slug
from site_builder.problems.characters import plain_dashes
from site_builder.problems.patterns import late

_OTHER_ENDING = late(
    r"\.(?:(md|markdown|mdown|mkdn?|mdx|txt)|(ya?ml)|(json))(?:\.(?:txt|md|ya?ml|bak|old|orig))?~?$",
    re.IGNORECASE,
)
_WRITTEN_OUT = late(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))")
_COPY = late(
    r"(?:copy of |~\$)(.+)|(.+?)(?: ?\([0-9]{1,3}\)| - copy(?: \([0-9]{1,3}\))?"
    r"| \([^()]*conflict[^()]*\)|\.sync-conflict-[0-9A-Z-]+)",
    re.IGNORECASE,
)
_BARE_COPY = late(r"(.+?) copy(?: [0-9]{1,3})?", re.IGNORECASE)


def has_other_ending(name: str) -> bool:
    """Whether a file's name has an ending, and none that deals and contacts are given."""
    return "." in name and _OTHER_ENDING.search(name) is None


def stem(name: str) -> str:
    """A file's name without the ending that it has in place of ours."""
    return _OTHER_ENDING.sub("", name)


def right_name(name: str) -> str:
    """A file's name with the ending that it was to have; nothing where that is not known."""
    ending = _OTHER_ENDING.search(name)
    if ending is None:
        return ""
    own, shown = name[: ending.start()], ending[2] or "yml"
    id = own if own == "README" else meant_id(own)
    return f"{id}.{'md' if ending[1] else shown.lower()}" if id else ""


def meant_id(stem: str, is_there: Callable[[str], bool] = lambda _id: False) -> str:
    """The id that a file's name was to be: of a copy, that of what was copied. Some copies are
    only told from names by whether what was copied ``is_there``."""
    if is_id(stem):
        return stem
    copy = _COPY.fullmatch(stem)
    if copy is None and (bare := _BARE_COPY.fullmatch(stem)) and is_there(own_id(bare[1])):
        copy = bare
    meant = own_id(copy[1] or copy[copy.lastindex or 1]) if copy else ""
    return meant or own_id(stem)


def own_id(stem: str) -> str:
    """A file's whole name as an id. Bytes that are not UTF-8 are mostly of Western Europe."""
    return slug(plain_dashes(_WRITTEN_OUT.sub(_unwritten, stem)))


def _unwritten(match: re.Match[str]) -> str:
    if match[1]:
        return bytes.fromhex(match[1]).decode("cp1252", "replace")
    return chr(int(match[2] or match[3], 16))
