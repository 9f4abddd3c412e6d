"""A form that somebody without git filled in, done by the deeds that pages have."""

from __future__ import annotations

import re
from dataclasses import replace

from site_builder.edit.beginnings import id_for
from site_builder.edit.entries import stage_named
from site_builder.edit.job import Job
from site_builder.edit.refusals import NotDone, Wrong
from site_builder.edit.writing import one_line
from site_builder.hosts.filled import Filled
from site_builder.hosts.issue_forms import LEAD, MOVE
from site_builder.journal.pipeline import StageType
from site_builder.serve.deeds import DEEDS
from site_builder.serve.forms import Form

_LISTS = ("contacts", "parties")


def file_form(job: Job, filled: Filled) -> str:
    """Do what a form says; what else there is to say. Raises NotDone, which names fields and no
    options, and NoForm."""
    try:
        return _file(job, filled) or ""
    except Wrong as wrong:
        raise Wrong(_by_labels(str(wrong), filled), wrong.problems, wrong.sources) from None
    except NotDone as refused:
        raise NotDone(_by_labels(str(refused), filled)) from None


def _by_labels(text: str, filled: Filled) -> str:
    """What is said of a command, for somebody who sees the fields of its form."""
    for field in filled.form.fields:
        text = re.sub(rf"--{field.name}(?: [A-Z]+)?\b", f"`{field.label}`", text)
    return text


def _file(job: Job, filled: Filled) -> str | None:
    form = Form({name: _said(name, text) for name, text in filled.values.items()})
    job = replace(job, said_day=form.line("date") or "today", said_person=form.line("by") or None)
    if filled.form is LEAD:
        return _begin(job, form)
    if filled.form is MOVE:
        return _move(job, form)
    return DEEDS[filled.form.deed].do(job, form)


def _said(name: str, text: str) -> str | tuple[str, ...]:
    if name in _LISTS:
        return tuple(each.strip() for each in text.split(",") if each.strip())
    return text


def _begin(job: Job, form: Form) -> str | None:
    """A deal, and what is known of it as its first note."""
    id = id_for(job.desk, "deals", None, one_line(form.text("title")))
    also = DEEDS[LEAD.deed].do(job, form)
    if form.text("text"):
        note = Form({"subject": f"deals/{id}", "text": form.text("text")})
        DEEDS["log"].do(replace(job, said_person=form.line("owner") or None), note)
    return also


def _move(job: Job, form: Form) -> str | None:
    """A move, which is a loss where the stage is a lost one."""
    to = stage_named(job.open(form.line("deal")).deal, form.line("stage"))
    if to.type is StageType.LOST and job.desk.schema.lost_reasons:
        return DEEDS["lost"].do(job, form)
    if form.line("reason"):
        raise NotDone(f"`{to.id}` is no lost stage: leave empty why it was lost.")
    return DEEDS[MOVE.deed].do(job, form)
