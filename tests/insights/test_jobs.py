"""What deals became: phases, and money outstanding."""

from __future__ import annotations

import datetime as dt
import random
import re
from itertools import groupby

import pytest

from site_builder.files.tree import MemoryTree
from site_builder.insights.insights import Insights
from site_builder.insights.jobs import Job, job
from site_builder.insights.modules import modules
from site_builder.insights.paper import paper_of
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Stage
from site_builder.load.loader import load
from tests.by_hand import LOST, TODAY, WON, day, deal, eur, journal, note
from tests.insights.test_modules import amount, is_ours, raw_is_paid, raw_unpaid
from tests.insights.test_paper import paper
from tests.insights.test_structure import ended
from tests.stories import RawFile, RawNote, raw, story


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


def varied(seed: int) -> dict[str, str]:
    """A story of more invoices and payments, of several amounts, whose days are due sooner."""
    draw = random.Random(seed)

    def amount(_: re.Match[str]) -> str:
        return f"amount:: {draw.choice([200, 500, 900])}"

    def due(found: re.Match[str]) -> str:
        return f"{found[1]}:: {TODAY - dt.timedelta(draw.randint(-30, 300))}"

    def more(text: str) -> str:
        text = re.sub(r"(?m)^(## \S+) document(.*)$", r"\1 payment\2\namount:: 500", text)
        return re.sub(
            r"(?m)^(## \S+) contract(.*)$", r"\1 invoice\2\namount:: 500\ndue:: 2026", text
        )

    files = {path: more(text) for path, text in story(seed).items()}
    return {
        path: re.sub(r"(due|deadline):: \S+", due, re.sub(r"amount:: \d+", amount, text))
        for path, text in files.items()
    }


@pytest.mark.parametrize("seed", [*range(5), 10])
def test_its_figures_follow_from_the_raw_files(seed: int) -> None:
    files = varied(seed)
    loaded = load(MemoryTree(files), lambda: TODAY)
    assert loaded.seen is not None
    assert not [p for p in loaded.problems if p.severity == "error"]
    jobs = modules(Insights(loaded.seen, TODAY)).jobs
    with_paper = [one for one in raw(files, "deals") if any(map(is_paper, one.notes))]
    assert [found.id.id for found in jobs] == [one.id for one in with_paper]
    for found, one in zip(jobs, with_paper, strict=True):
        days = raw_days(one)
        assert found[1:6] == days
        assert found.unpaid_start == raw_unpaid(one)
        assert [(each.due, each.days) for each in found.late] == raw_lates(one)
        asked, got = (sum(amounts(one, kind)) for kind in ("invoice", "payment"))
        for money, count in ((found.asked, asked), (found.got, got), (found.owed, asked - got)):
            assert money == ((eur(count),) if count else ())
        assert found.overdue_since == raw_overdue(one)
        assert [tuple(phase) for phase in found.phases] == raw_phases(one, days)
    assert any(found.overdue_since for found in jobs) and any(found.late for found in jobs)


def is_paper(note: RawNote) -> bool:
    return note.kind in ("invoice", "payment", "order", "delivery") or is_ours(note)


def amounts(one: RawFile, kind: str) -> list[int]:
    return [amount(n) or 0 for n in one.notes if n.kind == kind]


Days = tuple[dt.date | None, ...]


def raw_days(one: RawFile) -> Days:
    """The days of the first proposal and invoice, since when half was paid, when work began and
    when it was delivered last."""
    proposed = [n.date for n in one.notes if is_ours(n)]
    invoiced, delivered = (
        [n.date for n in one.notes if n.kind == kind] for kind in ("invoice", "delivery")
    )
    began = [n.date for n in one.notes if n.kind in ("order", "delivery")]
    paid = [n.date for n in one.notes if raw_is_paid(one, n.date)]
    firsts = [min(days, default=None) for days in (proposed, invoiced, paid, began)]
    return (*firsts, max(delivered, default=None))


def raw_lates(one: RawFile) -> list[tuple[dt.date, int]]:
    """When each late delivery was due, and how many days too late it came or has not come."""
    stated = [n.said["deadline"] for n in one.notes if is_ours(n) and "deadline" in n.said]
    last = stated[-1] if stated else ""
    came = [(n.date, n.said.get("due", last)) for n in one.notes if n.kind == "delivery"]
    if not came and ended(one)[0] == "won":
        came = [(TODAY, last)]
    dues = [(day, dt.date.fromisoformat(due)) for day, due in came if due]
    return [(due, (day - due).days) for day, due in dues if day > due]


def raw_overdue(one: RawFile) -> dt.date | None:
    """When the first invoice was due that the payments do not reach, if that is over."""
    left = sum(amounts(one, "payment"))
    for said in one.notes:
        if said.kind == "invoice" and "amount" in said.said:
            left -= amount(said) or 0
            if left < 0 and said.said.get("due", "9999") < str(TODAY):
                return dt.date.fromisoformat(said.said["due"])
    return None


def raw_phases(one: RawFile, days: Days) -> list[tuple[str, dt.date, int]]:
    """Day by day what was so, as stretches, until all is paid and delivered, or lost, or today."""
    *_, paid, _, delivered = days
    how, end = ended(one)
    until = (end if how == "lost" else None) or TODAY
    if paid and delivered:
        until = max(paid, delivered)
    first = min(filter(None, days))
    every = [first + dt.timedelta(n) for n in range((until - first).days)]
    found = [(what, list(stretch)) for what, stretch in groupby(every, lambda day: raw_what(days, day))]  # fmt: skip
    return [(what, stretch[0], len(stretch)) for what, stretch in found if what]


def raw_what(days: Days, on: dt.date) -> str:
    proposed, invoiced, paid, began, delivered = (bool(day and day <= on) for day in days)
    if began and paid:
        return "" if delivered else "work"
    if began or paid:
        return "unpaid" if began else "paid"
    return "invoiced" if invoiced else "proposed" if proposed else ""
