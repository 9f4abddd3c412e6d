"""The page of long gestation: what sleeps until when, and what slept before it was won."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from site_builder.insights import nurture as facts
from site_builder.insights.nurture import Nurture, Sleeper
from site_builder.insights.topics import Topic
from site_builder.journal.deal import Deal
from site_builder.journal.periods import quarter_of
from site_builder.markup import formats
from site_builder.markup.strips import Flag, Piece, Strip, strips
from site_builder.pages.context import Context
from site_builder.pages.facts import yes_no
from site_builder.pages.first_few import seen_at_once
from site_builder.pages.links import Link, deal_path, named, subject_link
from site_builder.pages.note_body import kind_text
from site_builder.pages.note_paths import note_path
from site_builder.pages.nurture_story import story
from site_builder.pages.page import NavGroup, page_of_facts
from site_builder.pages.sentence import Sentence, Words, joined
from site_builder.pages.sheet import (
    NOTHING,
    Cell,
    Row,
    Section,
    Sheet,
    Story,
    Table,
    cut,
    group,
    groups,
    linked,
    number,
    numbers,
    share_text,
    sure,
    texts,
    too_few,
)
from site_builder.problems import counting

_RULE = (
    "A parked deal sleeps until its wake date, and is not stale before it. Needing and wanting are "
    "not the same: who needs it and does not want it yet is looked after, not pushed."
)
FEWEST = 5
"""Of fewer deals that slept and have ended no share is told."""
_SLEEPERS, _LATE = "asleep", "late"
ASLEEP = f"nurture.html#{_SLEEPERS}"
"""Where all that sleep are listed."""
_Wakes = tuple[str, str, list[Deal]]
FIRST = 10
"""How many that sleep, and of how many the stories, stand open."""
LISTED = 50
"""How many that sleep, or slept, are listed, drawn and told at most."""
_ASLEEP = texts("Deal", "Asleep for", "Wakes", "Need", "Want", "Last said")
_SLEPT = texts("Deal", "Slept", "What became of it")


def nurture(context: Context, _key: str = "") -> Sheet:
    """The page."""
    found = context.facts(facts.nurture)
    return Sheet(
        "Nurture",
        _answer(found, context),
        (*_asleep(found, context), *_needs(found), *_slept(found, context)),
        _RULE,
        "Nothing sleeps. A deal in a stage of type `parked` does, until the day of its `wake`.",
    )


def _answer(found: Nurture, context: Context) -> str:
    asleep = [one for one in found.sleepers if one.is_asleep]
    parts = list[Words]()
    if asleep:
        parts.append(Link(f"{counting.count(len(asleep), 'deal')} asleep", f"#{_SLEEPERS}"))
    parts += _to_wake(asleep, context)
    if found.needs:
        they = "needs it and does" if len(found.needs) == 1 else "need it and do"
        needs = Link(counting.grouped(len(found.needs)), "#need")
        parts.append(Sentence(needs, f" that {they} not want it yet"))
    return joined(", ", parts)


def _to_wake(asleep: Sequence[Sleeper], context: Context) -> Iterator[Words]:
    """How many should be awake, and which is the next to be; or that no wake date is set."""
    late = _late(asleep, context)
    if asleep and not any(one.wake for one in asleep):
        yield Sentence("with no wake date" if len(asleep) == 1 else "none with a wake date")
    if late:
        yield Link(f"{counting.grouped(len(late))} should be awake", "#late")
    for one in asleep:
        if one.wake and one.wake > context.today:
            day = formats.near_day(one.wake, context.today)
            yield Sentence("the next wakes on ", Link(day, deal_path(one.id)))
            return


def _late(asleep: Sequence[Sleeper], context: Context) -> list[Sleeper]:
    return [one for one in asleep if one.wake and one.wake <= context.today]


def _asleep(found: Nurture, context: Context) -> Iterator[Section]:
    asleep = [one for one in found.sleepers if one.is_asleep]
    stories, first = _stories(asleep, context), seen_at_once(len(asleep), FIRST)
    if asleep:
        wakes = _by_wake(asleep, context)
        yield Section(
            _SLEEPERS,
            "Asleep",
            counting.count(len(asleep), "deal") + cut(len(asleep), listed=LISTED),
            _drawn(asleep),
            (*_tables(asleep[:LISTED], context), *_wakes(wakes)),
            made_of=groups([(at, when[0].upper() + when[1:], ids) for at, when, ids in wakes]),
            stories=stories[:first],
            more_stories=stories[first:],
        )


def _tables(asleep: Sequence[Sleeper], context: Context) -> Iterator[Table]:
    """The next to wake, and closed the others, where they are more than a few."""
    first = seen_at_once(len(asleep), FIRST)
    rows = tuple(_sleeping(one, context) for one in asleep)
    yield Table("Sleeping deals", _ASLEEP, rows[:first])
    if rows[first:]:
        closed = f"{counting.count(len(asleep) - first, 'more deal')} asleep"
        yield Table("Other sleeping deals", _ASLEEP, rows[first:], closed=closed)


def _by_wake(asleep: Sequence[Sleeper], context: Context) -> tuple[_Wakes, ...]:
    """When those wake of whom not all are listed: the anchor, the words and the deals of each
    time; nothing of others than the late where all are."""
    late = (_LATE, "should be awake", [one.id for one in _late(asleep, context)])
    if len(asleep) <= LISTED:
        return (late,)
    starts, coming = context.journal.schema.fiscal_year_starts, defaultdict[str, list[Deal]](list)
    for one in asleep:
        if one.wake and one.wake > context.today:
            coming[quarter_of(one.wake, starts).label].append(one.id)
    unset = ("wakes.", "no day set", [one.id for one in asleep if one.wake is None])
    return (late, *[(f"wakes.{when}", when, coming[when]) for when in sorted(coming)], unset)


def _wakes(found: Sequence[_Wakes]) -> Iterator[Table]:
    """How many wake when, where that is told."""
    if len(found) > 1:
        rows = [
            Row(Cell(when), (number(len(deals), f"nurture.html#{anchor}"),))
            for anchor, when, deals in found
            if deals
        ]
        columns = numbers("All by when they wake", "Deals")
        yield Table("Sleeping deals by when they wake", columns, tuple(rows))


def _drawn(sleepers: list[Sleeper]) -> str:
    rows = [_strip(one) for one in sleepers[:LISTED] if one.life]
    return strips("Waking and sleeping", rows, "wake date")


def _strip(one: Sleeper) -> Strip:
    pieces = tuple(
        Piece(
            stretch.since,
            stretch.until,
            stretch.state,
            f"{one.id.title}: {stretch.state} from {formats.short_day(stretch.since)} for "
            f"{formats.days(stretch.days)}",
        )
        for stretch in one.life
    )
    flag = Flag(one.wake, f"Wakes on {formats.short_day(one.wake)}") if one.wake else None
    return Strip(one.id.title, deal_path(one.id), pieces, flag)


def _sleeping(one: Sleeper, context: Context) -> Row:
    deal = one.id
    since = context.insights.standings[deal.id].days
    is_due = one.wake is not None and one.wake <= context.today
    day = formats.near_day(one.wake, context.today) if one.wake else "no day set"
    return Row(
        linked(subject_link(deal)),
        (
            Cell("" if since is None else formats.days(since)),
            Cell(day, status="overdue" if is_due else ""),
            Cell(yes_no(deal.need)),
            Cell(yes_no(deal.want)),
            _last_said(deal, context),
        ),
    )


def _last_said(deal: Deal, context: Context) -> Cell:
    """The last headline of a deal, which leads to its note, with its day; where it has none, of
    what kind its last note was."""
    told = [n for n in deal.notes if n.headline] or [n for n in deal.notes if n.stage is None]
    if not told:
        return NOTHING
    note = told[-1]
    said = named(note.headline, context.journal) or kind_text(note, deal, context.insights)
    return Cell(said, note_path(deal, note), formats.near_day(note.date, context.today))


def _needs(found: Nurture) -> Iterator[Section]:
    if found.needs:
        yield Section(
            "needs",
            "Needs it, does not want it yet",
            counting.count(len(found.needs), "deal"),
            made_of=(group("need", "Need without want", found.needs),),
        )


def _slept(found: Nurture, context: Context) -> Iterator[Section]:
    slept = [one for one in found.sleepers if not one.is_asleep]
    stories, first = _stories(slept, context), seen_at_once(len(slept), FIRST)
    if slept:
        yield Section(
            "slept",
            "Slept before",
            _fared(found),
            _drawn(slept),
            (Table("Deals that slept", _SLEPT, tuple(map(_woken, slept[:LISTED]))),),
            stories=stories[:first],
            more_stories=stories[first:],
        )


def _stories(sleepers: Sequence[Sleeper], context: Context) -> tuple[Story, ...]:
    """Of those that are listed."""
    return tuple(story(one, context) for one in sleepers[:LISTED])


def _fared(found: Nurture) -> str:
    won, of = found.woken
    if of < FEWEST:
        ended = f"{counting.count(of, 'deal')} that {'have' if of > 1 else 'has'} ended"
        return f"{counting.grouped(won)} won of {ended}: {too_few(of, FEWEST)}" if of else ""
    slept = found.slept_before_win
    days = f"; slept {formats.days(round(slept))} before the win, by median" if slept else ""
    if slept and won < FEWEST:
        days = f"; {too_few(won, FEWEST, 'how long they slept before the win')}"
    return f"{share_text(found.woken)} won of {of} that have ended ({sure(found.woken)}){days}"


def _woken(one: Sleeper) -> Row:
    became = one.ended or "open"
    return Row(
        linked(subject_link(one.id)),
        (Cell(formats.days(one.slept)), Cell(became, status=one.ended or "")),
    )


PAGE = page_of_facts(
    "nurture",
    nurture,
    facts.nurture,
    NavGroup.PEOPLE,
    "Nurture",
    lambda _, topics: Topic.SLEEP in topics,
)
