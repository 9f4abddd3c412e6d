"""The map."""

from __future__ import annotations

import pytest

from site_builder.pages.map import PAGE, map_page
from tests.by_hand import LEAD, LOST, OTTO, WON, context, deal, eur, journal

DEALS = (
    deal("a", value=eur(100), channel="fair"),
    deal("b", WON, channel="web"),
    deal("c", LOST, owner=OTTO, channel="web"),
)


def test_every_way_to_see_it_has_a_page_and_leads_to_the_others() -> None:
    made = context(journal(*DEALS))
    keys = list(PAGE.keys(made))
    assert [PAGE.path(key) for key in keys] == [
        "map.html",
        "map-deals.channel.html",
        "map-deals.owner.html",
    ]
    pages = [map_page(made, key) for key in keys]
    assert [page.path for page in pages] == [link.path for link in pages[0].picks]
    assert [link.text for link in pages[1].picks] == [
        "Deals by stage",
        "Deals by channel",
        "Deals by owner",
    ]
    assert pages[1].answer == "The largest cluster is “web”, 2 of 3 deals"
    assert pages[2].answer == "The largest cluster is “Maria Lopez”, 2 of 3 deals"
    even = map_page(context(journal(deal("a", LEAD), deal("b", WON))))
    assert even.answer == "2 clusters among 2 deals, none of more than 1"
    many = [deal(f"{at}", channel="web" if at < 2 else f"c{at}") for at in range(30)]
    others = map_page(context(journal(*many)), "deals.channel")
    assert others.sections[0].made_of[-1].number == "18"
    assert others.answer == "The largest cluster is “web”, 2 of 30 deals"
    heads = [
        [column.name for column in page.sections[0].tables[0].columns] for page in (even, *pages)
    ]
    assert heads[:2] == [["Stage", "Deals"], ["Stage", "Deals", "Value"]]


@pytest.mark.parametrize(
    ("web", "fair", "none", "said", "counted"),
    [
        (2, 1, 4, "The largest cluster is “web”, 2 of 7 deals; 4 have no channel", "2 clusters; 4 have no channel"),
        (1, 2, 1, "The largest cluster is “fair”, 2 of 4 deals; 1 has no channel", "2 clusters; 1 has no channel"),
        (2, 2, 3, "2 clusters among 7 deals, none of more than 2; 3 have no channel", "2 clusters; 3 have no channel"),
        (2, 1, 0, "The largest cluster is “web”, 2 of 3 deals", "2 clusters"),
    ],
)  # fmt: skip
def test_those_without_a_value_are_no_largest_cluster(
    web: int, fair: int, none: int, said: str, counted: str
) -> None:
    channels = ["web"] * web + ["fair"] * fair + [""] * none
    deals = [deal(f"d{at}", channel=one) for at, one in enumerate(channels)]
    made = map_page(context(journal(*deals)), "deals.channel")
    (section,) = made.sections
    assert (made.answer, section.answer) == (said, counted)
    numbers = {group.anchor: group.number for group in section.made_of}
    parts = [part for part in made.answer_parts if part.path.startswith("#in-")]
    assert [part.text for part in parts] == [numbers[part.path[1:]] for part in parts]
    assert section.tables[0].rows[-1].head.text == ("no channel" if none else "fair")


def test_few_values_and_none_are_told_apart() -> None:
    many = [deal(f"{at}", channel="web" if at < 2 else f"c{at}") for at in range(30)]
    made = map_page(context(journal(*many, *[deal(f"n{at}") for at in range(25)])), "deals.channel")
    assert made.answer == "The largest cluster is “web”, 2 of 55 deals; 25 have no channel"
    assert [one.label for one in made.sections[0].made_of][-2:] == ["others", "no channel"]
    assert made.sections[0].answer == "12 clusters; 25 have no channel"


def test_a_cluster_is_drawn_counted_and_listed() -> None:
    (section,) = map_page(context(journal(*DEALS)), "deals.channel").sections
    assert [[c.text for c in (row.head, *row.cells)] for row in section.tables[0].rows] == [
        ["web", "2", ""], ["fair", "1", "€100"]]  # fmt: skip
    assert [(one.anchor, one.label, one.number) for one in section.made_of] == [
        ("in-1", "web", "2"),
        ("in-2", "fair", "1"),
    ]
    assert section.tables[0].rows[0].cells[0].path == "map-deals.channel.html#in-1"
    for kind in ("open", "won", "lost"):
        assert f'class="dot dot-{kind}"' in section.drawing


def test_of_too_many_the_page_says_what_a_circle_is_and_nothing_of_dots() -> None:
    few, many = (map_page(context(journal(*[deal(f"d{n}") for n in range(k)]))) for k in (500, 501))
    assert (few.sections[0].answer, "dot" in few.rule) == ("1 cluster", True)
    assert many.sections[0].answer == "1 cluster; a circle is as large as there are many in it"
    assert "dot" not in many.rule and "a ring where all are lost" in many.rule


def test_the_more_a_deal_is_worth_the_larger_its_dot() -> None:
    made = context(
        journal(
            deal("a", value=eur(100)), deal("b", value=eur(50)), deal("c", value=eur(1000, "XXX"))
        )
    )
    drawing = str(map_page(made).sections[0].drawing)
    radii = [float(part.partition('"')[0]) for part in drawing.split(' r="')[1:]]
    assert radii[0] > radii[1] > radii[2]


def test_without_deals_it_says_what_would_fill_it() -> None:
    assert map_page(context(journal())).sections == ()
