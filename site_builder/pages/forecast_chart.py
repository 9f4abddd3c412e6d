"""The chart of the forecast: what is won, expected, open and targeted, quarter by quarter."""

from __future__ import annotations

from decimal import Decimal

from markupsafe import Markup

from site_builder.forecast.outlook import Bucket
from site_builder.insights import totals
from site_builder.journal.money import Money
from site_builder.markup import charts, formats
from site_builder.pages.forecast_deals import deals_of
from site_builder.pages.forecast_rows import Frame
from site_builder.problems import counting

_KEY = (
    ("won", "won"),
    ("expected", "expected: open, weighted by own estimates, the stage’s where there is none"),
    ("open", "the rest of what is open"),
    ("target", "target"),
)


def chart(frame: Frame) -> Markup:
    """Won, expected and the rest of what is open, by quarter, in the journal's currency."""
    bars = [_bar(bucket, frame) for bucket in frame.quarters]
    name = f"Won, expected, open and targeted by quarter, in {frame.schema.currency}"
    return charts.stacked_bars(name, bars, lambda amount: formats.compact(_home(amount, frame)))


def key(frame: Frame) -> Markup:
    """What the chart's marks mean; of targets only where any is drawn."""
    targets = any(_target(bucket, frame) for bucket in frame.quarters)
    return charts.key([entry for entry in _KEY if targets or entry[0] != "target"])


def _bar(bucket: Bucket, frame: Frame) -> charts.Bar:
    sums = frame.sums(bucket)
    won, expected, opened = (
        totals_.in_currency(frame.schema.currency) for totals_ in (sums.won, sums.by_own, sums.open)
    )
    target = _target(bucket, frame)
    href = deals_of(bucket)
    kinds = (("won", won, "won"), ("expected", expected, "expected"))
    marks = [(kind, amount, f"{word} in {bucket.label}") for kind, amount, word in kinds]
    marks.append(("open", opened - expected, f"more open in {bucket.label}, not expected"))
    return charts.Bar(
        bucket.label,
        _figure(bucket, won, expected, frame),
        href,
        tuple(
            charts.Mark(amount, kind, f"{formats.rounded(_home(amount, frame))} {words}", href)
            for kind, amount, words in marks
        ),
        target.amount if target else None,
        f"Target of {bucket.label}: {formats.rounded(target)}" if target else "",
    )


def _target(bucket: Bucket, frame: Frame) -> Money | None:
    """The target of a quarter in the journal's currency; None where there is none, or no rate."""
    target = frame.target(bucket.label)
    if target is None:
        return None
    day = bucket.period.counted_on(frame.today) if bucket.period else frame.today
    goal = totals.convert(target, frame.schema, day)
    return goal if goal.currency == frame.schema.currency else None


def _figure(bucket: Bucket, won: Decimal, expected: Decimal, frame: Frame) -> str:
    """What is won and expected in a quarter; where that is nothing, how many deals it has."""
    amounts = ((won, "won"), (expected, "expected"))
    parts = [f"{formats.compact(_home(a, frame))} {word}" for a, word in amounts if a]
    counts = ((len(bucket.won), "won"), (len(bucket.parts), "open"))
    parts = parts or [f"{counting.count(n, 'deal')} {word}" for n, word in counts if n]
    is_over = bucket.period is not None and bucket.period.last < frame.today
    return ", ".join(parts) or ("nothing" if is_over else "nothing yet")


def _home(amount: Decimal, frame: Frame) -> Money:
    return Money(amount, frame.schema.currency)


def undrawn(frame: Frame) -> str:
    """What no bar can show: currencies without a rate, and deals without a value."""
    whole = frame.sums(frame.everything)
    codes = {m.currency for m in (*whole.open.lines, *whole.won.lines)} - {frame.schema.currency}
    for bucket in frame.quarters:
        if (target := frame.target(bucket.label)) and not _target(bucket, frame):
            codes.add(target.currency)
    missing = whole.open.missing + whole.won.missing
    said = [f"for want of a rate: amounts in {', '.join(sorted(codes))}"] * bool(codes)
    said += [f"for want of a value: {counting.count(missing, 'deal')}"] * bool(missing)
    return f"Not drawn, {'; '.join(said)}." if said else ""
