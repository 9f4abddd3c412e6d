"""What should make a reviewer look twice, as warnings at their places."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from site_builder.journal.field_types import written_percent
from site_builder.journal.history import outcome
from site_builder.journal.note import Note
from site_builder.journal.pipeline import StageType
from site_builder.problems.problem import Problem, Severity, Span
from site_builder.review.contacts import ContactChange
from site_builder.review.deals import DealChange
from site_builder.review.notes import Content, NoteChange, content, parts_changed
from site_builder.review.sides import Renames
from site_builder.source.note_drafts import field_place, field_sign

Change = DealChange | ContactChange


class Changed(NamedTuple):
    """All that became of deals and contacts, and the day on which what there was before had been
    recorded; None where there was nothing."""

    deals: Sequence[DealChange]
    contacts: Sequence[ContactChange]
    begun: dt.date | None
    names: Renames

    @property
    def every(self) -> list[Change]:
        """What became of deals, and of contacts."""
        return [*self.deals, *self.contacts]


def suspicions(changed: Changed) -> Iterator[Problem]:
    """All of them. A stage note with `override:: REASON` says why itself, so nothing is said of
    it."""
    carried = _carried(changed)
    for change in changed.every:
        yield from _of_notes(change, changed, carried)
    for deal in changed.deals:
        for look in _OF_DEALS:
            yield from look(deal)


Carried = Mapping[str, Counter[tuple[dt.date, Content]]]


def _carried(changed: Changed) -> Carried:
    """The notes that went from a file into another, which were neither written nor rewritten: of
    those that were removed here and of those that were added there."""
    notes = [one for change in changed.every for one in change.notes]
    gone = Counter(_key(one, changed.names) for one in notes if one.how == "removed")
    come = Counter(_key(one, changed.names) for one in notes if one.how == "added")
    return {"removed": gone & come, "added": gone & come}


def _key(one: NoteChange, names: Renames) -> tuple[dt.date, Content]:
    """What tells a note from others, by the ids of today."""
    return one.note.date, content(one.note, None if one.after else names)


def _is_carried(one: NoteChange, carried: Carried, names: Renames) -> bool:
    """Whether a note is one of them; each counts once."""
    left = carried.get(one.how)
    key = _key(one, names) if left else None
    if not left or key is None or not left[key]:
        return False
    left[key] -= 1
    return True


def _of_notes(change: Change, changed: Changed, carried: Carried) -> Iterator[Problem]:
    if change.what == "removed":
        return
    begun = changed.begun
    for one in change.notes:
        if _is_carried(one, carried, changed.names):
            continue
        if one.after is not None and one.after.fields.override:
            continue
        if one.how != "added":
            yield _rewritten(change, one)
        elif begun is not None and one.note.date < begun and _counts(change, one.note):
            yield _backdated(one.note, begun)


def _counts(change: Change, note: Note) -> bool:
    """Whether a note of the past is one to look at: of what is new, only that it was won then."""
    is_won = note.stage is not None and note.stage.type is StageType.WON
    return change.what != "added" or is_won


def _rewritten(change: Change, one: NoteChange) -> Problem:
    was, now = one.before, one.after
    assert was is not None
    note = f"The note of {was.date}, `{_told(was)}`,"
    if now is None:
        message = f"{note} is gone from `{change.id}`."
        place = Span.start_of(_path(change))
        return _warning("history-rewritten", message, f"Put it back; {_OTHERWISE}", place)
    if one.how == "redated":
        if was.stage is not None:
            return _redated_entry(change, was, now)
        help = f"Write {was.date} again."
        message = f"{note} is now dated {now.date}."
        return _warning("history-rewritten", message, help, now.places.date)
    parts = ", ".join(parts_changed(was, now))
    message = f"{note} says something else than it did{f': {parts}' if parts else ''}."
    help = f"Put back what it said; {_OTHERWISE}"
    return _warning("history-rewritten", message, help, now.places.date)


_OTHERWISE = "what turned out otherwise is told by a new note."


def _redated_entry(change: Change, was: Note, now: Note) -> Problem:
    file, stage = _path(change), now.stage or was.stage
    assert stage is not None
    message = f"`{change.id}` entered `{stage.id}` on {was.date}, and now on {now.date}."
    line = f"`override{field_sign(file)} REASON`"
    help = f"Write {was.date} again, or say why: put {line} {field_place(file)}."
    return _warning("stage-redated", message, help, now.places.date)


def _path(change: Change) -> str:
    subject = change.after or change.before
    assert subject is not None
    return subject.path


def _told(note: Note) -> str:
    """A note in a few words."""
    stage = f" {note.stage.id}" if note.stage else ""
    return f"{note.kind.id}{stage}" + (f" — {note.headline[:60]}" if note.headline else "")


def _backdated(note: Note, begun: dt.date) -> Problem:
    return _warning(
        "backdated-note",
        f"The new note `{_told(note)}` is dated {note.date}, before {begun}, the day of what it "
        "is compared with.",
        "If it happened on that day, leave it; otherwise write the right one.",
        note.places.date,
    )


def _raised(change: DealChange) -> Iterator[Problem]:
    was, now = change.before, change.after
    if was is None or now is None or now.probability is None or change.added:
        return
    before = was.stage.probability if was.probability is None else was.probability
    if before is None or now.probability <= before:
        return
    yield _warning(
        "probability-raised",
        f"The probability of `{now.id}` went up from `{written_percent(before)}` to "
        f"`{written_percent(now.probability)}`, and no note says why.",
        "Add a note of what happened, with "
        f"`probability{field_sign(now.path)} {written_percent(now.probability)}` in it.",
        now.spans.get("probability", Span.start_of(now.path)),
    )


def _reassigned(change: DealChange) -> Iterator[Problem]:
    was, now = change.before, change.after
    if was is None or now is None or was.owner.id == now.owner.id:
        return
    said = [n.field_spans["owner"] for n in change.added if "owner" in n.field_spans]
    place = said[-1] if said else now.spans.get("owner", Span.start_of(now.path))
    yield _warning(
        "deal-reassigned",
        f"`{now.id}` was `{was.owner.id}`'s and is now `{now.owner.id}`'s.",
        f"See that both know; if it was not meant, write `owner: {was.owner.id}` again.",
        place,
    )


def _deleted(change: DealChange) -> Iterator[Problem]:
    was = change.before
    ended = outcome(was) if was is not None and change.what == "removed" else None
    if was is None or ended is None:
        return
    yield _warning(
        "deal-deleted",
        f"`{was.id}`, which was {ended.type}, is gone, and so from all that is counted.",
        f"Put `{was.path}` back: a deal that has ended takes no place on the board.",
        Span.start_of(was.path),
    )


_OF_DEALS: tuple[Callable[[DealChange], Iterator[Problem]], ...] = (_raised, _reassigned, _deleted)


def _warning(code: str, message: str, help: str, span: Span) -> Problem:
    return Problem(code, message, help, span, Severity.WARNING)
