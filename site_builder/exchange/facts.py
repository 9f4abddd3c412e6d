"""The facts of a page as JSON, for other programs.

A fact is written by what it is: a deal, a contact, a stage and a person by id, a ``subject`` as
``deals/ID`` or ``contacts/ID``, a note by its anchor, a day by ISO 8601, a duration in days, money
with its currency, a share as ``[n, of]``, a sum as a list of money, where a deal stands as
``standing`` says, and what has fields by their names.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from site_builder.insights.changes import Waterfall
from site_builder.insights.named import name_of
from site_builder.insights.share import Share
from site_builder.insights.standing import Standing
from site_builder.insights.totals import Totals
from site_builder.journal.contact import Contact
from site_builder.journal.deal import Deal
from site_builder.journal.money import Money
from site_builder.journal.note import Note
from site_builder.journal.pipeline import Pipeline, Stage, Step
from site_builder.journal.team import Person
from site_builder.problems.report import unseen_escaped

VERSION = 1
_DECIMALS = 12

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def facts_of(page: str, today: dt.date, facts: object) -> dict[str, Json]:
    """The facts of a page, in values that JSON has."""
    return {"version": VERSION, "page": page, **as_of(today, facts)}


def as_of(today: dt.date, facts: object) -> dict[str, Json]:
    """Facts that are no page's, in values that JSON has."""
    found = plain(facts)
    assert isinstance(found, dict)
    return {"version": VERSION, "today": today.isoformat(), **found}


def as_json(facts: Mapping[str, Json], in_ascii: bool = False) -> str:
    """What ``facts_of`` or ``as_of`` gave as text."""
    return unseen_escaped(json.dumps(facts, indent=2, ensure_ascii=in_ascii))


def plain(value: object) -> Json:
    """A fact in values that JSON has."""
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value)]
        return {_key(name): _said(name, getattr(value, name)) for name in names}
    raise TypeError(f"{type(value).__name__} is nothing that JSON can hold")


def _said(name: str, value: object) -> Json:
    """What a field says: a subject, which may be a deal or a contact, says which."""
    if name == "subject" and isinstance(value, Deal | Contact):
        return name_of(value)
    return plain(value)


def _key(name: str) -> str:
    """A field's name as JSON has it: one that Python keeps for itself ends with a bar."""
    return name.removesuffix("_")


# For all that has an id, whatever it is.
def _id(value: Any) -> str:
    return str(value.id)


def _money(value: Money) -> Json:
    return {"amount": _cents(value.amount), "currency": value.currency}


def _cents(amount: Decimal) -> str:
    return f"{amount:.2f}"


def standing(one: Standing) -> Json:
    """Where a deal stands: the keys that it has on every page."""
    deal, next = one.deal, one.deal.next
    return {
        "id": deal.id,
        "owner": one.owner.id,
        "pipeline": deal.pipeline.id,
        "stage": deal.stage.id,
        "number": deal.pipeline.place_of(deal.stage) or None,
        "done": [one.done, len(deal.stage.steps)],
        "days": one.days,
        "value": plain(one.value),
        "close": plain(deal.close),
        "next": {"date": next.date.isoformat(), "text": next.text} if next else None,
        "status": one.status,
        "stale": [reason.code for reason in one.reasons],
        "why": plain(one.reasons),
    }


def _tuple(value: tuple[object, ...]) -> Json:
    names = getattr(value, "_fields", None)
    if names is None:
        return [plain(one) for one in value]
    return {_key(name): _said(name, one) for name, one in zip(names, value, strict=True)}


def _waterfall(fall: Waterfall) -> Json:
    """A waterfall that balances as it is written too: a step is by how much the written sum
    changes, which can be a cent beside what is written of the step alone."""
    sums = {line.currency: line.amount for line in fall.then.lines}
    steps = []
    for step in fall.steps:
        lines = []
        for line in step.value.lines:
            before = sums.get(line.currency, Decimal(0))
            sums[line.currency] = before + line.amount
            change = Decimal(_cents(sums[line.currency])) - Decimal(_cents(before))
            lines.append(Money(change, line.currency))
        steps.append(step._replace(value=dataclasses.replace(step.value, lines=tuple(lines))))
    return _tuple(fall._replace(steps=tuple(steps)))


# Each is called with what it is for alone.
_WRITERS: tuple[tuple[type | tuple[type, ...], Callable[[Any], Json]], ...] = (
    (Enum, lambda value: plain(value.value)),
    ((bool, int, str, type(None)), lambda value: value),
    (float, lambda value: round(value, _DECIMALS)),
    (Decimal, lambda value: round(float(value), _DECIMALS)),
    (dt.date, lambda value: value.isoformat()),
    (dt.timedelta, lambda value: plain(value / dt.timedelta(1))),
    (Money, _money),
    (Totals, lambda value: [_money(line) for line in value.lines]),
    (Share, lambda value: [value.n, value.of]),
    ((Deal, Contact, Stage, Pipeline, Person, Step), _id),
    (Note, lambda value: value.anchor),
    (Standing, standing),
    (Waterfall, _waterfall),
    (tuple, _tuple),
    (Mapping, lambda value: {_name(key): plain(one) for key, one in value.items()}),
)


def _name(key: object) -> str:
    return key if isinstance(key, str) else _id(key)
