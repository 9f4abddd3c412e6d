"""Tangible and intangible: the balance of formal and human exchanges, what customers learned in
each stage, and what set off interventions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.insights.insights import Insights
from site_builder.insights.share import Share
from site_builder.insights.standing import STATES, State
from site_builder.journal import history
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.kinds import Tangibility
from site_builder.journal.note import Note
from site_builder.journal.periods import quarter_of
from site_builder.journal.pipeline import Stage

FEWEST = 3
"""With so many exchanges, all of them tangible, a deal is all paper."""
EXCHANGES = (Tangibility.TANGIBLE, Tangibility.INTANGIBLE)
"""The two kinds of exchanges; other notes are none."""
UNSAID = "unsaid"
"""The trigger of an intervention that names none."""


class Balance(NamedTuple):
    """How many notes of something are tangible, and how many intangible."""

    tangible: int = 0
    intangible: int = 0

    @property
    def human(self) -> Share:
        """The share of the intangible."""
        return Share(self.intangible, self.tangible + self.intangible)

    @property
    def is_all_paper(self) -> bool:
        return self.tangible >= FEWEST and not self.intangible


class OfDeal(NamedTuple):
    """The exchanges of a deal, all of them, and what has become of it. It ``is_all_paper`` by those
    that came until its outcome, if it has ended."""

    id: Deal
    tangible: int
    intangible: int
    state: State
    is_all_paper: bool

    @property
    def balance(self) -> Balance:
        return Balance(self.tangible, self.intangible)


class OfStage(NamedTuple):
    """The exchanges of deals while they stood in a stage."""

    pipeline: str
    stage: Stage
    tangible: int
    intangible: int

    @property
    def balance(self) -> Balance:
        return Balance(self.tangible, self.intangible)


class OfOutcome(NamedTuple):
    """The exchanges of all deals of which the same has become, and how many these are: of those
    that have ended the exchanges until then, for paper comes after the decision."""

    outcome: State
    deals: int
    tangible: int
    intangible: int

    @property
    def balance(self) -> Balance:
        return Balance(self.tangible, self.intangible)


class Knowledge(NamedTuple):
    """What customers are to learn in a stage (``planned``), and in how many of the deals that
    stood in it (``reached``) a note says that they did learn something there."""

    pipeline: str
    stage: Stage
    planned: str
    delivered: Share
    taught: tuple[Deal, ...]
    untaught: tuple[Deal, ...]


class Intervention(NamedTuple):
    """A note of an intervention, and whose."""

    subject: Deal | Contact
    note: Note
    trigger: str


@dataclass(frozen=True)
class Exchanges:
    """The exchanges of a journal. ``interventions`` counts them by trigger, ``by_quarter`` by the
    quarter of their day."""

    deals: tuple[OfDeal, ...]
    interventions: Mapping[str, int]
    knowledge: tuple[Knowledge, ...]
    outcomes: tuple[OfOutcome, ...]
    stages: tuple[OfStage, ...]
    by_quarter: Mapping[str, int]
    noted: tuple[Intervention, ...]


class Noted(NamedTuple):
    """The notes of deals, each with its deal, by how tangible they are: by pipeline and by the
    stage in which the deal stood; and by what became of it, of those that have ended until then."""

    by_stage: dict[tuple[str, str, Tangibility], list[tuple[Deal, Note]]]
    by_outcome: dict[tuple[State, Tangibility], list[tuple[Deal, Note]]]


def exchanges(insights: Insights, by: Noted | None = None) -> Exchanges:
    """The exchanges of all deals; interventions in files of contacts too. ``by`` is what
    ``noted_by`` gives, where that is known."""
    journal, by = insights.journal, by or noted_by(insights)
    deals = tuple(_of_deal(deal, insights) for deal in journal.deals)
    noted = tuple(sorted(_interventions(journal.subjects), key=_oldest_first))
    starts = journal.schema.fiscal_year_starts
    quarters = Counter(quarter_of(one.note.date, starts).label for one in noted)
    triggers = Counter(one.trigger for one in noted)
    return Exchanges(
        deals,
        {trigger: triggers[trigger] for trigger in sorted(triggers)},
        tuple(_knowledge(by, insights)),
        tuple(_of_outcome(state, deals, by) for state in STATES),
        tuple(_of_stages(by, insights)),
        {quarter: quarters[quarter] for quarter in sorted(quarters)},
        noted,
    )


def balance(notes: Iterable[Note]) -> Balance:
    """How many notes are tangible and intangible; marks, moves and rungs are neither."""
    kinds = [note.kind.tangibility for note in notes]
    return Balance(kinds.count(Tangibility.TANGIBLE), kinds.count(Tangibility.INTANGIBLE))


def _of_deal(deal: Deal, insights: Insights) -> OfDeal:
    until = balance(_until_the_end(deal, insights))
    state = insights.standings[deal.id].state
    return OfDeal(deal, *balance(deal.notes), state, until.is_all_paper)


def _of_outcome(state: State, deals: Iterable[OfDeal], by: Noted) -> OfOutcome:
    tangible, intangible = (len(by.by_outcome.get((state, how), ())) for how in EXCHANGES)
    return OfOutcome(state, sum(deal.state == state for deal in deals), tangible, intangible)


def _until_the_end(deal: Deal, insights: Insights) -> Iterator[Note]:
    """The notes of a deal until it was won or lost; all of them where it was not, or nobody knows
    when."""
    ended = insights.standings[deal.id].outcome
    last = (ended and ended.day) or dt.date.max
    return (note for note in deal.notes if note.date <= last)


def noted_by(insights: Insights) -> Noted:
    """The notes of all deals."""
    by = Noted({}, {})
    for deal in insights.journal.deals:
        for stage, note in history.stages_of_notes(deal):
            key = deal.pipeline.id, stage.id, note.kind.tangibility
            by.by_stage.setdefault(key, []).append((deal, note))
        state = insights.standings[deal.id].state
        for note in _until_the_end(deal, insights):
            by.by_outcome.setdefault((state, note.kind.tangibility), []).append((deal, note))
    return by


def _of_stages(by: Noted, insights: Insights) -> Iterator[OfStage]:
    for pipeline in insights.journal.schema.pipelines:
        for stage in pipeline.stages:
            tangible, intangible = (
                len(by.by_stage.get((pipeline.id, stage.id, how), ())) for how in EXCHANGES
            )
            if not stage.retired or tangible or intangible:
                yield OfStage(pipeline.id, stage, tangible, intangible)


def _knowledge(by: Noted, insights: Insights) -> Iterator[Knowledge]:
    taught: dict[tuple[str, str], dict[str, bool]] = {}
    for deal in insights.journal.deals:
        for visit in insights.stage_paths[deal.id]:
            taught.setdefault((deal.pipeline.id, visit.stage.id), {})[deal.id] = False
    for (pipeline_id, stage_id, _), noted in by.by_stage.items():
        here = taught.setdefault((pipeline_id, stage_id), {})
        for deal, note in noted:
            was = note.kind.id == "knowledge" or bool(note.fields.learned)
            here[deal.id] = was or here.get(deal.id, False)
    deals = insights.journal.deals_by_id
    for pipeline in insights.journal.schema.pipelines:
        for stage in pipeline.stages:
            found = dict(sorted(taught.get((pipeline.id, stage.id), {}).items()))
            if stage.knowledge or any(found.values()):
                yield Knowledge(
                    pipeline.id,
                    stage,
                    stage.knowledge,
                    Share(sum(found.values()), len(found)),
                    tuple(deals[id] for id, was in found.items() if was),
                    tuple(deals[id] for id, was in found.items() if not was),
                )


def _interventions(subjects: Iterable[Deal | Contact]) -> Iterator[Intervention]:
    for subject in subjects:
        for note in subject.notes:
            if note.kind.id == "intervention":
                yield Intervention(subject, note, note.fields.trigger or UNSAID)


def _oldest_first(one: Intervention) -> tuple[dt.date, str]:
    return one.note.date, one.subject.path
