"""The team's sheet for a Monday: one line for each deal, by seller and for the team, and what
happened since the last one. It is one printed page."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from site_builder.insights import team as facts
from site_builder.insights.moves import Move
from site_builder.insights.standing import Standing
from site_builder.insights.team import WHATS, OfPerson, Team, Ticked
from site_builder.insights.topics import Topic, Topics, has_more
from site_builder.journal.schema import Schema
from site_builder.markup import formats
from site_builder.markup.ways import heap, key, way
from site_builder.pages import coverage
from site_builder.pages.context import Context
from site_builder.pages.deals import OPEN_DEALS
from site_builder.pages.links import FORECAST, Link, handover_path
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.sentence import Sentence, counted
from site_builder.pages.sheet import Cell, Column, Row, Section, Sheet, Table, texts
from site_builder.pages.stale_deals import stale_lists
from site_builder.problems import counting

LINES = 41
"""How many lines a printed page has room for, of deals, or of sellers alone."""
_HEAD = 1.5
"""How much room the line of a seller takes where deals follow."""
_RULE = (
    "A line is a deal: the number of its stage, how many steps of that are done, the next step, "
    "and what happened since. It has one if it is open, if anything happened to it, or if it "
    "should have woken; what sleeps is only counted."
)


class _Made(NamedTuple):
    """What the rows are made of: the facts, the deals of each seller, what happened to each deal,
    and the places of stages on the drawn way."""

    context: Context
    team: Team
    theirs: Mapping[str, list[Standing]]
    moves: Mapping[str, list[Move]]
    ticked: Mapping[str, list[Ticked]]
    places: Mapping[tuple[str, str], int]

    def is_new(self, one: Standing) -> bool:
        """Whether anything happened to a deal."""
        return one.deal.id in self.moves or one.deal.id in self.ticked

    def deals_of(self, one: OfPerson) -> Sequence[Standing]:
        """The deals of a seller, or of the team."""
        return self.theirs[one.person.id] if one.person else self.team.deals

    def place(self, one: Standing) -> int | None:
        """Where a deal stands on the way."""
        return self.places.get((one.deal.pipeline.id, one.deal.stage.id))


def team(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.facts(facts.team)
    people = [one for one in found.people if one.open or one.parked or _happened(one)]
    return Sheet(
        "Team",
        _answer(found, people, context),
        (_section(found, people, context),) if people else (),
        _RULE,
        "No deal has an owner yet. Here stands one line for each open deal, by seller: its stage, "
        "its steps, what comes next, and what happened since last Monday.",
    )


def _answer(found: Team, people: Sequence[OfPerson], context: Context) -> str:
    if not people:
        return ""
    said = coverage.opened(found.whole.value, context.journal.schema)
    opened = counted(found.whole.open, said if found.whole.open else "No deal is open", OPEN_DEALS)
    count = counting.count(len(people), "person", "people")
    whose = Sentence(", with ", Link(count, "#deals")) if len(people) > 1 else ""
    since = f". Since {formats.weekday(found.since)}: "
    happened = _happened(found.whole)
    what = Link(happened, "index.html#since") if happened else "nothing happened"
    return Sentence(opened, whose, since, what)


def _happened(one: OfPerson) -> str:
    """``2 entered, 1 won, 3 steps done``."""
    parts = [f"{counting.grouped(n)} {what}" for what in WHATS if (n := one.happened[what])]
    if one.ticked:
        parts.append(f"{counting.count(one.ticked, 'step')} done")
    return ", ".join(parts)


def _section(found: Team, people: Sequence[OfPerson], context: Context) -> Section:
    made, shown = _made(found, context), people[:LINES]
    each = _each([len(made.theirs[_id(one)]) for one in shown])
    rows: list[Row] = []
    for person in shown:
        lines = _rows(made.theirs[_id(person)], each, made)
        rows += [_person(person, made, bool(each)), *lines]
    left = len(found.deals) - (len(rows) - len(shown))
    since = f"Since {formats.weekday(found.since)}"
    table = Table(
        "Deals by seller",
        (*texts("Deal", "Stage", "Next step", since), Column("Value")),
        (*rows, _person(found.whole, made)),
        is_lines=True,
        is_print_lines=True,
    )
    return Section("deals", "By seller", _cut(left, each, people), key(), (table,))


def _made(found: Team, context: Context) -> _Made:
    moves, ticked = defaultdict[str, list[Move]](list), defaultdict[str, list[Ticked]](list)
    for move in found.moves:
        moves[move.deal.id].append(move)
    for tick in found.ticked:
        ticked[tick.deal.id].append(tick)
    theirs = {one.person.id: list[Standing]() for one in found.people if one.person}
    for one in found.deals:
        theirs[one.owner.id].append(one)
    places = _places(context.journal.schema)
    return _Made(context, found, theirs, dict(moves), dict(ticked), places)


def _id(one: OfPerson) -> str:
    return one.person.id if one.person else ""


def _each(counts: Sequence[int]) -> int:
    """How many deals of each seller there is room for: as many as can be, of all the same."""
    room, each = LINES - _HEAD * len(counts), 0
    while sum(min(count, each + 1) for count in counts) <= room and each < max(counts, default=0):
        each += 1
    return each


def _cut(left: int, each: int, people: Sequence[OfPerson]) -> str:
    """What is not on the page."""
    said = []
    if len(people) > LINES:
        said.append(f"{counting.count(len(people) - LINES, 'more person', 'more people')}")
    if left:
        said.append(counting.count(left, "more deal"))
    if not said:
        return ""
    kept = f": of each seller stand {counting.grouped(each)}, what happened and what is furthest on"
    return f"one printed page has no room for {' and '.join(said)}{kept if each else ''}"


def _rows(deals: Sequence[Standing], each: int, made: _Made) -> list[Row]:
    """The lines of somebody's deals. Where there is no room for all, what happened stays, and what
    is furthest on its way."""
    kept = sorted(range(len(deals)), key=lambda at: (not made.is_new(deals[at]), at))[:each]
    return [_row(deals[at], made) for at in sorted(kept)]


def _row(one: Standing, made: _Made) -> Row:
    card = made.context.cards[one.deal.id]
    next = Cell(card.when, "", card.next or card.because, one.status)
    cells = (_stage(one, made), next, Cell(_news(one, made)), Cell(card.value))
    return Row(Cell(card.title, card.path, card.beside), cells)


def _stage(one: Standing, made: _Made) -> Cell:
    """The number of the stage, steps done of steps, its name, and the way there: what is cut off
    on paper is the name."""
    stage = one.deal.stage
    number = one.deal.pipeline.place_of(stage) if stage.is_open else 0
    if not number:
        return Cell(stage.name, drawing=_way(one, made))
    steps = f" · {one.done}/{len(stage.steps)}" if stage.steps else ""
    return Cell(f"{number}{steps}", aside=stage.name, drawing=_way(one, made))


def _way(one: Standing, made: _Made) -> str | Markup:
    at = made.place(one)
    if at is None:
        return ""
    before = [move.stages[0] for move in made.moves.get(one.deal.id, ()) if move.stages]
    came = made.places.get((one.deal.pipeline.id, before[0].id)) if before else None
    return way(len(set(made.places.values())), at, came)


def _news(one: Standing, made: _Made) -> str:
    """What happened to a deal."""
    moves, ticked = made.moves.get(one.deal.id, ()), made.ticked.get(one.deal.id, ())
    parts = [_move(move, made) for move in moves]
    if ticked:
        parts.append(f"done: {', '.join(tick.step.name for tick in ticked)}")
    return "; ".join(parts)


def _move(move: Move, made: _Made) -> str:
    today = made.context.today
    if move.stages:
        return f"from {move.stages[0].name}"
    if move.closes:
        before, now = (formats.near_day(day, today) for day in move.closes)
        return f"close slipped from {before} to {now}"
    return move.what


def _person(one: OfPerson, made: _Made, is_group: bool = False) -> Row:
    """What a seller's deals sum up to, or those of the team; ``is_group`` where they follow."""
    person, schema = one.person, made.context.journal.schema
    page = handover_path(person.id) if person else FORECAST
    opened = f"{page}#open" if person else OPEN_DEALS
    expected = coverage.told(one.expected, schema, write=formats.compact)
    parked = f"{counting.grouped(one.parked)} parked" if one.parked else ""
    worth = coverage.amounts(one.value, schema, formats.compact) if one.value.lines else ""
    coming = expected and f"{expected} expected {_by_owners(one, made)}"
    head = Cell(person.name if person else "Team", page, coming)
    count = f"{counting.grouped(one.open)} open"
    cells = (
        Cell(count, opened if one.open else "", parked, drawing=_heap(one, made)),
        _steps(one, made.context),
        Cell(_happened(one), "" if person or not _happened(one) else "index.html#since"),
        Cell(worth, opened if worth else "", coverage.share(one.value)),
    )
    return Row(head, cells, is_group=is_group, is_sum=person is None)


def _by_owners(one: OfPerson, made: _Made) -> str:
    """By whom the open deals of a seller, or of the team, are expected to bring what they do."""
    opened = [each for each in made.deals_of(one) if each.deal.stage.is_open]
    return coverage.by_owners([each.deal for each in opened if each.is_expected])


def _steps(one: OfPerson, context: Context) -> Cell:
    """With how many deals the next step is overdue, and with how many there is none."""
    none = f"{counting.grouped(one.unplanned)} with no next step" if one.unplanned else ""
    if not one.overdue:
        return Cell(none, _stale("no-next-step", one, context) if none else "")
    text = f"{counting.grouped(one.overdue)} overdue"
    return Cell(text, _stale("next-step-overdue", one, context), none)


def _stale(code: str, one: OfPerson, context: Context) -> str:
    """Where the deals that are stale for a reason are listed, or those of a seller."""
    found = context.once(stale_lists)[code]
    return found.place(one.person.id) if one.person else found.path()


def _heap(one: OfPerson, made: _Made) -> Markup:
    """How many of their deals stand in each stage."""
    counts = Counter([made.place(deal) for deal in made.deals_of(one)])
    return heap([counts[place] for place in sorted(set(made.places.values()))])


def _places(schema: Schema) -> Mapping[tuple[str, str], int]:
    """The place of each open stage on one way for all pipelines: those that share stages, for one
    extends the other, share the places."""
    found: dict[str, int] = {}
    for pipeline in schema.pipelines:
        for stage in pipeline.way:
            if stage.is_open:
                found.setdefault(stage.id, len(found))
    return {
        (pipeline.id, stage.id): found[stage.id]
        for pipeline in schema.pipelines
        for stage in pipeline.way
        if stage.is_open
    }


def _shows(schema: Schema, topics: Topics) -> bool:
    """With several sellers, and more recorded than that there are deals."""
    return len(schema.team) > 1 and Topic.LIVE in topics and has_more(topics)


PAGE = page_of_facts("team", team, facts.team, NavGroup.PIPELINE, "Team", _shows)
