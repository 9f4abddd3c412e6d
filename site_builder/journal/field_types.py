"""The types that fields can have: a row says what is true of all values of one.

Rooms above know by its name what else a type needs: where a text is not enough to read it, or
where pages show it as more than a text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Generic, TypeVar, final

from site_builder.journal import values
from site_builder.journal.deal import Participant
from site_builder.journal.money import NO_CURRENCY, Money
from site_builder.journal.note import DatedText
from site_builder.journal.pipeline import Pipeline, Stage
from site_builder.journal.team import Person
from site_builder.journal.values import Bad

T = TypeVar("T")


@final
class ValueType(Generic[T]):
    """A type: its ``name``, how a value is typed into a file again, and how its text is read,
    where nothing but that counts. ``words`` are what other programs call it; pipelines can give
    their deals fields of it if it is ``free``."""

    def __init__(
        self,
        name: str,
        write: Callable[[T], str],
        read: Callable[[str], T | Bad] | None = None,
        words: str = "",
        *,
        is_free: bool = True,
    ) -> None:
        self.name = name
        self.write = write
        self.read = read
        self.words = tuple(words.split())
        self.is_free = is_free


def _number(value: Decimal) -> str:
    return f"{value:f}"


def written_money(value: Money) -> str:
    """An amount as one types it: without a code where the journal has none."""
    return f"{value.amount:f} {value.currency}".removesuffix(f" {NO_CURRENCY}")


def written_percent(value: Decimal) -> str:
    """A fraction as one types it: ``55%``."""
    return f"{(value * 100).normalize():f}%"


def written_duration(value: dt.timedelta) -> str:
    """A duration in its largest whole unit: ``36h``, ``2w``."""
    hours = int(value.total_seconds()) // 3600
    if hours % 24:
        return f"{hours}h"
    whole = hours // 24
    if whole and whole % 30 == 0:
        return f"{whole // 30}m"
    return f"{whole // 7}w" if whole and whole % 7 == 0 else f"{whole}d"


def _yes_no(value: bool) -> str:
    return "yes" if value else "no"


def _id(value: Person | Pipeline | Stage) -> str:
    return value.id


def _dated(value: DatedText) -> str:
    return f"{value.date} {value.text}"


def _participant(value: Participant) -> str:
    return f"{value.contact} {value.role}".rstrip()


def _money_or_text(value: Money | str) -> str:
    return value if isinstance(value, str) else written_money(value)


# Each row is checked by itself; together they are of any type.
TYPES: tuple[ValueType[Any], ...] = (
    ValueType("text", str, words="string str textarea multiline note"),
    ValueType("number", _number, values.number, "int integer float decimal num"),
    ValueType("money", written_money, words="currency amount price euro"),
    ValueType("percent", written_percent, values.percent, "percentage"),
    ValueType("date", dt.date.isoformat, values.date, "datetime day"),
    ValueType("duration", written_duration, values.duration, "days"),
    ValueType("yes/no", _yes_no, values.yes_no, "bool boolean checkbox flag yesno yes-no"),
    ValueType("choice", str, words="select dropdown enum option picklist radio"),
    ValueType("person", _id, words="user owner"),
    ValueType("contact", str, words="company"),
    ValueType("deal", str),
    ValueType("url", str, values.url, "link website"),
    ValueType("email", str, values.email, "mail e-mail"),
    ValueType("phone", str, values.phone, "tel telephone"),
    ValueType("interval", written_duration, values.interval, is_free=False),
    ValueType("source", str, is_free=False),
    ValueType("participant", _participant, is_free=False),
    ValueType("pipeline", _id, is_free=False),
    ValueType("stage", _id, is_free=False),
    ValueType("level", str, is_free=False),
    ValueType("lost-reason", str, is_free=False),
    ValueType("dated-text", _dated, is_free=False),
    ValueType("date-or-text", str, is_free=False),
    ValueType("money-or-text", _money_or_text, is_free=False),
)

TYPES_BY_NAME = {type.name: type for type in TYPES}
FIELD_TYPES = tuple([type.name for type in TYPES if type.is_free])
"""The types a pipeline's own fields can have."""
OTHER_WORDS = {word: type.name for type in TYPES for word in type.words}
"""Types in other programs' words."""
