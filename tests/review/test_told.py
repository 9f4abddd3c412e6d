"""What a change does, in words."""

from __future__ import annotations

from site_builder.review.told import told
from tests.comparisons import between, deal

LEAD = "## 2026-10-01 stage lead\n\n"


def tables(before: dict[str, str], after: dict[str, str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    return {table.title: table.rows for table in told(between(before, after), []).tables}


def test_a_move_with_its_remarks() -> None:
    after = deal(
        notes=f"{LEAD}## 2026-11-05 stage negotiation\noverride:: They know us\n",
        stage="negotiation",
    )
    found = tables({"deals/x.md": deal(notes=LEAD)}, {"deals/x.md": after})
    assert found["Moves"] == (
        ("Rollout (x)", "Lead", "Negotiation", "2026-11-05",
         "skipped Qualification, Decision; without decision-map; override: They know us"),
    )  # fmt: skip
    assert found["Notes"] == (("Rollout (x)", "added", "2026-11-05", "stage negotiation"),)


def test_states_steps_and_other_fields() -> None:
    found = tables(
        {"deals/x.md": deal("close: 2026-12-01")},
        {"deals/x.md": deal("close: 2027-02-01\ntags: [a]\nneed: yes", "## 2026-11-05 call\n- [x] needs-analysis\n")},
    )  # fmt: skip
    title = "Value, close, probability, category, owner"
    row = ("Rollout (x)", "close", "2026-12-01", "2027-02-01", "put off once; 2026-Q4 to 2027-Q1")
    assert found[title] == (row,)
    assert found["Steps"] == (("Rollout (x)", "needs-analysis", "–"),)
    assert found["Other fields of deals"] == (
        ("Rollout (x)", "need: – → yes"), ("Rollout (x)", "tags: – → a"),
    )  # fmt: skip


def test_fates() -> None:
    lost = deal("lost-reason: price\nvalue: 5", f"{LEAD}## 2026-11-05 stage lost\n", "lost")
    found = tables(
        {"deals/x.md": deal("value: 5", LEAD), "deals/y.md": deal().replace("Roll", "Y")},
        {"deals/x.md": lost, "deals/z.md": deal().replace("Rollout", "Z")},
    )
    assert found["Deals"] == (
        ("Rollout (x)", "lost on 2026-11-05: price", "Lost", "€5"),
        ("Yout (y)", "removed", "Lead", "–"),
        ("Z (z)", "new", "Lead", "–"),
    )


def test_tables_with_nothing_in_them_are_left_out() -> None:
    assert told(between({}, {}), ["a"]).tables == ()


def test_rungs() -> None:
    note = "## 2026-11-05 know to jane-roe\n"
    found = tables({"deals/x.md": deal()}, {"deals/x.md": deal(notes=note)})
    assert found["Rungs"] == (("jane-roe", "from us to them", "–", "know"),)
