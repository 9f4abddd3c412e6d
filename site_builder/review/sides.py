"""The two journals that are compared, and how what both have is found."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.problems.problem import Problem

T = TypeVar("T", Deal, Contact)


@dataclass(frozen=True, slots=True)
class Side:
    """A journal as it stands on the day of the comparison, and its problems. ``left_out`` are the
    paths of deals and contacts that could not be understood. ``digests`` tell which files have the
    same bytes."""

    journal: Journal
    problems: tuple[Problem, ...] = ()
    left_out: tuple[str, ...] = ()
    digests: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sides:
    """Both, the day as of which they are, and the day of the commit that holds the first; None
    where there was no journal. What is dated before that day was history already."""

    before: Side
    after: Side
    today: dt.date
    begun: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Renames:
    """Which ids deals and contacts had before, and have now. Contacts that were ``merged`` into
    others are gone, and what named them names these."""

    deals: Mapping[str, str]
    contacts: Mapping[str, str]
    merged: Mapping[str, str] = field(default_factory=dict)

    def contact(self, id: str) -> str:
        """The id that a contact has now."""
        return self.contacts.get(id) or self.merged.get(id, id)

    def either(self, id: str) -> str:
        """The id that has now what a link or a referral means: a deal, or else a contact."""
        return self.deals.get(id) or self.contact(id)

    def in_text(self, text: str) -> str:
        """A text with the links in it as they are now."""
        if "[[" not in text or not (self.deals or self.contacts or self.merged):
            return text
        return _LINK.sub(lambda match: f"[[{self.either(match[1])}", text)


_LINK = re.compile(r"\[\[([a-z0-9-]+)")


def renames(sides: Sides) -> Renames:
    """The deals and contacts that have the same content under another id."""
    was, now = sides.before, sides.after
    contacts = _renamed(was, now, was.journal.contacts, now.journal.contacts, _contact_name)
    return Renames(
        _renamed(was, now, was.journal.deals, now.journal.deals, _deal_name),
        contacts,
        _merged(was, now, contacts),
    )


def _merged(before: Side, after: Side, renamed: Mapping[str, str]) -> dict[str, str]:
    """The contacts that are gone, by the one that was there too and has their address or name,
    where there is one alone."""
    there = after.journal.contacts_by_id
    gone = [
        one
        for one in before.journal.contacts
        if one.id not in there and one.id not in renamed and not _is_there(one.path, after)
    ]
    kept = [one for one in after.journal.contacts if one.id in before.journal.contacts_by_id]
    found: dict[str, str] = {}
    for key in (lambda one: one.email.casefold(), _contact_name) if gone else ():
        ids = _once(key, kept)
        found |= {one.id: ids[key(one)] for one in gone if one.id not in found and key(one) in ids}
    return found


def _renamed(
    before: Side,
    after: Side,
    were: Iterable[T],
    are: Iterable[T],
    name: Callable[[T], object],
) -> dict[str, str]:
    """Ids by the ids they were: of files with the same bytes, then of those with the same name,
    where each is the only one."""
    were, are = tuple(were), tuple(are)
    had, have = {one.id for one in were}, {one.id for one in are}
    gone = [one for one in were if one.id not in have and not _is_there(one.path, after)]
    come = [one for one in are if one.id not in had and not _is_there(one.path, before)]
    found: dict[str, str] = {}
    for key_was, key_now in (
        (lambda one: before.digests.get(one.path), lambda one: after.digests.get(one.path)),
        (name, name),
    ):
        old = _once(key_was, [one for one in gone if one.id not in found])
        new = _once(key_now, [one for one in come if one.id not in found.values()])
        found |= {old[key]: new[key] for key in old.keys() & new.keys()}
    return dict(sorted(found.items()))


def _is_there(path: str, side: Side) -> bool:
    """Whether the other journal has such a file, too, which nobody could understand."""
    id = id_of(path)
    folder = path.partition("/")[0]
    return any(p.startswith(f"{folder}/") and id_of(p) == id for p in side.left_out)


def id_of(path: str) -> str:
    """The id of the deal or contact in a file."""
    return path.rpartition("/")[2].rpartition(".")[0]


def _once(key: Callable[[T], object], subjects: Iterable[T]) -> dict[object, str]:
    """Ids by their keys, of those that no other shares."""
    found: dict[object, list[str]] = {}
    for one in subjects:
        found.setdefault(key(one), []).append(one.id)
    return {key: ids[0] for key, ids in found.items() if key and len(ids) == 1}


def _deal_name(deal: Deal) -> object:
    return deal.title.casefold(), deal.pipeline.id


def _contact_name(contact: Contact) -> object:
    return contact.name.casefold(), contact.is_company


def stage_now(stage: Stage, pipeline: Pipeline) -> str:
    """The id that a stage of the journal before has in a pipeline of the journal after it."""
    renamed = None if pipeline.stage(stage.id) else pipeline.renamed(stage.id)
    return renamed.id if renamed else stage.id
