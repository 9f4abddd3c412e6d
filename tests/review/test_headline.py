"""What a change does in one line."""

from __future__ import annotations

import pytest

from site_builder.review.headline import headline, touches_pipeline
from tests.catalogue import BASE, PIPELINE
from tests.comparisons import between, deal

BASE_WITH = {**BASE, "pipeline.yml": PIPELINE.replace("lead: {", "lead: {probability: 50%, ")}
WON = "## 2026-11-05 stage won\n- [x] decision-map\n"


def line(before: dict[str, str], after: dict[str, str]) -> str:
    made = between(before, after, base=BASE_WITH)
    said = headline(made)
    assert ("No change to the pipeline" in said) is not touches_pipeline(made)
    return said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (deal("value: 5"), deal("value: 5.00"), "No change to the pipeline"),
        (deal(), deal(notes="## 2026-11-05 call\n- [x] decision-map\n"), "No change to the pipeline: 1 note added, 1 step done"),
        (deal(), deal().replace("Rollout", "Big rollout"), "No change to the pipeline: 1 file changed"),
        (deal("value: 40000"), deal("value: 120000"), "Weighted +€40k, 1 changed"),
        (deal("value: 40000"), deal("value: 40000", WON, "won"), "Weighted −€20k, 1 won (€40k)"),
        (deal("value: 40000 CHF"), deal(), "Weighted −20k\u202fCHF, 1 changed"),
        (deal("close: 2026-12-05"), deal("close: 2027-01-05"), "1 changed, 1 slipped from Q4 to Q1"),
        (deal("close: 2026-12-05"), deal("close: 2026-12-06"), "1 changed"),
        (deal("close: 2027-03-05"), deal("close: 2026-12-05"), "1 changed, 1 pulled in from Q1 to Q4"),
        (deal("close: 2026-12-05"), deal("close: 2029-01-05"), "1 changed, 1 slipped from 2026-Q4 to 2029-Q1"),
        (deal("lost-reason: price", stage="lost"), deal(notes="## 2026-11-05 stage lead\n"), "1 reopened"),
        (deal(), deal(notes="## 2026-11-05 stage qualification\n", stage="qualification"), "1 moved on"),
        (deal("probability: 10%"), deal("probability: 20%"), "1 changed; 1 thing to look at twice"),
    ],
)  # fmt: skip
def test_lines(before: str, after: str, said: str) -> None:
    assert line({"deals/x.md": before}, {"deals/x.md": after}) == said


def test_several() -> None:
    before = {f"deals/{id}.md": deal("close: 2026-12-05").replace("Roll", id) for id in "abc"}
    after = {f"deals/{id}.md": text for id, text in zip("abc", (
        deal("close: 2027-01-05").replace("Roll", "a"), deal("close: 2027-05-05").replace("Roll", "b"),
        deal("close: 2026-12-05", WON, "won").replace("Roll", "c")), strict=True)}  # fmt: skip
    after["deals/new.md"] = deal("lost-reason: other", stage="lost").replace("Rollout", "New")
    assert line(before, after) == "1 won, 1 lost, 1 new, 2 changed, 2 slipped to a later quarter"


def test_contacts_alone_and_pipeline_yml_alone() -> None:
    assert line({}, {"contacts/x.md": "---\nname: X\n---\n"}) == (
        "No change to the pipeline: 1 contact added"
    )
    more = BASE_WITH["pipeline.yml"].replace("team:\n", "team:\n  tomas: {name: Tomas}\n")
    assert line({}, {"pipeline.yml": more}) == "Settings in pipeline.yml changed"
