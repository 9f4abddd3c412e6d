"""What the periods and sums of the forecast are called on its pages."""

from __future__ import annotations

from site_builder.forecast import outlook as book
from site_builder.forecast.frame import Frame
from site_builder.forecast.outlook import Bucket
from site_builder.insights.totals import Totals
from site_builder.journal.periods import Period
from site_builder.markup import formats
from site_builder.pages import coverage

UNDATED_NAMES = {
    book.LATER: "Later",
    book.OVERDUE: "Close date passed",
    book.UNDATED: "No close date",
}


def text(sums: Totals, frame: Frame, none: str = "") -> str:
    """A sum to the unit of its currency; ``none`` where no deal in it has an amount."""
    return coverage.amounts(sums, frame.schema) if sums.lines else none


def short(sums: Totals, frame: Frame) -> str:
    """A sum to three digits, for sentences."""
    return coverage.amounts(sums, frame.schema, formats.compact)


def name(bucket: Bucket) -> tuple[str, str]:
    """What a bucket is called, and what months that is where its name doesn't say."""
    period = bucket.period
    if period is None:
        return UNDATED_NAMES.get(bucket.label, bucket.label), ""
    if period.first.month == period.last.month:
        return formats.month(period.first), ""
    return period.label, _months(period)


def _months(period: Period) -> str:
    """``Jan – Mar`` where the label says the year; nothing for a whole one."""
    first, last = formats.month(period.first), formats.month(period.last)
    year = str(period.first.year)
    if period.label == year == str(period.last.year):
        return ""
    if period.label.startswith(year) and period.first.year == period.last.year:
        return f"{first.split()[0]} – {last.split()[0]}"
    return f"{first} – {last}"
