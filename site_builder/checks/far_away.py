"""``far-away``: what is expected of a deal is more than five years away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from site_builder.journal.days import years_later
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.problems.problem import Problem, Severity, Span
from site_builder.source.note_drafts import field_sign

_YEARS = 5


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """A day more than five years away is a slip of the pen far more often than a plan, and takes
    the deal out of everybody's sight: `close` out of the forecast, `next` and `wake` out of what
    is due.

    Bad: `close: 2062-12-01` in a journal of 2026.
    """
    far = years_later(today, _YEARS)
    for deal in journal.deals:
        if (
            (deal.close is not None and deal.close > far)
            or (deal.wake is not None and deal.wake > far)
            or (deal.next is not None and deal.next.date > far)
            or [n for n in deal.notes if n.field_spans and n.fields.close and n.fields.close > far]
        ):
            last = deal.notes[-1].date if deal.notes else today
            latest = max(today, last, deal.created or today)
            yield from _of(deal, years_later(latest, _YEARS), today)


def _of(deal: Deal, far: dt.date, today: dt.date) -> Iterator[Problem]:
    """What is too far away, from the deal's last day too: a day that was asked for may be long
    ago."""
    for written in _dates(deal):
        if written.date > far:
            yield _problem(written, today)


class _Written(NamedTuple):
    """A date, the name and the sign that it is written behind, and where it stands."""

    name: str
    sign: str
    date: dt.date
    span: Span
    noted: Note | None = None
    """The last note that says the same."""


def _dates(deal: Deal) -> Iterator[_Written]:
    if deal.close:
        same = [n for n in deal.notes if n.field_spans and n.fields.close == deal.close]
        noted = same[-1] if same else None
        yield _Written("close", ":", deal.close, deal.spans["close"], noted)
    if deal.wake:
        yield _Written("wake", ":", deal.wake, deal.spans["wake"])
    if deal.next:
        yield _Written("next", ":", deal.next.date, deal.next.span)
    for note in deal.notes:
        if note.field_spans and (close := note.fields.close) and close != deal.close:
            yield _Written("close", field_sign(deal.path), close, note.field_spans["close"])


def _problem(written: _Written, today: dt.date) -> Problem:
    name, sign, date, span, noted = written
    soon = years_later(date, today.year - date.year)
    soon = soon if soon >= today else years_later(date, today.year + 1 - date.year)
    what = " …" if name == "next" else ""
    also = ""
    if noted is not None:
        there = noted.field_spans[name]
        also = f", and `{name}{field_sign(there.path)} {soon}` in line {there.line}"
    return Problem(
        "far-away",
        f"`{name}` is `{date}`, which is more than five years away.",
        f"Correct the year, for example `{name}{sign} {soon}{what}`{also}.",
        span,
        Severity.WARNING,
    )
