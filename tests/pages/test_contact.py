"""A contact's page: facts, rungs, deals, and one timeline over everything with them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from site_builder.insights.queues import lacking
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal, Participant
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import Kind, KindRole, Tangibility
from site_builder.journal.note import Note, NoteFields
from site_builder.pages import contact as pages
from site_builder.pages.contact import ContactPage, contact_page
from tests.by_hand import (
    LOST,
    OTTO,
    SCHEMA,
    TODAY,
    WON,
    context,
    deal,
    eur,
    lines,
    note,
    planned,
    rendered,
    said,
)

ACME = Contact("acme", "contacts/acme.md", "Acme", is_company=True)
JANE = Contact("jane-roe", "contacts/jane-roe.md", "Jane Roe", company="acme", role="Buyer")
WITH_JANE = (Participant("jane-roe"),)
RUNGS = ("know", "like", "trust")


def shown(one: Contact, *deals: Deal, others: tuple[Contact, ...] = (ACME,)) -> ContactPage:
    contacts = tuple(sorted({c.id: c for c in (*others, one)}.values(), key=lambda c: c.id))
    journal = Journal(replace(SCHEMA, rungs=RUNGS), deals, contacts)
    return contact_page(context(journal, TODAY), one)


def facts(view: ContactPage) -> dict[str, list[tuple[str, str]]]:
    every = (*view.strip, *view.facts)
    return {f.label: [link[:2] for link in f.links] or [(f.text, "")] for f in every}


def rung(date: str, kind: str, direction: str, *parties: str) -> Note:
    made = note(date, kind, *parties)
    rung_kind = Kind(kind, Tangibility.NEITHER, KindRole.RUNG)
    return replace(made, kind=rung_kind, direction=direction)  # type: ignore[arg-type] # a way, as a text


def test_the_first_line_says_how_things_are() -> None:
    called = (note("2026-11-17", "call", "jane-roe"),)
    view = shown(JANE, deal(contacts=WITH_JANE, value=eur(40000), notes=called))
    assert said(view.answer) == "Hot: 1 open deal, €40k; last contact 3 days ago"
    assert [link.path for link in view.answer] == ["#deals", "../deals/d.html#note-2026-11-17"]
    assert said(shown(JANE).answer) == "Cold: no open deal; no contact"


def test_a_status_of_the_past_is_told_apart_from_what_is_open() -> None:
    once, now = deal("a", WON, contacts=WITH_JANE), deal("b", contacts=WITH_JANE)
    assert said(shown(JANE, once, now).answer) == "Won before; 1 open deal; no contact"
    assert said(shown(JANE, once).answer) == "Won: no open deal; no contact"
    lost = replace(JANE, status="lost")
    assert said(shown(lost, now).answer) == "Lost before; 1 open deal; no contact"


def test_ways_to_reach_them_are_links() -> None:
    one = replace(
        JANE,
        email="jane@acme.example",
        phone="+44 20 7946 0000",
        website="https://acme.example/",
        social=("https://social.example/@jane", "https://other.example/jane"),
    )
    found = facts(shown(one))
    assert found["Email"] == [("jane@acme.example", "mailto:jane@acme.example")]
    assert found["Phone"] == [("+44 20 7946 0000", "tel:+442079460000")]
    assert found["Website"] == [("acme.example", "https://acme.example/")]
    assert len(found["Social"]) == 2


def test_the_ways_to_reach_them_stand_under_the_name_and_nowhere_else() -> None:
    one = replace(JANE, email="jane@acme.example", phone="+44 20", owner=OTTO)
    view = shown(replace(one, touch_every=dt.timedelta(30)))
    assert [f.label for f in view.strip] == ["Phone", "Email", "Keep in touch every", "Owner"]
    assert not {f.label for f in view.strip} & {f.label for f in view.facts}
    html = rendered("contact.html", view)
    assert html.index('href="tel:+4420"') < html.index('href="mailto:') < html.index('id="notes"')
    assert 'class="strip"' not in rendered("contact.html", shown(ACME))


def test_introductions_and_referrals_are_links() -> None:
    bob = Contact("bob", "contacts/bob.md", "Bob", introduced_by="jane-roe")
    view = shown(replace(JANE, introduced_by="bob"), deal(referral="jane-roe"), others=(ACME, bob))
    assert facts(view)["Introduced by"] == [("Bob", "../contacts/bob.html")]
    assert facts(view)["Introduced"] == [("Bob", "../contacts/bob.html")]
    assert facts(view)["Referred"] == [("D", "../deals/d.html")]


def test_a_touch_that_is_due_is_drawn_as_such() -> None:
    one = replace(JANE, touch_every=dt.timedelta(30))
    for day, state in (("2026-10-20", "overdue"), ("2026-10-21", "today"), ("2026-10-22", "")):
        view = shown(one, deal(contacts=WITH_JANE, notes=(note(day, "call", "jane-roe"),)))
        (touch,) = [fact for fact in view.strip if fact.label == "Keep in touch every"]
        assert touch.state == state
        assert (f'"status is-{state} small"' in rendered("contact.html", view)) is bool(state)


def test_the_next_step_of_an_open_deal_stands_before_the_notes() -> None:
    one = deal(contacts=WITH_JANE, next=planned("2026-11-22", "Walk the plant"),
               notes=(note("2026-11-10", "call", "jane-roe"),))  # fmt: skip
    html = rendered("contact.html", shown(JANE, one))
    step = html.index('<bdi class="what">Walk the plant</bdi>')
    assert html.index("in 2 days") < step < html.index('id="notes"')


def test_a_worked_out_status_says_so() -> None:
    worked = next(f for f in shown(JANE).facts if f.label == "Status")
    written = next(f for f in shown(replace(JANE, status="warm")).facts if f.label == "Status")
    assert (worked.text, worked.aside) == ("cold", "worked out")
    assert (written.text, written.aside) == ("warm", "")


def test_touch_every_counts_from_the_last_contact() -> None:
    one = replace(JANE, touch_every=dt.timedelta(30))
    found = shown(one, deal(contacts=WITH_JANE, notes=(note("2026-11-10", "call", "jane-roe"),)))
    touch = next(f for f in found.strip if f.label == "Keep in touch every")
    assert (touch.text, touch.aside) == ("30 days", "next in 20 days")
    for day, aside in (("2026-10-21", "next today"), ("2026-10-20", "next was due 1 day ago")):
        late = shown(one, deal(contacts=WITH_JANE, notes=(note(day, "call", "jane-roe"),)))
        assert [f.aside for f in late.strip if f.label == "Keep in touch every"] == [aside]
    never = replace(JANE, touch_every=dt.timedelta.max)
    far = shown(never, deal(contacts=WITH_JANE, notes=(note("2026-11-10", "call", "jane-roe"),)))
    assert any(f.aside.startswith("next in 999") for f in far.strip)


def test_rungs_go_both_ways_and_lead_to_their_notes() -> None:
    own = (rung("2026-01-01", "know", "from", "jane-roe"),)
    in_deal = (
        rung("2026-03-01", "like", "to", "jane-roe"),
        rung("2026-05-01", "like", "to", "jane-roe"),
    )
    view = shown(replace(JANE, notes=own), deal(contacts=WITH_JANE, notes=in_deal))
    trust, like, know = view.rungs  # upwards, as on the page of relationships
    assert know.theirs[:2] == ("1 Jan 2026", "../contacts/jane-roe.html#note-2026-01-01")
    assert know.ours.text == ""
    assert like.ours[:2] == ("1 Mar 2026", "../deals/d.html#note-2026-03-01")
    assert (trust.name, trust.theirs.text, trust.ours.text) == ("trust", "", "")
    assert {rung.theirs.after + rung.ours.after for rung in view.rungs} == {""}
    assert shown(JANE).rungs == ()


def test_rungs_tell_how_long_after_the_one_below_they_were_reached() -> None:
    days = (("2026-01-01", "know"), ("2026-01-01", "trust"), ("2026-04-01", "like"))
    view = shown(
        replace(JANE, notes=tuple(rung(day, kind, "from", "jane-roe") for day, kind in days))
    )
    assert [one.theirs.after for one in view.rungs] == ["same day", "+90 d", ""]


def test_rungs_tell_what_their_notes_say() -> None:
    own = (
        replace(
            rung("2026-01-01", "know", "from", "jane-roe"), headline="At [[d]] <b>", text="Long"
        ),
        replace(rung("2026-02-01", "like", "from", "jane-roe"), text="One **word**.\n\nMore"),
        replace(rung("2026-02-01", "know", "to", "jane-roe"), text="So much to tell " * 9),
        rung("2026-03-01", "trust", "from", "jane-roe"),
    )
    view = shown(replace(JANE, notes=own), deal(contacts=WITH_JANE))
    assert [(one.theirs.note, one.ours.note) for one in view.rungs] == [
        ("", ""), ("One word.", ""),
        ("At D <b>", "So much to tell So much to tell So much to tell So much to…"),
    ]  # fmt: skip
    html = rendered("contact.html", view)
    assert '<bdi class="rung-note">At D &lt;b&gt;</bdi></td>' in html
    assert html.count('class="rung-note"') == 3


def test_open_deals_come_first() -> None:
    late = deal("late", contacts=WITH_JANE, next=planned("2026-11-01"))
    won = deal("won", WON, contacts=WITH_JANE, notes=(note("2026-05-01", "s", stage=WON),))
    lost = deal("lost", LOST, contacts=WITH_JANE, notes=(note("2026-06-01", "s", stage=LOST),))
    view = shown(
        JANE, lost, won, deal("calm", contacts=WITH_JANE, next=planned("2026-12-01")), late
    )
    assert [one.id for one in view.deals.first] == ["late", "calm", "lost", "won"]


def test_one_timeline_over_own_notes_and_deals() -> None:
    own = (note("2026-10-01", "gift"), note("2026-10-20", "news"))
    called = (note("2026-10-10", "call", "jane-roe"),)
    view = shown(replace(JANE, notes=own), deal(title="Rollout", contacts=WITH_JANE, notes=called))
    assert [n.body.day for n in lines(view.notes)] == ["2026-10-20", "2026-10-10", "2026-10-01"]
    last, middle, first = lines(view.notes)
    assert (last.anchor, last.home) == ("note-2026-10-20", None)
    assert middle.anchor == "note-2026-10-10"
    assert middle.home is not None and middle.home[:2] == ("Rollout", "../deals/d.html")
    assert first.anchor == "note-2026-10-01"


def test_a_note_of_a_deal_is_a_few_lines_with_the_way_to_the_whole() -> None:
    short = replace(note("2026-10-10", "call", "jane-roe"), text="So *short*.", headline="Hm <b>")
    long = replace(note("2026-10-11", "call", "jane-roe"), text="One **bold** word. " * 20)
    own = (replace(long, date=dt.date(2026, 10, 12)),)
    view = shown(replace(JANE, notes=own), deal(contacts=WITH_JANE, notes=(short, long)))
    whole, cut, uncut = lines(view.notes)
    assert whole.gist is None and whole.body.html.count("<strong>") == 20
    assert cut.gist is not None and cut.gist.is_cut
    assert cut.gist.text.startswith("One bold word. ") and cut.gist.text.endswith(" word.…")
    assert uncut.gist == ("Hm &lt;b&gt;", "So short.", False)
    html = rendered("contact.html", view)
    assert html.count("<strong>bold</strong>") == 20
    assert html.count("The whole note") == 1
    assert '<a href="../deals/d.html#note-2026-10-11">The whole note</a>' in html
    assert '<bdi class="note-headline">Hm &lt;b&gt;</bdi></span></h4>' in html
    assert '<p class="prose" dir="auto">So short.</p>' in html


def test_fields_of_a_note_are_told_where_it_is_whole() -> None:
    paid = replace(
        note("2026-10-10", "call", "jane-roe"), fields=NoteFields(terms="30 days"), text="Paid."
    )
    (line,) = lines(shown(JANE, deal(contacts=WITH_JANE, notes=(paid,))).notes)
    assert line.gist == ("", "Paid.", True)


def test_a_company_sees_what_its_people_said() -> None:
    jane = replace(JANE, notes=(note("2026-10-01", "gift"),))
    (line,) = lines(shown(ACME, others=(jane,)).notes)
    assert line.home is not None and line.home.path == "../contacts/jane-roe.html"


def test_long_timelines_keep_own_notes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_NOTES", 2)
    own = (note("2026-01-01", "gift"),)
    calls = tuple(note(f"2026-10-0{n}", "call", "jane-roe") for n in range(1, 6))
    view = shown(replace(JANE, notes=own), deal(contacts=WITH_JANE, notes=calls))
    assert [n.body.day for n in lines(view.notes)] == ["2026-10-05", "2026-10-04", "2026-01-01"]
    assert (view.notes_count, view.older) == ("6 notes", "3 older notes on the pages of the deals")


def test_the_page_shows_it_all() -> None:
    one = replace(JANE, name="Jane <Roe>", summary="Likes *tea*", tags=("tea",),
                  notes=(rung("2026-01-01", "know", "from", "jane-roe"),))  # fmt: skip
    html = rendered("contact.html", shown(one, deal(contacts=WITH_JANE)))
    for text in ("<h1><bdi>Jane &lt;Roe&gt;</bdi></h1>", "Likes <em>tea</em>", 'deals/d.html"',
                 'id="note-2026-01-01"', "They of us", "<bdi>Buyer</bdi>", "<bdi>Acme</bdi>"):  # fmt: skip
        assert text in html
    empty = rendered("contact.html", shown(JANE))
    assert "No notes to show yet" in empty and "newest first" not in empty


def test_hours_are_told_as_written_and_days_as_days() -> None:
    for length, text in ((dt.timedelta(hours=36), "36h"), (dt.timedelta(14), "14 days")):
        view = shown(replace(JANE, touch_every=length))
        assert facts(view)["Keep in touch every"] == [(text, "")]


def test_what_a_complete_contact_would_have_is_named() -> None:
    schema = replace(SCHEMA, contact_requires=("email", "social", "company", "news"))

    def missing(one: Contact, *deals: Deal) -> list[str]:
        made = Journal(schema, deals, (one,))
        view = contact_page(context(made, TODAY), one)
        return [f.text for f in view.facts if f.label == "Still missing"]

    assert missing(JANE) == ["email, social, news"]
    assert missing(ACME) == ["email, social, news"]
    told = deal(notes=(note("2026-11-10", "news", "jane-roe"),))
    whole = replace(JANE, email="j@acme.example", social=("https://social.example/j",))
    assert missing(whole, told) == []


def test_news_about_somebody_or_of_their_company_are_known_to_queues_and_pages() -> None:
    schema = replace(SCHEMA, contact_requires=("news",))
    known = replace(ACME, notes=(note("2026-11-10", "news"),))
    about = deal(notes=(note("2026-11-10", "news", "jane-roe"),))
    for journal, lacks in (
        (Journal(schema, (), (ACME, JANE)), ["news"]),
        (Journal(schema, (), (known, JANE)), []),
        (Journal(schema, (about,), (ACME, JANE)), []),
    ):
        seen = context(journal, TODAY)
        assert list(lacking(JANE, seen.insights)) == lacks
        missing = facts(contact_page(seen, JANE)).get("Still missing", [])
        assert [text for text, _ in missing] == lacks
