"""The values of fields, by the type of each, by a closer look: what is wrong is reported.

``plain_values`` says what good plain texts mean, which most need no more than. Values are
`Any` here: of which type one is depends on its field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from site_builder.journal import money_values, values
from site_builder.journal.fields import Known
from site_builder.journal.money import Money
from site_builder.journal.note import DatedText
from site_builder.journal.values import Bad
from site_builder.parse import amounts, references
from site_builder.parse.participants import participant
from site_builder.parse.pipeline_of_deal import known_pipeline
from site_builder.parse.plain_values import SIMPLE
from site_builder.parse.reading import Reading
from site_builder.parse.references import stretch
from site_builder.parse.stage_of_deal import present_stage
from site_builder.problems import wording
from site_builder.problems.suggest import listed
from site_builder.source.yaml_nodes import Node, Scalar

T = TypeVar("T")


OfScalar = Callable[[Reading, str, Known, Scalar], Any]
OfNode = Callable[[Reading, str, Known, Node], Any]


def value_of(reading: Reading, name: str, known: Known, node: Node) -> Any:
    """The value of a field, or of an item of its list; None or an empty text where there is none
    or, reported, no good one."""
    return READERS[known.type](reading, name, known, node)


def _single(read: OfScalar) -> OfNode:
    """What reads a node that is a single value."""

    def value(reading: Reading, name: str, known: Known, node: Node) -> Any:
        scalar = reading.reader.scalar(name, node)
        return None if scalar is None else read(reading, name, known, scalar)

    return value


def _simple(read: Callable[[str], T | Bad]) -> OfScalar:
    """What reads a value that nothing but its text counts for."""
    return lambda reading, name, _known, scalar: reading.reader.typed_text(name, scalar, read)


def _referring(read: Callable[[Reading, Scalar], Any]) -> OfScalar:
    """What reads a value that refers to somebody or something."""
    return lambda reading, _name, _known, scalar: read(reading, scalar)


def _text(reading: Reading, name: str, _known: Known, node: Node) -> str:
    return reading.reader.text(name, node)


def _percent(reading: Reading, name: str, _known: Known, scalar: Scalar) -> Decimal | None:
    reader, is_probability = reading.reader, name == "probability"
    percent = reader.good(values.percent(scalar.text), scalar.span)
    if percent is not None:
        amounts.warn_of_percent(reader, scalar, percent, is_probability=is_probability)
    return percent


def _choice(reading: Reading, _name: str, known: Known, scalar: Scalar) -> str | None:
    return reading.reader.good(values.choice(scalar.text, known.options), scalar.span)


def _money(reading: Reading, _name: str, _known: Known, scalar: Scalar) -> Money | None:
    return amounts.money(reading.reader, scalar, reading.schema.currency)


def _money_or_text(reading: Reading, _name: str, _known: Known, node: Node) -> Money | str | None:
    if not isinstance(node, Scalar):
        return None
    money = money_values.money(node.text, reading.schema.currency)
    if isinstance(money, Bad):
        return node.text
    amounts.warn_of_point(reading.reader, node, money)
    return money


def _date_or_text(_reading: Reading, _name: str, _known: Known, node: Node) -> dt.date | str | None:
    if not isinstance(node, Scalar):
        return None
    date = values.date(node.text)
    return node.text if isinstance(date, Bad) else date


def _date(reading: Reading, name: str, _known: Known, scalar: Scalar) -> dt.date | None:
    def day_that_came(text: str) -> dt.date | Bad:
        return _day_that_came(reading, text)

    read = day_that_came if name == "created" else values.date
    return reading.reader.typed_text(name, scalar, read)


def _day_that_came(reading: Reading, text: str) -> dt.date | Bad:
    """A day; of a month that is not over yet, no last day is proposed."""
    date = values.date(text)
    if not isinstance(date, Bad) or not (last := values.last_day(text)):
        return date
    if last <= reading.known.begun:
        return date
    gaps = wording.with_gaps(text)
    return Bad(date.message, f"{wording.how_to_fill(gaps)} `{gaps}`.")


def _level(reading: Reading, _name: str, _known: Known, scalar: Scalar) -> str | None:
    if not reading.schema.levels and "levels" not in reading.schema.unsure:
        reading.invalid(
            "This journal has no levels.",
            "Write them in pipeline.yml: `levels: [shopper, client]`.",
            scalar.span,
        )
        return None
    return _of_ours(reading, "levels", scalar, reading.schema.levels)


def _own_reason(reading: Reading, _name: str, _known: Known, scalar: Scalar) -> str | None:
    options = (*reading.schema.lost_reasons, "other")
    return _of_ours(reading, "lost-reasons", scalar, options)


def _lost_reason(reading: Reading, name: str, known: Known, node: Node) -> Any:
    """Any text, in a journal that names no reasons."""
    read = _single(_own_reason) if reading.schema.lost_reasons else _text
    return read(reading, name, known, node)


def _of_ours(reading: Reading, part: str, scalar: Scalar, options: tuple[str, ...]) -> str | None:
    """One of the options that a part of pipeline.yml names, if that could be read whole."""
    value = values.choice(scalar.text, options)
    if isinstance(value, Bad) and part in reading.schema.unsure:
        return None
    return reading.reader.good(value, scalar.span)


def _undated(reading: Reading, scalar: Scalar, bad: Bad) -> None:
    days, text = wording.dated(scalar.text)
    days = tuple(day for day in days if not isinstance(values.date(day), Bad))
    if not days:
        help = "Write a date and a text: `2026-11-24 Call Jane`."
        if bad.help.startswith("The last day"):
            help = bad.help
        word = scalar.text.partition(" ")[0]
        reading.invalid(bad.message, help, stretch(scalar, 0, len(word)))
        return
    written = listed([f"{day} {text or 'Call Jane'}" for day in days], " or ")
    message = f"`{scalar.text}` does not begin with a date and a blank."
    reading.invalid(message, f"Write {written}.", scalar.span)


def _dated_text(reading: Reading, _name: str, _known: Known, scalar: Scalar) -> DatedText | None:
    word, _, text = scalar.text.partition(" ")
    date = values.date(word)
    if isinstance(date, Bad):
        _undated(reading, scalar, date)
        return None
    if not text.strip():
        reading.invalid(
            f"Behind `{word}` nothing says what.",
            f"Write what it is: `{word} Call Jane`.",
            scalar.span,
        )
        return None
    return DatedText(date, text.strip(), scalar.span)


READERS: Mapping[str, OfNode] = {
    **{type: _single(_simple(read)) for type, read in SIMPLE.items()},
    "text": _text,
    "source": _text,
    "date": _single(_date),
    "percent": _single(_percent),
    "money": _single(_money),
    "choice": _single(_choice),
    "person": _single(_referring(references.person)),
    "contact": _single(_referring(references.contact)),
    "deal": _single(_referring(references.deal)),
    "participant": _single(_referring(participant)),
    "pipeline": _single(_referring(known_pipeline)),
    "stage": _single(_referring(present_stage)),
    "level": _single(_level),
    "lost-reason": _lost_reason,
    "dated-text": _single(_dated_text),
    "date-or-text": _date_or_text,
    "money-or-text": _money_or_text,
}
"""How fields of each type are read."""
