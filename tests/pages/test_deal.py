"""A deal's page: where it stands, its way, its facts, people, steps and notes."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Extra, Participant
from site_builder.journal.field_types import FIELD_TYPES
from site_builder.journal.journal import Journal
from site_builder.journal.note import NoteFields, StepMark
from site_builder.journal.pipeline import FieldType, Step
from site_builder.journal.repository import NO_REPOSITORY, Repository
from site_builder.pages.deal import DealPage, deal_page
from tests.by_hand import (
    LEAD,
    LOST,
    OFFER,
    PARKED,
    PIPELINE,
    SCHEMA,
    TODAY,
    WON,
    context,
    day,
    deal,
    eur,
    lines,
    note,
    planned,
    rendered,
    said,
    span,
)
from tests.catalogue import BASE
from tests.catalogue import deal as text_of
from tests.sites import page, read

ACME = Contact("acme", "contacts/acme.md", "Acme", is_company=True)
JANE = Contact("jane-roe", "contacts/jane-roe.md", "Jane Roe", role="Head of sales")


def shown(one: Deal, *others: Deal, repository: Repository = NO_REPOSITORY) -> DealPage:
    schema = replace(SCHEMA, repository=repository, lost_reasons={"price": "Price"})
    return deal_page(context(Journal(schema, (one, *others), (ACME, JANE)), TODAY), one)


def facts(view: DealPage) -> dict[str, tuple[str, str]]:
    every = (*view.strip, *view.facts)
    return {f.label: (f.text or ", ".join(link.text for link in f.links), f.aside) for f in every}


ENTERED = (note("2026-11-08", "stage", stage=OFFER),)
STEPS = (Step("call", "Called"), Step("map", "Mapped", required=True))


@pytest.mark.parametrize(
    ("one", "answer"),
    [
        (deal(stage=OFFER, notes=ENTERED), "Stage 2 of 4, Offer · 12 days"),
        (deal(stage=replace(OFFER, steps=STEPS)), "Stage 2 of 4, Offer · 0/2 steps"),
        (
            deal(stage=WON, created=day("2026-10-02"), notes=(note("2026-11-01", "s", stage=WON),)),
            "Won: won 1 Nov 2026 · after 30 days",
        ),
        (deal(stage=LOST), "Lost: lost"),
        (
            deal(stage=PARKED, wake=day("2027-01-01"), created=day("2026-11-10")),
            "Parked: asleep until 1 Jan 2027 · here for 10 days",
        ),
    ],
)
def test_the_first_line_says_where_it_stands(one: Deal, answer: str) -> None:
    assert said(shown(one).answer) == answer


def test_own_probability_stands_beside_the_stages() -> None:
    assert facts(shown(deal(stage=OFFER)))["Probability"] == ("50%", "the stage's")
    own = shown(deal(stage=OFFER, probability=Decimal("0.7")))
    assert facts(own)["Probability"] == ("70%", "stage 50%")
    assert "Probability" not in facts(shown(deal(stage=WON)))


def test_what_each_side_gains_stands_side_by_side_also_where_one_is_empty() -> None:
    assert shown(deal()).wins == ()
    both = shown(deal(their_win="Less typing", our_win="A reference")).wins
    assert [fact[:2] for fact in both] == [("Their win", "Less typing"), ("Our win", "A reference")]
    one = shown(deal(our_win="A reference"))
    assert [fact.text for fact in one.wins] == ["", "A reference"]
    assert "not written down" in rendered("deal.html", one)


def test_facts_say_all_that_is_known_and_nothing_else() -> None:
    plain = shown(deal(stage=LOST))
    assert set(facts(plain)) == {"Owner"}
    field = FieldType("segment", "Segment", "choice")
    budget = FieldType("budget", "Budget", "money")
    full = deal(
        value=eur(48000),
        close=day("2026-12-01"),
        source="Trade fair",
        need=True,
        want=False,
        their_win="Less typing",
        extras=(Extra(field, "smb"), Extra(budget, eur(5))),
    )
    found = facts(shown(full))
    assert found["Close"] == ("1 Dec 2026", "in 11 days")
    assert (found["Need it"][0], found["Want it"][0]) == ("yes", "no")
    assert (found["Segment"][0], found["Budget"][0]) == ("smb", "€5")
    assert facts(shown(deal(stage=LOST, lost_reason="price")))["Lost because"][0] == "Price"
    assert "Lost because" not in facts(shown(deal(stage=OFFER, lost_reason="price")))


@pytest.mark.parametrize(
    ("reason", "name"),
    [("price", "Price"), ("other", "Other"), ("they moved", "they moved"), ("others", "others")],
)
def test_the_reason_of_a_loss_has_a_name_in_facts_and_notes(reason: str, name: str) -> None:
    closed = replace(note("2026-11-08", "stage", stage=LOST), fields=NoteFields(lost_reason=reason))
    view = shown(deal(stage=LOST, lost_reason=reason, notes=(closed,)))
    assert facts(view)["Lost because"][0] == name
    assert [(f.label, f.text) for f in lines(view.notes)[0].body.fields] == [("Lost because", name)]


def test_a_referral_leads_to_who_gave_it() -> None:
    by_jane = next(f for f in shown(deal(referral="jane-roe")).facts if "Ref" in f.label)
    assert by_jane.links[0][:2] == ("Jane Roe", "../contacts/jane-roe.html")
    other = deal("other", title="Other")
    by_deal = next(f for f in shown(deal(referral="other"), other).facts if "Ref" in f.label)
    assert by_deal.links[0][:2] == ("Other", "../deals/other.html")


OF_TYPES = {
    "text": ("a *b*", "a *b*"),
    "number": ("12.50", "12.50"),
    "money": ("1200.50 USD", "$1\u202f200.50"),
    "percent": ("0.5", "50%"),
    "date": ("2026-10-24", "24 Oct 2026"),
    "duration": ("36h", "36h"),
    "yes/no": ("true", "yes"),
    "choice": ("smb", "smb"),
    "person": ("maria", "Maria Lopez"),
    "contact": ("jane-roe", '<a href="../contacts/jane-roe.html">Jane Roe</a>'),
    "deal": ("acme", '<a href="../deals/acme.html">ACME rollout</a>'),
    "url": ("https://a.example/b", '<a href="https://a.example/b">a.example/b</a>'),
    "email": ("a@b.example", '<a href="mailto:a@b.example">a@b.example</a>'),
    "phone": ("+49 40 1", '<a href="tel:+49401">+49 40 1</a>'),
}


@pytest.mark.parametrize("type", FIELD_TYPES)
def test_a_field_of_a_pipeline_is_shown_as_its_type_is(type: str) -> None:
    value, seen = OF_TYPES[type]
    options = ", options: [smb, large]" if type == "choice" else ""
    own = f"    fields:\n      mine: {{type: {type}{options}, name: Ours}}\n"
    files = {
        **BASE,
        "pipeline.yml": BASE["pipeline.yml"].replace("    fields:\n", own),
        "deals/bad.md": text_of(front=f"mine: {value}"),
    }
    assert read(files).problems == ()
    html = re.sub("</?bdi>", "", page(files, "deals/bad.html"))
    assert f"<dt>Ours</dt><dd>{seen}</dd>" in html


def test_people_have_their_roles() -> None:
    parts = (Participant("jane-roe"), Participant("gone", "economic-buyer"))
    view = shown(deal(company="acme", contacts=parts))
    assert view.people[0] == ("Acme", "../contacts/acme.html", "company")
    assert view.people[1] == (
        "Jane Roe",
        "../contacts/jane-roe.html",
        "main contact, Head of sales",
    )
    assert view.people[2] == ("gone", "", "economic buyer")


def test_steps_tell_the_note_that_ticked_them() -> None:
    stage = replace(OFFER, steps=STEPS)
    ticked = replace(
        note("2026-11-10", "call", "jane-roe"), steps=(StepMark(STEPS[0], "both heads", span()),)
    )
    pipeline = replace(deal().pipeline, stages=(LEAD, stage, WON))
    view = shown(deal(stage=stage, pipeline=pipeline, notes=(*ENTERED, ticked)))
    (steps,) = view.stages
    assert (steps.stage, steps.done, steps.here) == ("Offer", "1/2", True)
    assert steps.steps[0] == (
        "Called", True, False, "10 Nov 2026", "#note-2026-11-10", "both heads",
    )  # fmt: skip
    assert steps.steps[1][:3] == ("Mapped", False, True)


def test_a_ticked_step_is_called_by_its_name_in_the_notes_text() -> None:
    stage = replace(OFFER, steps=(Step("call", "Called *them* [again]"), STEPS[1]))
    pipeline = replace(deal().pipeline, stages=(LEAD, stage, WON))
    text = "We call:\n\n- [x] call: they call back\n- [x] map\n- [x] other"
    marks = (
        StepMark(stage.steps[0], "they call back", span(line=12)),
        StepMark(stage.steps[1], "", span(line=13)),
    )
    ticked = replace(note("2026-11-10", "call"), text=text, text_line=10, steps=marks)
    (line,) = lines(shown(deal(stage=stage, pipeline=pipeline, notes=(ticked,))).notes)
    html = line.body.html
    text = re.sub("<[^>]*>", "", html)
    assert "We call:" in text and "done: Called *them* [again]: they call back" in text
    assert "done: Mapped\n" in text and "done: other" in text


def test_notes_run_newest_first_with_parties_fields_and_text() -> None:
    quote = replace(
        note("2026-11-10", "proposal", "jane-roe", "maria"),
        direction="to",
        headline="A <quote>",
        text="See [[acme]] *soon*",
        fields=NoteFields(value=eur(10), probability=Decimal("0.5"), terms="30 days"),
    )
    view = shown(deal(notes=(note("2026-11-01", "call"), quote)))
    newest, last = lines(view.notes)
    first = newest.body
    assert (first.kind, first.direction, first.headline) == ("Proposal", "to", "A &lt;quote&gt;")
    assert [link.text for link in first.parties] == ["Jane Roe", "Maria Lopez"]
    assert first.parties[1].path == ""
    told = [(f.label, f.text or f.links[0].text) for f in first.fields]
    assert told == [("Value", "€10"), ("Own probability", "50%"), ("Terms", "30 days")]
    assert first.html == '<p>See <a href="../contacts/acme.html">Acme</a> <em>soon</em></p>'
    assert last.anchor == "note-2026-11-01"


def test_source_and_edit_view_of_the_repository() -> None:
    known = Repository("https://git.example/k/p", "https://s.example/", "https://e.example/")
    page = shown(deal(), repository=known)
    assert page.source == "https://s.example/deals/d.md"
    assert page.edit == "https://e.example/deals/d.md"
    for html, has_edit in (
        (rendered("deal.html", page), True),
        (rendered("deal.html", page._replace(edit="")), False),
    ):
        assert 'href="https://s.example/deals/d.md">Source</a>' in html
        assert (">Edit</a>" in html) is has_edit
    assert shown(deal()).source == ""


def test_the_page_shows_it_all() -> None:
    one = deal(
        stage=OFFER,
        title="Roll & out",
        summary="# They\n\nwant **it**",
        next=planned("2026-11-18", "Call Jane"),
        notes=(*ENTERED, note("2026-11-10", "call", "jane-roe")),
        tags=("fair",),
    )
    html = rendered("deal.html", shown(one)).replace("\n", " ")
    for text in (
        "<h1><bdi>Roll &amp; out</bdi></h1>",
        '<span class="status is-overdue">2 days overdue</span> <time',
        'datetime="2026-11-18">Wed 18 Nov 2026</time>',
        '<p class="next-what"><bdi>Call Jane</bdi></p>',
        "<h3>They</h3>",
        '<li class="note" id="note-2026-11-10">',
        '<a href="../contacts/jane-roe.html"><bdi>Jane Roe</bdi></a>',
        '<li class="tag" dir="auto">fair</li>',
    ):
        assert text in html


def test_an_empty_deal_says_what_would_fill_it() -> None:
    html = rendered("deal.html", shown(deal()))
    assert "No notes yet" in html and "no next step" in html


def test_the_present_stage_says_what_it_is_for() -> None:
    stage = replace(OFFER, goal="Two ways", buyer="They correct it", knowledge="What it takes")
    pipeline = replace(PIPELINE, stages=(LEAD, stage, WON))
    view = shown(deal(stage=stage, pipeline=pipeline))
    (here,) = view.stages
    assert tuple((fact.label, fact.text) for fact in here.about) == (
        ("Goal", "Two ways"),
        ("They show", "They correct it"),
        ("They learn", "What it takes"),
    )
    html = rendered("deal.html", view)
    assert "<dt>They show:</dt> <dd><bdi>They correct it</bdi></dd>" in html
    assert shown(deal(stage=OFFER)).stages == ()


def test_a_summary_that_is_too_much_says_that_it_is_shown_as_written() -> None:
    told = "shown as written"
    assert told in rendered("deal.html", shown(deal(summary="x\n" * 20_000)))
    assert told not in rendered("deal.html", shown(deal(summary="x")))
