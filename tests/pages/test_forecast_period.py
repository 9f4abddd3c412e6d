"""Each list of the forecast's deals adds up to the figure that leads there, recomputed from raw
files by other means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.journal.deal import Deal
from site_builder.journal.schema import Target
from site_builder.pages.forecast_lists import PER_PAGE, DealList, lists
from site_builder.pages.forecast_period import ForecastPeriod, forecast_period
from site_builder.pages.registry import all_pages, site_context
from site_builder.site.render import Renderer
from tests.by_hand import (
    LEAD,
    OFFER,
    OTTO,
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
    rendered,
)
from tests.pages.test_sums import CHANCE, RATES, STAGE_CHANCE, files, raw, summed
from tests.sites import read, words

WHOLE = dict.fromkeys("abcdefghijkl", "1")
WEIGHTS = {
    "Open": WHOLE,
    "By": STAGE_CHANCE,
    "Own": CHANCE,
    "Won": WHOLE,
    "Together": {**WHOLE, **CHANCE},
    "Value": WHOLE,
}
CELL = re.compile(
    r'<td class="num[^"]*" data-label="([^"]+)"[^>]*><a href="([^"]+)">([^<]+)</a>', re.DOTALL
)


def site(kind: str) -> Mapping[str, str]:
    """The pages of the forecast of a small journal, some of its deals in categories."""
    made = files(kind)
    for id, category in (("a", "commit"), ("c", "pipeline"), ("e", "commit")):
        text = made[f"deals/{id}.md"]
        made[f"deals/{id}.md"] = text.replace("stage: ", f"category: {category}\nstage: ", 1)
    loaded = read(made)
    renderer = Renderer(site_context(loaded))
    return {
        page.path: renderer.render(page).decode()
        for page in all_pages(loaded)
        if page.path.startswith(("forecast", "index"))
    }


@pytest.fixture(scope="module", params=list(RATES))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def pages(kind: str) -> Mapping[str, str]:
    return site(kind)


def listed(pages: Mapping[str, str], href: str) -> list[str]:
    """The ids of the deals that a link leads to."""
    path, _, anchor = href.partition("#")
    html = pages[path].partition("<main")[2]
    if anchor:
        (begin,) = re.findall(rf'<(section|tbody)[^>]* id="{anchor}"', html)
        html = html.partition(f' id="{anchor}"')[2].partition(f"</{begin}>")[0]
    return re.findall(r'href="deals/(\w+)\.html"', html)


def test_every_figure_leads_to_the_deals_that_add_up_to_it(
    kind: str, pages: Mapping[str, str]
) -> None:
    deals = {deal[0]: deal for deal in raw(kind)}
    followed = set()
    for path in ("forecast.html", "forecast-of-ann.html", "forecast-of-ben.html"):
        for label, href, text in CELL.findall(pages[path]):
            ids = listed(pages, href)
            assert len(ids) == len(set(ids)) > 0
            if label == "Deals":
                assert int(text) == len(ids), (path, href)
                continue
            first = label.split()[0]
            weights = WEIGHTS.get(first, WHOLE)  # a category's are what is open
            found = summed(kind, [deals[id] for id in ids], weights)
            assert words(text) == found, (path, label, href)
            followed.add((label, href))
    assert len(followed) > 60
    assert len({href for _, href in followed}) > 40


def test_the_figures_of_a_list_are_those_that_lead_there(
    kind: str, pages: Mapping[str, str]
) -> None:
    deals = {deal[0]: deal for deal in raw(kind)}
    for path, html in pages.items():
        sides = re.findall(
            '<section class="section" id="(open|won)"(.*?)</section>', html, re.DOTALL
        )
        for side, table in sides:
            ids = re.findall(r'href="deals/(\w+)\.html"', table)
            foot = words(table.partition("<tfoot>")[2].replace('<span class="covers">', "|"))
            assert foot.startswith(f"{len(ids)} deal"), (path, side)
            assert summed(kind, [deals[id] for id in ids]) in foot, (path, side)


def test_no_link_of_the_forecast_or_to_it_is_dead(pages: Mapping[str, str]) -> None:
    for path, html in pages.items():
        for href in re.findall('href="((?:forecast[^"#]*)?(?:#[^"]*)?)"', html):
            target, _, anchor = href.partition("#")
            assert (target or path) in pages, (path, href)
            assert not anchor or f'id="{anchor}"' in pages[target or path], (path, href)


def test_the_overview_leads_to_what_its_figures_are_made_of(
    kind: str, pages: Mapping[str, str]
) -> None:
    deals = {deal[0]: deal for deal in raw(kind)}
    found = re.findall(r'<strong class="num"><a href="([^"]+)">([^<]+)<', pages["index.html"])
    assert [href for href, _ in found] == ["forecast-2026-Q4.html#won", "forecast-2026.html#won"]
    for href, text in found:
        assert words(text) == summed(kind, [deals[id] for id in listed(pages, href)])


DEALS = (
    deal("a", LEAD, value=eur(10_000), close=day("2026-12-10"), probability=Decimal("0.6")),
    deal("b", OFFER, value=eur(20_000), close=day("2027-02-10"), owner=OTTO, category="commit"),
    deal("c", TALKS, value=eur(5_000), close=day("2026-11-10")),
    deal("d", WON, value=eur(30_000), notes=(note("2026-10-05", "stage", stage=WON),)),
    deal("e", PARKED, value=eur(7, "CHF")),
    deal("f", LEAD, category="omitted", value=eur(9_000), close=day("2026-12-10")),
    deal("g", LEAD, value=eur(100, "CHF")),
    deal("h", OFFER, value=eur(40_000), close=day("2100-02-10")),
    deal("i", LEAD, close=day("2026-12-10")),
    deal("j", WON, value=eur(1), notes=(note("2020-10-05", "stage", stage=WON),)),
    deal("k", WON, value=eur(2)),
)
TARGETED = replace(SCHEMA, targets=(Target("2026-Q4", eur(120_000)), Target("2027", eur(1))))


def every(*deals: Deal) -> dict[str, tuple[DealList, ForecastPeriod]]:
    made = context(journal(*deals, schema=TARGETED), TODAY)
    return {id: (found, forecast_period(made, found)) for id, found in lists(made).items()}


def test_every_list_has_its_deals_the_largest_of_a_group_first() -> None:
    found = {
        id: " ".join(
            "".join([d.title for d in group.open] + [d.title for d in group.won])
            for s in v.sides
            for group in s.groups
        )
        for id, (_, v) in every(*DEALS).items()
    }
    assert found == {
        "2026-Q4": "AI D", "2027-Q1": "B", "2026": "AI D", "2027": "B",
        "later": "H", "overdue": "C", "undated": "G", "all": "AI B H C G D",
        "omitted": "F", "parked": "E", "unweighted": "C", "valueless": "I",
        "won-undated": "K", "won-before": "J",
        "of-maria": "AI H C G D", "of-otto": "B",
        "in-commit": "B", "in-no-category": "AI H C G",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("id", "title", "answer"),
    [
        ("2026-Q4", "2026-Q4", "€30k won and €6k expected by own estimates make €36k, 30% of the €120k targeted (2 of 3; one has no value or probability)."),
        ("2026", "2026", "€30k won and €6k expected by own estimates make €36k (2 of 3; one has no value or probability)."),
        ("2027-Q1", "2027-Q1", "€10k expected by stage percentages."),
        ("2027", "2027", "€10k expected by stage percentages, 1000000% of the €1 targeted."),
        ("overdue", "Close date passed", "1 deal open, €5 000."),
        ("of-otto", "Otto Brandt", "1 deal open, €20 000, €10 000 by stage percentages."),
        ("in-commit", "Commit", "1 deal open, €20 000, €10 000 by stage percentages."),
        ("all", "All deals of the forecast", "6 deals open, €75 000 + 100 CHF (5 of 6), €36 000 + 10 CHF (4 of 6) by own estimates and stage percentages; 1 deal won, €30 000."),
        ("parked", "Parked", "1 deal, 7 CHF: asleep, in no sum."),
        ("valueless", "Open without a value", "1 deal: counted, and worth nothing."),
        ("won-before", "Won before Jan 2026", "1 deal, €1: in no sum, for their years are not shown."),
    ],
)  # fmt: skip
def test_a_list_says_what_it_adds_up_to(id: str, title: str, answer: str) -> None:
    _, view = every(*DEALS)[id]
    assert (view.title, view.answer.replace("\u202f", " ")) == (title, answer)
    (*_, sums) = [side.sums for side in view.sides]
    bare = (sums.deals, sums.value.text) == ("1 deal", "no value")
    assert bare is (id == "valueless")


def test_a_quarter_that_is_over_says_only_what_was_won() -> None:
    won = deal("d", WON, value=eur(30_000), notes=(note("2026-02-05", "stage", stage=WON),))
    _, view = every(won)["2026-Q1"]
    assert view.answer == "€30k won."


def test_a_listed_deal_shows_both_weights() -> None:
    _, view = every(*DEALS)["2026-Q4"]
    row = view.sides[0].groups[0].open[0]
    assert (row.stage_percent, row.by_stage) == ("10%", "€1\u202f000")
    assert (row.own_percent, row.expected) == ("60%", "€6\u202f000")
    assert (row.path, row.close, row.owner) == ("deals/a.html", "10 Dec 2026", "Maria Lopez")
    assert view.sides[0].sums.own == "1 of 2"


def test_a_persons_list_begins_with_their_figures() -> None:
    _, view = every(*DEALS)["of-maria"]
    assert view.figures is not None
    assert [row.label for row in view.figures.rows] == [
        "2026-Q4",
        "Later",
        "Close date passed",
        "No close date",
        "Total",
    ]
    assert view.figures.rows[0].open.path == "forecast-of-maria.html#open-2026-Q4"
    assert every(*DEALS)["2026"][1].figures is None


def test_a_figure_leads_to_the_further_page_where_its_deals_begin() -> None:
    some = [deal(f"a{n:04}", value=eur(n), close=day("2026-11-25")) for n in range(PER_PAGE + 1)]
    more = [deal(f"b{n:04}", value=eur(n), close=day("2026-12-25")) for n in range(PER_PAGE)]
    won = deal("w", WON, notes=(note("2026-10-05", "stage", stage=WON),))
    found, _ = every(*some, *more, won)["2026-Q4"]
    assert found.place() == "forecast-2026-Q4.html"
    assert found.place("open", "2026-11") == "forecast-2026-Q4.html#open-2026-11"
    assert found.place("open", "2026-12") == "forecast-2026-Q4.2.html#open-2026-12"
    assert found.place("won") == "forecast-2026-Q4.3.html#won"
    assert found.place("won", "2026-12") == ""
    assert [[of.indices(9_999)[:2] for _, of in found.on(n)] for n in (1, 2, 3)] == [
        [(0, PER_PAGE)],
        [(PER_PAGE, 2 * PER_PAGE), (0, PER_PAGE - 1)],
        [(PER_PAGE - 1, 2 * PER_PAGE - 1), (0, PER_PAGE - 1)],
    ]


def test_what_people_write_is_escaped() -> None:
    _, view = every(deal(title="<script>", value=eur(1)))["undated"]
    html = rendered("forecast_period.html", view)
    assert "<bdi>&lt;script&gt;</bdi>" in html
    assert "<script>" not in html
    assert "style=" not in html


def test_a_persons_own_list_says_so_and_needs_no_owner_in_each_line_on_a_phone() -> None:
    made = context(journal(deal("a", OFFER, value=eur(10), close=day("2026-12-01"))))
    every = made.once(lists)

    def html(found: DealList) -> str:
        return rendered("forecast_period.html", forecast_period(made, found))

    own = [one for one in every.values() if one.person]
    assert own and all("with-title of-one" in html(one) for one in own)
    assert not any("of-one" in html(one) for one in every.values() if not one.person)
