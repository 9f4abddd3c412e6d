"""Clusters of dots."""

from __future__ import annotations

import re
from math import dist

import pytest

from site_builder.markup.dots import MOST, Disc, Dot, clusters
from tests.places import ROOT


def circles(markup: str) -> list[tuple[float, float, float]]:
    found = re.findall(r'cx="(-?[0-9.]+)" cy="(-?[0-9.]+)" r="([0-9.]+)"', markup)
    return [(float(x), float(y), float(r)) for x, y, r in found]


@pytest.mark.parametrize("count", [1, 2, 3, 10, 61, 300])
def test_no_two_dots_touch_and_all_are_inside(count: int) -> None:
    made = clusters(
        "Deals", [Disc("A", "#a", str(count), (Dot("D", "d.html", "open", 1.0),) * count)]
    )
    found = circles(made)
    edge = -float(re.findall(r'viewBox="(-[0-9.]+) ', made)[0])
    assert len(found) == count
    for at, (x, y, r) in enumerate(found):
        assert dist((x, y), (0, 0)) + r <= edge + 0.1
        assert all(dist((x, y), other[:2]) >= r + other[2] - 0.1 for other in found[:at])


def test_every_text_is_escaped_and_every_mark_leads_somewhere() -> None:
    made = clusters("<l>", [Disc("<a>", "#a", "<1>", (Dot("<t>", 'x".html', "won"),))])
    assert "<t>" not in made and "<a>" not in made and "<l>" not in made and "<1>" not in made
    assert 'href="x&#34;.html" tabindex="-1"><circle class="dot dot-won"' in made
    assert '<a href="#a"><bdi>&lt;a&gt;</bdi></a>' in made


def test_of_too_many_each_cluster_is_one_disc() -> None:
    dots = (Dot("D", "d.html", "open"),)
    assert clusters("Deals", [Disc("A", "#a", "500", dots * MOST)]).count("<circle") == MOST
    large = clusters("Deals", [Disc("A", "#a", "500", dots * MOST), Disc("B", "#b", "1", dots)])
    assert large.count("<circle") == 2
    assert "<title>A: 500</title>" in large
    won = (Dot("D", "d.html", "won"),)
    mixed = clusters(
        "Deals", [Disc("A", "#a", "2", dots + won), Disc("B", "#b", "500", won * MOST)]
    )
    assert re.findall('class="(dot dot[^"]*)"', mixed) == ["dot dot-all", "dot dot-all dot-won"]


@pytest.mark.parametrize(
    ("kinds", "looks"),
    [
        ("all", {"fill": "var(--mark)", "stroke": "none"}),
        ("all dot-open", {"fill": "var(--mark)", "stroke": "none"}),
        ("all dot-won", {"fill": "var(--fine)", "stroke": "var(--fine)"}),
        ("all dot-lost", {"fill": "none", "stroke": "var(--overdue)"}),
        ("all dot-parked", {"fill": "none", "stroke": "var(--asleep)"}),
    ],
)
def test_a_disc_looks_like_the_dots_that_all_in_it_are(kinds: str, looks: dict[str, str]) -> None:
    sheet = (ROOT / "templates/styles/drawings.css").read_text("utf-8").partition("@media")[0]
    found = dict[str, str]()
    for selectors, said in re.findall(r"^(\.dot[^{]*) {\n([^}]*)}", sheet, re.MULTILINE):
        if {f".dot-{kind}" for kind in kinds.split(" dot-")} & set(selectors.split(",\n")):
            found |= dict(re.findall(r"(fill|stroke): ([^;]+);", said))
    assert found == looks


def test_a_disc_has_an_area_by_how_many_it_stands_for() -> None:
    dots = (Dot("D", "d.html", "open"),)
    made = clusters("Deals", [Disc("A", "#a", "", dots * 4000), Disc("B", "#b", "", dots * 1000)])
    large, small = (float(r) + 1 for r in re.findall(r' r="([0-9.]+)"', made))
    assert large / small == pytest.approx(2, rel=0.01)


def test_a_larger_size_is_a_larger_area_whatever_is_given() -> None:
    sizes = (-1.0, 0.0, 0.25, 1.0, 7.0)
    found = circles(clusters("", [Disc("A", "#", "", tuple(Dot("", "", "", s) for s in sizes))]))
    radii = [r for _, _, r in found]
    assert radii[0] == radii[1] < radii[2] < radii[3] == radii[4]
