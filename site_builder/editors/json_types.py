"""What values of each type of field look like in JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from site_builder.editors.shapes import (
    BASE,
    ID,
    NOTHING,
    SOMETHING,
    Shape,
    many,
    maybe,
    one_of,
    proposed,
    text,
)
from site_builder.journal.fields import Known
from site_builder.journal.money_values import CURRENCIES
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.schema import Schema

MOST_NAMED = 100
"""How many ids of deals or contacts are proposed: editors show no more at a glance."""
_CODE = "|".join(sorted(CURRENCIES))
_GAP = "[ \u00a0\u202f]"
_AMOUNT = r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:[ _\u00a0\u202f][0-9]{3}){1,4})(?:\.[0-9]{1,6})?"
_DECIMALS = r"(?:\.[0-9]{1,9})?"
_LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
DATE = (
    "(?!0000)(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    f"|{_LEAP}-02-29)"
)
_LENGTH = "0*(?:[0-9]{1,6}h|[0-9]{1,5}d|[0-9]{1,4}[wm])"
_LINK = r"\[\[[^\[\]|#\n]+(?:#[^\[\]|\n]*)?(?:\|[^\[\]\n]*)?\]\]"
_NO_WORD = r"\s@<>\x22',;:()\[\]\\"
_LARGEST = 10**15

NUMBER: Shape = {"type": "number", "exclusiveMinimum": -_LARGEST, "exclusiveMaximum": _LARGEST}
_A_DATE = text(DATE, "A day that exists, as 2026-10-24")
_DURATION = text(_LENGTH, "A number and a unit: 36h, 14d, 2w or 6m")
_INTERVAL = text(rf"(?=.*[1-9]){_LENGTH}", "How often: a number and a unit, as 30d")
_MONEY = text(
    rf"(?:(?:{_CODE}){_GAP}?)?{_AMOUNT}\s*|{_AMOUNT}\s*(?:{_CODE})",
    "An amount, with the code of a currency or without: 48000, 48 000 USD",
)
DEFINITIONS: Shape = {**BASE, "money": {"anyOf": [_MONEY, NUMBER]}}
DRAFT = "http://json-schema.org/draft-07/schema#"
_PERCENT = text(
    rf"0*(?:100(?:\.0{{1,9}})?|[0-9]{{1,2}}{_DECIMALS})\s*%|0*(?:0{_DECIMALS}|1(?:\.0{{1,9}})?)",
    "From 0% to 100%: 55% or 0.55",
)
_FRACTION: Shape = {"type": "number", "minimum": 0, "maximum": 1}
_YES_NO: Shape = {
    **text("[Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]", "yes or no"),
    "defaultSnippets": [{"label": word, "body": word} for word in ("yes", "no")],
}
_URL = text(
    r'[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#<>"][^\s<>"]*|[Mm][Aa][Ii][Ll][Tt][Oo]:[^\s<>"]+'
    "|[Tt][Ee][Ll]:[+0-9()./-]+",
    "An address with https://, http://, mailto: or tel:",
)
EMAIL = {
    **text(rf"[^{_NO_WORD}]+@[^{_NO_WORD}.]+(?:\.[^{_NO_WORD}.]+)+", "As jane@acme.example"),
    "maxLength": 254,
}
_PHONE = {
    **text(
        "(?=(?:[^0-9]*[0-9]){3})[+]?[0-9 ()./\u2010-\u2013\u00a0-]+(?:(?:x|ext[.]?|#) ?[0-9]+)?",
        "As +44 20 7946 0000",
    ),
    "maxLength": 50,
}
_DATED = text(rf"(?:{DATE}) .*\S.*", "A date and a text: 2026-11-24 Call Jane")
_PARTICIPANT = text(rf"\s*(?:{ID}(?: .*)?|{_LINK}.*)", "The id of a contact and a role behind it")
_OF_SOMEBODY = text(rf"{ID}|{_LINK}\s*", "An id: a file's name without its ending")
_ID_OF_DIGITS: Shape = {"type": "number", "minimum": 0}


@dataclass(frozen=True, slots=True)
class Names:
    """What a journal's files can name: its schema, and what contacts and deals are called, by
    id."""

    schema: Schema
    contacts: Mapping[str, str] = field(default_factory=dict)
    deals: Mapping[str, str] = field(default_factory=dict)

    @property
    def team(self) -> Mapping[str, str]:
        return {person.id: person.name for person in self.schema.team.values()}

    @property
    def pipelines(self) -> Mapping[str, str]:
        return {pipeline.id: pipeline.name for pipeline in self.schema.pipelines}


def whole(title: str, shape: Shape) -> Shape:
    """A schema of its own."""
    about = "Made by `dealog schema`. Run it again when pipeline.yml has changed."
    head: Shape = {"$schema": DRAFT, "$comment": about, "title": title}
    return {**head, **shape, "definitions": DEFINITIONS}


def few(names: Mapping[str, str]) -> Mapping[str, str]:
    """Names, where there are few enough to be proposed."""
    return names if len(names) <= MOST_NAMED else {}


def described(known: Known, names: Names, *, needed: bool = False) -> Shape:
    """What a field's value looks like; ``needed`` where it may not be left empty."""
    shapes = SHAPES[known.type](known, names)
    if known.is_list:
        return many(*shapes)
    return {"anyOf": [*shapes]} if needed else maybe(*shapes)


def somebody(names: Mapping[str, str]) -> list[Shape]:
    """The id of a contact or deal. Those that there are now are proposed and no other refused: a
    file that was added since is no mistake."""
    return _beside(names, _OF_SOMEBODY)


def stages_of(pipeline: Pipeline) -> Shape:
    """A stage that a deal of a pipeline can stand in."""
    return one_of({stage.id: stage.name for stage in pipeline.present})


def _beside(names: Mapping[str, str], other: Shape) -> list[Shape]:
    """An id, one of the names where these are few, or another shape."""
    return [*proposed(few(names)), other, _ID_OF_DIGITS]


def _lost_reasons(schema: Schema) -> list[Shape]:
    if not schema.lost_reasons:
        return [SOMETHING]
    return [one_of({"other": "A note says what", **schema.lost_reasons})]


Alternatives = Callable[[Known, Names], list[Shape]]


def _always(*shapes: Shape) -> Alternatives:
    return lambda _known, _names: list(shapes)


SHAPES: Mapping[str, Alternatives] = {
    "text": _always(SOMETHING),
    "number": _always(NUMBER, text(rf"-?[0-9]{{1,15}}{_DECIMALS}", "A number: 12 or -3.5")),
    "money": _always({"$ref": "#/definitions/money"}),
    "percent": _always(_PERCENT, _FRACTION),
    "date": _always(_A_DATE),
    "duration": _always(_DURATION),
    "yes/no": _always(_YES_NO, {"enum": [True, False]}),
    "choice": lambda known, _names: [one_of(known.options)],
    "person": lambda _known, names: [one_of(names.team)],
    "contact": lambda _known, names: somebody(names.contacts),
    "deal": lambda _known, names: somebody(names.deals),
    "url": _always(_URL),
    "email": _always(EMAIL),
    "phone": _always(_PHONE, {"type": "number"}),
    "interval": _always(_INTERVAL),
    "source": _always(SOMETHING),
    "participant": lambda _known, names: _beside(names.contacts, _PARTICIPANT),
    "pipeline": lambda _known, names: [one_of(names.pipelines)],
    # By the deal's pipeline: see `subjects`.
    "stage": _always(SOMETHING),
    "level": lambda _known, names: [
        one_of(names.schema.levels) if names.schema.levels else NOTHING
    ],
    "lost-reason": lambda _known, names: _lost_reasons(names.schema),
    "dated-text": _always(_DATED),
    "date-or-text": _always(SOMETHING),
    "money-or-text": _always(SOMETHING),
}
"""The shapes that a value of each type can have, unless it is left empty."""
