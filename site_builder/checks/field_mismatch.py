"""``field-mismatch``: the front matter and the notes disagree on a field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from site_builder.diagnostics import Problem
from site_builder.model import Deal, Journal, Money, Person
from site_builder.states import NOTE_STATE


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """Front matter is the state after the last note, so both must say the same.

    Bad: `value: 40000` above a last note that has `value:: 48000`.
    """
    for deal in journal.deals:
        said = {name for note in deal.notes for name in note.field_spans}
        for name in NOTE_STATE:
            if name in said:
                yield from _field(deal, name)


def _field(deal: Deal, name: str) -> Iterator[Problem]:
    note = next((n for n in reversed(deal.notes) if name in n.field_spans), None)
    if note is None:
        return
    said, held = getattr(note.fields, name), getattr(deal, name)
    span = deal.spans.get(name)
    if said is None or said == held or (held is None and span is not None):
        return
    text = written(said)
    if span is None:
        yield Problem(
            "field-mismatch",
            f"The note of {note.date} sets `{name}` to `{text}`, and the front matter has none.",
            f"Add `{name}: {text}` to the front matter.",
            note.field_spans[name],
        )
        return
    yield Problem(
        "field-mismatch",
        f"`{name}` is `{written(held)}` here, and `{text}` in the note of {note.date}.",
        f"Write `{name}: {text}`, or add a note that changes it.",
        span,
    )


def written(value: object) -> str:
    """A value as one types it."""
    if isinstance(value, Money):
        return f"{value.amount:f} {value.currency}".removesuffix(" XXX")
    if isinstance(value, Person):
        return value.id
    return f"{(value * 100).normalize():f}%" if isinstance(value, Decimal) else str(value)
