"""Characters that look like others, or like nothing, and what was meant by them."""

from __future__ import annotations

import unicodedata

from site_builder.problems.patterns import late, pattern

_DASHES = "\u02d7\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2796\u30fc\ufe58\ufe63\uff0d"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
)
ODD = late(f"[{_SPACES}{_UNSEEN}]")
"""Characters that nobody sees, or takes for a plain space."""
_TYPED = (
    "\u00a0\u00ad\u2002\u2003\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u202f\u2060\u3000"
    "\ufeff："
)
_WIDE = "[\uff01-\uff5e]"
_DASH = f"[{_DASHES}]"
_SPACE = f"[{_SPACES}]"
_DIGIT = r"(?![0-9])\d"
_NAMES = {"\ufeff": "byte order mark", "\u2800": "blank", "\u3164": "filler"}


def named(char: str) -> str:
    """A character in words: ``U+00A0, no-break space``."""
    name = _NAMES.get(char) or unicodedata.name(char, "").lower()
    return f"U+{ord(char):04X}, {name}" if name else f"U+{ord(char):04X}"


def may_have_odd_signs(text: str) -> bool:
    """Whether a text may have a character that nobody sees, that looks like a plain space, or
    that is a wide colon: one of those that people type or paste."""
    if text.isascii():
        return False
    for sign in _TYPED:  # noqa: SIM110 - in a fraction of the time that `any` takes
        if sign in text:
            return True
    return False


def plain(text: str) -> str:
    """A text in plain spaces and digits, without what is invisible."""
    if text.isascii():
        return text
    spaced = pattern(_SPACE).sub(" ", text)
    narrow = pattern(_WIDE).sub(lambda m: chr(ord(m[0]) - 0xFEE0), spaced)
    seen = ODD.sub("", narrow)
    return pattern(_DIGIT).sub(lambda m: str(unicodedata.digit(m[0], 0)), seen)


def plain_dashes(text: str) -> str:
    """A plain text whose dashes are all hyphens."""
    if text.isascii():
        return text
    return pattern(_DASH).sub("-", plain(text))


def odd_in(text: str) -> str:
    """The first character of a text that nobody sees or that looks like a plain one."""
    return next((char for char in text if char != plain_dashes(char)), "")
