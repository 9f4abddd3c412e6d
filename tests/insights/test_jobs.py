"""What deals became: phases, and money outstanding."""

from __future__ import annotations

from site_builder.insights.insights import Insights
from site_builder.insights.jobs import Job, job
from site_builder.insights.paper import paper_of
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Stage
from tests.by_hand import LOST, TODAY, WON, day, deal, eur, journal, note
from tests.insights.test_paper import paper


def made(*notes: Note, stage: Stage = WON) -> Job:
    one = deal("a", stage, notes)
    return job(one, paper_of(one), Insights(journal(one), TODAY))


def phases(found: Job) -> list[tuple[str, int]]:
    return [(phase.what, phase.days) for phase in found.phases]


def test_a_job_goes_from_proposal_to_delivery() -> None:
    found = made(
        paper("2026-01-01", "proposal"),
        paper("2026-01-11", "invoice", 100),
        paper("2026-01-14", "payment", 50),
        paper("2026-01-16", "order"),
        paper("2026-02-15", "delivery"),
    )
    assert phases(found) == [("proposed", 10), ("invoiced", 3), ("paid", 2), ("work", 30)]
    assert (found.owed, found.overdue_since) == ((eur(50),), None)


def test_work_before_the_money_is_one_unpaid_stretch() -> None:
    found = made(
        paper("2026-01-01", "order"),
        paper("2026-01-05", "invoice", 100, due=day("2026-01-20")),
        paper("2026-01-11", "payment", 60),
        paper("2026-01-15", "delivery"),
    )
    assert phases(found) == [("unpaid", 10), ("work", 4)]
    assert (found.unpaid_start, found.overdue_since) == (True, day("2026-01-20"))


def test_what_goes_on_goes_on_until_today_and_what_is_lost_until_then() -> None:
    assert phases(made(paper("2026-11-10", "order"))) == [("unpaid", 10)]
    lost = made(paper("2026-11-10", "order"), note("2026-11-14", "stage", stage=LOST), stage=LOST)
    assert phases(lost) == [("unpaid", 4)]


def test_a_delivery_that_is_never_paid_stays_unpaid() -> None:
    assert phases(made(paper("2026-11-10", "delivery"))) == [("unpaid", 10)]


def test_payments_are_for_the_oldest_invoices() -> None:
    found = made(
        paper("2026-01-05", "invoice", 100, due=day("2026-01-20")),
        paper("2026-02-05", "invoice", 100, due=day("2026-02-20")),
        paper("2026-02-11", "payment", 150),
    )
    assert found.overdue_since == day("2026-02-20")
    assert found.owed == (eur(50),)


def test_what_a_credit_note_settled_is_not_overdue() -> None:
    late = paper("2026-01-05", "invoice", 100, due=day("2026-01-20"))
    for credit, since in ((-100, None), (-99, day("2026-01-20"))):
        assert made(late, paper("2026-02-05", "invoice", credit)).overdue_since == since


def test_in_several_currencies_nobody_knows_which_is_overdue() -> None:
    found = made(
        paper("2026-01-05", "invoice", eur(100, "GBP"), due=day("2026-01-20")),
        paper("2026-02-11", "payment", eur(50, "CHF")),
    )
    assert (found.overdue_since, found.owed) == (None, (eur(-50, "CHF"), eur(100, "GBP")))
