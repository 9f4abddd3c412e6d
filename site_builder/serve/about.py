"""What the forms of a page ask of, and what may be chosen in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from site_builder.edit.desk import Desk, Opened
from site_builder.edit.job import BOTH, Job
from site_builder.edit.refusals import NotDone
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.kinds import KindRole
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.serve.forms import Told


def about(job: Job, subject: str) -> Told:
    """What can be said of a deal or contact. Raises NotDone."""
    opened = job.open(subject, BOTH)
    one = opened.subject
    told = {
        **_about_all(job),
        "id": one.id,
        "folder": opened.found.folder,
        "path": opened.file.path,
        "kinds": _kinds(job.desk),
    }
    if isinstance(one, Contact):
        return {**told, "title": one.name}
    return {**told, **_about_deal(job.desk, opened, one)}


def about_new(job: Job) -> Told:
    """What can be said of a new deal."""
    pipelines = [{**_named(p), "stages": _stages(p)} for p in job.desk.schema.pipelines]
    return {**_about_all(job), "pipelines": pipelines}


def _about_all(job: Job) -> Told:
    team = [{"id": p.id, "name": p.name} for p in job.desk.schema.team.values()]
    return {"team": team, "person": job.person, "today": job.desk.today.isoformat()}


def _about_deal(desk: Desk, opened: Opened, deal: Deal) -> Told:
    ticked = {mark.step.id for note in deal.notes for mark in note.steps}
    steps = [
        {"id": step.id, "name": step.name, "stage": stage.name}
        for stage in _from(deal.pipeline.stages, deal.stage)
        for step in stage.steps
        if step.id not in ticked
    ]
    reasons = desk.schema.reasons_of_loss
    return {
        "title": deal.title,
        "stage": deal.stage.id,
        "stages": _stages(deal.pipeline),
        "steps": steps,
        "reasons": [{"id": id, "name": name} for id, name in reasons.items()],
        "contacts": [_contact(desk, part.contact) for part in deal.contacts],
        "next": opened.file.text_of("next"),
        "value": opened.file.text_of("value"),
    }


def _from(stages: Sequence[Stage], now: Stage) -> Iterable[Stage]:
    """The stages, that in which a deal stands first."""
    return sorted(stages, key=lambda stage: stage.id != now.id)


def _stages(pipeline: Pipeline) -> list[Mapping[str, str]]:
    return [{"id": s.id, "name": s.name, "type": str(s.type)} for s in pipeline.present]


def _named(pipeline: Pipeline) -> Mapping[str, str]:
    return {"id": pipeline.id, "name": pipeline.name}


def _contact(desk: Desk, id: str) -> Mapping[str, str]:
    """A contact by name, or by id where its file can't be read."""
    try:
        subject = desk.open(desk.find(f"contacts/{id}", ("contacts",))).subject
    except (NotDone, OSError):
        return {"id": id, "name": id}
    return {"id": id, "name": subject.name if isinstance(subject, Contact) else id}


def _kinds(desk: Desk) -> list[str]:
    kinds = desk.schema.kinds.values()
    return [kind.id for kind in kinds if kind.role is KindRole.EXCHANGE]
