"""Why deals were lost, and in which stage; where nobody knows why; who was talked to since."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from site_builder.insights.closings import Closing, closings
from site_builder.insights.insights import Insights
from site_builder.insights.share import Share
from site_builder.insights.talks import last_talk, own_people
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.journal.schema import Schema

OTHER = "other"
"""The reason that every journal has."""


class Reason(NamedTuple):
    """How many losses of a pipeline had a reason, after a stage: None where nobody knows which
    was the last open one."""

    pipeline: str
    reason: str
    stage: Stage | None
    n: int


class Talk(NamedTuple):
    """The last real contact with somebody since a loss that was not from us alone."""

    contact: Contact
    on: dt.date


class Loss(NamedTuple):
    """A loss: see ``closings.Closing``. ``talked`` are those of the deal's people (of a deal
    without any its company) with whom there was real contact on a later day that was not from us
    alone, the last first: of a deal that was reopened nobody, for then it goes on."""

    deal: Deal
    day: dt.date | None
    stage: Stage | None
    reason: str | None
    stands: bool
    talked: tuple[Talk, ...]


@dataclass(frozen=True, slots=True)
class Lost:
    """The losses of a journal by reason and stage. ``missing`` are the deals with one of which
    nothing says why; ``talked`` is of how many lost deals somebody was talked to since."""

    reasons: tuple[Reason, ...]
    missing: tuple[Deal, ...]
    talked: Share
    closings: tuple[Loss, ...]


def lost(insights: Insights) -> Lost:
    """Every loss of every deal."""
    losses = tuple([_loss(one, insights) for d in insights.journal.deals for one in closings(d)])
    missing = {loss.deal.id: loss.deal for loss in losses if loss.reason is None}
    standing = [loss for loss in losses if loss.stands]
    return Lost(
        tuple(_reasons(losses, insights.journal.schema)),
        tuple(missing.values()),
        Share(sum(bool(loss.talked) for loss in standing), len(standing)),
        losses,
    )


def _loss(one: Closing, insights: Insights) -> Loss:
    talked = tuple(_talks(one, insights)) if one.stands and one.day else ()
    return Loss(one.deal, one.day, one.stage, one.reason or None, one.stands, talked)


def _talks(one: Closing, insights: Insights) -> list[Talk]:
    found = []
    contacts = insights.journal.contacts_by_id
    for id in own_people(one.deal, insights.journal):
        last = last_talk(id, insights)
        if last and one.day and last.note.date > one.day:
            found.append(Talk(contacts[id], last.note.date))
    return sorted(found, key=lambda talk: talk.on, reverse=True)


def _reasons(losses: Sequence[Loss], schema: Schema) -> Iterator[Reason]:
    """Those that pipeline.yml names for all stages, free ones where they are."""
    for pipeline in schema.pipelines:
        here = [loss for loss in losses if loss.deal.pipeline.id == pipeline.id]
        found = Counter((loss.reason, loss.stage and loss.stage.id) for loss in here)
        said = sorted({loss.reason for loss in here if loss.reason})
        named = [*schema.lost_reasons, OTHER] if schema.lost_reasons else []
        for reason in dict.fromkeys([*named, *said]):
            for stage in (*_stages(pipeline), None):
                n = found[reason, stage and stage.id]
                if n or (reason in named and stage and not stage.retired):
                    yield Reason(pipeline.id, reason, stage, n)


def _stages(pipeline: Pipeline) -> list[Stage]:
    return [stage for stage in pipeline.stages if stage.is_open]
