"""Characters that look like others, or like nothing, and what was meant by them."""

from __future__ import annotations

import re
import unicodedata

from site_builder.problems.patterns import late, pattern

DASHES = (
    "\u02d7\u058a\u05be\u1400\u1806\u2010-\u2015\u2043\u2212\u2796\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d"
    "\u301c\u3030\u30a0\u30fc\ufe31\ufe32\ufe58\ufe63\uff0d\uff5e\U00010ead"
)
"""All dashes of Unicode, and what looks like one, within the brackets of a pattern."""
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Characters that nobody sees, within the brackets of a pattern."""
ODD = late(f"[{_SPACES}{UNSEEN}]")
"""Characters that nobody sees, or takes for a plain space."""
_TYPED = (
    "\u00a0\u00ad\u2002\u2003\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u202f\u2060\u3000"
    "\ufeff：\u2236\u2237\ua789\u2011аеорсухі"
)
_WIDE = "[\uff01-\uff5e]"
_DASH = f"[{DASHES}]"
_SPACE = f"[{_SPACES}]"
_DIGIT = r"(?![0-9])\d"
_LIKE_LATIN = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u0261\u03bf\u03b1\u03bd"
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u0408\u0405"
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a7",
    "aeopcyxijshdgoavABEKMHOPCTXIJSABEZHIKMNOPTX",
)
"""Letters of other alphabets that look like Latin ones."""
_ALIKE = "".join(map(chr, _LIKE_LATIN))
MIXED = rf"(?<=[A-Za-z])[{_ALIKE}]|[{_ALIKE}](?=[A-Za-z])"
"""A letter of another alphabet that looks like a Latin one, beside such."""
_LIKE_HYPHEN = "\u02d7\u2010\u2011\u2012\u2043\u2212\ufe58\ufe63\uff0d"
_STRANGE = rf"[{_SPACES}{UNSEEN}]|{MIXED}|(?<=[\w`])[{_LIKE_HYPHEN}](?=\w)|(?<=`)[–—](?=[0-9])"
_COLONS = str.maketrans(dict.fromkeys("\u2236\ua789\u02d0\uff1a\ufe55", ":") | {"\u2237": "::"})
_LETTERS = rf"[A-Za-z{_ALIKE}]+"
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
    shown = ODD.sub("", narrow)
    return pattern(_DIGIT).sub(lambda m: str(unicodedata.digit(m[0], 0)), shown)


def seen(text: str) -> str:
    """A text as everybody sees it: without what is invisible, in plain blanks."""
    return text if text.isascii() else plain(text).strip()


def plain_dashes(text: str) -> str:
    """A plain text whose dashes are all hyphens."""
    if text.isascii():
        return text
    return pattern(_DASH).sub("-", plain(text))


def latin(text: str) -> str:
    """A text with Latin letters for those that look like such among Latin ones."""
    if text.isascii() or not pattern(MIXED).search(text):
        return text
    return pattern(_LETTERS).sub(_latin_word, text)


def plain_colons(text: str) -> str:
    """A text with colons for what looks like such."""
    return text.translate(_COLONS)


def in_plain_signs(text: str) -> str:
    """A text in the signs that everybody takes it for."""
    return text if text.isascii() else latin(plain_dashes(plain_colons(text)))


def _latin_word(letters: re.Match[str]) -> str:
    is_mixed = pattern("[A-Za-z]").search(letters[0])
    return letters[0].translate(_LIKE_LATIN) if is_mixed else letters[0]


def strange_in(text: str) -> str:
    """The first character of a text that nobody sees, or that looks like another where it
    stands: a letter among Latin ones, a hyphen in a word or before a number."""
    found = None if text.isascii() else pattern(_STRANGE).search(text)
    return found[0] if found else ""


def odd_in(text: str) -> str:
    """The first character of a text that nobody sees or that looks like a plain one."""
    return next((char for char in text if char != plain_dashes(char)), "")
