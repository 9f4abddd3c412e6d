"""The page of losses: why, in which stage, and whom to ask where nobody knows."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from site_builder.insights import lost as facts
from site_builder.insights.lost import Loss, Lost
from site_builder.insights.topics import Topic
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.schema import Schema
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.heat import heat_table, periods
from site_builder.pages.links import Link, contact_link, subject_link
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
    group_of_links,
    linked,
    over,
    share_text,
    sure,
    texts,
    too_few,
    with_groups,
)
from site_builder.problems import counting

FEWEST = 5
"""Of fewer lost deals it is not told with what share of them anybody talked since."""
_REASONS = 12
"""How many reasons have a row; the others share one."""
_REST, _UNSAID, _UNKNOWN = "\0", "", "."
"""Keys of rows and of a column that no reason and no stage can have."""
_RULE = (
    "Each closing counts, also of a deal that was reopened, with the reason that `lost-reason` "
    "gives for it, by the last open stage before."
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
        _section(pipeline, losses, schema)
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
        parts.append(Sentence(Link(_losses(unsaid), "#ask"), without))
    return joined(" · ", parts)


def _first(said: Mapping[str, int], schema: Schema) -> Sentence:
    """The most frequent reason; of several each name leads to its losses."""
    reasons, n = counting.most(said)
    of = Link(_losses(sum(said.values())), "#:said")
    if len(reasons) > counting.MOST_NAMED:
        return Sentence("No reason stands out among ", of)
    names = [formats.isolated(_name(one, schema)) for one in reasons]
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
        yield _losses_of(":said", "Any reason, in any pipeline", said)
        reasons, _ = counting.most(Counter(one.reason for one in said))
        for at, reason in enumerate(reasons[: counting.MOST_NAMED]):
            same = [one for one in said if one.reason == reason]
            name = _name(reason or "", schema)
            yield _losses_of(f":first.{at}", f"{name}, in any pipeline", same)


def _losses_of(anchor: str, label: str, losses: Sequence[Loss]) -> Group:
    links = [subject_link(loss.deal) for loss in losses[:SHOWN]]
    return group_of_links(anchor, label, len(losses), links)


def _losses(count: int) -> str:
    return counting.count(count, "loss", "losses")


def _name(reason: str, schema: Schema) -> str:
    return schema.lost_reasons.get(reason) or ("Other" if reason == facts.OTHER else reason)


_Anchor = Callable[[str | None], str]
"""The anchor of the losses of a row, by its key, and that of all rows."""


class _At(NamedTuple):
    """A loss, and the keys of its row and of its column."""

    reason: str
    stage: str
    loss: Loss


def _section(pipeline: Pipeline, losses: Sequence[Loss], schema: Schema) -> Section:
    names = _names(losses, schema)
    placed = [_at(loss, names) for loss in losses]
    there = {one.stage for one in placed}
    stages = {s.id: s.name for s in pipeline.stages if s.id in there}
    stages |= {_UNKNOWN: "Unknown"} if _UNKNOWN in there else {}
    times = _by_period(placed, schema)
    deals = counting.count(len({loss.deal.id for loss in losses}), "deal")
    at = _anchors(pipeline, names)
    by_stage = heat_table(
        f"Why {pipeline.name} lost, by the last open stage",
        "Reason",
        names,
        stages,
        Counter((one.reason, one.stage) for one in placed),
        lambda reason, stage: f"lost.html#{at(reason)}{_in(stage)}",
    )
    return Section(
        pipeline.id,
        pipeline.name,
        f"{_losses(len(losses))} of {deals}{_span(losses)}",
        tables=(by_stage, *_over_time(pipeline, names, at, times, len(placed))),
        made_of=tuple(_groups(placed, names, stages, times, at)),
        is_closed=True,
    )


def _groups(
    placed: Sequence[_At],
    names: Mapping[str, str],
    stages: Mapping[str, str],
    times: Mapping[str, Sequence[_At]],
    at: _Anchor,
) -> Iterator[Group]:
    """The losses that each count is of: by reason, by place and time, by both, and all."""
    parts = (*_by_place(placed, stages), *_by_time(times, len(placed)))
    for reason, name in (*names.items(), (None, "Any reason")):
        for key, where, ones in parts:
            same = [one for one in ones if reason in (None, one.reason)]
            if same:
                label = f"{name}, {where}" if where else name
                yield _losses_of(f"{at(reason)}{key}", label, [one.loss for one in same])


def _anchors(pipeline: Pipeline, names: Mapping[str, str]) -> _Anchor:
    """What the anchors of the rows of a pipeline begin with."""
    rows = {key: str(at) for at, key in enumerate(names)}
    return lambda row: f"{pipeline.id}.{'any' if row is None else rows[row]}"


_Part = tuple[str, str, Sequence[_At]]
"""What the anchors of a column end in, what it is called, and the losses in it."""


def _by_place(placed: Sequence[_At], stages: Mapping[str, str]) -> Iterator[_Part]:
    for id, stage in stages.items():
        yield _in(id), _place(stage), [one for one in placed if one.stage == id]
    yield _in(None), "", placed


def _by_time(times: Mapping[str, Sequence[_At]], of: int) -> Iterator[_Part]:
    """The same by time, and all of a known day where some are of none."""
    for time, ones in times.items():
        yield f":{time}", f"in {time}", ones
    if times and (every := _any_time(times, of)):
        yield every, "on a known day", [one for ones in times.values() for one in ones]


def _any_time(times: Mapping[str, Sequence[_At]], of: int) -> str:
    """What the anchors of all of a known day end in; nothing where that are all of them."""
    return ":dated" if sum(map(len, times.values())) < of else ""


def _in(stage: str | None) -> str:
    """What the anchors of a stage end in; nothing of all stages."""
    return "" if stage is None else f".{stage}"


def _place(stage: str) -> str:
    return f"in {stage}" if stage != "Unknown" else "nobody knows where"


def _names(losses: Sequence[Loss], schema: Schema) -> dict[str, str]:
    """What the rows are called, by key: the most frequent reasons first."""
    said = Counter(one.reason for one in losses if one.reason)
    first = sorted(said, key=lambda reason: (-said[reason], reason))
    names = {reason: _name(reason, schema) for reason in first[:_REASONS]}
    if first[_REASONS:]:
        names[_REST] = counting.count(len(first) - _REASONS, "other reason")
    if said.total() < len(losses):
        names[_UNSAID] = "No reason"
    return names


def _at(loss: Loss, names: Mapping[str, str]) -> _At:
    reason = loss.reason or _UNSAID
    return _At(
        reason if reason in names else _REST, loss.stage.id if loss.stage else _UNKNOWN, loss
    )


def _span(losses: Sequence[Loss]) -> str:
    days = [loss.day for loss in losses if loss.day]
    if not days or min(days) == max(days):
        return ""
    undated = len(losses) - len(days)
    rest = f"; {counting.grouped(undated)} of no known day" if undated else ""
    return f" {over(days)}{rest}"


def _by_period(placed: Sequence[_At], schema: Schema) -> dict[str, list[_At]]:
    """The losses by quarter or year, where they were in several; those of no known day are left
    out."""
    dated = sorted([(one.loss.day, one) for one in placed if one.loss.day], key=lambda row: row[0])
    name = periods([day for day, _ in dated], schema.fiscal_year_starts)
    found: dict[str, list[_At]] = {}
    for day, one in dated:
        found.setdefault(name(day), []).append(one)
    return found if len(found) > 1 else {}


def _over_time(
    pipeline: Pipeline,
    names: Mapping[str, str],
    at: _Anchor,
    times: Mapping[str, Sequence[_At]],
    of: int,
) -> Iterator[Table]:
    if times:
        every = _any_time(times, of)
        yield heat_table(
            f"Why {pipeline.name} lost, over time",
            "Reason",
            names,
            {time: time for time in times},
            Counter((one.reason, time) for time, ones in times.items() for one in ones),
            lambda reason, time: f"lost.html#{at(reason)}{every if time is None else f':{time}'}",
        )


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
                Cell(loss.stage.name if loss.stage else "unknown"),
                linked(contact_link(context.journal, loss.deal.main_contact)),
                _with_whom(loss) if loss.stands else Cell("reopened since"),
            ),
        )
        for loss in unsaid[:SHOWN]
    )
    heads = ("Deal", "Lost on", "Lost in", "Ask", "Talked to since")
    yield Section(
        "ask",
        "Ask them why",
        f"{_losses(len(unsaid))} without a reason" + cut(len(unsaid), "last"),
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
                Cell(_name(loss.reason, context.journal.schema) if loss.reason else "no reason"),
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
        "talked",
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
    "lost", lost, facts.lost, NavGroup.LEARN, "Lost", lambda _, topics: Topic.LOST in topics
)
