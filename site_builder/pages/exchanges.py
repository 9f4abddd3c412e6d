"""The page of exchanges: how human each deal is, what customers learned, what made us step in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.insights import exchanges as facts
from site_builder.insights.exchanges import FEWEST, Exchanges, OfDeal, OfOutcome, OfStage
from site_builder.insights.standing import STATES
from site_builder.insights.topics import Topic
from site_builder.journal.deal import Deal
from site_builder.journal.kinds import Tangibility
from site_builder.journal.schema import Schema
from site_builder.pages.context import Context
from site_builder.pages.exchanges_few import COMPARED, ENDINGS, EVERY, few_before, groups_of_few
from site_builder.pages.interventions import interventions
from site_builder.pages.links import Link, subject_link
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.sentence import Sentence, joined
from site_builder.pages.sheet import (
    SHOWN,
    Cell,
    Column,
    Group,
    Row,
    Section,
    Sheet,
    Table,
    cut,
    group_of_notes,
    groups,
    linked,
    number,
    numbers,
    percent_from,
    share_or_few,
    share_text,
    sure,
)
from site_builder.problems import counting

_BALANCE = ("Deals", "Tangible", "Intangible", "Intangible of all")
_ORDER = ("open", "parked", "won", "lost")
_NAMES = {"won": "Won", "lost": "Lost", "open": "Open", "parked": "Parked"}
_PAPER = (
    f"A deal is all paper where it has {FEWEST} or more tangible exchanges and no intangible one: "
    "nobody talked beside the documents. Of one that was won or lost counts what came until then."
)
_DEALS = numbers("Deal", *_BALANCE[1:])
_DEALS_RULE = (
    "Open deals first, then parked, won and lost ones, the more formal before the more human. Here "
    "all exchanges count, also those after an outcome; all paper is a deal by those before. In the "
    "first line an outcome is compared from "
    f"{COMPARED} exchanges on. {percent_from(COMPARED, 'exchanges')}"
)


def exchanges(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.once(_found)
    sections = (*_balance(found, context), *_deal_by_deal(found))
    return Sheet(
        "Exchanges",
        _answer(found),
        (*sections, *_knowledge(found, context), *interventions(found, context)),
        empty="No exchanges yet. Notes of kinds such as `call` or `proposal` are counted here.",
    )


def _answer(found: Exchanges) -> str:
    ended = [one for one in found.outcomes if one.outcome in ENDINGS]
    told = [one for one in ended if one.balance.human.of >= COMPARED]
    if told:
        few = [one for one in ended if one not in told]
        rest = [Sentence("; ", few_before(one)) for one in few if one.balance.human.of]
        return Sentence("Human exchanges: ", joined(", ", map(_human, told)), *rest)
    every = sum(one.balance.human.of for one in found.outcomes)
    few_ended = f"; too few before a win or a loss to say how human they were, {COMPARED} would do"
    count = Link(counting.count(every, "exchange"), f"#{EVERY}")
    return Sentence(count, few_ended) if every else ""


def _human(one: OfOutcome) -> Sentence:
    """``71% of 91 before a win (61 to 80%)``."""
    share = one.balance.human
    how = Tangibility.INTANGIBLE if share.n else Tangibility.TANGIBLE
    of = f"{share_text(share)} of {counting.grouped(share.of)}"
    before = f" before a {ENDINGS[one.outcome]} ({sure(share)})"
    return Sentence(Link(of, f"#{_of_outcome(one, how)}"), before)


def _found(context: Context) -> Exchanges:
    return facts.exchanges(context.insights, context.facts(facts.noted_by))


def _balance(found: Exchanges, context: Context) -> Iterator[Section]:
    schema = context.journal.schema
    paper = [deal for deal in found.deals if deal.is_all_paper]
    if not any(deal.tangible or deal.intangible for deal in found.deals):
        return
    yield Section(
        "balance",
        "Tangible and intangible",
        _covers(found),
        tables=(_by_outcome(found), *_by_stage(found, schema)),
        rule=f"{_PAPER} Tangible kinds: {_kinds(schema, Tangibility.TANGIBLE)}; intangible: "
        f"{_kinds(schema, Tangibility.INTANGIBLE)}. {percent_from(COMPARED, 'exchanges')}",
        made_of=(*_by_state(found, paper), *_noted(found, context)),
        is_closed=True,
    )


def _by_state(found: Exchanges, paper: list[OfDeal]) -> tuple[Group, ...]:
    """The deals that are all paper, and those with exchanges, by what became of them."""
    return groups(
        [
            *((f"paper-{state}", f"All paper, {state}", _of(paper, state)) for state in STATES),
            *((f"{state}-deals", name, _of(found.deals, state)) for state, name in _NAMES.items()),
        ]
    )


def _deal_by_deal(found: Exchanges) -> Iterator[Section]:
    """The balance of each deal with any exchange."""
    every = sorted([one for one in found.deals if one.balance.human.of], key=_formal_first)
    if every:
        rows = tuple(
            Row(
                linked(link := subject_link(one.id), one.state + ", all paper" * one.is_all_paper),
                (
                    number(one.tangible, link.path),
                    number(one.intangible, link.path),
                    share_or_few(one.balance.human, COMPARED, link.path),
                ),
            )
            for one in every[:SHOWN]
        )
        yield Section(
            "each",
            "Deal by deal",
            f"{counting.count(len(every), 'deal')} with exchanges{cut(len(every))}",
            tables=(Table("Exchanges by deal", _DEALS, rows),),
            rule=_DEALS_RULE,
            closed=f"The balance of {'each' if len(every) <= SHOWN else f'the first {SHOWN}'}",
        )


def _formal_first(one: OfDeal) -> tuple[int, float, int, str]:
    share = one.balance.human
    return _ORDER.index(one.state), share.part or 0, -share.of, one.id.id


def _covers(found: Exchanges) -> str:
    bare = sum(not (deal.tangible or deal.intangible) for deal in found.deals)
    every = counting.count(len(found.deals), "deal")
    return f"{every}, {counting.grouped(bare)} of them without an exchange" if bare else every


def _kinds(schema: Schema, tangibility: Tangibility) -> str:
    return ", ".join(sorted(k.id for k in schema.kinds.values() if k.tangibility is tangibility))


def _of(deals: Sequence[OfDeal], state: str) -> list[Deal]:
    return [deal.id for deal in deals if deal.state == state]


def _by_outcome(found: Exchanges) -> Table:
    paper = {state: _of([d for d in found.deals if d.is_all_paper], state) for state in _NAMES}
    rows = [
        Row(
            Cell(_NAMES[one.outcome]),
            (
                number(one.deals, f"exchanges.html#{one.outcome}-deals"),
                number(one.tangible, f"exchanges.html#{_of_outcome(one, Tangibility.TANGIBLE)}"),
                number(
                    one.intangible, f"exchanges.html#{_of_outcome(one, Tangibility.INTANGIBLE)}"
                ),
                share_or_few(one.balance.human, COMPARED),
                number(len(paper[one.outcome]), f"exchanges.html#paper-{one.outcome}"),
            ),
        )
        for one in found.outcomes
        if one.deals
    ]
    columns = numbers("What became of it", *_BALANCE, "All paper")
    return Table("Exchanges by outcome", columns, tuple(rows))


def _by_stage(found: Exchanges, schema: Schema) -> Iterator[Table]:
    for pipeline in schema.pipelines:
        rows = [
            Row(
                Cell(one.stage.name),
                (
                    number(one.tangible, f"exchanges.html#{_in(one, Tangibility.TANGIBLE)}"),
                    number(one.intangible, f"exchanges.html#{_in(one, Tangibility.INTANGIBLE)}"),
                    share_or_few(one.balance.human, COMPARED),
                ),
            )
            for one in found.stages
            if one.pipeline == pipeline.id
        ]
        columns = numbers(f"{pipeline.name}, while in", *_BALANCE[1:])
        yield Table(f"Exchanges of {pipeline.name} by stage", columns, tuple(rows))


def _noted(found: Exchanges, context: Context) -> Iterator[Group]:
    """The notes that the counts by outcome and by stage are of."""
    by = context.facts(facts.noted_by)
    yield from groups_of_few(found, by)
    for state in found.outcomes:
        for how in facts.EXCHANGES:
            notes = by.by_outcome.get((state.outcome, how))
            if notes:
                label = f"{_NAMES[state.outcome]}, {how.value}"
                yield group_of_notes(_of_outcome(state, how), label, notes)
    for one in found.stages:
        for how in facts.EXCHANGES:
            notes = by.by_stage.get((one.pipeline, one.stage.id, how))
            if notes:
                label = f"{one.stage.name}, {how.value}"
                yield group_of_notes(_in(one, how), label, notes)


def _of_outcome(one: OfOutcome, how: Tangibility) -> str:
    return f"of:{one.outcome}.{how.value}"


def _in(one: OfStage, how: Tangibility) -> str:
    return f"in:{one.pipeline}.{one.stage.id}.{how.value}"


def _knowledge(found: Exchanges, context: Context) -> Iterator[Section]:
    names = {pipeline.id: pipeline.name for pipeline in context.journal.schema.pipelines}
    shown = [one for one in found.knowledge if one.delivered.of]
    if not shown:
        return
    rows = [
        Row(
            Cell(f"{names[one.pipeline]}: {one.stage.name}"),
            (
                Cell(one.planned or "nothing planned"),
                share_or_few(
                    one.delivered, COMPARED, f"exchanges.html#{_anchor(one, not one.taught)}"
                ),
            ),
        )
        for one in shown
    ]
    told = sum(one.delivered.n for one in shown)
    yield Section(
        "knowledge",
        "What customers learn",
        f"something learned in {counting.grouped(told)} of "
        f"{counting.count(sum(one.delivered.of for one in shown), 'stay')} in a stage",
        tables=(
            Table(
                "Knowledge by stage",
                (Column("In"), Column("They should learn", is_number=False), Column("Did")),
                tuple(rows),
                is_lines=True,
            ),
        ),
        rule="A deal counts where it stood in the stage, and as taught where a note of kind "
        "knowledge, or one that says `learned::`, was written while it did.",
        made_of=groups(row for one in shown for row in _learners(one)),
        is_closed=True,
    )


def _learners(one: facts.Knowledge) -> Iterator[tuple[str, str, Sequence[Deal]]]:
    yield _anchor(one), f"Learned in {one.stage.name}", one.taught
    yield _anchor(one, True), f"Learned nothing in {one.stage.name}", one.untaught


def _anchor(one: facts.Knowledge, is_untaught: bool = False) -> str:
    how = "unlearned" if is_untaught else "learned"
    return f"{how}-{one.pipeline}.{one.stage.id}"


PAGE = page_of_facts(
    "exchanges",
    exchanges,
    facts.exchanges,
    NavGroup.LEARN,
    "Exchanges",
    lambda _, topics: Topic.PROMPTED in topics or Topic.PAPER in topics,
)
