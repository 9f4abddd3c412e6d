"""The start page: the answer, what needs attention, stages, what was won, what was noted."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Stage
from site_builder.journal.schema import Target
from site_builder.pages import to_do as tasks
from site_builder.pages.forecast import forecast
from site_builder.pages.links import Link
from site_builder.pages.overview import RECENT, SHOWN, Overview, overview
from site_builder.pages.since_monday import Happened, Kind
from site_builder.pages.stale import stale
from tests.by_hand import (
    LEAD,
    LOST,
    OFFER,
    PARKED,
    SCHEMA,
    TALKS,
    TODAY,
    WON,
    context,
    day,
    deal,
    eur,
    journal,
    note,
    planned,
    rendered,
)
from tests.insights.test_steps import MAP, NEED, tick


def shown(*deals: Deal, **fields: object) -> Overview:
    schema = replace(SCHEMA, **fields)  # type: ignore[arg-type] # fields of any type
    return overview(context(journal(*deals, schema=schema), TODAY))


def desks(view: Overview) -> dict[str, list[str]]:
    return {desk.owner: [t.deal.text for t in desk.tasks] for desk in view.attention.desks}


def counts(view: Overview) -> list[str]:
    return [link.text for link in view.attention.counts]


LATER = planned("2026-12-24")


def test_the_answer_says_what_is_open_and_expected() -> None:
    view = shown(
        deal("a", OFFER, value=eur(400_000), close=day("2026-12-15"), next=LATER),
        deal("b", LEAD, value=eur(12_000), close=day("2027-03-01"), next=LATER),
        deal("c", WON, value=eur(99_000)),
    )
    assert view.answer == (
        ("€412k open in 2 deals", "deals.html#open", ""),
        (
            "by stage percentages €200k expected by the end of Dec",
            "forecast-2026-Q4.html#open",
            ", ",
        ),
    )
    assert [link.text for link in shown(deal("a")).answer] == ["1 deal open"]
    assert shown().answer == () and shown().empty


def test_an_empty_journal_says_once_that_there_are_no_deals() -> None:
    html = rendered("overview.html", shown())
    assert html.count("No deals yet") == 1 and "No open deals" not in html and "Open in" not in html


def test_each_deal_has_a_row_with_all_its_reasons_the_most_urgent_first() -> None:
    late = deal("late", LEAD, next=planned("2026-11-01"), close=day("2026-11-02"))
    view = shown(
        late,
        deal("later-still", LEAD, next=planned("2026-10-01")),
        deal("now", TALKS, next=planned("2026-11-20")),
        deal("slept", PARKED, wake=day("2026-11-19")),
        deal("asleep", PARKED, wake=day("2026-11-21")),
        deal("passed", TALKS, next=LATER, close=day("2026-11-19")),
        deal("soon", TALKS, next=LATER, close=day("2026-12-04")),
        deal("not-soon", TALKS, next=LATER, close=day("2026-12-05")),
        deal("silent", LEAD, next=LATER, created=day("2026-10-01")),
        deal("none", TALKS),
        deal("won", WON, next=planned("2026-11-01")),
    )
    rows = ["Later-Still", "Late", "Now", "Slept", "Passed", "Soon", "Silent", "None"]
    assert desks(view) == {"Maria Lopez": rows}
    assert counts(view) == [
        "Next step overdue: 2",
        "Due today: 1",
        "Overslept: 1",
        "Close date passed: 2",
        "Closing within 14 days: 1",
        "Silent: 1",
        "No next step: 1",
    ]
    first, second = view.attention.desks[0].tasks[:2]
    assert (first.code, first.word, first.what) == ("overdue", "50 days overdue", "Call")
    assert (first.also, second.also) == ("", "was to close 18 days ago")
    html = rendered("overview.html", view)
    assert '<a href="stale-next-step-overdue.html">Next step overdue: 2</a>;' in html
    assert '<a href="#attention">Due today: 1</a>;' in html and 'id="attention"' in html


def test_who_has_most_to_do_comes_first() -> None:
    otto = SCHEMA.team["otto"]
    view = shown(deal("a"), deal("b", owner=otto), deal("c", owner=otto))
    assert [(desk.owner, desk.count) for desk in view.attention.desks] == [
        (otto.name, "2"),
        ("Maria Lopez", "1"),
    ]


def test_many_of_one_person_lead_to_the_rest() -> None:
    many = [deal(f"d{n}", next=planned("2026-11-01")) for n in range(tasks.SHOWN + 3)]
    (desk,) = shown(*many).attention.desks
    assert len(desk.tasks) == tasks.SHOWN
    assert desk.more[:2] == ("3 more", "stale.html")


def test_what_many_people_have_to_do_is_folded() -> None:
    people = [replace(SCHEMA.team["otto"], id=f"p{n}", name=f"P{n}") for n in range(5)]
    deals = [
        deal(f"d{n}-{person.id}", owner=person) for person in people for n in range(tasks.SHOWN)
    ]
    view = shown(*deals)
    assert [desk.is_folded for desk in view.attention.desks] == [False] * 3 + [True] * 2
    html = rendered("overview.html", view)
    assert (
        '<details class="fold"><summary><h3><bdi>P4</bdi></h3> <span class="count">8</span>' in html
    )


def test_nothing_to_do_is_said() -> None:
    view = shown(deal(next=LATER))
    assert (view.attention.counts, view.attention.desks) == ((), ())
    assert "Nothing needs attention today." in rendered("overview.html", view)


def test_what_happened_since_monday_is_told_by_kind() -> None:
    def entered(day: str, stage: Stage) -> Note:
        return note(day, "stage", stage=stage)

    old = entered("2026-10-01", LEAD)
    view = shown(
        deal("new", LEAD, created=day("2026-11-16")),
        deal("sold", WON, value=eur(70), notes=(old, entered("2026-11-18", WON))),
        deal("gone", LOST, notes=(old, entered("2026-11-16", LOST))),
        deal("on", TALKS, notes=(old, entered("2026-11-17", OFFER), entered("2026-11-19", TALKS))),
        deal("still", OFFER, notes=(old, entered("2026-11-15", OFFER))),
    )
    assert (view.since.day, view.since.day_text) == ("2026-11-16", "Mon 16 Nov")
    assert [
        (kind.title, kind.number, [(one.deal.text, one.how) for one in kind.deals])
        for kind in view.since.kinds
    ] == [
        ("Won", "1", [("Sold", "€70")]),
        ("Lost", "1", [("Gone", "")]),
        ("Entered", "1", [("New", "")]),
        ("Moved", "1", [("On", "Lead → Talks")]),
    ]
    quiet = rendered("overview.html", shown(deal(next=LATER)))
    assert "No deal entered, was won or lost, moved or slipped, and no step was done." in quiet


def test_steps_that_were_done_since_monday_are_told_each_with_its_note() -> None:
    before = tick("2026-11-15", NEED)
    (told,) = shown(deal("a", notes=(before, tick("2026-11-17", NEED, MAP)))).since.kinds
    path = "deals/a.html#note-2026-11-17"
    assert told == Kind("Steps done", "1", (Happened(Link("A", path), "Map"),), "")
    many = [deal(f"d{n}", notes=(tick("2026-11-16", NEED, MAP),)) for n in range(4)]
    *_, told = shown(*many).since.kinds  # after those that entered
    assert (told.number, len(told.deals), told.more) == ("8", 6, "and 2 more")


def test_open_stages_have_bars_from_zero_and_add_up() -> None:
    view = shown(
        deal("a", LEAD, value=eur(100)),
        deal("b", OFFER, value=eur(400)),
        deal("c", WON, value=eur(999)),
    )
    (rows,) = view.pipelines
    assert [(r.name, r.deals, r.value, r.share) for r in rows.stages] == [
        ("Lead", "1", "€100", "25.0"),
        ("Offer", "1", "€400", "100.0"),
        ("Talks", "0", "", "0"),
    ]
    assert (rows.count, rows.value, rows.expected) == ("2", "€500", "€210")


def test_where_nothing_open_has_a_value_the_bars_are_of_deals() -> None:
    (rows,) = shown(deal("a", LEAD), deal("b", OFFER), deal("c", OFFER)).pipelines
    assert [(r.deals, r.value, r.share) for r in rows.stages] == [
        ("1", "", "50.0"), ("2", "", "100.0"), ("0", "", "0"),
    ]  # fmt: skip


def test_what_was_won_stands_beside_its_target() -> None:
    won = deal("a", WON, value=eur(50), notes=(note("2026-10-05", "stage", stage=WON),))
    earlier = deal("b", WON, value=eur(70), notes=(note("2026-02-05", "stage", stage=WON),))
    targets = (Target("2026-Q4", eur(200)), Target("2026-Q4", eur(1), SCHEMA.team["otto"]))
    view = shown(won, earlier, targets=targets)
    quarter, year = view.won
    assert (quarter.period, quarter.won, quarter.target) == ("2026-Q4", "€50", "€200")
    assert (quarter.share, quarter.percent) == ("25.0", "25%")
    assert (year.period, year.won, year.deals, year.target) == ("2026", "€120", "2 deals", "")
    assert [one.id for one in view.won_deals] == ["a"]
    assert (quarter.path, year.path) == (
        "forecast-2026-Q4.html#won",
        "forecast-2026.html#won",
    )
    assert view.won_more.text == ""
    (worthless, _) = shown(replace(won, value=None)).won
    assert (worthless.won, worthless.deals) == ("1 deal", "it has no value")
    many = [replace(won, id=f"w{n}") for n in range(SHOWN + 2)]
    assert shown(*many).won_more[:2] == ("2 more", "forecast-2026-Q4.html#won")
    assert shown().won[0].path == ""


def test_a_stage_is_told_with_how_long_it_lasts_where_that_is_known() -> None:
    unknown = deal("a", TALKS)
    known = deal("b", TALKS, notes=(note("2026-11-10", "stage", stage=TALKS),))
    tasks = shown(unknown, known).attention.desks[0].tasks
    assert [task.what for task in tasks] == ["in Talks for 10 days", "in Talks"]


def test_on_a_phone_too_what_was_won_says_what_it_covers() -> None:
    entered = (note("2026-10-05", "stage", stage=WON),)
    view = shown(deal("a", WON, value=eur(50), notes=entered), deal("b", WON, notes=entered))
    html = rendered("overview.html", view)
    assert '<a href="forecast-2026-Q4.html#won">€50</a> (1 of 2) won in 2026-Q4<br>' in html


def test_the_numbers_of_a_stage_lead_to_its_deals() -> None:
    html = rendered("overview.html", shown(deal("a", LEAD, value=eur(700))))
    for label, number in (("Deals", "1"), ("Value", "€700"), ("Expected", "€70")):
        start = f'<td class="num" data-label="{label}">'
        assert f'{start}<a href="deals-sales.lead.html">{number}</a></td>' in html


def test_a_target_in_another_currency_is_no_share() -> None:
    won = deal("a", WON, value=eur(50), notes=(note("2026-10-05", "stage", stage=WON),))
    quarter = shown(won, targets=(Target("2026-Q4", eur(200, "CHF")),)).won[0]
    assert quarter.percent == "0%" and quarter.share == str(Decimal(0))


def test_a_target_with_a_rate_is_measured_as_the_forecast_does() -> None:
    won = deal("a", WON, value=eur(90), notes=(note("2026-10-05", "stage", stage=WON),))
    targets = (Target("2026-Q4", eur(200, "USD")),)
    quarter = shown(won, targets=targets).won[0]
    assert (quarter.target, quarter.percent, quarter.share) == ("$200", "50%", "50.0")
    made = forecast(context(journal(won, schema=replace(SCHEMA, targets=targets)), TODAY))
    row = next(row for row in made.table.rows if row.is_current)
    assert row.reached.share == quarter.percent


def test_needs_are_counted_as_on_the_stale_page_and_named_once() -> None:
    deals = (
        deal("a", LEAD, created=day("2026-10-01"), close=day("2026-11-01")),
        deal("b", LEAD, created=day("2026-10-01"), next=planned("2026-11-01")),
        deal("c", LEAD, created=day("2026-10-01"), next=LATER),
        deal("d", PARKED, wake=TODAY),
        deal("e", TALKS),
    )
    view = shown(*deals)
    of_stale = {r.reason: r.number for r in stale(context(journal(*deals), TODAY)).counts}
    assert set(counts(view)) == {f"{name}: {count}" for name, count in of_stale.items()}
    assert desks(view) == {"Maria Lopez": ["B", "D", "A", "C", "E"]}
    a = view.attention.desks[0].tasks[2]
    assert (a.word, a.also) == (
        "close passed",
        "no contact for 50 days (21 days allowed); no next step",
    )


def test_the_newest_notes_of_the_journal_lead_to_where_they_stand() -> None:
    notes = (note("2026-11-01", "call"), note("2026-11-03", "email"), note("2026-11-03", "gift"))
    jane = Contact("jane-roe", "contacts/jane-roe.md", "Jane", notes=(note("2026-11-02", "news"),))
    made = Journal(SCHEMA, (deal(notes=notes),), (jane,))
    recent = overview(context(made, TODAY)).recent
    assert [(n.kind, n.home.path) for n in recent] == [
        ("Gift", "deals/d.html#note-2026-11-03-2"),
        ("Email", "deals/d.html#note-2026-11-03"),
        ("News", "contacts/jane-roe.html#note-2026-11-02"),
        ("Call", "deals/d.html#note-2026-11-01"),
    ]


DAYS = st.lists(st.dates(day("2026-11-01"), day("2026-11-20")).map(str), max_size=20)


@given(st.lists(DAYS, max_size=20))
def test_the_newest_notes_are_those_of_the_last_days(files: list[list[str]]) -> None:
    deals = [
        deal(f"d{n}", notes=tuple(note(one, "call") for one in sorted(days)))
        for n, days in enumerate(files)
    ]
    found = [(n.day, n.home.path) for n in shown(*deals).recent]
    assert [on for on, _ in found] == sorted(chain.from_iterable(files), reverse=True)[:RECENT]
    assert len(set(found)) == len(found)


def test_the_page_shows_it_all() -> None:
    html = rendered("overview.html", shown(deal(title="A & B", value=eur(10))))
    assert "A &amp; B" in html and 'href="board-sales.html"' in html and "No notes yet" in html
    empty = rendered("overview.html", shown())
    assert "No deals yet" in empty and "Nothing needs" not in empty
