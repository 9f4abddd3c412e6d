"""The page of losses: why, in which stage, and whom to ask where nobody knows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from site_builder.insights import lost as facts
from site_builder.insights.lost import Loss, Lost
from site_builder.insights.topics import Topic
from site_builder.journal.schema import Schema
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.links import Link, contact_link, subject_link
from site_builder.pages.lost_reasons import (
    NO_STAGE,
    by_reason,
    losses_of,
    losses_text,
    reason_name,
)
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.sentence import Sentence, Words, joined, together
from site_builder.pages.sheet import (
    SHOWN,
    Cell,
    Group,
    Row,
    Section,
    Sheet,
    Table,
    cut,
    linked,
    share_text,
    sure,
    texts,
    too_few,
    with_groups,
)
from site_builder.problems import counting

FEWEST = 5
"""Of fewer lost deals it is not told with what share of them anybody talked since."""
_RULE = (
    "Each closing counts, also of a deal that was reopened, with the reason that `lost-reason` "
    "gives for it, by the last open stage before: “No stage known” where no note tells of one."
)
_ASK = (
    "Lost is not over: ask them why, then write `lost-reason::` below the stage note with which "
    "the deal was lost."
)
_TALKED = (
    "Talked to is one of the deal's people, or of its company where it names none, on a day after "
    "the loss, in any exchange but a mere `note` or what we wrote and nobody answered. Deals that "
    "were reopened go on, and are not counted."
)


def lost(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.facts(facts.lost)
    schema = context.journal.schema
    sections: Sequence[Section] = [
        by_reason(pipeline, losses, schema)
        for pipeline in schema.pipelines
        if (losses := [one for one in found.closings if one.deal.pipeline.id == pipeline.id])
    ]
    sections = with_groups(sections, _in_first_line(found, schema))
    return Sheet(
        "Lost",
        _answer(found, schema),
        (*_to_ask(found, context), *sections, *_talked(found, context)),
        _RULE,
        "Nothing is lost yet. Here stands why deals are lost, and whom to ask where nobody knows.",
    )


def _answer(found: Lost, schema: Schema) -> str:
    """The first reason, or the few that are as frequent, and how many losses have none."""
    said = Counter(one.reason for one in found.closings if one.reason)
    unsaid = len(found.closings) - said.total()
    parts = list[Words]()
    if said:
        parts.append(Sentence(_first(said, schema), " with a reason" if unsaid else ""))
    if unsaid:
        without = f" without {'one' if said else 'a reason'}: ask them why"
        parts.append(Sentence(Link(losses_text(unsaid), "#:ask"), without))
    return joined(" · ", parts)


def _first(said: Mapping[str, int], schema: Schema) -> Sentence:
    """The most frequent reason; of several each name leads to its losses."""
    reasons, n = counting.most(said)
    of = Link(losses_text(sum(said.values())), "#:said")
    if len(reasons) > counting.MOST_NAMED:
        return Sentence("No reason stands out among ", of)
    names = [formats.isolated(reason_name(one, schema)) for one in reasons]
    count = counting.grouped(n)
    if len(reasons) == 1:
        return Sentence(f"{names[0]}: ", Link(count, "#:first.0"), " of ", of)
    first = together([Link(name, f"#:first.{at}") for at, name in enumerate(names)])
    return Sentence(first, f": {count} each of ", of)


def _in_first_line(found: Lost, schema: Schema) -> Iterator[Group]:
    """The losses that the first line counts: those with a reason, and those with the most frequent
    ones."""
    said = [one for one in found.closings if one.reason]
    if said:
        yield losses_of(":said", "Any reason, in any pipeline", said)
        reasons, _ = counting.most(Counter(one.reason for one in said))
        for at, reason in enumerate(reasons[: counting.MOST_NAMED]):
            same = [one for one in said if one.reason == reason]
            name = reason_name(reason or "", schema)
            yield losses_of(f":first.{at}", f"{name}, in any pipeline", same)


def _to_ask(found: Lost, context: Context) -> Iterator[Section]:
    """The losses without a reason, the last first, and whom to ask."""
    unsaid = _last_first([loss for loss in found.closings if loss.reason is None])
    if not unsaid:
        return
    rows = tuple(
        Row(
            linked(subject_link(loss.deal)),
            (
                _day(loss),
                Cell(loss.stage.name if loss.stage else NO_STAGE.lower()),
                linked(contact_link(context.journal, loss.deal.main_contact)),
                _with_whom(loss) if loss.stands else Cell("reopened since"),
            ),
        )
        for loss in unsaid[:SHOWN]
    )
    heads = ("Deal", "Lost on", "Lost in", "Ask", "Talked to since")
    yield Section(
        ":ask",
        "Ask them why",
        f"{losses_text(len(unsaid))} without a reason" + cut(len(unsaid), "last"),
        tables=(Table("Losses without a reason", texts(*heads), rows),),
        rule=_ASK,
    )


def _talked(found: Lost, context: Context) -> Iterator[Section]:
    standing = _last_first([loss for loss in found.closings if loss.stands])
    if not standing:
        return
    share = found.talked
    rows = tuple(
        Row(
            linked(subject_link(loss.deal)),
            (
                _day(loss),
                Cell(
                    reason_name(loss.reason, context.journal.schema) if loss.reason else "no reason"
                ),
                _with_whom(loss),
            ),
        )
        for loss in standing[:SHOWN]
    )
    of = counting.count(share.of, "lost deal")
    said = f"{share_text(share)} ({sure(share)})"
    if share.of < FEWEST:
        said = too_few(share.of, FEWEST, "more")
    heads = ("Deal", "Lost on", "Why", "Talked to since")
    yield Section(
        ":talked",
        "Talked to since the loss",
        f"{counting.grouped(share.n)} of {of}, {said}" + cut(share.of, "last"),
        tables=(Table("Lost deals", texts(*heads), rows, is_lines=True),),
        rule=_TALKED,
    )


def _last_first(losses: Sequence[Loss]) -> list[Loss]:
    return sorted(losses, key=lambda loss: (loss.day or dt.date.min, loss.deal.id), reverse=True)


def _day(loss: Loss) -> Cell:
    return Cell(formats.short_day(loss.day) if loss.day else "unknown")


def _with_whom(loss: Loss) -> Cell:
    if not loss.talked:
        return Cell("nobody")
    last = loss.talked[0]
    return linked(subject_link(last.contact), aside=formats.short_day(last.on))


PAGE = page_of_facts(
    "lost",
    lost,
    facts.lost,
    NavGroup.LEARN,
    "Lost",
    lambda _, topics: Topic.LOST in topics,
)
