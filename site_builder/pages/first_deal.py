"""What a journal without deals shows: the file of a first deal to copy, made of its pipeline."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.journal.said_days import moved
from site_builder.journal.schema import Schema
from site_builder.pages.context import Context

_PATH = "deals/first-deal.md"
_SOON = 7


class FirstDeal(NamedTuple):
    """A file that `check` finds nothing wrong with: where to put it, and what to type."""

    path: str
    text: str


def has_no_deals(context: Context) -> bool:
    """Whether the journal has no deals at all, or none yet on this day."""
    return not context.journal.deals


def first_deal(context: Context) -> FirstDeal | None:
    """A deal of the first person in the first open stage; None where there is no such."""
    schema = context.journal.schema
    stages = ((p, s) for p in schema.pipelines for s in p.stages if s.is_open and not s.retired)
    start, owner = next(stages, None), next(iter(schema.team), None)
    if start is None or owner is None:
        return None
    return FirstDeal(_PATH, _text(*start, owner, schema, context.today))


def _text(pipeline: Pipeline, stage: Stage, owner: str, schema: Schema, today: dt.date) -> str:
    which = [f"pipeline: {pipeline.id}"] if len(schema.pipelines) > 1 else []
    fields = [
        "title: First deal",
        f"owner: {owner}",
        *which,
        f"stage: {stage.id}",
        "value: 10000",
        f"next: {moved(today, _SOON) or today} Call them",
    ]
    return "\n".join(["---", *fields, "---", ""])
