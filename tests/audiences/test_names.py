from __future__ import annotations

from site_builder.audiences.names import Named, shown_ids


def ids(*every: tuple[str, str], beside: tuple[str, ...] = (), shown: bool = False) -> list[str]:
    named = [Named(id, title, beside, title) for id, title in every]
    found = shown_ids(named, "deal", are_shown=shown)
    return [found[id] for id, _ in every]


def test_an_id_stays_where_it_says_nothing_but_what_is_shown() -> None:
    assert ids(("rollout", "Rollout in May"), ("may", "Rollout in May")) == ["rollout", "may"]
    assert ids(("acme-rollout", "Rollout"), beside=("ACME",)) == ["acme-rollout"]


def test_another_is_made_of_the_title() -> None:
    assert ids(("acme-48k", "Rollout"), ("acme-2", "Rollout")) == ["rollout", "rollout-2"]
    assert ids(("rollout", "Rollout"), ("zq", "Rollout")) == ["rollout", "rollout-2"]


def test_without_a_title_it_is_a_number_by_what_is_shown() -> None:
    named = [Named("zebra", "", (), "a"), Named("ant", "", (), "b")]
    assert shown_ids(named, "deal", are_shown=False) == {"zebra": "deal-1", "ant": "deal-2"}
    assert ids(("zq", "北京")) == ["deal-1"]


def test_ids_that_are_listed_stay() -> None:
    assert ids(("acme-48k", ""), ("b", "T"), shown=True) == ["acme-48k", "b"]


def test_many_of_one_name_are_told_apart_soon() -> None:
    every = [(f"x{n}", "Same") for n in range(3_000)]
    assert len(set(ids(*every))) == 3_000
