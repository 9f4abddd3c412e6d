"""What the forecast page says of where the quarter lands, recomputed from its figures."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

import pytest

from site_builder.forecast.arrivals import NotYet
from site_builder.forecast.drift import Drift
from site_builder.forecast.figures import Forecast, forecast
from site_builder.forecast.frame import frame
from site_builder.forecast.landing import Moved
from site_builder.forecast.lessons import backtest
from site_builder.forecast.replay import Replay, Week
from site_builder.forecast.timing import Slip, Timing
from site_builder.forecast.used import Used
from site_builder.insights.insights import Insights
from site_builder.insights.totals import Totals
from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.money import Money
from site_builder.journal.pipeline import ENDED, Stage
from site_builder.journal.schema import Target
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.deal import deal_page
from site_builder.pages.forecast import forecast as page
from site_builder.pages.forecast_belief import PAGE as BELIEF_PAGE
from site_builder.pages.forecast_belief import forecast_belief
from site_builder.pages.forecast_belief_words import arrivals_words, learned_percent, percent
from site_builder.pages.forecast_each import forecast_each, pages
from site_builder.pages.forecast_landing import (
    beliefs,
    drifted,
    expecting,
    landings,
    moved,
    tells,
    used,
)
from site_builder.pages.forecast_landing import lands as landed
from site_builder.pages.forecast_lists import lists
from site_builder.pages.forecast_period import forecast_period
from site_builder.pages.forecast_replay import replay_sections
from site_builder.pages.forecast_signals import counted_words
from site_builder.pages.forecast_slips import timing_sections
from site_builder.pages.forecast_told import Told
from site_builder.pages.links import deal_path, forecast_page
from site_builder.pages.sheet import Section
from tests import worlds
from tests.by_hand import (
    LOST,
    OFFER,
    PARKED,
    SCHEMA,
    TODAY,
    WON,
    context,
    day,
    deal,
    eur,
    journal,
    note,
    rendered,
)
from tests.worlds import world

BELOW = "All that 2026-Q4 can bring by these estimates is below the target"
INTO = "€5 of what is expected comes from deals with another date or none"
OUT = "€7 of what its own would bring is expected at other times"
UNSEEN = "No deal alone changes what is expected by so much that it can be seen"
UNSEEN_ENDS = "no notes date how a deal of its pipeline was won or lost, clean-ups aside"
UNTIL = dt.date.fromordinal(worlds.end_of(3) - 60)


@pytest.fixture(scope="module")
def learned() -> Journal:
    """A journal whose history helps, with a target and closes in this quarter and the next."""
    closes = {f"d{n:05}": UNTIL + dt.timedelta(9 + n % 7 * 12) for n in range(300)}
    made = worlds.journal(
        tuple(c for one in world(worlds.fading, 300, 3) if (c := one.until(UNTIL.toordinal()))),
        lambda one: replace(one, value=eur(100 + int(one.id[1:])), close=closes[one.id]),
    )
    quarter = f"{UNTIL.year}-Q{(UNTIL.month + 2) // 3}"
    return replace(made, schema=replace(SCHEMA, targets=(Target(quarter, eur(2_500)),)))


@pytest.fixture(scope="module")
def shown(learned: Journal) -> Context:
    return Context(Insights(learned, UNTIL))


@pytest.fixture(scope="module")
def figures(learned: Journal) -> Forecast:
    return forecast(Insights(learned, UNTIL))


def compact(amount: str | None) -> str:
    assert amount is not None
    return formats.compact(Money(Decimal(amount), "EUR"))


def test_the_sentence_tells_the_range_the_middle_and_the_chance(
    shown: Context, figures: Forecast
) -> None:
    view = page(shown)
    (now,) = [one for one in figures.periods if one.period == view.quarter]
    assert view.lands.sentence == (
        f"{compact(now.p10)} to {compact(now.p90)} in eight of ten cases, {compact(now.p50)} in the "
        f"middle. The target is reached in {percent(now.chance)}."
    )
    html = rendered("forecast.html", view)
    assert (
        html.index(view.lands.sentence)
        < html.index('class="chart"')
        < html.index("What decides it")
    )
    assert html.index("What decides it") < html.index("How sure it is") < html.index("By quarter")


def test_what_is_expected_is_so_by_the_estimator_that_counts(
    shown: Context, figures: Forecast
) -> None:
    """The first sentence, the table and the chart go by the same as the range."""
    view, found = page(shown), shown.once(landings)
    now = found[view.quarter]
    whole = formats.compact(Money(now.won + now.expected, "EUR"))
    expected = formats.compact(Money(now.expected, "EUR"))
    assert f"{expected} expected by your history" in view.answer.lead
    assert f", {formats.percent((now.won + now.expected) / 2_500)} of the €2.5k" in view.answer.lead
    assert view.answer.lead.count(whole) == bool(now.won)
    assert f"{formats.rounded(Money(now.expected, 'EUR'))} expected in" in view.chart
    assert 'data-figure="coming"' not in rendered("forecast.html", view)
    by_label = {row.label: row for row in view.table.rows}
    coming = [one for one in figures.periods if one.deals and one.weighted.learned]
    assert len(coming) == 2
    for one in coming:
        row, land = by_label[one.period or ""], found[one.period or ""]
        assert row.coming.text == formats.rounded(Money(land.won + land.expected, "EUR"))
        learned = Money(Decimal(one.weighted.learned or 0), "EUR")
        assert row.learned.text == formats.rounded(learned)
    for row in page(shown).table.rows:
        is_loose = row.kind in ("loose", "sum")
        assert row.learned.until == ("in 90 days" if is_loose and row.learned.text else "")
        none = row.deals._replace(text="")
        loose = replace(row, deals=none, won=none, coming=none, target="")
        assert loose.is_empty == (not row.learned.text)


def test_the_chart_has_the_range_of_each_quarter_to_come(shown: Context, figures: Forecast) -> None:
    coming = [one for one in figures.periods if one.deals]
    assert len(coming) == 2
    for one in coming:
        assert f"likely {compact(one.p10)} to {compact(one.p90)}<" in page(shown).chart


def test_the_deals_that_decide_are_told_with_what_they_do_to_the_chance(
    shown: Context, figures: Forecast
) -> None:
    view = page(shown)
    (now,) = [one for one in figures.periods if one.period == view.quarter]
    assert now.chance is not None and len(view.lands.deciding) == 5
    by_title = {one.id.title: one for one in figures.deals}
    for row in view.lands.deciding:
        one = by_title[row.title]
        assert (row.by, row.path) == (one.used, f"deals/{one.id.id}.html")
        assert row.value == f"€{one.value}".removesuffix(".00")
        won, lost = (int(re.sub(r"\D", "", text)) for text in (row.if_won, row.if_lost))
        assert lost <= now.chance * 100 + 1 and won >= now.chance * 100 - 1
    assert view.lands.asked == "Chance of the target"


def test_it_says_whose_probabilities_count_why_and_how_right_they_were(
    shown: Context, figures: Forecast
) -> None:
    counts, verdict, *more = page(shown).lands.believing
    (choice,) = figures.choices
    assert choice.order[0] == "learned"
    assert counts == (
        "By what your history has taught, which did best 90 days ahead in "
        f"{formats.days(choice.n).removesuffix(' days')} past forecasts."
    )
    assert verdict == backtest(Insights(shown.journal, UNTIL)).verdict.brief
    assert verdict.startswith("History helps")
    further, not_yet = more
    assert further.startswith("What was learned of 2023, further off than 180 days, leans on")
    (now,) = [one for one in figures.periods if one.not_yet and one.period == page(shown).quarter]
    assert now.not_yet is not None
    assert f"brought {now.not_yet.deals:.1f} wins on average" in not_yet
    assert f"({now.not_yet.won} of {now.not_yet.of} wins)" in not_yet
    many = arrivals_words(NotYet(4, 1517.8, 2071, 4166, None), "EUR").replace("\u202f", " ")
    assert "brought 1 517.8 wins on" in many and "(2 071 of 4 166 wins)" in many


def test_a_period_of_its_own_tells_it_too(shown: Context, figures: Forecast) -> None:
    every = shown.once(lists)
    for one in figures.periods:
        assert one.period is not None
        if one.period not in every:
            continue
        told = forecast_period(shown, every[one.period]).lands
        assert bool(told) == bool(one.deals)
        if told:
            assert told[0].startswith(f"{compact(one.p10)} to {compact(one.p90)} in eight")
            assert told[0] in rendered(
                "forecast_period.html", forecast_period(shown, every[one.period])
            )


def test_the_page_that_says_how_much_to_believe(shown: Context) -> None:
    sheet = forecast_belief(shown)
    found = backtest(Insights(shown.journal, UNTIL))
    helps, proof, came = found.verdict
    assert (sheet.answer, sheet.rule) == (f"{helps} {came}", proof)
    assert str(found.verdict) == f"{helps} {proof} {came}" and proof.startswith("Brier scores")
    sections = {one.anchor: one for one in sheet.sections}
    assert list(sections) == ["counts", "scores", "ahead", "reliability", "signals", "quarters"]
    assert sections["signals"].answer == counted_words(found.signals[0])
    (scores,) = sections["scores"].tables
    said = {row.head.text: [cell.text for cell in row.cells] for row in scores.rows}
    learned = found.predictors["learned"]
    assert said["What your history has taught"] == [
        f"{learned.brier:.3f}", f"{learned.log_loss:.3f}", f"{learned.expected:.1f}",
        str(learned.actual), f"{learned.n:,}".replace(",", "\u202f"),
    ]  # fmt: skip
    (bins,) = sections["reliability"].tables
    tenths = [one for one in found.reliability if one.predictor == "learned"]
    assert [row.id for row in bins.rows] == [f"from-{one.low * 100:.0f}" for one in tenths]
    assert [row.cells[1].text for row in bins.rows] == [f"{one.actual:.0%}" for one in tenths]
    for row, one in zip(bins.rows, tenths, strict=True):
        won, n = (f"{count:,}".replace(",", "\u202f") for count in (one.won, one.n))
        assert row.cells[1].aside.startswith(f"{won} of {n}; ")
    drawing = str(sections["reliability"].drawing)
    assert drawing.count("<circle") == len(tenths)
    for row in bins.rows:
        assert f'href="forecast-belief.html#{row.id}"' in drawing
        share, of = row.cells[1].text, row.cells[1].aside.partition(" of ")[2]
        came = f"{share} of {of.replace('; ', ' came true (')})"
        assert f"<title>{row.head.text} said: {came}</title>" in drawing
    html = rendered("sheet.html", sheet)
    assert all(f'id="{row.id}"' in html for row in bins.rows)


@pytest.mark.parametrize(
    ("ones", "is_asked"),
    [
        ([(39, 36)], False),
        ([(39, 36), (60, 36)], True),
        ([(23, 44)], False),
        ([(20, 0)], False),
    ],
)
def test_to_look_whether_it_still_is_true_is_said_where_many_more_were_expected(
    ones: list[tuple[float, int]], is_asked: bool, shown: Context
) -> None:
    known = Context(shown.insights)
    found = tuple(Drift(30, expected, came, 99) for expected, came in ones)
    known._made.update({**shown._made, drifted: found})
    (section,) = [one for one in forecast_belief(known).sections if one.anchor == "ahead"]
    assert ("used to be true still is." in section.rule) == is_asked


def tenths(number: float) -> str:
    return str(Decimal(str(number)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def test_past_quarters_are_told_as_their_figures_are(shown: Context, figures: Forecast) -> None:
    (section,) = [one for one in forecast_belief(shown).sections if one.anchor == "quarters"]
    late, older = section.tables
    assert len(late.rows) == 8 and not late.closed
    assert older.closed == f"What was said of the {len(older.rows)} quarters before"
    assert (
        str(section.drawing).count("<li>") == 8
        and " The last 8 quarters are drawn. " in section.rule
    )
    for row, one in zip((*older.rows, *late.rows), figures.replays, strict=True):
        said = {week.before: week.said for week in one.weeks}
        assert [cell.text for cell in row.cells] == [
            *(tenths(said[before]) for before in (13, 8, 4, 1)), str(one.came), str(one.new)
        ]  # fmt: skip
    held = sum(one.weeks[0].is_held for one in figures.replays)
    sure = re.escape(f" in {held} of {len(figures.replays)} quarters (") + r"\d+ to \d+%\)$"
    assert re.search(sure, section.answer)


def test_figures_of_many_deals_are_grouped_and_new_deals_told_apart() -> None:
    weeks = tuple(Week(before, 0, 1234.56, 1000, 900.0, 1500.0) for before in range(13, -1, -1))
    (section,) = replay_sections([Replay("2026-Q3", 1300, 300, weeks)])
    assert [cell.text for cell in section.tables[0].rows[0].cells] == [
        *["1\u202f234.6"] * 4, "1\u202f300", "300",
    ]  # fmt: skip
    assert "1\u202f235 said at first, 1\u202f300 came, 300 of them new" in section.drawing
    assert section.answer == (
        "what came of open deals lay in the range of eight of ten cases said at first, in 1 of 1 "
        "quarter (21 to 100%)"
    )
    (many,) = replay_sections([Replay("2024-Q3", 1, 0, weeks)] * 9)
    assert many.tables[1].closed == "What was said of the quarter before"


def test_where_no_deal_has_ended_a_range_is_given_and_that_nothing_is_proven() -> None:
    made = context(journal(deal("a", OFFER, value=eur(10), close=day("2026-12-01"))))
    view, said = page(made), forecast(made.insights)
    assert view.lands.sentence == (
        "€0 to €10 in eight of ten cases, €0 in the middle. Nothing is proven yet, for no deal has "
        "been won or lost."
    )
    (now,) = [one for one in said.periods if one.period == view.quarter]
    assert (now.p10, now.p50, now.p90) == ("0.00", "0.00", "10.00")
    assert view.lands.believing == (
        (
            "By own estimates, or else stage percentages, for there are no past forecasts yet to "
            "choose by."
        ),
        "Nothing is proven yet, for no deal has been won or lost.",
    )
    assert "How sure it is" in rendered("forecast.html", view)
    sheet = forecast_belief(made)
    assert sheet.sections == ()
    assert sheet.empty.startswith("Too few to say.")
    bare = page(context(journal()))
    assert bare.lands.believing == () and "How sure" not in rendered("forecast.html", bare)


def test_what_if_can_be_asked_where_no_deal_alone_changes_the_chance() -> None:
    schema = replace(SCHEMA, targets=(Target("2026-Q4", eur(1_000)),))
    sold = deal("w", WON, (note("2026-10-05", "stage", stage=WON),), value=eur(5))
    open = deal("a", OFFER, value=eur(10), close=day("2026-12-01"))
    view = page(context(journal(sold, open, schema=schema)))
    assert view.lands.sentence.endswith("The target is reached in 0%.") and not view.lands.deciding
    drawn = rendered("forecast.html", view)
    assert f"<p>{BELOW}.</p>" in drawn and "<div data-what-if></div>" in drawn
    bare = replace(open, value=None)
    for told in (open, sold, bare):
        drawn = rendered("forecast.html", page(context(journal(told))))
        assert ("data-what-if" in drawn) is (told is open)


def test_deals_decide_that_move_what_is_asked_by_what_can_be_seen() -> None:
    sold = deal("w", WON, (note("2026-10-05", "stage", stage=WON),), value=eur(95))
    likely = deal("b", OFFER, value=eur(200), close=day("2026-12-01"), probability=Decimal("0.994"))
    small = deal("a", OFFER, value=eur(10), close=day("2026-12-01"), probability=Decimal("0.5"))
    for target, decide, why in (
        (100, [("B", "100%", "50%")], ""),
        (90, [], "The target is reached by what is won, whatever becomes of the open deals."),
        (400, [], f"{BELOW}."),
        (305, [("A", "over 99%", "0%"), ("B", "50%", "0%")], ""),
        (None, [("A", "€304", "€294"), ("B", "€300", "€100")], ""),
    ):
        targets = (Target("2026-Q4", eur(target)),) if target else ()
        schema = replace(SCHEMA, targets=targets)
        found = page(context(journal(sold, likely, small, schema=schema))).lands
        assert [(one.title, one.if_won, one.if_lost) for one in found.deciding] == decide
        assert not why or found.undecided == why
    sure, bare = replace(likely, probability=Decimal(1)), replace(small, value=None)
    for deals, target, why in (
        ((sure, small), 250, "By these estimates it is certain that the target is reached."),
        (
            (replace(likely, probability=Decimal(0)), bare),
            250,
            f"{BELOW}; 1 open deal without a value.",
        ),
        (
            (bare, replace(small, id="c", value=eur(9, "XAF"))),
            None,
            f"{UNSEEN}; 2 open deals without a value or a rate.",
        ),
    ):
        targets = (Target("2026-Q4", eur(target)),) if target else ()
        found = page(context(journal(sold, *deals, schema=replace(SCHEMA, targets=targets)))).lands
        assert (found.deciding, found.undecided) == ((), why)
    cents = replace(likely, value=Money(Decimal("39566.96"), "EUR"))
    other = replace(small, value=Money(Decimal("166240.43"), "EUR"))
    schema = replace(SCHEMA, targets=(Target("2026-Q4", Money(Decimal("205807.39"), "EUR")),))
    found = page(context(journal(cents, other, schema=schema))).lands
    assert [(one.if_won, one.if_lost) for one in found.deciding] == [
        ("over 99%", "0%"),
        ("50%", "0%"),
    ]
    schema = replace(SCHEMA, targets=(Target("2026-Q4", eur(90)),))
    found = page(context(journal(sold, replace(small, value=eur(-10)), schema=schema))).lands
    assert (
        found.sentence
        == "€85 to €95 in eight of ten cases, €85 in the middle. The target is reached in 50%."
    )
    assert [(one.if_won, one.if_lost) for one in found.deciding] == [("0%", "100%")]
    many = [deal(f"{n}", OFFER, value=eur(1), close=day("2026-12-01"), probability=Decimal("0.5"))
            for n in range(14)]  # fmt: skip
    schema = replace(SCHEMA, targets=(Target("2026-Q4", eur(101)),))
    found = page(context(journal(sold, likely, *many, schema=schema))).lands
    assert [one.title for one in found.deciding] == ["B"]
    rare = [replace(one, probability=Decimal("0.1")) for one in many]
    schema = replace(SCHEMA, targets=(Target("2026-Q4", eur(109)),))
    found = page(context(journal(sold, *rare, schema=schema))).lands
    assert found.sentence.endswith("in under 1%.") and not found.deciding
    assert found.undecided == "The target is reached in under 1%, whatever becomes of any one deal."
    less = replace(small, value=eur(-10))
    for given in (sure, less), (less, replace(likely, probability=Decimal("0.5"))):
        schema = replace(SCHEMA, targets=(Target("2026-Q4", eur(295)),))
        found = page(context(journal(sold, *given, schema=schema))).lands
        assert found.sentence.endswith(("reached in 50%.", "reached in 25%."))
    nearly = replace(likely, probability=Decimal("0.999999"))
    found = page(context(journal(sold, nearly, small, schema=schema))).lands
    assert found.sentence.endswith("over 99%.") and found.deciding[0].if_won == "100%"


def test_a_period_says_how_many_open_deals_it_lacks() -> None:
    """Of what has neither a close date nor a dated stage nothing tells when it is won."""
    ends = [
        deal(f"e{n}", end, (note("2026-07-01", "stage", stage=OFFER),
                            note(f"2026-07-{n + 9:02}", "stage", stage=end)))
        for n, end in enumerate([WON, LOST] * 5)
    ]  # fmt: skip
    placed = deal("a", OFFER, (note("2026-10-01", "stage", stage=OFFER),), value=eur(9))
    found = page(context(journal(*ends, placed, deal("b", OFFER, value=eur(9)))))
    assert "2026-Q4 lacks 1 of 2 open deals: nothing tells when." in found.lands.believing


def test_a_period_in_which_nothing_is_dated_says_how_many_of_what_it_can_win_have_a_value() -> None:
    begun = note("2026-07-01", "stage", stage=OFFER)
    ends = [
        deal(f"e{n}", end, (begun, note(f"2026-07-{n + 9:02}", "stage", stage=end)))
        for n, end in enumerate([WON, LOST] * 5)
    ]
    open = [deal(f"o{n}", OFFER, (begun,), value=eur(9) if n else None) for n in range(3)]
    dated = replace(open[1], id="d", close=day("2026-12-01"))
    for more, of in ([], "2 of 3"), ([deal("n", OFFER)], "2 of 4"), ([dated], ""):
        view = page(context(journal(*ends, *open, *more)))
        (row,) = [one for one in view.table.rows if one.label == "2026-Q4"]
        assert (row.learned.of, row.coming.of) == (of, of)
        assert not of or f"({of}; " in view.answer.lead


def test_on_the_last_day_of_a_quarter_it_says_what_the_next_brings() -> None:
    sold = deal("w", WON, (note("2026-08-05", "stage", stage=WON),), value=eur(5))
    open = deal("a", OFFER, value=eur(10), close=day("2026-12-01"))
    for today, said in ("2026-09-30", "2026-Q4: €5 expected"), ("2026-09-29", "€10 open"):
        view = page(Context(Insights(journal(sold, open), day(today))))
        assert view.opened[0].text.startswith(said)


@pytest.mark.parametrize(
    ("into", "out", "said"),
    [
        (5, 7, f"{INTO}, and {OUT}."),
        (5, 0, f"{INTO}."),
        (0, 7, f"{OUT}."),
        (0, 0, ""),
    ],
)
def test_what_slipped_dates_move_is_told_where_it_is_anything(
    into: int, out: int, said: str, shown: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Used, "keeps_dates", False)
    found = next(iter(shown.once(landings).values()))
    found = found._replace(moved=Moved(Totals((eur(into),)), Totals((eur(out),))))
    told = moved(found, shown.facts(frame), shown.once(used))
    assert told == (said and f"As far as past close dates slipped, {said}")


def test_what_slipped_dates_move_is_told_in_all_currencies(
    shown: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Used, "keeps_dates", False)
    both = Totals((eur(5), eur(1218, "CHF"))), Totals((eur(0), eur(7, "CHF")))
    found = next(iter(shown.once(landings).values()))._replace(moved=Moved(*both))
    francs = formats.compact(eur(1218, "CHF")), formats.compact(eur(7, "CHF"))
    into, out = INTO.replace("€5", f"€5 + {francs[0]}"), OUT.replace("€7", francs[1])
    told = moved(found, shown.facts(frame), shown.once(used))
    assert told == f"As far as past close dates slipped, {into}, and {out}."


def test_of_each_deal_it_is_told_what_moved_what_was_learned_of_it(shown: Context) -> None:
    known = Context(shown.insights)
    told = Told({"sales": ("two-way",)}, shown.insights.past, UNTIL)
    known._made.update({**shown._made, tells: told})
    known._made.pop(landed, None)
    rows = page(known).lands.deciding
    assert rows and {one.told for one in rows} == {"no two-way contact yet"}
    assert {one.told for one in page(shown).lands.deciding} == {""}
    html = rendered("forecast.html", page(known))
    assert html.count('<span class="told">no two-way contact yet</span>') == len(rows)
    now = known.once(lists)[page(known).quarter]
    opened = [(deal, group.name) for side in forecast_period(known, now).sides
              for group in side.groups for deal in group.open]  # fmt: skip
    for one, _ in opened:
        chance = shown.once(used).probability(shown.journal.deals_by_id[one.id], now.bucket.period)
        assert one.told == f"by your history {chance:.0%} in {now.name}: no two-way contact yet"
        assert one.learned_percent == percent(chance)
    assert opened and 'class="told">by your' in rendered(
        "forecast_period.html", forecast_period(known, now)
    )
    assert not any(one.told for side in forecast_period(shown, now).sides
                   for group in side.groups for one in group.open)  # fmt: skip


def test_each_deal_has_its_chances_where_its_page_and_no_other_leads(
    shown: Context, figures: Forecast
) -> None:
    said = {one.id.id: one for one in figures.deals}
    heaps = Context(shown.insights, has_heaps=True)
    for known, least in ((shown, 1), (heaps, 10)):
        found = {
            f"../{forecast_page(number)}#{row.anchor}": (row, opened)
            for number, deals in known.once(pages).items()
            for row, opened in [
                (row, next(one for one in deals if row.path == deal_path(one)))
                for row in forecast_each(known, number).deals
            ]
        }
        assert len({path.partition("#")[0] for path in found}) >= least
        assert {opened.id for _, opened in found.values()} == said.keys()
        for path, (row, opened) in found.items():
            one = said[opened.id]
            assert deal_page(known, opened).forecast == path
            assert row.within == tuple(
                learned_percent(one.within[days]) for days in ("30", "90", "180")
            )
            assert row.eventually == learned_percent(one.within["eventually"])
            counts = one.used if opened.stage.is_open else ""
            assert (row.n, row.used) == (f"{one.n}", counts)
        assert {
            deal_page(known, ended).forecast
            for ended in known.journal.deals if ended.stage.type in ENDED
        } == {""}  # fmt: skip
    view = forecast_each(shown, 1)
    expected = sum(one.within["90"] or 0 for one in figures.deals)
    wins = f"{expected:.1f}" if expected < 10 else f"{expected:.0f}"
    assert f" taught {wins} wins of {len(said)} open deals are expected in 90 days" in view.answer
    counts_for_some = "learned" in {one.used for one in figures.deals}
    assert view.answer.endswith(" It counts for none of them.") is not counts_for_some
    html = rendered("forecast_each.html", view)
    assert all(f'<tr id="deal-{id}">' in html for id in said)


def test_a_list_has_what_was_learned_and_marks_what_counts(
    shown: Context, figures: Forecast
) -> None:
    said = {one.id.id: one for one in figures.deals}
    view = forecast_period(shown, shown.once(lists)["of-maria"])
    (side,) = [one for one in view.sides if one.anchor == "open"]
    periods = {bucket.label: bucket.period for bucket in shown.facts(frame).quarters}
    for group in side.groups:
        brought = Decimal(0)
        for row in group.open:
            period = periods[group.anchor.removeprefix("open-")]
            chance = shown.once(used).probability(said[row.id].id, period)
            worth = Decimal(said[row.id].value or 0) * Decimal(str(chance))
            brought += worth
            assert row.learned_percent == percent(chance)
            assert row.by_learned == formats.rounded(Money(worth, "EUR"))
            assert row.by == said[row.id].used
        assert group.sums.by_learned.text == formats.rounded(Money(brought, "EUR"))
    html = rendered("forecast_period.html", view)
    counting = sum(one.used == "learned" for one in figures.deals)
    assert html.count("<b>") == counting > 5
    assert "of the period that it stands under" in html


def test_what_was_learned_is_of_the_period_of_a_list_and_adds_up_to_its_sum(shown: Context) -> None:
    """Of all lists; what has no period is summed up in 90 days, and groups have their own."""

    def read(text: str) -> int:
        return int(re.sub(r"[^0-9]", "", text) or "0")

    known, headed, own = shown.once(used), 0, shown.once(lists)["of-maria"]
    only = next(one for one in own.groups if one.period and one.parts)
    alone = replace(own, bucket=replace(only, period=None), groups=(only,))
    for found in (*shown.once(lists).values(), alone):
        sides = [one for one in forecast_period(shown, found).sides if one.anchor == "open"]
        if not sides or found.why:
            continue
        (side,), whole = sides, Decimal(0)
        for part in found.bucket.parts:
            chance = known.decimal(known.probability(part.deal, found.bucket.period)) or 0
            whole += (part.worth.amount if part.worth else 0) * chance
        assert side.sums.by_learned.text == formats.rounded(Money(whole, "EUR"))
        for group in side.groups:
            rows = [read(one.by_learned) for one in group.open]
            assert found.is_contents or abs(sum(rows) - read(group.sums.by_learned.text)) <= len(
                rows
            )
            in_period = not found.bucket.period and group.anchor.removeprefix("open-")[:1] == "2"
            assert group.name or not in_period, "whose numbers these are"
            headed += in_period and len(side.groups) == 1
        if found.bucket.period:
            parts = [read(group.sums.by_learned.text) for group in side.groups]
            assert abs(read(side.sums.by_learned.text) - sum(parts)) <= len(parts), "but for cents"
            assert side.when == f"What is learned is of {found.name}."
    assert headed


def test_where_nothing_is_learned_a_sentence_says_why_and_no_list_has_a_column_for_it() -> None:
    made = context(journal(deal("a", OFFER, value=eur(10), close=day("2026-12-01"))))
    html = rendered("forecast_each.html", forecast_each(made, 1))
    assert "No deal has been won or lost yet" in html
    for kind in (html, rendered("forecast_period.html",
                                forecast_period(made, made.once(lists)["all"]))):  # fmt: skip
        assert "Eventually" not in kind and "earned<" not in kind and "<b>" not in kind


def test_what_counts_is_said_of_no_parked_deal_for_it_is_in_no_sum() -> None:
    open, asleep = deal("a", OFFER, probability=Decimal("0.4")), deal("b", PARKED)
    own = deal("c", PARKED, probability=Decimal("0.5"))
    ended = deal("l", LOST, (note("2026-10-05", "stage", stage=LOST),))
    for deals in ((open, asleep, own), (open, asleep, own, ended)):
        view = forecast_each(context(journal(*deals)), 1)
        assert {one.title: one.used for one in view.deals} == {"A": "own", "B": "", "C": ""}


@pytest.mark.parametrize(
    ("asked", "counts"), [("best", "own"), ("own", "own"), ("stage", "stage"), ("learned", "")]
)
def test_where_no_deal_has_ended_that_counts_which_is_asked_for(
    asked: Literal["best", "own", "stage", "learned"], counts: str
) -> None:
    schema = replace(SCHEMA, probability_from=asked)
    made = context(journal(deal("a", OFFER, probability=Decimal("0.35")), schema=schema))
    assert [one.used for one in forecast_each(made, 1).deals] == [counts]


def test_where_few_have_ended_it_says_that_they_are_too_few_to_choose_by() -> None:
    ended = deal("l", LOST, (note("2026-10-05", "stage", stage=LOST),))
    sold = deal("w", WON, (note("2026-10-05", "stage", stage=WON),), value=eur(5))
    open = deal("a", OFFER, value=eur(10), close=day("2026-12-01"))
    other = deal("b", OFFER, value=eur(10, "CHF"), close=day("2026-12-01"))
    shown = context(journal(ended, sold, open, other))
    view = page(shown)
    counts, verdict = view.lands.believing
    assert counts == (
        "By own estimates, or else stage percentages, for there are no past forecasts yet to "
        "choose by."
    )
    assert verdict.startswith("Too little is known to judge forecasts")
    assert forecast_belief(shown).answer == verdict
    begun = note("2026-09-01", "stage", stage=OFFER)
    early, lost = deal("e", OFFER, (begun,)), deal("l", LOST, (begun, *ended.notes))
    for deals, ending in (((ended, sold, open), f"learned of any open deal: {UNSEEN_ENDS}."),
                          ((lost, early), " It counts for none of them.")):  # fmt: skip
        each = forecast_each(context(journal(*deals)), 1)
        assert each.answer.endswith(ending)
    assert view.lands.sentence == (
        "€5 to €15 in eight of ten cases, €5 in the middle; 1 open deal without a rate."
    )
    assert (view.lands.asked, view.lands.deciding[0][-2:]) == ("Expected in 2026-Q4", ("€15", "€5"))


def test_a_chance_that_is_not_certain_is_not_told_as_certain() -> None:
    assert [percent(one) for one in (None, 0, 0.001, 0.5, 0.996, 1)] == [
        "", "0%", "under 1%", "50%", "over 99%", "100%",
    ]  # fmt: skip
    learned = [learned_percent(one) for one in (None, 0, 0.001, 0.5, 0.996, 1)]
    assert learned == ["", "under 1%", "under 1%", "50%", "over 99%", "over 99%"]
    assert TODAY.year == 2026


def _ended(*ends: Stage) -> list[Deal]:
    """Deals that came to an end in some weeks, a month apart."""
    return [
        deal(
            f"d{n}",
            end,
            (
                note(f"2026-0{n}-03", "stage", stage=OFFER),
                note(f"2026-0{n + 1}-20", "stage", stage=end),
            ),
        )
        for n, end in enumerate(ends, 1)
    ]


@pytest.mark.parametrize("stage", [PARKED, None])
def test_where_no_deal_is_open_past_forecasts_are_still_judged(stage: Stage | None) -> None:
    notes = note("2026-10-03", "stage", stage=OFFER), note("2026-11-01", "stage", stage=PARKED)
    asleep = [deal("p", PARKED, notes)] if stage else []
    made = context(journal(*_ended(WON, LOST, WON, LOST, WON, LOST), *asleep))
    view = page(made)
    assert view.lands.belief.path == "forecast-belief.html"
    assert list(BELIEF_PAGE.keys(made)) == [""]
    assert (view.lands.sentence, view.lands.asked) == ("", "")
    assert view.lands.believing[0].startswith("Too little is known to judge forecasts")
    assert "How sure it is" in rendered("forecast.html", view)
    if stage:
        (row,) = forecast_each(made, *pages(made)).deals
        assert row.within == ("under 1%",) * 3
        listed = forecast_period(made, made.once(lists)["parked"]).sides[0].groups[0].open
        assert [one.learned_percent for one in listed] == ["under 1%"]


def test_where_all_were_lost_no_page_leads_to_how_forecasts_are_judged() -> None:
    made = context(journal(*_ended(*[LOST] * 6)))
    assert page(made).is_empty and list(BELIEF_PAGE.keys(made)) == []


def test_on_a_phone_too_it_is_said_what_a_deal_decides(shown: Context) -> None:
    html = rendered("forecast.html", page(shown))
    assert 'data-label="Chance of the target if won"' in html and 'data-label="If won"' not in html


def test_where_no_deal_has_a_close_date_nothing_is_said_of_when_they_are_won(
    shown: Context,
) -> None:
    found = shown.once(beliefs)
    (choice,) = found.choices

    def sections(*slips: Slip) -> list[Section]:
        timing = Timing("taught", slips, {"taught": 0.4}, 9)
        return list(timing_sections(replace(found, timings={choice.pipeline.id: timing})))

    undated, dated = Slip("none", 8392.1, 5665, 0.68), Slip("in", 3.0, 2, 0.7)
    assert sections(undated, Slip("in", 0, 0, 1)) == []
    (section,) = sections(undated, dated)
    (table,) = section.tables
    assert table.rows[0].cells[0].text == "8\N{NARROW NO-BREAK SPACE}392.1" and len(table.rows) == 2


def test_where_no_deal_has_a_value_a_period_tells_its_wins() -> None:
    begun = note("2026-03-02", "stage", stage=OFFER)
    sold = deal("w", WON, (begun, note("2026-05-05", "stage", stage=WON)))
    open = deal("a", OFFER, (begun,), close=day("2026-12-01"))
    told, ways = {}, tuple[Literal["learned", "best"], ...](("learned", "best"))
    for way in ways:
        shown = context(journal(sold, open, schema=replace(SCHEMA, probability_from=way)))
        rows = {row.label: row.coming.text for row in page(shown).table.rows}
        told[way] = rows["2026-Q2"], rows["2026-Q4"]
        expected = shown.once(expecting).coming(shown.facts(frame).current).wins
        if way == "learned":
            assert 0 < expected < 1 and rows["2026-Q4"] == f"{expected:.1f} wins"
    assert told["learned"][0] == told["best"][0] == "1 deal" and told["best"][1] == "0.5 wins"


def test_where_nothing_can_come_to_the_quarter_it_has_no_range() -> None:
    """€0 is no range where no deal has a value, and of no deal it can be asked what it decides;
    also where it was learned when deals are won that wake again."""
    ended = [
        replace(one, id=f"{one.id}-{n}")
        for n in range(8)
        for one in _ended(WON, LOST, LOST, WON, LOST)
    ]
    notes = note("2026-10-03", "stage", stage=OFFER), note("2026-11-01", "stage", stage=PARKED)
    asleep, later = deal("p", PARKED, notes), deal("a", OFFER, close=day("2027-03-01"))
    made = context(journal(later, asleep, *ended))
    assert made.once(used).shares and not made.once(used).coming(
        made.facts(frame).current, made.facts(frame).everything
    )
    view = page(made)
    assert (view.lands.sentence, view.lands.asked, view.lands.undecided) == ("", "", "")
    assert "2026-Q4" not in view.lands.ranges


def test_the_lines_of_past_quarters_are_explained(shown: Context) -> None:
    (section,) = [one for one in forecast_belief(shown).sections if one.anchor == "quarters"]
    assert section.rule.startswith("The line is what was said, the dashes what came.")
