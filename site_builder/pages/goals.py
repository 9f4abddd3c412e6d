"""The page of goals: what each stage is to reach, and each measure beside its target."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from site_builder.insights import goals as facts
from site_builder.insights.goals import Actual, Goals, Measured, Target
from site_builder.insights.share import Share
from site_builder.insights.topics import Topic, Topics, has_more
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.schema import Schema
from site_builder.markup import formats
from site_builder.markup.bullets import Bullet, bullets
from site_builder.pages.context import Context
from site_builder.pages.links import Link
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.sentence import Sentence, counted
from site_builder.pages.sheet import (
    SHOWN,
    Cell,
    Group,
    Row,
    Section,
    Sheet,
    Table,
    group_of_links,
    groups,
    numbers,
    out_of,
    share_text,
    sure,
    texts,
    too_few,
    with_groups,
)
from site_builder.problems import counting

FEWEST = 5
"""Of fewer deals nothing is said about whether a target is reached."""
_RULE = (
    "A deal counts once, from when it entered the stage first, and only once it has had the time "
    "stated; where none is, whenever it entered, over the days said. `conversion` is the share "
    "that entered a later open or a won stage, `response-rate` that of those written to in the "
    "stage who answered, `steps-done` that of all steps, `time-in-stage` the median. Of fewer than "
    "5 deals it is too few to say whether a target is reached, and a share is told by its counts."
)
_NAMES = {
    "conversion": "Went on",
    "response-rate": "Answered",
    "time-in-stage": "Days in stage",
    "steps-done": "Steps done",
    "entered": "Entered",
}
_OF_DEALS = ("time-in-stage", "steps-done")
"""Measures whose figure does not say of how many deals it is."""
_COLUMNS = (*numbers("Measure", "Target", "Actual", "Deals", "Waiting"), *texts("Reached"))


def goals(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.facts(facts.goals)
    pipelines = context.journal.schema.pipelines
    sections = [_section(one, found) for one in pipelines if _has_goals(one)]
    return Sheet(
        "Goals",
        _with_money(_answer(found.measures), context.journal.schema),
        with_groups(sections, _targets(found.measures)),
        _RULE,
        "No stage has a `goal` or `measures` yet. Write them in `pipeline.yml`, such as "
        "`measures: [{measure: conversion, target: 50%, within: 30d}]`.",
    )


def _has_goals(pipeline: Pipeline) -> bool:
    return any(stage.goal or stage.measures for stage in pipeline.present)


def _verdict(one: Measured) -> bool | None:
    """Whether a target is reached; None where that can't be said. A count says itself."""
    few = one.measure != "entered" and one.n < FEWEST
    return None if few else one.is_reached


def _answer(measures: Sequence[Measured]) -> str:
    if not measures:
        return ""
    told = sum(_verdict(one) is not None for one in measures)
    reached = sum(_verdict(one) is True for one in measures)
    few = len(measures) - told
    if not told:
        stated = Link(counting.count(few, "measure"), "#:few")
        return Sentence("Too few deals to say of any of ", stated)
    of = Link(counting.count(told, "measure"), "#:told")
    verb = "reaches its target" if 1 in (reached, told) else "reach their targets"
    n = counted(reached, counting.grouped(reached), "#:reached")
    more = Sentence("; of ", Link(f"{counting.grouped(few)} more", "#:few"), " too few to say")
    return Sentence(n, " of ", of, f" {verb}", more if few else "")


def _with_money(answer: str, schema: Schema) -> str:
    """The answer and, where pipeline.yml has targets of money, where these are."""
    if not schema.targets:
        return answer
    said = f"{'; t' if answer else 'T'}argets of money are on the "
    return Sentence(answer, said, Link("forecast", "forecast.html"))


def _targets(measures: Sequence[Measured]) -> Iterator[Group]:
    """The measures that the first line counts."""
    for anchor, label, verdicts in (
        (":reached", "Measures that reach their targets", (True,)),
        (":told", "Measures that reach them or do not", (True, False)),
        (":few", "Measures of which too few deals tell", (None,)),
    ):
        ones = [one for one in measures if _verdict(one) in verdicts]
        if ones:
            links = [Link(f"{one.stage.name}: {_label(one)}", _path(one)) for one in ones[:SHOWN]]
            yield group_of_links(anchor, label, len(ones), links)


def _path(one: Measured) -> str:
    """Where the deals of a measure are, or else its pipeline."""
    return f"goals.html#{_anchor(one)}" if one.deals else f"goals.html#:{one.pipeline.id}"


def _section(pipeline: Pipeline, found: Goals) -> Section:
    here = [one for one in found.measures if one.pipeline is pipeline]
    rows = tuple(bullet for bullet in _bullets(pipeline, here))
    table = Table(f"Measures of {pipeline.name}", _COLUMNS, tuple(map(_row, here)), is_below=True)
    made_of = [
        (f"{_anchor(one)}{end}", f"{one.stage.name}, {_label(one)}{words}", deals)
        for one in here
        for end, words, deals in (("", "", one.deals), (".waiting", ", not yet", one.waiting))
    ]
    aimless = [s.name for s in pipeline.present if s.goal and not s.measures]
    no_target = (
        f"Goals without a measure: {', '.join(map(formats.isolated, aimless))}." if aimless else ""
    )
    return Section(
        f":{pipeline.id}",
        pipeline.name,
        "" if len(found.measures) == len(here) else _answer(here),
        bullets(f"Targets and what was reached: {pipeline.name}", rows),
        (table,) if here else (),
        no_target,
        groups(made_of),
    )


def _anchor(one: Measured) -> str:
    window = f".{one.within.days}" if one.within else ""
    return f":{one.pipeline.id}.{one.stage.id}.{one.measure}{window}"


def _bullets(pipeline: Pipeline, here: Sequence[Measured]) -> Iterator[Bullet]:
    for stage in pipeline.present:
        heading, meant = stage.name, stage.goal
        for one in here:
            if one.stage is stage:
                yield _bullet(one, heading, meant)
                heading = meant = ""
        if heading and meant:
            yield Bullet("", "", "", None, None, "", "", heading=heading, meant=meant)


def _bullet(one: Measured, heading: str, meant: str) -> Bullet:
    said = f"{_actual(one)}, target {_target(one)}"
    return Bullet(
        _label(one),
        f"#{_anchor(one)}" if one.deals else f"#:{one.pipeline.id}",
        {True: "won", False: "lost", None: "unsaid"}[_verdict(one)],
        _amount(one.actual),
        _amount(one.target),
        said,
        f"{one.stage.name}, {_label(one)}: {said}",
        1.0 if isinstance(one.actual, Share) else None,
        _aside(one),
        heading,
        meant,
    )


def _label(one: Measured) -> str:
    name = _NAMES[one.measure]
    if one.within is None:
        days = (one.last - one.first).days + 1 if one.first and one.last else 0
        return f"{name}, over {formats.days(days)}" if days else name
    when = "in the last" if one.measure == "entered" else "within"
    return f"{name} {when} {formats.length(one.within)}"


def _amount(value: Actual | Target | None) -> float | None:
    if isinstance(value, Share):
        return value.part
    if isinstance(value, dt.timedelta):
        return value / dt.timedelta(1)
    return None if value is None else float(value)


def _said(value: Actual | Target | None) -> str:
    if value is None:
        return "–"
    if isinstance(value, Share):
        return share_text(value)
    if isinstance(value, dt.timedelta):
        return f"{value / dt.timedelta(1):g} days"
    return counting.grouped(value) if isinstance(value, int) else formats.percent(value)


def _actual(one: Measured) -> str:
    """What was reached; of few deals a share is its counts alone."""
    if isinstance(one.actual, Share) and one.actual.of and one.n < FEWEST:
        return out_of(*one.actual)
    return _said(one.actual)


def _target(one: Measured) -> str:
    if one.measure == "entered" and isinstance(one.target, Decimal):
        return f"{one.target.normalize():f}"
    return _said(one.target)


def _aside(one: Measured) -> str:
    """Whether it is reached, what it is of, how sure that is, and what is left out."""
    share, verdict = _share(one), _verdict(one)
    parts = (
        _unsaid(one) if verdict is None else "reached" if verdict else "not reached",
        out_of(*share) if share.of else "",
        sure(share),
        counting.count(one.n, "deal") if one.n and one.measure in _OF_DEALS else "",
        f"{counting.grouped(len(one.waiting))} not yet" if one.waiting else "",
    )
    return "; ".join(filter(None, parts))


def _share(one: Measured) -> Share:
    """The share that is told in percent, if it is one of deals enough."""
    told = one.actual if one.n >= FEWEST else None
    return told if isinstance(told, Share) else Share(0, 0)


def _unsaid(one: Measured) -> str:
    """Why it is not said whether a target is reached."""
    return too_few(one.n, FEWEST) if one.n < FEWEST else "nothing to compare"


def _row(one: Measured) -> Row:
    verdict = _verdict(one)
    words = {True: ("yes", "fine"), False: ("no", "overdue"), None: (_unsaid(one), "")}
    text, status = words[verdict]
    path = f"goals.html#{_anchor(one)}"
    return Row(
        Cell(_label(one), aside=one.stage.name),
        (
            Cell(_target(one)),
            Cell(_actual(one), aside=sure(_share(one))),
            Cell(counting.grouped(one.n), path if one.n else ""),
            Cell(counting.grouped(len(one.waiting)), f"{path}.waiting" if one.waiting else ""),
            Cell(text, status=status),
        ),
    )


def _shows(schema: Schema, topics: Topics) -> bool:
    """Not for bare or few deals, which no measure says anything about."""
    return (
        has_more(topics)
        and Topic.MANY in topics
        and any(s.measures for p in schema.pipelines for s in p.present)
    )


PAGE = page_of_facts("goals", goals, facts.goals, NavGroup.FORECAST, "Goals", _shows)
