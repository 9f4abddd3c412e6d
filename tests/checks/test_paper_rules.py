"""Rules about proposals, invoices, work, deliveries, reasons and gains: where each speaks."""

from __future__ import annotations

import pytest

from site_builder.problems.problem import Problem
from tests.catalogue import BASE, PIPELINE, deal
from tests.journals import loaded

TWO = PIPELINE + "  renewals:\n    stages:\n      review: {}\n      renewed: {type: won}\n"
SALES, RENEWALS = "pipeline: sales", "pipeline: renewals"
WHOLE = (
    "## 2026-09-01 proposal to jane-roe\nservices:: Rollout\nterms:: Half in advance\n"
    "deadline:: 2026-10-30\nbudget:: 500\n\n"
)
PAID = (
    "## 2026-09-02 invoice to jane-roe\namount:: 500\n\n"
    "## 2026-09-03 payment from jane-roe\namount:: 250\n\n"
)
ORDER = "## 2026-09-05 order from jane-roe\n\n"
DELIVERY = "## 2026-10-05 delivery to jane-roe\n"
WON = "## 2026-09-02 stage won\n- [x] decision-map\n\n"


def found(*notes: str, front: str = "", stage: str = "stage: lead", **others: str) -> list[Problem]:
    """What is wrong with a deal of these notes, beside others of its pipeline."""
    files = {**BASE, "deals/bad.md": deal(front=front, notes="".join(notes), stage=stage)}
    files |= {f"deals/{id}.md": deal(notes=text) for id, text in others.items()}
    return list(loaded(files).problems)


def codes(problems: list[Problem]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("notes", "code", "elsewhere"),
    [
        (PAID, "invoice-without-proposal", WHOLE),
        ("## 2026-09-01 proposal\n", "proposal-incomplete", WHOLE),
        (ORDER, "unpaid-start", PAID),
    ],
)
def test_each_speaks_only_in_a_pipeline_where_such_a_thing_was_noted(
    notes: str, code: str, elsewhere: str
) -> None:
    assert codes(found(notes)) == []
    assert codes(found(notes, other=elsewhere)) == [code]
    files = {
        **BASE,
        "pipeline.yml": TWO,
        "deals/acme.md": deal(front=SALES),
        "deals/bad.md": deal(front=RENEWALS, notes=notes, stage="stage: review"),
        "deals/other.md": deal(front=SALES, notes=elsewhere),
    }
    assert codes(list(loaded(files).problems)) == []


def test_what_is_proposed_paid_and_delivered_in_time_is_fine() -> None:
    assert codes(found(WHOLE, PAID, ORDER, DELIVERY)) == []


def test_a_proposal_after_the_invoice_is_too_late() -> None:
    late = WHOLE.replace("2026-09-01", "2026-09-03")
    assert codes(found(PAID, late)) == ["invoice-without-proposal"]
    assert codes(found(PAID, WHOLE.replace("2026-09-01", "2026-09-02"))) == []


def test_only_the_last_proposal_has_to_be_whole() -> None:
    bare = "## 2026-08-01 proposal\n\n"
    assert codes(found(bare, WHOLE)) == []
    (problem,) = found(WHOLE, bare.replace("-08-", "-09-").replace("01 ", "02 "))  # fmt: skip
    assert problem.message == (
        "This proposal does not state `services`, `terms`, `deadline`, `budget`."
    )
    assert problem.help == (
        "Put `services:: …`, `terms:: …`, `deadline:: …`, `budget:: …` below this heading."
    )


def test_a_part_with_a_slip_is_told_once() -> None:
    wrong = WHOLE.replace("budget:: 500", "budgett:: 500")
    assert codes(found(wrong)) == ["unknown-field"]


def test_a_start_is_settled_once_it_is_paid_and_says_why() -> None:
    late = PAID.replace("2026-09-03", "2026-09-13")
    why = ORDER.replace("\n\n", "\n\nThey were in a hurry.\n\n")
    assert codes(found(WHOLE, why)) == []  # nothing about money is noted
    unpaid = PAID.replace("amount:: 250", "amount:: 1")
    for notes, help in (
        (
            ORDER + unpaid,
            "Get half of it paid, note the `payment`, and write below this heading why",
        ),
        (why + unpaid, "Get half of it paid, note the `payment`, and write below this heading why"),
        (ORDER + late, "Write below this heading why"),
    ):
        (told,) = found(WHOLE, notes)
        assert (told.code, told.help) == ("unpaid-start", f"{help}; or correct the date.")
    assert codes(found(WHOLE, why + late)) == []


def test_it_says_what_was_not_paid() -> None:
    (told,) = found(WHOLE, PAID.replace("amount:: 250", "amount:: 100"), ORDER)
    assert told.message == (
        "Work on `bad` began on `2026-09-05`, before half of what was invoiced was paid."
    )


def test_a_late_delivery_is_settled_by_saying_why() -> None:
    late = DELIVERY + "due:: 2026-10-01\n"
    assert codes(found(late)) == ["delivery-late"]
    assert codes(found(late, "\nThe silo was flooded.\n")) == []
    for day, later in (("10-31", "1 day"), ("11-02", "3 days")):
        (told,) = found(WHOLE, DELIVERY.replace("10-05", day))
        assert told.message == (
            f"This delivery was due on `2026-10-30`, came {later} later, and nothing says why."
        )


def test_a_won_deal_is_delivered_by_the_day_that_was_proposed() -> None:
    assert codes(found(WHOLE, WON, stage="stage: won")) == []  # nobody notes them
    told = found(WHOLE, WON, stage="stage: won", other=DELIVERY)[0]
    assert (told.code, told.span.line) == ("delivery-late", 10)
    assert told.message == "`bad` was to be delivered by `2026-10-30`, and nothing is."
    agreed = WHOLE.replace("2026-09-01", "2026-10-29").replace("2026-10-30", "2026-12-30")
    assert codes(found(WHOLE, WON, agreed, stage="stage: won", other=DELIVERY)) == []
    assert codes(found(WHOLE, other=DELIVERY)) == []


LOST_ONCE = "## 2026-05-02 stage lost\n\n## 2026-06-02 stage lead\n\n"


def test_a_loss_before_says_why_where_any_does() -> None:
    assert codes(found(LOST_ONCE)) == []
    said = LOST_ONCE.replace("lost\n", "lost\nlost-reason:: price\n")
    assert codes(found(LOST_ONCE, other=said)) == ["reason-unasked"]
    (told,) = found(LOST_ONCE, said.replace("-05-", "-07-").replace("-06-", "-08-"))
    assert (told.code, told.span.line) == ("reason-unasked", 7)
    assert told.help == (
        "Ask the customer, then put `lost-reason::` with one of `price`, `other` "
        "below this heading."
    )
    twice = LOST_ONCE + LOST_ONCE.replace("-05-", "-07-").replace("-06-", "-08-")
    assert [p.span.line for p in found(twice, other=said)] == [7, 11]


def test_a_gain_of_one_side_asks_for_the_other() -> None:
    won = "## 2026-10-12 stage won by maria\n- [x] decision-map\n"
    for said, lacks in (("their-win", "our-win"), ("our-win", "their-win")):
        (told,) = found(won, front=f"{said}: Calm", stage="stage: won")
        assert told.code == "win-one-sided"
        assert told.help.startswith(f"Add `{lacks}: …`")
        both = f"{said}: Calm\n{lacks}: Fame"
        assert codes(found(won, front=both, stage="stage: won")) == []
        assert codes(found(front=f"{said}: Calm")) == []  # which is still to be written
    lost = "## 2026-10-12 stage lost by maria — Too expensive\n"
    front = "their-win: Calm\nlost-reason: price"
    assert codes(found(lost, front=front, stage="stage: lost")) == []


def test_in_yaml_helps_are_typed_as_yaml() -> None:
    head = "title: A\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\nnotes:\n"
    for notes, help in (
        ("  - {date: 2026-10-05, kind: delivery, due: 2026-10-01}\n",
         "Write why into `text` of this note, and how they took it; or correct the date."),
        ("  - {date: 2026-10-05, kind: proposal, terms: Half, deadline: Soon, budget: 5}\n",
         "Put `services: …` into this note."),
    ):  # fmt: skip
        (told,) = loaded({**BASE, "deals/bad.yml": head + notes}).problems
        assert told.help == help
    invoiced = head + "  - {date: 2026-10-05, kind: invoice}\n"
    files = {**BASE, "deals/bad.yml": invoiced, "deals/other.md": deal(notes=WHOLE)}
    (told,) = loaded(files).problems
    assert "`- {date: DATE, kind: proposal}`" in told.help and "`budget: …`" in told.help
