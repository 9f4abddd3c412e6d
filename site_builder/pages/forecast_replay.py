"""What would have been said of past quarters week by week, and what came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.forecast.replay import Replay
from site_builder.insights.share import Share
from site_builder.markup.weeks import Course, courses
from site_builder.pages.forecast_sure import BELIEF
from site_builder.pages.sheet import Cell, Row, Section, Table, number, numbers, sure
from site_builder.problems.counting import count, decimal, grouped

_TOLD = (13, 8, 4, 1)
"""So many weeks before the end the table tells what was said."""
_DRAWN = 8
"""So many quarters, the last ones, are drawn and stand open; what is older is folded."""
_RULE = (
    "The line is what was said, the dashes what came.{drawn} Said is what a quarter had won by "
    "then, and what the history up to the month end before had taught of the deals that were open: "
    "won by its end, whatever their close dates. Deals that did not exist yet are not in it. Won "
    "is what stands won today, as in the forecast: a deal that was reopened later counts in what "
    "was said until then, and is no win. In deals, for values may have been filled in later."
)


def replay_sections(found: Sequence[Replay]) -> Iterator[Section]:
    """The section, where there are such quarters."""
    if not found:
        return
    columns = numbers(
        "Quarter", *(f"{count(one, 'week')} before" for one in _TOLD), "Won", "Of these new"
    )
    late, older = found[-_DRAWN:], found[:-_DRAWN]
    tables = [Table("What was said of past quarters", columns, tuple(map(_row, late)))]
    if older:
        before = count(len(older), "quarter") if len(older) > 1 else "quarter"
        label = f"What was said of the {before} before"
        tables.append(Table(label, columns, tuple(map(_row, older)), closed=label))
    lines = [
        Course(
            one.period,
            f"{BELIEF}#said-{one.period}",
            tuple(week.said for week in one.weeks),
            one.came,
            _in_words(one),
        )
        for one in late
    ]
    drawing = courses("Wins said of the last quarters, week by week before their ends", lines)
    rule = _RULE.format(drawn=f" The last {_DRAWN} quarters are drawn." * bool(older))
    title = "What was said of past quarters, and what came"
    yield Section("quarters", title, _answer(found), drawing, tuple(tables), rule)


def _answer(found: Sequence[Replay]) -> str:
    held = sum([one.weeks[0].is_held for one in found])
    quarters = count(len(found), "quarter")
    return (
        "what came of open deals lay in the range of eight of ten cases said at first, in "
        f"{held} of {quarters} ({sure(Share(held, len(found)))})"
    )


def _in_words(one: Replay) -> str:
    new = f", {grouped(one.new)} of them new" if one.new else ""
    return f"{grouped(round(one.weeks[0].said))} said at first, {grouped(one.came)} came{new}"


def _row(one: Replay) -> Row:
    said = {week.before: week.said for week in one.weeks}
    cells = (*(Cell(decimal(said[before])) for before in _TOLD), number(one.came), number(one.new))
    return Row(Cell(one.period), cells, id=f"said-{one.period}")
