"""A form that was filled in, as the text of an issue, to what stands in its fields.

What people typed is a text wherever it stands. A field's text is one line, but for the last of
the form, which is all that stands below its heading: so nothing that is typed begins a field.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from site_builder.hosts.issue_forms import FORMS, Field, IssueForm
from site_builder.problems.suggest import listed

MOST = 1_000_000
"""Bytes of a form: issues have up to 65,536 characters."""
_EMPTY = ("_No response_", "None")


class NotFilled(Exception):
    """A text that is no form, or one filled in as it can't be; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A form, and what stands in its fields by their names; what is empty is left out."""

    form: IssueForm
    values: Mapping[str, str]


def filled(data: bytes) -> Filled:
    """The form that a text is. Raises NotFilled."""
    if len(data) > MOST:
        raise NotFilled(f"The form is longer than {MOST:,} bytes: write less into it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotFilled("The form is no text in UTF-8.") from None
    lines = text.replace("\r\n", "\n").strip().split("\n")
    form = next((f for f in FORMS if lines[0].rstrip() == _heading(f.fields[0])), None)
    if form is None:
        firsts = listed([_heading(form.fields[0]) for form in FORMS])
        raise NotFilled(f"This is no form of dealog's: those begin with {firsts}.")
    values = {field.name: _value(field, rows) for field, rows in _parts(form, lines)}
    _refuse_missing(form, values)
    return Filled(form, {name: value for name, value in values.items() if value})


def _heading(field: Field) -> str:
    return f"### {field.label}"


def _parts(form: IssueForm, lines: Sequence[str]) -> list[tuple[Field, list[str]]]:
    """The fields that the form has, in their order, with the lines below the heading of each."""
    parts: list[tuple[Field, list[str]]] = []
    coming = list(form.fields)
    for line in lines:
        place = next((n for n, f in enumerate(coming) if line.rstrip() == _heading(f)), None)
        if place is None:
            parts[-1][1].append(line)
        else:
            parts.append((coming[place], []))
            del coming[: place + 1]
    last = form.fields[-1]
    for field, rows in parts:
        if field is not last and sum(bool(row.strip()) for row in rows) > 1:
            raise NotFilled(f"`{field.label}` is one line: write the rest below `{last.label}`.")
    return parts


def _value(field: Field, rows: Sequence[str]) -> str:
    text = "\n".join(rows).strip()
    if "\0" in text:
        raise NotFilled(
            f"In `{field.label}` stands a character that is in no text: write it without."
        )
    return "" if text in _EMPTY else text


def _refuse_missing(form: IssueForm, values: Mapping[str, str]) -> None:
    for field in form.fields:
        is_asked = field.name in values or field.choices is None
        if field.is_required and is_asked and not values.get(field.name):
            raise NotFilled(f"Nothing stands in `{field.label}`: fill it in.")
