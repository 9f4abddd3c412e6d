"""``stage-mismatch``: the front matter and the last stage note disagree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from site_builder.journal.deal import Deal
from site_builder.journal.journal import Journal
from site_builder.journal.kinds import KindRole
from site_builder.journal.note import Note
from site_builder.problems.problem import Problem


def check(journal: Journal, today: dt.date, begun: dt.date) -> Iterator[Problem]:
    """The stage of a deal is where its last stage note took it. A note of a day that has not
    come is wrong itself, so the ones before it count.

    Bad: `stage: decision` above a last stage note `## 2026-10-12 stage negotiation`.
    """
    for deal in journal.deals:
        note = _last_move(deal)
        if note is None or note.stage is None or not deal.is_placed:
            continue
        if deal.lacks_notes:
            continue  # the last stage note may be one of those
        if note.stage.id != deal.stage.id and not _is_to_come(deal, note, begun):
            from site_builder.parse.near_notes.mending import stage_note

            typed = stage_note(deal.path, deal.stage.id)
            yield Problem(
                "stage-mismatch",
                f"`stage` is `{deal.stage.id}` here, "
                f"and the note of {note.date} says `{note.stage.id}`.",
                f"Add a note `{typed}`."
                if note.stage.retired
                else f"Write `stage: {note.stage.id}`, or add a note `{typed}`.",
                deal.spans["stage"],
            )


def _last_move(deal: Deal) -> Note | None:
    role = KindRole.STAGE
    for note in reversed(deal.notes):
        if note.kind.role is role:
            return note
    return None


def _is_to_come(deal: Deal, last: Note, begun: dt.date) -> bool:
    """Whether only notes of days that have not come say another stage than the deal's."""
    if last.date <= begun:
        return False
    come = next((n for n in reversed(deal.notes) if n.is_stage and n.date <= begun), None)
    return come is None or come.stage is None or come.stage.id == deal.stage.id
