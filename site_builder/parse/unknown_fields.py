"""Fields that nobody knows: which were meant."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from site_builder.parse.ids import slug
from site_builder.parse.reader import Reader
from site_builder.problems import field_names
from site_builder.problems.problem import Span


def unknown_field(
    reader: Reader,
    name: str,
    where: str,
    names: Iterable[str],
    span: Span,
    given: Collection[str] = (),
    otherwise: str = "",
) -> str:
    """Report a field that is none; which was meant, if it is not ``given`` already.
    ``otherwise`` is the help where it is like none."""
    if not name.strip():
        help = "Put one before the colon: `name: value`."
        reader.problem("unknown-field", "This field has no name.", help, span)
        return ""
    known = list(names)
    message = f"`{name}` is not a field of {where}."
    if name[:2] != "x-" and (own := slug(name))[:2] == "x-":
        help = f"Write `{own}: …`: fields of your own begin with `x-`."
        reader.problem("unknown-field", message, help, span)
        return ""
    meant = field_names.other_word(name, known, given)
    if not meant and not (otherwise and field_names.is_text(name)):
        meant = reader.near(name, known)
    keep = field_names.kept(name, slug(name))
    if not meant:
        help = otherwise or f"{field_names.choice(known)} Write {keep}."
    elif meant in given:
        help = f"`{meant}` is there too: keep one of the two lines, or write {keep}."
    else:
        help = f"Did you mean `{meant}`?"
    reader.problem("unknown-field", message, help, span)
    return "" if meant in given else meant
