"""``note-year-off``: a note is dated a year before or after the notes around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from site_builder.journal.contact import Contact
from site_builder.journal.days import years_later
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.problems.problem import Problem, Severity

_MOST = 3
"""How many notes in a row are taken for a slip: in January many write the old year."""
_NEAR = dt.timedelta(days=31)
_YEAR = dt.timedelta(days=366)


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """In January many still write the old year; the note then stands a year too early.

    Notes are taken as they stand in the file. One is a year off where it breaks their order, and
    with another year would keep it; at the end of a file, where it then is a month at most from
    the note beside it. Where the notes on both sides tell the year, it may be off by more.

    Bad: `## 2026-01-05 call` behind `## 2026-12-20 call`, before `## 2027-01-20 call`.
    """
    for subject in journal.subjects:
        notes = subject.notes
        if len(notes) < 3:
            continue
        lines = [note.places.line for note in notes]
        # From the first to the last, or from the last to the first, as in nearly every file.
        if lines != sorted(lines) and lines != sorted(lines, reverse=True):
            yield from _off(subject, today)


class _Run(NamedTuple):
    """Notes in a row, by their numbers, that are so many years off."""

    start: int
    stop: int
    years: int


def _off(subject: Deal | Contact, today: dt.date) -> Iterator[Problem]:
    notes = sorted(subject.notes, key=lambda note: note.places.line)
    steps = sum((b.date > a.date) - (b.date < a.date) for a, b in pairwise(notes))
    if steps > 0 or (steps == 0 and notes[0].date <= notes[-1].date):
        orders = (notes, notes[::-1])
    else:
        orders = (notes[::-1], notes)
    for row in orders[:1] if steps else orders:
        if runs := tuple(_runs([note.date for note in row], today)):
            for run in runs:
                yield from (_problem(row, number, run.years) for number in range(*run[:2]))
            return


def _runs(dates: list[dt.date], today: dt.date) -> Iterator[_Run]:
    at = 1
    while at < len(dates):
        run = _run(dates, at, today) if dates[at] < dates[at - 1] else None
        if run is not None:
            yield run
        at = max(at + 1, run.stop if run else 0)


def _run(dates: list[dt.date], at: int, today: dt.date) -> _Run | None:
    """The notes beside a fall of the dates that another year would put in order, if few; rather
    such as have notes on both sides."""
    stop, start = at, at
    while stop < len(dates) and stop - at <= _MOST and dates[stop] < dates[at - 1]:
        stop += 1
    while start > 0 and at - start <= _MOST and dates[start - 1] > dates[at]:
        start -= 1
    runs = [_Run(at, stop, 1), _Run(start, at, -1)]
    if stop < len(dates):  # where both sides tell the year
        runs.append(_Run(at, stop, dates[at - 1].year - dates[at].year))
    if start:
        runs.append(_Run(start, at, dates[at].year - dates[start].year))
    fitting = [run for run in runs if _fits(dates, run, today)]
    outer = len(dates)
    return min(
        fitting, key=lambda r: (r.start == 0 or r.stop == outer, r.stop - r.start), default=None
    )


def _fits(dates: list[dt.date], run: _Run, today: dt.date) -> bool:
    if run.stop - run.start > min(_MOST, len(dates) // 2):
        return False
    meant = [years_later(date, run.years) for date in dates[run.start : run.stop]]
    before = dates[run.start - 1] if run.start else meant[0] - _NEAR
    behind = dates[run.stop] if run.stop < len(dates) else meant[-1] + _NEAR
    if run.start == 0 and behind - meant[-1] > _NEAR:
        return False
    if run.stop == len(dates) and meant[0] - before > _NEAR:
        return False
    if abs(run.years) > 1 and behind - before > _YEAR:
        return False
    row = [before, *meant, behind]
    return row == sorted(row) and max(meant[-1], *dates[run.start : run.stop]) <= today


def _problem(notes: list[Note], number: int, years: int) -> Problem:
    note = notes[number]
    beside = [f"`{n.date}`" for n in (notes[number - 1 : number] + notes[number + 1 : number + 2])]
    return Problem(
        "note-year-off",
        f"This note of `{note.date}` stands beside {' and '.join(beside)}.",
        f"Write `{years_later(note.date, years)}` if the year is wrong, or move the note to where "
        "its date belongs.",
        note.places.date,
        Severity.WARNING,
    )
