"""Relationships: which rung of the ladder each deal needs and has, how those fared that lacked it,
who writes and who answers, who was forgotten, and which deals hang on one person.

A stage's ``relationship`` is the rung that the main contact should have reached with us there: the
line. A deal whose main contact has not is below the line: ahead of its relationship.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from site_builder.insights.closings import last_open_stage
from site_builder.insights.forgotten import Forgotten, forgotten, is_own
from site_builder.insights.insights import Insights
from site_builder.insights.ladders import NO_LADDERS, Ladder, Ladders, Reached, ladders
from site_builder.insights.messages import messages_with, most_in_a_row
from site_builder.insights.paper import paper_of
from site_builder.insights.share import Share
from site_builder.journal import history
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Stage, StageType

Line = Literal["below", "on", "above"]
"""Where a deal stands, seen from the rung that its stage expects."""


class OfDeal(NamedTuple):
    """A deal, the rung that its stage expects and the highest that its main contact has reached
    with us, by which note (``by``). ``line`` is None where nothing is expected or nobody is the
    main contact. It ``is_pitch`` once something was proposed."""

    id: Deal
    stage: Stage
    expected: str | None
    reached: str | None
    line: Line | None
    contact: Contact | None
    value: Money | None
    is_pitch: bool
    by: Reached | None


class OfContact(NamedTuple):
    """A contact: the day of each rung that it reached with us and we with it, how many messages
    went to it (``sent``) and how many of these are ``answered``, and the last real contact, which
    is a ``note`` of the file of a ``subject``. The rest is as ``Messages`` has it."""

    id: Contact
    from_them: Mapping[str, dt.date]
    to_them: Mapping[str, dt.date]
    sent: int
    answered: int
    last_contact: dt.date | None
    received: int
    waiting: int
    since: dt.date | None
    subject: Deal | Contact | None
    note: Note | None
    ladders: Ladders

    @property
    def unanswered(self) -> int:
        """How many messages in a row went to it without an answer."""
        return self.sent - self.answered


class Fare(NamedTuple):
    """The share won of the won and lost deals below the line, or on or above it, at the end."""

    line: Line
    won: Share
    won_deals: tuple[Deal, ...]
    lost_deals: tuple[Deal, ...]


class Single(NamedTuple):
    """An open deal of whose people one alone was ever spoken to; ``others`` are the rest."""

    id: Deal
    contact: Contact
    others: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Relationships:
    """The relationships of a journal. Of the won and lost deals ``unjudged`` nobody knows whether
    they were below the line. ``won_ahead`` are won deals that still lack the rung."""

    deals: tuple[OfDeal, ...]
    contacts: tuple[OfContact, ...]
    jumped: tuple[Contact, ...]
    hurried: tuple[Contact, ...]
    won_ahead: tuple[OfDeal, ...]
    fares: tuple[Fare, ...]
    unjudged: tuple[Deal, ...]
    pestered: tuple[Contact, ...]
    forgotten: tuple[Forgotten, ...]
    single: tuple[Single, ...]


def relationships(insights: Insights) -> Relationships:
    """All relationships."""
    found = ladders(insights)
    journal = insights.journal
    contacts = tuple([_of_contact(one, found, insights) for one in journal.contacts])
    most = most_in_a_row(journal.schema.follow_up)
    fares, unjudged = _fares(found, insights)
    return Relationships(
        deals=tuple([_of_deal(d, d.stage, found, insights) for d in journal.deals if _is_open(d)]),
        contacts=contacts,
        jumped=tuple([one.id for one in contacts if one.ladders.is_jumped]),
        hurried=tuple([one.id for one in contacts if one.ladders.is_hurried]),
        won_ahead=tuple(_won_ahead(found, insights)),
        fares=fares,
        unjudged=unjudged,
        pestered=tuple([c.id for c in contacts if c.unanswered > most and is_own(c.id, journal)]),
        forgotten=forgotten(found, insights),
        single=tuple(_singles(contacts, insights)),
    )


def _is_open(deal: Deal) -> bool:
    return deal.stage.is_open


def _of_deal(deal: Deal, stage: Stage, found: Mapping[str, Ladders], insights: Insights) -> OfDeal:
    """Where a deal stands, by what a stage expects."""
    top = _theirs(deal, found).top
    return OfDeal(
        id=deal,
        stage=stage,
        expected=stage.relationship or None,
        reached=top.rung if top else None,
        line=_line(deal, stage, top, insights),
        contact=insights.journal.contact(deal.main_contact),
        value=insights.standings[deal.id].value,
        is_pitch=bool(paper_of(deal).proposals),
        by=top,
    )


def _theirs(deal: Deal, found: Mapping[str, Ladders]) -> Ladder:
    """The ladder of the main contact, they of us."""
    return found.get(deal.main_contact, NO_LADDERS).theirs


def _line(deal: Deal, stage: Stage, top: Reached | None, insights: Insights) -> Line | None:
    if not stage.relationship or not deal.main_contact:
        return None
    rungs = insights.journal.schema.rungs
    above = (rungs.index(top.rung) if top else -1) - rungs.index(stage.relationship)
    return "on" if above == 0 else "above" if above > 0 else "below"


def _of_contact(contact: Contact, found: Mapping[str, Ladders], insights: Insights) -> OfContact:
    ways, between = found.get(contact.id, NO_LADDERS), messages_with(contact.id, insights)
    last = between.last
    return OfContact(
        id=contact,
        from_them={one.rung: one.date for one in ways.theirs.reached},
        to_them={one.rung: one.date for one in ways.ours.reached},
        sent=between.sent,
        answered=between.answered,
        last_contact=last.note.date if last else None,
        received=between.received,
        waiting=between.waiting,
        since=between.since,
        subject=last.subject if last else None,
        note=last.note if last else None,
        ladders=ways,
    )


def _won_ahead(found: Mapping[str, Ladders], insights: Insights) -> Iterator[OfDeal]:
    """The won deals whose won stage expects a rung that is not reached, or else the last open stage
    before."""
    for deal in insights.journal.deals:
        if insights.standings[deal.id].state == "won":
            stage = deal.stage
            if stage.type is not StageType.WON or not stage.relationship:
                stage = last_open_stage(insights.stage_paths[deal.id]) or stage
            one = _of_deal(deal, stage, found, insights)
            if one.line == "below":
                yield one


def _fares(
    found: Mapping[str, Ladders], insights: Insights
) -> tuple[tuple[Fare, ...], tuple[Deal, ...]]:
    """How deals fared by where they stood in their last open stage when they ended."""
    ended: dict[tuple[Line, bool], list[Deal]] = {}
    unjudged = []
    for deal in insights.journal.deals:
        outcome = insights.standings[deal.id].outcome
        if outcome is None:
            continue
        line = _line_at_the_end(deal, outcome.day, found, insights)
        if line is None:
            unjudged.append(deal)
        else:
            ended.setdefault((line, outcome.is_won), []).append(deal)
    sides: tuple[Line, ...] = ("below", "on")
    return tuple([_fare(side, ended) for side in sides]), tuple(unjudged)


def _line_at_the_end(
    deal: Deal, day: dt.date | None, found: Mapping[str, Ladders], insights: Insights
) -> Line | None:
    """``on`` where it was above, too."""
    stage = last_open_stage(insights.stage_paths[deal.id])
    if stage is None or day is None:
        return None
    line = _line(deal, stage, _theirs(deal, found).top_on(day), insights)
    return "on" if line == "above" else line


def _fare(line: Line, ended: Mapping[tuple[Line, bool], list[Deal]]) -> Fare:
    won, lost = (tuple(ended.get((line, is_won), ())) for is_won in (True, False))
    return Fare(line, Share(len(won), len(won) + len(lost)), won, lost)


def _singles(contacts: Iterable[OfContact], insights: Insights) -> Iterator[Single]:
    spoken = {one.id.id for one in contacts if one.last_contact is not None}
    for deal in filter(_is_open, insights.journal.deals):
        people = list(_people(deal, insights))
        known = [one for one in people if one.id in spoken]
        if len(known) == 1:
            yield Single(deal, known[0], tuple(one for one in people if one is not known[0]))


def _people(deal: Deal, insights: Insights) -> Iterator[Contact]:
    """The people of a deal: those that it names, and those with whom its notes say that there was
    real contact."""
    journal = insights.journal
    named = [one.contact for one in deal.contacts]
    spoken = [
        id
        for note in deal.notes
        if note.parties and history.is_contact(note, journal)
        for id in note.parties
    ]
    for id in dict.fromkeys(named + spoken):
        contact = journal.contact(id)
        if contact is not None and not contact.is_company:
            yield contact
