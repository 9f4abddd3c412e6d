"""What notes tell of deals beside stage and time, as far as it has told winners from losers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.forecast.backtest import Backtest
from site_builder.forecast.counted import Counted
from site_builder.forecast.signals import ANSWERED, QUIET, Signal
from site_builder.journal.schema import Schema
from site_builder.markup.formats import isolated
from site_builder.pages.sheet import NOTHING, Cell, Row, Section, Table, numbers
from site_builder.problems.counting import count, together

NAMES: Mapping[Signal, str] = {
    "silence": "silence",
    "two-way": "two-way contact",
    "rung": "the rung reached",
    "steps": "steps done",
    "pushes": "pushed close dates",
}
"""What each is called, on pages and in the terminal."""
_RULE = (
    "By what notes had told at past month ends, and what came: how many times as often what leads "
    "to a win comes, all open deals together staying where they were. A signal weighs as much as "
    "it has answered better than stage and time alone; one that has not weighs next to nothing."
)
_SIGNS: Mapping[Signal, tuple[str, ...]] = {
    "silence": (
        "no contact yet",
        f"contact within {QUIET[0]} days",
        f"silent up to {QUIET[1]} days",
        f"silent up to {QUIET[2]} days",
        "silent for longer",
    ),
    "two-way": (
        "they have not taken part yet",
        f"they took part within {ANSWERED} days",
        "they took part longer ago",
    ),
    "rung": ("none", "first", "second", "third", "fourth or higher"),
    "steps": ("none of the stage", "some of the stage", "all of the stage"),
    "pushes": ("never", "once", "twice or more"),
}


def signals_sections(found: Backtest, schema: Schema) -> Iterator[Section]:
    """What counts, of each pipeline that has had deals."""
    if not found.signals:
        return
    names = {one.id: one.name for one in schema.pipelines}
    tried = [(one, names[one.pipeline]) for one in found.signals if one.tried]
    tables = tuple(
        [_table(one, name, name if len(found.signals) > 1 else "Signal") for one, name in tried]
    )
    said = [(names[one.pipeline], counted_words(one)) for one in found.signals]
    is_one = len(said) == 1
    words = " ".join([words if is_one else f"{isolated(name)}: {words}" for name, words in said])
    title = "What else than stage and time tells"
    yield Section("signals", title, words, tables=tables, rule=_RULE if tables else "")


def _table(one: Counted, name: str, head: str) -> Table:
    rows = [row for id in _SIGNS if id in one.tried for row in _rows(one, id)]
    return Table(name, numbers(head, "Weight", "Times as probable"), tuple(rows))


def _rows(one: Counted, id: Signal) -> Iterator[Row]:
    """A signal with its weight, and below it what notes can tell of it."""
    name, weight = f"{NAMES[id][0].upper()}{NAMES[id][1:]}", Cell(f"{one.tried[id]:.0%}")
    yield Row(Cell(name), (weight, NOTHING), is_group=True)
    for sign, times in zip(_SIGNS[id], one.factors[id], strict=False):
        yield Row(Cell(sign), (NOTHING, Cell(f"×\u00a0{times:.2f}")))


def counted_words(one: Counted) -> str:
    """What was tried, what counts and how much it helped, in a sentence."""
    if not one.tried or not one.n:
        return (
            "Stage and time alone count: no note of a deal tells of contact, rungs, steps or "
            "pushed close dates, or it is too early to judge."
        )
    forecasts = count(one.n, "past forecast")
    if not one.counts:
        return (
            f"Stage and time count almost alone: {_names(one.others)} "
            f"{_were(one.others)} tried, and did not tell winners from losers in {forecasts}."
        )
    tried = f" ({_names(one.others)} {_were(one.others)} tried too)" if one.others else ""
    verb = "counts" if len(one.counts) == 1 else "count"
    return f"Beside stage and time {_names(one.counts)} {verb}{tried}{_scored(one, forecasts)}."


def _scored(one: Counted, forecasts: str) -> str:
    if one.brier is None or one.without is None:
        return ""
    scores = f"the Brier score of {forecasts} is {one.brier:.3f}"
    return f": with what notes tell {scores}, without {one.without:.3f}"


def _were(some: list[Signal]) -> str:
    return "was" if len(some) == 1 else "were"


def _names(some: list[Signal]) -> str:
    return together([NAMES[id] for id in some])
