"""``rung-skipped``: a contact is said to trust before they liked, or to like before they knew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from site_builder.journal.history import Moment, moments
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import KindRole
from site_builder.journal.ladder import climbers
from site_builder.journal.note import Note
from site_builder.problems.problem import Problem, Severity
from site_builder.problems.suggest import listed


def check(journal: Journal, today: dt.date) -> Iterator[Problem]:
    """The ladder is climbed rung by rung, each way for itself.

    Of one day the notes of a file count as they stand there, and those of several files as their
    times say where all have one. Otherwise nobody knows which came first, so they count in the
    order in which the ladder is climbed, if there is one.

    Bad: `## 2026-10-12 trust from jane-roe` where no note says that she likes us.
    """
    rungs = journal.schema.rungs
    height = {rung: number for number, rung in enumerate(rungs)}
    for climber, steps in _by_climber(journal, height).items():
        if _are_climbed(steps):
            continue
        reached = -1
        for _, same in groupby(steps, key=_day):
            day = list(same)
            for step, below in _skips(day, reached):
                yield _problem(step.note, climber, rungs[below + 1 : step.height])
            reached = max(reached, *[step.height for step in day])


_new = tuple.__new__  # makes a named tuple several times as fast as calling its class


class _Step(NamedTuple):
    """A rung that somebody reached: when, its place among the rungs of its file, and its height
    on the ladder."""

    when: Moment
    path: str
    place: int
    height: int
    note: Note


def _day(step: _Step) -> dt.date:
    return step.note.date


def _by_climber(journal: Journal, height: Mapping[str, int]) -> dict[tuple[str, str], list[_Step]]:
    """The rungs that each contact reached, each way, oldest first: those of one minute by their
    files, and those of one file as they stand there."""
    found: dict[tuple[str, str], list[_Step]] = {}
    rung = KindRole.RUNG
    for subject in journal.subjects:
        notes = [note for note in subject.notes if note.kind.role is rung]
        if not notes:
            continue
        path = subject.path
        for place, (note, when) in enumerate(zip(notes, moments(notes), strict=True)):
            step = _new(_Step, (when, path, place, height[note.kind.id], note))
            for climber in climbers(note):
                if climber in found:
                    found[climber].append(step)
                else:
                    found[climber] = [step]
    for steps in found.values():
        if len(steps) > 1:
            steps.sort(key=itemgetter(0, 1, 2))
    return found


def _are_climbed(steps: list[_Step]) -> bool:
    """Whether rungs that were reached one after the other left none out, as nearly all do."""
    reached = -1
    for step in steps:
        height = step.height
        if height > reached:
            if height > reached + 1:
                return False
            reached = height
    return True


def _skips(day: list[_Step], reached: int) -> list[tuple[_Step, int]]:
    """The rungs of a day that were reached without the one below, and how high it had gone."""
    skips = list(_too_high(day, reached))
    if skips and len({step.path for step in day}) > 1:
        return list(_too_high(_as_climbed(day), reached))
    return skips


def _too_high(steps: list[_Step], reached: int) -> Iterator[tuple[_Step, int]]:
    for step in steps:
        if step.height > reached + 1:
            yield step, reached
        reached = max(reached, step.height)


def _as_climbed(day: list[_Step]) -> list[_Step]:
    """The rungs of a day in several files, the lower first where either may have been."""
    if all(step.note.time for step in day):
        return sorted(day, key=attrgetter("note.time", "height"))
    files: dict[str, list[_Step]] = {}
    for step in reversed(day):
        files.setdefault(step.path, []).append(step)
    from heapq import heapify, heappop, heapreplace

    heads = [(steps[-1].height, path) for path, steps in files.items()]
    heapify(heads)
    found = []
    while heads:
        path = heads[0][1]
        found.append(files[path].pop())
        if files[path]:
            heapreplace(heads, (files[path][-1].height, path))
        else:
            heappop(heads)
    return found


def _problem(note: Note, climber: tuple[str, str], skipped: tuple[str, ...]) -> Problem:
    contact, direction = climber
    way = f"{direction} {contact}"
    return Problem(
        "rung-skipped",
        f"`{note.kind.id} {way}` comes without {listed(skipped)} before it.",
        f"Add the note in which `{skipped[0]} {way}` came true, or give the relationship time.",
        note.places.kind,
        Severity.WARNING,
    )
