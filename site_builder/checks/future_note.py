"""``future-note``: a note tells of a day that has not come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.problems.problem import Problem


def check(journal: Journal, today: dt.date, begun: dt.date) -> Iterator[Problem]:
    """A note records what happened; what is planned is the deal's `next`. A day that has begun
    for somebody has come.

    Bad: `## 2027-01-10 meeting with jane-roe` in a journal of 2026.
    """
    for subject in journal.subjects:
        if subject.notes and subject.notes[-1].date > begun:
            yield from _future(subject, today, begun)


def _future(subject: Deal | Contact, today: dt.date, begun: dt.date) -> Iterator[Problem]:
    for note in subject.notes:
        if note.date > begun:
            yield Problem(
                "future-note",
                f"This note is dated `{note.date}`, which is after today ({today}).",
                "Correct the date; write what is planned as `next: DATE text`.",
                note.places.date,
            )
