"""``negative-value``: a deal is worth less than nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from site_builder.journal.deal import Deal
from site_builder.journal.field_types import written_money
from site_builder.journal.journal import Journal
from site_builder.journal.money import Money
from site_builder.journal.note import Note
from site_builder.problems.problem import Problem, Severity, Span
from site_builder.source.note_drafts import field_sign


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """A negative value lowers every total that it is in. What is given back is the `amount` of an
    invoice or payment, and no value of a deal.

    Bad: `value: -5000`.
    """
    for deal in journal.deals:
        if deal.value is not None and deal.value.amount < 0:
            same = [n for n in deal.notes if n.field_spans and n.fields.value == deal.value]
            yield _problem(deal.value, ":", deal.spans["value"], same[-1] if same else None)
        for note in deal.notes:
            if note.field_spans and (value := note.fields.value) is not None and value.amount < 0:
                yield from _noted(deal, value, note.field_spans.get("value"))


def _noted(deal: Deal, value: Money, span: Span | None) -> Iterator[Problem]:
    """What is wrong with a negative value of a note that is not the front matter's."""
    if value != deal.value and span is not None:
        yield _problem(value, field_sign(deal.path), span)


def _problem(value: Money, sign: str, span: Span, noted: Note | None = None) -> Problem:
    """What is wrong with a value, and perhaps the last note that says the same."""
    text, also = written_money(value), ""
    meant = written_money(replace(value, amount=-value.amount))
    if noted is not None:
        there = noted.field_spans["value"]
        also = f", and `value{field_sign(there.path)} {meant}` in line {there.line}"
    return Problem(
        "negative-value",
        f"A value of `{text}` is taken away from all sums.",
        f"Write `value{sign} {meant}`{also}; what is given back "
        "is the `amount` of an invoice or payment.",
        span,
        Severity.WARNING,
    )
