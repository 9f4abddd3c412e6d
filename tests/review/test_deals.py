"""What a change does to single deals."""

from __future__ import annotations

import datetime as dt

import pytest

from site_builder.review.deals import Move
from tests.comparisons import TODAY, between, deal, of_deal

LEAD = "## 2026-10-01 stage lead\n\n"
QUALIFIED = "## 2026-10-05 stage qualification\n\n"
MAPPED = "## 2026-10-06 call\n- [x] decision-map\n\n"


def test_one_that_is_as_it_was_is_no_change() -> None:
    text = deal("value: 5", LEAD)
    same = text.replace("value: 5", "value: 5 EUR").replace("\n", "\r\n")
    assert between({"deals/x.md": text}, {"deals/x.md": same}).deals == ()


def test_added_and_removed_deals() -> None:
    made = between({"deals/x.md": deal()}, {"deals/y.md": deal().replace("Rollout", "Other")})
    assert [(c.id, c.what, c.turn) for c in made.deals] == [("x", "removed", None), ("y", "added", None)]  # fmt: skip
    won = deal(stage="won", notes="## 2026-10-05 stage won\n- [x] decision-map\n")
    (change,) = between({}, {"deals/y.md": won}).deals
    assert (change.what, change.turn, change.steps) == ("added", "won", ("decision-map",))


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        ("lead", "won", "won"),
        ("lead", "lost", "lost"),
        ("won", "lost", "lost"),
        ("lost", "lead", "reopened"),
        ("won", "negotiation", "reopened"),
        ("lead", "later", "parked"),
        ("later", "lead", "woken"),
        ("lost", "later", "parked"),
        ("won", "later", "parked"),
        ("later", "lost", "lost"),
        ("lead", "negotiation", None),
    ],
)
def test_turns(before: str, after: str, turn: str | None) -> None:
    first = f"## 2026-10-01 stage {before}\n\n"
    reason = "lost-reason: price"
    change = of_deal(
        deal(reason if before == "lost" else "", first, before),
        deal(reason if after == "lost" else "", f"{first}## 2026-11-10 stage {after}\n", after),
    )
    assert change.turn == turn
    assert [(m.before, m.after, m.day) for m in change.moves] == [
        (before, after, dt.date(2026, 11, 10))
    ]


def test_moves_tell_what_was_skipped_and_lacking_and_whether_they_went_back() -> None:
    leap = f"{LEAD}## 2026-11-10 stage negotiation\n"
    (move,) = of_deal(deal(notes=LEAD), deal(notes=leap, stage="negotiation")).moves
    assert move == Move(
        "lead", "negotiation", dt.date(2026, 11, 10), ("qualification", "decision"),
        ("decision-map",), False, "",
    )  # fmt: skip
    why = f"{LEAD}## 2026-11-10 stage negotiation\noverride:: They asked for it\n"
    (move,) = of_deal(deal(notes=LEAD), deal(notes=why, stage="negotiation")).moves
    assert (move.lacked, move.override) == (("decision-map",), "They asked for it")
    back = f"{LEAD}{QUALIFIED}## 2026-11-11 stage lead\n"
    (move,) = of_deal(deal(notes=LEAD + QUALIFIED, stage="qualification"), deal(notes=back)).moves
    assert (move.before, move.after, move.back) == ("qualification", "lead", True)


def test_a_move_that_no_note_tells_has_no_day() -> None:
    (move,) = of_deal(deal(stage="lead"), deal(stage="qualification")).moves
    assert (move.before, move.after, move.day) == ("lead", "qualification", None)


def test_several_moves_and_the_first_stage_note_of_all() -> None:
    after = deal(notes=f"{LEAD}{QUALIFIED}{MAPPED}## 2026-11-10 stage decision\n", stage="decision")
    moves = of_deal(deal(notes=LEAD), after).moves
    assert [(m.before, m.after) for m in moves] == [("lead", "qualification"), ("qualification", "decision")]  # fmt: skip
    (move,) = of_deal(deal(), deal(notes=QUALIFIED, stage="qualification")).moves
    assert (move.before, move.after) == ("lead", "qualification")
    restated = of_deal(deal(notes=LEAD), deal(notes=LEAD + "## 2026-11-02 stage lead\n"))
    assert restated.moves == ()


def test_an_edited_stage_note_moves_the_deal_without_a_note() -> None:
    before = deal(notes=LEAD + QUALIFIED, stage="qualification")
    after = deal(notes=LEAD + QUALIFIED.replace("qualification", "lead"))
    assert [(m.before, m.after, m.day) for m in of_deal(before, after).moves] == [
        ("qualification", "lead", None)
    ]


def test_a_stage_that_got_another_id_is_no_move() -> None:
    from tests.comparisons import WIDE

    renamed = WIDE.replace("lead: {", "prospect: {was: [lead], ")
    made = between(
        {"pipeline.yml": WIDE, "deals/x.md": deal(notes=LEAD)},
        {"pipeline.yml": renamed, "deals/x.md": deal(notes=LEAD, stage="prospect"),
         "deals/acme.md": deal(stage="prospect").replace("Rollout", "ACME rollout")},
    )  # fmt: skip
    assert made.deals == ()
    assert [change.part for change in made.schema] == ["stage sales/prospect"]


def test_how_often_a_close_was_put_off() -> None:
    once = of_deal(deal("close: 2026-12-01"), deal("close: 2026-12-09"))
    assert (once.pushed, [f.field for f in once.fields]) == (1, ["close"])
    noted = "## 2026-09-01 call\nclose:: 2026-10-01\n\n## 2026-10-01 call\nclose:: 2026-11-30\n\n"
    third = f"{noted}## 2026-11-05 call\nclose:: 2026-12-24\n\n"
    change = of_deal(deal("close: 2026-11-30", noted), deal("close: 2026-12-24", third))
    assert change.pushed == 2
    assert of_deal(deal("close: 2026-12-09"), deal("close: 2026-12-01")).pushed is None
    assert of_deal(deal(), deal("close: 2026-12-01")).pushed is None


def test_steps_done_and_no_longer_done() -> None:
    change = of_deal(deal(notes=MAPPED), deal(notes="## 2026-10-06 call\n- [x] needs-analysis\n"))
    assert (change.steps, change.undone) == (("needs-analysis",), ("decision-map",))


def test_nothing_after_the_day_is_seen() -> None:
    later = deal(notes=f"{LEAD}## 2026-11-10 stage qualification\n", stage="qualification")
    before = {"deals/x.md": deal(notes=LEAD)}
    assert between(before, {"deals/x.md": later}, dt.date(2026, 11, 9)).deals == ()
    assert between(before, {"deals/x.md": later}, TODAY).deals[0].moves


def test_a_renamed_deal_is_one_deal() -> None:
    made = between({"deals/x.md": deal("value: 5", LEAD)}, {"deals/y.md": deal("value: 6", LEAD)})
    (change,) = made.deals
    assert (change.id, change.was, change.what, len(change.fields)) == ("y", "x", "renamed", 1)
