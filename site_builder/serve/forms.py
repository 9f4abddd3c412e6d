"""What a page sends: texts, and lists of texts, by their names. And what it is told."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

Told = dict[str, object]
"""What a page is told, as JSON."""
_MOST_ITEMS = 100


class NoForm(Exception):
    """What was sent is no form that is understood; the text says why."""


@dataclass(frozen=True, slots=True)
class Form:
    """What stands in a form. What is not there is empty."""

    values: Mapping[str, str | tuple[str, ...]]

    def text(self, name: str) -> str:
        """The text of a name."""
        value = self.values.get(name, "")
        if not isinstance(value, str):
            raise NoForm(f"{name} is a text.")
        return value

    def line(self, name: str) -> str:
        """The text of a name as one line, without blanks around it."""
        return " ".join(self.text(name).split())

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a name; a single one is a list of it."""
        value = self.values.get(name, ())
        return value if isinstance(value, tuple) else (value,) if value else ()

    def refuse_others(self, names: Collection[str]) -> None:
        """Raises NoForm where anything stands in it but these."""
        others = sorted(self.values.keys() - set(names))
        if others:
            raise NoForm(f"{others[0]} is not understood here.")


def form_of(data: bytes) -> Form:
    """The form that is written in JSON. Raises NoForm."""
    try:
        found = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError):
        raise NoForm("This is no JSON.") from None
    if not isinstance(found, dict):
        raise NoForm("This is no form.")
    return Form({str(name): _value(str(name), value) for name, value in found.items()})


def _value(name: str, value: object) -> str | tuple[str, ...]:
    if isinstance(value, str):
        return _whole(name, value)
    if isinstance(value, list) and len(value) <= _MOST_ITEMS:
        texts = [_whole(name, each) for each in value if isinstance(each, str)]
        if len(texts) == len(value):
            return tuple(texts)
    raise NoForm(f"{name} is no text.")


def _whole(name: str, text: str) -> str:
    """The text, if it can be written in UTF-8: JSON may hold half a character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NoForm(f"{name} is no text.") from None
    return text
