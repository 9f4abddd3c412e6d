"""How what happened was recorded: who committed what to git, and how many days after it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.recordings import RECORDED, Commit, Entry, Recorded
from site_builder.journal.team import Person

SLOWEST = 5
"""How many of the notes that were recorded last are told."""


class Late(NamedTuple):
    """A note of a day, in the file of a deal or contact, the commit that recorded it, and how many
    days after it."""

    subject: Deal | Contact
    date: dt.date
    commit: Commit
    lag: int


class Recorder(NamedTuple):
    """Somebody who recorded something: the ``person`` of the team with that address, or else None,
    the ``name`` that commits have; how many commits, how many notes, and the deals of which they
    recorded a stage, value, close or probability. ``median`` is of the days from what happened to
    its record, None of no notes, and ``slowest`` the note that took the longest."""

    person: Person | None
    name: str
    commits: int
    notes: int
    deals: Mapping[Recorded, tuple[Deal, ...]]
    median: float | None
    slowest: Late | None


@dataclass(frozen=True, slots=True)
class Recording:
    """How it was recorded since the end of a day: by whom, the most notes first; of all the median
    and the slowest. In no lag are notes of the ``many`` that came with the first commit, or with
    one that brought over twenty files at once. Git knows nothing before ``begins``."""

    since: dt.date
    begins: dt.date | None
    people: tuple[Recorder, ...]
    notes: int
    many: int
    median: float | None
    slowest: tuple[Late, ...]


class _Seen(NamedTuple):
    subject: Deal | Contact
    entry: Entry

    @property
    def late(self) -> Iterator[Late]:
        commit = self.entry.commit
        for date in self.entry.notes:
            yield Late(self.subject, date, commit, max(0, (commit.day - date).days))


def recording(insights: Insights, since: dt.date) -> Recording | None:
    """How it was recorded since the end of a day; None where nothing of git is known."""
    recordings = insights.recorded
    if recordings is None or not (recordings.of or recordings.begins):
        return None
    seen = list(_seen(insights, since))
    plain = [one for one in seen if not one.entry.commit.brings_much]
    late = _slowest_first([late for one in plain for late in one.late])
    theirs: defaultdict[tuple[str, str], list[_Seen]] = defaultdict(list)
    schema = insights.journal.schema
    known = {at: schema.person_at(at) for at in {one.entry.commit.address for one in plain}}
    for one in plain:
        commit = one.entry.commit
        id = known[commit.address]
        theirs[id, "" if id else commit.author].append(one)
    people = [_recorder(some, schema.team.get(id)) for (id, _), some in theirs.items()]
    return Recording(
        since,
        recordings.begins,
        tuple(sorted(people, key=lambda one: (-one.notes, -one.commits, one.name))),
        len(late),
        sum(len(one.entry.notes) for one in seen if one.entry.commit.brings_much),
        _median(late),
        tuple(late[:SLOWEST]),
    )


def _seen(insights: Insights, since: dt.date) -> Iterator[_Seen]:
    assert insights.recorded is not None
    for subject in insights.journal.subjects:
        name = f"{'deals' if isinstance(subject, Deal) else 'contacts'}/{subject.id}"
        for entry in insights.recorded.of.get(name, ()):
            if entry.commit.day > since:
                yield _Seen(subject, entry)


def _recorder(seen: list[_Seen], person: Person | None) -> Recorder:
    late = _slowest_first([late for one in seen for late in one.late])
    deals: dict[Recorded, dict[str, Deal]] = {name: {} for name in RECORDED}
    for one in seen:
        for field in one.entry.fields:
            if isinstance(one.subject, Deal):
                deals[field.name][one.subject.id] = one.subject
    return Recorder(
        person,
        person.name if person else seen[0].entry.commit.author,
        len({one.entry.commit.id for one in seen}),
        len(late),
        {name: tuple(some.values()) for name, some in deals.items()},
        _median(late),
        late[0] if late else None,
    )


def _slowest_first(late: list[Late]) -> list[Late]:
    return sorted(late, key=lambda one: (-one.lag, one.date, one.subject.path, one.commit.id))


def _median(late: list[Late]) -> float | None:
    return float(median([one.lag for one in late])) if late else None
