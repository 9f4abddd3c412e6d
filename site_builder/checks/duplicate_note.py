"""``duplicate-note``: the same note stands twice in a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import attrgetter

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.note import NO_FIELDS, Note
from site_builder.problems.problem import Problem, Severity


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """A note that was pasted or merged twice is counted twice.

    Two notes are the same where nothing in them differs; one that has a problem of its own is as
    none. Two stage notes of one day and time are so where they name one stage, no other stands
    between them, and the fields of one are the other's or none: a stage note that sets something
    else restates the stage. What really happened twice on a day has times.

    Bad: `## 2026-10-12 stage decision`, and again `## 2026-10-12 stage decision`.
    """
    for subject in journal.subjects:
        for a, b in pairwise(subject.notes):
            if a.date == b.date:
                yield from _in(subject)
                break


def _in(subject: Deal | Contact) -> Iterator[Problem]:
    for _, same in groupby(subject.notes, key=attrgetter("date")):
        day = list(same)
        if len(day) > 1:
            yield from _moves([note for note in day if note.is_stage])
            yield from _exchanges([note for note in day if not note.is_stage and note.is_whole])


def _moves(notes: list[Note]) -> Iterator[Problem]:
    for before, note in pairwise(notes):
        if note.stage is not None and _is_same_move(before, note):
            first, second = sorted((before, note), key=_line)
            yield Problem(
                "duplicate-note",
                f"That the deal enters `{note.stage.id}` on this day stands in line "
                f"{_line(first)} already.",
                "Remove one of the two notes; what is below both fits below one.",
                second.places.stage or second.span,
                Severity.WARNING,
            )


def _is_same_move(a: Note, b: Note) -> bool:
    is_same = a.fields == b.fields or NO_FIELDS in (a.fields, b.fields)
    return is_same and a.stage is b.stage and a.time == b.time and a.is_whole and b.is_whole


def _exchanges(notes: list[Note]) -> Iterator[Problem]:
    seen: dict[tuple[object, ...], Note] = {}
    for note in sorted(notes, key=_line):
        first = seen.setdefault(_content(note), note)
        if first is not note:
            yield Problem(
                "duplicate-note",
                f"This note is the same as that in line {_line(first)}.",
                "Remove one of the two."
                + (_timed(note) if note.time is None and not note.is_rung else ""),
                note.places.date,
                Severity.WARNING,
            )


def _timed(note: Note) -> str:
    is_yaml = note.span.path.endswith((".yml", ".yaml"))
    line = "time: 09:30" if is_yaml else f"## {note.date} 09:30 {note.kind.id} …"
    return f" If it happened twice, give each its time: `{line}`."


def _content(note: Note) -> tuple[object, ...]:
    return (
        note.time,
        note.kind.id,
        note.direction,
        note.parties,
        note.by,
        note.headline,
        note.text,
        note.fields,
    )


def _line(note: Note) -> int:
    return note.places.line
