"""The page of entrances: in which stage deals began, by which channel, and how those fared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from markupsafe import Markup

from site_builder.insights import entrances as facts
from site_builder.insights.entrances import Entrances
from site_builder.insights.share import Share
from site_builder.insights.standing import STATES, State
from site_builder.insights.topics import Topic
from site_builder.journal.deal import Deal
from site_builder.markup.charts import Bar, Mark, counted_bars
from site_builder.pages.context import Context
from site_builder.pages.links import Link
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.sentence import Sentence
from site_builder.pages.sheet import (
    Cell,
    Group,
    Row,
    Section,
    Sheet,
    Table,
    groups,
    number,
    numbers,
    share_cell,
    share_text,
    sure,
    too_few,
    with_groups,
)
from site_builder.problems import counting

FEWEST = 5
"""Of fewer won and lost deals no share won is told, nor of fewer deals which entered where."""
_FURTHER = ":further"
"""The anchor of the deals that entered elsewhere than in the first stage."""
CHANNELS = 40
"""How many channels are shown, those with most deals; the others are counted."""
_RULE = (
    "A deal entered in the stage of its first stage note, or else where it stands. It may enter "
    "anywhere: nothing here is flagged."
)
_COUNTS = ("Deals", "Won", "Lost", "Open", "Parked")
_FARED = "Won of those that ended"
_KINDS: dict[State, str] = {"won": "won", "lost": "lost", "open": "open", "parked": "parked"}


class _Way(NamedTuple):
    """A way in, by stage or channel."""

    anchor: str
    name: str
    aside: str
    deals: dict[State, tuple[Deal, ...]]

    def count(self, state: State) -> int:
        return len(self.deals.get(state, ()))

    @property
    def whole(self) -> str:
        """The anchor of all of its deals: that of the only state that they are in, if so."""
        states = [state for state in STATES if self.count(state)]
        return f"{self.anchor}.{states[0] if len(states) == 1 else ''}"

    @property
    def every(self) -> tuple[Deal, ...]:
        return tuple(deal for state in STATES for deal in self.deals.get(state, ()))

    @property
    def won(self) -> Share:
        return Share(self.count("won"), self.count("won") + self.count("lost"))


def entrances(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.facts(facts.entrances)
    return Sheet(
        "Entrances",
        _answer(found.first) if found.first.of else "",
        tuple(_sections(found, context)),
        _RULE,
        "No deals yet. Here stands in which stage they begin, by which `channel` they come, and "
        "how those fare.",
    )


def _answer(first: Share) -> str:
    further = Share(first.of - first.n, first.of)
    of = Link(counting.count(further.of, "deal"), "deals.html")
    if not further.n:
        return Sentence("All of ", of, " entered in the first stage of their pipeline")
    some = Link(counting.grouped(further.n), f"#{_FURTHER}")
    share = f"{share_text(further)} ({sure(further)})"
    if further.of < FEWEST:
        share = too_few(further.of, FEWEST, "more")
    return Sentence(some, " of ", of, f" entered elsewhere than in the first stage: {share}")


def _sections(found: Entrances, context: Context) -> Iterator[Section]:
    label = "Entered elsewhere than in the first stage"
    further = groups([(_FURTHER, label, _further_deals(found))])
    yield from with_groups(list(_by_pipeline(found, context)), further)
    if found.channels:
        yield _by_channel(found)


def _by_pipeline(found: Entrances, context: Context) -> Iterator[Section]:
    for pipeline in context.journal.schema.pipelines:
        ways = [
            _Way(f":{pipeline.id}.{one.stage.id}", one.stage.name, "", one.deals)
            for one in found.entered
            if one.pipeline is pipeline and one.n
        ]
        if ways:
            yield _section(f":{pipeline.id}", pipeline.name, "Entered in", ways)


def _further_deals(found: Entrances) -> list[Deal]:
    return [
        deal
        for one in found.entered
        if one.stage.id != one.pipeline.first_open.id
        for deals in one.deals.values()
        for deal in deals
    ]


def _by_channel(found: Entrances) -> Section:
    ways = [
        _Way(f":channel:{at}", one.channel, _further(one.further_on), one.deals)
        for at, one in enumerate(found.channels[:CHANNELS])
    ]
    more = len(found.channels) - CHANNELS
    unsaid = counting.count(len(found.unsaid), "deal")
    answer = (
        f"{counting.count(len(found.channels), 'channel')}",
        f"{counting.grouped(more)} more not shown" if more > 0 else "",
        f"{unsaid} without one" if found.unsaid else "",
    )
    rest = ((":channel:unsaid", "No channel recorded", found.unsaid),)
    return _section(
        ":channels", "By channel", "Channel", ways, "; ".join(filter(None, answer)), groups(rest)
    )


def _further(count: int) -> str:
    return f"{counting.grouped(count)} further on" if count else ""


def _section(
    anchor: str,
    title: str,
    head: str,
    ways: Sequence[_Way],
    answer: str = "",
    more: tuple[Group, ...] = (),
) -> Section:
    made_of = [
        (f"{way.anchor}.{state}", f"{way.name}, {state}", way.deals.get(state, ()))
        for way in ways
        for state in STATES
    ]
    made_of += [(way.whole, way.name, way.every) for way in ways if way.whole.endswith(".")]
    counts = tuple(map(_counts, ways))
    return Section(
        anchor,
        title,
        "; ".join(filter(None, (answer, _few(ways)))),
        _drawn(f"What became of deals by where they entered: {title}", ways),
        (
            *_fared(title, head, ways),
            Table(
                f"{title}, by where deals entered", numbers(head, *_COUNTS), counts, is_below=True
            ),
        ),
        made_of=(*groups(made_of), *more),
    )


def _drawn(label: str, ways: Sequence[_Way]) -> Markup:
    bars = []
    for way in ways:
        marks = tuple(
            Mark(
                Decimal(way.count(state)),
                _KINDS[state],
                f"{counting.grouped(way.count(state))} {state}",
                f"{way.name}: {counting.grouped(way.count(state))} {state}",
                f"#{way.anchor}.{state}",
            )
            for state in STATES
            if way.count(state)
        )
        bars.append(Bar(way.name, marks[0].href, marks))
    return counted_bars(label, bars)


def _fared(title: str, head: str, ways: Sequence[_Way]) -> Iterator[Table]:
    """How those fared of which enough have ended."""
    rows = tuple(
        Row(Cell(way.name, aside=way.aside), (share_cell(way.won, _won_of(way)),))
        for way in ways
        if way.won.of >= FEWEST
    )
    if rows:
        yield Table(f"{title}, how deals fared", numbers(head, _FARED), rows)


def _won_of(way: _Way) -> str:
    """Where the won ones are, or else the lost ones."""
    return f"entrances.html#{way.anchor}.{'won' if way.won.n else 'lost'}"


def _few(ways: Sequence[_Way]) -> str:
    """How many there are of which too few have ended."""
    few = sum(way.won.of < FEWEST for way in ways)
    if not few:
        return ""
    some = f"{counting.grouped(few)} of the {counting.grouped(len(ways))}"
    they = "they" if few == len(ways) else some
    return f"too few have ended to say how {they} fare; {FEWEST} of each would do"


def _counts(way: _Way) -> Row:
    counts = [number(way.count(state), f"entrances.html#{way.anchor}.{state}") for state in STATES]
    every = number(len(way.every), f"entrances.html#{way.whole}")
    return Row(Cell(way.name, aside=way.aside), (every, *counts))


PAGE = page_of_facts(
    "entrances",
    entrances,
    facts.entrances,
    NavGroup.LEARN,
    "Entrances",
    lambda _, topics: Topic.CHANNEL in topics or topics.issuperset((Topic.ENTRANCE, Topic.MANY)),
)
