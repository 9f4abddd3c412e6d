"""Two journals to all that a change does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.problems.problem import Problem, by_place
from site_builder.review.contacts import Climb, ContactChange, climbs, contact_change
from site_builder.review.deals import DealChange, deal_change
from site_builder.review.problems import introduced_and_solved
from site_builder.review.schemas import SchemaChange, schema_changes
from site_builder.review.sides import Renames, Side, Sides, id_of, renames
from site_builder.review.sums import Row, forecasts
from site_builder.review.suspicions import Changed, suspicions

T = TypeVar("T", Deal, Contact)
C = TypeVar("C")


class Uncompared(NamedTuple):
    """A file that could not be understood ``before`` or ``after`` the change, so that nothing is
    said of what became of its deal or contact."""

    path: str
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that a change does, as of ``today``. ``suspicions`` are warnings: what should make a
    reviewer look twice."""

    today: dt.date
    before: Journal
    after: Journal
    deals: tuple[DealChange, ...]
    contacts: tuple[ContactChange, ...]
    climbs: tuple[Climb, ...]
    schema: tuple[SchemaChange, ...]
    introduced: tuple[Problem, ...]
    solved: tuple[Problem, ...]
    suspicions: tuple[Problem, ...]
    forecast: tuple[Row, ...]
    uncompared: tuple[Uncompared, ...]


def compare(sides: Sides) -> Comparison:
    """Compare a journal with what it was. Deals and contacts are matched by id, and those with
    the same content under another id are the same."""
    before, after = sides.before, sides.after
    names, left = renames(sides), _left_out(before, after)
    was, now = _without(before.journal, left), _without(after.journal, left)
    of_deals = _pairs(was.deals_by_id, now.deals_by_id, names.deals)
    of_contacts = _pairs(was.contacts_by_id, now.contacts_by_id, names.contacts)
    deals = tuple(_changes(of_deals, deal_change, names))
    contacts = tuple(_changes(of_contacts, contact_change, names))
    return Comparison(
        sides.today,
        was,
        now,
        deals,
        contacts,
        tuple(climbs(was, now, names)),
        tuple(schema_changes(was.schema, now.schema)),
        *introduced_and_solved(before, after, names),
        by_place(suspicions(Changed(deals, contacts, sides.begun, names))),
        forecasts(was, now, sides.today),
        tuple(_uncompared(before, after)),
    )


def _without(journal: Journal, left: Mapping[str, Collection[str]]) -> Journal:
    """The journal without the deals and contacts of which one side knows nothing: what is not
    compared is in no figure of either."""
    deals = tuple([deal for deal in journal.deals if deal.id not in left["deals"]])
    contacts = tuple([one for one in journal.contacts if one.id not in left["contacts"]])
    return Journal(journal.schema, deals, contacts)


def _pairs(
    was: Mapping[str, T], now: Mapping[str, T], renamed: Mapping[str, str]
) -> Iterator[tuple[T | None, T | None]]:
    """Each deal or contact as it was and as it is, but for those that are the same object; by the
    ids that they have or had."""
    before: dict[str, T] = {renamed.get(id, id): one for id, one in was.items()}
    for id in sorted({*before, *now}):
        old, new = before.get(id), now.get(id)
        if old is not new:
            yield old, new


def _changes(
    pairs: Iterator[tuple[T | None, T | None]],
    change: Callable[[T | None, T | None, Renames], C | None],
    names: Renames,
) -> Iterator[C]:
    for before, after in pairs:
        found = change(before, after, names)
        if found is not None:
            yield found


def _left_out(before: Side, after: Side) -> Mapping[str, set[str]]:
    """The ids of deals and contacts that one side could not understand."""
    found: dict[str, set[str]] = {"deals": set(), "contacts": set()}
    for path in (*before.left_out, *after.left_out):
        found[path.partition("/")[0]].add(id_of(path))
    return found


def _uncompared(before: Side, after: Side) -> Iterator[Uncompared]:
    was, now = set(before.left_out), set(after.left_out)
    for path in sorted(was | now):
        if path not in was or path not in now or _differs(path, before, after):
            yield Uncompared(path, path in was, path in now)


def _differs(path: str, before: Side, after: Side) -> bool:
    return before.digests.get(path) != after.digests.get(path)
