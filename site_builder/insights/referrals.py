"""Who introduced whom, what that brought, whom we owe a favour and whom to ask next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from site_builder.insights.chains import Introduction, Place, chains
from site_builder.insights.insights import Insights
from site_builder.insights.totals import Totals, worth
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.history import created_on
from site_builder.journal.ladder import rungs_reached
from site_builder.journal.note import Note

GIFTS = ("gift", "referral")
"""Kinds of notes with which a favour is returned, where they go to somebody."""


class Favour(NamedTuple):
    """A favour that is owed to somebody: what the introductions brought, and since when."""

    contact: Contact
    deals: int
    won: Totals
    since: dt.date | None


class Ask(NamedTuple):
    """Somebody who may introduce us next: the deals won with them, the rung that they reached with
    us, if any, and the last real contact."""

    contact: Contact
    deals: tuple[Deal, ...]
    rung: str
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Referrals:
    """The introductions of a journal, as they are and as chains."""

    introduced: tuple[Introduction, ...]
    chains: tuple[Place, ...]
    owed: tuple[Favour, ...]
    ask: tuple[Ask, ...]


def referrals(insights: Insights) -> Referrals:
    """All introductions."""
    found = tuple(_introductions(insights))
    return Referrals(
        found,
        chains(found, insights),
        tuple(_owed(found, insights)),
        tuple(_ask(found, insights)),
    )


@dataclass(slots=True)
class _Edge:
    on: dt.date | None = None
    deals: dict[str, Deal] = field(default_factory=dict)


Edges = dict[tuple[str, str], _Edge]


def _introductions(insights: Insights) -> Iterator[Introduction]:
    """By the ids of both."""
    edges: Edges = {}
    contacts = insights.journal.contacts_by_id
    for by, who, on in _said(insights):
        if by in contacts and who in contacts and by != who:
            edge = edges.setdefault((by, who), _Edge())
            edge.on = min(filter(None, (edge.on, on)), default=None)
    for (_, who), edge in edges.items():
        edge.deals.update({deal.id: deal for deal in insights.journal.deals_of.get(who, ())})
    _add_sources(edges, insights)
    for (by, who), edge in sorted(edges.items()):
        deals = tuple(edge.deals.values())
        won = _won(deals, insights)
        yield Introduction(contacts[by], contacts.get(who), len(deals), won, edge.on, deals)


def _said(insights: Insights) -> Iterator[tuple[str, str, dt.date | None]]:
    """Who introduced whom, and when, by what contacts and notes say."""
    for contact in insights.journal.contacts:
        if contact.introduced_by:
            yield contact.introduced_by, contact.id, None
    for subject in insights.journal.subjects:
        for note in subject.notes:
            if note.kind.id == "referral" and note.fields.who and note.direction != "to":
                yield _introducer(note, subject), note.fields.who, note.date


def _introducer(note: Note, subject: Deal | Contact) -> str:
    if note.parties:
        return note.parties[0]
    return subject.id if isinstance(subject, Contact) else subject.main_contact


def _add_sources(edges: Edges, insights: Insights) -> None:
    """The deals that name who referred them: with an introduction of one of their people, where
    there is one, and else with that of the main contact or company."""
    contacts = insights.journal.contacts_by_id
    for by, deals in insights.referred.items():
        for deal in deals if by in contacts else ():
            others = [id for id in (deal.main_contact, *deal.people) if id in contacts and id != by]
            if not any((by, id) in edges and deal.id in edges[by, id].deals for id in others):
                who = others[0] if others else ""
                edge = edges.setdefault((by, who), _Edge())
                edge.deals[deal.id] = deal


def _won(deals: Iterable[Deal], insights: Insights) -> Totals:
    """What the won ones of these count with."""
    ended = [(deal, insights.standings[deal.id].outcome) for deal in deals]
    schema, today = insights.journal.schema, insights.today
    return insights.total(worth(d, how, schema, today) for d, how in ended if how and how.is_won)


def _owed(found: Iterable[Introduction], insights: Insights) -> Iterator[Favour]:
    """Favours to those to whom nothing went from us since they introduced somebody last, those that
    brought the most first."""
    by_contact: dict[str, list[Introduction]] = {}
    for one in found:
        by_contact.setdefault(one.by.id, []).append(one)
    favours = []
    for id, every in by_contact.items():
        since = max(filter(None, (_began(one, insights) for one in every)), default=None)
        if not _is_returned(id, since, insights):
            deals = {deal.id: deal for one in every for deal in one.brought}
            won = _won(deals.values(), insights)
            favours.append(Favour(every[0].by, len(deals), won, since))
    home = insights.journal.schema.currency
    yield from sorted(favours, key=lambda f: (-f.won.in_currency(home), -f.deals, f.contact.id))


def _began(one: Introduction, insights: Insights) -> dt.date | None:
    """The day of an introduction, or else the first on which there is anything of it."""
    if one.on:
        return one.on
    notes = insights.mentions.get(one.who.id, ())[:1] if one.who else ()
    days = [*(note.note.date for note in notes), *filter(None, map(created_on, one.brought))]
    return min(days, default=None)


def _is_returned(id: str, since: dt.date | None, insights: Insights) -> bool:
    """Whether a gift went to them, or a referral of ours, since a day."""
    return any(
        note.kind.id in GIFTS and note.direction == "to" and (since is None or note.date >= since)
        for note, _, _ in insights.mentions.get(id, ())
    )


def _ask(found: Iterable[Introduction], insights: Insights) -> Iterator[Ask]:
    """The people of won deals who have introduced nobody, those on the highest rung first, then
    those spoken to last."""
    journal = insights.journal
    asked = {one.by.id for one in found}
    rungs = rungs_reached(journal)
    height = {rung: at for at, rung in enumerate(journal.schema.rungs)}
    rows = []
    for contact in journal.contacts:
        deals = journal.deals_of.get(contact.id, ())
        won = tuple(deal for deal in deals if _is_won(deal, insights))
        if won and contact.id not in asked and not contact.is_company:
            last = insights.contact_standings[contact.id].last
            rung = rungs.get((contact.id, "from"), "")
            rows.append(Ask(contact, won, rung, last.note.date if last else None))
    yield from sorted(
        rows,
        key=lambda one: (
            -height.get(one.rung, -1),
            -(one.last or dt.date.min).toordinal(),
            one.contact.id,
        ),
    )


def _is_won(deal: Deal, insights: Insights) -> bool:
    ended = insights.standings[deal.id].outcome
    return ended is not None and ended.is_won
