"""A deal's page: where it stands, its way so far, its facts, its people, its notes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from site_builder import formats, states
from site_builder.ledger import Ledger, Standing
from site_builder.model import Deal, Note, Pipeline, Schema, Stage, StageType
from site_builder.states import Visit
from site_builder.views.notes import NoteLine, own_timeline
from site_builder.views.parts import (
    Fact,
    Link,
    Part,
    anchors,
    board_page,
    contact_link,
    deal_path,
    extra_fact,
    fact,
    filled,
    in_days,
    source_links,
    stage_page,
    yes_no,
)


class Stop(NamedTuple):
    """A stay in a stage, or a stage still ahead. ``state`` is ``past``, ``here`` or ``ahead``."""

    name: str
    state: str
    dates: str
    days: str
    remarks: tuple[str, ...]
    href: str


class StepLine(NamedTuple):
    """A step of a stage; ``day`` and ``href`` tell of the note that ticked it."""

    name: str
    done: bool
    required: bool
    day: str
    href: str
    text: str


class StageSteps(NamedTuple):
    """The steps of one stage, ``done`` as ``3/5``. ``here``: the deal stands in it; then
    ``about`` says what the stage is for."""

    stage: str
    done: str
    here: bool
    about: tuple[tuple[str, str], ...]
    steps: tuple[StepLine, ...]


@dataclass(frozen=True, slots=True)
class DealPage:
    """What a deal's page shows."""

    title: str
    answer: str
    standing: Standing
    next: str
    next_day: str
    pipeline: Link
    stage: Link
    reasons: tuple[str, ...]
    stops: tuple[Stop, ...]
    facts: tuple[Fact, ...]
    people: tuple[Part, ...]
    stages: tuple[StageSteps, ...]
    tags: tuple[str, ...]
    summary: Markup
    summary_plain: bool
    notes: tuple[NoteLine, ...]
    notes_count: str
    source: str
    edit: str


def deal_page(ledger: Ledger, deal: Deal) -> DealPage:
    """The page of a deal of the ledger's journal."""
    one = ledger.standings[deal.id]
    summary = ledger.writer.html(deal.summary, 3)
    source, edit = source_links(ledger.journal.schema.repository, deal.path)
    names = dict(zip(map(id, deal.notes), anchors(deal.notes), strict=True))
    return DealPage(
        title=deal.title,
        answer=answer(one),
        standing=one,
        next=deal.next.text if deal.next else "",
        next_day=formats.short_day(deal.next.date) if deal.next else "",
        pipeline=Link(deal.pipeline.name, f"../{board_page(deal.pipeline.id)}"),
        stage=Link(deal.stage.name, f"../{stage_page(deal.pipeline.id, deal.stage.id)}"),
        reasons=tuple(reason.text for reason in one.reasons),
        stops=_stops(deal, ledger.today, names),
        facts=_facts(deal, ledger),
        people=(*_company(one), *_people(deal, ledger)),
        stages=_stages(deal, names),
        tags=deal.tags,
        summary=summary.html,
        summary_plain=summary.plain,
        notes=own_timeline(deal.notes, ledger),
        notes_count=formats.count(len(deal.notes), "note"),
        source=source,
        edit=edit,
    )


def answer(one: Standing) -> str:
    """Where a deal stands, in one line: ``Stage 3 of 7, Solution design · 12 days · 3/5
    steps``, or how and when it ended."""
    deal = one.deal
    if deal.stage.type is StageType.OPEN:
        parts = [f"Stage {deal.stage.number} of {_counted(deal.pipeline)}, {deal.stage.name}"]
        parts += [one.days_text] if one.days_text else []
        parts += [f"{one.done}/{len(deal.stage.steps)} steps"] if deal.stage.steps else []
        return " · ".join(parts)
    parts = [f"{deal.stage.name}: {one.status_text}"]
    began = states.created_on(deal)
    if one.outcome and began and one.outcome > began:
        parts.append(f"after {formats.days((one.outcome - began).days)}")
    if deal.stage.type is StageType.PARKED and one.days_text:
        parts.append(f"here for {one.days_text}")
    return " · ".join(parts)


def _counted(pipeline: Pipeline) -> int:
    """The number of stages on the way to winning."""
    return sum(s.type in (StageType.OPEN, StageType.WON) for s in pipeline.stages)


def _company(one: Standing) -> tuple[Part, ...]:
    text, path, _ = one.company
    return (Part(text, f"../{path}" if path else "", "company"),) if text else ()


def _stops(deal: Deal, today: dt.date, names: dict[int, str]) -> tuple[Stop, ...]:
    visits = states.stage_path(deal)
    closed = False
    stops = []
    for visit in visits:
        reopened = closed and visit.stage.is_open
        stops.append(_stop(visit, reopened, visit is visits[-1], today, names))
        closed = visit.stage.type in (StageType.WON, StageType.LOST)
    return (*stops, *_ahead(deal))


def _stop(visit: Visit, reopened: bool, here: bool, today: dt.date, names: dict[int, str]) -> Stop:
    days = visit.days(today)
    note = visit.note
    began = formats.short_day(visit.entered) if visit.entered else ""
    return Stop(
        visit.stage.name,
        "here" if here else "past",
        f"since {began}" if here and began else began,
        "" if days is None else formats.days(days),
        _remarks(note, reopened),
        f"#{names[id(note)]}" if note is not None else "",
    )


def _remarks(note: Note | None, reopened: bool) -> tuple[str, ...]:
    remarks = ["reopened"] if reopened else []
    if note is not None:
        asked = {"customer": "the customer asked", "us": "we asked"}
        remarks += [asked[note.fields.asked_by]] if note.fields.asked_by else []
        remarks += [f"gate passed: {note.fields.override}"] if note.fields.override else []
    return tuple(remarks)


def _ahead(deal: Deal) -> tuple[Stop, ...]:
    if not deal.stage.is_open:
        return ()
    later = [
        stage
        for stage in deal.pipeline.stages
        if stage.number > deal.stage.number and stage.type in (StageType.OPEN, StageType.WON)
    ]
    return tuple(Stop(stage.name, "ahead", "", "", (), "") for stage in later)


def _facts(deal: Deal, ledger: Ledger) -> tuple[Fact, ...]:
    schema, today = ledger.journal.schema, ledger.today
    created = states.created_on(deal)
    return filled(
        (
            fact("Value", formats.money(deal.value)) if deal.value else None,
            _probability(deal),
            fact("Category", deal.category or ""),
            _day("Expected close", deal.close, today) if deal.stage.is_open else None,
            _day("Wakes", deal.wake, today),
            _lost(deal, schema),
            fact("Owner", deal.owner.name),
            fact("Created", formats.short_day(created)) if created else None,
            _source(deal, ledger),
            fact("Channel", deal.channel),
            fact("Need it", yes_no(deal.need)),
            fact("Want it", yes_no(deal.want)),
            fact("Their win", deal.their_win),
            fact("Our win", deal.our_win),
            *(extra_fact(extra, ledger.journal, "../") for extra in deal.extras),
        )
    )


def _lost(deal: Deal, schema: Schema) -> Fact | None:
    """Why it was lost, while it stands so: front matter knows what comes after today."""
    if deal.stage.type is not StageType.LOST:
        return None
    return fact("Lost because", schema.lost_reasons.get(deal.lost_reason, deal.lost_reason))


def _probability(deal: Deal) -> Fact | None:
    """The owner's own estimate beside the stage's default; neither hides the other."""
    stage, own = deal.stage.probability, deal.probability
    if not deal.stage.is_open:
        return None
    default = "" if stage is None else formats.percent(stage)
    if own is None:
        return fact("Probability", default, aside="the stage’s")
    beside = f", the stage’s {default}" if default else ""
    return fact("Probability", formats.percent(own), aside=f"own estimate{beside}")


def _day(label: str, day: dt.date | None, today: dt.date) -> Fact | None:
    return fact(label, formats.short_day(day), aside=in_days(day, today)) if day else None


def _source(deal: Deal, ledger: Ledger) -> Fact:
    if not deal.referral:
        return fact("Source", deal.source)
    other = ledger.journal.deals_by_id.get(deal.referral)
    if deal.referral not in ledger.journal.contacts_by_id and other is not None:
        return fact("Referral from", other.title, f"../{deal_path(other)}")
    return Fact("Referral from", (contact_link(ledger.journal, deal.referral, "../"),))


def _people(deal: Deal, ledger: Ledger) -> tuple[Part, ...]:
    """Contacts with their roles in the deal, and their own where they have one."""
    found = []
    for number, part in enumerate(deal.contacts):
        contact = ledger.journal.contacts_by_id.get(part.contact)
        role = part.role.replace("-", " ") or ("main contact" if number == 0 else "")
        own = contact.role if contact else ""
        aside = ", ".join(text for text in (role, own) if text)
        link = contact_link(ledger.journal, part.contact, "../")
        found.append(Part(link.text, link.path, aside))
    return tuple(found)


def _stages(deal: Deal, names: dict[int, str]) -> tuple[StageSteps, ...]:
    """The steps of the stage the deal stands in, then those of the others it has been near:
    the earlier ones, and later ones with a step done."""
    done = states.steps_done(deal)
    near = [
        stage
        for stage in deal.pipeline.stages
        if (stage.steps or (stage is deal.stage and _about(stage)))
        and (stage.number <= deal.stage.number or any(step.id in done for step in stage.steps))
    ]
    near.sort(key=lambda stage: (stage is not deal.stage, stage.number))
    return tuple(_steps(stage, stage is deal.stage, done, names) for stage in near)


def _steps(stage: Stage, here: bool, done: dict[str, Note], names: dict[int, str]) -> StageSteps:
    lines = []
    for step in stage.steps:
        note = done.get(step.id)
        if note is None:
            lines.append(StepLine(step.name, False, step.required, "", "", ""))
            continue
        text = next(mark.text for mark in note.steps if mark.step.id == step.id)
        day = formats.short_day(note.date)
        lines.append(StepLine(step.name, True, step.required, day, f"#{names[id(note)]}", text))
    count = sum(line.done for line in lines)
    progress = f"{count}/{len(lines)}" if lines else ""
    about = _about(stage) if here else ()
    return StageSteps(stage.name, progress, here, about, tuple(lines))


def _about(stage: Stage) -> tuple[tuple[str, str], ...]:
    """What a stage is for: our goal, how the customer shows it, what they should learn."""
    every = (("Goal", stage.goal), ("They show", stage.buyer), ("They learn", stage.knowledge))
    return tuple((label, text) for label, text in every if text)
