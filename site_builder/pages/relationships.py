"""The page of relationships: which deals are ahead of theirs, how such deals fared, who climbed
how fast, who writes and who answers, who was forgotten, and what hangs on one person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from site_builder.insights import relationships as facts
from site_builder.insights.relationships import Fare, OfDeal, Relationships
from site_builder.insights.topics import Topic
from site_builder.markup import formats
from site_builder.pages import coverage, windows
from site_builder.pages.context import Context
from site_builder.pages.deals import OPEN_DEALS
from site_builder.pages.links import Link, subject_link
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.relationships_ladders import LADDERS_AT, ladders_table
from site_builder.pages.relationships_line import COLUMNS, cells, line_of, of_line
from site_builder.pages.relationships_people import people
from site_builder.pages.sentence import Sentence, joined
from site_builder.pages.sheet import (
    SHOWN,
    Cell,
    Column,
    Row,
    Section,
    Sheet,
    Table,
    cut,
    group,
    groups,
    linked,
    number,
    numbers,
    percent_from,
    share_or_few,
    share_text,
    sure,
    texts,
    too_few,
    with_groups,
)
from site_builder.problems import counting

TRUST = "trust"
_UNLINED = "::unlined"
"""The anchor of the deals without a line where several pipelines have some."""
FEWEST = 10
"""Of fewer deals with an outcome nothing is said about how they fare."""
_RULE = (
    "The line is the `relationship` of a stage: the rung that the deal's main contact should have "
    "reached with us there. A deal below it is ahead of its relationship. That blocks nothing, for "
    "a pitch can be won before trust: then put extra work into trust."
)
_AHEAD_RULE = "It is a pitch once a `proposal` of ours is noted."
_FARE_RULE = (
    "Judged is the last open stage of each won and lost deal, with the rungs noted by the day of "
    "the outcome. Left out is what stood last where no rung is expected, has no main contact, or "
    f"ended nobody knows when. {percent_from(FEWEST, 'deals')}"
)
_AHEAD_OPEN = "ahead.open"
_AHEAD = (*COLUMNS[:4], *texts("What to do"), Column("Value"))
_FARES = numbers("Where it stood", "Won", "Lost", "Share won")


def relationships(context: Context, _key: str = "") -> Sheet:
    """The page."""
    if not context.journal.rung_notes:
        return Sheet("Relationships", "", (), empty=_empty(context))
    found = context.facts(facts.relationships)
    sections = tuple(_sections(found, context))
    return Sheet("Relationships", _answer(found, context), sections, _RULE)


def _in_terminal(context: Context, key: str) -> Sheet:
    """The page with its ladders in words, for they are drawn."""
    sheet = relationships(context, key)
    found = context.facts(facts.relationships)
    sections = [
        replace(one, tables=(ladders_table(found, context), *one.tables))
        if one.anchor == LADDERS_AT
        else one
        for one in sheet.sections
    ]
    return replace(sheet, sections=tuple(sections))


def _empty(context: Context) -> str:
    rung = next(iter(context.journal.schema.rungs), "")
    if not rung:
        return "This journal has no ladder: `rungs` of pipeline.yml names its rungs."
    return (
        f"No rung is noted yet. Write `## DATE {rung} from CONTACT-ID` where they came to {rung} "
        f"us, and `{rung} to CONTACT-ID` where we came to {rung} them."
    )


def _answer(found: Relationships, context: Context) -> str:
    below = of_line(found.deals, "below")
    judged = sum(one.line is not None for one in found.deals)
    value = _value(below, context)
    at = f"#{_AHEAD_OPEN}" if _are_apart(len(below), len(found.won_ahead)) else "#ahead"
    worth = Link(value, at)
    words = _ahead_words(len(below), len(found.deals), at)
    parts = [Sentence(words, *(", ", worth) * bool(value))]
    if unjudged := len(found.deals) - judged:
        none = f"{counting.grouped(unjudged)} without a line"
        parts.append(Sentence(Link(none, f"#{_unlined_at(found)}")))
    for ones, what in ((found.forgotten, "forgotten"), (found.pestered, "pestered")):
        if ones:
            parts.append(
                Sentence(Link(f"{counting.count(len(ones), 'contact')} {what}", f"#{what}"))
            )
    if found.single:
        single = Link(counting.count(len(found.single), "deal"), "#single")
        parts.append(Sentence(single, " known through one person only"))
    return joined("; ", parts)


def _ahead_words(count: int, deals: int, at: str) -> Sentence:
    opened = Link(counting.count(deals, "open deal"), OPEN_DEALS)
    if not count:
        none = Sentence("None of ", opened, " is ahead of its relationship")
        return none if deals else Sentence("No open deals")
    are = "is ahead of its" if count == 1 else "are ahead of their"
    ahead = Link(counting.grouped(count), at)
    return Sentence(ahead, " of ", opened, f" {are} relationship")


def _value(deals: Sequence[OfDeal], context: Context) -> str:
    total = context.insights.total(one.value for one in deals)
    schema = context.journal.schema
    return coverage.told(total, schema, write=formats.compact, cover=coverage.explained)


def _sections(found: Relationships, context: Context) -> Iterator[Section]:
    yield from _lines(found, context)
    yield from _ahead(found, context)
    yield _fares(found, context)
    yield from people(found, context)


def _lines(found: Relationships, context: Context) -> Sequence[Section]:
    """The line of each pipeline, and with the first one what has none in any."""
    made = []
    for pipeline in context.journal.schema.pipelines:
        deals = [one for one in found.deals if one.id.pipeline is pipeline]
        if deals and context.journal.schema.rungs:
            made.append(line_of(pipeline, deals, context))
    if made and _unlined_at(found) == _UNLINED:
        ids = [one.id for one in of_line(found.deals, None)]
        every = group(_UNLINED, "Without a line, in any pipeline", ids)
        return with_groups(made, [every])
    return made


def _unlined_at(found: Relationships) -> str:
    """The anchor of the deals without a line."""
    ids = {one.id.pipeline.id for one in of_line(found.deals, None)}
    return f":{ids.pop()}.none" if len(ids) == 1 else _UNLINED


def _ahead(found: Relationships, context: Context) -> Iterator[Section]:
    below = sorted(of_line(found.deals, "below"), key=lambda one: _largest_first(one, context))
    if not below and not found.won_ahead:
        return
    value = _value(below, context)
    won = len(found.won_ahead)
    parts = [counting.count(len(below), "open deal") + (f", {value}" if value else "")]
    if won:
        parts.append(f"{counting.grouped(won)} won before the relationship was there")
    every = [*below, *found.won_ahead]
    has_groups = _are_apart(len(below), won)
    rows = tuple(_ahead_row(one, context) for one in every[:SHOWN])
    yield Section(
        "ahead",
        "Ahead of the relationship",
        "; ".join(parts) + cut(len(every)),
        tables=(Table("Deals ahead of their relationship", _AHEAD, rows),),
        rule=_AHEAD_RULE,
        made_of=groups(
            [
                (_AHEAD_OPEN, "Open", [one.id for one in below]),
                ("ahead.won", "Won", [one.id for one in found.won_ahead]),
            ]
        )
        if has_groups
        else (),
    )


def _are_apart(opened: int, won: int) -> bool:
    """Whether those that are ahead are told by group: the table has not all, or not these alone."""
    return opened + won > SHOWN or bool(opened and won)


def _largest_first(one: OfDeal, context: Context) -> tuple[bool, bool, Decimal, str]:
    """What is not worth anything in the journal's currency comes last."""
    worth = context.insights.standings[one.id.id].worth
    if worth is None:
        return True, True, Decimal(0), one.id.id
    return False, worth.currency != context.journal.schema.currency, -worth.amount, one.id.id


def _ahead_row(one: OfDeal, context: Context) -> Row:
    stage, expected, reached, value = cells(one)
    return Row(
        linked(subject_link(one.id)), (stage, expected, reached, _to_do(one, context), value)
    )


def _to_do(one: OfDeal, context: Context) -> Cell:
    if one.is_pitch or not one.id.stage.is_open:
        what = "A pitch" if one.id.stage.is_open else "Won"
        return Cell(f"{what}: put extra work into {_lacking(one, context)}")
    return Cell("Give it time, and them a reason")


def _lacking(one: OfDeal, context: Context) -> str | None:
    """Trust, which comes before buying, or what is expected beyond it where that is there."""
    rungs = context.journal.schema.rungs
    if TRUST not in rungs:
        return one.expected
    has_trust = one.reached is not None and rungs.index(one.reached) >= rungs.index(TRUST)
    return one.expected if has_trust else TRUST


def _fares(found: Relationships, context: Context) -> Section:
    left_out = counting.count(len(found.unjudged), "deal")
    made_of = [
        (f":fare:{fare.line}.{how}", f"{_side(fare).capitalize()}, {how}", deals)
        for fare in found.fares
        for how, deals in (("won", fare.won_deals), ("lost", fare.lost_deals))
    ]
    return Section(
        "::fares",
        "How past deals fared",
        _fare_words(found.fares) + (f"; {left_out} left out" if found.unjudged else ""),
        tables=(Table("Outcomes by the line", _FARES, tuple(map(_fare, found.fares))),),
        rule=f"{_FARE_RULE} {windows.ended(context)}".rstrip(),
        made_of=groups((*made_of, (":fare:unjudged", "Left out", found.unjudged))),
        is_closed=True,
    )


def _side(fare: Fare) -> str:
    return "below the line" if fare.line == "below" else "on or above the line"


def _fare(fare: Fare) -> Row:
    counts = (("won", fare.won_deals), ("lost", fare.lost_deals))
    cells = [
        number(len(deals), f"relationships.html#:fare:{fare.line}.{how}") for how, deals in counts
    ]
    return Row(Cell(_side(fare).capitalize()), (*cells, share_or_few(fare.won, FEWEST)))


def _fare_words(fares: Sequence[Fare]) -> str:
    fewer = min(fares, key=lambda fare: fare.won.of)
    if fewer.won.of < FEWEST:
        ended = counting.count(fewer.won.of, "deal")
        return f"{ended} ended {_side(fewer)}: {too_few(fewer.won.of, FEWEST)}"
    told = [
        f"{share_text(f.won)} of {counting.grouped(f.won.of)} {_side(f)} won ({sure(f.won)})"
        for f in fares
    ]
    return ", ".join(told)


PAGE = replace(
    page_of_facts(
        "relationships",
        relationships,
        facts.relationships,
        NavGroup.PEOPLE,
        "Relationships",
        lambda _, topics: Topic.RUNG in topics,
    ),
    sheet=windows.footed(_in_terminal),
)
