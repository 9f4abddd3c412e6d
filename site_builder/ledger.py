"""What many pages need to know, worked out once: where each deal and each contact stands,
and which notes are about whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from site_builder import formats, standing, states, totals
from site_builder.links import with_names
from site_builder.mentions import Mention, mentions
from site_builder.model import Contact, Deal, Journal, Money, Pipeline, Stage, StageType
from site_builder.prose import Writer
from site_builder.states import Outcome
from site_builder.totals import Totals
from site_builder.views.parts import (
    NO_LINK,
    Link,
    contact_link,
    contact_path,
    deal_path,
    in_days,
)
from site_builder.views.reasons import in_words

if TYPE_CHECKING:
    from site_builder.views.notes import NoteBody
    from site_builder.views.way import Place

HOT_FOR = dt.timedelta(30)
"""How long after real contact a contact of an open deal is `hot`."""


class Standing(NamedTuple):
    """Where a deal stands, in words, for cards and rows.

    ``status`` is a code of the style sheet and ``status_text`` the words for it: the next
    step of an open deal, the outcome or the wake date of another. ``progress`` is
    ``2 · 3/5``: the stage's number, steps done of its steps; ``stage 2`` if it has none.
    ``stale`` says why, if it is; ``next`` what the next step of an open deal is. ``outcome`` is
    how it ended, if it has; ``value`` and ``worth``, the value in sums, are of that day while it
    stands so, and of today otherwise. ``was_won`` says that a parked one is won, and when.
    """

    deal: Deal
    path: str
    company: Link
    value: str
    worth: Money | None
    days: int | None
    days_text: str
    done: int
    progress: str
    progress_text: str
    status: str
    status_text: str
    reasons: tuple[standing.Reason, ...]
    stale: str
    next: str
    outcome: Outcome | None
    was_won: str

    @property
    def urgency(self) -> tuple[int, int, str]:
        """Sorts the most urgent first: next step overdue, due today, the longest in stage."""
        return _URGENT.get(self.status, 2), -(self.days or 0), self.deal.id


_URGENT = {"overdue": 0, "today": 1}


def ended_on(one: Standing) -> dt.date | None:
    """The day a deal was won or lost, if it is and the day is known."""
    return one.outcome.day if one.outcome else None


class ContactStanding(NamedTuple):
    """Where a contact stands. ``status_worked`` says that the status was worked out."""

    contact: Contact
    path: str
    company: Link
    status: str
    status_worked: bool
    last: Mention | None
    open_deals: int
    open_total: Totals


_WORKED_OUT = (
    "standings",
    "by_stage",
    "mentions",
    "contact_standings",
    "restated",
    "introduced",
    "referred",
)


@dataclass(frozen=True)
class Ledger:
    """A journal as of today, with what follows from it for all pages."""

    journal: Journal
    today: dt.date

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """Where each deal stands, by its id."""
        return {deal.id: _standing(deal, self) for deal in self.journal.deals}

    @cached_property
    def by_stage(self) -> Mapping[tuple[str, str], tuple[Standing, ...]]:
        """The deals of each stage by pipeline and stage: open ones the most urgent first,
        others the newest outcome first."""
        found: dict[tuple[str, str], list[Standing]] = {}
        for one in self.standings.values():
            found.setdefault((one.deal.pipeline.id, one.deal.stage.id), []).append(one)
        return {key: tuple(sorted(deals, key=_order)) for key, deals in found.items()}

    def stages_of(self, pipeline: Pipeline) -> tuple[Stage, ...]:
        """The stages of a pipeline that pages show: retired ones only with deals in them."""
        return tuple(
            [s for s in pipeline.stages if not s.retired or (pipeline.id, s.id) in self.by_stage]
        )

    @cached_property
    def mentions(self) -> Mapping[str, tuple[Mention, ...]]:
        """The notes about each contact, by its id, oldest first."""
        return mentions(self.journal)

    @cached_property
    def contact_standings(self) -> Mapping[str, ContactStanding]:
        """Where each contact stands, by its id."""
        return {contact.id: self._contact(contact) for contact in self.journal.contacts}

    @cached_property
    def companies(self) -> Mapping[str, Link]:
        """Links to the companies of deals and contacts, by id; no link for no company."""
        ids = {deal.company for deal in self.journal.deals}
        ids.update([contact.company for contact in self.journal.contacts])
        return {id: contact_link(self.journal, id) if id else NO_LINK for id in ids}

    @cached_property
    def restated(self) -> frozenset[tuple[str, str]]:
        """The stage notes that are no entry, by the path of their file and their anchor."""
        return frozenset(
            [
                (deal.path, note.anchor)
                for deal in self.journal.deals
                for note in states.restatements(deal)
            ]
        )

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

    @cached_property
    def parties(self) -> dict[tuple[str, ...], tuple[Link, ...]]:
        """Links for pages in folders to those whom notes name, by the ids that a note names:
        filled as pages need them."""
        return {}

    @cached_property
    def places(self) -> dict[tuple[str, str], Place]:
        """What the pages of all deals in a stage share, by pipeline and stage: filled as
        pages need it."""
        return {}

    @cached_property
    def writer(self) -> Writer:
        """Writes notes for pages in folders: the address of a page begins with ``../``."""
        return Writer(self._page)

    @cached_property
    def note_bodies(self) -> dict[tuple[str, str], NoteBody]:
        """What notes say on pages, by the path of their file and their anchor: filled as pages
        need them."""
        return {}

    def named(self, text: str) -> str:
        """A text that is no Markdown, with names in place of the links in it."""
        return with_names(text, self._name)

    def total(self, monies: Iterable[Money | None]) -> Totals:
        """Sum amounts at today's rates; what has ended is in ``Standing.worth`` at its own."""
        return totals.total(monies, self.journal.schema, self.today)

    def worked_out(self) -> Ledger:
        """The same ledger with everything worked out, so that it is once for all processes."""
        for name in _WORKED_OUT:
            getattr(self, name)
        return self

    def _page(self, id: str) -> tuple[str, str] | None:
        deal = self.journal.deals_by_id.get(id)
        if deal is not None:
            return "../" + deal_path(deal), deal.title
        contact = self.journal.contacts_by_id.get(id)
        return ("../" + contact_path(contact), contact.name) if contact else None

    def _name(self, id: str, words: str) -> str | None:
        page = self._page(id)
        return page and (words or page[1])

    def _contact(self, contact: Contact) -> ContactStanding:
        deals = self.journal.deals_of.get(contact.id, ())
        opened = [deal.value for deal in deals if deal.stage.type is StageType.OPEN]
        last = self._last_contact(contact)
        return ContactStanding(
            contact,
            contact_path(contact),
            self.companies[contact.company],
            contact.status or worked_out_status(deals, last, self.today),
            not contact.status,
            last,
            len(opened),
            self.total(opened) if opened else totals.EMPTY,
        )

    def _last_contact(self, contact: Contact) -> Mention | None:
        for mention in reversed(self.mentions.get(contact.id, ())):
            if states.is_contact(mention.note, self.journal):
                return mention
        return None


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


def _is_won(deal: Deal) -> bool:
    ended = states.outcome(deal)
    return ended is not None and ended.is_won


def _order(one: Standing) -> tuple[int, int, str]:
    if one.outcome is not None and one.outcome.type is one.deal.stage.type:
        day = one.outcome.day
        return (0, -day.toordinal(), one.deal.id) if day else one.urgency
    return one.urgency


def _standing(deal: Deal, ledger: Ledger) -> Standing:
    journal, today = ledger.journal, ledger.today
    since = states.stage_since(deal)
    days = max(0, (today - since).days) if since else None
    steps = deal.stage.steps
    ticked = states.steps_done(deal) if steps else None
    done = sum([step.id in ticked for step in steps]) if ticked else 0
    reasons = standing.reasons(deal, journal, today)
    ended = states.outcome(deal)
    stands = ended if ended and ended.type is deal.stage.type else None
    value = stands.value if stands else deal.value
    status, text = _status(deal, ended, today)
    return Standing(
        deal=deal,
        path=deal_path(deal),
        company=ledger.companies[deal.company],
        value=formats.money(value) if value else "",
        worth=totals.worth(deal, stands, journal.schema, today),
        days=days,
        days_text="" if days is None else formats.days(days),
        done=done,
        progress=f"{deal.stage.number or deal.stage.name} · {done}/{len(steps)}"
        if steps
        else _number(deal.stage).lower(),
        progress_text=_number(deal.stage)
        + (f", {done} of {formats.count(len(steps), 'step')} done" if steps else ""),
        status=status,
        status_text=text,
        reasons=reasons,
        stale="; ".join([in_words(r) for r in reasons if r.code not in _SAID_BY_STATUS]),
        next=ledger.named(deal.next.text) if deal.next and deal.stage.is_open else "",
        outcome=ended,
        was_won=_ended(ended) if ended and not stands else "",
    )


def _ended(ended: Outcome) -> str:
    return f"{ended.type} {formats.short_day(ended.day)}" if ended.day else str(ended.type)


def _number(stage: Stage) -> str:
    return f"Stage {stage.number}" if stage.number else "Retired stage"


_SAID_BY_STATUS = ("next-step-overdue", "no-next-step", "overslept")


def _status(deal: Deal, ended: Outcome | None, today: dt.date) -> tuple[str, str]:
    match deal.stage.type:
        case StageType.WON | StageType.LOST:
            return str(deal.stage.type), _ended(ended) if ended else str(deal.stage.type)
        case StageType.PARKED:
            return _sleep(deal.wake, today)
    state = standing.next_state(deal, today)
    if deal.next is None:
        return state, "no next step"
    days = formats.days(abs((deal.next.date - today).days))
    words = {"overdue": f"{days} overdue", "today": "today", "later": f"in {days}"}
    return state, words[state]


def _sleep(wake: dt.date | None, today: dt.date) -> tuple[str, str]:
    if wake is None:
        return "asleep", "asleep"
    if wake > today:
        return "asleep", f"asleep until {formats.short_day(wake)}"
    return "overdue", f"wakes {in_days(wake, today)}" if wake == today else (
        f"should have woken {in_days(wake, today)}"
    )
