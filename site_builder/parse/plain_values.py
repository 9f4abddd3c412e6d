"""What good plain texts mean, by field: most fields need no more to be typed.

``fields`` reads everything else, and reports what is wrong with it. Values are `Any` here: of
which type one is depends on its field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from site_builder.journal import money_values, values
from site_builder.journal.deal import FieldValue, Participant
from site_builder.journal.field_types import TYPES
from site_builder.journal.fields import Known
from site_builder.journal.money import Money
from site_builder.journal.pipeline import Pipeline
from site_builder.journal.schema import Schema
from site_builder.journal.values import MAX_VALUE, Bad
from site_builder.parse.ids import slug
from site_builder.problems.patterns import late
from site_builder.source.links import linked_id
from site_builder.source.yaml_plain import plain_items

Meaning = Callable[[str], Any]
"""The value of a text; None where that takes a closer look."""

SIMPLE: Mapping[str, Callable[[str], FieldValue | Bad]] = {
    type.name: type.read for type in TYPES if type.read is not None
}
"""What types that need nothing but a text are read by."""


_WORD = re.compile(r"\[\[[^\[\]]*\]\]|[^\s\[]+|\[")
_BETWEEN = late(r"(?<!\[)[,;&+/](?=\s|$|\[)|\s-(?=\s)|\s(?:and|und)\s(?![^\[\]]*\]\])")
_OF = frozenset("of at for to from in by".split())


class Meanings(NamedTuple):
    """What plain values mean, by the field's name, and what flow lists of them do."""

    single: Mapping[str, Meaning]
    listed: Mapping[str, Meaning]


NO_MEANINGS = Meanings({}, {})


def meanings(
    fields: Mapping[str, Known],
    schema: Schema,
    contacts: Mapping[str, str],
    deals: Mapping[str, str],
    pipeline: Pipeline | None = None,
) -> Meanings:
    """What texts mean in these fields. ``contacts`` and ``deals`` hold each id by itself."""
    reasons = (*schema.lost_reasons, "other")
    stages = {stage.id: stage for stage in pipeline.present} if pipeline else {}
    by_type: dict[str, Meaning] = {
        **{type: _Recurring(read).__getitem__ for type, read in SIMPLE.items()},
        "percent": _Recurring(_clear_percent).__getitem__,
        "text": str.strip,
        "source": str.strip,
        "money": _Recurring(lambda text: _clear_money(text, schema.currency)).__getitem__,
        "contact": contacts.get,
        "deal": deals.get,
        "person": schema.team.get,
        "participant": lambda text: _participant(text, contacts),
        "pipeline": {p.id: p for p in schema.pipelines}.get,
        "stage": stages.get,
        "level": _itself(schema.levels),
        "lost-reason": _itself(reasons) if schema.lost_reasons else str.strip,
    }
    single, listed = dict[str, Meaning](), dict[str, Meaning]()
    for name, known in fields.items():
        meaning = _itself(known.options) if known.type == "choice" else by_type.get(known.type)
        if meaning is None:
            continue
        if known.is_list:
            meaning = _one_text if known.type == "text" else meaning
            listed[name] = _Recurring(_each(meaning)).__getitem__
        else:
            single[name] = meaning
    return Meanings(single, listed)


class _Recurring(dict[str, Any]):
    """What texts mean, each read once."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, text: str) -> Any:
        value = self.read(text) if len(text) <= MAX_VALUE else None
        self[text] = value = None if isinstance(value, Bad) else value
        return value


def _one_text(text: str) -> str | None:
    return None if ";" in text else text.strip()


def _itself(texts: tuple[str, ...]) -> Meaning:
    return {text: text for text in texts}.get


def _each(meaning: Meaning) -> Meaning:
    def read(listed: str) -> tuple[Any, ...] | None:
        found = [meaning(item) for item in plain_items(listed)]
        return tuple(found) if all(found) else None

    return read


def _clear_money(text: str, currency: str) -> Money | None:
    money = money_values.money(text, currency)
    return None if isinstance(money, Bad) or money_values.either_way(text, money) else money


def _clear_percent(text: str) -> Decimal | None:
    percent = values.percent(text)
    return None if isinstance(percent, Bad) or values.either_percent(text, percent) else percent


def _participant(text: str, contacts: Mapping[str, str]) -> Participant | None:
    id, _, role = text.strip().partition(" ")
    if id not in contacts:
        return None
    if role and (
        contact_in_role(role, contacts) or contact_as_role(role, contacts) not in ("", id)
    ):
        return None
    return Participant(contacts[id], role.strip())


def contact_in_role(role: str, contacts: Container[str]) -> re.Match[str] | None:
    """The word of a role that is a contact, as where a comma is missing in `jane-roe john-smith`;
    but not the company in `head of kestrel`."""
    before = ""
    for word in _WORD.finditer(role):
        if before not in _OF and _is_contact(word[0], contacts):
            return word
        before = word[0]
    return None


def contact_as_role(role: str, contacts: Container[str]) -> str:
    """The contact that a whole role names in capitals, as in `jane-roe John Smith`."""
    meant = slug(role.strip()) if role.lstrip()[:1].isupper() else ""
    return meant if meant and meant in contacts else ""


def participants_in(text: str, contacts: Container[str]) -> list[str]:
    """What is meant to be a contact and its role each in `jane-roe champion, john-smith` and
    the like; the whole text where none is a contact."""
    found: list[list[str]] = []
    before = ""
    for word in _WORD.finditer(_BETWEEN.sub(" , ", text)):
        if word[0] == ",":
            before = ""
            continue
        begins = _is_contact(word[0], contacts) and before not in _OF
        if begins or not found:
            found.append([])
        found[-1].append(word[0])
        before = word[0]
    return [" ".join(words) for words in found]


def _is_contact(word: str, contacts: Container[str]) -> bool:
    """Whether a word is a contact, or has the brackets of a link."""
    return word.strip(",;") in contacts or (word.startswith("[[") and linked_id(word) is not None)
