"""Deals and contacts by what they have in common."""

from __future__ import annotations

from decimal import Decimal

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.clusters import MOST, Clustering, clusterings
from site_builder.insights.insights import Insights
from site_builder.journal.deal import Deal
from site_builder.load.loader import load
from tests.by_hand import OFFER, OTTO, TODAY, WON, deal, eur, journal
from tests.insights.test_follow_ups import Raw
from tests.insights.test_status import status
from tests.stories import RawFile, story


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


@pytest.mark.parametrize("seed", range(6))
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = story(seed)
    seen = load(MemoryTree(files), lambda: TODAY).seen
    assert seen is not None
    read = Raw(files)
    made = clusterings(Insights(seen, TODAY)).by
    assert {one.field for one in made} >= {"stage", "segment", "channel", "owner", "status"}
    for one in made:
        subjects = read.deals if one.of == "deals" else read.contacts
        wanted: dict[str, list[RawFile]] = {}
        for subject in subjects:
            wanted.setdefault(value(subject, one.field, read), []).append(subject)
        told = {cluster.name: [each.id for each in cluster.members] for cluster in one.clusters}
        assert told == {name: [each.id for each in those] for name, those in wanted.items()}
        for cluster in one.clusters if one.of == "deals" else ():
            sums = {money.currency: money.amount for money in cluster.total.lines}
            assert sums == worth(wanted[cluster.name])


def value(one: RawFile, field: str, read: Raw) -> str:
    """What a deal or contact says, by its lines."""
    front = one.front
    match field:
        case "stage":
            return f"{front['pipeline']}/{front['stage']}"
        case "status":
            return status(one, read)
        case "level":
            company = (
                one if front.get("type") == "company" else read.by_id.get(front.get("company", ""))
            )
            return company.front.get("level", "") if company else ""
    return front.get(field, "")


def worth(deals: list[RawFile]) -> dict[str, Decimal]:
    """The sum of values in euros, dollars being 0.9 of them, and that of pounds, which have no rate."""
    found: dict[str, Decimal] = {}
    for amount, currency in (one.front["value"].split() for one in deals if "value" in one.front):
        rate = Decimal("0.9") if currency == "USD" else Decimal(1)
        own = "GBP" if currency == "GBP" else "EUR"
        found[own] = found.get(own, Decimal(0)) + Decimal(amount) * rate
    return found
