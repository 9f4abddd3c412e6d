"""The history of a deal as git has recorded it: which commit changed its stage, value, close or
probability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from site_builder.journal import money_values, values
from site_builder.journal.deal import Deal
from site_builder.journal.recordings import Entry, FieldRecorded, Recorded
from site_builder.journal.values import Bad
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.problems import counting

SHOWN = 100
"""How many changes are listed; older ones are counted."""
_MOST = 60
_NONE = "none"
FIELD_NAMES: Mapping[Recorded, str] = {
    "stage": "Stage", "value": "Value", "close": "Close", "probability": "Probability",
}  # fmt: skip
"""What pages call the fields of which changes are recorded."""


class RecordedField(NamedTuple):
    """A field, what it was, if anything, and what it became; ``lead`` stands before it."""

    lead: str
    name: str
    before: str
    after: str


class RecordedChange(NamedTuple):
    """What a commit changed, the newest first: its day, its short id, its address where the host
    is known, and its author: by the team's name, or else as it is recorded."""

    date: str
    day: str
    commit: str
    path: str
    author: str
    fields: tuple[RecordedField, ...]


class RecordedHistory(NamedTuple):
    """The changes, how many there are in words, and how many older ones are not listed."""

    changes: tuple[RecordedChange, ...]
    total: str
    more: str


def recorded_history(deal: Deal, context: Context) -> RecordedHistory | None:
    """What git has recorded of a deal; None where that is nothing."""
    recorded = context.insights.recorded
    entries = recorded.of.get(f"deals/{deal.id}", ()) if recorded else ()
    found = [change for one in reversed(entries) if (change := _change(one, deal, context))]
    if not found:
        return None
    more = len(found) - SHOWN
    more_text = f"and {counting.count(more, 'older change')}" if more > 0 else ""
    return RecordedHistory(tuple(found[:SHOWN]), counting.count(len(found), "change"), more_text)


def _change(entry: Entry, deal: Deal, context: Context) -> RecordedChange | None:
    """What a commit changed; None where nothing of it says something else."""
    commit, schema = entry.commit, context.journal.schema
    fields = _fields(entry.fields, deal, context)
    if not fields:
        return None
    return RecordedChange(
        formats.day(commit.day),
        formats.short_day(commit.day),
        commit.short,
        schema.repository.commit_of(commit.id),
        schema.name_at(commit.address, commit.author),
        fields,
    )


def _fields(
    fields: Sequence[FieldRecorded], deal: Deal, context: Context
) -> tuple[RecordedField, ...]:
    said = [
        (FIELD_NAMES[name], _said(name, was, deal, context), _said(name, now, deal, context))
        for name, was, now in fields
    ]
    changed = [one for one in said if one[1] != one[2]]
    return tuple(
        [
            RecordedField(" · " if at else "", name, was, now or _NONE)
            for at, (name, was, now) in enumerate(changed)
        ]
    )


def _said(name: Recorded, text: str, deal: Deal, context: Context) -> str:
    """A value as pages write it, or else as the file had it."""
    if not text or len(text) > _MOST:
        return text if len(text) <= _MOST else f"{text[:_MOST]}…"
    match name:
        case "stage":
            stage = deal.pipeline.stage(text) or deal.pipeline.renamed(text)
            return stage.name if stage else text
        case "value":
            money = money_values.money(text, context.journal.schema.currency)
            return text if isinstance(money, Bad) else formats.money(money)
        case "close":
            day = values.date(text)
            return text if isinstance(day, Bad) else formats.short_day(day)
        case "probability":
            part = values.percent(text)
            return text if isinstance(part, Bad) else formats.percent(part)
