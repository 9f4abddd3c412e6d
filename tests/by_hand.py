"""Journals built by hand, for tests of what comes after the loader."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from site_builder.insights.insights import Insights
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import Kind, KindRole, Tangibility
from site_builder.journal.money import Money, Rate
from site_builder.journal.note import DatedText, Note
from site_builder.journal.note_spans import Places
from site_builder.journal.pipeline import Pipeline, Stage, StageType
from site_builder.journal.schema import Schema
from site_builder.journal.team import Person
from site_builder.pages.context import Context
from site_builder.pages.frame import SiteContext
from site_builder.pages.links import Link
from site_builder.pages.note_body import NoteLine
from site_builder.pages.notes import Timeline, YearOfNotes
from site_builder.pages.page import Page
from site_builder.parse.note_order import numbered
from site_builder.problems.problem import Span
from site_builder.site.render import Renderer

TODAY = dt.date(2026, 11, 20)
MARIA = Person("maria", "Maria Lopez")
OTTO = Person("otto", "Otto Brandt")

LEAD = Stage("lead", "Lead", 1, probability=Decimal("0.1"), stale_after=dt.timedelta(21))
OFFER = Stage("offer", "Offer", 2, probability=Decimal("0.5"), stale_after=dt.timedelta(hours=36))
TALKS = Stage("talks", "Talks", 3)
PARKED = Stage("parked", "Parked", 4, StageType.PARKED, stale_after=dt.timedelta(1))
WON = Stage("won", "Won", 5, StageType.WON)
LOST = Stage("lost", "Lost", 6, StageType.LOST, stale_after=dt.timedelta(1))
PIPELINE = Pipeline("sales", "Sales", (LEAD, OFFER, TALKS, PARKED, WON, LOST))
SCHEMA = Schema(
    "Kestrel & Vane",
    "EUR",
    "private",
    (PIPELINE,),
    {"maria": MARIA, "otto": OTTO},
    rates={"USD": Rate.always(Decimal("0.9"))},
)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def eur(amount: int | str, currency: str = "EUR") -> Money:
    return Money(Decimal(amount), currency)


def span(path: str = "deals/d.md", line: int = 1) -> Span:
    return Span(path, line, 1, line, 2)


def note(date: str, kind: str, *parties: str, stage: Stage | None = None, line: int = 9) -> Note:
    role = KindRole.STAGE if stage else KindRole.EXCHANGE
    return Note(
        day(date),
        Kind(kind, Tangibility.INTANGIBLE, role),
        Places(span(line=line)),
        direction="with" if parties else "",
        parties=parties,
        stage=stage,
    )


def planned(date: str, text: str = "Call") -> DatedText:
    return DatedText(day(date), text, span())


def deal(
    id: str = "d", stage: Stage = LEAD, notes: tuple[Note, ...] = (), **fields: object
) -> Deal:
    made = {
        "title": id.title(),
        "owner": MARIA,
        "pipeline": PIPELINE,
        "stage": stage,
        "notes": numbered(notes),
    }
    return Deal(id, f"deals/{id}.md", **{**made, **fields})  # type: ignore[arg-type] # fields of any type


def journal(*deals: Deal, schema: Schema = SCHEMA) -> Journal:
    contacts = (Contact("jane-roe", "contacts/jane-roe.md", "Jane Roe"),)
    return Journal(schema, tuple(sorted(deals, key=lambda d: d.id)), contacts)


def context(made: Journal, today: dt.date = TODAY) -> Context:
    """What the views make pages of."""
    return Context(Insights(made, today))


def said(links: Iterable[Link]) -> str:
    """A sentence of links, as it is read."""
    return "".join(link.lead + link.text for link in links)


def lines(notes: Timeline | Iterable[YearOfNotes]) -> list[NoteLine]:
    """The notes of a timeline, the newest first, whatever they stand under."""
    years = (*notes.latest, *notes.earlier) if isinstance(notes, Timeline) else notes
    return [line for year in years for line in year.notes]


def rendered(template: str, view: object) -> str:
    """A page of the built-in templates around a view."""
    site = SiteContext("Kestrel & Vane", "2026-11-20", "20 Nov 2026", ())
    return Renderer(site).render(Page(template, template, lambda: view)).decode()
