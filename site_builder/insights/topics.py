"""What a journal records at all: which pages have something to show, and which rules speak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from site_builder.journal import history
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.kinds import KindRole
from site_builder.journal.note import Note
from site_builder.journal.pipeline import ENDED, Pipeline, StageType


class Topic(StrEnum):
    """Something that files of deals and contacts may record."""

    LOST = "lost"
    MOVED = "moved"  # by a note: a stage, a value or a close
    ASKED = "asked"  # who asked for a move
    RUNG = "rung"
    SLEEP = "sleep"  # deals that are or were parked; needs without a want
    LEVEL = "level"  # of companies; and renewals
    WIN = "win"  # what a side gains
    CHANNEL = "channel"
    ENTRANCE = "entrance"  # by a note, elsewhere than in the first open stage
    STEP = "step"
    PAPER = "paper"  # proposals, invoices, payments, orders, deliveries
    PROMPTED = "prompted"  # interventions, and knowledge
    BROUGHT = "brought"  # introductions and referrals
    RHYTHM = "rhythm"  # what a contact is to hear from us, and when
    DUE = "due"  # a day on which something is to be done, or what sets a clock for it
    CONTACT = "contact"  # contacts at all
    OPEN = "open"  # open deals
    LIVE = "live"  # open or parked deals
    WON = "won"  # won deals
    ENDED = "ended"  # deals that are or were won or lost
    SOME = "some"  # deals at all
    MANY = "many"  # deals, more than a page of all sorts can tell of
    HEAPS = "heaps"  # of deals, more than a page can list


Topics = frozenset[str]
"""What is recorded: topics, and ``on_board`` of each pipeline that has deals."""


BARE = frozenset(
    (
        Topic.DUE,
        Topic.CONTACT,
        Topic.OPEN,
        Topic.LIVE,
        Topic.WON,
        Topic.ENDED,
        Topic.SOME,
        Topic.MANY,
        Topic.HEAPS,
    )
)
"""What bare deals and contacts record too."""
FEW = 20
"""Of so many deals the overview tells by itself what is stale and what has changed, and pages that
compare what became of deals have too few to say anything."""

LISTED = 500
"""So many deals are listed on a page."""

_BY_TYPE = {StageType.LOST: Topic.LOST, StageType.PARKED: Topic.SLEEP}
_BY_KIND = {
    **dict.fromkeys(("proposal", "invoice", "payment", "order", "delivery"), Topic.PAPER),
    **dict.fromkeys(("intervention", "knowledge"), Topic.PROMPTED),
    **dict.fromkeys(("meeting", "email", "message"), Topic.DUE),
}


def topics_of(subjects: Iterable[Deal | Contact]) -> Topics:
    """All that deals and contacts record, but for how many there are."""
    return frozenset([topic for subject in subjects for topic in _of(subject)])


def has_more(topics: Topics) -> bool:
    """Whether more is recorded than what bare deals and contacts do."""
    return bool(topics & (frozenset(Topic) - BARE))


def on_board(pipeline: str) -> str:
    """That deals stand in a pipeline, by its id."""
    return f"on board {pipeline}"


def all_topics(pipelines: Iterable[Pipeline]) -> Topics:
    """All that a journal with these pipelines may record."""
    return frozenset([*Topic, *[on_board(one.id) for one in pipelines]])


def size_of(deals: int) -> Topics:
    """What so many deals record by their number alone."""
    least = {Topic.SOME: 0, Topic.MANY: FEW, Topic.HEAPS: LISTED}
    return frozenset([topic for topic, most in least.items() if deals > most])


def _of(subject: Deal | Contact) -> Iterator[str]:
    yield from _of_deal(subject) if isinstance(subject, Deal) else _of_contact(subject)
    for note in subject.notes:
        yield from _of_note(note)


def _of_deal(deal: Deal) -> Iterator[str]:
    yield on_board(deal.pipeline.id)
    yield from _of_type(deal.stage.type)
    if deal.stage.type not in ENDED and deal.need and deal.want is False:
        yield Topic.SLEEP
    if deal.their_win or deal.our_win:
        yield Topic.WIN
    if deal.channel:
        yield Topic.CHANNEL
    if _is_entered_further_on(deal):
        yield Topic.ENTRANCE
    if deal.referral:
        yield Topic.BROUGHT
    if deal.renews and deal.stage.type is StageType.WON:
        yield Topic.LEVEL
    yield from _to_do(deal)


def _of_type(type: StageType) -> Iterator[Topic]:
    if type in _BY_TYPE:
        yield _BY_TYPE[type]
    if type in ENDED:
        yield Topic.ENDED


def _to_do(deal: Deal) -> Iterator[Topic]:
    if deal.stage.is_open:
        yield Topic.OPEN
    if deal.stage.type not in ENDED:
        yield Topic.LIVE
    if deal.stage.type is StageType.WON:
        yield Topic.WON
    if _is_due(deal):
        yield Topic.DUE


def _is_due(deal: Deal) -> bool:
    """Whether something is to be done on a day that its front matter says, or it is to be asked
    why it was lost."""
    match deal.stage.type:
        case StageType.PARKED:
            return deal.wake is not None
        case StageType.LOST:
            told = (deal.lost_reason, *[note.fields.lost_reason for note in deal.notes])
            return not any(told)
        case type:
            is_renewed = type is StageType.WON and deal.renews is not None
            return is_renewed or deal.next is not None


def _is_entered_further_on(deal: Deal) -> bool:
    first = history.entered_in(deal)
    return first is not None and not first.retired and first is not deal.pipeline.first_open


def _of_contact(contact: Contact) -> Iterator[Topic]:
    yield Topic.CONTACT
    if contact.introduced_by:
        yield Topic.BROUGHT
    if contact.level:
        yield Topic.LEVEL
    if contact.touch_every is not None or contact.milestones:
        yield Topic.RHYTHM


def _of_note(note: Note) -> Iterator[Topic]:
    yield from _of_kind(note)
    if note.stage is not None:
        yield from _of_type(note.stage.type)
    if note.stage is not None or note.fields.value or note.fields.close:
        yield Topic.MOVED
    if note.fields.asked_by:
        yield Topic.ASKED
    if note.fields.level:
        yield Topic.LEVEL
    if note.steps:
        yield Topic.STEP


def _of_kind(note: Note) -> Iterator[Topic]:
    if note.kind.role is KindRole.RUNG:
        yield Topic.RUNG
    elif note.kind.id in _BY_KIND:
        yield _BY_KIND[note.kind.id]
    elif note.kind.id == "referral" and note.fields.who and note.direction != "to":
        yield Topic.BROUGHT
