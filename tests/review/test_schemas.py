"""What a change does to pipeline.yml."""

from __future__ import annotations

import pytest

from tests.catalogue import PIPELINE
from tests.comparisons import between


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("{name: Maria Lopez}", "{name: Maria}", [("person maria", "changed")]),
        ("team:\n", "team:\n  tomas: {name: Tomas}\n", [("person tomas", "added")]),
        ("lead: {stale-after: 14d}", "lead: {stale-after: 15d}", [("stage sales/lead", "changed")]),
        ("negotiation: {}", "agreement: {was: [negotiation]}", [("stage sales/agreement", "changed")]),
        ("      negotiation: {}\n", "", [("stage sales/negotiation", "removed")]),
        ("      negotiation: {}\n      won", "      won", [("stage sales/negotiation", "removed")]),
        ("currency: EUR", "currency: USD", [("currency", "changed")]),
        ("lost-reasons: {price: Price}", "lost-reasons: {price: Cost}", [("lost-reasons", "changed")]),
        ("    fields:\n", "    fields:\n      more: {type: text}\n", [("pipeline sales", "changed")]),
        ("    fields:\n", "    probability-from: own\n    fields:\n", [("pipeline sales", "changed")]),
        ("currency: EUR", "currency: EUR\nprobability-from: own", [("probability-from", "changed")]),
        ("# no", "", []),
    ],
)  # fmt: skip
def test_parts(old: str, new: str, found: list[tuple[str, str]]) -> None:
    made = between({}, {"pipeline.yml": PIPELINE.replace(old, new)})
    assert [tuple(change) for change in made.schema] == found


def test_stages_in_another_order() -> None:
    swapped = PIPELINE.replace("      negotiation: {}\n", "").replace(
        "      decision:\n", "      negotiation: {}\n      decision:\n"
    )
    made = between({}, {"pipeline.yml": swapped})
    assert [tuple(change) for change in made.schema] == [("order sales", "changed")]


def test_pipelines() -> None:
    more = f"{PIPELINE}  small:\n    extends: sales\n"
    made = between({}, {"pipeline.yml": more})
    assert [tuple(change) for change in made.schema] == [("pipeline small", "added")]
