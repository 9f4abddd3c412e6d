"""Parts of the page of modules: what deals became, and where the money was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from site_builder.insights.jobs import Job, What
from site_builder.insights.modules import Modules
from site_builder.insights.paper import Late
from site_builder.insights.totals import Totals
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.markup import formats
from site_builder.markup.charts import Bar, Mark, counted_bars
from site_builder.pages.context import Context
from site_builder.pages.links import deal_path, subject_link
from site_builder.pages.note_paths import note_path
from site_builder.pages.sheet import (
    SHOWN,
    Cell,
    Column,
    Row,
    Section,
    Table,
    cut,
    groups,
    linked,
    numbers,
    texts,
)
from site_builder.problems import counting

DRAWN = 10
"""How many jobs have a bar; a table a click below it has more."""
_MARKS: dict[What, tuple[str, str]] = {
    "proposed": ("open", "proposed"),
    "invoiced": ("expected", "invoiced"),
    "paid": ("paid", "paid"),
    "work": ("won", "at work"),
    "unpaid": ("lost", "unpaid"),
}
_UNPAID = (
    "Work is unpaid as long as half of what was invoiced by then is not paid, and where nothing "
    "was invoiced as long as nothing is. A payment before any invoice is enough."
)
_UNPAPERED = (
    "A win is without paper where no note of its deal is of a tangible kind: what was agreed is "
    "written down nowhere."
)
_OLDEST = (
    "Payments are for the oldest invoices of their deal; overdue is what was due before today."
)
_LATE = (
    "A delivery is due when its `due::` says, otherwise on the `deadline::` of the last proposal; "
    "of a won deal without a delivery that day counts too."
)


def work(found: Modules, context: Context) -> Iterator[Section]:
    """Per deal a bar from the proposal to the delivery, those begun unpaid first."""
    begun = [job for job in found.jobs if job.phases and (job.began or job.paid or job.invoiced)]
    if not begun:
        return
    begun.sort(key=lambda job: (not job.unpaid_start, -_last(job).toordinal(), job.id.id))
    shown = begun[:SHOWN]
    bars = [_bar(job) for job in shown[:DRAWN]]
    jobs = counting.count(sum(job.began is not None for job in begun), "job")
    yield Section(
        "work",
        "From proposal to delivery",
        f"{counting.grouped(len(found.unpaid_starts))} of {jobs} begun unpaid{_cut(len(begun))}",
        counted_bars("Days from proposal to delivery", bars, " d"),
        (_table(shown, context),),
        _UNPAID,
        groups([("unpaid", "Begun unpaid", found.unpaid_starts)]),
    )


def _cut(jobs: int) -> str:
    drawn = f"; {DRAWN} are drawn" if jobs > DRAWN else ""
    return f"{drawn}, {SHOWN} listed" if jobs > SHOWN else drawn


def _last(job: Job) -> dt.date:
    return max(filter(None, job[1:6]))


def _bar(job: Job) -> Bar:
    path = deal_path(job.id)
    marks = tuple(
        Mark(
            Decimal(phase.days),
            _MARKS[phase.what][0],
            f"{counting.grouped(phase.days)} d {_MARKS[phase.what][1]}",
            f"{job.id.title}: {formats.days(phase.days)} {_MARKS[phase.what][1]}",
            path,
        )
        for phase in job.phases
    )
    return Bar(job.id.title, path, marks, instead="all on one day")


def _table(jobs: Sequence[Job], context: Context) -> Table:
    heads = ("Deal", "Proposed", "Invoiced", "Half paid", "Work began", "Delivered")
    rows = tuple(
        Row(linked(subject_link(job.id)), (*(_day(day, context) for day in job[1:4]),
            _began(job, context), _day(job.delivered, context)))
        for job in jobs
    )  # fmt: skip
    return Table("The same by date", texts(*heads), rows, closed="The same by date")


def _began(job: Job, context: Context) -> Cell:
    cell = _day(job.began, context)
    return cell._replace(aside="unpaid") if job.unpaid_start else cell


def _day(day: dt.date | None, context: Context) -> Cell:
    return Cell(formats.near_day(day, context.today)) if day else Cell("–")


def unpapered(found: Modules, context: Context) -> Iterator[Section]:
    """The deals that were won without paper, the last first, where any paper is noted at all."""
    if not (found.unpapered and found.jobs):
        return
    last = sorted(
        [(_won_on(deal, context), deal) for deal in found.unpapered],
        key=lambda row: (-(row[0] or dt.date.min).toordinal(), row[1].id),
    )
    rows = tuple(
        Row(linked(subject_link(deal)), (_day(day, context), _value(deal)))
        for day, deal in last[:SHOWN]
    )
    won = next(one.share.of for one in found.modules if one.module == "loop")
    yield Section(
        "unpapered",
        "Won without paper",
        f"{counting.grouped(len(last))} of {counting.count(won, 'won deal')}"
        + cut(len(last), "last"),
        tables=(Table("Deals won without paper", (*texts("Deal", "Won"), Column("Value")), rows),),
        rule=_UNPAPERED,
    )


def _won_on(deal: Deal, context: Context) -> dt.date | None:
    ended = context.insights.standings[deal.id].outcome
    return ended.day if ended else None


def _value(deal: Deal) -> Cell:
    return Cell(formats.money(deal.value) if deal.value else "")


def invoices(found: Modules, context: Context) -> Iterator[Section]:
    """What was invoiced and paid, the overdue first."""
    with_one = [job for job in found.jobs if job.invoiced or job.got]
    if not with_one:
        return
    with_one.sort(key=_owing)
    owing = [job for job in with_one if job.owed]
    owed = context.insights.total([money for job in with_one for money in job.owed])
    asked = context.insights.total([money for job in with_one for money in job.asked])
    got = context.insights.total([money for job in with_one for money in job.got])
    total = Row(
        Cell("In all"),
        tuple(_sum_of(sums, "modules.html#invoiced") for sums in (asked, got, owed)),
        is_sum=True,
    )
    yield Section(
        "invoices",
        "Invoices and payments",
        f"{counting.grouped(len(owing))} of {counting.count(len(with_one), 'deal')} with money "
        f"outstanding{cut(len(owing))}",
        tables=(
            _accounts("Invoices and payments", owing, context, total),
            *_settled([job for job in with_one if not job.owed], context),
        ),
        rule=_OLDEST,
        made_of=groups([("invoiced", "With an invoice or a payment", [j.id for j in with_one])]),
        is_closed=True,
    )


def _sum_of(sums: Totals, path: str) -> Cell:
    """A sum that leads to the deals that it is of."""
    return _money(sums.lines)._replace(path=path if sums.lines else "")


def _settled(jobs: Sequence[Job], context: Context) -> Iterator[Table]:
    """Those who owe nothing, which is not what the page is opened for."""
    if jobs:
        owe = "owes" if len(jobs) == 1 else "owe"
        told = f"{counting.count(len(jobs), 'deal')} that {owe} nothing{cut(len(jobs))}"
        yield replace(_accounts("Paid in full", jobs, context), closed=told)


def _accounts(label: str, jobs: Sequence[Job], context: Context, *total: Row) -> Table:
    columns = numbers("Deal", "Invoiced", "Paid", "Owed")
    rows = [_account(job, context) for job in jobs[:SHOWN]]
    return Table(label, columns, (*rows, *total), has_sums=True)


def _owing(job: Job) -> tuple[bool, dt.date, str]:
    """The overdue first, the longest of them before."""
    return not job.overdue_since, job.overdue_since or dt.date.min, job.id.id


def _account(job: Job, context: Context) -> Row:
    return Row(
        linked(subject_link(job.id)),
        (
            _money(job.asked),
            _money(job.got),
            _owed(job, context),
        ),
    )


def _owed(job: Job, context: Context) -> Cell:
    since = job.overdue_since
    if since is None:
        return _money(job.owed)
    overdue = f"overdue since {formats.near_day(since, context.today)}"
    return _money(job.owed)._replace(status="overdue", aside=overdue)


def _money(monies: Sequence[Money]) -> Cell:
    return Cell(" + ".join(map(formats.rounded, monies)) or "–")


def deliveries(found: Modules, context: Context) -> Iterator[Section]:
    """What is due, and what was delivered late."""
    rows = [(job.id, late) for job in found.jobs for late in job.late]
    coming = sorted((job.due, job.id.id, job.id) for job in found.jobs if job.due)
    delivered = sum(job.delivered is not None for job in found.jobs)
    if not (delivered or rows or coming):
        return
    rows.sort(key=lambda row: (row[1].note is not None, -row[1].due.toordinal(), row[0].id))
    late = counting.count(len(found.deliveries_late), "deal")
    tables = (
        Table(
            "Deliveries to come",
            texts("Deal", "Due", "When"),
            tuple(_coming(deal, due, context) for due, _, deal in coming[:SHOWN]),
        ),
        Table(
            "Late deliveries",
            texts("Deal", "Due", "Delivered", "Late"),
            tuple(_late(deal, one, context) for deal, one in rows[:SHOWN]),
        ),
    )
    yield Section(
        "deliveries",
        "Deliveries",
        f"{counting.grouped(len(coming))} to come; {late} late; {counting.grouped(delivered)} "
        f"delivered{cut(max(len(rows), len(coming)))}",
        tables=tuple(table for table in tables if table.rows),
        rule=_LATE,
        made_of=groups([("late", "With a late delivery", found.deliveries_late)]),
        is_closed=True,
    )


def _coming(deal: Deal, due: dt.date, context: Context) -> Row:
    cells = formats.near_day(due, context.today), formats.in_days(due, context.today)
    return Row(linked(subject_link(deal)), tuple(map(Cell, cells)))


def _late(deal: Deal, one: Late, context: Context) -> Row:
    came = one.note
    delivered = (
        Cell(formats.near_day(came.date, context.today), note_path(deal, came))
        if came
        else Cell("not yet", status="overdue")
    )
    return Row(
        linked(subject_link(deal)),
        (Cell(formats.near_day(one.due, context.today)), delivered, Cell(formats.days(one.days))),
    )
