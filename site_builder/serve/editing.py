"""What pages may do to the files of the journal that they show."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from site_builder.edit import kept
from site_builder.edit.changes import Change, Changed, paths_of
from site_builder.edit.desk import Desk
from site_builder.edit.job import Job
from site_builder.edit.refusals import NotDone, Wrong
from site_builder.problems.problem import Problem
from site_builder.serve import file_texts
from site_builder.serve.about import about, about_new
from site_builder.serve.deeds import DEEDS
from site_builder.serve.forms import Form, Told
from site_builder.serve.session import Session

_GATES = "This stage has gates that are not met yet."


class Answer(NamedTuple):
    """What a page is told."""

    status: HTTPStatus
    told: Told


class _Hand:
    """Writes into a folder, and remembers what there is to tell."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.made: list[Change] = []
        self.message = ""
        self.problems: list[Problem] = []

    def write(self, made: Sequence[Change], message: str) -> None:
        kept.make(self._folder, made, message)
        self.made += made
        self.message = message

    def tell(self, problems: Sequence[Problem], sources: Mapping[str, str]) -> None:  # noqa: ARG002 - a page links to the place
        self.problems += problems


class Editing:
    """Does what pages ask for, one thing after the other. ``token`` is what they have to know."""

    def __init__(self, session: Session, folder: Path, clock: Callable[[], dt.date]) -> None:
        self._session, self._folder, self._clock = session, folder, clock
        self.token = secrets.token_urlsafe(32)

    def answer(self, path: str, form: Form) -> Answer | None:
        """What is answered to a form that was sent to a path; None where there is no such path.
        Raises NoForm."""
        verb, _, name = path.partition("/")
        ask = _ASKED.get(path) or (_do if verb == "do" and name in DEEDS else None)
        if ask is None:
            return None
        hand = _Hand(self._folder)
        try:
            with self._session.desk() as desk:
                told = ask(self._job(desk, hand, form), form, name)
        except Wrong as wrong:
            return _wrong(wrong)
        except NotDone as refused:
            return Answer(HTTPStatus.UNPROCESSABLE_ENTITY, {"refused": str(refused)})
        except Changed as changed:
            return Answer(HTTPStatus.CONFLICT, {"refused": str(changed)})
        except file_texts.Other as other:
            return Answer(HTTPStatus.CONFLICT, file_texts.as_told(other.data))
        except OSError as error:
            said = f"It could not be written: {error.strerror or error}."
            return Answer(HTTPStatus.UNPROCESSABLE_ENTITY, {"refused": said})
        return self._made(hand, told)

    def _job(self, desk: Desk, hand: _Hand, form: Form) -> Job:
        day, person = form.line("date") or "today", form.line("by") or None
        return Job(self._folder, lambda: desk, self._clock, hand, day, person)

    def _made(self, hand: _Hand, told: Told) -> Answer:
        if not hand.made:
            return Answer(HTTPStatus.OK, told)
        self._session.changed(paths_of(hand.made))
        done: Told = {
            "done": hand.message,
            "path": hand.made[0].path,
            "undo": kept.mark_of(hand.made),
            "problems": file_texts.told(hand.problems),
        }
        return Answer(HTTPStatus.OK, {**done, **told})


def _wrong(wrong: Wrong) -> Answer:
    told: Told = {
        "refused": _GATES if wrong.is_of_gates else str(wrong),
        "problems": file_texts.told(wrong.problems),
        "asks": "override" if wrong.is_of_gates else "",
    }
    return Answer(HTTPStatus.UNPROCESSABLE_ENTITY, told)


def _do(job: Job, form: Form, name: str) -> Told:
    deed = DEEDS[name]
    form.refuse_others(deed.names)
    return {"also": deed.do(job, form) or ""}


def _about(job: Job, form: Form, _name: str) -> Told:
    form.refuse_others(("subject",))
    subject = form.line("subject")
    return about(job, subject) if subject else about_new(job)


def _read(job: Job, form: Form, _name: str) -> Told:
    form.refuse_others(("path",))
    return file_texts.read(job.desk, form.text("path"))


def _check(job: Job, form: Form, _name: str) -> Told:
    form.refuse_others(("path", "text"))
    return file_texts.check(job.desk, form.text("path"), form.text("text"))


def _save(job: Job, form: Form, _name: str) -> Told:
    form.refuse_others(("path", "text", "revision"))
    path = form.text("path")
    file_texts.save(job, path, form.text("text"), form.text("revision"))
    return file_texts.read(job.desk, path)


_ASKED: Mapping[str, Callable[[Job, Form, str], Told]] = {
    "about": _about,
    "read": _read,
    "check": _check,
    "save": _save,
}
"""What can be asked for beside deeds, by path."""
