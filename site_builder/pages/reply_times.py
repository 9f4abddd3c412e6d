"""How fast messages of customers were answered, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from site_builder.insights.named import name_of
from site_builder.insights.reply_times import Answering, Reply, ReplyTimes, Unanswered, Waits
from site_builder.markup import formats
from site_builder.markup.histogram import Column as Bin
from site_builder.markup.histogram import histogram
from site_builder.pages import dues
from site_builder.pages.context import Context
from site_builder.pages.links import FOLLOW_UPS, Link, subject_link
from site_builder.pages.note_paths import note_path
from site_builder.pages.sheet import (
    SHOWN,
    Cell,
    Group,
    Row,
    Section,
    Table,
    group_of_links,
    numbers,
    over,
    share_cell,
    share_or_few,
    share_text,
    sure,
    too_few,
)
from site_builder.problems import counting

_FEW = 5
"""Of fewer answers nobody can say how fast they are."""
_LABELS = {
    0: "same day",
    1: "next day",
    2: "2 days",
    3: "3 days",
    7: "a week",
    14: "2 weeks",
    None: "longer",
}
_PEOPLE = numbers("By", "In time", "Half within")


def section(found: ReplyTimes, context: Context) -> Section:
    """How fast messages were answered."""
    within = formats.short_length(found.within)
    limit = sum(
        w.up_to is not None and dt.timedelta(w.up_to) <= found.within for w in found.by_wait
    )
    bins = [
        Bin(w.n, _wait(w), f"{_wait(w)}: {counting.count(w.n, 'answer')}",
            "kept" if at < limit else "lost", f"#{_wait_anchor(w)}")
        for at, w in enumerate(found.by_wait)
    ]  # fmt: skip
    drawing = histogram(bins, limit, within) if found.in_time.of else ""
    return Section(
        "replies",
        "Reply times",
        _answer(found, within),
        drawing,
        tuple(_tables(found)),
        _rule(found),
        (
            *_unanswered(found, context),
            *(_wait_group(w, context) for w in found.by_wait if w.n),
            *(_group_of(one, found, context) for one in found.people),
        ),
        is_closed=True,
    )


def _answer(found: ReplyTimes, within: str) -> str:
    wait = "waits" if found.waiting == 1 else "wait"
    waiting = f"{counting.grouped(found.waiting)} {wait} for an answer{_whose(found)}"
    if not found.in_time.of or found.days is None:
        return waiting
    n, of = counting.grouped(found.in_time.n), counting.count(found.in_time.of, "message")
    if found.in_time.of < _FEW:
        few = too_few(found.in_time.of, _FEW, "more")
        return f"{n} of {of} answered within {within}: {few}; {waiting}"
    share = f"{share_text(found.in_time)} of {of} answered within {within} ({sure(found.in_time)})"
    return f"{share}, half of them within {_days(found.days)}; {waiting}"


def _whose(found: ReplyTimes) -> str:
    """Where one message alone waits, whose that is; several are listed below."""
    if found.waiting != 1:
        return ""
    return f": {formats.isolated(subject_link(found.unanswered[0].subject).text)}"


def _rule(found: ReplyTimes) -> str:
    days = [reply.message.date for w in found.by_wait for reply in w.replies]
    return (
        "A message of theirs waits until our next real contact, in its file or, in that of a "
        "contact, anywhere; of several in a row the first counts. Notes without a time are "
        "counted by days, so that an answer on the next day is one within 24 hours."
        + (f" Messages {over(days)}." if days else "")
    )


def _days(days: float) -> str:
    return formats.days(int(days)) if days == int(days) else f"{days:.1f} days"


def _wait(one: Waits) -> str:
    return _LABELS[one.up_to]


def _wait_anchor(one: Waits) -> str:
    return f"wait-{'more' if one.up_to is None else one.up_to}"


def _anchor_of(one: Answering) -> str:
    return f"replies-of:{one.person.id if one.person else ''}"


def _group_of(one: Answering, found: ReplyTimes, context: Context) -> Group:
    """What somebody answered in time, or else what they answered."""
    theirs = [r for w in found.by_wait for r in w.replies if r.person == one.person]
    in_time = [r for r in theirs if r.wait <= found.within]
    label = f"Answered{' in time' * bool(in_time)}: {dues.person_name(one.person)}"
    return _group(_anchor_of(one), label, in_time or theirs, context)


def _wait_group(one: Waits, context: Context) -> Group:
    return _group(_wait_anchor(one), f"Answered: {_wait(one)}", one.replies, context)


def _group(anchor: str, label: str, replies: Sequence[Reply], context: Context) -> Group:
    """The newest of these answers."""
    newest = sorted(replies, key=lambda r: (r.message.date, name_of(r.subject)), reverse=True)
    links = [_link(reply, context) for reply in newest[:SHOWN]]
    return group_of_links(anchor, label, len(replies), links)


def _unanswered(found: ReplyTimes, context: Context) -> Iterator[Group]:
    """The messages that wait for an answer, those that wait the longest first."""
    if found.unanswered:
        links = [_link(one, context) for one in found.unanswered[:SHOWN]]
        yield group_of_links("replies-waiting", "Waiting for an answer", found.waiting, links)


def _link(one: Reply | Unanswered, context: Context) -> Link:
    subject, day = one.subject, formats.near_day(one.message.date, context.today)
    return Link(f"{subject_link(subject).text}, {day}", note_path(subject, one.message))


def _tables(found: ReplyTimes) -> Iterator[Table]:
    if not found.in_time.of:
        return
    yield Table("Who answered how fast", _PEOPLE, tuple(map(_person, found.people)))


def _person(one: Answering) -> Row:
    """How fast somebody answered; of few answers no more than how many were in time."""
    path, share = f"{FOLLOW_UPS}#{_anchor_of(one)}", one.in_time
    cells = share_cell(share, path), Cell(_days(one.days))
    if share.of < _FEW:
        cells = share_or_few(share, _FEW, path), Cell("", aside=too_few(share.of, _FEW))
    return Row(Cell(dues.person_name(one.person)), cells)
