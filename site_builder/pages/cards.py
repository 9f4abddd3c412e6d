"""Where a deal stands, in words, for cards and rows."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from site_builder.insights.standing import Standing
from site_builder.journal.history import Outcome
from site_builder.journal.journal import Journal
from site_builder.journal.pipeline import Stage, StageType
from site_builder.markup import formats
from site_builder.markup.formats import in_days
from site_builder.pages.facts import lost_because
from site_builder.pages.links import Link, deal_path, named
from site_builder.pages.moves import Move, move_on
from site_builder.pages.reasons import in_words
from site_builder.pages.stage_path import AtStage
from site_builder.problems import counting


class Card(NamedTuple):
    """A deal on a card or in a row.

    ``status`` is a code of the style sheet and ``status_text`` the words for it: the next
    step of an open deal, the outcome or the wake date of another.
    ``steps`` are ``3/5 steps``: done of all that its stage has, or nothing if it has none.
    ``dots`` are ``2 ●●●○○``, the same at a glance, behind the number that an open stage has on
    the way to winning; ``stage 2`` if it has no steps. ``progress_text`` says them in words.
    ``days_text`` is how long it has been in its stage, ``close`` the day that it says. ``stale``
    says why, if it is; ``next`` what the next step of an open deal is, and ``when`` it is due, or
    what else there is to say in one word or two. ``was_won`` says that a parked one is won, and
    when; ``because`` why a lost one was lost. ``beside`` is the company where the title does not
    have it in it. ``on`` is the move to the next stage, and ``edit`` the address where the file is
    edited, if it is known.
    """

    id: str
    path: str
    title: str
    company: Link
    owner: str
    stage: str
    value: str
    days_text: str
    close: str
    progress_text: str
    steps: str
    dots: str
    status: str
    status_text: str
    stale: str
    next: str
    when: str
    was_won: str
    because: str
    beside: str
    on: Move
    edit: str


def card(one: Standing, journal: Journal, today: dt.date, company: Link, at_stage: AtStage) -> Card:
    """The card of a deal of the journal, with the link to its company, at its stage."""
    deal = one.deal
    return Card(
        id=deal.id,
        path=deal_path(deal),
        title=deal.title,
        company=company,
        owner=one.owner.name,
        stage=deal.stage.name,
        value=formats.money(one.value) if one.value else "",
        days_text="" if one.days is None else formats.days(one.days),
        close=formats.near_day(deal.close, today) if deal.close else "",
        progress_text=progress(deal.stage, at_stage.number, one.done),
        steps=_steps(one),
        dots=dots(deal.stage, at_stage.number, one.done),
        status=one.status,
        status_text=_status_text(one, today),
        stale="; ".join([in_words(r) for r in one.reasons if r.code not in _SAID_BY_STATUS]),
        next=_next(one, journal),
        when=_when(one, today),
        was_won=_ended(one.outcome) if one.outcome and not one.stands else "",
        because=lost_because(deal.lost_reason, journal.schema).text,
        on=move_on(deal),
        edit=journal.schema.repository.edit_of(deal.path),
        beside="" if has_name(deal.title.casefold(), company.text.casefold()) else company.text,
    )


def has_name(title: str, company: str) -> bool:
    """Whether a title begins with a name, or has it between blanks."""
    return title.startswith(company) or f" {company} " in f" {title} "


_MOST_DOTS = 6
_SAID_BY_STATUS = ("next-step-overdue", "no-next-step", "overslept")


def _next(one: Standing, journal: Journal) -> str:
    step = one.deal.next
    return named(step.text, journal) if step and one.deal.stage.is_open else ""


def _when(one: Standing, today: dt.date) -> str:
    step = one.deal.next
    if not one.deal.stage.is_open or step is None or one.status == "today":
        return _status_text(one, today)
    return formats.near_day(step.date, today)


def _status_text(one: Standing, today: dt.date) -> str:
    deal = one.deal
    match deal.stage.type:
        case StageType.WON | StageType.LOST:
            return _ended(one.outcome) if one.outcome else str(deal.stage.type)
        case StageType.PARKED:
            return _sleep(deal.wake, today)
    if deal.next is None:
        return "no next step"
    if one.status == "today":
        return "today"
    days = formats.days(abs((deal.next.date - today).days))
    return f"{days} overdue" if one.status == "overdue" else f"in {days}"


def progress(stage: Stage, number: int, done: int) -> str:
    """Where a deal stands that has so many steps of its stage done, in words."""
    steps = counting.count(len(stage.steps), "step")
    return _place(stage, number) + (f", {done} of {steps} done" if stage.steps else "")


def _steps(one: Standing) -> str:
    count = len(one.deal.stage.steps)
    return f"{one.done}/{counting.count(count, 'step')}" if count else ""


def dots(stage: Stage, number: int, done: int) -> str:
    """The same at a glance."""
    count = len(stage.steps)
    marks = "●" * done + "○" * (count - done)
    shown = marks if count <= _MOST_DOTS else f"{done}/{count}"
    if not count:
        return _place(stage, number).lower() if stage.is_open else ""
    return f"{number} {shown}" if stage.is_open and number else shown


def _ended(ended: Outcome) -> str:
    return f"{ended.type} {formats.short_day(ended.day)}" if ended.day else str(ended.type)


def _place(stage: Stage, number: int) -> str:
    if number:
        return f"Stage {number}"
    return "Retired stage" if stage.retired else stage.name


def _sleep(wake: dt.date | None, today: dt.date) -> str:
    if wake is None:
        return "asleep"
    if wake > today:
        return f"asleep until {formats.short_day(wake)}"
    return f"{'wakes' if wake == today else 'should have woken'} {in_days(wake, today)}"
