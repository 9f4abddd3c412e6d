"""The chain of modules, from a contact to a delivery and back: how many went on from each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeVar

from site_builder.insights.insights import Insights
from site_builder.insights.jobs import Job, job
from site_builder.insights.outreach import Outreach, outreaches, window
from site_builder.insights.paper import PARTS, lacking, paper_of
from site_builder.insights.share import Share
from site_builder.insights.talks import own_people
from site_builder.journal import history
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.kinds import Tangibility
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Stage, StageType

T = TypeVar("T", Deal, Contact)
Name = Literal[
    "contacts", "outreach", "dialogue", "proposal", "invoice", "processing", "delivery", "loop"
]
LOOP = dt.timedelta(30)
"""How often to be in touch after a win, where `follow-up` does not say it."""


class Flow(NamedTuple):
    """How many deals entered a stage, and how many of them entered a later open or won stage
    since; ``stayed`` are those that did not, ``deals`` all that entered it."""

    pipeline: str
    stage: Stage
    entered: int
    went_on: int
    stayed: tuple[Deal, ...]
    deals: tuple[Deal, ...]


class Sent(NamedTuple):
    """To how many people a message of ours was the first, how many answered ``within`` the time
    that counts (None: whenever), and for how many that time is not over."""

    sent: int
    answered: int
    waiting: int
    within: dt.timedelta | None

    @property
    def rate(self) -> Share:
        """The share that answered of those who answered or had the time to."""
        return Share(self.answered, self.sent - self.waiting)


class Proposed(NamedTuple):
    """How many deals had a proposal, and how many of them are won."""

    sent: int
    accepted: int


class Incomplete(NamedTuple):
    """A proposal, and which of its parts it does not state."""

    deal: Deal
    proposal: Note
    lacks: tuple[str, ...]


class Module(NamedTuple):
    """A module: who reached it and ``went_on``, and who has ``not_yet``."""

    module: Name
    went_on: tuple[Deal | Contact, ...]
    not_yet: tuple[Deal | Contact, ...]

    @property
    def share(self) -> Share:
        return Share(len(self.went_on), len(self.went_on) + len(self.not_yet))


@dataclass(frozen=True, slots=True)
class Modules:
    """The modules of a journal. ``parts`` is in how many proposals each part is stated,
    ``unpapered`` are the deals that were won without anything tangible."""

    stages: tuple[Flow, ...]
    outreach: Sent
    proposals: Proposed
    unpaid_starts: tuple[Deal, ...]
    deliveries_late: tuple[Deal, ...]
    modules: tuple[Module, ...]
    parts: dict[str, Share]
    incomplete: tuple[Incomplete, ...]
    unpapered: tuple[Deal, ...]
    jobs: tuple[Job, ...]


def modules(insights: Insights) -> Modules:
    """The modules of all deals and contacts."""
    journal = insights.journal
    papers = {d.id: paper for d in journal.deals_with_paper if any(paper := paper_of(d))}
    found = {id: job(journal.deals_by_id[id], paper, insights) for id, paper in papers.items()}
    first = tuple(outreaches(insights))
    lacks = [
        Incomplete(journal.deals_by_id[id], note, tuple(lacking(note)))
        for id, paper in papers.items()
        for note in paper.proposals
    ]
    won = [deal for deal in journal.deals if _is_won(deal, insights)]
    return Modules(
        tuple(_flows(insights)),
        _sent(first, insights),
        _proposed(found.values(), insights),
        tuple(one.id for one in found.values() if one.unpaid_start),
        tuple(one.id for one in found.values() if one.late),
        (*_of_contacts(first, insights), *_of_deals(found, won, insights)),
        {part: Share(sum(part not in one.lacks for one in lacks), len(lacks)) for part in PARTS},
        tuple(one for one in lacks if one.lacks),
        tuple(deal for deal in won if not any(map(_is_paper, deal.notes))),
        tuple(found.values()),
    )


def _is_won(deal: Deal, insights: Insights) -> bool:
    return insights.standings[deal.id].state == "won"


def _is_paper(note: Note) -> bool:
    return note.kind.tangibility is Tangibility.TANGIBLE


def _flows(insights: Insights) -> Iterator[Flow]:
    """Each stage of each pipeline, retired ones where a deal stood in one."""
    entered: dict[tuple[str, str], list[tuple[Deal, bool]]] = {}
    for deal in insights.journal.deals:
        for id, went_on in _ways(deal, insights.stage_paths[deal.id]).items():
            entered.setdefault((deal.pipeline.id, id), []).append((deal, went_on))
    for pipeline in insights.journal.schema.pipelines:
        for stage in pipeline.stages:
            found = entered.get((pipeline.id, stage.id), [])
            if found or not stage.retired:
                stayed = tuple([deal for deal, went_on in found if not went_on])
                deals = tuple([deal for deal, _ in found])
                n = len(deals)
                yield Flow(pipeline.id, stage, n, n - len(stayed), stayed, deals)


def _ways(deal: Deal, path: Sequence[history.Visit]) -> dict[str, bool]:
    """Whether the deal went on from each stage that it entered, after it did so first."""
    order = {stage.id: at for at, stage in enumerate(deal.pipeline.stages)}
    found: dict[str, bool] = {}
    furthest = -1
    for visit in reversed(path):
        at = order[visit.stage.id]
        found[visit.stage.id] = furthest > at
        if visit.stage.type in (StageType.OPEN, StageType.WON):
            furthest = max(furthest, at)
    return found


def _sent(first: Sequence[Outreach], insights: Insights) -> Sent:
    within = window(insights.journal.schema)
    answered = sum(one.is_answered(within) for one in first)
    waiting = sum(one.is_waiting(within, insights.today) for one in first)
    return Sent(len(first), answered, waiting, within)


def _proposed(papers: Iterable[Job], insights: Insights) -> Proposed:
    with_one = [one.id for one in papers if one.proposed]
    return Proposed(len(with_one), sum(_is_won(deal, insights) for deal in with_one))


def _of_contacts(first: Sequence[Outreach], insights: Insights) -> Iterator[Module]:
    """The modules before there is a deal."""
    within = window(insights.journal.schema)
    people = [contact for contact in insights.journal.contacts if not contact.is_company]
    yield _module("contacts", people, lambda c: insights.contact_standings[c.id].last is not None)
    answered = {one.contact.id for one in first if one.is_answered(within)}
    done = [one.contact for one in first if not one.is_waiting(within, insights.today)]
    yield _module("outreach", done, lambda c: c.id in answered)


def _of_deals(
    found: Mapping[str, Job], won: Sequence[Deal], insights: Insights
) -> Iterator[Module]:
    """The modules of deals."""
    every = found.values()
    talking = [deal for deal in insights.journal.deals if _is_dialogue(deal, insights)]
    yield _module("dialogue", talking, lambda d: d.id in found and found[d.id].proposed is not None)
    proposed = [one.id for one in every if one.proposed]
    yield _module("proposal", proposed, lambda d: _is_won(d, insights))
    invoiced = [one.id for one in every if one.invoiced]
    yield _module("invoice", invoiced, lambda d: found[d.id].paid is not None)
    begun = [one.id for one in every if one.began]
    yield _module("processing", begun, lambda d: found[d.id].delivered is not None)
    delivered = [one.id for one in every if one.delivered]
    yield _module("delivery", delivered, lambda d: not found[d.id].late)
    within = insights.journal.schema.follow_up.loop or LOOP
    yield _module("loop", won, lambda d: _is_heard(d, within, insights))


def _module(name: Name, reached: Iterable[T], went_on: Callable[[T], bool]) -> Module:
    pairs = [(one, went_on(one)) for one in reached]
    return Module(
        name,
        tuple(one for one, went in pairs if went),
        tuple(one for one, went in pairs if not went),
    )


def _is_dialogue(deal: Deal, insights: Insights) -> bool:
    """Whether there was real contact that was not from us alone."""
    journal = insights.journal
    return any(n.direction != "to" and history.is_contact(n, journal) for n in deal.notes)


def _is_heard(deal: Deal, within: dt.timedelta, insights: Insights) -> bool:
    """Whether there was real contact with one of its people of late; ours counts too, as it does
    for the follow-up of the loop."""
    own = own_people(deal, insights.journal)
    lasts = [insights.contact_standings[id].last for id in own]
    today = insights.today
    return any(last is not None and today - last.note.date <= within for last in lasts)
