"""A new deal or contact, as somebody says it."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from site_builder.edit.beginnings import id_for, id_of, new_contact, new_deal, pipeline_named
from site_builder.edit.desk import Desk
from site_builder.edit.entries import stage_in
from site_builder.edit.job import Job
from site_builder.edit.refusals import NotDone
from site_builder.edit.said_values import said_value
from site_builder.edit.steps import past_of
from site_builder.edit.writing import FrontValue, one_line
from site_builder.parse.ids import slug
from site_builder.problems.suggest import did_you_mean


class DealSaid(NamedTuple):
    """What was said of a new deal; empty what was not. Contacts are by a part of their id, those
    of the deal with a role behind it; ``next`` is a day and a text."""

    company: str = ""
    contacts: tuple[str, ...] = ()
    owner: str = ""
    pipeline: str | None = None
    stage: str = ""
    value: str = ""
    close: str = ""
    next: str = ""
    source: str = ""
    channel: str = ""


class ContactSaid(NamedTuple):
    """What was said of a new contact; empty what was not. Other contacts are by a part of their
    id."""

    type: str = ""
    company: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""
    website: str = ""
    introduced_by: str = ""
    owner: str = ""


def begin_deal(job: Job, title: str, said: DealSaid, id: str | None = None) -> str:
    """Begin a deal in a stage, or in the first one; its owner is who does it, where nobody else is
    said, or the only one of the team. What there is to say of its id, if another deal has that of
    its title, and of the day of its next step, if that is over. Raises NotDone."""
    desk, title = job.desk, one_line(title)
    owner = job.member(said.owner) if said.owner else job.person or _alone(desk)
    if not owner:
        team = did_you_mean("", list(desk.schema.team), "The team")
        raise NotDone(f"Whose deal is it? Give --owner. {team}".rstrip())
    line = pipeline_named(desk, said.pipeline)
    at = stage_in(line, said.stage) if said.stage else line.first_open
    step = _next(job, said.next) if said.next else ""
    front: list[tuple[str, FrontValue]] = [
        ("title", title),
        ("company", _contact(job, said.company)),
        ("contacts", tuple(said_value(desk, "participant", each) for each in said.contacts)),
        ("owner", owner),
        ("value", said.value),
        ("close", job.coming_day(said.close).isoformat() if said.close else ""),
        ("next", step),
        ("source", said_value(desk, "source", said.source)),
        ("channel", said.channel),
    ]
    given, id = id, id_for(desk, "deals", id, title)
    job.begin(new_deal(desk, id, line, at, front, job.day, job.person))
    date = dt.date.fromisoformat(step.partition(" ")[0]) if step else None
    told = ("" if given else _namesake_of_deal(id, title), past_of(job, id, date) if date else "")
    return " ".join(filter(None, told))


def begin_contact(job: Job, name: str, said: ContactSaid, id: str | None = None) -> None:
    """Begin a contact: a person, where nothing else is said. Raises NotDone."""
    name = one_line(name)
    front: list[tuple[str, FrontValue]] = [
        ("name", name),
        ("type", said.type if said.type == "company" else ""),
        ("company", _contact(job, said.company)),
        ("role", said.role),
        ("email", said.email),
        ("phone", said.phone),
        ("website", said.website),
        ("introduced-by", _contact(job, said.introduced_by)),
        ("owner", job.member(said.owner) if said.owner else ""),
    ]
    if not id:
        _refuse_namesake(job.desk, name)
    job.begin(new_contact(job.desk, id_for(job.desk, "contacts", id, name), front))


def _alone(desk: Desk) -> str:
    """The only one of the team; nothing where there are more."""
    team = tuple(desk.schema.team)
    return team[0] if len(team) == 1 else ""


def _refuse_namesake(desk: Desk, name: str) -> None:
    """Refuse a second contact of a name without an id of its own, which may be the same one."""
    there = next((id for id in desk.ids("contacts") if id.lower() == slug(name)), None)
    if there is not None:
        raise NotDone(
            f"There is a contact `{there}` already. Is that who you mean? Name it `{there}`; "
            f"somebody else of the name needs an id of their own: give --id {there}-2."
        )


def _namesake_of_deal(id: str, title: str) -> str:
    """Which deal was there already, where a new one could not have the id of its title."""
    first = id_of(title)
    if id == first:
        return ""
    return f"There is a deal `{first}` already, so this one is `{id}`: undo it if they are one."


def _contact(job: Job, said: str) -> str:
    return job.desk.find(said, ("contacts",)).id if said else ""


def _next(job: Job, said: str) -> str:
    day, _, text = said.strip().partition(" ")
    if not text.strip():
        raise NotDone("What is the next step? Write --next 'fri Send the quote'.")
    return f"{job.coming_day(day)} {text.strip()}"
