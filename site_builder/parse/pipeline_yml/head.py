"""The head of pipeline.yml: what the journal is, and whose day it goes by."""

from __future__ import annotations

import re
from typing import Literal

from site_builder.journal.pipeline import PROBABILITY_FROM, ProbabilityFrom
from site_builder.parse.mappings import Entries, scalar_of, typed_of
from site_builder.parse.reader import Reader
from site_builder.problems.written_dates import month_number


def read_visibility(reader: Reader, e: Entries) -> Literal["private", "public", ""]:
    """Who may read the site; nothing where it is not said well."""
    entry = e.get("visibility")
    if entry is None or entry.key.text != "visibility":  # whose name is misspelt
        return ""
    scalar = reader.scalar("visibility", entry.value)
    text = reader.one_of(scalar, ("private", "public"), "a visibility") if scalar else None
    return "private" if text == "private" else "public" if text == "public" else ""


def read_probability_from(reader: Reader, e: Entries) -> ProbabilityFrom | None:
    """Whose probabilities the forecast uses, if it is said."""
    scalar = scalar_of(reader, "probability-from", e)
    if scalar is None:
        return None
    said = reader.one_of(scalar, PROBABILITY_FROM, "where probabilities can come from")
    return next((one for one in PROBABILITY_FROM if one == said), None)


def read_time_zone(reader: Reader, e: Entries) -> str:
    """The name of the zone whose days count, if one is named."""
    if "time-zone" not in e:
        return ""
    from site_builder.parse.pipeline_yml.zones import zone_name

    return typed_of(reader, "time-zone", e, zone_name) or ""


def read_fiscal_year(reader: Reader, e: Entries) -> int:
    """The month with which fiscal years begin, from 1 to 12."""
    scalar = scalar_of(reader, "fiscal-year-starts", e)
    if scalar is None:
        return 1
    if re.fullmatch(r"0?[1-9]|1[0-2]", scalar.text):
        return int(scalar.text)
    month = month_number(scalar.text)
    help = f"Write `{month}`." if month else "Write its number, from `1` for January to `12`."
    reader.invalid(f"`{scalar.text}` is not a month.", help, scalar.span)
    return 1
