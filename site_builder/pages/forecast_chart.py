"""The chart of the forecast: what is won, expected, open and targeted, quarter by quarter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from markupsafe import Markup

from site_builder.forecast.expecting import Coming, Expecting
from site_builder.forecast.frame import Frame
from site_builder.forecast.outlook import Bucket
from site_builder.insights import totals
from site_builder.journal.money import Money
from site_builder.markup import charts, formats
from site_builder.pages.forecast_lists import DealList, Lists, Side
from site_builder.pages.forecast_sure import Range
from site_builder.problems import counting

TABLE = "#quarters"
"""Where the table of the quarters is."""


def chart(frame: Frame, lists: Lists, expects: Expecting, ranges: Mapping[str, Range]) -> Markup:
    """Won, expected and the rest of what is open, by quarter, in the journal's currency, and
    between what it will probably land; the same in deals and wins where nothing has a value."""
    if _is_counted(frame):
        counted = [
            _counted(bucket, lists.get(bucket.label), frame, expects) for bucket in frame.quarters
        ]
        return charts.counted_bars("Won, expected and open by quarter, in deals", counted)
    bars = [
        _bar(bucket, lists.get(bucket.label), frame, expects, ranges.get(bucket.label))
        for bucket in frame.quarters
    ]
    name = f"Won, expected, open and targeted by quarter, in {frame.schema.currency}"
    return charts.stacked_bars(name, bars, lambda amount: formats.compact(_home(amount, frame)))


def _is_counted(frame: Frame) -> bool:
    """Whether there are deals, and neither a value nor a target that a bar could be drawn of."""
    whole = frame.sums(frame.everything)
    if whole.open.lines or whole.won.lines or not whole.open.missing + whole.won.missing:
        return False
    return not any(frame.target(bucket.label) for bucket in frame.quarters)


def _counted(
    bucket: Bucket, found: DealList | None, frame: Frame, expects: Expecting
) -> charts.Bar:
    """What is expected of the open deals of a quarter is drawn as a part of them."""
    coming, won, opened = expects.coming(bucket), len(bucket.won), len(bucket.parts)
    opens = _place(found, "open")
    marks = tuple(
        charts.Mark(amount, kind, text, f"{text} in {bucket.label}", path)
        for kind, amount, text, path in (
            ("won", Decimal(won), _deals(won, "won"), _place(found, "won")),
            ("expected", _tenths(coming.wins), _wins(coming), opens),
            ("open", opened - _tenths(coming.dated_wins), _deals(opened, "open"), opens),
        )
    )
    path = found.path() if found else TABLE
    return charts.Bar(bucket.label, path, marks, instead=_instead(bucket, frame, coming))


def _tenths(wins: float) -> Decimal:
    return Decimal(f"{wins:.1f}")


def _deals(number: int, side: Side) -> str:
    return f"{counting.count(number, 'deal')} {side}"


def _wins(coming: Coming) -> str:
    """How many wins are expected; nothing where that is none."""
    wins = counting.decimal(coming.wins)
    return "" if wins == "0.0" else f"{wins} wins expected"


def _place(found: DealList | None, side: Side) -> str:
    """Where the deals of a side of a quarter are; the table where there are none."""
    return (found.place(side) if found else "") or TABLE


def _bar(
    bucket: Bucket,
    found: DealList | None,
    frame: Frame,
    expects: Expecting,
    between: Range | None,
) -> charts.Bar:
    path = found.path() if found else TABLE
    marks = tuple(_marks(bucket, found, frame, expects))
    goal, target = _goal(bucket, frame), None
    if goal is not None:
        name = f"Target of {bucket.label}: {formats.rounded(goal)}"
        target = charts.Target(goal.amount, f"target {formats.compact(goal)}", name, path)
    band = _band(bucket, path, between, frame) if between else None
    return charts.Bar(
        bucket.label, path, marks, target, _instead(bucket, frame, expects.coming(bucket)), band
    )


def _band(bucket: Bucket, path: str, between: Range, frame: Frame) -> charts.Band | None:
    low, middle, high = between
    if low == high:
        return None
    ends = [formats.compact(_home(one, frame)) for one in (low, high)]
    name = f"{bucket.label} lands between {ends[0]} and {ends[1]} in eight of ten cases"
    return charts.Band(low, middle, high, f"likely {ends[0]} to {ends[1]}", name, path)


def _marks(
    bucket: Bucket, found: DealList | None, frame: Frame, expects: Expecting
) -> Iterator[charts.Mark]:
    sums, coming = frame.sums(bucket), expects.coming(bucket)
    won, expected, dated, opened = (
        one.in_currency(frame.schema.currency)
        for one in (sums.won, coming.expected, coming.dated, sums.open)
    )
    opens = _place(found, "open")
    for kind, amount, word, path in (
        ("won", won, "won", _place(found, "won")),
        ("expected", expected, "expected", opens),
        ("open", max(opened - dated, Decimal(0)), "more open", opens),
    ):
        money = _home(amount, frame)
        text = f"{formats.compact(money)} {word}"
        name = f"{formats.rounded(money)} {word} in {bucket.label}"
        yield charts.Mark(amount, kind, text, name, path)


def _goal(bucket: Bucket, frame: Frame) -> Money | None:
    """The target of a quarter in the journal's currency; None where there is none, or no rate."""
    target = frame.target(bucket.label)
    if target is None:
        return None
    day = bucket.period.counted_on(frame.today) if bucket.period else frame.today
    goal = totals.convert(target, frame.schema, day)
    return goal if goal.currency == frame.schema.currency else None


def _instead(bucket: Bucket, frame: Frame, coming: Coming) -> str:
    """What a quarter has where no amount can be drawn."""
    won, opened = len(bucket.won), len(bucket.parts)
    parts = (
        _deals(won, "won") if won else "",
        _deals(opened, "open") if opened else "",
        "" if coming.expected.lines else _wins(coming),
    )
    is_over = bucket.period is not None and bucket.period.last < frame.today
    return ", ".join(filter(None, parts)) or ("nothing" if is_over else "nothing yet")


def _home(amount: Decimal, frame: Frame) -> Money:
    return Money(amount, frame.schema.currency)


def undrawn(frame: Frame) -> str:
    """What no bar can show: currencies without a rate, and deals without a value; what the bars
    are of where they count deals."""
    if _is_counted(frame):
        return "The bars count deals, for none has a value."
    whole = frame.sums(frame.everything)
    codes = {m.currency for m in (*whole.open.lines, *whole.won.lines)} - {frame.schema.currency}
    for bucket in frame.quarters:
        if (target := frame.target(bucket.label)) and not _goal(bucket, frame):
            codes.add(target.currency)
    missing = whole.open.missing + whole.won.missing
    said = [f"{', '.join(sorted(codes))} (no rate)"] * bool(codes)
    said += [f"{counting.count(missing, 'deal')} (no value)"] * bool(missing)
    return f"Not drawn: {', '.join(said)}." if said else ""
