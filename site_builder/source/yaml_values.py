"""Values as they are typed into YAML: as they are, in quotes or in brackets; and which fields take
what."""

from __future__ import annotations

import re

from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS
from site_builder.problems.patterns import late
from site_builder.problems.suggest import nearest

NAME = "[A-Za-z][A-Za-z0-9_-]*"
"""What names of fields are like, as part of a pattern."""
FIELDS = {**CONTACT_FIELDS, **DEAL_FIELDS}
"""All fields of deals and contacts."""
_REFERENCES = frozenset(
    n for n, f in FIELDS.items() if f.type in ("contact", "person", "participant", "stage")
)
LISTS = frozenset(name for name, field in FIELDS.items() if field.is_list)
"""Fields that take a list."""
_TYPED = frozenset(name for name, field in FIELDS.items() if field.type not in ("text", "source"))
_OF_PIPELINE = frozenset(
    "currency visibility as-of time-zone fiscal-year-starts rates repository forge issue-forms "
    "team roles lost-reasons targets rungs levels kinds follow-up contact-requires pipelines "
    "views audiences type probability probability-from role measures steps requires relationship "
    "stale-after was retired extends skip fields stages options required measure target within "
    "email after-meeting no-reply reply-within loop touch".split()
)
_TEXTS_OF_PIPELINE = frozenset("journal name goal knowledge buyer query".split())
_LIST_NAMES = LISTS | frozenset(
    "roles rungs levels contact-requires skip requires options measures was no-reply".split()
)
_NO_TEXTS = _TYPED | _OF_PIPELINE
_WHOLE = late(r"\[.*\]|\{.*\}|\"[^\"]*\"|'[^']*'|[|>][-+0-9]*")
_BRACKETS = late(r"\[[^\[].*\]|\{.*\}")
MARKS = " -?,@%&*!|>#`"
"""Signs that mean something to YAML where a value begins, and blanks."""
_INDICATORS = "-?:,[]{}#&*!|>'\"%@`"


def is_field_name(word: str) -> bool:
    """Whether deals, contacts or pipeline.yml have a field of this name."""
    return word in FIELDS or word in _OF_PIPELINE or word in _TEXTS_OF_PIPELINE


def field_meant(word: str) -> str:
    """The field of deals or contacts that a word is or nearly is; nothing where it is like none."""
    name = word.lower()
    return name if name in FIELDS else nearest(name, FIELDS) or ""


def is_list_name(word: str) -> bool:
    """Whether a field of this name takes a list."""
    return word in _LIST_NAMES


def takes_no_text(word: str) -> bool:
    """Whether a field of this name takes one of certain values, and no text."""
    return word in _NO_TEXTS


def quoted(text: str) -> str:
    """A text in the quotes that suit it."""
    if ('"' in text or "\\" in text) and "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def as_value(text: str) -> str:
    """A text as a plain value where it can be one, or as it is where it is a list, a mapping, a
    block or in quotes; else in quotes."""
    if _WHOLE.fullmatch(text):
        return text
    is_odd = text[:1] in _INDICATORS or ": " in text or " #" in text or text[-1:] == ":"
    return quoted(text) if is_odd or text != text.strip() else text


def unmarked(name: str, value: str) -> str:
    """A value that begins with what means something to YAML: a text in quotes, any other
    without the mark."""
    rest = value.lstrip(MARKS)
    is_listed = name in _NO_TEXTS or name in LISTS or ": " in rest
    if _BRACKETS.fullmatch(rest) and is_listed:
        return rest
    if name in LISTS:
        items = re.split(r",[ ]*|[ ]+(?=[#@])|(?:^|[ ]+)[-*+•–—][ ]+", value)
        return f"[{', '.join(as_item(name, item) for item in items if item)}]"
    rest = rest.lstrip("[]}")
    return as_value(rest) if name in _NO_TEXTS and rest else quoted(value)


def untagged(name: str, value: str, is_text: bool) -> str:
    """A value without YAML's tag or anchor before it; ``is_text`` says that the mark may belong
    to a text, which is then in quotes."""
    bare = re.sub(r"^(?:[&!]\S*[ ]+)+", "", value)
    if bare[:1] in ("&", "*", "!"):
        return unmarked(name, bare)
    if name in LISTS and bare[:1] != "[":
        return f"[{as_value(bare)}]"
    is_typed = name in _NO_TEXTS or name in LISTS
    return bare if bare and (is_typed or not is_text) else quoted(value)


def as_item(name: str, text: str) -> str:
    """A text as a value of the list that a field takes."""
    if name in _REFERENCES:
        text = text.lstrip(MARKS)
    if name == "social" and text[:1] == "@":
        return f"https://…/{text[1:]}"
    if text[:2] == "[[":
        return quoted(text)
    return text if text[:1] in "\"'" else as_value(text)
