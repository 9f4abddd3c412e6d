"""The losses of a pipeline by reason: in which stage, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from site_builder.insights import lost as facts
from site_builder.insights.lost import Loss
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.schema import Schema
from site_builder.pages.heat import heat_table, periods
from site_builder.pages.links import subject_link
from site_builder.pages.sheet import SHOWN, Group, Section, Table, group_of_links, over
from site_builder.problems import counting

_REASONS = 12
"""How many reasons have a row; the others share one."""
_REST, _UNSAID, _UNKNOWN = "\0", "", "."
"""Keys of rows and of a column that no reason and no stage can have."""
NO_STAGE = "No stage known"
"""What stands for the stage of what was lost without an open one before, or nobody knows where."""


def losses_of(anchor: str, label: str, losses: Sequence[Loss]) -> Group:
    """What a count of losses leads to."""
    links = [subject_link(loss.deal) for loss in losses[:SHOWN]]
    return group_of_links(anchor, label, len(losses), links)


def losses_text(count: int) -> str:
    """``1 loss``, ``12 losses``."""
    return counting.count(count, "loss", "losses")


def reason_name(reason: str, schema: Schema) -> str:
    """What a reason is called, which need not be one of pipeline.yml."""
    return schema.lost_reasons.get(reason) or ("Other" if reason == facts.OTHER else reason)


_Anchor = Callable[[str | None], str]
"""The anchor of the losses of a row, by its key, and that of all rows."""


class _At(NamedTuple):
    """A loss, and the keys of its row and of its column."""

    reason: str
    stage: str
    loss: Loss


def by_reason(pipeline: Pipeline, losses: Sequence[Loss], schema: Schema) -> Section:
    """Why a pipeline lost, by the last open stage and over time."""
    names = _names(losses, schema)
    placed = [_at(loss, names) for loss in losses]
    there = {one.stage for one in placed}
    stages = {s.id: s.name for s in pipeline.stages if s.id in there}
    stages |= {_UNKNOWN: NO_STAGE} if _UNKNOWN in there else {}
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
        f"{losses_text(len(losses))} of {deals}{_span(losses)}",
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
                yield losses_of(f"{at(reason)}{key}", label, [one.loss for one in same])


def _anchors(pipeline: Pipeline, names: Mapping[str, str]) -> _Anchor:
    """What the anchors of the rows of a pipeline begin with."""
    rows = {key: str(at) for at, key in enumerate(names)}
    return lambda row: f"{pipeline.id}.{'any' if row is None else rows[row]}"


_Part = tuple[str, str, Sequence[_At]]
"""What the anchors of a column end in, what it is called, and the losses in it."""


def _by_place(placed: Sequence[_At], stages: Mapping[str, str]) -> Iterator[_Part]:
    for id, stage in stages.items():
        where = f"in {stage}" if id != _UNKNOWN else NO_STAGE.lower()
        yield _in(id), where, [one for one in placed if one.stage == id]
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


def _names(losses: Sequence[Loss], schema: Schema) -> dict[str, str]:
    """What the rows are called, by key: the most frequent reasons first."""
    said = Counter(one.reason for one in losses if one.reason)
    first = sorted(said, key=lambda reason: (-said[reason], reason))
    names = {reason: reason_name(reason, schema) for reason in first[:_REASONS]}
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
