"""The people on the page of relationships: who climbed how fast, who writes and who answers, who
was forgotten, what hangs on one person, and everybody's ladders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from site_builder.insights.follow_ups import keeper
from site_builder.insights.forgotten import FORGOTTEN, Forgotten, is_own
from site_builder.insights.ladders import HURRY, Ladder, Reached
from site_builder.insights.messages import most_in_a_row
from site_builder.insights.relationships import (
    OfContact,
    Relationships,
    Single,
)
from site_builder.markup import formats
from site_builder.markup.scales import Scale, Side, scales
from site_builder.pages.context import Context
from site_builder.pages.links import contact_path, subject_link
from site_builder.pages.note_paths import note_path
from site_builder.pages.relationships_ladders import ladders_of, newest_first
from site_builder.pages.sheet import (
    SHOWN,
    Cell,
    Row,
    Section,
    Table,
    cut,
    group,
    linked,
    number,
    texts,
)
from site_builder.problems import counting

_CLIMBS = texts("Contact", "Climbed")
_MESSAGES = texts("Contact", "Unanswered", "Of ours answered", "From them", "Last contact")
_FORGOTTEN = texts("Contact", "Who keeps in touch", "In touch every", "Last contact")
_SINGLE = texts("Deal", "Others", "Known through")
_JUMPED_RULE = (
    "A rung is jumped where it was reached without the one below, they of us or we of them."
)
_HURRIED_RULE = f"A rung is climbed in days where it was reached within {HURRY} days of one below."
_BALANCE_RULE = (
    "To the left ours, to the right theirs; next to the line what has no answer yet. A message is "
    "an `email` or `message` that names whom it went to or came from. One of ours is answered by "
    "the next real contact that is not from us alone, one of theirs by the next that is no "
    "message of theirs. Follow-ups go by deal and leave out what sleeps, so that others may wait "
    "there."
)
_FORGOTTEN_RULE = (
    "Forgotten is who is part of an open or won deal, or has reached a rung and has no deal that "
    "sleeps, without real contact for more than twice as long as `touch-every`, a rule of `touch` "
    f"or, after a win, the `loop` says; for more than {FORGOTTEN.days} days where nothing does."
)


def people(found: Relationships, context: Context) -> Iterator[Section]:
    """What is told of contacts."""
    by_id = {one.id.id: one for one in found.contacts}
    if found.jumped:
        ones = [by_id[one.id] for one in found.jumped]
        yield _climbs("jumped", "Rung jumped", ones, _JUMPED_RULE)
    if found.hurried:
        ones = [by_id[one.id] for one in found.hurried]
        yield _climbs("hurried", "Climbed within days", ones, _HURRIED_RULE)
    yield from _balance(found, context)
    yield from _forgotten(found, context)
    yield from _single(found)
    yield ladders_of(found, context)


def _climbs(anchor: str, title: str, ones: Sequence[OfContact], rule: str) -> Section:
    newest = sorted(ones, key=newest_first)
    rows = tuple(
        Row(linked(subject_link(one.id), one.id.role), (Cell(_climbed(one)),))
        for one in newest[:SHOWN]
    )
    answer = counting.count(len(ones), "contact") + cut(len(ones), "newest")
    return Section(anchor, title, answer, tables=(Table(title, _CLIMBS, rows),), rule=rule)


def _climbed(one: OfContact) -> str:
    """Those ways of a contact that are flagged, each in words."""
    ways = (("they of us", one.ladders.theirs), ("we of them", one.ladders.ours))
    return "; ".join(
        f"{name}: {_path(way)}" for name, way in ways if way.is_jumped or way.is_hurried
    )


def _path(ladder: Ladder) -> str:
    """``know on 2 Mar 2026, like 5 days later``."""
    by_day = sorted(ladder.reached, key=lambda one: one.date)
    return ", ".join(f"{one.rung} {_when(one)}" for one in by_day)


def _when(one: Reached) -> str:
    if one.after is None:
        return f"on {formats.short_day(one.date)}"
    return f"{formats.days(one.after)} later" if one.after else "on the same day"


def _balance(found: Relationships, context: Context) -> Iterator[Section]:
    wrote = [
        one
        for one in found.contacts
        if (one.sent or one.received) and is_own(one.id, context.journal)
    ]
    if not wrote:
        return
    first = sorted(wrote, key=_most_unanswered_first)
    silent = sum(one.unanswered > 0 for one in wrote)
    waiting = sum(one.waiting > 0 for one in wrote)
    most = most_in_a_row(context.journal.schema.follow_up)
    yield Section(
        "balance",
        "Who writes, who answers",
        f"Of {counting.count(len(wrote), 'contact')} we wrote to or heard from, "
        f"{counting.grouped(silent)} {'has' if silent == 1 else 'have'} not answered and "
        f"{counting.grouped(waiting)} {'waits' if waiting == 1 else 'wait'} for us"
        + (f"; {counting.grouped(len(found.pestered))} pestered" if found.pestered else ""),
        scales("Messages of ours and theirs", [_scale(one, context) for one in first[:SHOWN]]),
        (
            Table(
                "Messages by contact",
                _MESSAGES,
                tuple(_wrote(o, context) for o in first[:SHOWN]),
                is_below=True,
            ),
        ),
        closed=_balance_told(len(wrote)),
        rule=f"{_BALANCE_RULE} Pestered is who was sent more than {most} in a row.",
        made_of=(group("pestered", "Pestered", found.pestered),) if found.pestered else (),
    )


def _balance_told(contacts: int) -> str:
    """``The balance of 12 contacts``."""
    if contacts > SHOWN:
        return f"The balance of the {SHOWN} with the most unanswered"
    return f"The balance of {counting.count(contacts, 'contact')}"


def _most_unanswered_first(one: OfContact) -> tuple[int, int, int, str]:
    return -one.unanswered, -one.waiting, -(one.sent + one.received), one.id.id


def _scale(one: OfContact, context: Context) -> Scale:
    return Scale(
        one.id.name,
        contact_path(one.id),
        Side(one.unanswered, one.answered, ("unanswered", "ours")),
        Side(one.waiting, one.received - one.waiting, ("waiting", "theirs")),
        _said(one, context),
    )


def _said(one: OfContact, context: Context) -> str:
    """``6 sent, none answered in 40 days``."""
    parts = []
    if one.sent:
        parts.append(f"{counting.grouped(one.sent)} sent")
    if one.since is not None:
        parts.append(_unanswered(one, context))
    elif one.sent:
        parts.append("all answered")
    if one.received:
        parts.append(f"{counting.grouped(one.received)} from them")
    if one.waiting:
        parts.append(f"{counting.grouped(one.waiting)} waiting for us")
    return ", ".join(parts)


def _unanswered(one: OfContact, context: Context) -> str:
    assert one.since is not None
    how = "none answered" if not one.answered else f"the last {one.unanswered} not answered"
    if one.answered and one.unanswered == 1:
        how = "the last not answered"
    days = (context.today - one.since).days
    return f"{how} in {formats.days(days)}" if days else f"{how} yet"


def _wrote(one: OfContact, context: Context) -> Row:
    days = _unanswered(one, context) if one.since else ""
    return Row(
        linked(subject_link(one.id)),
        (
            number(one.unanswered, contact_path(one.id))._replace(aside=days),
            Cell(f"{one.answered} of {one.sent}", contact_path(one.id) if one.sent else ""),
            number(one.received, contact_path(one.id))._replace(aside=_waits(one)),
            _last(one),
        ),
    )


def _waits(one: OfContact) -> str:
    return f"{counting.grouped(one.waiting)} waiting for us" if one.waiting else ""


def _last(one: OfContact) -> Cell:
    if one.last_contact is None or one.note is None or one.subject is None:
        return Cell("never")
    return Cell(formats.short_day(one.last_contact), note_path(one.subject, one.note))


def _forgotten(found: Relationships, context: Context) -> Iterator[Section]:
    if found.forgotten:
        by_id = {one.id.id: one for one in found.contacts}
        count = len(found.forgotten)
        rows = tuple(
            _forgotten_row(one, by_id[one.contact.id], context) for one in found.forgotten[:SHOWN]
        )
        yield Section(
            "forgotten",
            "Forgotten",
            f"{counting.count(count, 'contact')}{cut(count)}, the longest first",
            tables=(Table("Who was forgotten", _FORGOTTEN, rows, is_lines=True),),
            rule=_FORGOTTEN_RULE,
        )


def _forgotten_row(one: Forgotten, of: OfContact, context: Context) -> Row:
    person = keeper(one.contact, context.insights)
    rule = one.why.partition(":")[0]
    every = Cell(formats.length(one.every), aside=rule) if one.every else Cell("")
    return Row(
        linked(subject_link(one.contact), one.contact.role),
        (
            Cell(person.name if person else "nobody"),
            every,
            _last(of)._replace(aside=f"{formats.days(one.days)} ago"),
        ),
    )


def _single(found: Relationships) -> Iterator[Section]:
    if found.single:
        count = len(found.single)
        yield Section(
            "single",
            "Known through one person only",
            closed=counting.count(count, "open deal") + cut(count),
            tables=(
                Table(
                    "Deals known through one person",
                    _SINGLE,
                    tuple(map(_single_row, found.single[:SHOWN])),
                    is_lines=True,
                ),
            ),
            rule="Of the people that the deal names, and those that its notes do, there was ever "
            "real contact with this one alone.",
        )


def _single_row(one: Single) -> Row:
    names = ", ".join(other.name for other in one.others)
    rest = Cell(names, aside="not spoken to yet" if names else "nobody else is named")
    return Row(
        linked(subject_link(one.id)),
        (rest, linked(subject_link(one.contact), one.contact.role)),
    )
