"""The page of steps: which separate won from lost deals, who uses them, which are skipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from site_builder.insights import steps as facts
from site_builder.insights.share import Difference, Share
from site_builder.insights.steps import OfPerson, StepFacts, Steps, Use
from site_builder.insights.topics import Topic
from site_builder.journal.pipeline import Pipeline
from site_builder.markup import formats
from site_builder.markup.pairs import Pair, Spot, pairs
from site_builder.pages import windows
from site_builder.pages.context import Context
from site_builder.pages.links import Link, subject_link
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.sentence import Sentence
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
    number,
    numbers,
    percent_from,
    share_or_few,
    share_text,
    sure,
    too_few,
    with_groups,
)
from site_builder.problems import counting

FEWEST = 5
"""Of fewer won or fewer lost deals that stood in a step's stage no difference is told."""
_LINKS = 2_500
"""How many deals at most the groups of the page list."""
_USES = 10
"""How many steps that somebody's deals did, or skipped, are listed."""
_RULE = (
    "Counted are the won and lost deals that stood in a step's stage: it is done where it was "
    "ticked by the day of the outcome. A difference tells won from lost where its interval, 19 "
    "times of 20, leaves out zero; of twenty steps that don't matter one looks as if it did. "
    f"{percent_from(FEWEST, 'won or lost deals')}"
)
_USE_RULE = (
    "A step counts as skipped where a deal went on from its stage, to a later open stage or a won "
    "one, without it. A deal is of the person who owned it on that day. "
    f"{percent_from(FEWEST, 'uses')}"
)
_COLUMNS = numbers("Step", "Won, done", "Lost, done", "Difference")
_USE = numbers("Step", "Done", "Skipped")
_FEW = Cell("", aside="too few to say")
_TOLD = ":told"
"""The anchor of the steps that the first line counts."""
_PEOPLE = numbers("Person", "Done", "Skipped")


def steps(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.facts(facts.steps)
    shown = [one for one in found.steps if one.stage.is_open]
    each = _each(shown)
    every = [
        _section(pipeline, [one for one in shown if one.pipeline is pipeline], each)
        for pipeline in context.journal.schema.pipelines
    ]
    sections = with_groups([one for one in every if one.tables], _told_steps(shown))
    return Sheet(
        "Steps",
        _answer(shown) if shown else "",
        (*sections, _people(found)) if shown else (),
        f"{_RULE} {_window(found, context)}".rstrip(),
        "No stage has `steps` yet. Name them in `pipeline.yml`, and tick them in notes as "
        "`- [x] STEP`: here stands which ones separate won from lost.",
    )


def _answer(shown: Sequence[StepFacts]) -> str:
    enough = [(one, found) for one in shown if (found := _told(one))]
    told = [(one, by) for one, by in enough if by.is_sure]
    if not enough:
        few = "Too few deals have ended to say which steps tell won from lost ones"
        return f"{few}; {FEWEST} of each in the stage of a step would do"
    if not told:
        count = Link(counting.count(len(enough), "step"), f"#{_TOLD}")
        none = "No step tells won from lost deals yet: of "
        return Sentence(none, count, " each difference may be chance")
    best, by = _best(told)
    won, lost = _side(best, "won", best.won), _side(best, "lost", best.lost)
    difference = f" ({_points(by)})"
    name = formats.isolated(best.step.name)
    return Sentence(f"Most tells “{name}”: done in ", won, " and ", lost, difference,
                    *_others(len(told) - 1))  # fmt: skip


def _side(one: StepFacts, how: str, share: Share) -> Link:
    """``75% of 8 won deals``."""
    end = "done" if share.n else "not"
    of = counting.count(share.of, f"{how} deal")
    return Link(f"{share_text(share)} of {of}", f"#{_anchor(one)}.{how}-{end}")


def _others(count: int) -> Iterator[str]:
    """How many other steps tell won from lost deals."""
    if count:
        tell = "tells" if count == 1 else "tell"
        yield Sentence("; ", Link(counting.count(count, "other step"), f"#{_TOLD}"), f" {tell} too")


def _told_steps(shown: Sequence[StepFacts]) -> Iterator[Group]:
    """The steps that the first line counts: those that tell won from lost beside the one that it
    names, or all that may not."""
    enough = [one for one in shown if _told(one)]
    sure = [(one, by) for one in enough if (by := _told(one)) and by.is_sure]
    ones, label = enough, "Steps of which each difference may be chance"
    if sure:
        best, _ = _best(sure)
        ones, label = [one for one, _ in sure if one is not best], "Steps that tell too"
    links = [Link(one.step.name, f"steps.html{_side(one, 'won', one.won).path}") for one in ones]
    if links:
        yield group_of_links(_TOLD, label, len(links), links[:SHOWN])


def _best(told: Sequence[tuple[StepFacts, Difference]]) -> tuple[StepFacts, Difference]:
    return max(told, key=lambda one: abs(one[1].part))


def _told(one: StepFacts) -> Difference | None:
    """The difference, where there are deals enough."""
    return one.difference if min(one.won.of, one.lost.of) >= FEWEST else None


def _points(by: Difference) -> str:
    return f"{by.part * 100:+.0f} points, {by.low * 100:.0f} to {by.high * 100:.0f}".replace(
        "-", "\N{MINUS SIGN}"
    )


def _window(found: Steps, context: Context) -> str:
    undated = len(found.undated)
    rest = f" Of {counting.grouped(undated)} nobody knows when, so all their ticks count."
    return windows.ended(context) + (rest if undated else "")


def _each(shown: Sequence[StepFacts]) -> int:
    """How many deals a group may list, so that the page stays light."""
    return max(3, min(SHOWN, _LINKS // max(1, 5 * len(shown))))


def _section(pipeline: Pipeline, shown: Sequence[StepFacts], each: int) -> Section:
    return Section(
        f":{pipeline.id}",
        pipeline.name,
        _in_words(shown),
        _drawn(pipeline, shown),
        _tables(pipeline, shown),
        _USE_RULE,
        made_of=tuple(group for one in shown for group in _groups(one, each)),
    )


def _in_words(shown: Sequence[StepFacts]) -> str:
    used = Share(sum(one.used.n for one in shown), sum(one.used.of for one in shown))
    few = [one for one in shown if _told(one) is None]
    use = _use_words(used) if used.of else ""
    what = f"{len(few)} of {len(shown)} steps by" if len(few) < len(shown) else "any step by"
    judged = (
        f"too few won and lost deals to judge {what}, until {FEWEST} of each have stood in a "
        "step's stage"
    )
    return "; ".join(filter(None, (use, judged if few else "")))


def _use_words(used: Share) -> str:
    """What share of the steps of the stages that deals went on from they had done."""
    steps = counting.count(used.of, "step")
    if used.of < FEWEST:
        said = f"{used.n} of {steps} of stages gone on from done"
        return f"{said}: {too_few(used.of, FEWEST, 'more')}"
    return f"{share_text(used)} of {steps} of stages gone on from are done ({sure(used)})"


def _anchor(one: StepFacts) -> str:
    return f":{one.pipeline.id}.{one.stage.id}.{one.step.id}"


def _drawn(pipeline: Pipeline, shown: Sequence[StepFacts]) -> Markup | str:
    rows, before = [], ""
    for one in shown:
        if one.won.of or one.lost.of:
            heading = one.stage.name if one.stage.id != before else ""
            before = one.stage.id
            rows.append(_pair(one, heading))
    return pairs(f"Steps done among won and among lost: {pipeline.name}", rows) if rows else ""


def _pair(one: StepFacts, heading: str) -> Pair:
    by = _told(one)
    full = _spot(one, "won", one.won)
    hollow = _spot(one, "lost", one.lost)
    first = full or hollow
    said = _points(by) if by else _FEW.aside
    return Pair(one.step.name, first.href if first else "", full, hollow, said, heading)


def _spot(one: StepFacts, how: str, share: Share) -> Spot | None:
    if share.part is None:
        return None
    text = f"{how} {counting.grouped(share.n)} of {counting.grouped(share.of)}"
    side = "done" if share.n else "not"
    return Spot(share.part, text, f"{one.step.name}: {text}", f"#{_anchor(one)}.{how}-{side}")


def _tables(pipeline: Pipeline, shown: Sequence[StepFacts]) -> tuple[Table, ...]:
    if not shown:
        return ()
    name = pipeline.name
    return (
        Table(f"Steps gone on with: {name}", _USE, tuple(_use(one) for one in shown)),
        Table(
            f"Steps of {name}",
            _COLUMNS,
            tuple(_row(one) for one in shown),
            is_below=True,
            is_roomy=True,
        ),
    )


def _row(one: StepFacts) -> Row:
    by = _told(one)
    points = Cell(_points(by), status="fine" if by.is_sure else "") if by else _FEW
    return Row(_head(one), (_done(one, "won", one.won), _done(one, "lost", one.lost), points))


def _head(one: StepFacts) -> Cell:
    return Cell(one.step.name, aside=one.stage.name)


def _use(one: StepFacts) -> Row:
    skipped = number(len(one.skipped), f"steps.html#{_anchor(one)}.skipped")
    side = "skipped" if one.skipped else "used"
    return Row(
        _head(one), (share_or_few(one.used, FEWEST, f"steps.html#{_anchor(one)}.{side}"), skipped)
    )


def _done(one: StepFacts, how: str, share: Share) -> Cell:
    side = "done" if share.n else "not"
    return share_or_few(share, FEWEST, f"steps.html#{_anchor(one)}.{how}-{side}")


def _groups(one: StepFacts, each: int) -> tuple[Group, ...]:
    anchor, name = _anchor(one), one.step.name
    found = (
        ("won-done", "won, done", one.won_done),
        ("won-not", "won, not done", one.won_not),
        ("lost-done", "lost, done", one.lost_done),
        ("lost-not", "lost, not done", one.lost_not),
        ("skipped", "skipped", one.skipped),
        ("used", "done on the way", () if one.skipped else one.went_on),
    )
    return groups(
        [(f"{anchor}.{end}", f"{name}: {words}", deals) for end, words, deals in found], each
    )


def _people(found: Steps) -> Section:
    return Section(
        "::people",
        "By person",
        "of the steps of the stages that their deals went on from",
        tables=(Table("Use by person", _PEOPLE, tuple(map(_person, found.people))),),
        made_of=tuple(group for one in found.people for group in _uses(one)),
        is_closed=True,
    )


def _person(one: OfPerson) -> Row:
    path = f"steps.html#{_of(one, 'done')}"
    skipped = number(len(one.skipped), f"steps.html#{_of(one, 'skipped')}")
    return Row(
        Cell(one.person.name), (share_or_few(one.used, FEWEST, path * bool(one.done)), skipped)
    )


def _of(one: OfPerson, how: str) -> str:
    return f":of:{one.person.id}.{how}"


def _uses(one: OfPerson) -> Iterator[Group]:
    """The steps of somebody's deals that were done, and those that were skipped."""
    for how, uses in (("done", one.done), ("skipped", one.skipped)):
        links = [_use_link(use) for use in uses[:_USES]]
        if links:
            yield group_of_links(_of(one, how), f"{one.person.name}: {how}", len(uses), links)


def _use_link(use: Use) -> Link:
    deal = subject_link(use.deal)
    return Link(f"{deal.text}: {use.step.name}", deal.path)


PAGE = page_of_facts(
    "steps",
    steps,
    facts.steps,
    NavGroup.LEARN,
    "Steps",
    lambda _, topics: topics.issuperset((Topic.STEP, Topic.MANY)),
)
