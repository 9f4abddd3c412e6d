"""Who recorded what, and how long after it happened."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from site_builder.insights.insights import Insights
from site_builder.insights.recording import Recording, recording
from site_builder.journal.recordings import Commit, Entry, FieldRecorded, Recordings
from site_builder.journal.team import Person
from tests.by_hand import SCHEMA, TODAY, day, deal, journal

SINCE = day("2026-10-20")
TEAM = {"maria": Person("maria", "Maria Lopez", "Maria@kestrel.example")}


def entry(
    on: str,
    *notes: str,
    by: str = "maria",
    fields: tuple[FieldRecorded, ...] = (),
    much: bool = False,
    id: str = "",
) -> Entry:
    commit = Commit(id or f"{on}{by}", day(on), by.title(), f"{by}@kestrel.example", much)
    return Entry(commit, False, fields, tuple(map(day, notes)))


def found(of: dict[str, tuple[Entry, ...]], begins: dt.date | None = None) -> Recording | None:
    made = journal(deal("a"), deal("b"), schema=replace(SCHEMA, team=TEAM))
    return recording(Insights(made, TODAY, recorded=Recordings(of, begins)), SINCE)


def test_the_lag_is_the_days_from_what_happened_to_its_commit() -> None:
    one = found({
        "deals/a": (entry("2026-10-20", "2026-01-01"), entry("2026-11-05", "2026-11-05", "2026-11-01")),
        "deals/b": (entry("2026-11-09", "2026-11-08", "2026-11-12"),),
        "contacts/jane-roe": (entry("2026-11-10", "2026-11-01", by="otto"),),
        "deals/gone": (entry("2026-11-10", "2026-01-01"),),
    })  # fmt: skip
    assert one is not None
    assert (one.notes, one.median, [late.lag for late in one.slowest]) == (5, 1.0, [9, 4, 1, 0, 0])
    maria, otto = one.people
    assert (maria.person, maria.name, maria.commits, maria.notes, maria.median) == (
        TEAM["maria"],
        "Maria Lopez",
        2,
        4,
        0.5,
    )
    assert (otto.person, otto.name, otto.notes, otto.median) == (None, "Otto", 1, 9.0)
    assert otto.slowest is not None and otto.slowest.subject.id == "jane-roe"


def test_who_recorded_which_fields_of_which_deals() -> None:
    stage, value = FieldRecorded("stage", "lead", "offer"), FieldRecorded("value", "", "5")
    one = found({
        "deals/a": (entry("2026-11-05", fields=(stage, value)), entry("2026-11-06", fields=(value,))),
        "deals/b": (entry("2026-11-05", fields=(value,)),),
    })  # fmt: skip
    assert one is not None
    (maria,) = one.people
    deals = {name: [d.id for d in some] for name, some in maria.deals.items()}
    assert deals == {"stage": ["a"], "value": ["a", "b"], "close": [], "probability": []}
    assert (maria.commits, maria.notes, maria.median, maria.slowest) == (2, 0, None, None)


def test_what_came_at_once_is_counted_apart() -> None:
    one = found({"deals/a": (entry("2026-11-05", "2025-01-01", "2025-01-02", much=True),)})
    assert one is not None and (one.many, one.notes, one.people, one.median) == (2, 0, (), None)


def test_without_any_commit_nothing_is_said() -> None:
    assert found({}) is None
    assert recording(Insights(journal(), TODAY), SINCE) is None
    shallow = found({}, begins=day("2026-11-01"))
    assert shallow is not None and (shallow.people, shallow.begins) == ((), day("2026-11-01"))
    one = found({"deals/a": (entry("2026-01-01", "2026-01-01"),)}, begins=day("2026-01-01"))
    assert one is not None and (one.people, one.begins) == ((), day("2026-01-01"))


def test_of_two_with_one_address_it_is_the_first_as_wherever_somebody_is_known_by_it() -> None:
    team = {**TEAM, "ann": Person("ann", "Ann", "maria@kestrel.example")}
    made = journal(deal("a"), schema=replace(SCHEMA, team=team))
    known = Recordings({"deals/a": (entry("2026-11-05", "2026-11-04"),)})
    one = recording(Insights(made, TODAY, recorded=known), SINCE)
    assert one is not None
    assert [who.name for who in one.people] == ["Maria Lopez"]
