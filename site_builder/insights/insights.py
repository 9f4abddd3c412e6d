"""Facts about a journal on a day, without words or links: where each deal and each contact
stands, which notes are about whom, who brought whom.

What is known of one deal or contact is worked out when it is first asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from site_builder.files.memory import Memory
from site_builder.insights import stages, staleness, totals
from site_builder.insights.each import Each
from site_builder.insights.kept import Kept, kept, mentions_after
from site_builder.insights.notes_by_contact import Mention, mentions
from site_builder.insights.stages import InPipeline
from site_builder.insights.standing import ContactStanding, Standing, Status
from site_builder.insights.totals import Totals
from site_builder.insights.won_deals import Won, won_deal
from site_builder.journal import history
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.made_once import MadeOnce
from site_builder.journal.money import Money
from site_builder.journal.pipeline import Pipeline, Stage, StageType
from site_builder.journal.recordings import Recordings

HOT_FOR = dt.timedelta(30)
"""How long after real contact a contact of an open deal is `hot`."""


@dataclass(frozen=True)
class Insights:
    """What follows from a journal as of today. ``whole`` is the journal that is learned from, where
    this one has but a part of its deals. ``recorded`` is what git has recorded of it by today; None
    where nobody asked, or there is no git. ``memory`` has what is known from before."""

    journal: Journal
    today: dt.date
    whole: Journal | None = None
    recorded: Recordings | None = None
    memory: Memory = field(default_factory=Memory, compare=False)

    @property
    def past(self) -> Journal:
        """The journal whose past is learned from."""
        return self.whole or self.journal

    @cached_property
    def standings(self) -> MadeOnce[str, Standing]:
        """Where each deal stands, by its id."""
        return MadeOnce(self._standing)

    @cached_property
    def contact_standings(self) -> MadeOnce[str, ContactStanding]:
        """Where each contact stands, by its id."""
        return MadeOnce(self._contact)

    @cached_property
    def nearest_deals(self) -> MadeOnce[str, Deal | None]:
        """The deal of each contact that is the nearest, by the contact's id: an open one before the
        others and the one with the newest note first. None where there is none."""
        deals_of = self.journal.deals_of
        return MadeOnce(lambda id: max(deals_of.get(id, ()), key=_nearness, default=None))

    @cached_property
    def stage_paths(self) -> MadeOnce[str, tuple[history.Visit, ...]]:
        """The stays in stages of each deal, by its id: see ``history.stage_path``."""
        return MadeOnce(lambda id: history.stage_path(self.journal.deals_by_id[id]))

    @cached_property
    def restated(self) -> MadeOnce[str, frozenset[str]]:
        """The anchors of a deal's stage notes that are no entry, by the deal's id."""
        return MadeOnce(self._restated)

    @cached_property
    def each_deal(self) -> Each[Deal, Insights]:
        """What follows from each deal alone."""
        return Each(self.journal.deals, self.journal.deals_by_id, self)

    @cached_property
    def each_contact(self) -> Each[Contact, Insights]:
        """What follows from each contact, the notes about it, its company and the deals of both."""
        return Each(self.journal.contacts, self.journal.contacts_by_id, self)

    @property
    def every_deal(self) -> list[Standing]:
        """Where all deals stand, in the journal's order."""
        return [self.standings[deal.id] for deal in self.journal.deals]

    @property
    def every_contact(self) -> list[ContactStanding]:
        """Where all contacts stand, in the journal's order."""
        return [self.contact_standings[contact.id] for contact in self.journal.contacts]

    @cached_property
    def by_stage(self) -> Mapping[InPipeline, tuple[Standing, ...]]:
        """The deals of each stage by pipeline and stage: open ones the most urgent first,
        others the newest outcome first."""
        return stages.deals_by_stage(self.every_deal)

    @cached_property
    def worth_by_stage(self) -> MadeOnce[InPipeline, Totals]:
        """What the deals of each stage are worth, by pipeline and stage."""
        return MadeOnce(lambda key: self.total([one.worth for one in self.by_stage.get(key, ())]))

    @cached_property
    def expected_by_stage(self) -> MadeOnce[InPipeline, Totals]:
        """What they are expected to bring, likewise."""
        return MadeOnce(
            lambda key: self.total([one.expected for one in self.by_stage.get(key, ())])
        )

    @cached_property
    def unexpected_by_stage(self) -> MadeOnce[InPipeline, tuple[Deal, ...]]:
        """Those of them that are in nothing that is expected, likewise."""
        return MadeOnce(
            lambda key: tuple([d.deal for d in self.by_stage.get(key, ()) if not d.is_expected])
        )

    def stages_of(self, pipeline: Pipeline) -> tuple[Stage, ...]:
        """The stages of a pipeline that pages show: retired ones only with deals in them."""
        return tuple(
            [s for s in pipeline.stages if not s.retired or (pipeline.id, s.id) in self.by_stage]
        )

    @cached_property
    def won(self) -> tuple[Won, ...]:
        """What is won, by id of the deals: those that are parked by now are among it."""
        return tuple(self.each_deal.having(_won_deal).values())

    @cached_property
    def mentions(self) -> Mapping[str, tuple[Mention, ...]]:
        """The notes about each contact, by its id, oldest first."""
        return mentions(self.journal)

    @cached_property
    def introduced(self) -> Mapping[str, tuple[Contact, ...]]:
        """Whom each contact introduced."""
        found: dict[str, list[Contact]] = {}
        for contact in self.journal.contacts:
            if contact.introduced_by:
                found.setdefault(contact.introduced_by, []).append(contact)
        return {id: tuple(contacts) for id, contacts in found.items()}

    @cached_property
    def referred(self) -> Mapping[str, tuple[Deal, ...]]:
        """The deals that came from each contact's or deal's referral."""
        found: dict[str, list[Deal]] = {}
        for deal in self.journal.deals:
            if deal.referral:
                found.setdefault(deal.referral, []).append(deal)
        return {id: tuple(deals) for id, deals in found.items()}

    def total(self, monies: Iterable[Money | None]) -> Totals:
        """Sum amounts at today's rates; what has ended is in ``Standing.worth`` at its own."""
        return totals.total(monies, self.journal.schema, self.today)

    def last_contact(self, id: str) -> Mention | None:
        """The last note of real contact with a contact; None where there never was any."""
        for mention in reversed(self.mentions.get(id, ())):
            if history.is_contact(mention.note, self.journal):
                return mention
        return None

    def after(self, before: Insights, names: Iterable[str]) -> Kept | None:
        """Take over what was known before of deals and contacts for which nothing has changed, of
        which the other knows nothing then: only those of some names have, ``deals/acme``. What is
        left; None where all is another."""
        journal, was = self.journal, before.journal
        if self.today != before.today or journal.schema is not was.schema:
            return None
        left = kept(was, journal, names)
        self._take(before, left)
        return left

    def _take(self, before: Insights, left: Kept) -> None:
        if "by_stage" in vars(before):
            vars(self)["by_stage"] = stages.deals_after(before.by_stage, left, self.standings)
            changed = stages.changed_in(left)
            self.worth_by_stage.take(before.worth_by_stage, changed)
            self.expected_by_stage.take(before.expected_by_stage, changed)
            self.unexpected_by_stage.take(before.unexpected_by_stage, changed)
        self.standings.take(before.standings, left.deals)
        self.stage_paths.take(before.stage_paths, left.deals)
        self.contact_standings.take(before.contact_standings, left.contacts)
        self.each_deal.take(before.each_deal, left.deals)
        self.each_contact.take(before.each_contact, left.contacts)
        if "mentions" in vars(before) and left.are_companies_the_same:
            vars(self)["mentions"] = mentions_after(before.mentions, left)

    def worked_out(self) -> Insights:
        """The same with everything worked out, so that it is once for all processes."""
        for one in (self.every_contact, self.by_stage, self.introduced, self.referred, self.won):
            len(one)
        for key in self.by_stage:
            self.worth_by_stage[key], self.expected_by_stage[key], self.unexpected_by_stage[key]
        for deal in self.journal.deals:
            self.restated[deal.id], self.stage_paths[deal.id]
        for contact in self.journal.contacts:
            self.nearest_deals[contact.id]
        return self

    def _standing(self, id: str) -> Standing:
        deal = self.journal.deals_by_id[id]
        since = history.stage_since(deal)
        ended = history.outcome(deal)
        stands = ended if ended and ended.type is deal.stage.type else None
        return Standing(
            deal=deal,
            owner=stands.owner if stands else deal.owner,
            value=stands.value if stands else deal.value,
            worth=totals.worth(deal, stands, self.journal.schema, self.today),
            days=max(0, (self.today - since).days) if since else None,
            done=_done(deal),
            status=_status(deal, self.today),
            reasons=staleness.reasons(deal, self.journal, self.today),
            outcome=ended,
            stands=stands is not None,
        )

    def _restated(self, id: str) -> frozenset[str]:
        deal = self.journal.deals_by_id[id]
        return frozenset([note.anchor for note in history.restatements(deal)])

    def _contact(self, id: str) -> ContactStanding:
        contact = self.journal.contacts_by_id[id]
        deals = self.journal.deals_of.get(id, ())
        opened = [deal.value for deal in deals if deal.stage.type is StageType.OPEN]
        won = self._won(deals)
        last = self.last_contact(id)
        return ContactStanding(
            contact,
            contact.status or worked_out_status(deals, last, self.today),
            not contact.status,
            last,
            len(opened),
            self.total(opened) if opened else totals.EMPTY,
            self.total(won) if won else totals.EMPTY,
        )

    def _won(self, deals: tuple[Deal, ...]) -> list[Money | None]:
        """What those of the deals that are won count with in sums."""
        ended = [(deal, self.standings[deal.id].outcome) for deal in deals]
        schema = self.journal.schema
        return [
            totals.worth(deal, how, schema, self.today)
            for deal, how in ended
            if how is not None and how.is_won
        ]


def worked_out_status(deals: tuple[Deal, ...], last: Mention | None, today: dt.date) -> str:
    """The status of a contact that says none itself.

    `won` with a won deal; `hot` with an open deal and real contact within 30 days; `warm`
    after any real contact, unless all its deals are lost; `lost` then; else `cold`.
    """
    types = [deal.stage.type for deal in deals]
    if StageType.WON in types or (StageType.PARKED in types and any(map(_is_won, deals))):
        return "won"
    if types and types.count(StageType.LOST) == len(types):
        return "lost"
    if last is None:
        return "cold"
    return "hot" if StageType.OPEN in types and today - last.note.date <= HOT_FOR else "warm"


def _won_deal(deal: Deal, insights: Insights) -> Won | None:
    ended = insights.standings[deal.id].outcome
    return won_deal(deal, ended, insights.journal.schema, insights.today)


def _is_won(deal: Deal) -> bool:
    ended = history.outcome(deal)
    return ended is not None and ended.is_won


def _nearness(deal: Deal) -> tuple[bool, dt.date, str]:
    last = deal.notes[-1].date if deal.notes else deal.created
    return deal.stage.is_open, last or dt.date.min, deal.id


def _done(deal: Deal) -> int:
    steps = deal.stage.steps
    ticked = history.steps_done(deal) if steps else None
    return sum([step.id in ticked for step in steps]) if ticked else 0


def _status(deal: Deal, today: dt.date) -> Status:
    match deal.stage.type:
        case StageType.WON:
            return "won"
        case StageType.LOST:
            return "lost"
        case StageType.PARKED:
            return "overdue" if deal.wake and deal.wake <= today else "asleep"
    return staleness.next_state(deal, today)
