"""Deals and contacts by what they have in common."""

from __future__ import annotations

from collections import Counter

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.clusters import MOST, Clustering, clusterings
from site_builder.insights.insights import Insights
from site_builder.journal.deal import Deal
from site_builder.load.loader import load
from tests.by_hand import OFFER, OTTO, TODAY, WON, deal, eur, journal
from tests.stories import raw, story


def found(*deals: Deal) -> dict[str, Clustering]:
    made = clusterings(Insights(journal(*deals), TODAY))
    return {f"{one.of}.{one.field}": one for one in made.by}


def sizes(one: Clustering) -> list[tuple[str, int]]:
    return [(cluster.name, len(cluster.members)) for cluster in one.clusters]


def test_stages_stand_in_their_order() -> None:
    made = found(deal("a", WON), deal("b", WON), deal("c"), deal("d", OFFER, value=eur(5)))
    assert sizes(made["deals.stage"]) == [("sales/lead", 1), ("sales/offer", 1), ("sales/won", 2)]
    assert made["deals.stage"].clusters[1].total.lines == (eur(5),)


def test_others_stand_by_size_and_those_of_no_value_last() -> None:
    deals = [
        deal("a", channel="fair"),
        deal("b", channel="web"),
        deal("c", channel="web"),
        *map(deal, "def"),
    ]
    assert sizes(found(*deals)["deals.channel"]) == [("web", 2), ("fair", 1), ("", 3)]


def test_what_all_say_alike_clusters_nothing() -> None:
    assert set(found(deal("a", channel="fair"), deal("b", channel="fair"))) == {"deals.stage"}
    assert "deals.owner" in found(deal("a"), deal("b", owner=OTTO))
    assert found() == {}


@pytest.mark.parametrize(("values", "clusters"), [(MOST, MOST), (MOST + 1, MOST)])
def test_of_many_values_the_rarest_are_one_cluster(values: int, clusters: int) -> None:
    deals = [
        deal(f"d{n:02}-{m}", channel=f"c{n:02}") for n in range(values) for m in range(1 + (n < 3))
    ]
    made = found(*deals)["deals.channel"].clusters
    assert (len(made), sum(len(one.members) for one in made)) == (clusters, len(deals))
    assert [one.others for one in made] == [False] * (clusters - 1) + [values > MOST]


def test_referrals_are_one_source() -> None:
    made = found(deal("a", referral="jane-roe"), deal("b", source="Fair"))
    assert sizes(made["deals.source"]) == [("Fair", 1), ("referral", 1)]


@pytest.mark.parametrize("seed", range(4))
def test_every_deal_and_contact_is_in_one_cluster_of_each(seed: int) -> None:
    files = story(seed)
    seen = load(MemoryTree(files), lambda: TODAY).seen
    assert seen is not None
    for one in clusterings(Insights(seen, TODAY)).by:
        members = [member.id for cluster in one.clusters for member in cluster.members]
        assert sorted(members) == [each.id for each in raw(files, one.of)]
        if one.field in ("segment", "channel"):
            told = Counter(each.front.get(one.field, "") for each in raw(files, one.of))
            assert dict(sizes(one)) == told
