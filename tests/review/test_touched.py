"""The problems that a change has to answer for."""

from __future__ import annotations

from site_builder.files.tree import MemoryTree
from site_builder.load.pair import load_pair
from site_builder.review.compare import compare
from site_builder.review.sides import Sides
from site_builder.review.touched import touched
from tests.catalogue import BASE
from tests.comparisons import BEGUN, TODAY, deal, side

ODD = deal("contacts: [nobody]")


def codes(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str]]:
    pair = load_pair(MemoryTree({**BASE, **before}), MemoryTree({**BASE, **after}), lambda: TODAY, None)  # fmt: skip
    assert pair.before is not None
    made = compare(Sides(side(pair.before), side(pair.after), TODAY, BEGUN))
    return [(p.span.path, p.code) for p in touched(made, pair.after.problems, pair.changed)]


def test_files_that_changed_and_no_others() -> None:
    before = {"deals/x.md": ODD, "deals/y.md": ODD}
    assert codes(before, before) == []
    after = {**before, "deals/x.md": ODD.replace("Rollout", "More")}
    assert codes(before, after) == [("deals/x.md", "unknown-contact")]


def test_problems_elsewhere_that_are_new_because_of_it() -> None:
    person, with_x = (
        {"contacts/xenia.md": "---\nname: X\n---\n"},
        {"deals/x.md": deal("contacts: [xenia]")},
    )
    assert codes({**person, **with_x}, with_x) == [("deals/x.md", "unknown-contact")]


def test_a_leap_with_a_reason_is_none() -> None:
    lead = "## 2026-10-01 stage lead\n\n"
    for reason, found in (("", ["gate-unmet", "stage-skipped"]), ("override:: They know us\n", [])):
        after = deal(notes=f"{lead}## 2026-11-05 stage negotiation\n{reason}", stage="negotiation")
        made = codes({"deals/x.md": deal(notes=lead)}, {"deals/x.md": after})
        assert [code for _, code in made] == found


def test_suspicions_are_among_them() -> None:
    assert codes({"deals/x.md": deal(notes="## 2026-10-01 call\n")}, {"deals/x.md": deal()}) == [
        ("deals/x.md", "history-rewritten")
    ]
