"""The paper of deals: whether the money was there when work began, and what came late."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from site_builder.insights.paper import (
    Balance,
    is_paid_on,
    is_unpaid_start,
    lacking,
    late,
    paid_since,
    paper_of,
)
from site_builder.journal.fields import KINDS
from site_builder.journal.money import Money
from site_builder.journal.note import Note, NoteFields
from tests.by_hand import SCHEMA, TODAY, day, deal, eur, note


def paper(when: str, kind: str, amount: int | Money | None = None, **fields: object) -> Note:
    money = eur(amount) if isinstance(amount, int) else amount
    return replace(
        note(when, kind),
        kind=KINDS[kind],
        fields=NoteFields(amount=money, **fields),  # type: ignore[arg-type] # of any type
    )


ORDER = paper("2026-03-01", "order")


@pytest.mark.parametrize(
    ("notes", "is_unpaid"),
    [
        ([], False),
        ([ORDER], True),
        ([paper("2026-03-01", "delivery")], True),
        ([paper("2026-02-01", "invoice", 100)], False),
        ([paper("2026-02-01", "invoice", 100), ORDER], True),
        ([paper("2026-02-01", "invoice", 100), paper("2026-02-02", "payment", 50), ORDER], False),
        ([paper("2026-02-01", "invoice", 100), paper("2026-02-02", "payment", 49), ORDER], True),
        ([paper("2026-02-01", "invoice", 100), paper("2026-03-01", "payment", 50), ORDER], False),
        ([paper("2026-02-01", "invoice", 100), ORDER, paper("2026-03-02", "payment", 100)], True),
        # What was invoiced later is not owed yet, and a payment may come before any invoice.
        ([paper("2026-02-02", "payment", 1), ORDER, paper("2026-03-02", "invoice", 100)], False),
        # Two invoices add up.
        (
            [
                paper("2026-02-01", "invoice", 60),
                paper("2026-02-01", "invoice", 60),
                paper("2026-02-02", "payment", 59),
                ORDER,
            ],
            True,
        ),
        # What is not known is nobody's fault.
        ([paper("2026-02-01", "invoice"), paper("2026-02-02", "payment", 1), ORDER], False),
        ([paper("2026-02-01", "invoice", 100), paper("2026-02-02", "payment"), ORDER], False),
        (
            [
                paper("2026-02-01", "invoice", eur(100, "GBP")),
                paper("2026-02-02", "payment", eur(1, "CHF")),
                ORDER,
            ],
            False,
        ),
        # Amounts in a currency with a rate are comparable.
        (
            [
                paper("2026-02-01", "invoice", eur(100, "USD")),
                paper("2026-02-02", "payment", 45),
                ORDER,
            ],
            False,
        ),
        (
            [
                paper("2026-02-01", "invoice", eur(100, "USD")),
                paper("2026-02-02", "payment", 44),
                ORDER,
            ],
            True,
        ),
    ],
)
def test_work_begins_paid_with_half_of_what_was_invoiced(
    notes: list[Note], is_unpaid: bool
) -> None:
    one = deal("a", notes=tuple(sorted(notes, key=lambda n: n.date)))
    assert is_unpaid_start(paper_of(one), SCHEMA) is is_unpaid


def test_half_of_an_odd_cent_is_half() -> None:
    invoice = paper("2026-02-01", "invoice", Money(Decimal("10.01"), "EUR"))
    paid = paper("2026-02-02", "payment", Money(Decimal("5.00"), "EUR"))
    assert not is_unpaid_start(paper_of(deal("a", notes=(invoice, paid, ORDER))), SCHEMA)


def test_it_is_paid_since_the_day_that_made_the_half() -> None:
    notes = (
        paper("2026-01-01", "invoice", 100),
        paper("2026-01-02", "payment", 10),
        paper("2026-01-03", "payment", 20),
        paper("2026-01-03", "payment", 20),
        paper("2026-01-04", "invoice", 100),
    )
    one = paper_of(deal("a", notes=notes))
    assert paid_since(one, SCHEMA) == day("2026-01-03")
    assert is_paid_on(one, day("2026-01-03"), SCHEMA)
    assert not is_paid_on(one, day("2026-01-04"), SCHEMA)
    assert paid_since(paper_of(deal("a", notes=notes[:2])), SCHEMA) is None


def test_what_is_owed_is_told_by_currency() -> None:
    one = paper_of(
        deal("a", notes=(paper("2026-01-01", "invoice", 100), paper("2026-01-02", "payment", 30)))
    )
    balance = Balance(one, SCHEMA)
    balance.count(one.invoices, balance.asked)
    balance.count(one.payments, balance.paid)
    assert balance.owed == (eur(70),)


def test_a_proposal_states_four_parts() -> None:
    whole = paper("2026-01-01", "proposal", services="A", terms="B", deadline="soon", budget=eur(1))
    assert lacking(whole) == []
    assert lacking(paper("2026-01-01", "proposal", terms="B")) == ["services", "deadline", "budget"]


def test_a_proposal_of_theirs_is_none_of_ours() -> None:
    theirs = replace(paper("2026-01-01", "proposal"), direction="from", parties=("jane-roe",))
    assert paper_of(deal("a", notes=(theirs,))).proposals == ()


def test_a_delivery_is_late_after_its_own_day_or_the_proposed_one() -> None:
    proposed = paper("2026-01-01", "proposal", deadline=day("2026-03-01"))
    for delivery, days in (
        (paper("2026-03-05", "delivery"), [4]),
        (paper("2026-03-01", "delivery"), []),
        (paper("2026-03-05", "delivery", due=day("2026-03-05")), []),
        (paper("2026-02-05", "delivery", due=day("2026-02-01")), [4]),
    ):
        one = paper_of(deal("a", notes=(proposed, delivery)))
        assert [(late.days, late.note is not None) for late in late(one, True, TODAY)] == [
            (n, True) for n in days
        ]


def test_of_a_won_deal_something_is_due_on_the_day_that_was_proposed_last() -> None:
    first = paper("2026-01-01", "proposal", deadline=day("2026-03-01"))
    words = paper("2026-01-03", "proposal", deadline="In spring")
    one = paper_of(deal("a", notes=(first, words)))
    (found,) = late(one, True, day("2026-03-02"))
    assert (found.due, found.days, found.note) == (day("2026-03-01"), 1, None)
    assert late(one, True, day("2026-03-01")) == []
    assert late(one, False, day("2026-03-02")) == []


def test_work_begins_with_the_first_order_or_delivery() -> None:
    notes = (paper("2026-01-02", "delivery"), paper("2026-01-03", "order"))
    began = paper_of(deal("a", notes=notes)).work
    assert began is not None and began.kind.id == "delivery"
