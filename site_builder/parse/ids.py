"""Ids: what can be one, and what a text is in the letters of one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from site_builder.problems.characters import latin
from site_builder.problems.patterns import late

MAX_ID = 100
"""How many characters an id may have."""
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FOLDED = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "þ": "th",
        "ı": "i",
        "&": " and ",
    }
)
_NOT_ID = late("[^a-z0-9]+")
_APOSTROPHES = late("['’`]")


def is_id(text: str) -> bool:
    """Whether a text can be an id: lower-case letters, digits, single hyphens."""
    return len(text) <= MAX_ID and _ID.fullmatch(text) is not None


@lru_cache(maxsize=2_000)  # the same names and words are compared over and over
def slug(text: str) -> str:
    """A text in the letters of an id: ``Müller & Sons`` is ``muller-and-sons``.

    Nothing where no letter of the Latin alphabet and no digit is left.
    """
    folded = _APOSTROPHES.sub("", latin(text).lower().translate(_FOLDED))
    plain = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    return _NOT_ID.sub("-", plain).strip("-")[:MAX_ID].strip("-")


def titled(id: str) -> str:
    """What an id is called where it has no name: `raw-lead` is `Raw lead`."""
    return id.replace("-", " ").capitalize()
