"""New deals and contacts: the files they begin with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from site_builder.edit.called import called
from site_builder.edit.desk import Desk
from site_builder.edit.refusals import NotDone
from site_builder.edit.writing import FrontValue, NewNote, document
from site_builder.journal.kinds import KindRole
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.parse.ids import MAX_ID, is_id, slug
from site_builder.problems.suggest import did_you_mean, listed

Front = Sequence[tuple[str, FrontValue]]


@dataclass(frozen=True, slots=True)
class Beginning:
    """A file that is not there yet."""

    id: str
    path: str
    text: str


def new_deal(
    desk: Desk, id: str, pipeline: Pipeline, stage: Stage, front: Front, day: dt.date, by: str
) -> Beginning:
    """A deal that enters its first stage on a day. ``front`` are its other fields, in any order.
    Raises NotDone where the id is taken or none."""
    own: list[tuple[str, FrontValue]] = [("stage", stage.id)]
    if len(desk.schema.pipelines) > 1:
        own.insert(0, ("pipeline", pipeline.id))
    note = NewNote(day, "stage", KindRole.STAGE, stage=stage.id, by=by)
    fields = _in_usual_order([*front, *own], _DEAL_ORDER)
    return _beginning(desk, "deals", id, document(fields, "", [note]))


def new_contact(desk: Desk, id: str, front: Front) -> Beginning:
    """A contact with these fields. Raises NotDone where the id is taken or none."""
    return _beginning(desk, "contacts", id, document(_in_usual_order(front, ()), "", ()))


def id_for(desk: Desk, folder: str, given: str | None, name: str) -> str:
    """The id that was given, or that of a name, with a number where that is taken."""
    if given:
        return given
    base = id_of(name)
    taken = {id.lower() for id in desk.ids(folder)}
    numbered = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(id for id in numbered if id not in taken) if base else ""


def id_of(name: str) -> str:
    """The id that a name makes; nothing where it has no letter or digit."""
    return slug(name)[: MAX_ID - 4].rstrip("-")


def pipeline_named(desk: Desk, said: str | None) -> Pipeline:
    """The pipeline that is meant by an id, a name or the beginning of one; the only one, where
    nothing is said. Raises NotDone."""
    pipelines = desk.schema.pipelines
    if said is None and len(pipelines) == 1:
        return pipelines[0]
    if said is None:
        raise NotDone(f"Which pipeline? Give --pipeline: {listed(p.id for p in pipelines)}.")
    id = called(said, {p.id: p.name for p in pipelines})
    if not id:
        help = did_you_mean(said, [p.id for p in pipelines], "The pipelines")
        raise NotDone(f"There is no pipeline `{said}`. {help}".rstrip())
    return next(p for p in pipelines if p.id == id)


_DEAL_ORDER = (
    "title company contacts owner pipeline stage value probability category close next source "
    "channel".split()
)


def _in_usual_order(front: Iterable[tuple[str, FrontValue]], order: Sequence[str]) -> Front:
    """Fields that are filled, those of an order first and in it."""
    places = {name: place for place, name in enumerate(order)}
    filled = [(name, value) for name, value in front if value]
    return sorted(filled, key=lambda field: places.get(field[0], len(places)))


def free_id(desk: Desk, folder: str, id: str) -> None:
    """Raises NotDone where something can't be an id, or is one already."""
    if not is_id(id):
        meant = slug(id)
        help = f" Did you mean `{meant}`?" if meant else " Give one with --id."
        raise NotDone(f"`{id}` can't be an id: letters a-z, digits and single hyphens.{help}")
    if id in {each.lower() for each in desk.ids(folder)}:
        raise NotDone(f"There is a {folder[:-1]} `{id}` already: choose another id.")


def _beginning(desk: Desk, folder: str, id: str, text: str) -> Beginning:
    free_id(desk, folder, id)
    return Beginning(id, f"{folder}/{id}.md", text)
