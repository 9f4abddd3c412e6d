"""What the views make pages of: facts about a journal, and what several pages say alike,
each made once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TypeVar, cast

from site_builder.insights.each import Each
from site_builder.insights.insights import Insights
from site_builder.insights.standing import Standing
from site_builder.journal.audience import EVERYBODY, Audience
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.made_once import MadeOnce, Recent
from site_builder.journal.note import Note
from site_builder.markup.prose import Writer
from site_builder.pages.cards import Card, card
from site_builder.pages.links import (
    NO_LINK,
    Link,
    contact_link,
    listed,
    party_link,
    subject_link,
    subject_page,
)
from site_builder.pages.note_body import NoteBody, NoteLine, gist, note_body
from site_builder.pages.note_paths import note_path
from site_builder.pages.stage_path import AtStage, at_stage
from site_builder.problems.problem import Problem

S = TypeVar("S")
T = TypeVar("T")

_Key = tuple[str, dt.date, int]
"""Of a note: the path of its file, its day, and its number on that day."""
_NOTES = 4_000
"""How many notes are kept as pages show them: those of a deal and of all its contacts, whose pages
are made one after the other."""


@dataclass(frozen=True)
class Context:
    """A journal as of today with its problems, and what views share.

    ``sources`` are the texts of the files that problems stand in. ``audience`` says which fields
    are shown where the journal is that of an audience. A journal that ``has_heaps`` has more deals
    than a page can list, however few of them are here.
    """

    insights: Insights
    problems: tuple[Problem, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    audience: Audience = EVERYBODY
    has_heaps: bool = False
    _made: dict[object, object] = field(init=False, default_factory=dict)
    _at_stages: dict[tuple[str, str], AtStage] = field(init=False, default_factory=dict)
    _bodies: Recent[_Key, NoteBody] = field(init=False, default_factory=lambda: Recent(_NOTES))
    _elsewhere: Recent[_Key, NoteLine] = field(init=False, default_factory=lambda: Recent(_NOTES))

    @property
    def journal(self) -> Journal:
        return self.insights.journal

    @property
    def today(self) -> dt.date:
        return self.insights.today

    @cached_property
    def writer(self) -> Writer:
        """Writes notes for pages in folders: the address of a page begins with ``../``."""
        return Writer(partial(subject_page, self.journal, up="../"))

    @cached_property
    def cards(self) -> MadeOnce[str, Card]:
        """Where each deal stands in words, by its id."""
        return MadeOnce(self._card)

    @cached_property
    def each_deal(self) -> Each[Deal, Context]:
        """What follows from each deal and its card."""
        return Each(self.journal.deals, self.journal.deals_by_id, self)

    @cached_property
    def companies(self) -> MadeOnce[str, Link]:
        """Links to the companies of deals and contacts, by id; no link for no company."""
        return MadeOnce(lambda id: contact_link(self.journal, id) if id else NO_LINK)

    @cached_property
    def parties(self) -> MadeOnce[tuple[str, ...], tuple[Link, ...]]:
        """Links for pages in folders to those whom a note names, by their ids."""
        return MadeOnce(lambda ids: listed([party_link(self.journal, id, "../") for id in ids]))

    def once(self, make: Callable[[Context], T]) -> T:
        """What a function makes of this, made once: what several pages of a kind share."""
        return self._kept(make, self)

    def facts(self, make: Callable[[Insights], T]) -> T:
        """What a function makes of the insights, made once."""
        return self._kept(make, self.insights)

    def _kept(self, make: Callable[[S], T], of: S) -> T:
        if make not in self._made:
            self._made[make] = make(of)
        # What stands under a function is its own result.
        return cast("T", self._made[make])

    def cards_of(self, standings: Iterable[Standing]) -> tuple[Card, ...]:
        """The cards of deals, in their order."""
        return tuple([self.cards[one.deal.id] for one in standings])

    def at_stage_of(self, deal: Deal) -> AtStage:
        """What the pages of all deals in the stage of this one share."""
        key = deal.pipeline.id, deal.stage.id
        if key not in self._at_stages:
            self._at_stages[key] = at_stage(deal.pipeline, deal.stage)
        return self._at_stages[key]

    def after(self, before: Context, names: Iterable[str], near: Iterable[str]) -> None:
        """Take over what was known before, of which the other knows nothing then, where only deals
        and contacts of some names have changed; those ``near`` are these and all that name them."""
        left = self.insights.after(before.insights, names)
        if left is not None:
            deals = [name.removeprefix("deals/") for name in near if name.startswith("deals/")]
            changed = {*left.deals, *deals}
            self.cards.take(before.cards, changed)
            self.each_deal.take(before.each_deal, changed)

    def let_go(self) -> None:
        """End its use, so that memory is free at once of all that it holds: what makes things when
        they are asked for refers back to it."""
        vars(self.insights).clear()
        vars(self).clear()

    def body_of(self, note: Note, subject: Deal | Contact) -> NoteBody:
        """What a note of a deal's or contact's file says on pages in folders."""
        key = subject.path, note.date, note.ordinal
        return self._bodies.get(key) or self._bodies.keep(key, self._body(note, subject))

    def line_elsewhere(self, note: Note, subject: Deal | Contact) -> NoteLine:
        """The same note in a timeline of another page in a folder than its own."""
        key = subject.path, note.date, note.ordinal
        return self._elsewhere.get(key) or self._elsewhere.keep(key, self._line(note, subject))

    def worked_out(self) -> Context:
        """The same with what is known of all deals and contacts worked out, so that it is once
        for all processes."""
        self.insights.worked_out()
        self.cards_of(self.insights.every_deal)
        return self

    def _body(self, note: Note, subject: Deal | Contact) -> NoteBody:
        return note_body(note, subject, self.insights, self.writer, self.parties[note.parties])

    def _line(self, note: Note, subject: Deal | Contact) -> NoteLine:
        body, home = self.body_of(note, subject), subject_link(subject, "../")
        return NoteLine(note.anchor, body, home, gist(body), note_path(subject, note, "../"))

    def _card(self, id: str) -> Card:
        one = self.insights.standings[id]
        company, at_stage = self.companies[one.deal.company], self.at_stage_of(one.deal)
        return card(one, self.journal, self.today, company, at_stage)
