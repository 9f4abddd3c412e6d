"""What can be done from a page: each what a command does, with what a form says."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from site_builder.edit.job import Job
from site_builder.edit.kept import undo
from site_builder.edit.moving import lost, move, won
from site_builder.edit.noting import log_note
from site_builder.edit.refusals import NotDone
from site_builder.edit.starting import DealSaid, begin_deal
from site_builder.edit.steps import plan_next, tick
from site_builder.serve.forms import Form, NoForm


class Deed(NamedTuple):
    """What is done with a form, which returns what else there is to say, and the names that may
    stand in it."""

    do: Callable[[Job, Form], str | None]
    names: tuple[str, ...]


def _move(job: Job, form: Form) -> str:
    said = (form.line("text"), form.line("override"), form.line("asked-by"))
    return move(job, form.line("deal"), form.line("stage"), *said)


def _won(job: Job, form: Form) -> str:
    said = (form.line("text"), form.line("value"), form.line("stage"), form.line("override"))
    return won(job, form.line("deal"), *said, form.line("asked-by"))


def _lost(job: Job, form: Form) -> str:
    said = (form.line("reason"), form.line("text"), form.line("stage"), form.line("asked-by"))
    return lost(job, form.line("deal"), *said)


def _log(job: Job, form: Form) -> None:
    way = form.line("way") or "with"
    if way not in ("with", "to", "from"):
        raise NoForm("way is with, to or from.")
    log_note(
        job,
        form.line("subject"),
        lambda: _some(form.text("text")),
        form.line("kind") or None,
        {way: form.texts("parties")},
        form.line("time"),
    )


def _some(text: str) -> str:
    if not text.strip():
        raise NotDone("What is to be noted? Write a line.")
    return text.strip()


def _next(job: Job, form: Form) -> str:
    return plan_next(job, form.line("deal"), form.line("day"), form.line("text"))


def _done(job: Job, form: Form) -> None:
    steps = form.texts("steps")
    if not steps:
        raise NotDone("Which step is done? Choose one.")
    tick(job, form.line("deal"), steps)


def _new(job: Job, form: Form) -> str:
    title = form.line("title")
    if not title:
        raise NotDone("What is the deal called? Write a title.")
    plan = " ".join(filter(None, (form.line("day"), form.line("step"))))
    said = DealSaid(
        form.line("company"),
        form.texts("contacts"),
        form.line("owner"),
        form.line("pipeline") or None,
        form.line("stage"),
        form.line("value"),
        next=plan,
    )
    return begin_deal(job, title, said)


def _undo(job: Job, form: Form) -> None:
    undo(job, form.line("of"))


_DATED = ("by", "date")
DEEDS = {
    "move": Deed(_move, ("deal", "stage", "text", "override", "asked-by", *_DATED)),
    "won": Deed(_won, ("deal", "stage", "text", "value", "override", "asked-by", *_DATED)),
    "lost": Deed(_lost, ("deal", "stage", "text", "reason", "asked-by", *_DATED)),
    "log": Deed(_log, ("subject", "text", "kind", "way", "parties", "time", *_DATED)),
    "next": Deed(_next, ("deal", "day", "text")),
    "done": Deed(_done, ("deal", "steps", *_DATED)),
    "new": Deed(
        _new,
        (
            "title", "company", "contacts", "owner", "pipeline", "stage", "value", "day", "step",
            *_DATED,
        ),
    ),
    "undo": Deed(_undo, ("of",)),
}  # fmt: skip
"""What can be done, by its name."""
