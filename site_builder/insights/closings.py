"""Each time a deal was lost: on which day, where it stood last, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from site_builder.journal import history
from site_builder.journal.deal import Deal
from site_builder.journal.history import Visit, ended_by
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Stage, StageType


class Closing(NamedTuple):
    """A loss of a deal. ``day`` is None where nothing says which, ``stage`` is the last open stage
    before, if any is known. Nothing is in ``reason`` where nothing says it. Of a loss that
    ``stands`` the deal was not reopened. ``note`` is the stage note, if there is one."""

    deal: Deal
    day: dt.date | None
    stage: Stage | None
    reason: str
    stands: bool
    note: Note | None = None


def closings(deal: Deal) -> tuple[Closing, ...]:
    """The losses of a deal, the oldest first.

    Each has the reason that its own stage notes give, and the one that stands that of the front
    matter otherwise. Where no note of the deal gives one, that of the front matter has always
    held.
    """
    found = _noted(deal)
    if deal.stage.type is StageType.LOST and not (found and found[-1].stands):
        visits = history.stage_path(deal)
        day = visits[0].entered if len(visits) == 1 and visits[0].note is None else None
        found.append(Closing(deal, day, last_open_stage(visits), "", stands=True))
    if not [note for note in deal.notes if note.fields.lost_reason]:
        return tuple([one._replace(reason=deal.lost_reason) for one in found])
    return tuple(
        [
            one._replace(reason=deal.lost_reason) if one.stands and not one.reason else one
            for one in found
        ]
    )


def is_reopened(deal: Deal) -> bool:
    """Whether the deal was lost at some time and went on."""
    stages = [note.stage for note in deal.notes if note.stage is not None]
    if len(stages) < 2:
        return False
    lost = [stage.type is StageType.LOST for stage in stages]
    return True in lost and False in lost[lost.index(True) :]


def last_open_stage(visits: Iterable[Visit]) -> Stage | None:
    """The open stage that was entered last."""
    opened = [visit.stage for visit in visits if visit.stage.is_open]
    return opened[-1] if opened else None


def _noted(deal: Deal) -> list[Closing]:
    """The losses that stage notes tell. A note that restates the loss may say why."""
    found: list[Closing] = []
    state: StageType | None = None
    opened: Stage | None = None
    for note in deal.notes:
        if note.stage is None:
            continue
        now = ended_by(note.stage.type, state)
        if now is StageType.LOST and state is not now:
            found.append(Closing(deal, note.date, opened, "", stands=True, note=note))
        elif state is StageType.LOST and now is not state:
            found[-1] = found[-1]._replace(stands=False)
        if now is StageType.LOST and note.fields.lost_reason:
            found[-1] = found[-1]._replace(reason=note.fields.lost_reason)
        state, opened = now, note.stage if note.stage.is_open else opened
    return found
