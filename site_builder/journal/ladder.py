"""The relationship ladder: who has reached which rung with us, and we with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from heapq import heapify, heappop, heapreplace
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.history import Moment, moments
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import KindRole
from site_builder.journal.note import Note


def climbers(note: Note) -> list[tuple[str, str]]:
    """Who reaches the rung of a note: each contact and its direction, which is ``from`` them
    or ``to`` them from us."""
    direction = note.direction or "from"
    return [(party, direction) for party in note.parties]


def rungs_reached(journal: Journal) -> dict[tuple[str, str], str]:
    """The highest rung of each contact, by contact and direction."""
    height = {rung: number for number, rung in enumerate(journal.schema.rungs)}
    found: dict[tuple[str, str], str] = {}
    for note in journal.rung_notes:
        rung = note.kind.id
        for climber in climbers(note):
            if climber not in found or height[rung] > height[found[climber]]:
                found[climber] = rung
    return found


_new = tuple.__new__  # makes a named tuple several times as fast as calling its class


class Step(NamedTuple):
    """A rung that somebody reached: when, its place among the rungs of its file, its height on
    the ladder, and the deal or contact in whose file its note stands."""

    when: Moment
    path: str
    place: int
    height: int
    note: Note
    subject: Deal | Contact


def steps_by_climber(journal: Journal) -> dict[tuple[str, str], list[Step]]:
    """The rungs that each contact reached, each way, oldest first: those of one minute by their
    files, and those of one file as they stand there."""
    height = {rung: number for number, rung in enumerate(journal.schema.rungs)}
    found: dict[tuple[str, str], list[Step]] = {}
    rung = KindRole.RUNG
    for subject in journal.subjects:
        notes = [note for note in subject.notes if note.kind.role is rung]
        if not notes:
            continue
        path = subject.path
        for place, (note, when) in enumerate(zip(notes, moments(notes), strict=True)):
            step = _new(Step, (when, path, place, height[note.kind.id], note, subject))
            for climber in climbers(note):
                if climber in found:
                    found[climber].append(step)
                else:
                    found[climber] = [step]
    for steps in found.values():
        if len(steps) > 1:
            steps.sort(key=itemgetter(0, 1, 2))
    return found


def skips(steps: Sequence[Step]) -> Iterator[tuple[Step, int]]:
    """The rungs of one contact, one way, oldest first, that were reached without the one below,
    and how high it had gone before: -1 for not at all.

    Of one day the rungs of a file count as they stand there, and those of several files as their
    times say where all have one, else in the order in which the ladder is climbed.
    """
    if _are_climbed(steps):
        return
    reached = -1
    for _, same in groupby(steps, key=_day):
        day = list(same)
        yield from _skips_of_day(day, reached)
        reached = max(reached, *[step.height for step in day])


def _day(step: Step) -> dt.date:
    return step.note.date


def _are_climbed(steps: Sequence[Step]) -> bool:
    """Whether rungs that were reached one after the other left none out, as nearly all do."""
    reached = -1
    for step in steps:
        height = step.height
        if height > reached:
            if height > reached + 1:
                return False
            reached = height
    return True


def _skips_of_day(day: list[Step], reached: int) -> list[tuple[Step, int]]:
    found = list(_too_high(day, reached))
    if found and len({step.path for step in day}) > 1:
        return list(_too_high(_as_climbed(day), reached))
    return found


def _too_high(steps: list[Step], reached: int) -> Iterator[tuple[Step, int]]:
    for step in steps:
        if step.height > reached + 1:
            yield step, reached
        reached = max(reached, step.height)


def _as_climbed(day: list[Step]) -> list[Step]:
    """The rungs of a day in several files, the lower first where either may have been."""
    if all(step.note.time for step in day):
        return sorted(day, key=attrgetter("note.time", "height"))
    files: dict[str, list[Step]] = {}
    for step in reversed(day):
        files.setdefault(step.path, []).append(step)
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
