"""The page of push and pull: who asked for the moves of deals, and how deals fare by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from markupsafe import Markup

from site_builder.insights import push_pull as facts
from site_builder.insights.push_pull import (
    ASKED,
    Asked,
    Move,
    OfOutcome,
    OfPerson,
    OfStage,
    PushPull,
)
from site_builder.insights.share import Share
from site_builder.insights.topics import Topic
from site_builder.markup.charts import Bar, Mark, counted_bars
from site_builder.pages.context import Context
from site_builder.pages.links import Link
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.push_pull_fares import fares
from site_builder.pages.sentence import Sentence, counted
from site_builder.pages.sheet import (
    Cell,
    Column,
    Group,
    Row,
    Section,
    Sheet,
    Table,
    group_of_notes,
    number,
    numbers,
    over,
    percent_from,
    share_or_few,
    share_text,
    sure,
    too_few,
)
from site_builder.problems import counting

K = TypeVar("K", bound=Hashable)
FEWEST = 10
"""Of fewer moves nothing is said about how pulled they are."""
_RULE = (
    "A move is a stage note, lost and won ones too; one that restates the stage is none. Who asked "
    "for it is what its asked-by says. It is the move of whom the note is by, or else of who "
    "owned the deal on that day."
)
_WORDS: dict[Asked, str] = {
    "customer": "asked for by the customer",
    "us": "asked for by us",
    "unsaid": "unsaid",
}
_MARKS: dict[Asked, tuple[str, str]] = {
    "customer": ("pull", "customer"),
    "us": ("push", "us"),
    "unsaid": ("unsaid", "unsaid"),
}
_EVERY = "::all"
"""The anchor of all moves."""
_COUNTS = numbers("Customer", "Us", "Unsaid", "Pulled")


def push_pull(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.facts(facts.push_pull)
    said = _said(found.stages)
    return Sheet(
        "Push and pull",
        _answer(said, len(found.moves)) if said.of else "",
        tuple(_sections(found, context)) if said.of else (),
        f"{_RULE} {percent_from(FEWEST, 'moves')} {_window(found)}",
        _empty(found),
    )


def _said(rows: Iterable[OfStage | OfPerson | OfOutcome]) -> Share:
    """The share that customers asked for of what says who did."""
    every = list(rows)
    pulled = sum(row.customer for row in every)
    return Share(pulled, pulled + sum(row.us for row in every))


def _answer(said: Share, moves: int) -> str:
    pulled = counted(said.n, counting.grouped(said.n), f"#{_EVERY}.customer")
    of = Link(counting.count(said.of, "move"), f"#{_EVERY}.said")
    share = f" that {_say(said.of)} who asked: {_share(said)}"
    rest = moves - said.of
    more = Link(f"{counting.grouped(rest)} more", f"#{_EVERY}.unsaid")
    left_out = Sentence("; ", more, f" {_say(rest)} nothing") if rest else ""
    return Sentence("Customers asked for ", pulled, " of ", of, share, left_out)


def _share(said: Share) -> str:
    """A share of moves and how sure it is; nothing of few."""
    if said.of < FEWEST:
        return too_few(said.of, FEWEST, "more")
    return f"{share_text(said)} ({sure(said)})"


def _say(count: int) -> str:
    return "says" if count == 1 else "say"


def _window(found: PushPull) -> str:
    deals = len({move.deal.id for move in found.moves})
    count = counting.count(len(found.moves), "move")
    return f"{count} of {counting.count(deals, 'deal')} {over(m.date for m in found.moves)}."


def _empty(found: PushPull) -> str:
    how = "Write `asked-by:: customer` or `asked-by:: us` on the line below a stage note"
    moves = f"None of {counting.count(len(found.moves), 'move')} says who asked for it. "
    return f"{moves if found.moves else ''}{how}: here stands how much customers pull."


def _sections(found: PushPull, context: Context) -> Iterator[Section]:
    for pipeline in context.journal.schema.pipelines:
        rows = [row for row in found.stages if row.pipeline is pipeline]
        if any(row.customer or row.us or row.unsaid for row in rows):
            yield _by_stage(pipeline.id, pipeline.name, rows, found)
    yield fares(found)
    yield _by_person(found)
    yield _by_outcome(found, context)


def _by_stage(id: str, name: str, rows: Sequence[OfStage], found: PushPull) -> Section:
    anchor = f":{id}"
    named = [(row.stage.name, f"{anchor}.{row.stage.id}", row) for row in rows]
    into = _by(found.moves, lambda move: (move.deal.pipeline.id, move.stage.id))
    made_of = [
        one
        for row in rows
        for one in _groups(
            f"{anchor}.{row.stage.id}",
            f"Into {row.stage.name}",
            into[id, row.stage.id],
        )
    ]
    here = [move for row in rows for move in into[id, row.stage.id]]
    made_of += _groups(anchor, "Into any stage", here)
    return Section(
        anchor,
        name,
        _pulled(_said(rows)),
        _drawn(f"Who asked for the moves into each stage: {name}", named),
        (
            _pull_alone(f"How pulled the moves of {name} are", named),
            replace(_table(f"Moves of {name} by stage", "Into", named, anchor), is_below=True),
        ),
        made_of=tuple(made_of),
    )


def _pulled(said: Share) -> str:
    moves = f"{counting.count(said.of, 'move')} that {_say(said.of)} who asked"
    return f"{counting.grouped(said.n)} pulled of {moves}: {_share(said)}" if said.of else moves


def _drawn(label: str, named: Sequence[tuple[str, str, OfStage]]) -> Markup:
    bars = []
    for name, anchor, row in named:
        marks = tuple(
            Mark(
                Decimal(count := getattr(row, asked)),
                kind,
                f"{counting.grouped(count)} {word}",
                f"{name}: {counting.grouped(count)} {_WORDS[asked]}",
                f"#{anchor}.{asked}",
            )
            for asked, (kind, word) in _MARKS.items()
        )
        first = next((mark.href for mark in marks if mark.amount), f"#{anchor.partition('.')[0]}")
        bars.append(Bar(name, first, marks, instead="none"))
    return counted_bars(label, bars)


def _table(
    label: str,
    head: str,
    named: Sequence[tuple[str, str, OfStage | OfPerson | OfOutcome]],
    every: str,
) -> Table:
    """A row each and their sums, which lead to the anchors of ``every``."""
    rows = [Row(Cell(name), _cells(anchor, [row])) for name, anchor, row in named]
    total = Row(Cell("In all"), _cells(every, [row for _, _, row in named]), is_sum=True)
    return Table(label, (Column(head), *_COUNTS), (*rows, total))


def _pull_alone(label: str, named: Sequence[tuple[str, str, OfStage]]) -> Table:
    """The shares that customers asked for: how many moves they are of is drawn."""
    rows = [
        Row(Cell(name), (share_or_few(_said([row]), FEWEST, _asked(anchor, row)),))
        for name, anchor, row in named
    ]
    total = Row(
        Cell("In all"), (share_or_few(_said([row for _, _, row in named]), FEWEST),), is_sum=True
    )
    return Table(label, numbers("Into", "Pulled"), (*rows, total))


def _asked(anchor: str, row: OfStage) -> str:
    """Where the moves are that customers asked for, or else those that we did."""
    return f"push-pull.html#{anchor}.{'customer' if row.customer else 'us'}"


def _cells(anchor: str, rows: Sequence[OfStage | OfPerson | OfOutcome]) -> tuple[Cell, ...]:
    counts = [
        number(
            sum(getattr(row, asked) for row in rows),
            f"push-pull.html#{anchor}.{asked}",
        )
        for asked in ASKED
    ]
    return (*counts, share_or_few(_said(rows), FEWEST))


def _groups(anchor: str, label: str, moves: Sequence[Move]) -> Iterator[Group]:
    for asked in ASKED:
        notes = [(move.deal, move.note) for move in moves if move.asked == asked]
        if notes:
            yield group_of_notes(f"{anchor}.{asked}", f"{label}, {_WORDS[asked]}", notes)


def _by(moves: Iterable[Move], key: Callable[[Move], K]) -> defaultdict[K, list[Move]]:
    """The moves by something of theirs."""
    found = defaultdict[K, list[Move]](list)
    for move in moves:
        found[key(move)].append(move)
    return found


def _by_person(found: PushPull) -> Section:
    named = [(row.person.name, f":person:{row.person.id}", row) for row in found.people]
    theirs = _by(found.moves, lambda move: move.person.id)
    made_of = [
        one for name, anchor, row in named for one in _groups(anchor, name, theirs[row.person.id])
    ]
    made_of += _groups(_EVERY, "All moves", found.moves)
    said = [(move.deal, move.note) for move in found.moves if move.asked != "unsaid"]
    made_of.append(group_of_notes(f"{_EVERY}.said", "All moves that say who asked", said))
    table = _table("Moves by person", "Person", named, _EVERY)
    return Section("::people", "By person", tables=(table,), made_of=tuple(made_of))


def _by_outcome(found: PushPull, context: Context) -> Section:
    named = [(row.outcome.capitalize(), f":outcome:{row.outcome}", row) for row in found.outcomes]
    of_state = _by(found.moves, lambda move: context.insights.standings[move.deal.id].state)
    made_of = [
        one
        for name, anchor, row in named
        for one in _groups(anchor, f"{name} deals", of_state[row.outcome])
    ]
    return Section(
        "::outcomes",
        "By outcome",
        "all moves of the deals that are won, lost, open or parked now",
        tables=(_table("Moves by outcome", "Deals", named, _EVERY),),
        made_of=tuple(made_of),
    )


PAGE = page_of_facts(
    "push-pull",
    push_pull,
    facts.push_pull,
    NavGroup.LEARN,
    "Push and pull",
    lambda _, topics: Topic.ASKED in topics,
)
