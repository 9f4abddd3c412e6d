"""`measures` of a stage: what is to be reached in it, and within which time."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from site_builder.journal import values
from site_builder.journal.pipeline import Measure
from site_builder.journal.values import Bad
from site_builder.parse import mappings
from site_builder.parse.amounts import warn_of_percent
from site_builder.parse.mappings import Entries, scalar_of, typed_of
from site_builder.parse.reader import Reader
from site_builder.source.yaml_nodes import Listing, Mapping, Node, Scalar

MEASURE_FIELDS = ("measure", "target", "within")
MEASURES = ("conversion", "response-rate", "time-in-stage", "steps-done", "entered")
FRACTIONS = ("conversion", "response-rate", "steps-done")
_HOW = "Write `{measure: conversion, target: 50%, within: 30d}`."


def read_measures(reader: Reader, node: Node) -> tuple[Measure, ...]:
    """The measures of a stage; what is wrong is reported and left out."""
    if isinstance(node, Mapping):
        reader.invalid("`measures` takes a list.", _alone(node), node.span)
        return ()
    if not isinstance(node, Listing):
        list(reader.items("measures", node))
        return ()
    found = []
    for item in node.items:
        if not isinstance(item, Mapping):
            reader.invalid("This measure is not a list of fields.", _HOW, item.span)
        elif (measure := _measure(reader, item)) is not None:
            found.append(measure)
    return tuple(found)


def _alone(node: Mapping) -> str:
    """What to write where a measure stands without the list around it."""
    pairs = [(entry.key.text, entry.value) for entry in node.entries]
    made = ", ".join(f"{name}: {v.text}" for name, v in pairs if isinstance(v, Scalar))
    is_whole = len(node.entries) <= len(MEASURE_FIELDS) and "measure" in dict(pairs)
    return f"Write `measures: [{{{made}}}]`." if is_whole else _HOW


def _measure(reader: Reader, node: Mapping) -> Measure | None:
    e = mappings.known(reader, "a measure", node, MEASURE_FIELDS)
    for name in ("measure", "target"):
        if name not in e:
            message = f"This measure has no `{name}`."
            reader.problem("missing-field", message, _HOW, node.span)
            return None
    scalar = scalar_of(reader, "measure", e)
    measure = reader.one_of(scalar, MEASURES, "a measure") if scalar else None
    target = _target(reader, measure, e) if measure else None
    if measure is None or target is None:
        return None
    within = typed_of(reader, "within", e, values.duration)
    return Measure(measure, target, within)


def _target(reader: Reader, measure: str, e: Entries) -> Decimal | dt.timedelta | None:
    scalar = scalar_of(reader, "target", e)
    if scalar is None:
        return None
    value = _value(measure, scalar.text)
    if isinstance(value, Bad):
        reader.invalid(value.message, value.help, scalar.span)
        return None
    if measure in FRACTIONS and isinstance(value, Decimal):
        warn_of_percent(reader, scalar, value, is_probability=False)
    return value


def _value(measure: str, text: str) -> Decimal | dt.timedelta | Bad:
    """The target of a measure: a duration, a fraction or a count."""
    if measure == "time-in-stage":
        return values.duration(text)
    return values.percent(text) if measure in FRACTIONS else values.number(text)
